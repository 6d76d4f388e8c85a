"""A text cut into the pieces that the grammar of numbers walks: digits, words, signs, breaks."""

import re
from dataclasses import dataclass, field

from sayso.reader.figures.vague import VagueTable, documented

_PIECE = re.compile(
    r"(?P<d>(?:(?<![\w.,])\.(?=[0-9]))?[0-9]+(?:[.,][0-9]+)*)|(?P<w>[^\W\d_]+)|(?P<b>\n[^\S\n]*\n\s*)|(?P<p>[^\w\s]|[_\d])"
)

HYPHENS = frozenset("-\u2010\u2011")
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text, as parallel lists.

    Attributes:
        text: the text.
        starts: where each piece starts, in characters of ``text``.
        ends: where it ends, exclusive.
        kinds: "d" for digits with their separators, "w" for a run of letters, "p" for one other
            character, "b" for a blank line.
        low: the piece in lower case.
        vague: what vague words among them stand for.
    """

    text: str
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    low: list[str]
    vague: VagueTable = field(default_factory=documented)

    def __len__(self) -> int:
        return len(self.starts)

    def glued(self, index: int) -> bool:
        """Whether nothing stands between piece ``index`` and the one before it."""
        return 0 < index < len(self.starts) and self.ends[index - 1] == self.starts[index]

    def word(self, index: int) -> str:
        """The piece in lower case, or an empty string outside of the text."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def raw(self, index: int) -> str:
        """The piece as written."""
        return self.text[self.starts[index] : self.ends[index]]


def cut(text: str, vague: VagueTable | None = None) -> Pieces:
    """The pieces of ``text``, in order; any text, in linear time.

    Args:
        text: the text.
        vague: the table of vague words; the documented one where none is given.
    """
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[str] = []
    low: list[str] = []
    for match in _PIECE.finditer(text):
        starts.append(match.start())
        ends.append(match.end())
        kinds.append(match.lastgroup or "p")
        low.append(match[0].lower())
    return Pieces(text, starts, ends, kinds, low, vague or documented())
