"""Mending what an extractor made of a page, by where its blocks stand in the page's own tree.

An extractor weighs one element at a time: it loses the first paragraph for its link, a subheading,
or text that stands bare between paragraphs, and keeps lists of other stories. Here a container
most of whose running text was kept gives the rest of it too, in its order; and what stands in a
container of comments or of other stories, or ends the article as a row of links, is taken away.
Linear in the size of the page.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sayso.lexicon import toml
from sayso.pages.furniture import is_furniture, is_tail, meta_of
from sayso.pages.lines import is_prose, words_of
from sayso.pages.segments import TELLING, Segment, matched
from sayso.records import BlockKind

_HEADINGS = frozenset(("h2", "h3", "h4"))
_TEXTS = frozenset(("p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"))
#: The share of a container's running text that was kept, from which the rest of it is taken too.
_MOST = 0.5
#: The same for the container that holds most of the article.
_SOME = 0.3
#: The share of a text that is linked, from which it is a way to another page.
_LINKED = 0.8
#: How much longer than all that was kept a container is that was overlooked.
_HEAVIER = 1.2
#: Words of other things before the end of the article's text, from which that end is no part of it.
_FAR = 60
#: The share of the text that such an end may be.
_END = 0.25


def mended(
    segments: list[Segment], blocks: Sequence[tuple[BlockKind, str]]
) -> list[tuple[BlockKind, str]]:
    """``blocks`` with what was left out between them, and without lists of other stories.

    Args:
        segments: the runs of text of the page; they are told their blocks.
        blocks: kind and text of the blocks that an extractor found in it, in page order.
    """
    segments = matched(segments, blocks)
    kept = [segment for segment in segments if segment.block is not None]
    overlooked, instead = _overlooked(segments, blocks)
    if overlooked is None and not kept:
        return list(blocks)
    main = overlooked if overlooked is not None else _main(kept)
    dropped: set[int] = set()
    if instead:
        dropped.update(range(len(blocks)))
    else:
        dropped |= _outside(kept, main)
        dropped |= _far_tail(segments, blocks, main, dropped)
        dropped |= _linked_tail(kept, blocks, dropped)
    added = _left_out(segments, main, whole=overlooked is not None)
    whole = _whole(kept, blocks)
    mended: list[tuple[BlockKind, str]] = list(added.get(-1, ()))
    for index, (kind, text) in enumerate(blocks):
        if index not in dropped:
            mended.append((kind, whole.get(index, text)))
        mended += added.get(index, ())
    return mended


def _whole(kept: Sequence[Segment], blocks: Sequence[tuple[BlockKind, str]]) -> dict[int, str]:
    """The whole text of each paragraph whose end the extractor lost."""
    whole: dict[int, str] = {}
    for segment in kept:
        if segment.tag == "p" and segment.block is not None and segment.linked < _LINKED:
            text = blocks[segment.block][1]
            start = segment.text.find(text)
            if start >= 0 and len(segment.text) > len(text):
                whole[segment.block] = segment.text
    return whole


def _main(kept: Sequence[Segment]) -> Any:
    """The container that holds most of what was kept, comments and other stories last."""
    weights: Counter[Any] = Counter()
    for segment in kept:
        weights[segment.container] += len(segment.text) if segment.tag != "li" else 1
    ranked = [container for container, _ in weights.most_common()]
    return next((c for c in ranked if not _named_outside(c)), ranked[0])


def _overlooked(
    segments: Sequence[Segment], blocks: Sequence[tuple[BlockKind, str]]
) -> tuple[Any, bool]:
    """The container with most of the page's running text, if the extractor overlooked it.

    Returns:
        The container or ``None``, and whether what was kept is so little that it is no part of the
        article.
    """
    weights: Counter[Any] = Counter()
    known: Counter[Any] = Counter()
    for segment in segments:
        if segment.tag != "li" and segment.linked < 0.5 and is_prose(segment.text):
            weights[segment.container] += len(segment.text)
            if segment.block is not None or segment.part is not None:
                known[segment.container] += len(segment.text)
    if not weights:
        return None, False
    best, most = weights.most_common(1)[0]
    length = sum(len(text) for _, text in blocks)
    if most < _HEAVIER * length or known[best] > _SOME * most:
        return None, False
    holders = [best, *best.iterancestors()]
    if any(_named_outside(holder) for holder in holders if holder.tag not in ("html", "body")):
        return None, False
    return best, length < 0.5 * most


@cache
def _other_stories() -> tuple[str, ...]:
    containers = toml("furniture")["containers"]
    return (*containers["others"], *containers["around"])


def _named_outside(element: Any) -> bool:
    """Whether an element's class or id says that it holds comments or other stories."""
    return bool(_words_outside(element))


def _words_outside(element: Any) -> frozenset[str]:
    if element is None:
        return frozenset()
    # the id of a heading or a paragraph is made of its words
    own = "" if element.tag in _TEXTS else element.get("id") or ""
    name = f"{element.get('class') or ''} {own}".lower()
    return frozenset(word for word in _other_stories() if word in name)


def _outside(kept: Sequence[Segment], main: Any) -> set[int]:
    """The blocks in containers of comments and of other stories that do not hold the article."""
    article = {main, *main.iterancestors()}
    # a word that the article's own container bears tells nothing on this page
    own = _words_outside(main) | _words_outside(main.getparent())
    known: dict[Any, bool] = {}

    def outside(element: Any) -> bool:
        chain = []
        while element is not None and element not in article and element not in known:
            chain.append(element)
            element = element.getparent()
        result = known.get(element, False) if element is not None else False
        for link in reversed(chain):
            result = result or bool(_words_outside(link) - own)
            known[link] = result
        return result

    # a page may show the beginning of an article in other places too
    where = [(s.block, outside(s.holder)) for s in kept if s.block is not None]
    return {block for block, out in where if out} - {block for block, out in where if not out}


def _far_tail(
    segments: Sequence[Segment],
    blocks: Sequence[tuple[BlockKind, str]],
    main: Any,
    dropped: set[int],
) -> set[int]:
    """The blocks at the end, away from the article, that much else of the page stands before."""
    around = main.getparent()
    passed, near = 0, -1
    before: dict[int, int] = {}
    for segment in segments:
        block = segment.block
        if block is None and len(segment.text) >= TELLING:
            block = segment.part
        if block is None or block in dropped:
            passed += words_of(segment.text)
        else:
            before.setdefault(block, passed)
            holder = segment.container
            if around is not None and (holder is around or holder.getparent() is around):
                near = max(near, block)
    total = sum(len(blocks[block][1]) for block in before)
    length = 0
    tail: set[int] = set()
    placed = sorted(before)
    for earlier, later in reversed(list(pairwise(placed))):
        length += len(blocks[later][1])
        if length > _END * total or later <= near:
            break
        if before[later] - before[earlier] > _FAR:
            tail.update(range(later, len(blocks)))
    return tail


def _linked_tail(
    kept: Sequence[Segment], blocks: Sequence[tuple[BlockKind, str]], gone: set[int]
) -> set[int]:
    """The links at the article's end, with the headings and labels over them."""
    links = {segment.block for segment in kept if segment.linked >= _LINKED}
    links -= {segment.block for segment in kept if segment.linked < _LINKED}
    dropped: set[int] = set()
    pending: list[int] = []
    for index in range(len(blocks) - 1, 0, -1):
        kind, text = blocks[index]
        if index in gone:
            continue
        if index in links and not (kind == "paragraph" and words_of(text) > 40):
            dropped.update((index, *pending))
            pending = []
        elif kind == "subheading" or is_tail(text) or is_furniture(text):
            pending.append(index)
            if dropped:
                dropped.update(pending)
        else:
            break
    # a page of nothing but links keeps them
    length = sum(len(text) for _, text in blocks)
    return dropped if sum(len(blocks[index][1]) for index in dropped) < 0.5 * length else set()


def _left_out(
    segments: Sequence[Segment], main: Any, *, whole: bool
) -> dict[int, list[tuple[BlockKind, str]]]:
    """What is to be put in after each block (-1: before the first); ``whole``: all of ``main``."""
    held: dict[Any, list[int]] = {}
    for number, segment in enumerate(segments):
        if segment.tag != "li":
            held.setdefault(segment.container, []).append(number)
    chosen: list[int] = []
    for container, numbers in held.items():
        if whole and container is main:
            chosen += [n for n in numbers if _belongs(segments[n], after=n > numbers[0])]
            continue
        inside = [segments[number] for number in numbers]
        kept = [n for n in numbers if segments[n].block is not None and segments[n].tag != "a"]
        running = sum(len(s.text) for s in inside if is_prose(s.text))
        prose = sum(len(segments[n].text) for n in kept if is_prose(segments[n].text))
        share, few = (_SOME, 1) if container is main else (_MOST, 2)
        if len(kept) < few or prose < share * max(running, 1):
            continue
        chosen += [
            n
            for n in numbers
            if segments[n].block is None
            and segments[n].part is None
            and n < kept[-1]
            and _belongs(segments[n], after=n > kept[0])
        ]
    added: dict[int, list[tuple[BlockKind, str]]] = {}
    wanted = set(chosen)
    at, seen = -1, set()
    for number, segment in enumerate(segments):
        if segment.block is not None:
            at = max(at, segment.block)
        elif number in wanted and segment.text not in seen:
            seen.add(segment.text)
            kind: BlockKind = "subheading" if segment.tag in _HEADINGS else "paragraph"
            added.setdefault(at, []).append((kind, segment.text))
    return added


def _belongs(segment: Segment, *, after: bool) -> bool:
    """Whether a run of text that was left out is one of the article's.

    Args:
        segment: the run of text.
        after: a block of the same container was kept before it.
    """
    text = segment.text
    if is_furniture(text) or is_tail(text):
        return False
    # a lead may be one link; what is short and linked is a way to another page
    if segment.linked >= (0.95 if words_of(text) >= 25 else 0.5):
        return False
    if segment.tag and _named_outside(segment.holder):
        return False
    if segment.tag in _HEADINGS:
        return after and 2 <= words_of(text) <= 30 and not meta_of(text)
    return segment.tag in ("", "p", "div") and is_prose(text) and not meta_of(text)
