"""From bytes or a text, whatever they hold, to the articles in them."""

from collections.abc import Iterator

from sayso.errors import InputError
from sayso.pages.article import Draft, article_from_body, article_from_draft
from sayso.pages.copied import read_copied
from sayso.pages.decoding import clean, decode, sniff
from sayso.pages.documents import document_kind
from sayso.pages.jsonrecords import articles_in_json
from sayso.pages.options import Options
from sayso.pages.press.exports import articles_in_export, export_in_text
from sayso.pages.press.marks import is_marked
from sayso.pages.webpage import LARGE_PAGE, MAX_PAGE, read_webpage
from sayso.records import Article


def article_from_text(text: str, options: Options | None = None, name: str = "<text>") -> Article:
    """The article of a text: copied page, HTML, or JSON of one article.

    Args:
        text: the text; what it is says ``options.as_``.
        options: what the text is and what is known of it.
        name: what to call the input.

    Raises:
        InputError: there is no article in it.
    """
    options = options or Options()
    if not text.strip():
        raise InputError(name, "is empty")
    for result in articles_in_text(name, clean(text), "", options, None):
        if isinstance(result, InputError):
            raise result
        return result
    raise InputError(name, "no article text found")


def articles_in_bytes(
    name: str,
    data: bytes,
    suffix: str,
    options: Options,
    *,
    charset: str | None = None,
    url: str | None = None,
) -> Iterator[Article | InputError]:
    """The articles of a file or page; those of exports are named ``file.rtf#3``.

    Args:
        name: the input as it was named.
        data: its bytes.
        suffix: that of its name, with its dot, in small letters.
        options: what it is and what is known of it.
        charset: the character set that came with it (HTTP).
        url: where it came from.

    Raises:
        InputError: it is nothing that can be read.
    """
    if options.as_ in ("auto", "page") and (kind := document_kind(data)):
        # what starts processes is loaded when there is a document
        from sayso.pages.guarded import Page, extract_all

        yield from extract_all(Page(name, data, url, chosen=True, kind=kind), options)
    else:
        yield from articles_in_text(name, decode(name, data, charset), suffix, options, url)


def articles_in_text(
    name: str, text: str, suffix: str, options: Options, url: str | None
) -> Iterator[Article | InputError]:
    """The articles in a text; all but JSON hold one.

    Raises:
        InputError: there is none.
    """
    kind = options.as_ if options.as_ != "auto" else sniff(text, suffix)
    if kind == "json":
        yield from articles_in_json(name, text, options)
        return
    if len(text) > MAX_PAGE:
        raise InputError(name, too_large())
    if kind == "html" and (len(text) > LARGE_PAGE or is_marked(text)):
        from sayso.pages.guarded import Page, extract_all

        data = text.encode("utf-8", "replace")
        yield from extract_all(Page(name, data, url, "utf-8", chosen=True), options)
    elif kind == "html":
        draft = read_webpage(name, text, options.url or url)
        yield article_from_draft(name, draft, options)
    elif kind == "page" and (export := export_in_text(text)):
        yield from articles_in_export(name, export, options)
    elif kind == "body":
        yield article_from_body(name, text, options, Draft(url=url))
    else:
        draft = read_copied(text)
        draft.url = url
        yield article_from_draft(name, draft, options)


def too_large(limit: int = MAX_PAGE) -> str:
    """What is said of an input of more than ``limit`` bytes or characters."""
    return f"is larger than {limit // 2**20} MB, the limit"
