"""Taking an export apart into its articles, by the marks above or below each of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.errors import InputError
from sayso.pages.article import Draft, article_from_draft
from sayso.pages.documents.document import Document, Paragraph
from sayso.pages.documents.html import read_html
from sayso.pages.lines import to_lines
from sayso.pages.options import Options
from sayso.pages.press.fields import draft_of, is_length
from sayso.pages.press.marks import Line, Mark, is_marked, line_of, mark_of
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
        ``None`` where no part between two marks has a date and a length, as an article of an
        export has.
    """
    parts, stated = _parts(document.paragraphs)
    drafts = [draft_of(part) for part in parts]
    known = (
        draft.published and draft.blocks and any(map(is_length, part))
        for part, draft in zip(parts, drafts, strict=True)
    )
    return Export(drafts, stated) if any(known) else None


def export_in_text(text: str) -> Export | None:
    """As ``export_of``, for a plain text; quickly told of a text that is none."""
    if not is_marked(text):
        return None
    lines = to_lines(text)
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


def _parts(paragraphs: Sequence[Paragraph]) -> tuple[list[list[Line]], int | None]:
    """What stands between the marks, and how many parts there should be."""
    kinds: tuple[Mark, ...] = ("above", "below", "counts", "page")
    parts: list[list[Line]] = []
    part: list[Line] = []
    stated: int | None = None
    last = ""
    for paragraph in paragraphs:
        mark = mark_of(paragraph.text, kinds)
        if mark is None:
            line = line_of(paragraph)
            # the id is the last of Factiva's labels
            if line.role == "end" and mark_of(line.text, ("below",)):
                mark = "below", []
            else:
                part.append(line)
                continue
        kind, numbers = mark
        if kind == "counts" or (kind == "above" and len(numbers) == 2):
            stated = numbers[-1]
        if kind in ("above", "below"):
            if part and not (kind == "above" and last == ""):
                parts.append(part)
            part, last = [], kind
    if last == "above" and part:
        parts.append(part)
    return parts, stated
