"""Quotations: stretches between quotation marks, also where the marks do not match.

Marks are matched within a block. A block that opens a quotation and does not close it is quoted to
its end where the next block opens with a mark again (the convention for quotes of several
paragraphs) or where the block begins with the mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.records import Block

_DOUBLE = frozenset('"“”„‟«»″')
_SINGLE = frozenset("'‘’‚‛")
_OPENERS = frozenset("“„‟«‘‚")
_CLOSERS = frozenset("”»’")
MARKS = _DOUBLE | _SINGLE


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation; ``start`` and ``end`` with its marks, ``inner_*`` without, end exclusive."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def find_quotations(text: str, blocks: Sequence[Block]) -> tuple[Quotation, ...]:
    """The quotations of a text, in order; none crosses a block or lies in another."""
    found: list[Quotation] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1].start if index + 1 < len(blocks) else None
        goes_on = following is not None and text[following : following + 1] in _DOUBLE
        found += _in_block(text, block, goes_on)
    return tuple(found)


def _in_block(text: str, block: Block, goes_on: bool) -> list[Quotation]:
    found = []
    opened: int | None = None
    for at in range(block.start, block.end):
        mark = text[at]
        if mark not in MARKS:
            continue
        if mark in _SINGLE and not _is_single_mark(text, at, block, opened):
            continue
        if opened is None:
            if mark not in _CLOSERS or mark == "»":
                opened = at
        elif (text[opened] in _SINGLE) == (mark in _SINGLE) and not _reopens(text, at, block):
            found.append(_quotation(text, opened, at + 1))
            opened = None
    if opened is not None and text[opened] in _DOUBLE and (goes_on or opened == block.start):
        found.append(Quotation(opened, block.end, opened + 1, block.end))
    return [q for q in found if q.inner_end > q.inner_start]


def _quotation(text: str, start: int, end: int) -> Quotation:
    """A closed quotation; the comma that typography puts inside the marks is not quoted."""
    inner_end = end - 1
    if inner_end > start + 1 and text[inner_end - 1] in ",":
        inner_end -= 1
    return Quotation(start, end, start + 1, inner_end)


def _reopens(text: str, at: int, block: Block) -> bool:
    """Whether an opening mark within an open quotation opens another one inside it."""
    return text[at] in _OPENERS and at + 1 < block.end and text[at + 1].isalnum()


def _is_single_mark(text: str, at: int, block: Block, opened: int | None) -> bool:
    """Whether a single mark quotes (and is no apostrophe): by what stands on its two sides."""
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if opened is None:
        if before.isalnum() or not after.isalnum():
            return False
        # An opening single mark needs a closing one in its block ("'90s" has none).
        return _closing_single(text, at + 1, min(block.end, at + 2000)) is not None
    return text[opened] in _SINGLE and not after.isalnum() and not before.isspace()


def _closing_single(text: str, start: int, end: int) -> int | None:
    for at in range(start, end):
        if text[at] in "'’" and not text[at - 1].isspace():
            after = text[at + 1] if at + 1 < end else " "
            # "soldiers' families": a plural's apostrophe is followed by a word in lower case.
            follows = text[at + 2] if at + 2 < end else ""
            plural = text[at - 1] == "s" and after == " " and follows.islower()
            if not after.isalnum() and not plural:
                return at
    return None
