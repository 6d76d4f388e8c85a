"""Every page answers, leads only where something is, and needs no script, style or host."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from fastapi.testclient import TestClient
from tests.web.conftest import BASE

_VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """The links, ids and faults of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.open: list[str] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag not in _VOID:
            self.open.append(tag)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        for name in held:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{tag} {name}")
        self.scripts += [str(held.get("src"))] if tag == "script" else []
        if tag == "style" or (tag == "script" and "src" not in held):
            self.faults.append(f"inline {tag}")
        if tag == "a" and held.get("href"):
            self.links.append(str(held["href"]))
        self.links += [str(held["xlink:href"])] if tag == "a" and "xlink:href" in held else []
        for name in ("src", "action"):
            self.loads += [str(held[name])] if held.get(name) else []
        self.loads += [str(held["href"])] if tag == "link" else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes what is not open")


def test_every_link_of_every_page_leads_somewhere(desk: TestClient) -> None:
    waiting, seen, targets = ["/"], set[str](), list[tuple[str, str, str]]()
    pages: dict[str, Page] = {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = desk.get(address)
        if answer.status_code == 303:
            place = urldefrag(urljoin(address, answer.headers["location"]))
            targets.append((address, place.url, place.fragment))
            waiting.append(place.url)
            continue
        assert answer.status_code == 200, (address, answer.text[:300])
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = pages[address] = Page(answer.text)
        assert not page.faults, (address, page.faults)
        assert not page.open, (address, page.open)
        assert len(set(page.ids)) == len(page.ids), (address, "an id twice")
        assert re.search(r"<title>[^<]+ · Sayso</title>", answer.text)
        for load in page.loads:
            assert load.startswith("/"), (address, load)
            waiting += [load] if load.startswith(("/static", "/articles")) else []
        for link in page.links:
            whole = urldefrag(urljoin(f"{BASE}{address}", link))
            if whole.url.startswith(BASE):
                here = whole.url.removeprefix(BASE) or "/"
                waiting.append(here)
                targets.append((address, here, whole.fragment))
            else:
                assert ".example" in whole.url, (address, link)
    assert len(pages) > 60
    for source, address, fragment in targets:
        if fragment and address in pages:
            assert fragment in pages[address].ids, (source, address, fragment)


FILTERED = [
    ("/articles?q=Orsk&outlet=courier", "Forty dead in dawn shelling of Orsk Pass", "Selvik"),
    ("/articles?from=2031-09-20", "our guns fired on Orsk Pass", "volunteers a fantasy"),
    ("/actors?kind=outlet", "Meridian Press", "Edvin Roos"),
    ("/actors?q=Roos", "Edvin Roos", "Meridian Press"),
    ("/figures?q=volunteers", "volunteers of Tavania deployed", "soldiers of Velmora killed"),
    ("/conflicts?kind=reversal", "first denied, then acknowledged", "no number is both"),
    ("/origins?q=volunteers", "State Intelligence Service", "another 65"),
    ("/agreements?q=Halmere", "Halmere Armistice", "no treaties"),
    ("/timeline?from=2031-09-20", "2031-09-20", "2031-09-08"),
    ("/search?q=shelled", "<mark>shelled</mark>", "nothing found"),
    ("/search?q=shelled&outlet=Nowhere", "Nowhere", "<mark>"),
]


@pytest.mark.parametrize(("address", "has", "lacks"), FILTERED, ids=[f[0] for f in FILTERED])
def test_a_filter_is_in_the_address(desk: TestClient, address: str, has: str, lacks: str) -> None:
    text = desk.get(address).text
    main = text[text.index("<main") :]
    assert has in main
    assert lacks not in main


def test_the_first_page_is_small(desk: TestClient) -> None:
    page = Page(desk.get("/").text)
    sizes = [
        len(desk.get(address).content) for address in ("/", *page.loads) if address != "/search"
    ]
    assert sum(sizes) <= 100_000


def test_an_error_is_a_page_for_people(desk: TestClient) -> None:
    answer = desk.get("/articles/a-0")
    assert answer.status_code == 404
    assert "no such article" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
