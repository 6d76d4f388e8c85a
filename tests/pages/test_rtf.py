"""RTF files: what is text, what is not, and how it looks."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.pages.documents.document import Paragraph
from sayso.pages.documents.rtf import read_rtf

CASES = tomllib.loads(Path(__file__).with_name("rtf.toml").read_text("utf-8"))["case"]
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial;}"
    r"{\f2\fcharset128 MS Mincho;}{\f3\fcharset238 Arial;}}"
    r"{\stylesheet{\ql Normal;}{\s1\b\fs32 heading 1;}{\s2 heading 2;}{\*\cs10 Default;}}"
    r"{\info{\title The file's title}{\author Somebody}}"
)


def looks(paragraph: Paragraph) -> dict[str, Any]:
    """What of a paragraph is not as it is without being told."""
    plain = Paragraph("", page=1, size=12.0)
    fields = paragraph._asdict()
    return {name: value for name, value in fields.items() if value != getattr(plain, name)}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_rtf(case: dict[str, Any]) -> None:
    document = read_rtf("a.rtf", f"{HEAD}{case['rtf']}}}".encode("latin-1"))
    expected = [one if isinstance(one, dict) else {"text": one} for one in case["paragraphs"]]
    assert [looks(one) for one in document.paragraphs] == expected
    assert document.title == "The file's title"


@pytest.mark.parametrize(
    "rtf",
    [
        "{" * 200_000,
        "}" * 1000,
        r"\bin999999999 x",
        r"\u99999999999? x",
        r"\ansicpg99999 \'e9",
        r"{\fonttbl{\f0\fcharset999 x;}}\f0 \'e9",
        r"\'zz \'9",
        r"\uc-3\u65??",
        "\\",
        r"{\*\fldinst",
        r"\cell\row\cell\row",
    ],
)
def test_nothing_in_a_file_is_too_much(rtf: str) -> None:
    read_rtf("a.rtf", ("{\\rtf1 " + rtf).encode())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="\\{}*'abu1;\n \u00e9", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for one in read_rtf("a.rtf", b"{\\rtf1 " + text.encode("latin-1")).paragraphs:
        assert one.text == one.text.strip() != ""


def test_what_is_no_rtf_is_told() -> None:
    with pytest.raises(InputError, match=r"a\.rtf: is no RTF file"):
        read_rtf("a.rtf", b"Hello")
