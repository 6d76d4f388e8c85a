"""Words and lines as they are set on a page: marks of notes, raised figures, initials."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sayso.pages.documents.document import prevailing

#: Share of the line's size below which type is that of a mark or a raised figure.
_SMALL = 0.9
#: Share of the size of type by which what belongs to one word may be apart.
_CLOSE = 0.3
_MARK = re.compile(r"\d{1,3}(?:,\d{1,3}){0,5},?|[*†‡§]{1,3}")
_TO_MARK = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)\]\"”’%]|\b(?:19|20)\d\d)$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INITIAL = re.compile(r"[\"“‘]?[^\W\d_]")
#: How many times the size of the running text an initial has at least.
_LARGE = 1.8


class Word(NamedTuple):
    """A word as it is set.

    Attributes:
        text: its characters.
        left, right: points from the page's left edge.
        size: of the type, points.
        bold: whether it is.
    """

    text: str
    left: float
    right: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Line:
    """A line as it is set.

    Attributes:
        words: at least one.
        page: from 1.
        base: points from the page's bottom to the line's.
        height: of the page, points.
    """

    words: tuple[Word, ...]
    page: int
    base: float
    height: float

    @cached_property
    def text(self) -> str:
        """Its words, parted by a space each."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Points from the page's left edge to its first word."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Points from the page's left edge to the end of its last word."""
        return self.words[-1].right

    @cached_property
    def size(self) -> float:
        """Of the type of most of its words, points, to a tenth."""
        found = prevailing((round(word.size, 1), len(word.text)) for word in self.words)
        assert found is not None
        return found

    @property
    def is_bold(self) -> bool:
        """Whether all of its words are."""
        return all(word.bold for word in self.words)


def words_in(pieces: Sequence[tuple[str, float, float, float, bool]]) -> Iterator[Word]:
    """Words out of characters with their places; white space parts them."""
    text, left, right, size, bold = "", 0.0, 0.0, 0.0, True
    for char, start, end, points, heavy in pieces:
        if char.isspace():
            if text:
                yield Word(text, left, right, size, bold)
            text = ""
            continue
        if not text:
            left, size, bold = start, points, heavy
        text, right = text + char, end
    if text:
        yield Word(text, left, right, size, bold)


def whole(lines: Sequence[Line]) -> list[Line]:
    """The lines with the pieces of each put together, without the marks of notes in the text.

    Pieces are cells, letters set one by one, what is raised or lowered; an initial of several
    lines' height goes to the line that it begins.
    """
    made: list[Line] = []
    for line in lines:
        joined = _joined(made[-1], line) if made else None
        if joined is None:
            made.append(line)
        else:
            made[-1] = joined
    return _with_initials(made)


def _joined(last: Line, line: Line) -> Line | None:
    """Both as one line, if they are pieces of one."""
    if last.page != line.page or line.left < last.right - 1.0:
        return None
    rise = line.base - last.base
    size = last.words[-1].size
    close = line.left - last.right < _CLOSE * size
    if line.words[0].size < _SMALL * size and 0.3 < abs(rise) < 0.7 * size and close:
        return _with_mark(last, line, raised=rise > 0)
    if abs(rise) < 1.0:
        return replace(last, words=last.words + line.words)
    marks = last.size < _SMALL * line.size and 0 < -rise < 0.7 * line.size
    if marks and len(last.words) == 1 and line.left - last.right < 2 * line.size:
        # the mark that a note begins with
        return replace(line, words=last.words + line.words)
    return None


def _with_mark(last: Line, mark: Line, *, raised: bool) -> Line:
    """A line and what is set small above or below its end."""
    word, text = last.words[-1], mark.words[0].text
    if raised and _MARK.fullmatch(text):
        if _TO_MARK.search(word.text):
            return replace(last, words=last.words + mark.words[1:])
        if word.text[-1:].isdigit():
            # "10" with a raised 6 is not 106
            text = text.translate(_RAISED)
    word = word._replace(text=word.text + text, right=mark.words[0].right)
    return replace(last, words=(*last.words[:-1], word, *mark.words[1:]))


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most is set, points; 0 where nothing is."""
    return prevailing((line.size, len(line.text)) for line in lines) or 0.0


def _with_initials(lines: list[Line]) -> list[Line]:
    body = body_size(lines)
    large = [at for at, line in enumerate(lines) if _is_initial(line, body)]
    if not large:
        return lines
    # what stands elsewhere than at the beginning of a line
    words = frozenset(_bare(word.text) for line in lines for word in line.words[1:])
    gone: set[int] = set()
    for at in large:
        initial = lines[at]
        beside = (
            other
            for other in range(max(0, at - 20), min(len(lines), at + 20))
            if _stands_beside(lines[other], initial, body)
        )
        first = max(beside, key=lambda other: lines[other].base, default=None)
        if first is not None:
            lines[first] = _begun(lines[first], initial.words[0], words)
            gone.add(at)
    return [line for at, line in enumerate(lines) if at not in gone]


def _is_initial(line: Line, body: float) -> bool:
    return (
        len(line.words) == 1
        and line.size > _LARGE * body
        and _INITIAL.fullmatch(line.words[0].text) is not None
    )


def _stands_beside(line: Line, initial: Line, body: float) -> bool:
    return (
        line.page == initial.page
        and abs(line.size - body) < 0.1 * body
        and -1.0 < line.left - initial.right < 1.5 * body
        and -0.5 * body < line.base - initial.base < initial.size
    )


def _begun(line: Line, initial: Word, words: frozenset[str]) -> Line:
    """A line after its initial: a word of its own ("A", "I") or the first letter of one."""
    first = line.words[0]
    letter, rest = initial.text, first.text
    alone = letter[-1] in "AI" and _bare(letter[-1] + rest) not in words
    if alone and (letter[-1] == "A" or _bare(rest) in words):
        return replace(line, words=(initial._replace(size=first.size), *line.words))
    return replace(line, words=(first._replace(text=letter + rest), *line.words[1:]))


def _bare(text: str) -> str:
    return text.lower().strip(".,;:")
