"""The rows of a crawl's shards, and their columns in Parquet."""

from typing import Any, Literal

import msgspec

Status = Literal["article", "other_language", "left_out", "failed"]
#: Of a reading: made of the article itself, or carried over from one of the same text.
Made = Literal["read", "copy", "failed"]


class PageRow(msgspec.Struct, kw_only=True):
    """One page, line or record of an input, and the article in it, if there is one.

    Attributes:
        source: the id of the input.
        place: its number in the input, from 0.
        input: the input as it is named, with the page's place in it.
        status: what became of it: an ``article`` in English, one in an ``other_language``, nothing
            that is an article (``left_out``), or nothing that could be read (``failed``).
        reason: why it is no article; a name of ``sayso.pages.reasons``.
        detail: more of the reason, in words.
        url: its address.
        language: ISO 639-1.
        retrieved: when its bytes were had, where the input tells (ISO 8601, UTC).
        origin: where its bytes are: the file, and the place in it.
        page_sha256: SHA-256 of its bytes.
        page: its bytes, where they are kept; of a file of many articles in the row of the first.
        article_id: the article's id.
        article: the article as JSON.
        headline: its headline.
        words: of its text.
        sameness: what articles share that would be read alike: text, blocks, day.
        signature: MinHash numbers of its body, empty for a short one.
    """

    source: str
    place: int
    input: str
    status: Status
    reason: str | None = None
    detail: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved: str | None = None
    origin: str | None = None
    page_sha256: str | None = None
    page: bytes | None = None
    article_id: str | None = None
    article: str | None = None
    headline: str | None = None
    words: int = 0
    sameness: str | None = None
    signature: list[int] = []


class ReadingRow(msgspec.Struct, kw_only=True):
    """One article and its reading.

    Attributes:
        source, place, input, url, retrieved, origin, page_sha256, page: as of its page.
        article_id: the article's id.
        publisher, headline, published, words: of the article.
        statements, figures, events, agreements: how many the reading has.
        made: whether the article itself was read, or has the reading of another with the same text.
        copy_of: the id of that other article.
        near: the id of an earlier article that is nearly the same.
        reason: why it could not be read.
        reading: the reading as JSON, as ``sayso read --json`` prints it.
    """

    source: str
    place: int
    input: str
    url: str | None = None
    retrieved: str | None = None
    origin: str | None = None
    page_sha256: str | None = None
    page: bytes | None = None
    article_id: str
    publisher: str | None = None
    headline: str | None = None
    published: str | None = None
    words: int = 0
    statements: int = 0
    figures: int = 0
    events: int = 0
    agreements: int = 0
    made: Made
    copy_of: str | None = None
    near: str | None = None
    reason: str | None = None
    reading: str | None = None


Row = PageRow | ReadingRow


def schema_of(kind: type[Row]) -> Any:
    """The columns of a kind of row, as pyarrow has them."""
    import pyarrow as pa

    types = {int: pa.int64(), bytes: pa.binary(), list[int]: pa.list_(pa.uint32())}
    fields = []
    for field in msgspec.structs.fields(kind):
        held = next((t for t in types if t in (field.type, *_members(field.type))), None)
        fields.append(pa.field(field.name, types[held] if held else pa.string()))
    return pa.schema(fields)


def _members(type_: Any) -> tuple[Any, ...]:
    return getattr(type_, "__args__", ()) if not hasattr(type_, "__origin__") else ()
