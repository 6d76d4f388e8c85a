"""Copied pages: the cases of ``copied.toml``, and what holds for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.pages import Options, article_from_text
from sayso.records import Article

CASES = tomllib.loads(Path(__file__).with_name("copied.toml").read_text(encoding="utf-8"))["case"]
KINDS = {
    "headline": "h",
    "subheading": "s",
    "caption": "c",
    "paragraph": "p",
    "quote": "q",
    "list_item": "l",
}
PAGE = Options(as_="page")


def blocks_of(article: Article) -> list[str]:
    return [f"{KINDS[b.kind]} {article.text[b.start : b.end]}" for b in article.blocks]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_copied_page(case: dict[str, Any]) -> None:
    article = article_from_text(case["text"], PAGE)
    assert blocks_of(article) == case["blocks"]
    reference = article.reference
    assert {
        "headline": article.headline,
        "section": article.section,
        "authors": list(article.authors),
        "published": article.published,
        "reference": [reference.value, reference.from_] if reference else None,
        "publisher": article.publisher,
        "read_minutes": article.read_minutes,
        "credits": [image.credit for image in article.images],
    } == {
        "headline": case.get("headline"),
        "section": case.get("section"),
        "authors": case.get("authors", []),
        "published": case.get("published"),
        "reference": case.get("reference"),
        "publisher": case.get("publisher"),
        "read_minutes": case.get("read_minutes"),
        "credits": case.get("credits", []),
    }
    captions = [article.text[b.start : b.end] for b in article.blocks if b.kind == "caption"]
    assert [image.caption.text for image in article.images if image.caption] == captions


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_line_endings_do_not_matter(case: dict[str, Any]) -> None:
    windows = case["text"].replace("\n", "\r\n")
    assert article_from_text(windows, PAGE) == article_from_text(case["text"], PAGE)


def test_given_stands_above_the_page() -> None:
    text = CASES[0]["text"]
    options = Options(published="2024-05-04", publisher="Other", url="https://other.example/a")
    article = article_from_text(text, options)
    assert article.published == "2024-05-04"
    assert article.reference is not None
    assert (article.reference.value, article.reference.from_) == ("2024-05-04", "given")
    assert (article.publisher, article.url) == ("Other", "https://other.example/a")


LINES = st.sampled_from(
    [line for case in CASES for line in case["text"].splitlines()]
    + ["", " ", "\u00a0", "•", "* x", "By", "By Al Bo", "Category", "(Photo: )", "© 2024 X", "12"]
)
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=30).map("\n".join),
)


def check(article: Article) -> None:
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text)
        end = block.end
    for image in article.images:
        if image.caption:
            caption = image.caption
            assert caption.text == article.text[caption.start : caption.end]
    article.text.encode()


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_as_page(text: str) -> None:
    try:
        article = article_from_text(text, PAGE)
    except InputError:
        return
    check(article)
    assert "\u00a0" not in article.text
    for block in article.blocks:
        shown = article.text[block.start : block.end]
        assert shown == " ".join(shown.split())
    assert article_from_text(text, PAGE) == article


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_as_body(text: str) -> None:
    try:
        article = article_from_text(text, Options(as_="body"))
    except InputError:
        assert not text.strip()
        return
    check(article)
    assert article.text == text


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_as_anything(text: str) -> None:
    for kind in ("auto", "html", "json"):
        try:
            check(article_from_text(text, Options(as_=kind)))
        except InputError:
            continue
