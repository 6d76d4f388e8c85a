"""However many connections come to no end, the desk still answers, and closes them."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from tests.web.browser import served

from sayso.web.connections import Connection

#: Half a request: its last line is missing.
HALF = b"GET /articles HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections of a server that has little time."""
    monkeypatch.setattr(Connection, "HEAD", 0.8)
    monkeypatch.setattr(Connection, "TAKE", 0.8)
    monkeypatch.setattr(Connection, "MOST", 30)


def opened(stack: ExitStack, base: str, count: int) -> list[socket.socket]:
    """Connections to a server."""
    port = int(base.rsplit(":", 1)[1])
    return [
        stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        for _ in range(count)
    ]


def closed(connections: list[socket.socket]) -> Iterator[bool]:
    """Whether the other end closed each, waiting for it."""
    for one in connections:
        try:
            while one.recv(65536):
                pass
            yield True
        except ConnectionError:
            yield True
        except TimeoutError:
            yield False


def is_cut_off(one: socket.socket, data: bytes, pause: float = 0.0) -> bool:
    """Whether the other end closes a connection by which the same is sent again and again."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            one.sendall(data)
        except ConnectionError:
            return True
        except TimeoutError:
            return False
        time.sleep(pause)
    return False


@pytest.mark.usefixtures("impatient")
def test_heads_that_do_not_end_keep_nobody_waiting(story: Path) -> None:
    with served(story, readonly=True) as base, ExitStack() as stack:
        held = [*opened(stack, base, 10), *opened(stack, base, 60)]
        for one in held[10:]:
            one.send(HALF)
        assert httpx.get(f"{base}/articles").status_code == 200
        assert is_cut_off(held[-1], b"x", pause=0.05)
        assert all(closed(held))
        with httpx.Client(base_url=base) as kept:
            for _ in range(3):
                assert kept.get("/articles").status_code == 200
                time.sleep(0.5)  # a connection that is kept has longer


@pytest.mark.usefixtures("impatient")
def test_who_takes_nothing_of_an_answer_is_given_up(story: Path) -> None:
    with served(story, readonly=True) as base, ExitStack() as stack:
        (greedy,) = opened(stack, base, 1)
        # many answers are asked for at once, and none is taken
        ask = b"GET /api/v1/articles?limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        assert is_cut_off(greedy, ask)
        assert httpx.get(f"{base}/articles").status_code == 200
