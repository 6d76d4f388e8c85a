"""Lines of copied text: white space, wrapped paragraphs, and what makes a line running text."""

import re
from itertools import pairwise
from typing import NamedTuple

#: Characters a line may have for its text to count as wrapped by hand or by a mail program.
_WRAP_WIDTH = 130
#: Signs before an item of a list that are nothing else.
BULLETS = "•◦▪‣●○■"
#: Soft hyphen, zero-width space, word joiner, byte order mark.
_BREAKS = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
_CLOSERS = "\"'”’»)]›*"
_CJK = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_STOPS = ".…。।؟۔"
_INNER_STOP = re.compile(r"[.!?…]['\"”’»)]{0,2}\s['\"“‘«(]?\w")
_ABBREVIATION = re.compile(r"(?:^|\s)(?:[^\W\d_]\.){2,6}$")


class Line(NamedTuple):
    """A line of text; ``gap``: a blank line (or the beginning) stands before it."""

    text: str
    gap: bool


def plain(text: str) -> str:
    """``text`` with every run of white space (non-breaking spaces too) as one plain space.

    Soft hyphens and what else only says where a line may break are left out.
    """
    if not text.isascii():
        text = text.translate(_BREAKS)
    return " ".join(text.split())


def words_of(text: str) -> int:
    """The number of words; in scripts without spaces two characters count as a word."""
    count = sum(1 for word in text.split() if any(map(str.isalnum, word)))
    return count if text.isascii() else count + len(_CJK.findall(text)) // 2


def stops(text: str) -> bool:
    """Whether ``text`` ends as a sentence ends (a full stop; not that of "U.S.")."""
    bare = text.rstrip(_CLOSERS)
    return bare.endswith(tuple(_STOPS)) and not _ABBREVIATION.search(bare[-12:])


def is_prose(text: str) -> bool:
    """Whether ``text`` is running text: a full sentence, or too long to be a heading."""
    words = words_of(text)
    if stops(text):
        return words >= 3
    if words >= 25:
        return True
    bare = text.rstrip(_CLOSERS)
    if bare.endswith((":", ";", ",")):
        return words >= 12
    return bare.endswith(("?", "!")) and (words >= 16 or bool(_INNER_STOP.search(text)))


def to_lines(text: str) -> list[Line]:
    """The lines of ``text`` with its wrapped paragraphs put together; blank lines are left out."""
    raw: list[tuple[str, bool, bool]] = []
    gap = True
    for original in text.splitlines():
        line = plain(original)
        if line:
            raw.append((line, gap, original[:2] in ("  ", "\t") or original[:1] == "\t"))
        gap = not line
    if not _is_wrapped(raw):
        return [Line(line, gap) for line, gap, _ in raw]
    width = max(len(line) for line, _, _ in raw)
    lines: list[Line] = []
    last = ""
    pending: list[str] = []
    opened = True
    for line, gap, indented in raw:
        joins = (
            pending
            and not gap
            and not (indented and stops(last))
            and (line[0].islower() or (len(last) >= 0.6 * width and not _ends_short(last, width)))
        )
        if not joins:
            if pending:
                lines.append(Line(" ".join(pending), opened))
            pending, opened = [], gap
        pending.append(line)
        last = line
    if pending:
        lines.append(Line(" ".join(pending), opened))
    return lines


def _ends_short(line: str, width: int) -> bool:
    """Whether a paragraph ends with ``line``: a full stop well before the margin."""
    return stops(line) and len(line) < 0.75 * width


def _is_wrapped(raw: list[tuple[str, bool, bool]]) -> bool:
    """Whether lines end at a margin and not where paragraphs do.

    The evidence: no line is long, and most lines of a paragraph's length that another follows
    directly neither end a sentence nor are followed by a capital.
    """
    if not raw or max(len(line) for line, _, _ in raw) > _WRAP_WIDTH:
        return False
    pairs = [
        (first, second)
        for (first, _, _), (second, gap, _) in pairwise(raw)
        if not gap and len(first) >= 40
    ]
    if not pairs:
        return False
    runs_on = sum(not stops(first) for first, _ in pairs)
    small = sum(second[0].islower() for _, second in pairs)
    return runs_on >= 0.5 * len(pairs) and small >= 0.3 * len(pairs)
