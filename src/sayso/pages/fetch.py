"""Fetching one page by its address, with limits.

Against server-side request forgery: the host is resolved once, every address that it resolves to
must be public, and the connection goes to the address that was checked (so that a second answer of
the name server cannot lead elsewhere); each redirect is checked in the same way. See OWASP,
"Server-Side Request Forgery Prevention". Proxies of the environment are not used. A server that
answers drop by drop is cut off when the time is over.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import Message
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from sayso.errors import FetchError, PrivateError
from sayso.pages.webpage import MAX_PAGE

#: Seconds for one address, redirects included.
TIMEOUT = 20.0
MAX_REDIRECTS = 5
#: The code of an error that may be over the next time.
UNREACHABLE = "unreachable"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; sayso)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


#: Where private addresses may be connected to: everywhere, nowhere, or at these ``host:port``.
Private = bool | Container[str]


class Fetched(NamedTuple):
    """An answer as it came.

    Attributes:
        url: the final address.
        data: the bytes; none where ``status`` is not 200.
        charset: the character set that the server states.
        status, words: the HTTP status, and how the server puts it.
        headers: of the answer.
        moved: where the address leads for good (301 and 308 alone led there).
    """

    url: str
    data: bytes
    charset: str | None
    status: int
    words: str
    headers: Message
    moved: str | None = None


def fetch(address: str, *, allow_private: bool = False, timeout: float = TIMEOUT) -> Fetched:
    """The page at ``address``.

    Args:
        address: http or https.
        allow_private: connect to addresses of private networks too.
        timeout: seconds for the whole, redirects included.

    Raises:
        FetchError: the address may not be fetched, or could not be.
    """
    answer = ask(address, allow_private=allow_private, timeout=timeout)
    if answer.status != 200:
        raise FetchError(address, f"the server answered {answer.status} {answer.words}")
    return answer


def ask(
    address: str,
    *,
    allow_private: Private = False,
    timeout: float = TIMEOUT,
    limit: int = MAX_PAGE,
    headers: Mapping[str, str] | None = None,
    before: Callable[[str], None] | None = None,
) -> Fetched:
    """The answer to a request, whatever its status.

    Args:
        address: http or https.
        allow_private: where addresses of private networks may be connected to.
        timeout: seconds for the whole, redirects included, what ``before`` takes left out.
        limit: bytes above which the answer is refused.
        headers: of the request, beside the usual ones.
        before: called with each address before it is asked, those of redirects too; it may wait,
            or raise to stop.

    Raises:
        FetchError: the address may not be fetched, or there was no whole answer.
    """
    left, url, lasting = timeout, address, True
    for _ in range(MAX_REDIRECTS + 1):
        _checked_url(address, url)
        if before:
            before(url)
        deadline = time.monotonic() + left
        request = _Request(address, url, allow_private, deadline, limit, headers or {})
        try:
            target, answer = _request(request)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
                raise FetchError(
                    address, f"no answer within {timeout:g} seconds", UNREACHABLE
                ) from error
            reason = str(error) or type(error).__name__
            raise FetchError(address, f"could not be fetched: {reason}", UNREACHABLE) from error
        if answer:
            moved = url if lasting and url != address else None
            return answer._replace(moved=moved)
        lasting = lasting and target.lasting
        try:
            url = urljoin(url, target.url)
        except ValueError as error:
            raise FetchError(address, f"redirects to no valid address: {error}") from error
        left = deadline - time.monotonic()
    raise FetchError(address, f"redirects more than {MAX_REDIRECTS} times")


class _Request(NamedTuple):
    """What is asked, of whom, and within which limits."""

    address: str
    url: str
    allow_private: Private
    deadline: float
    limit: int
    headers: Mapping[str, str]


class _Target(NamedTuple):
    """Where a redirect leads, and whether for good."""

    url: str
    lasting: bool


_HERE = _Target("", False)


def _request(request: _Request) -> tuple[_Target, Fetched | None]:
    """One request: the target of a redirect, or the answer."""
    address, url = request.address, request.url
    parts, port = _checked_url(address, url)
    host = str(parts.hostname)
    ip = _resolve(address, host, port, request.allow_private)
    with _connection(parts.scheme, host, port, ip, request.deadline) as (connection, sock):
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", _ascii(path), headers=_HEADERS | dict(request.headers))
        sock.settimeout(_left(request.deadline))
        response = connection.getresponse()
        status = response.status
        if status in (301, 302, 303, 307, 308):
            target = response.getheader("Location")
            if not target:
                raise FetchError(address, "redirects to nowhere")
            return _Target(target, status in (301, 308)), None
        data = _read(request, response, sock) if status == 200 else b""
        charset = response.headers.get_content_charset()
        return _HERE, Fetched(url, data, charset, status, response.reason, response.headers)


def _checked_url(address: str, url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(address, f"is no valid address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(address, "only http and https addresses are fetched")
    if not parts.hostname:
        raise FetchError(address, "is no valid address: it names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(address, "addresses with a user name or password are not fetched")
    return parts, port or (443 if parts.scheme == "https" else 80)


def _resolve(address: str, host: str, port: int, allow_private: Private) -> str:
    """An IP address of ``host`` to connect to, after all of them were checked."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(address, f"the host {host} was not found: {error}", UNREACHABLE) from error
    ips = [str(answer[4][0]) for answer in answers]
    allowed = allow_private is True or (
        allow_private is not False and f"{host}:{port}" in allow_private
    )
    if not allowed:
        for ip in ips:
            if not is_public(ip):
                raise PrivateError(
                    address,
                    f"{host} is at the private address {ip}: use --allow-private to fetch it",
                )
    return ips[0]


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the public internet (not private, loopback, link-local …)."""
    try:
        parsed = ipaddress.ip_address(ip.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


@contextmanager
def _connection(
    scheme: str, host: str, port: int, ip: str, deadline: float
) -> Iterator[tuple[http.client.HTTPConnection, socket.socket]]:
    """A connection to ``ip`` that speaks to ``host`` (certificate and Host header), and its socket.

    The time limit of a socket holds for each piece that comes: a timer ends what goes on and on.
    """
    connection = http.client.HTTPConnection(host, port)
    sock = socket.create_connection((ip, port), timeout=_left(deadline))
    timer: threading.Timer | None = None
    try:
        if scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            # the Host header of an https address leaves out 443, not 80
            connection.default_port = 443
        connection.sock = sock
        timer = threading.Timer(_left(deadline), _cut, [sock])
        timer.daemon = True
        timer.start()
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        yield connection, sock
    finally:
        if timer:
            timer.cancel()
        connection.close()
        sock.close()


def _cut(sock: socket.socket) -> None:
    """End what a connection waits for."""
    with suppress(OSError):
        # not SSLSocket's own, which would go on in plain text
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _read(request: _Request, response: http.client.HTTPResponse, sock: socket.socket) -> bytes:
    address, limit = request.address, request.limit
    gzipped = (response.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip")
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if gzipped else None
    pieces: list[bytes] = []
    size = 0
    while size <= limit:
        # the connection has let go of the socket by now, not so the response
        sock.settimeout(_left(request.deadline))
        piece = response.read1(65536)
        if not piece:
            _left(request.deadline)
            if response.length or (unzip and not unzip.eof):
                raise FetchError(address, "the answer breaks off before its end", UNREACHABLE)
            return b"".join(pieces)
        # what unpacks to more than the limit is cut off there, whatever its size
        piece = unzip.decompress(piece, limit + 1) if unzip else piece
        pieces.append(piece)
        size += len(piece)
    raise FetchError(address, f"the page is larger than {limit // 2**20} MB, the limit")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ascii(path: str) -> str:
    """``path`` as it may stand in a request: everything but visible ASCII percent-encoded."""
    return "".join(
        char
        if "!" <= char <= "~"
        else "".join(f"%{b:02X}" for b in char.encode("utf-8", "replace"))
        for char in path
    )
