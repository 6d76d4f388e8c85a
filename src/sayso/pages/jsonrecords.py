"""Articles as JSON objects.

Fields: ``url, title or headline, text or html, published, publisher, authors``.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from sayso.errors import InputError
from sayso.pages.article import Draft, article_from_draft, check_length
from sayso.pages.decoding import clean
from sayso.pages.lines import plain, to_lines
from sayso.pages.metadata import any_date, author_names
from sayso.pages.options import Options
from sayso.pages.webpage import LARGE_PAGE, MAX_PAGE, read_webpage
from sayso.records import Article, BlockKind

#: Bytes of one ``.json`` file, which may hold many articles.
MAX_JSON = 10 * MAX_PAGE
#: Fields that an article's object may have.
FIELDS = frozenset(
    "url title headline text html published publisher section authors author".split()  # noqa: SIM905
)
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def articles_in_json(
    name: str, data: bytes | str, options: Options
) -> Iterator[Article | InputError]:
    """The articles of a JSON text: one object, or a list of them (named ``file.json#2``).

    Args:
        name: the input as it was named.
        data: the JSON text.
        options: what the caller knows of the input.
    """
    try:
        value = msgspec.json.decode(data)
    except _BROKEN as error:
        yield InputError(name, f"is not valid JSON: {error}")
        return
    if not isinstance(value, list):
        yield _tried(name, value, options)
        return
    if not value:
        yield InputError(name, "is an empty list: no articles in it")
    for number, item in enumerate(value, 1):
        yield _tried(f"{name}#{number}", item, options)


def articles_in_lines(
    name: str, stream: IO[bytes], options: Options, first: bytes = b""
) -> Iterator[tuple[Article | InputError, bytes]]:
    """The articles of JSON lines (named ``file.jsonl:12``), one line held in memory at a time.

    Args:
        name: the input as it was named.
        stream: the bytes, read to the end.
        options: what the caller knows of the input.
        first: bytes of the first line that were already read.

    Yields:
        Each article, or its failure, with the bytes of its line.
    """
    number = found = 0
    while line := (first if first.endswith(b"\n") else first + stream.readline(MAX_PAGE + 1)):
        first = b""
        number += 1
        place = f"{name}:{number}"
        if len(line) > MAX_PAGE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_PAGE)
            found += 1
            yield InputError(place, f"the line is larger than {MAX_PAGE // 2**20} MB"), b""
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        found += 1
        try:
            value = msgspec.json.decode(line)
        except _BROKEN as error:
            yield InputError(place, f"is not valid JSON: {error}"), b""
            continue
        yield _tried(place, value, options), line
    if not found:
        yield InputError(name, "is empty"), b""


def _tried(name: str, value: object, options: Options) -> Article | InputError:
    try:
        if _is_large(value):
            from sayso.pages.guarded import Extracted, Page, extract_one

            page = Page(name, msgspec.json.encode(value), chosen=True, kind="json")
            result = extract_one(page, options)
            return result.article if isinstance(result, Extracted) else result
        return article_from_record(name, value, options)
    except InputError as error:
        return error


def _is_large(value: object) -> bool:
    html = value.get("html") if isinstance(value, dict) and not value.get("text") else None
    return isinstance(html, str) and len(html) > LARGE_PAGE


def article_from_record(name: str, record: object, options: Options) -> Article:
    """The article of one JSON object; its fields stand above what an ``html`` states of itself.

    Args:
        name: the input as it was named.
        record: the decoded JSON value.
        options: what the caller knows of the input.

    Raises:
        InputError: it is no object, a field has the wrong type, or there is no text.
    """
    if not isinstance(record, dict):
        raise InputError(name, "is not a JSON object with 'text' or 'html'")
    text, html = _text(name, record, "text"), _text(name, record, "html")
    url = _text(name, record, "url") or None
    if text.strip():
        check_length(name, len(text))
        draft = Draft(blocks=[(kind, line) for kind, line in _paragraphs(text)])
    elif html.strip():
        draft = read_webpage(name, html, options.url or url)
    else:
        raise InputError(name, "has neither 'text' nor 'html': no article text found")
    _fields(name, record, draft)
    draft.url = url or draft.url
    return article_from_draft(name, draft, options)


def _paragraphs(text: str) -> Iterator[tuple[BlockKind, str]]:
    for line in to_lines(clean(text)):
        yield "paragraph", line.text


def _fields(name: str, record: dict[str, Any], draft: Draft) -> None:
    headline = plain(_text(name, record, "headline") or _text(name, record, "title"))
    if headline:
        draft.headline = headline
        _lead(draft, headline)
    published = _text(name, record, "published").strip()
    if published:
        draft.published, draft.published_from = any_date(published), "metadata"
        if draft.published is None:
            raise InputError(name, f"field 'published' is no date: '{published[:60]}'")
    draft.publisher = plain(_text(name, record, "publisher")) or draft.publisher
    draft.section = plain(_text(name, record, "section")) or draft.section
    authors = record.get("authors") or record.get("author")
    if authors:
        if not isinstance(authors, str | list):
            raise InputError(name, "field 'authors' must be a text or a list of texts")
        draft.authors = author_names(authors) or draft.authors


def _lead(draft: Draft, headline: str) -> None:
    """Put the headline first, once; spans of captions move with their blocks."""
    same = re.compile(re.escape(headline), re.IGNORECASE)
    if draft.blocks and (draft.blocks[0][0] == "headline" or same.fullmatch(draft.blocks[0][1])):
        draft.blocks[0] = ("headline", headline)
        return
    draft.blocks.insert(0, ("headline", headline))
    for picture in draft.pictures:
        if picture.block is not None:
            picture.block += 1


def _text(name: str, record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(name, f"field '{field}' must be a text, not {type(value).__name__}")
    return clean(value)
