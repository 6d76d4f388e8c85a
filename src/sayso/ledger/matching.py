"""The words that an answer is asked for, matched without regard to endings and accents."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sayso.names import fold

#: Endings that tell no words apart, the longest first.
_ENDINGS = ("ing", "ian", "es", "ed", "an", "s", "n")
_WORD = re.compile(r"[^\W_]+")


class Query:
    """Words that must all be met; none of them accepts everything.

    Args:
        words: as a person types them.
    """

    def __init__(self, words: str | None) -> None:
        self.words = [_stem(word) for word in plain_words(words or "")]

    def accepts(self, *texts: str | None) -> bool:
        """Whether each word begins a word of one of the texts, its ending aside."""
        if not self.words:
            return True
        said = [_words(text) for text in texts if text]
        if not all(any(word in text for text, _ in said) for word in self.words):
            return False
        return all(
            any(_meets(word, other) for _, held in said for other in held) for word in self.words
        )


def plain_words(text: str) -> list[str]:
    """The words of a text, in lower case and without accents."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, frozenset[str]]:
    """A text without accents and capitals, and the stems of its words."""
    folded = fold(text)
    return folded, frozenset(map(_stem, _WORD.findall(folded)))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _meets(word: str, other: str) -> bool:
    return word == other or (len(word) >= 4 and other.startswith(word))


def days_of(since: str | None, until: str | None) -> tuple[str, list[str]]:
    """A condition on a column ``day`` in SQL, and its values; ``until`` includes its day."""
    parts: list[str] = []
    values: list[str] = []
    if since:
        parts.append("day >= ?")
        values.append(since)
    if until:
        parts.append("day <= ?")
        values.append(until + "~")  # "2024" and "2024-05" take all of their days with them
    return " AND ".join(parts), values


def listed(items: Iterable[str | None]) -> list[str]:
    """What is stated of some items, each once, in order."""
    return list(dict.fromkeys(item for item in items if item))
