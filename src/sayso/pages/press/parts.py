"""Taking an export apart: what stands between the marks above or below its articles."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.pages.documents.document import Paragraph
from sayso.pages.press.marks import Line, Mark, begins, line_of, mark_of, parted

#: Characters of fields that are put together.
_FIELDS = 2000
_KINDS: tuple[Mark, ...] = ("above", "below", "counts", "page")


class Part(NamedTuple):
    """What stands between two marks: an article, or what is put before or after all of them.

    Attributes:
        lines: its lines, without the marks.
        above: the mark stands above it, not below.
        id: that the mark below it names.
        first: a cover may stand before the article.
    """

    lines: list[Line]
    above: bool
    id: str
    first: bool


def parts_of(paragraphs: Sequence[Paragraph]) -> tuple[list[Part], int | None]:
    """The parts of an export in order, and how many articles it says that it holds."""
    parts: list[Part] = []
    lines: list[Line] = []
    stated: int | None = None
    above = False
    for paragraph in _single(paragraphs):
        mark = mark_of(paragraph.text, _KINDS)
        if mark is None:
            line = line_of(paragraph)
            # the id may be the last of the labels
            mark = mark_of(line.text, ("below",)) if line.role == "end" else None
            if mark is None:
                lines.append(line)
                continue
        if mark.kind == "counts" or (mark.kind == "above" and len(mark.numbers) == 2):
            stated = mark.numbers[-1]
        if mark.kind == "above":
            # what stands before the first of these is a cover
            if above and lines:
                parts.append(Part(lines, True, "", False))
            lines, above = [], True
        elif mark.kind == "below":
            if lines:
                parts.append(Part(lines, above, mark.id, not parts))
            lines = []
    if lines:
        parts.append(Part(lines, above, "", not parts))
    return _once(parts), stated


def _single(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, those apart that only the reading of a printed page put together."""
    for paragraph in paragraphs:
        text = paragraph.text
        if len(text) > _FIELDS or not (begins(text, "rights") or line_of(paragraph).role):
            yield paragraph
            continue
        first, *others = parted(text)
        yield paragraph._replace(text=first) if others else paragraph
        for other in others:
            yield paragraph._replace(text=other, label="")


def _once(parts: list[Part]) -> list[Part]:
    """The parts without a list of headlines, which names each article's id before the article."""
    last = {part.id: number for number, part in enumerate(parts)}
    return [part for number, part in enumerate(parts) if not part.id or last[part.id] == number]
