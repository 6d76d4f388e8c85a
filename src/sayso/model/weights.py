"""The shipped weights: loaded once, checked against their hashes, run by ONNX Runtime.

One window is computed at a time and on one thread, so the same text gives the same spans whatever
stands beside it: weights of eight bits scale each product by the largest number in it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.errors import ModelError
from sayso.model.tagger import Settings, Tagger
from sayso.model.words import Encode

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CARD = "model.json"


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``model.json`` says of the weights beside it.

    Attributes:
        version: of the weights, for the records that they made.
        files: SHA-256 of each file by its name.
        begin, part: the word pieces that begin a window and end a paragraph.
        settings: how scores become spans.
    """

    version: str
    files: dict[str, str]
    begin: int
    part: int
    settings: Settings


def session(graph: bytes) -> Any:
    """An ONNX graph ready to run, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Windows differ in length; buffers planned for each would only grow.
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(
        graph,
        options,
        providers=["CPUExecutionProvider"],
        # That fusion's kernel takes a third longer than the steps that it joins.
        disabled_optimizers=["SkipLayerNormFusion"],
    )


class Onnx:
    """Computes the scores of one window with two ONNX graphs."""

    def __init__(self, encoder: bytes, roles: bytes):
        self._encoder, self._roles = session(encoder), session(roles)
        self._taken = [{i.name for i in s.get_inputs()} for s in (self._encoder, self._roles)]

    def encode(self, ids: Any, shapes: Any, quoted: Any, first: Any) -> tuple[Any, Any]:
        """As `sayso.model.tagger.Backend.encode`."""
        given = {"ids": ids, "shapes": shapes, "quoted": quoted, "first": first}
        return tuple(self._encoder.run(["vectors", "cues"], given))

    def roles(
        self, vectors: Any, present: Any, paragraph: Any, window: Any, cue: Any
    ) -> tuple[Any, Any]:
        """As `sayso.model.tagger.Backend.roles`."""
        given = {
            "vectors": vectors,
            "present": present,
            "paragraph": paragraph,
            "window": window,
            "cue": cue,
        }
        # A graph for single windows has no use for the padding.
        given = {name: value for name, value in given.items() if name in self._taken[1]}
        return tuple(self._roles.run(["potentials", "valid"], given))


def encoder_of(tokenizer: "Tokenizer") -> Encode:
    """The word pieces of each word, from a tokenizer."""
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def encode(texts: Sequence[Sequence[str]]) -> list[list[list[int]]]:
        made = []
        encoded = tokenizer.encode_batch(
            [list(words) for words in texts], is_pretokenized=True, add_special_tokens=False
        )
        for words, encoding in zip(texts, encoded, strict=True):
            pieces: list[list[int]] = [[] for _ in words]
            for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
                if word is not None:
                    pieces[word].append(piece)
            made.append(pieces)
        return made

    return encode


def shipped() -> Traversable:
    """The folder of the shipped weights."""
    return files("sayso.model") / "weights"


def checked(folder: Traversable, names: Mapping[str, str]) -> dict[str, bytes]:
    """Files of a folder, by name.

    Args:
        folder: that holds them.
        names: the SHA-256 of each by its name.

    Raises:
        ModelError: a file is missing or has another hash.
    """
    try:
        held = {name: (folder / name).read_bytes() for name in names}
    except OSError as error:
        raise _unreadable(folder, error) from error
    for name, data in held.items():
        if hashlib.sha256(data).hexdigest() != names[name]:
            raise ModelError(
                f"{folder / name} is not the file that was released: install sayso again"
            )
    return held


@cache
def card() -> Card:
    """The card of the shipped model.

    Raises:
        ModelError: it is missing or malformed.
    """
    return _card(shipped())


def _card(folder: Traversable) -> Card:
    try:
        return msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
    except (OSError, msgspec.MsgspecError) as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Traversable, error: Exception) -> ModelError:
    return ModelError(f"the model in {folder} cannot be read ({error}): install sayso again")


@cache
def load() -> Tagger:
    """The shipped model.

    Raises:
        ModelError: a file is missing or is not the one that the card names.
    """
    return load_from(shipped())


def load_from(folder: Traversable) -> Tagger:
    """The model of a folder that `sayso train` wrote.

    Raises:
        ModelError: a file is missing or is not the one that the card names.
    """
    from tokenizers import Tokenizer

    card = _card(folder)
    held = checked(folder, card.files)
    backend = Onnx(held["encoder.onnx"], held["roles.onnx"])
    encode = encoder_of(Tokenizer.from_buffer(held["tokenizer.json"]))
    return Tagger(backend, encode, card.begin, card.part, card.settings)
