"""Single lines of copied pages: the cases of ``lines.toml``."""

import tomllib
from pathlib import Path

import pytest

from sayso.pages.credits import split_credit
from sayso.pages.furniture import is_furniture, meta_of, unglued
from sayso.pages.lines import is_prose, plain, to_lines
from sayso.pages.options import iso_date

CASES = tomllib.loads(Path(__file__).with_name("lines.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["date"], ids=lambda case: str(case["line"]))
def test_date_line(case: dict[str, str]) -> None:
    meta = meta_of(case["line"])
    assert meta is not None
    assert meta.published == case.get("value")


@pytest.mark.parametrize("case", CASES["byline"], ids=lambda case: str(case["line"]))
def test_byline(case: dict[str, list[str]]) -> None:
    meta = meta_of(str(case["line"]))
    assert meta is not None
    assert list(meta.authors) == case["names"]


@pytest.mark.parametrize("case", CASES["credit"], ids=lambda case: str(case["line"]))
def test_credit(case: dict[str, str]) -> None:
    assert split_credit(case["line"]) == (case["caption"], case["credit"])


@pytest.mark.parametrize("line", CASES["body"]["lines"])
def test_body_line(line: str) -> None:
    assert not is_furniture(line)
    assert meta_of(line) is None
    assert split_credit(line) is None
    assert unglued(line) == line


@pytest.mark.parametrize("line", CASES["furniture"]["lines"])
def test_furniture_line(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("The army fled. See all", "The army fled."),
        ("The army fled.See all", "The army fled."),
        ("“We fled.” Read more", "“We fled.”"),
        ("He lives in St. Mary", "He lives in St. Mary"),
    ],
)
def test_glued_button(line: str, whole: str) -> None:
    assert unglued(line) == whole


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("The army fled.", True),
        ("“We did not do it,” he said.", True),
        ("Talks begin in the U.S.", False),
        ("Who fired on the convoy?", False),
        ("Minister denies strike on dam", False),
        ("部队昨天撤离了这座城市。", True),
    ],
)
def test_prose(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


def test_wrapped_lines_are_joined_and_others_are_not() -> None:
    wrapped = (
        "The parliament of Tamor voted on Monday to ratify a pact under which each\n"
        "side would come to the aid of the other, the speaker told\n"
        "reporters.\n\nNobody else would confirm the number of votes that were cast in\nthe end."
    )
    assert [line.text.split()[-1] for line in to_lines(wrapped)] == ["reporters.", "end."]
    single = "The parliament of Tamor voted on Monday to ratify it.\nThe speaker was pleased by it."
    assert len(to_lines(single)) == 2


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03 14:05", "2024-05-03T14:05"),
        ("2024-05-03T14:05:10.250Z", "2024-05-03T14:05:10+00:00"),
        ("2024-05-03T14:05+0200", "2024-05-03T14:05+02:00"),
        ("2024-02-30", None),
        ("20240503", None),
    ],
)
def test_iso_date(text: str, iso: str | None) -> None:
    assert iso_date(text) == iso


def test_plain_leaves_out_what_says_where_a_line_may_break() -> None:
    assert (
        plain("The\u00a0coun\u00adcil\u200b of \ufeffOrlo\n voted") == "The council of Orlo voted"
    )
