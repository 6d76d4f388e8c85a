"""A web of invented hosts, all of them on one local server; nothing else is connected to."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sayso.follow.clock import Clock
from sayso.follow.following import Follower
from sayso.follow.reports import Report
from sayso.follow.settings import load
from sayso.ledger.ledger import Ledger

PUBLIC = "93.184.215.14"
#: Hosts that lie elsewhere than on the public internet.
PRIVATE = {"intranet.example": "10.0.0.5", "metadata.example": "169.254.169.254"}


class FakeClock(Clock):
    """A clock that goes on when it is waited for, and with each request."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1_800_000_000.0
        self.after: int | None = None

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        super().wait(0)
        self.time += max(0.0, seconds)


@dataclass
class Answer:
    """What the server answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    #: Seconds of real time before the answer.
    slow: float = 0.0
    #: Bytes of the body that are left out, though the length counts them.
    short: int = 0


@dataclass
class Request:
    """What the server was asked."""

    at: float
    host: str
    path: str
    headers: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


Said = Answer | Callable[[Request], Answer]


class Site:
    """What the hosts answer, what they were asked, and what was connected to."""

    def __init__(self) -> None:
        self.says: dict[str, Said] = {}
        self.asked: list[Request] = []
        self.connected: list[str] = []
        self.clock = FakeClock()
        self.open = self.most_open = 0
        self.lock = threading.Lock()

    def say(self, url: str, said: Said | str | bytes, **more: Any) -> None:
        """Have an address answer."""
        if isinstance(said, str):
            said = said.encode()
        self.says[url] = Answer(said, **more) if isinstance(said, bytes) else said

    def urls(self, *, robots: bool = False) -> list[str]:
        """What was asked for, in order."""
        return [r.url for r in self.asked if robots or not r.path.endswith("/robots.txt")]

    def answer(self, request: Request) -> Answer:
        said = self.says.get(request.url)
        if said is None:
            return Answer(b"no such page", 404)
        return said if isinstance(said, Answer) else said(request)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        with site.lock:
            site.open += 1
            site.most_open = max(site.open, site.most_open)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(site.clock.now(), headers["host"], self.path, headers)
        site.asked.append(request)
        answer = site.answer(request)
        time.sleep(answer.slow)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        body = answer.body[: len(answer.body) - answer.short]
        try:
            self.wfile.write(body)
        except OSError:
            pass
        finally:
            with site.lock:
                site.open -= 1

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The web; names are answered and connections made within it alone."""
    made = Site()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.site = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    port = httpd.server_address[1]
    really = socket.create_connection

    def resolved(host: str, port: int, *_: Any, **__: Any) -> Any:
        ip = PRIVATE.get(host, PUBLIC if host.endswith(".example") else host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    def connect(address: tuple[str, int], timeout: float | None = None) -> socket.socket:
        made.connected.append(address[0])
        return really(("127.0.0.1", port), timeout=timeout)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connect)
    yield made
    httpd.shutdown()
    thread.join()
    httpd.server_close()


Run = Callable[..., list[Report]]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def follow(site: Site, ledger: Ledger, tmp_path: Path) -> Run:
    """A function that follows a feeds file for one round; each call is a run of its own."""

    def run(toml: str, **more: Any) -> list[Report]:
        path = tmp_path / "feeds.toml"
        path.write_text(toml)
        more = {"timeout": 10.0} | more
        return Follower(ledger.store, load(path), site.clock, **more).round()

    return run


def page(headline: str, sentence: str, head: str = "") -> str:
    """An article's page."""
    more = "<p>The council of Tarnholm met on Monday. Its members did not speak to reporters.</p>"
    return (
        f"<html><head><title>{headline}</title>{head}</head><body><article><h1>{headline}</h1>"
        f"<p>{sentence}</p>{more * 2}</article></body></html>"
    )


def rss(*links: str, extra: str = "") -> str:
    """A feed."""
    items = "".join(
        f"<item><title>Entry {number}</title><link>{link}</link>{extra}</item>"
        for number, link in enumerate(links)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'


@pytest.fixture
def gazette(site: Site) -> list[str]:
    """A feed of three articles at gazette.example; their addresses."""
    links = [f"http://gazette.example/2026/01/story-about-the-bridge-{n}.html" for n in range(3)]
    for number, link in enumerate(links):
        sentence = f"Mayor Orla Venn said on Friday that {number + 3} soldiers had been killed."
        site.say(link, page(f"Toll at bridge {number}", sentence))
    site.say("http://gazette.example/rss", rss(*links))
    return links


@pytest.fixture
def make_page() -> Callable[..., str]:
    return page


@pytest.fixture
def make_rss() -> Callable[..., str]:
    return rss


@pytest.fixture
def make_answer() -> type[Answer]:
    return Answer
