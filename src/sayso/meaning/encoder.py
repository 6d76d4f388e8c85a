"""The shipped sentence encoder (all-MiniLM-L6-v2): checked against its hash, run by ONNX Runtime.

A text is computed by itself and on one thread, so that it gets the same vector whatever stands
beside it; several texts at once go to several threads.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CARD = "meaning.json"
#: Characters of a text that are looked at; far more than its word pieces that count.
_LONGEST = 2000

Vectors = NDArray[np.float32]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``meaning.json`` says of the weights beside it.

    Attributes:
        version: of the weights; vectors of different versions cannot be compared.
        files: SHA-256 of each file by its name.
        tokenizer: SHA-256 of the tokenizer, which is the attribution model's.
        begin, end: the word pieces that begin and end a sentence.
        limit: most word pieces of a text that count, these two included.
        width: numbers in a vector.
    """

    version: str
    files: dict[str, str]
    tokenizer: str
    begin: int
    end: int
    limit: int
    width: int


class Encoder:
    """Vectors of texts, of length one, so that their product is the cosine of their angle."""

    def __init__(self, card: Card, session: Any, tokenizer: "Tokenizer"):
        self.card = card
        self._session = session
        tokenizer.no_padding()
        tokenizer.enable_truncation(card.limit - 2)
        self._tokenizer = tokenizer

    def vectors(self, texts: Sequence[str], threads: int | None = None) -> Vectors:
        """The vectors of texts, one a row.

        Args:
            texts: in English; of a long one the beginning counts.
            threads: that compute at once; by default one a core.
        """
        given = self._tokenizer.encode_batch(
            [_encodable(text[:_LONGEST]) for text in texts], add_special_tokens=False
        )
        pieces = [(self.card.begin, *encoding.ids, self.card.end) for encoding in given]
        made = np.zeros((len(texts), self.card.width), np.float32)
        for row, vector in enumerate(_over_threads(self._one, pieces, threads)):
            made[row] = vector
        return made

    def _one(self, pieces: Sequence[int]) -> Vectors:
        (vector,) = self._session.run(["vector"], {"ids": np.array([pieces], np.int64)})
        found: Vectors = vector[0]
        return found


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no encoding takes."""
    return text.encode("utf-8", "replace").decode()


def _over_threads(function: Any, items: Sequence[Any], threads: int | None) -> Iterator[Any]:
    count = min(threads or os.cpu_count() or 1, len(items))
    if count <= 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(count) as pool:
        results: Iterable[Any] = pool.map(function, items)
        yield from results


@cache
def card() -> Card:
    """The card of the shipped encoder.

    Raises:
        ModelError: it is missing or malformed.
    """
    return _card(_folder())


@cache
def load() -> Encoder:
    """The shipped encoder.

    Raises:
        ModelError: a file is missing or is not the one that was released.
    """
    return load_from(_folder())


def load_from(folder: Traversable) -> Encoder:
    """The encoder of a folder that ``sayso.training.meaning`` wrote.

    Raises:
        ModelError: a file is missing or is not the one that the card names.
    """
    from tokenizers import Tokenizer

    from sayso.model import weights

    card = _card(folder)
    held = weights.checked(folder, card.files)
    shared = weights.checked(weights.shipped(), {"tokenizer.json": card.tokenizer})
    tokenizer = Tokenizer.from_buffer(shared["tokenizer.json"])
    return Encoder(card, weights.session(held["encoder.onnx"]), tokenizer)


def _folder() -> Traversable:
    return files("sayso.meaning") / "weights"


def _card(folder: Traversable) -> Card:
    try:
        return msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(
            f"the encoder in {folder} cannot be read ({error}): install sayso again"
        ) from error
