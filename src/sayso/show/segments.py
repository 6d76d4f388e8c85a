"""Overlapping spans to a flat run of segments, so that any nesting can be drawn as HTML.

The text is cut wherever a mark begins or ends (a sweep over the sorted boundaries); a segment knows
every mark that covers it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Part = Literal["source", "cue", "content", "figure", "date"]


@dataclass(frozen=True, order=True)
class Mark:
    """Characters ``start`` to ``end`` (exclusive) are part of a claim, or a figure or date (0)."""

    start: int
    end: int
    part: Part
    claim: int


@dataclass(frozen=True)
class Segment:
    """A stretch of text under the same marks throughout.

    Attributes:
        start: offset of its first character.
        end: offset after its last.
        marks: those that cover it, in the order of their beginnings.
        ends: those of them that end with it.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def segments(start: int, end: int, marks: Iterable[Mark]) -> list[Segment]:
    """The characters ``start`` to ``end``, in order and without a gap, cut where a mark changes.

    Args:
        start: offset of the first character.
        end: offset after the last.
        marks: in any order, overlapping at will; what lies outside is cut off, empty ones are
            left out.
    """
    inside = sorted(
        Mark(max(m.start, start), min(m.end, end), m.part, m.claim)
        for m in marks
        if m.start < end and m.end > start and m.start < m.end
    )
    cuts = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    made: list[Segment] = []
    open_marks: list[Mark] = []
    following = iter([*inside, None])
    pending = next(following)
    for left, right in pairwise(cuts):
        open_marks = [m for m in open_marks if m.end > left]
        while pending is not None and pending.start <= left:
            open_marks.append(pending)
            pending = next(following)
        ends = tuple(m for m in open_marks if m.end == right)
        made.append(Segment(left, right, tuple(open_marks), ends))
    return made
