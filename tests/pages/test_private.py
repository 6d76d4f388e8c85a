"""No address of a private network is connected to, however it is written, led to or rebound."""

import socket
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.pages import Options, read_inputs

PUBLIC = "93.184.215.14"
CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "private.toml").read_text("utf-8"))
_really = socket.getaddrinfo

ADDRESSES = [
    *CASES["literal"],
    *CASES["scheme"],
    *(f"http://{name}/" for name in CASES["name"]),
    *(f"http://public.example/{number}" for number in range(len(CASES["redirect"]))),
]


class Public:
    """A connection to the public server: it redirects to where its path's number says."""

    def __init__(self) -> None:
        self.asked = b""

    def sendall(self, data: bytes) -> None:
        self.asked += data

    def settimeout(self, seconds: float) -> None:
        """Nothing takes time here."""

    def close(self) -> None:
        """Nothing is held."""

    def makefile(self, mode: str, *_: object, **__: object) -> Any:
        import io

        path = self.asked.split()[1].decode().removeprefix("/")
        if not path.isdecimal():
            page = b"<html><body><h1>A page</h1><p>Somebody said on Friday that it rained.</p>"
            return io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)
        target = CASES["redirect"][int(path)].encode()
        return io.BytesIO(b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\n\r\n")


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are connected to; names are answered as the cases say."""
    connected: list[str] = []
    asked: Counter[str] = Counter()

    def resolved(host: str, port: int, *rest: Any, **more: Any) -> Any:
        if host not in CASES["name"] and host != "public.example":
            return _really(host, port, *rest, **more)
        answers = CASES["name"].get(host, [[PUBLIC]])
        now = answers[min(asked[host], len(answers) - 1)]
        asked[host] += 1
        if not now:
            raise socket.gaierror("no such host")
        family = socket.AF_INET6 if ":" in now[0] else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in now]

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> Public:
        connected.append(address[0])
        return Public()

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_private_address_is_connected_to(reached: list[str], address: str) -> None:
    (result,) = read_inputs([address], Options())
    assert set(reached) <= {PUBLIC}
    if "rebinds" not in address:
        assert isinstance(result, InputError), result


def test_there_are_enough_cases() -> None:
    assert len(ADDRESSES) >= 50
