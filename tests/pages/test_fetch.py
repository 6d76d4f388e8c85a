"""Addresses: what is fetched from a local server, and what is refused."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.errors import FetchError, InputError
from sayso.pages import Options, read_inputs
from sayso.pages.fetch import fetch, is_public
from sayso.records import Article

SENTENCE = "The army of Tamor said on Friday that it had not fired at the café by the dam."
PAGE = f"<html><body><h1>Tamor denies strike</h1><p>{SENTENCE}</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self.answer(PAGE.encode("latin-1"), "text/html; charset=iso-8859-1")
        elif self.path == "/gzip":
            self.answer(gzip.compress(PAGE.encode()), "text/html; charset=utf-8", gzipped=True)
        elif self.path == "/bomb":
            self.answer(gzip.compress(b" " * 30_000_000), "text/html", gzipped=True)
        elif self.path == "/pdf":
            self.answer(b"%PDF-1.4", "application/pdf")
        elif self.path == "/slow":
            self.server.stop.wait(3)  # type: ignore[attr-defined]
        elif self.path == "/drops":
            self.drop_by_drop()
        elif self.path == "/short":
            self.answer(PAGE.encode()[:40], "text/html", length=len(PAGE))
        elif self.path == "/short-gzip":
            self.answer(gzip.compress(PAGE.encode())[:60], "text/html", gzipped=True)
        elif self.path == "/gone":
            self.send_error(404)
        elif self.path == "/loop":
            self.redirect("/loop")
        elif self.path == "/wrong":
            self.redirect("http://[::1")
        elif self.path == "/once":
            self.redirect("page")
        elif self.path == "/away":
            self.redirect("file:///etc/passwd")

    def drop_by_drop(self) -> None:
        """An answer that never ends, each piece of it in time."""
        self.send_response(200)
        self.end_headers()
        while not self.server.stop.wait(0.05):  # type: ignore[attr-defined]
            try:
                self.wfile.write(b"<p>")
            except OSError:
                return

    def answer(
        self, data: bytes, kind: str, *, gzipped: bool = False, length: int | None = None
    ) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if gzipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.stop = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.stop.set()  # type: ignore[attr-defined]
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.mark.parametrize("path", ["/page", "/gzip", "/once"])
def test_fetched_page(server: str, path: str) -> None:
    (result,) = read_inputs([server + path], Options(allow_private=True))
    assert isinstance(result, Article), result
    assert result.text == f"Tamor denies strike\n\n{SENTENCE}"
    assert result.input == server + path
    assert result.url == server + ("/page" if path == "/once" else path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "404"),
        ("/loop", "redirects more than 5"),
        ("/away", "only http and https"),
        ("/wrong", "redirects to no valid address"),
        ("/bomb", "larger than 20 MB"),
        ("/short", "breaks off"),
        ("/short-gzip", "breaks off"),
        ("/pdf", "PDF"),
    ],
)
def test_page_that_cannot_be_fetched(server: str, path: str, reason: str) -> None:
    (result,) = read_inputs([server + path], Options(allow_private=True))
    assert isinstance(result, InputError)
    assert reason in result.reason


@pytest.mark.parametrize("path", ["/slow", "/drops"])
def test_time_limit(server: str, path: str) -> None:
    with pytest.raises(FetchError, match="no answer within"):
        fetch(server + path, allow_private=True, timeout=0.3)


def test_private_addresses_are_refused(server: str) -> None:
    (result,) = read_inputs([f"{server}/page"], Options())
    assert isinstance(result, FetchError)
    assert "--allow-private" in result.reason


@pytest.mark.parametrize(
    "address", ["http://", "http://a:b@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1"]
)
def test_addresses_that_are_none(address: str) -> None:
    (result,) = read_inputs([address], Options(allow_private=True))
    assert isinstance(result, FetchError)


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("no address", False),
    ],
)
def test_is_public(ip: str, public: bool) -> None:
    assert is_public(ip) is public
