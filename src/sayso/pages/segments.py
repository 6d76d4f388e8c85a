"""The runs of text of a page's tree, and which of an extractor's blocks each of them became."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.pages.lines import plain
from sayso.pages.paragraphs import INLINE, OUTSIDE
from sayso.records import BlockKind

#: A line break; it is white space to ``str.split``.
_BREAK = "\x1e"
_GAP = re.compile(rf"{_BREAK}\s{{0,40}}{_BREAK}")
#: Signs by which one text is told from another.
_KEY = 48
#: Signs from which a text found within another is no chance.
TELLING = 20
#: Segments before the headline, at the body's beginning and at its end that may be its byline.
_AROUND = 6
#: Segments of a page that are looked at.
_SEGMENTS = 20_000
#: Characters of text times segments, above which they are not looked for in it.
_LOOKED_THROUGH = 200_000_000


@dataclass
class Segment:
    """A run of text without a block element in it, as the page has it.

    Attributes:
        holder: the element whose text it is; of bare text between blocks, the container.
        container: the element that holds it and its neighbours.
        tag: the name of ``holder``; ``""`` of bare text.
        linked: the share of the text that is linked.
        block: the index of the extractor's block that begins with it.
        part: the index of the block in which it stands further on.
    """

    holder: Any
    container: Any
    tag: str
    text: str
    linked: float
    block: int | None = None
    part: int | None = None


def segments_of(tree: Any) -> Iterator[Segment]:
    """The runs of text of a page, in order, without those of elements that hold no article."""
    count = 0
    stack = [tree]
    while stack and count < _SEGMENTS:
        element = stack.pop()
        if isinstance(element, Segment):
            yield element
            continue
        if not isinstance(element.tag, str) or element.tag in OUTSIDE or _hidden(element):
            continue
        inside: list[Any] = []
        pieces: list[str] = [element.text or ""]
        linked = blocks = 0

        def close(element: Any = element, inside: list[Any] = inside) -> None:
            nonlocal pieces, linked, count
            whole = "".join(pieces)
            share = min(1.0, linked / max(len(whole.strip()), 1))
            for text in map(plain, _GAP.split(whole)):
                if text:
                    count += 1
                    inside.append(Segment(element, element, "", text, share))
            pieces, linked = [], 0

        for child in element:
            if child.tag in INLINE and all(inner.tag in INLINE for inner in child.iter()):
                text = _BREAK if child.tag == "br" else "".join(child.itertext())
                pieces.append(text)
                linked += len(text) if child.tag == "a" else _links(child)
            elif isinstance(child.tag, str) and child.tag not in ("script", "style"):
                close()
                blocks += 1
                inside.append(child)
            pieces.append(child.tail or "")
        close()
        if not blocks and len(inside) == 1:
            only = inside[0]
            only.tag, only.container = element.tag, element.getparent()
        stack.extend(reversed(inside))


def _links(element: Any) -> int:
    return sum(len("".join(link.itertext())) for link in element.iter("a"))


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def matched(segments: list[Segment], blocks: Sequence[tuple[BlockKind, str]]) -> list[Segment]:
    """The segments, each with the index of its block; equal texts are given in turn.

    Empty where there is too much to look through.
    """
    keys = [_key(text) for _, text in blocks]
    if sum(map(len, keys)) * len(segments) > _LOOKED_THROUGH:
        return []
    waiting: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        waiting.setdefault(key[:_KEY], []).append(index)
    short = sorted({len(key) for key in keys if TELLING <= len(key) < _KEY}, reverse=True)
    # a run of text may be several blocks, or a part of one
    everything = "".join(keys)
    starts = [0]
    for block_key in keys:
        starts.append(starts[-1] + len(block_key))
    for segment in segments:
        key = _key(segment.text)
        found = waiting.get(key[:_KEY]) if key else None
        # an extractor may have cut a paragraph short
        found = found or next((waiting[key[:n]] for n in short if key[:n] in waiting), None)
        if found:
            segment.block = found.pop(0) if len(found) > 1 else found[0]
        elif key:
            at = everything.find(key[:_KEY])
            segment.part = bisect_right(starts, at) - 1 if at >= 0 else None
    return segments


def around_body(segments: Sequence[Segment], headline: str | None) -> list[Segment]:
    """The runs of text from the headline to the body's beginning, and after its end."""
    placed = [number for number, segment in enumerate(segments) if segment.block is not None]
    if not placed:
        return []
    first, last = placed[0], placed[-1]
    top = next((n for n in range(first, -1, -1) if segments[n].text == headline), first)
    opening = segments[max(0, top - _AROUND) : first + _AROUND]
    return [*opening, *segments[max(last, first + _AROUND) : last + 2 * _AROUND]]
