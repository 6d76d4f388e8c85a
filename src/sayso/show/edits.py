"""What changed between two versions of a text, word by word.

Paragraphs are matched first, then the words of those that changed, both by ``difflib`` (the
algorithm of Ratcliff and Obershelp, "Pattern Matching: The Gestalt Approach", 1988). Its time grows
with the product of the lengths; what would take too long is told as wholly replaced.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Fate = Literal["same", "gone", "come"]

#: Pairs of words or paragraphs that are compared at most for one answer.
PAIRS = 2_000_000
#: Share of their words that two paragraphs must share for one to be the other, edited.
ALIKE = 0.4
#: New paragraphs that an old one is compared with.
_NEAR = 8
#: A word or a sign, with the space behind it.
_WORDS = re.compile(r"[^\s.,;:!?()“”\"]+\s*|[.,;:!?()“”\"]\s*|\s+")


class Piece(NamedTuple):
    """A stretch of words, and what became of them."""

    fate: Fate
    text: str


class Paragraph(NamedTuple):
    """A paragraph that changed; or, without pieces, how many unchanged ones stand here."""

    pieces: tuple[Piece, ...]
    unchanged: int = 0


class Comparison:
    """One comparison of texts, with what it may still cost."""

    def __init__(self) -> None:
        self._left = PAIRS

    def paragraphs(self, before: str, after: str) -> Iterator[Paragraph]:
        """The paragraphs that changed, in order, and between them how many did not.

        Args:
            before: the earlier text; paragraphs are parted by blank lines.
            after: the later one.
        """
        old, new = before.split("\n\n"), after.split("\n\n")
        for what, a, b, c, d in self._steps(old, new):
            if what == "equal":
                yield Paragraph((), b - a)
            else:
                yield from self._replaced(old[a:b], new[c:d])

    def words(self, before: str | None, after: str | None) -> tuple[Piece, ...]:
        """The words of a text that stayed, went and came; ``None`` is no text."""
        old, new = _WORDS.findall(before or ""), _WORDS.findall(after or "")
        found: list[Piece] = []
        for what, a, b, c, d in self._steps(old, new):
            if what == "equal":
                found.append(Piece("same", "".join(old[a:b])))
                continue
            if a < b:
                found.append(Piece("gone", "".join(old[a:b])))
            if c < d:
                found.append(Piece("come", "".join(new[c:d])))
        return tuple(found)

    def _steps(
        self, old: Sequence[str], new: Sequence[str]
    ) -> Sequence[tuple[str, int, int, int, int]]:
        self._left -= len(old) * len(new)
        if self._left < 0:
            return [("replace", 0, len(old), 0, len(new))] if old != new else []
        return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()

    def _replaced(self, gone: list[str], come: list[str]) -> Iterator[Paragraph]:
        """Paragraphs in the place of others: edited ones told word by word, others whole."""
        waiting = list(come)
        for old in gone:
            near = enumerate(waiting[:_NEAR])
            at = next((at for at, new in near if _alike(old, new) >= ALIKE), None)
            if at is None:
                yield from _whole("gone", [old])
                continue
            yield from _whole("come", waiting[:at])
            yield Paragraph(self.words(old, waiting[at]))
            del waiting[: at + 1]
        yield from _whole("come", waiting)


def _whole(fate: Fate, texts: Sequence[str]) -> Iterator[Paragraph]:
    return (Paragraph((Piece(fate, text),)) for text in texts if text)


def _alike(old: str, new: str) -> float:
    """The share of two texts' words that they share (the coefficient of Dice, 1945)."""
    one, other = Counter(_WORDS.findall(old.casefold())), Counter(_WORDS.findall(new.casefold()))
    return 2 * (one & other).total() / max(1, one.total() + other.total())
