"""Hostile texts in a ledger (``hostile`` says where) and in addresses: no markup, no script.

By default one in thirteen is tried, ``SAYSO_PAYLOADS=all`` tries all: each alone in what the server
answers, and many together in the pages of a browser, which are slow.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from tests.web import hostile
from tests.web.browser import browser, served
from tests.web.conftest import BASE
from tests.web.test_pages import Page

from sayso.web.app import create_app
from sayso.web.settings import Settings

ALL = os.environ.get("SAYSO_PAYLOADS") == "all"
PAYLOADS = hostile.PAYLOADS[:: 1 if ALL else 13]
LISTS = [
    "/",
    *(f"/{name}?limit=1000" for name in ("articles", "actors", "figures", "origins")),
    *(f"/{name}?limit=1000" for name in ("conflicts", "agreements", "timeline")),
    "/review",
    "/review/log",
    "/search?q=shelled&limit=1000",
    "/search?q=shelled&by=words&actor=hostile",
]
#: Payloads that stand in one article of the browser's ledger.
TOGETHER = 12
#: Addresses into which payloads are written, and the characters that they take.
ECHOES = {
    "/search?q={}&actor={}&place={}&outlet={}": 200,
    "/articles?q={}&outlet={}": 200,
    "/actors?q={}": 900,
    "/figures?q={}": 900,
    "/conflicts?q={}": 900,
    "/show?name={}": 900,
    "/articles/{}": 900,
    "/nowhere/{}": 900,
    "/articles?from={}": 900,
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk over a ledger of hostile texts."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    hostile.fill(path, PAYLOADS)
    with opened(path) as client:
        yield client


def opened(ledger: Path) -> TestClient:
    """A desk over a ledger."""
    made = create_app(Settings(ledger=str(ledger), readonly=True))
    return TestClient(made, base_url=BASE, follow_redirects=True)


def addresses(client: TestClient, payloads: int) -> Iterator[str]:
    """The lists, and the pages of some payloads."""
    yield from LISTS
    rows = client.get("/api/v1/articles?limit=1000").json()["items"]
    assert len(rows) == 2 * payloads
    for row in rows[::2]:
        yield f"/articles/{row['id']}"
    for row in client.get("/api/v1/actors?limit=1000").json()["items"]:
        yield f"/actors/{row['id']}"
    for row in client.get("/api/v1/figures?limit=1000").json()["items"]:
        yield f"/figures/{quote(row['id'], safe='')}"


def joined(most: int, characters: int = 100_000) -> Iterator[str]:
    """The payloads, so many together, of so many characters at most."""
    held: list[str] = []
    for payload in PAYLOADS:
        if held and (len(held) == most or len(" ".join([*held, payload])) > characters):
            yield " ".join(held)
            held = []
        held.append(payload)
    yield " ".join(held)


def echoes(most: int) -> Iterator[str]:
    """Addresses that hold payloads, so many at most."""
    for address, characters in ECHOES.items():
        for payload in joined(most, characters):
            yield address.replace("{}", quote(payload.replace("\0", ""), safe=""))


def test_there_are_enough_payloads() -> None:
    assert len(set(hostile.PAYLOADS)) >= 200


def test_no_text_becomes_markup(shown: TestClient) -> None:
    for address in (*addresses(shown, len(PAYLOADS)), *echoes(1)):
        answer = shown.get(address)
        assert answer.status_code in (200, 404, 422), (address, answer.status_code)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = Page(answer.text)
        assert not page.faults, (address, page.faults)
        for link in page.links:
            assert urlsplit(link).scheme in ("", "http", "https"), (address, link)
        for load in page.loads:
            assert load.startswith("/"), (address, load)
            assert not load.startswith("//"), (address, load)


def test_no_text_is_run(tmp_path: Path) -> None:
    """Not with the policy, and not where a browser has none: escaping alone must do."""
    path = tmp_path / "hostile.db"
    together = list(joined(TOGETHER))
    hostile.fill(path, together)
    with opened(path) as client:
        where = [*addresses(client, len(together)), *echoes(len(PAYLOADS))]
    where = where if ALL else where[::4]
    with browser() as chromium, served(path, readonly=True) as base:
        for bypass in (True, False):
            context = chromium.new_context(bypass_csp=bypass)
            context.add_init_script("window.ran = 0; window.hostile = () => { window.ran += 1; };")
            page = context.new_page()
            page.set_default_timeout(20_000)
            foreign: list[str] = []
            page.on("request", lambda sent, to=foreign: to.append(sent.url))
            page.on("dialog", lambda dialog, to=foreign: to.append(dialog.message))
            for address in where:
                page.goto(base + address)
                assert page.evaluate("window.ran") == 0, (bypass, address)
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= 1280, (width, address)
            # the same text as markup is run where there is no policy
            page.evaluate("document.body.innerHTML = '<img src=x onerror=hostile()>'")
            page.wait_for_timeout(200)
            assert (page.evaluate("window.ran") > 0) == bypass
            assert all(url.startswith(f"{base}/") for url in foreign)
            context.close()
