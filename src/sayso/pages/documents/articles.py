"""The articles of a document: one, or those of a press database's export."""

from collections.abc import Iterator, Sequence

from sayso.errors import InputError
from sayso.pages.article import Draft, article_from_draft
from sayso.pages.copied import read_copied
from sayso.pages.documents.document import Document, Paragraph, prevailing
from sayso.pages.lines import is_prose, plain, stops, words_of
from sayso.pages.options import Options
from sayso.pages.press.exports import articles_in_export, export_of
from sayso.records import Article

#: Times the size of the body's type from which on a line is set as a headline.
_LARGER = 1.25
#: Words of the longest headline and heading.
_HEADLINE, _HEADING = 40, 30
#: Words from which on a paragraph is of the text, and no standfirst or notice above it.
_RUNNING = 30


def articles_of(name: str, document: Document, options: Options) -> Iterator[Article | InputError]:
    """The articles of a document; those of an export are named ``export.rtf#3``.

    Args:
        name: the input as it was named.
        document: what it says.
        options: what is known of it from outside.

    Raises:
        InputError: there is none.
    """
    export = export_of(document)
    if export is None:
        yield article_from_draft(name, draft_of(document), options)
    else:
        yield from articles_in_export(name, export, options)


def draft_of(document: Document) -> Draft:
    """What a document of one article says: its lines are read as those of a copied page are.

    What the file's properties state (author, day) is of the file, not of the article: it is left.
    """
    paragraphs = document.paragraphs
    if not _is_styled(paragraphs):
        paragraphs = [one._replace(level=0) for one in paragraphs]
    # whether broken lines are those of one paragraph is told as in copied text
    lines = (("\n" if one.broken else "\n\n") + _marked(one) for one in paragraphs)
    draft = read_copied("".join(lines), _headline(paragraphs, document.title))
    draft.url = document.url
    return draft


def _is_styled(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether headings are told apart; some styles are used for all of a text."""
    headings = sum(words_of(one.text) for one in paragraphs if one.level)
    return 2 * headings <= sum(words_of(one.text) for one in paragraphs)


def _marked(paragraph: Paragraph) -> str:
    """A paragraph with the mark that a copied text has of a list's item or a heading."""
    if paragraph.item:
        return f"• {paragraph.text}"
    if paragraph.level and words_of(paragraph.text) <= _HEADING:
        return f"# {paragraph.text}"
    return paragraph.text


def _headline(paragraphs: Sequence[Paragraph], title: str | None) -> str | None:
    """The line above the text that is the headline.

    It is the one that the file's title names, or that is set in the largest type, or styled as one.
    """
    above = list(_above(paragraphs))
    lines = [one for one in above if 2 <= words_of(one.text) <= _HEADLINE]
    named = plain(title or "").casefold()
    titled = (
        one
        for one in lines
        if one.text.casefold() in named and 2 * words_of(one.text) >= words_of(named)
    )
    styled = (one for one in lines if one.level == 1)
    found = next(titled, None) or _largest(paragraphs, lines) or next(styled, None)
    return None if found is None else found.text


def _above(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs above most of the running text."""
    running = [words_of(one.text) if _is_body(one) else 0 for one in paragraphs]
    before, whole = 0, sum(running)
    for one, words in zip(paragraphs, running, strict=True):
        if 2 * before > whole:
            return
        yield one
        before += words


def _is_body(paragraph: Paragraph) -> bool:
    """Whether a paragraph is running text, and of some length."""
    return words_of(paragraph.text) >= _RUNNING and is_prose(paragraph.text)


def _largest(paragraphs: Sequence[Paragraph], lines: Sequence[Paragraph]) -> Paragraph | None:
    """The first of the lines in the largest type, where that is larger than the body's."""
    prose = (one for one in paragraphs if stops(one.text))
    body = prevailing((round(one.size, 1), len(one.text)) for one in prose if one.size)
    sized = [one for one in lines if one.size]
    if body is None or not sized:
        return None
    largest = max(sized, key=lambda one: one.size or 0.0)
    return largest if (largest.size or 0.0) >= _LARGER * body else None
