"""Taking an export apart into its articles, by the marks above or below each of them."""

from collections.abc import Iterator
from typing import NamedTuple

from sayso.errors import InputError
from sayso.pages.article import Draft, article_from_draft
from sayso.pages.documents.document import Document, Paragraph
from sayso.pages.documents.html import read_html
from sayso.pages.lines import to_lines
from sayso.pages.options import Options
from sayso.pages.press.fields import draft_of, is_told
from sayso.pages.press.marks import is_marked, untabbed
from sayso.pages.press.parts import parts_of
from sayso.records import Article


class Export(NamedTuple):
    """The articles of an export.

    Attributes:
        drafts: the articles in order; one without blocks has no text in the export.
        stated: how many the export says that it holds, where it does.
    """

    drafts: list[Draft]
    stated: int | None


def export_of(document: Document) -> Export | None:
    """The articles of a document, if it is the export of a press database.

    Args:
        document: its paragraphs.

    Returns:
        ``None`` where no part between two marks has a day and a length, as an article of an
        export has.
    """
    parts, stated = parts_of(document.paragraphs)
    found = [(part, draft_of(part)) for part in parts]
    told = [is_told(part, draft) for part, draft in found]
    if not any(told):
        return None
    last = {part.id: at for at, part in enumerate(parts)}
    drafts = []
    for at, (part, draft) in enumerate(found):
        # a list of headlines names each id before its article
        listed = part.id and last[part.id] > at and not told[at]
        if not listed and (draft or not part.loose):
            drafts.append(draft or Draft())
    return Export(drafts, stated)


def export_in_text(text: str) -> Export | None:
    """As ``export_of``, for a plain text; quickly told of a text that is none."""
    if not is_marked(text):
        return None
    lines = to_lines(untabbed(text))
    return export_of(Document([Paragraph(line.text, broken=not line.gap) for line in lines]))


def export_in_html(html: str) -> Export | None:
    """As ``export_of``, for an HTML page; quickly told of a page that is none."""
    return export_of(read_html(html)) if is_marked(html) else None


def articles_in_export(
    name: str, export: Export, options: Options
) -> Iterator[Article | InputError]:
    """The articles of an export, named ``export.rtf#3``, and what is missing of it.

    Args:
        name: the input as it was named.
        export: what was found in it.
        options: what is known of it from outside.
    """
    found = len(export.drafts)
    for number, draft in enumerate(export.drafts, 1):
        try:
            yield article_from_draft(f"{name}#{number}" if found > 1 else name, draft, options)
        except InputError as error:
            yield error
    if export.stated and export.stated > found:
        reason = f"says that it holds {export.stated:,} articles, and holds {found:,}"
        yield InputError(name, reason, "incomplete")
