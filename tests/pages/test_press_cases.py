"""Exports of press databases as they come: the cases of ``press.toml``."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages.article import Draft
from sayso.pages.documents.document import Document, Paragraph
from sayso.pages.press.days import day_of
from sayso.pages.press.exports import Export, export_in_html, export_in_text, export_of
from sayso.pages.press.links import address_in
from sayso.pages.press.names import authors_of, outlet_of

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


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("The Guardian (London)", "The Guardian"),
        ("The Guardian(London)", "The Guardian"),
        ("The Times (United Kingdom)", "The Times"),
        ("The Guardian (Lagos)", "The Guardian (Lagos)"),
        ("The Times(Orlo)", "The Times (Orlo)"),
        ("Karspress Wire (English)", "Karspress Wire (English)"),
        ("Reuters News", "Reuters News"),
        ("Agence France Presse -- English", "Agence France Presse"),
        ("Karspress -- English", "Karspress -- English"),
    ],
)
def test_a_place_stays_with_an_outlet_unless_all_know_it(stated: str, name: str) -> None:
    assert outlet_of(stated) == name


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Edvin Roos, Defence Correspondent", ["Edvin Roos"]),
        ("Roos, Edvin; van der Holt, Mira", ["Edvin Roos", "Mira van der Holt"]),
        ("Edvin Roos in Orlo and Mira Holt in Tarn", ["Edvin Roos", "Mira Holt"]),
        ("Edvin Roos, Mira Holt & Jo Bell", ["Edvin Roos", "Mira Holt", "Jo Bell"]),
        ("EDVIN ROOS; STAFF WRITER", ["EDVIN ROOS"]),
        ("Edvin Roos edvin.roos@gazette.example", ["Edvin Roos"]),
        ("von der Lunde, Ursula", ["Ursula von der Lunde"]),
        ("Staff Reporter", []),
        ("Our Foreign Staff", []),
        ("Karspress", []),
        ("By Agence France-Presse", ["Agence France-Presse"]),
        ("Edvin Roos and Reuters", ["Edvin Roos"]),
    ],
)
def test_authors(byline: str, authors: list[str]) -> None:
    assert list(authors_of(byline)) == authors


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("April 28, 2031 Monday 2:05 PM GMT", "2031-04-28T14:05+00:00"),
        ("May 2, 2031, Friday,, FINAL EDITION", "2031-05-02"),
        ("Monday 28 April 2031 11:20 PM EST", "2031-04-28T23:20-05:00"),
        ("28. März 2031 Freitag", "2031-03-28"),
        ("Vendredi 1er août 2031", "2031-08-01"),
        ("28 de abril de 2031 lunes", "2031-04-28"),
        ("Abril 28, 2031", "2031-04-28"),
        ("28 april 2031 maandag 12:00 AM", "2031-04-28T00:00"),
        ("2031 年 4 月 28 日 14:05", "2031-04-28T14:05"),
        ("April 2031", None),
        ("Date and Time: Friday, 9 May 2031 10:22:00 AM GMT", None),
        ("The army said on 28 April 2031 that it had left", None),
        ("April 28, 2031 - May 4, 2031", "2031-04-28"),
    ],
)
def test_days(line: str, day: str | None) -> None:
    assert day_of(line) == day


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("See https://gazette.example/dam.", "https://gazette.example/dam"),
        ("www.gazette.example/dam (may be gone)", "http://www.gazette.example/dam"),
        ("https://advance.lexis.com/api/document?id=1", None),
        ("https://www-nexis-com.library.example/results", None),
        ("https://global.factiva.com/redir", None),
        ("http://localhost/x", None),
    ],
)
def test_addresses(line: str, address: str | None) -> None:
    assert address_in(line) == address


LINES = st.sampled_from(
    [
        "1 of 3 DOCUMENTS",
        "Documents (2)",
        "End of Document",
        "Document GAZETT0020310428el4s000jp",
        "The Tarnholm Gazette",
        "28 April 2031",
        "Winter 2031",
        "Copyright 2031 Gazette Media Ltd.",
        "Section: NEWS",
        "Length: 12 words",
        "12 words",
        "HD",
        "WC 12 words",
        "Byline: Edvin Roos",
        "Highlight: Dam closed.",
        "Body",
        "ABSTRACT",
        "FULL TEXT",
        "Graphic",
        "Dam closed",
        "The dam was closed on Monday, its keeper said.",
        "Language: they could not agree on the words.",
        "https://gazette.example/dam",
        "Load-Date: April 28, 2031",
    ]
)


@given(st.lists(LINES, max_size=40))
@settings(max_examples=300, deadline=None)
def test_what_is_told_stands_in_the_document(lines: list[str]) -> None:
    found = export_of(Document([Paragraph(line) for line in lines]))
    for draft in found.drafts if found else ():
        texts = [text for kind, text in draft.blocks if kind != "headline"]
        assert all(any(text and text in line for line in lines) for text in texts)
        assert not draft.blocks or any(kind == "paragraph" for kind, _ in draft.blocks)
