"""WARC files as inputs: their articles, what is told of the rest, pages that are no articles."""

import base64
import hashlib
import io
import sys
from pathlib import Path

import pytest
from tests.pages.archives import HTML, SENTENCE, http, packed, page, record

from sayso.errors import InputError, LeftOut
from sayso.pages import Options, read_bytes, read_captured, read_inputs
from sayso.pages.guarded import Page
from sayso.pages.worker import extract_page

GERMAN = HTML.format(
    "Armee dementiert Beschuss",
    "Die Armee von Tamor erklärte am Freitag, sie habe nicht auf den Staudamm geschossen.",
)
STORIES = [f"https://gazette.example/2024/05/03/{name}" for name in ("dam", "valley")]
FILE = packed(
    page(STORIES[0]),
    record(http(), type="request"),
    record(http(type="image/png")),
    record(http(GERMAN), url="https://gazette.example/2024/05/03/damm"),
    page("https://gazette.example/tag/dams"),
    record(http("<p>Menu</p>"), url="https://gazette.example/menu"),
    record(http(), length=7),
    page(STORIES[1]),
)
LOST = FILE.find(packed(record(http(), length=7)))


def test_a_warc_file_is_an_input(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(FILE)
    *articles, lost, rest = read_captured([str(path)], Options())
    offsets = [0, FILE.rfind(packed(page(STORIES[1])))]
    for found, url, offset in zip(articles, STORIES, offsets, strict=True):
        assert not isinstance(found, InputError)
        article, capture = found
        assert article.url == url
        assert article.input == f"{path}:{offset}"
        assert SENTENCE in article.text
        assert capture.data == HTML.format(f"Story of {url}", SENTENCE).encode()
        assert (capture.how, capture.origin) == ("file", f"{path}:{offset}")
        assert capture.retrieved == "2024-05-03T10:20:30Z"
    assert isinstance(lost, InputError)
    assert lost.reason == f"records lost: 1 wrong_length (the first at byte {LOST})"
    assert isinstance(rest, LeftOut)
    assert rest.counts == {
        "not_a_response": 1, "not_html": 1, "other_language": 1, "listing": 1, "no_text": 1,
    }  # fmt: skip
    assert rest.languages == {"de": 1}
    assert "1 other_language (de 1)" in rest.reason


def test_a_warc_file_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(packed(page(STORIES[0])) + b"\0" * 9))
    monkeypatch.setattr(sys, "stdin", stdin)
    article, lost = read_inputs(["-"])
    assert not isinstance(article, InputError)
    assert (article.input, article.url) == ("-:0", STORIES[0])
    assert isinstance(lost, InputError)
    assert "1 garbage" in lost.reason


def test_pages_that_were_cut_off_or_altered_are_counted() -> None:
    digest = hashlib.sha1(http(HTML.format(f"Story of {STORIES[1]}", SENTENCE))).digest()
    right = f"sha1:{base64.b32encode(digest).decode()}"
    data = packed(
        page(STORIES[0], WARC_Truncated="length", WARC_Block_Digest=right),
        page(STORIES[1], WARC_Block_Digest=right),
    )
    *articles, rest = read_bytes("crawl.warc.gz", data, Options())
    assert len(articles) == 2
    assert isinstance(rest, LeftOut)
    assert (rest.cut, rest.altered) == (1, 1)
    assert rest.reason == (
        "articles that may end early, their pages were cut off: 1; "
        "articles whose bytes are not those of the archive's digest: 1"
    )


def test_a_warc_file_that_no_file_holds() -> None:
    (found,) = read_bytes("crawl.warc.gz", packed(page(STORIES[0])), Options())
    assert not isinstance(found, InputError)
    assert found[1].origin == "crawl.warc.gz:0"


TEXT = "".join(f"<p>{SENTENCE} This is line {number} of the story.</p>" for number in range(9))
LONG = "".join(f"<p>{SENTENCE} This is line {number} of the story.</p>" for number in range(20))
LINKS = "".join(f"<a href=/a{n}>The army of Tamor denies for the {n}th time</a>" for n in range(20))
NEWS = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
OG = '<meta property="og:type" content="article">'
CONSENT = (
    "<p>We and our partners store and/or access information on a device, such as cookies.</p>"
    "<p>You can withdraw your consent at any time in our privacy policy.</p>"
)
PAGES = [
    ("https://g.example/2024/05/03/dam", TEXT, None),
    ("https://g.example/", TEXT, "front_page"),
    ("https://g.example/index.html", TEXT, "front_page"),
    ("https://g.example/", NEWS + TEXT, None),
    ("https://g.example/?p=959", LINKS + TEXT, None),
    ("https://g.example/wiki/The_dam_of_Orlo", LINKS + TEXT, None),
    ("https://g.example/tag/dams", TEXT, "listing"),
    ("https://g.example/world/page/3", TEXT, "listing"),
    ("https://g.example/topics/world/army-denies-firing-at-the-dam", OG + TEXT, None),
    ("https://g.example/world", LINKS + TEXT, "front_page"),
    ("https://g.example/world", TEXT, None),
    ("https://g.example/world/army-denies-firing-at-the-dam", LINKS + TEXT, None),
    ("https://g.example/x", f"<h1>404: Page not found</h1><p>{SENTENCE}</p>", "not_found"),
    ("https://g.example/x", f"<h1>404: Page not found</h1>{LONG}", None),
    (
        "https://g.example/x",
        "<h1>Just a moment…</h1><p>We are checking your browser before you go on.</p>",
        "robot_check",
    ),
    ("https://g.example/2024/05/03/dam", OG + CONSENT, "cookie_wall"),
    ("https://g.example/2024/05/03/dam", TEXT + CONSENT, None),
    (
        "https://g.example/2024/05/03/fine",
        "<p>The regulator of Veldan fined a shop for its cookies on Friday, the court said.</p>"
        + TEXT,
        None,
    ),
]


@pytest.mark.parametrize(("url", "body", "code"), PAGES)
def test_pages_that_are_no_articles(url: str, body: str, code: str | None) -> None:
    data = f"<html><head><title>Gazette</title></head><body>{body}</body></html>".encode()
    assert reason_of(data, url) == code


def reason_of(data: bytes, url: str) -> str | None:
    try:
        extract_page(Page("a page", data, url), Options())
    except InputError as error:
        return error.code
    return None
