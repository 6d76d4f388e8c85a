"""What guards the server: hosts, sites, tokens, sizes, headers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.conftest import Open

from sayso.web import security
from sayso.web.api import router as api
from sayso.web.pages import router as pages
from sayso.web.settings import Settings, is_loopback
from sayso.web.writing import router as writing

HOSTS = [
    ("127.0.0.1:8765", 200),
    ("localhost:8765", 200),
    ("localhost", 200),
    ("LOCALHOST:1", 200),
    ("[::1]:8765", 200),
    ("attacker.example", 421),
    ("attacker.example:8765", 421),
    ("127.0.0.1.attacker.example", 421),
    ("localhost.attacker.example:8765", 421),
    ("attacker.example@127.0.0.1", 421),
    ("127.0.0.2", 421),
    ("", 421),
    ("127.0.0.1:8765, attacker.example", 421),
]


@pytest.mark.parametrize(("host", "status"), HOSTS, ids=[h[0] for h in HOSTS])
def test_only_its_own_names_are_answered(desk: TestClient, host: str, status: int) -> None:
    assert desk.get("/api/v1/articles", headers={"host": host}).status_code == status


#: Headers of a write, and whether it is of another site.
SITES: list[tuple[dict[str, str], bool]] = [
    ({}, False),
    ({"sec-fetch-site": "same-origin"}, False),
    ({"sec-fetch-site": "none"}, False),
    ({"sec-fetch-site": "same-origin", "origin": "null"}, False),
    ({"origin": "http://127.0.0.1:8765"}, False),
    ({"sec-fetch-site": "cross-site"}, True),
    ({"sec-fetch-site": "same-site"}, True),
    ({"sec-fetch-site": "anything"}, True),
    ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"}, True),
    ({"origin": "http://attacker.example"}, True),
    ({"origin": "http://127.0.0.1:9999"}, True),
    ({"origin": "http://127.0.0.1:8765.attacker.example"}, True),
    ({"origin": "null"}, True),
    ({"origin": ""}, True),
]


@pytest.mark.parametrize(("headers", "foreign"), SITES)
def test_writes_of_other_sites_are_refused(
    opened: Open, copy: Path, headers: dict[str, str], foreign: bool
) -> None:
    answer = opened(copy).post("/read", data={"text": ""}, headers=headers)
    assert (answer.status_code == 403) == foreign


def test_reads_of_other_sites_pass(desk: TestClient) -> None:
    assert desk.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_every_answer_has_the_headers(desk: TestClient) -> None:
    for address in ("/", "/static/desk.css", "/nowhere", "/api/v1/articles", "/api/v1/who"):
        held = desk.get(address).headers
        for name, value in security.HEADERS.items():
            assert held[name] == value, (address, name)
    assert "unsafe" not in security.POLICY
    assert "*" not in security.POLICY


def test_what_is_too_large_is_refused(opened: Open, copy: Path) -> None:
    client = opened(copy)
    body = b"x" * (security.MAX_BODY + 1)
    stated = client.post("/api/v1/read", content=body)
    assert stated.status_code == 413

    def pieces() -> Iterator[bytes]:
        yield from (body[:1_000_000] for _ in range(40))

    assert client.post("/api/v1/read", content=pieces()).status_code == 413
    assert client.post("/read", files={"file": ("a.txt", body)}).status_code == 413


def test_writing_needs_the_token(opened: Open, copy: Path) -> None:
    client = opened(copy, host="192.0.2.7", token="word")
    ask = {"host": "192.0.2.7:8765"}
    assert client.get("/articles", headers=ask).status_code == 200
    refused = client.post("/api/v1/read", json={}, headers=ask)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert "Give it" in client.get("/", headers=ask).text
    came = {**ask, "referer": "http://192.0.2.7:8765/review?id=s-1"}
    led = client.post("/review/s-1", data={"action": "confirm"}, headers=came)
    assert (led.status_code, led.headers["location"]) == (303, "/token?back=%2Freview%3Fid%3Ds-1")
    assert 'value="/review?id=s-1"' in client.get(led.headers["location"], headers=ask).text
    for given, status in (("other", 401), ("word", 422)):
        headers = {**ask, "authorization": f"Bearer {given}"}
        assert client.post("/api/v1/read", json={}, headers=headers).status_code == status
    assert client.post("/token", data={"word": "other"}, headers=ask).status_code == 403
    kept = client.post("/token", data={"word": "word", "back": "/review?id=s-1"}, headers=ask)
    assert kept.headers["location"] == "/review?id=s-1"
    cookie = kept.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "word" not in cookie
    assert "age" not in cookie.lower()  # it goes with the browser
    with_cookie = {**ask, "cookie": cookie.split(";")[0]}
    assert client.post("/read", data={"text": ""}, headers=with_cookie).status_code == 422
    name = cookie.split("=")[0]
    other = opened(copy, host="192.0.2.7", token="word")
    for held in (with_cookie["cookie"], f"{name}=word", f"{name}="):
        sent = other.post("/api/v1/read", json={}, headers={**ask, "cookie": held})
        assert sent.status_code == 401, held


BACK = [
    ("/review?id=s-1", "/review?id=s-1"),
    ("http://127.0.0.1:8765/log", "/log"),
    ("https://attacker.example/x", "/x"),
    ("//attacker.example", "/"),
    ("https://attacker.example", "/"),
    ("/\\attacker.example", "/"),
    ("////attacker.example", "/"),
    ("javascript:hostile()", "/"),
    ("http://[", "/"),
    ("", "/"),
]


@pytest.mark.parametrize(("given", "led"), BACK)
def test_nobody_is_led_away(given: str, led: str) -> None:
    assert security.local(given, "/") == led


def test_a_ledger_that_is_read_only_stays_as_it_is(opened: Open, copy: Path) -> None:
    before = copy.read_bytes()
    client = opened(copy, readonly=True)
    for address in ("/read/x/store", "/api/v1/reviews", "/api/v1/articles"):
        assert client.post(address).status_code == 403
    assert client.get("/search?q=shelled&by=meaning").status_code == 200
    assert copy.read_bytes() == before


LOOPBACK = [
    ("127.0.0.1", True),
    ("127.9.9.9", True),
    ("::1", True),
    ("localhost", True),
    ("0.0.0.0", False),
    ("192.168.1.2", False),
    ("desk.example", False),
]


@pytest.mark.parametrize(("host", "own"), LOOPBACK, ids=[h[0] for h in LOOPBACK])
def test_who_can_reach_a_host(host: str, own: bool) -> None:
    assert is_loopback(host) is own
    assert "127.0.0.1" in Settings(ledger="x", host=host).hosts


FOREIGN_HOSTS = [host for host, status in HOSTS if status == 421]
FOREIGN_SITES = [headers for headers, foreign in SITES if foreign]


def _routes(router: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every method and address that a router answers."""
    for route in router.routes:
        if inner := getattr(route, "original_router", None):
            yield from _routes(inner, prefix)
        for method in getattr(route, "methods", None) or ():
            yield method, prefix + route.path.replace("{id:path}", "x").replace("{id}", "x")


def test_no_route_answers_a_foreign_host_or_takes_a_foreign_write(opened: Open, copy: Path) -> None:
    client = opened(copy)
    before = copy.read_bytes()
    routes = [*_routes(pages), *_routes(api, "/api/v1"), *_routes(writing, "/api/v1")]
    writes = [(method, path) for method, path in routes if method == "POST"]
    assert len(routes) > 30
    assert len(writes) >= 7
    for method, path in routes:
        for host in FOREIGN_HOSTS:
            assert client.request(method, path, headers={"host": host}).status_code == 421
    for method, path in writes:
        for headers in FOREIGN_SITES:
            assert client.request(method, path, headers=headers).status_code == 403
    assert copy.read_bytes() == before
