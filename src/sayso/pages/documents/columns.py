"""Two columns that a file gives row by row, set one below the other: else sentences would mix.

Some programs (those that put text behind a scan, some that print) write a page from top to bottom
whatever its columns. A gutter that many rows in a row share, and sentences that run on below and
not beside, tell such columns from the cells of a table.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from sayso.pages.documents.setting import Line
from sayso.pages.lines import stops

#: Times the size of the type that a gutter is wide at least.
_GUTTER = 1.2
#: Rows that share a gutter, and words on each side of it in the mean.
_ROWS, _WORDS = 5, 3.0
#: Share of rows whose sentence goes on below.
_RUNNING = 0.3


class _Gap(NamedTuple):
    """Points from the page's left edge to where a gutter begins and ends."""

    start: float
    end: float


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of two columns that come row by row in the order of reading.

    Args:
        lines: of all pages, in the file's order.
    """
    made: list[Line] = []
    at = 0
    while at < len(lines):
        stop, gap = _run(lines, at)
        if gap is None:
            made.append(lines[at])
            at += 1
            continue
        parts = [_cut(line, gap) for line in lines[at:stop]]
        sides = [[part[side] for part in parts] for side in (0, 1)]
        if _are_columns(sides):
            made += [line for side in sides for line in side if line is not None]
        else:
            made += lines[at:stop]
        at = stop
    return made


def _run(lines: Sequence[Line], start: int) -> tuple[int, _Gap | None]:
    """Where the rows end that share a gutter from one on, and the gutter, if it is one of many."""
    gap = _widest(lines[start])
    if gap is None:
        return start + 1, None
    stop, rows = start + 1, 1
    while stop < len(lines) and _is_below(lines[stop - 1], lines[stop]):
        shared = _shared(lines[stop], gap)
        if shared is None:
            break
        rows += _crosses(lines[stop], shared)
        gap, stop = shared, stop + 1
    return (stop, gap) if rows >= _ROWS else (start + 1, None)


def _is_below(before: Line, line: Line) -> bool:
    return line.page == before.page and line.base < before.base


def _widest(line: Line) -> _Gap | None:
    """The widest space between two words, if a gutter can be so narrow."""
    words = line.words
    gaps = [_Gap(a.right, b.left) for a, b in pairwise(words)]
    gap = max(gaps, key=lambda one: one.end - one.start, default=None)
    return gap if gap is not None and gap.end - gap.start >= _GUTTER * line.size else None


def _shared(line: Line, gap: _Gap) -> _Gap | None:
    """What is left of a gutter where a line leaves it free; ``None`` where it runs through it."""
    start = max((w.right for w in line.words if w.left < gap.start), default=gap.start)
    end = min((w.left for w in line.words if w.left >= gap.start), default=gap.end)
    shared = _Gap(max(start, gap.start), min(end, gap.end))
    return shared if shared.end - shared.start >= _GUTTER * line.size else None


def _crosses(line: Line, gap: _Gap) -> bool:
    """Whether a line has words on both sides."""
    return line.left < gap.start and line.right > gap.end


def _cut(line: Line, gap: _Gap) -> tuple[Line | None, Line | None]:
    middle = (gap.start + gap.end) / 2
    left = tuple(word for word in line.words if word.left < middle)
    right = tuple(word for word in line.words if word.left >= middle)
    return (
        replace(line, words=left) if left else None,
        replace(line, words=right) if right else None,
    )


def _are_columns(sides: Sequence[Sequence[Line | None]]) -> bool:
    """Whether both sides are running text, read downwards."""
    for side in sides:
        lines = [line for line in side if line is not None]
        if sum(len(line.words) for line in lines) < _WORDS * len(lines):
            return False
        pairs = list(pairwise(lines))
        running = sum(
            below.words[0].text[:1].islower() and not stops(above.text) for above, below in pairs
        )
        if running < _RUNNING * len(pairs):
            return False
    return True
