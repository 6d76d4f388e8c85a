"""Feeds, sitemaps and lists as bytes, good and hostile."""

import gzip
import random
from collections.abc import Callable

import pytest

from sayso.errors import InputError
from sayso.follow.listings import Listed, Listing, of_feed, of_list, of_sitemap
from sayso.follow.politeness import retry_after
from sayso.pages.options import Stated

BASE = "https://gazette.example/feeds/all"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def test_rss() -> None:
    feed = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>G</title>
    <item><title>Toll &lt;b&gt;rises&lt;/b&gt; &amp;amp; falls<script>x</script></title>
    <link>/a?x=1#y</link><dc:creator>Ida Quill and Bo Rask</dc:creator>
    <pubDate>Mon, 04 May 2026 10:00:00 +0200</pubDate></item>
    <item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item>
    <item><title>none</title></item><item><link>/a?x=1</link></item></channel></rss>"""
    listing = of_feed("feed", feed.encode(), BASE)
    (page,) = listing.pages
    assert listing.whole
    assert page.url == "https://gazette.example/a?x=1"
    assert page.stated.title is not None
    assert page.stated.title.startswith("Toll rises & falls")
    assert page.stated.published == "2026-05-04T10:00:00+02:00"
    assert page.stated.authors == ("Ida Quill", "Bo Rask")


def test_atom() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><title>A toll</title>
    <link href="https://gazette.example/a"/><updated>2026-05-04T10:00:00Z</updated></entry></feed>"""
    (page,) = of_feed("feed", feed.encode(), BASE).pages
    assert page == Listed(
        "https://gazette.example/a", "2026-05-04T10:00:00Z", Stated(title="A toll")
    )


@pytest.mark.parametrize("of", [of_feed, of_sitemap])
def test_no_entity_is_unfolded(of: Callable[[str, bytes, str], Listing]) -> None:
    secret = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
    body = (
        "<rss version='2.0'><channel><item><title>&i;</title><link>/a</link></item></channel></rss>"
    )
    for head in (BOMB, secret):
        try:
            listing = of("feed", (head + body).encode(), BASE)
        except InputError:
            listing = None
        titles = [page.stated.title for page in listing.pages] if listing else []
        assert titles in ([], [None], ["&i;"])


def test_sitemap_with_news_and_pictures() -> None:
    sitemap = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
     xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
     xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
     <image:image><image:loc>/i.png</image:loc><image:title>picture</image:title></image:image>
     <loc> https://gazette.example/a </loc><lastmod>2026-05-05</lastmod><news:news>
     <news:publication_date>2026-05-04T08:00:00Z</news:publication_date>
     <news:title>A toll</news:title></news:news></url></urlset>"""
    for data in (sitemap.encode(), gzip.compress(sitemap.encode())):
        (page,) = of_sitemap("sitemap", data, BASE).pages
        stated = Stated(title="A toll", published="2026-05-04T08:00:00+00:00")
        assert page.url == "https://gazette.example/a"
        assert page.mark == "2026-05-05"
        assert page.stated.title == stated.title
        assert (page.stated.published or "").startswith("2026-05-04T08:00")


SITEMAPS = {
    "HTML": (b"<html><body>no</body></html>", "web page"),
    "empty": (b"", "is empty"),
    "other": (b"<rss></rss>", "it is <rss>"),
    "text": (b"https://gazette.example/", "is no sitemap"),
    "bomb": (gzip.compress(b" " * 60_000_000), "unpacks to more than 50 MB"),
    "half": (gzip.compress(b"<urlset>" + b"<url/>" * 999)[:40], "breaks off"),
    "gzip": (b"\x1f\x8bgarbage", "damaged gzip"),
    "deep": (b"<a>" * 150, "nested more than 100"),
    "doctype": (BOMB.encode() + b"<urlset/>", "document type"),
}


@pytest.mark.parametrize(("data", "reason"), SITEMAPS.values(), ids=SITEMAPS)
def test_what_is_no_sitemap(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as told:
        of_sitemap("sitemap", data, BASE)
    assert reason in told.value.reason


def test_a_sitemap_that_breaks_off() -> None:
    data = b"<urlset><url><loc>/a</loc></url><url><loc>/b"
    listing = of_sitemap("sitemap", data, BASE)
    assert [page.url for page in listing.pages] == ["https://gazette.example/a"]
    assert not listing.whole


def test_list() -> None:
    listing = of_list("list", b"\xef\xbb\xbfhttps://a.example/x\r\n\r\n# no\nhttps://a.example/y")
    assert [page.url for page in listing.pages] == ["https://a.example/x", "https://a.example/y"]
    with pytest.raises(InputError, match="line 2: 'nothing' is no address"):
        of_list("list", b"https://a.example/x\nnothing")


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120),
        ("Thu, 01 Jan 1970 00:20:00 GMT", 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("-5", 0),
        ("soon", 0),
        ("9" * 400, 7 * 86_400),
        ("Fri, 99 Foo 99999", 0),
        (None, 0),
    ],
)
def test_retry_after(value: str | None, wait: float) -> None:
    assert retry_after(value, 1000) == wait


SOUND: dict[Callable[[str, bytes, str], Listing], bytes] = {
    of_feed: b"""<?xml version="1.0"?><rss version="2.0"><channel><title>G</title><item>
    <title>A &lt;b&gt;toll</title><link>/a</link><author>Ida Quill</author><category>x</category>
    <pubDate>Mon, 04 May 2026 10:00:00 +0200</pubDate><enclosure url="x" length="1" type="a"/>
    <description><![CDATA[<p>x</p>]]></description></item></channel></rss>""",
    of_sitemap: b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="x">
    <url><loc>https://g.example/a</loc><lastmod>2026-05-05</lastmod><news:news><news:title>A
    </news:title><news:publication_date>2026-05-04</news:publication_date></news:news></url>
    </urlset>""",
}
ODD = (b"&#x110000;", b"&#55555;", b"<![", b"]]>", b"<!--", b"\0", b"9" * 30, b"\xff", b"[", b"&x;")


@pytest.mark.parametrize("of", SOUND)
def test_damage_is_told(of: Callable[[str, bytes, str], Listing]) -> None:
    chance = random.Random(7)
    told = 0
    for _ in range(400):
        data = bytearray(SOUND[of])
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 0, 1, 12))] = chance.choice(ODD)
        try:
            listing = of("feed", bytes(data), BASE)
        except InputError:
            told += 1
        else:
            assert len(listing.pages) <= 1
    assert 0 < told < 400
