import base64
import hashlib
import re

import msgspec
from lxml import html

from sayso.pages.article import make_article
from sayso.records import Image, Reading, Source, Span, Statement
from sayso.show.html import page


def test_the_page_stands_alone(reading: Reading) -> None:
    text = page([reading])
    tree = html.fromstring(text)
    assert not tree.xpath("//script|//link|//img|//iframe|//object|//@src|//@style")
    assert not re.search(r"url\(|@import", text)
    assert not [name for name in tree.xpath("//@*/..") for a in name.attrib if a.startswith("on")]
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = tree.xpath("//style")[0].text_content()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_links_lead_somewhere_and_every_claim_is_numbered_in_the_text(reading: Reading) -> None:
    tree = html.fromstring(page([reading, reading]))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")}
    assert inner <= set(ids)
    assert {f"a2c{n}" for n in range(1, 6)} <= inner


def test_the_text_is_whole_and_marked(reading: Reading) -> None:
    tree = html.fromstring(page([reading]))
    for note in tree.xpath("//sup"):
        note.drop_tree()
    blocks = [node.text_content() for node in tree.xpath("//div[contains(@class,'block')]/p")]
    assert "\n\n".join(blocks) == reading.article.text
    denied = tree.xpath("//a[contains(@class,'cue') and text()='denied']")[0]
    assert {"cue", "content", "a1c1", "a1c2"} <= set(denied.get("class").split())
    assert denied.get("href") == "#a1c2"


def test_whatever_the_text_holds_is_text() -> None:
    evil = "</style><script>alert(1)</script>\"'&{{ 7*7 }}\x00\x1b\ud800"
    article = make_article(
        evil,
        [("headline", evil), ("paragraph", evil)],
        headline=evil,
        url="javascript:alert(1)",
        images=(Image(credit=evil),),
        language='en" onload="x',
    )
    span = Span(0, len(evil), evil)
    statement = Statement(
        id=evil,
        sources=(Source(span=span, actor=evil, kind="named"),),
        cue=span,
        type="say",
        negated=False,
        content=(span,),
    )
    text = page([Reading(article=article, statements=(statement,), warnings=(evil,))])
    tree = html.fromstring(text)
    assert not tree.xpath("//script|//@onload")
    assert not [link for link in tree.xpath("//a/@href") if not link.startswith("#")]
    assert "49" not in tree.xpath("//h1")[0].text_content()
    text.encode("utf-8")


def test_empty_lists_and_many_articles(empty: Reading, reading: Reading) -> None:
    tree = html.fromstring(page([empty, reading]))
    assert len(tree.xpath("//article")) == 2
    assert tree.xpath("//nav//a/@href") == ["#a1", "#a2"]
    assert "none found" in tree.xpath("//article")[0].text_content()


def test_the_same_reading_gives_the_same_page(reading: Reading) -> None:
    again = msgspec.json.decode(reading.to_json(), type=Reading)
    assert page([reading]) == page([again])
