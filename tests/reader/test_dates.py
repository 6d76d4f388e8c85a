"""Dates: the cases of dates.toml, and what holds for any text."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lexicon import toml
from sayso.pages.article import make_article
from sayso.reader.analysis import Analysis
from sayso.reader.dates import find_dates, infer_reference, is_timex_value, read_dates
from sayso.reader.pipeline import analyse
from sayso.records import Reference

CASES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("dates.toml").read_text(encoding="utf-8")
)
REFERENCE = "2024-05-03"


def analysis_of(text: str, reference: str | None, kind: Any = "paragraph") -> Analysis:
    given_ = Reference(value=reference, from_="given") if reference else None
    return next(iter(analyse([make_article("test", [(kind, text)], reference=given_)])))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"][:40])
def test_dates(case: dict[str, Any]) -> None:
    reference = case.get("reference", REFERENCE)
    reference = None if reference == "none" else reference
    text = case["text"]
    if case.get("bare"):
        read = [[text[f.start : f.end], f.value] for f in read_dates(text, reference)]
    else:
        kind = "headline" if case.get("headline") else "paragraph"
        read = [[d.span.text, d.value] for d in find_dates(analysis_of(text, reference, kind))]
    assert read == case["dates"]


@pytest.mark.parametrize("case", CASES["reference"], ids=lambda case: case["text"][:40])
def test_inferred_reference(case: dict[str, Any]) -> None:
    reference = infer_reference(analysis_of(case["text"], None))
    assert (reference.value if reference else None) == case.get("value")
    assert reference is None or reference.from_ == "text"


def test_anchors_and_kinds() -> None:
    text = (
        "On 2 May 2024 it rained; two days later, on Friday, for three days, every Monday, at noon."
    )
    dates = find_dates(analysis_of(text, REFERENCE))
    assert [(d.kind, d.anchor) for d in dates] == [
        ("date", "explicit"),
        ("date", "text"),
        ("date", "published"),
        ("duration", "explicit"),
        ("set", "explicit"),
        ("time", "text"),
    ]
    assert len({d.id for d in dates}) == len(dates)


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2024-13", False),
        ("2024-W53", False),
        ("2020-W53-WE", True),
        ("XXXX-04-28", True),
        ("199", True),
        ("P2.5Y", True),
        ("PXD", True),
        ("P", False),
        ("PT25M", True),
        ("2024-05-03T20:00Z", True),
        ("2024-05-03T25:00", False),
        ("2024-05-03TNI", True),
        ("2024-12/2025-01", True),
        ("2025-04-26/..", True),
        ("../..", False),
        ("PRESENT_REF", True),
        ("soon", False),
        ("", False),
    ],
)
def test_is_timex_value(value: str, valid: bool) -> None:
    assert is_timex_value(value) is valid


WORDS = sorted({word for words in toml("dates")["classes"].values() for word in words})
NUMBERS = [
    "1",
    "08",
    "31",
    "99",
    "1999",
    "2024",
    "9999",
    "10,000",
    "2.5",
    "4th",
    "1990s",
    "30.02.2024",
]
TOKENS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([word.capitalize() for word in WORDS]),
    st.sampled_from([*NUMBERS, ",", "-", "/", ":", "(", ")", ".", "'", "s", "\n\n", "$", "troops"]),
)
SOUP = st.builds(
    lambda words, glue: glue.join(words), st.lists(TOKENS, max_size=25), st.sampled_from([" ", ""])
)
REFERENCES = st.sampled_from([None, REFERENCE, "2024-11", "2024", "0001-01-01", "9999-12-31", "?"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(SOUP, st.text()), REFERENCES)
def test_any_text(text: str, reference: str | None) -> None:
    found = read_dates(text, reference)
    for item in found:
        assert is_timex_value(item.value)
        assert 0 <= item.start < item.end <= len(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [(f.start, f.value) for f in read_dates(text, reference)] == [
        (f.start, f.value) for f in found
    ]


@settings(max_examples=15, deadline=None)
@given(SOUP)
def test_any_parsed_text(text: str) -> None:
    for reference in (None, REFERENCE):
        analysis = analysis_of(text, reference)
        infer_reference(analysis)
        for found in find_dates(analysis):
            assert is_timex_value(found.value)
            assert found.span.text == text[found.span.start : found.span.end]
