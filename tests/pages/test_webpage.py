"""HTML pages: the cases of ``webpages.toml``, and pages that break extractors."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.pages import Options, article_from_text
from sayso.pages.webpage import read_webpage
from sayso.records import Article

FILE = Path(__file__).with_name("webpages.toml")
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
KINDS = {
    "headline": "h",
    "subheading": "s",
    "caption": "c",
    "paragraph": "p",
    "quote": "q",
    "list_item": "l",
}
SENTENCE = "The army of Tamor said on Friday that it had not fired at the dam."


def fields_of(article: Article) -> dict[str, Any]:
    reference = article.reference
    return {
        "blocks": [f"{KINDS[b.kind]} {article.text[b.start : b.end]}" for b in article.blocks],
        "headline": article.headline,
        "section": article.section,
        "authors": list(article.authors),
        "published": article.published,
        "reference": [reference.value, reference.from_] if reference else None,
        "publisher": article.publisher,
        "url": article.url,
        "read_minutes": article.read_minutes,
        "credits": [image.credit for image in article.images if image.credit],
        "pictures": [image.url for image in article.images],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_webpage(case: dict[str, Any]) -> None:
    article = article_from_text(case["html"])
    wanted = {key: case.get(key) for key in fields_of(article)}
    for key in ("authors", "credits", "pictures"):
        wanted[key] = wanted[key] or []
    assert fields_of(article) == wanted
    captions = [article.text[b.start : b.end] for b in article.blocks if b.kind == "caption"]
    assert [image.caption.text for image in article.images if image.caption] == captions


def test_given_stands_above_the_page() -> None:
    options = Options(published="2024-05-04", publisher="Other", url="https://other.example/a")
    article = article_from_text(CASES[0]["html"], options)
    assert article.published == "2024-05-04"
    assert article.reference is not None
    assert article.reference.from_ == "given"
    assert (article.publisher, article.url) == ("Other", "https://other.example/a")


@pytest.mark.parametrize("depth", [150, 500, 50_000])
def test_deep_nesting(depth: int) -> None:
    html = "<html><body>" + "<div>" * depth + f"<p>{SENTENCE}</p>" * 2 + "</div>" * depth
    assert SENTENCE in article_from_text(html).text


STORY = f"<h1>Army denies firing</h1><p>{SENTENCE}</p>"
HOSTILE = {
    **{f"nested {tag}": f"<{tag}>" * 20_000 + STORY for tag in ("svg", "x-a", "blockquote", "h1")},
    "attributes": f"<div {' '.join(f'a{n}=1' for n in range(60_000))}>{STORY}",
    "one attribute": f"<div class='{'date ' * 200_000}'>{STORY}",
    "spaces": f"<p>{' ' * 2_000_000}</p>{STORY}",
    "empty paragraphs": "<p>" * 900_000 + STORY,
    "no tags": STORY + "<" * 1_500_000,
    "entities": '<!DOCTYPE h [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><p>&c;</p>' + STORY,
    "NUL": STORY.replace(" that", "\0 that"),
    "declaration": f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE html><p>{SENTENCE}</p>',
    "JSON-LD": f'<script type="application/ld+json">{"[" * 50_000}</script>{STORY}',
    "refresh": "<meta http-equiv=refresh content='0;url=/a'>" * 5_000 + STORY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read(name: str) -> None:
    html = HOSTILE[name]
    if not html.startswith("<?"):
        html = f"<html><body>{html}</body></html>"
    assert SENTENCE in read_webpage("a page", html).blocks[-1][1]


def test_very_many_tags_are_refused() -> None:
    with pytest.raises(InputError, match="more than 500,000 tags") as error:
        read_webpage("a page", "<html><body>" + "<p>No" * 500_001)
    assert error.value.code == "too_many_tags"


def test_very_many_elements_take_seconds_not_minutes() -> None:
    start = time.process_time()
    html = "<html><body>" + "".join(f"<p>{SENTENCE[:-1]} {n}.<i></i>" for n in range(13_000))
    assert article_from_text(html + "<i></i>" * 30_000).text.count(SENTENCE[:-1]) == 13_000
    with pytest.raises(InputError, match="split it"):
        article_from_text("<html><body>" + "<p>The army said no." * 200_000)
    assert time.process_time() - start < 15


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>The army said no to <b>every <i>claim</b></i> of the <p>mayor.<a href='>",
        "<p>The army said no to every claim of the mayor.</td></table></div><!-- ",
        "<div><table><tr><td>The army said no to every claim of the mayor.",
    ],
)
def test_broken_html(html: str) -> None:
    assert "The army said no to every claim" in article_from_text(html, Options(as_="html")).text


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<!-- a -->",
        "<html><body><script>alert('The army said no.')</script></body></html>",
        "<html><ul>" + "<li><a href=a>A story about the coast and its people</a>" * 30 + "</html>",
        "<html><body><img src=a.png></body></html>",
    ],
)
def test_page_without_article(html: str) -> None:
    with pytest.raises(InputError):
        article_from_text(html, Options(as_="html"))
