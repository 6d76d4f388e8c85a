"""HTML of documents (what a Word file is turned into, a press database's export) → paragraphs."""

from typing import Any

from sayso.pages.documents.building import Builder
from sayso.pages.documents.document import Document, Paragraph
from sayso.pages.taming import tamed
from sayso.pages.trees import tree_of

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS) | frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption"  # noqa: SIM905
    " figure footer form header hr li main nav ol p pre section table tbody tfoot thead title"
    " tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong", "th"))
_SKIPPED = frozenset(("head", "script", "style", "noscript", "template", "svg", "button", "select"))


def read_html(html: str) -> Document:
    """The paragraphs of an HTML document, all of its words: no furniture is told apart here.

    Args:
        html: the document.
    """
    tree = tree_of(tamed(html))
    if tree is None:
        return Document()
    title = tree.find(".//title")
    return Document(_walked(tree), title=None if title is None else title.text_content())


def _walked(tree: Any) -> list[Paragraph]:
    """The paragraphs of a tree; it may nest as deep as the parser lets it."""
    from lxml import etree

    builder = Builder()
    bold = skipped = items = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        opens = event == "start"
        if tag in _SKIPPED:
            skipped += 1 if opens else -1
        elif not skipped:
            if tag == "br" and opens:
                builder.line()
            elif tag in _CELLS:
                builder.in_cell() if opens else builder.cell()
            elif tag in _BLOCKS:
                builder.end()
                if tag == "tr" and not opens:
                    builder.row()
                if tag == "hr" and opens:
                    builder.page += 1
            if tag == "li":
                items += 1 if opens else -1
            if tag in _BOLD or _is_bold(element):
                bold += 1 if opens else -1
            builder.level = _HEADINGS.get(tag, builder.level) if opens else builder.level
            builder.item = items > 0
        text = (element.text if opens else element.tail) or ""
        if not skipped and text:
            builder.text(text, bold=bold > 0)
    return builder.finish()


def _is_bold(element: Any) -> bool:
    style = element.get("style") or ""
    return "bold" in style and "font-weight" in style
