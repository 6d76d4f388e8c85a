"""Exports of press databases as they come: the cases of ``press.toml``."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pages.article import Draft
from sayso.pages.documents.document import Document, Paragraph
from sayso.pages.press.exports import Export, export_in_html, export_in_text, export_of

CASES = tomllib.loads(Path(__file__).with_name("press.toml").read_text(encoding="utf-8"))["case"]
KINDS = {"headline": "h", "subheading": "s", "caption": "c", "paragraph": "p", "list_item": "l"}
FIELDS = ("headline", "publisher", "published", "section", "url")


def paragraph(line: str) -> Paragraph:
    """A paragraph of a document, after the marks of the case."""
    if line.startswith("# "):
        return Paragraph(line[2:], level=1)
    bold = re.match(r"\*\*([^*]+)\*\*", line)
    text = line.replace("**", "")
    if bold and bold[1] == text:
        return Paragraph(text, bold=True)
    return Paragraph(text, label=bold[1] if bold else "")


def export(case: dict[str, Any]) -> Export | None:
    if "html" in case:
        return export_in_html(case["html"])
    if "text" in case:
        return export_in_text(case["text"])
    return export_of(Document([paragraph(line) for line in case["lines"].strip().split("\n")]))


def said(draft: Draft) -> dict[str, Any]:
    fields: dict[str, Any] = {field: getattr(draft, field) for field in FIELDS}
    fields["authors"] = list(draft.authors)
    fields["blocks"] = [f"{KINDS[kind]} {text}" for kind, text in draft.blocks]
    return fields


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_export(case: dict[str, Any]) -> None:
    found = export(case)
    if "articles" not in case:
        assert found is None
        return
    assert found is not None
    empty: dict[str, Any] = {**dict.fromkeys(FIELDS), "authors": []}
    assert [said(draft) for draft in found.drafts] == [
        {**empty, **article} for article in case["articles"]
    ]
    assert found.stated == case.get("stated")
    for draft in found.drafts:
        captions = [at for at, (kind, _) in enumerate(draft.blocks) if kind == "caption"]
        assert [one.block for one in draft.pictures if one.block is not None] == captions
