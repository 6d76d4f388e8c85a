"""Hostile texts in every field of a ledger and in addresses: none becomes markup, none is run.

By default one in seven is tried, ``SAYSO_PAYLOADS=all`` tries all.
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
PAYLOADS = hostile.PAYLOADS[:: 1 if ALL else 7]
LISTS = [
    "/",
    *(f"/{name}?limit=1000" for name in ("articles", "actors", "figures", "origins")),
    *(f"/{name}?limit=1000" for name in ("conflicts", "agreements", "timeline")),
    "/review",
    "/review/log",
    "/search?q=shelled&limit=1000",
    "/search?q=shelled&by=words&actor=hostile",
]
#: Addresses into which a payload is written.
ECHOES = [
    "/search?q={}&actor={}&place={}&outlet={}",
    "/articles?q={}&outlet={}",
    "/actors?q={}&kind={}",
    "/figures?q={}",
    "/conflicts?q={}",
    "/show?name={}",
    "/articles/{}",
    "/nowhere/{}",
    "/articles?from={}",
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of hostile texts."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    hostile.fill(path, PAYLOADS)
    return path


@pytest.fixture(scope="module")
def shown(ledger: Path) -> Iterator[TestClient]:
    """A desk over it."""
    made = create_app(Settings(ledger=str(ledger), readonly=True))
    with TestClient(made, base_url=BASE, follow_redirects=True) as client:
        yield client


def addresses(client: TestClient) -> Iterator[str]:
    """The lists, and the pages of some payloads."""
    yield from LISTS
    rows = client.get("/api/v1/articles?limit=1000").json()["items"]
    assert len(rows) == 2 * len(PAYLOADS)
    for row in rows[::2]:
        yield f"/articles/{row['id']}"
    for row in client.get("/api/v1/actors?limit=1000").json()["items"]:
        yield f"/actors/{row['id']}"
    for row in client.get("/api/v1/figures?limit=1000").json()["items"]:
        yield f"/figures/{quote(row['id'], safe='')}"


def echoes() -> Iterator[str]:
    """Addresses that hold a payload."""
    for payload in PAYLOADS:
        for address in ECHOES:
            yield address.replace("{}", quote(payload.replace("\0", ""), safe=""))


def test_there_are_enough_payloads() -> None:
    assert len(set(hostile.PAYLOADS)) >= 200


def test_no_text_becomes_markup(shown: TestClient) -> None:
    for address in (*addresses(shown), *echoes()):
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


def test_no_text_is_run(ledger: Path, shown: TestClient) -> None:
    """Not with the policy, and not where a browser has none: escaping alone must do."""
    where = [*addresses(shown), *echoes()]
    few = where if ALL else where[::25]
    with browser() as chromium, served(ledger, readonly=True) as base:
        for bypass, asked in ((True, few), (False, few[::3])):
            context = chromium.new_context(bypass_csp=bypass)
            context.add_init_script("window.ran = 0; window.hostile = () => { window.ran += 1; };")
            page = context.new_page()
            page.set_default_timeout(20_000)
            foreign: list[str] = []
            page.on("request", lambda sent, to=foreign: to.append(sent.url))
            page.on("dialog", lambda dialog, to=foreign: to.append(dialog.message))
            for address in asked:
                page.goto(base + address)
                assert page.evaluate("window.ran") == 0, (bypass, address)
            # the same text as markup is run where there is no policy
            page.evaluate("document.body.innerHTML = '<img src=x onerror=hostile()>'")
            page.wait_for_timeout(200)
            assert (page.evaluate("window.ran") > 0) == bypass
            assert all(url.startswith(f"{base}/") for url in foreign)
            context.close()
