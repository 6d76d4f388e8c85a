"""A document's paragraphs become an article: headline, items, headings, and what is left out."""

import pytest

from sayso.pages.documents import document_kind
from sayso.pages.documents.articles import draft_of
from sayso.pages.documents.document import Document, Paragraph

LEAD = "The army of Tamor said on Friday that 40 of its soldiers had been killed at the Harn dam."
MORE = "The governor of Lunde denied it and demanded that observers be let in at once."
LAST = "Both countries signed a treaty in 2012 that binds them to consult each other."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04....", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"The file began with %PDF- and then", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_documents_are_told_by_their_first_bytes(data: bytes, kind: str | None) -> None:
    assert document_kind(data) == kind


def test_the_largest_line_is_the_headline_wherever_it_stands() -> None:
    draft = draft_of(
        Document(
            [
                Paragraph("The Tarnholm Gazette", size=12, bold=True),
                Paragraph("World", size=9),
                Paragraph("Army says forty killed", size=24),
                Paragraph("By Edvin Roos", size=9),
                Paragraph("3 May 2031", size=9),
                *(Paragraph(text, size=11) for text in (LEAD, MORE, LAST)),
            ],
            title="Microsoft Word - draft3.doc",
            url="https://gazette.example/a",
        )
    )
    assert draft.headline == "Army says forty killed"
    assert (draft.authors, draft.published) == (("Edvin Roos",), "2031-05-03")
    assert draft.url == "https://gazette.example/a"
    assert [text for kind, text in draft.blocks if kind == "paragraph"] == [LEAD, MORE, LAST]


def test_headings_and_items_are_told_by_their_style() -> None:
    draft = draft_of(
        Document(
            [
                Paragraph("Forty killed at the dam, army says", level=1),
                Paragraph(LEAD),
                Paragraph("What is known so far about who gave the order to fire.", level=2),
                Paragraph(MORE),
                Paragraph("Observers are to arrive on Monday.", item=True),
                Paragraph("The border stays closed until then.", item=True),
                Paragraph(LAST),
            ]
        )
    )
    assert draft.blocks == [
        ("headline", "Forty killed at the dam, army says"),
        ("paragraph", LEAD),
        ("subheading", "What is known so far about who gave the order to fire."),
        ("paragraph", MORE),
        ("list_item", "Observers are to arrive on Monday."),
        ("list_item", "The border stays closed until then."),
        ("paragraph", LAST),
    ]


def test_a_body_that_is_styled_as_headings_is_read_all_the_same() -> None:
    long = " ".join([LEAD, MORE, LAST])
    draft = draft_of(Document([Paragraph(long, level=1), Paragraph(LAST, level=1)]))
    assert [text for _, text in draft.blocks] == [long, LAST]


def test_the_title_of_the_file_names_the_headline_only_where_it_stands_there() -> None:
    lines = [Paragraph("Dam"), Paragraph("Forty killed at the dam"), Paragraph(LEAD)]
    assert draft_of(Document(lines, title="Forty killed at the DAM")).headline == lines[1].text
    assert draft_of(Document([Paragraph(LEAD)], title="Forty killed")).headline is None
