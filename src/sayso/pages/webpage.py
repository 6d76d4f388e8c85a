"""Reading an HTML page: trafilatura finds the body, this module the blocks, headline and pictures.

Where trafilatura finds nothing or would take minutes (very many elements), the paragraphs are
collected by ``sayso.pages.paragraphs`` instead.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sayso.errors import InputError
from sayso.pages.article import Draft, Extractor, Picture, check_length
from sayso.pages.bylines import date_by_htmldate, date_in_address, shown_facts
from sayso.pages.furniture import (
    is_furniture,
    is_section_name,
    is_tail,
    meta_of,
    names_nobody,
    names_person,
    unglued,
)
from sayso.pages.headlines import headline_of
from sayso.pages.lines import plain, stops, words_of
from sayso.pages.mending import mended
from sayso.pages.metadata import Metadata, metadata_of
from sayso.pages.paragraphs import paragraphs_of
from sayso.pages.patience import OutOfPatience, patience
from sayso.pages.pictures import figures_of
from sayso.pages.segments import Segment, around_body, segments_of
from sayso.pages.taming import MAX_MARKUP, flattened, tamed
from sayso.pages.trees import tree_of
from sayso.records import BlockKind

#: Bytes or characters of one page above which it is refused.
MAX_PAGE = 20 * 1024 * 1024
#: Characters from which on a page is read in a process of its own; the slowest that is known to be
#: shorter (18,000 attributes in one tag) takes 4 s.
LARGE_PAGE = 200_000
#: Tags from which on a page is made flat before it is parsed.
FLAT_FROM = 250_000
#: Start tags above which the page is too big for trafilatura (it takes 10 s for 200,000).
MAX_TAGS = 20_000
#: Nesting above which a tree is too deep for trafilatura's searches.
MAX_DEPTH = 200
#: Nesting at which lxml cuts a page off (2,048), less a margin.
CUT_DEPTH = 2_000

_HEADS = frozenset(("head", "h1", "h2", "h3", "h4", "h5", "h6"))


def read_webpage(
    name: str, html: str, url: str | None = None, *, slow: float | None = None
) -> Draft:
    """What an HTML page says, without its furniture.

    Args:
        name: the input as it was named.
        html: the page.
        url: where it came from, to complete the addresses of its pictures.
        slow: seconds after which the plain rule, quick on any page, takes over from trafilatura.

    Raises:
        InputError: the page is too big, is no HTML, or holds no article.
    """
    if len(html) > MAX_PAGE:
        raise InputError(
            name, f"the page is larger than {MAX_PAGE // 2**20} MB, the limit", code="too_large"
        )
    html = tamed(html)
    tags = html.count("<")
    if tags > MAX_MARKUP:
        raise InputError(name, f"has more than {MAX_MARKUP:,} tags", code="too_many_tags")
    if tags > FLAT_FROM:
        html = flattened(html)
    tree = tree_of(html)
    deep = tree is not None and _deeper_than(tree, MAX_DEPTH)
    if deep and _deeper_than(tree, CUT_DEPTH):
        # what only nests is taken away, so that the parser reaches the paragraphs
        tree = tree_of(flattened(html))
        if tree is not None and _deeper_than(tree, CUT_DEPTH):
            tree = tree_of(flattened(html, wholly=True))
        deep = tree is not None and _deeper_than(tree, MAX_DEPTH)
    if tree is None:
        raise InputError(name, "no HTML could be read from it", code="no_text")
    meta = metadata_of(tree)
    extractor, found, segments = _body(tree, html, meta, deep, slow)
    check_length(name, sum(len(text) for _, text in found))
    blocks = list(_tidy(found))
    if not blocks:
        raise InputError(name, "no article text found", code="no_text")
    draft = Draft(
        authors=meta.authors,
        published=meta.published,
        publisher=meta.publisher,
        section=meta.section,
        url=meta.url or url,
        extractor=extractor,
    )
    draft.headline = headline_of(tree, meta)
    shown_facts(draft, tree, around_body(segments, draft.headline))
    blocks = _facts(draft, blocks)
    draft.authors = tuple(name for name in draft.authors if not names_nobody(name))
    if not draft.published:
        draft.published, draft.published_from = date_in_address(draft.url), "address"
    if not draft.published and segments:
        draft.published, draft.published_from = date_by_htmldate(tree), "page"
    if not any(kind != "subheading" for kind, _ in blocks):
        raise InputError(name, "no article text found", code="no_text")
    headline: list[tuple[BlockKind, str]] = [("headline", draft.headline)] if draft.headline else []
    _place(draft, tree, headline + blocks, url or meta.url)
    return draft


def _body(
    tree: Any, html: str, meta: Metadata, deep: bool, slow: float | None
) -> tuple[Extractor, list[tuple[BlockKind, str]], list[Segment]]:
    """The body's blocks by the first extractor that finds running text, and which that was.

    Also the page's runs of text with the blocks that were made of them, from trafilatura alone.
    """
    few_links = html.count("<a ") < 5
    few_tags = html.count("<") - html.count("</") <= MAX_TAGS
    try:
        with patience(slow):
            if few_tags and not deep:
                for precise in (True, False):
                    blocks = list(_trafilatura(tree, precise))
                    if any(_is_running(text, few_links or precise) for _, text in blocks):
                        segments = list(segments_of(tree))
                        return "trafilatura", mended(segments, blocks), segments
    except OutOfPatience:
        pass
    blocks = paragraphs_of(tree)
    if blocks or not meta.body:
        return "paragraphs", blocks, []
    lines = (plain(line) for line in meta.body.splitlines())
    return "metadata", [("paragraph", text) for text in lines if text], []


def _is_running(text: str, trusted: bool) -> bool:
    """Whether a block is running text; on a page of many links only sentences are."""
    return stops(text) or (trusted and words_of(text) >= 4)


def _deeper_than(tree: Any, limit: int) -> bool:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _trafilatura(tree: Any, precise: bool) -> Iterator[tuple[BlockKind, str]]:
    from trafilatura import bare_extraction

    # its complaints about a page become an InputError of ours
    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    try:
        document = bare_extraction(
            tree, favor_precision=precise, include_comments=False, include_tables=True
        )
    except Exception:  # a page that breaks the library is read by the next extractor
        return
    body = getattr(document, "body", None)
    if body is not None:
        yield from _blocks(body)


def _blocks(body: Any) -> Iterator[tuple[BlockKind, str]]:
    """The blocks of trafilatura's own XML."""
    for element in body:
        tag = element.tag
        if tag in _HEADS:
            yield from _texts("subheading", element)
        elif tag == "quote":
            inner = element.findall(".//p")
            for part in inner or [element]:
                yield from _texts("quote", part)
        elif tag == "list":
            for item in element.iter("item"):
                yield from _texts("list_item", item)
        elif tag == "table":
            # running text in the cells is an old page's layout; other tables are no sentences
            for cell in element.iter("cell"):
                for kind, text in _texts("paragraph", cell):
                    if words_of(text) >= 10:
                        yield kind, text
        elif tag != "graphic":
            yield from _texts("paragraph", element)
        if element.tail and words_of(element.tail) >= 3:
            yield "paragraph", plain(element.tail)


def _texts(kind: BlockKind, element: Any) -> Iterator[tuple[BlockKind, str]]:
    """The texts of an element, parted where two line breaks stand together."""
    yield from _split(kind, _inner_text(element))


def _one_line(text: str | None) -> str:
    """``text`` with line breaks of the source as spaces."""
    return (text or "").replace("\n", " ").replace("\r", " ")


def _inner_text(element: Any) -> str:
    pieces = [_one_line(element.text)]
    for child in element:
        if child.tag == "lb":
            pieces.append("\n")
        elif child.tag in ("p", "item", "list", "quote"):
            pieces += ["\n\n", _inner_text(child), "\n\n"]
        else:
            pieces.append(_inner_text(child))
        pieces.append(_one_line(child.tail))
    return "".join(pieces)


def _split(kind: BlockKind, text: str) -> Iterator[tuple[BlockKind, str]]:
    for piece in re.split(r"\n[ \t\xa0]{0,20}\n", text):
        if plain(piece):
            yield kind, plain(piece)


def _tidy(blocks: Sequence[tuple[BlockKind, str]]) -> Iterator[tuple[BlockKind, str]]:
    """The blocks without the furniture that the extractor kept, and without repetitions."""
    seen: set[str] = set()
    for index, (kind, text) in enumerate(blocks):
        text = unglued(text)
        if is_furniture(text) or (is_tail(text) and index > 1):
            continue
        if len(text) > 60 and text in seen:
            continue
        seen.add(text)
        yield kind, text


def _facts(draft: Draft, blocks: list[tuple[BlockKind, str]]) -> list[tuple[BlockKind, str]]:
    """Take byline and date from the page's own lines; the blocks without them and the headline."""
    kept: list[tuple[BlockKind, str]] = []
    for index, (kind, text) in enumerate(blocks):
        if draft.headline and text.casefold() == draft.headline.casefold():
            continue
        if index < 3 and (text == draft.section or is_section_name(text)):
            draft.section = draft.section or text
            continue
        meta = meta_of(text) if index < 6 or index == len(blocks) - 1 else None
        if meta:
            if not names_person(draft.authors):
                draft.authors = meta.authors or draft.authors
            draft.read_minutes = draft.read_minutes or meta.minutes
            date = meta.published or meta.updated
            if date and not draft.published:
                draft.published, draft.published_from = date, "page"
            continue
        kept.append((kind, text))
    while kept and kept[-1][0] == "subheading":
        kept.pop()
    return kept


def _place(draft: Draft, tree: Any, blocks: list[tuple[BlockKind, str]], base: str | None) -> None:
    """Put the blocks into the draft with the captions where they stand on the page."""
    figures = figures_of(tree, blocks, base)
    captions = {figure.caption for figure in figures}
    first = 1 if blocks[0][0] == "headline" else 0
    for index, (kind, text) in enumerate([*blocks, ("paragraph", "")]):
        for figure in figures:
            if max(figure.before, first) != index:
                continue
            place: int | None = None
            if figure.caption:
                draft.blocks.append(("caption", figure.caption))
                place = len(draft.blocks) - 1
            draft.pictures.append(Picture(place, figure.credit, figure.url))
        # an extractor may have taken a caption for a paragraph
        if text and text not in captions:
            draft.blocks.append((kind, text))
