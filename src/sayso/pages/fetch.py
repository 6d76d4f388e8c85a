"""Fetching one page by its address, with limits.

Against server-side request forgery: the host is resolved once, every address that it resolves to
must be public, and the connection goes to the address that was checked (so that a second answer of
the name server cannot lead elsewhere); each redirect is checked in the same way. See OWASP,
"Server-Side Request Forgery Prevention". Proxies of the environment are not used.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from sayso.errors import FetchError, PrivateError
from sayso.pages.webpage import MAX_PAGE

#: Seconds for one address, redirects included.
TIMEOUT = 20.0
MAX_REDIRECTS = 5
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; sayso)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


class Fetched(NamedTuple):
    """A page as it came: its final address, its bytes, the character set that the server states."""

    url: str
    data: bytes
    charset: str | None


def fetch(address: str, *, allow_private: bool = False, timeout: float = TIMEOUT) -> Fetched:
    """The page at ``address``.

    Args:
        address: http or https.
        allow_private: connect to addresses of private networks too.
        timeout: seconds for the whole, redirects included.

    Raises:
        FetchError: the address may not be fetched, or could not be.
    """
    deadline = time.monotonic() + timeout
    url = address
    for _ in range(MAX_REDIRECTS + 1):
        try:
            target, fetched = _request(address, url, allow_private, deadline)
        except (TimeoutError, socket.timeout) as error:  # noqa: UP041 - the two are one from 3.10 on
            raise FetchError(address, f"no answer within {timeout:g} seconds") from error
        except (OSError, http.client.HTTPException, zlib.error) as error:
            reason = str(error) or type(error).__name__
            raise FetchError(address, f"could not be fetched: {reason}") from error
        if fetched:
            return fetched
        url = urljoin(url, target)
    raise FetchError(address, f"redirects more than {MAX_REDIRECTS} times")


def _request(
    address: str, url: str, allow_private: bool, deadline: float
) -> tuple[str, Fetched | None]:
    """One request: the target of a redirect, or the page."""
    parts, port = _checked_url(address, url)
    host = str(parts.hostname)
    ip = _resolve(address, host, port, allow_private)
    connection = _connect(parts.scheme, host, port, ip, deadline)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", _ascii(path), headers=_HEADERS)
        _arm(connection, deadline)
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            target = response.getheader("Location")
            if not target:
                raise FetchError(address, "redirects to nowhere")
            return target, None
        if response.status != 200:
            raise FetchError(address, f"the server answered {response.status} {response.reason}")
        data = _read(address, response, connection, deadline)
        return "", Fetched(url, data, response.headers.get_content_charset())
    finally:
        connection.close()


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


def _resolve(address: str, host: str, port: int, allow_private: bool) -> str:
    """An IP address of ``host`` to connect to, after all of them were checked."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(address, f"the host {host} was not found: {error}") from error
    ips = [str(answer[4][0]) for answer in answers]
    if not allow_private:
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


def _connect(
    scheme: str, host: str, port: int, ip: str, deadline: float
) -> http.client.HTTPConnection:
    """A connection to ``ip`` that speaks to ``host`` (certificate and Host header)."""
    connection = http.client.HTTPConnection(host, port)
    plain = socket.create_connection((ip, port), timeout=_left(deadline))
    if scheme == "https":
        try:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
        # the Host header of an https address leaves out 443, not 80
        connection.default_port = 443
    else:
        connection.sock = plain
    return connection


def _read(
    address: str,
    response: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    deadline: float,
) -> bytes:
    gzipped = (response.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip")
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if gzipped else None
    pieces: list[bytes] = []
    size = 0
    while size <= MAX_PAGE:
        _arm(connection, deadline)
        piece = response.read1(65536)
        if not piece:
            return b"".join(pieces)
        # what unpacks to more than the limit is cut off there, whatever its size
        piece = unzip.decompress(piece, MAX_PAGE + 1) if unzip else piece
        pieces.append(piece)
        size += len(piece)
    raise FetchError(address, f"the page is larger than {MAX_PAGE // 2**20} MB, the limit")


def _arm(connection: http.client.HTTPConnection, deadline: float) -> None:
    if connection.sock is not None:
        connection.sock.settimeout(_left(deadline))


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
