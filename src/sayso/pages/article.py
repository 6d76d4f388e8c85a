"""Building an ``Article`` from blocks of text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sayso.errors import InputError
from sayso.pages.language import language_of
from sayso.pages.options import Options
from sayso.records import (
    Article,
    Block,
    BlockKind,
    Image,
    Reference,
    ReferenceFrom,
    Span,
    record_id,
)

Extractor = Literal["trafilatura", "paragraphs", "metadata", "document"]

#: Characters of extracted text above which an input is refused.
MAX_TEXT = 1_000_000


def make_article(input: str, blocks: Sequence[tuple[BlockKind, str]], **fields: object) -> Article:
    """An article whose text is the blocks in order, parted by a blank line.

    Args:
        input: the input as it was named.
        blocks: kind and text of each block; the texts are taken as they are.
        **fields: the other fields of ``Article``.
    """
    text = "\n\n".join(block for _, block in blocks)
    placed, at = [], 0
    for kind, block in blocks:
        placed.append(Block(kind=kind, start=at, end=at + len(block)))
        at += len(block) + 2
    return place_article(input, text, placed, **fields)


def place_article(input: str, text: str, blocks: Sequence[Block], **fields: object) -> Article:
    """An article of ``text`` as it is, with blocks that are already placed in it.

    Args:
        input: the input as it was named.
        text: the article's text, kept character for character.
        blocks: blocks in order; offsets in characters of ``text``, end exclusive.
        **fields: the other fields of ``Article``.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=record_id("a", fields.get("url") or "", digest),
        input=input,
        text=text,
        sha256=digest,
        blocks=tuple(blocks),
        **fields,  # type: ignore[arg-type]
    )


@dataclass
class Picture:
    """A picture as a page reader finds it; ``block`` is the index of its caption's block."""

    block: int | None = None
    credit: str | None = None
    url: str | None = None


@dataclass
class Draft:
    """What a page reader found on a page, before offsets are known.

    Attributes:
        blocks: kind and text of each block, in page order.
        published: ISO 8601 date or date-time.
        published_from: where ``published`` was found.
        pictures: the page's pictures, in page order.
        extractor: what found the body of an HTML page: trafilatura, the plain rule of
            ``pages.paragraphs`` where that failed or would take too long, or the page's metadata.
    """

    blocks: list[tuple[BlockKind, str]] = field(default_factory=list)
    headline: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: ReferenceFrom = "metadata"
    publisher: str | None = None
    url: str | None = None
    read_minutes: int | None = None
    pictures: list[Picture] = field(default_factory=list)
    extractor: Extractor | None = None


def article_from_draft(name: str, draft: Draft, options: Options) -> Article:
    """The article of a draft; what ``options`` gives stands above what the page states.

    Args:
        name: the input as it was named.
        draft: what the page says; its block texts must not be empty.
        options: ``published``, ``publisher`` and ``url`` given from outside.

    Raises:
        InputError: the draft has no text, or more than ``MAX_TEXT`` characters of it.
    """
    if not any(kind not in ("headline", "caption") for kind, _ in draft.blocks):
        raise InputError(name, "no article text found", code="no_text")
    check_length(name, sum(len(text) + 2 for _, text in draft.blocks))
    article = make_article(name, draft.blocks, **_fields(draft, options))
    return _with_pictures(article, draft.pictures)


def article_from_body(name: str, text: str, options: Options, draft: Draft) -> Article:
    """An article of ``text`` character for character, its blocks parted by blank lines.

    Raises:
        InputError: the text is longer than ``MAX_TEXT`` characters.
    """
    check_length(name, len(text))
    blocks: list[Block] = []
    start = end = at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            offset = at + line.index(bare)
            if start == end:
                start = offset
            end = offset + len(bare)
        elif end > start:
            blocks.append(Block(kind="paragraph", start=start, end=end))
            start = end
        at += len(line)
    if end > start:
        blocks.append(Block(kind="paragraph", start=start, end=end))
    draft.blocks = [("paragraph", text)]
    return place_article(name, text, blocks, **_fields(draft, options))


def check_length(name: str, length: int) -> None:
    """Refuse an article of more than ``MAX_TEXT`` characters.

    Raises:
        InputError: ``length`` (in characters) is above the limit.
    """
    if length > MAX_TEXT:
        raise InputError(
            name,
            f"the text has {length:,} characters, more than {MAX_TEXT:,}: split it into articles",
            code="too_long",
        )


def _fields(draft: Draft, options: Options) -> dict[str, object]:
    stated = options.stated
    published, origin = draft.published, draft.published_from
    if stated.published and (not published or origin == "address"):
        published, origin = stated.published, "feed"
    if options.published:
        published, origin = options.published, "given"
    return {
        "url": options.url or draft.url,
        "publisher": options.publisher or draft.publisher,
        "section": draft.section,
        "headline": draft.headline or stated.title,
        "authors": draft.authors or stated.authors,
        "published": published,
        "reference": Reference(value=published[:10], from_=origin) if published else None,
        "language": language_of(text for _, text in draft.blocks),
        "read_minutes": draft.read_minutes,
    }


def _with_pictures(article: Article, pictures: Sequence[Picture]) -> Article:
    """``article`` with its images, the captions as spans of its text."""
    import msgspec

    images = []
    for picture in pictures:
        caption: Span | None = None
        if picture.block is not None:
            block = article.blocks[picture.block]
            caption = article.span(block.start, block.end)
        images.append(Image(caption=caption, credit=picture.credit, url=picture.url))
    return msgspec.structs.replace(article, images=tuple(images))
