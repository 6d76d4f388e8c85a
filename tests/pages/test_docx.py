"""Word files, written by hand: every word of the body once, nothing of what is not shown."""

import zipfile
from io import BytesIO

import pytest

from sayso.errors import InputError
from sayso.pages.documents.docx import MAX_UNPACKED, read_docx

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<w:styles {_SPACES}><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val='
    '"heading 1"/></w:style><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/>'
    "</w:style></w:styles>"
)


def docx(body: str, **parts: str) -> bytes:
    """A Word file; ``parts`` are those beside the document, by name."""
    kinds = {"styles": STYLES, **parts}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(kinds)
    )
    held = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="d" Type='
        f'"{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
        "</Relationships>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{kind}.xml": text for kind, text in kinds.items()},
    }
    return zipped(held)


def zipped(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def p(*runs: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(data: bytes) -> list[str]:
    return [one.text for one in read_docx("a.docx", data).paragraphs]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("The "), f"<w:ins>{r('army ')}</w:ins>", r("said so.")), ["The army said so."]),
        (
            p(r("It "), "<w:del><w:r><w:delText>denied </w:delText></w:r></w:del>", r("said so.")),
            ["It said so."],
        ),
        (p(r("It "), r("secretly ", "<w:vanish/>"), r("said.")), ["It said."]),
        (p(r("It "), r("openly ", '<w:vanish w:val="0"/>'), r("said.")), ["It openly said."]),
        (
            f"<w:sdt><w:sdtContent>{p(r('One.'))}</w:sdtContent></w:sdt>"
            + p(f"<w:sdt><w:sdtContent>{r('Two')}</w:sdtContent></w:sdt>", r(" three.")),
            ["One.", "Two three."],
        ),
        (p(f"<w:smartTag>{r('Tamor')}</w:smartTag>", r(" said.")), ["Tamor said."]),
        (p(f'<w:hyperlink w:anchor="x">{r("A link")}</w:hyperlink>', r(".")), ["A link."]),
        (
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                '<w:r><w:instrText> HYPERLINK "http://x.example/" </w:instrText></w:r>',
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                r("Shown"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ),
            ["Shown"],
        ),
        (p(r("One"), "<w:r><w:br/></w:r>", r("two"), "<w:r><w:tab/></w:r>", r("three")), None),
        (
            p(
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
                f"{p(r('In a box'))}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict>"
                f"<v:shape><v:textbox><w:txbxContent>{p(r('In a box'))}</w:txbxContent></v:textbox>"
                "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
                r("Beside it"),
            ),
            ["Beside it", "In a box"],
        ),
    ],
)
def test_words_that_are_shown_come_once(body: str, expected: list[str] | None) -> None:
    assert texts(docx(body)) == (expected or ["One", "two three"])


def test_headings_bold_lists_and_rows() -> None:
    cells = "".join(f"<w:tc>{p(r(text))}</w:tc>" for text in ("HD", "Forty killed"))
    body = (
        p(r("A title"), style="T")
        + p(r("Eine Überschrift"), style="berschrift1")
        + p(r("Byline:", "<w:b/>"), r(" Edvin Roos"))
        + p(r("All", "<w:b/>"), r(" bold", "<w:b/>"))
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + p(r("Next"), '<w:r><w:br w:type="page"/></w:r>', r("page"))
    )
    made = read_docx("a.docx", docx(body)).paragraphs
    assert [(one.text, one.level, one.bold, one.label) for one in made] == [
        ("A title", 1, False, ""),
        ("Eine Überschrift", 1, False, ""),
        ("Byline: Edvin Roos", 0, False, "Byline:"),
        ("All bold", 0, True, ""),
        ("HD Forty killed", 0, False, "HD"),
        ("Next", 0, False, ""),
        ("page", 0, False, ""),
    ]
    assert [one.page for one in made][-2:] == [1, 2]


def test_notes_and_their_marks_are_left_out() -> None:
    notes = (
        f'<w:footnotes {_SPACES}><w:footnote w:id="1">{p(r("See below."))}</w:footnote>'
        "</w:footnotes>"
    )
    body = p(r("It said so"), '<w:r><w:footnoteReference w:id="1"/></w:r>', r(".")) + p(r("End."))
    assert texts(docx(body, footnotes=notes)) == ["It said so.", "End."]


BOMB = {"word/document.xml": "<w:p>" + " " * (MAX_UNPACKED + 1)}
BAD = [
    ("PK\x03\x04 cut short".encode("latin-1"), "is a damaged Word file"),
    (docx(p(r("One.")))[:-200], "is a damaged Word file"),
    (docx("<w:p>"), "is a damaged Word file"),
    (zipped({"word/other.xml": "<a/>"}), "is a damaged Word file"),
    (docx("<w:p>" * 5000 + "</w:p>" * 5000), "is a damaged Word file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W" * 99, "is an old Word file"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    (zipped({"xl/workbook.xml": ""}), "is an Excel file"),
    (zipped({"mimetype": "application/epub+zip"}), "is an OpenDocument file or an e-book"),
    (zipped({"a.txt": "A"}), "is a ZIP archive"),
    (zipped(BOMB), "unpacks to more than 100 MB"),
    (docx(p(r("&a;"))).replace(b"x", b"x"), "is a damaged Word file"),
    (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY a "b">]><a/>'}), "declares entities"),
]


@pytest.mark.parametrize(("data", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read_docx("a.docx", data)
    assert error.value.input == "a.docx"
    assert reason in error.value.reason
