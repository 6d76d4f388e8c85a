"""Single words of names: how alike two are, as transliterations spell them."""

import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any

from sayso import lexicon

#: Letters that have no accent to take off, and how they are written in plain ones.
_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O"}
    | {"đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
    | {"þ": "th", "Þ": "Th", "ð": "d", "ə": "a", "Ə": "A"}
)
#: Letters that a skeleton must have for one exchanged vowel to be taken for a spelling.
_LONG = 6


class Fit(IntEnum):
    """How well a name names someone, or how alike two words are; the greater the better.

    ``GIVEN``: the first name alone. ``PART``: a part of a family name of several words.
    ``SAME``: the same but for capitals and accents; ``SPELLING``: but for letters that
    transliterations exchange; ``NEAR``: but for these and one vowel.
    """

    NONE = 0
    GIVEN = 1
    PART = 2
    NEAR = 3
    SPELLING = 4
    SAME = 5


@cache
def names_table() -> dict[str, Any]:
    """The lexicon's table of names."""
    return lexicon.toml("names")


def fold(text: str) -> str:
    """Lower case without accents, apostrophes one kind: how names are compared."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """A word's letters with those alike that transliterations exchange, none doubled."""
    found = fold(word).replace("-", "").replace("'", "").replace(".", "")
    for old, new in names_table()["endings"]:
        if found.endswith(old):
            found = found.removesuffix(old) + new
    for old, new in names_table()["alike"]:
        found = found.replace(old, new)
    return "".join(c for i, c in enumerate(found) if not i or c != found[i - 1])


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> Fit:
    """How alike two words are: ``SAME``, ``SPELLING``, ``NEAR`` or ``NONE``."""
    if fold(one) == fold(other):
        return Fit.SAME
    a, b = skeleton(one), skeleton(other)
    if a == b and a:
        return Fit.SPELLING
    return Fit.NEAR if _one_vowel(a, b) else Fit.NONE


def _one_vowel(a: str, b: str) -> bool:
    """Whether two skeletons differ in one soft letter."""
    if min(len(a), len(b)) < _LONG or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    # "Ivanov" and "Ivanova", "Francisco" and "Francisca": a final "a" tells women from men.
    if (a[-1] == "a") != (b[-1] == "a"):
        return False
    soft = names_table()["soft"]
    at = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    if len(a) == len(b):
        return a[at + 1 :] == b[at + 1 :] and a[at] in soft and b[at] in soft
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[at + 1 :] == shorter[at:] and longer[at] in soft
