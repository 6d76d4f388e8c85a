"""Taking an export apart: what stands between the marks above or below its articles."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.pages.documents.document import Paragraph
from sayso.pages.press.days import day_of
from sayso.pages.press.marks import Line, Mark, around_marks, begins, line_of, mark_of, parted

#: Characters of fields that are put together, and of a day and the rights.
_FIELDS, _DAY = 2000, 120
#: Labels below the one by which ProQuest's articles are known.
_FILED = 12
#: Lines of a cover above the number of articles.
_COVER = 8
_RIGHTS = re.compile(r"\s(?=(?:Copyright|©) (?:19|20)\d\d)")
_KINDS: tuple[Mark, ...] = ("above", "below", "between", "counts", "page")


class Part(NamedTuple):
    """What stands between two marks: an article, or what is put before or after all of them.

    Attributes:
        lines: its lines, without the marks.
        above: the mark stands above it, not below.
        id: that the mark below it names.
        covered: a cover may stand before the article.
        loose: no mark is its own; it may be what is put before or after all articles.
    """

    lines: list[Line]
    above: bool
    id: str
    covered: bool
    loose: bool = False


class _Run(NamedTuple):
    """Articles that are numbered in a row: "7 of 500", "8 of 500"."""

    first: int
    last: int
    of: int


def parts_of(paragraphs: Sequence[Paragraph]) -> tuple[list[Part], int | None]:
    """The parts of an export in order, and how many articles it says that it holds."""
    parts: list[Part] = []
    lines: list[Line] = []
    counted, runs = 0, list[_Run]()
    above, covered = False, True
    for paragraph in _single(paragraphs):
        mark = mark_of(paragraph.text, _KINDS)
        if mark is None:
            line = line_of(paragraph)
            # the id may be the last of the labels
            mark = mark_of(line.text, ("below",)) if line.role == "end" else None
            if mark is None:
                lines.append(line)
                if begins(line.paragraph.text, "closing") and is_filed(lines[-_FILED:]):
                    parts.append(Part(lines, above, "", covered))
                    lines, covered = [], False
                continue
        if mark.kind == "counts" and (len(mark.numbers) == 2 or len(lines) <= _COVER):
            counted += mark.numbers[-1] - (mark.numbers[0] - 1 if len(mark.numbers) == 2 else 0)
            covered = True
        elif mark.kind == "above":
            # what stands before the first of these is a cover
            if above and lines:
                parts.append(Part(lines, True, "", False))
            lines, above = [], True
            _count(runs, mark.numbers)
        elif mark.kind == "between":
            if lines:
                parts.append(Part(lines, False, "", covered, True))
            lines, above, covered = [], False, False
        elif mark.kind == "below":
            if lines:
                parts.append(Part(lines, above, mark.id, covered))
            lines, covered = [], False
    if lines:
        parts.append(Part(lines, above, "", covered, not above))
    return parts, counted or sum(map(_length, runs)) or None


def is_filed(lines: Sequence[Line]) -> bool:
    """Whether lines are of an article of ProQuest."""
    return any(begins(line.paragraph.text, "filed") for line in lines)


def _count(runs: list[_Run], numbers: Sequence[int]) -> None:
    """Note that an article is one of so many; files may have been put together."""
    if len(numbers) > 1:
        number, of = numbers[-2:]
        if runs and number > runs[-1].last:
            runs[-1] = runs[-1]._replace(last=number)
        else:
            runs.append(_Run(number, number, of))


def _length(run: _Run) -> int:
    """The articles of a run: all of them, or those from one in the middle on."""
    return run.of if run.first == 1 else run.last - run.first + 1


def _single(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, those apart that only the reading of a printed page put together."""
    for paragraph in paragraphs:
        first, *others = _apart(paragraph)
        yield paragraph if first == paragraph.text else paragraph._replace(text=first)
        for other in others:
            label = other.partition(":")[0] + ":" if ":" in other else ""
            yield paragraph._replace(text=other, label=label if paragraph.label else "", level=0)


def _apart(paragraph: Paragraph) -> list[str]:
    text = paragraph.text
    pieces = around_marks(text)
    if len(pieces) > 1:
        return [one for piece in pieces for one in _apart(paragraph._replace(text=piece, label=""))]
    if rights := _RIGHTS.search(text, 0, _DAY):
        day = text[: rights.start()]
        if day_of(day):
            return [day, text[rights.end() :]]
    elif len(text) <= _FIELDS and (begins(text, "rights") or line_of(paragraph).role):
        return parted(text)
    return [text]
