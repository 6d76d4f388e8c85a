"""What guards the server, as layers around the program (ASGI middleware), outermost first.

- ``Headers``: what a browser may do with an answer.
- ``HostCheck``: requests under a name that is not the server's are refused.
- ``SameSite``: writes that another site's page sends are refused.
- ``WriteCheck``: writes without the token, or to a ledger that is read only, are refused.
- ``BodyBudget``: requests whose bodies are too large, or would together take too much memory, are
  refused or put off as they come, and those whose bodies do not come are given up.
"""

import asyncio
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from fastapi import Response
from starlette.datastructures import Headers as Fields
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.problems import problem
from sayso.web.settings import ANY_ADDRESS, is_address
from sayso.web.tokens import Key

#: Nothing but the server's own files, nothing inline, in nobody's frame. See W3C, "Content Security
#: Policy Level 3", and OWASP, "Content Security Policy Cheat Sheet" (strict policy).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The referrer stays within the site; with less of it a browser that tells no ``Sec-Fetch-Site``
#: (of a host that is reached by plain HTTP) would send ``Origin: null`` with the desk's own forms.
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
#: Bytes of a request's body. A page is read up to 20 MB (``sayso.pages``); a form adds little.
MAX_BODY = 21 * 2**20
#: Bytes of all bodies that are under way.
MAX_BODIES = 4 * MAX_BODY
#: Seconds for a body to come, and bytes that earn it one more.
BODY_SECONDS, BODY_RATE = 20.0, 10_000
BUSY = "too much is sent at once: try again in a moment"
LARGE = f"what is sent may have {MAX_BODY // 2**20} MB at most"
SLOW = "the request did not come to its end in time"


class Headers:
    """Sets the headers that tell browsers what they may do; see OWASP, "HTTP Headers Cheat Sheet".

    An answer's own header stands above the one that is set here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ``ASGIApp``."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.encode() not in held
                    ),
                ]
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


class HostCheck:
    """Refuses requests whose Host header names another server: the guard against DNS rebinding.

    A page of attacker.example whose name is made to resolve to 127.0.0.1 counts as that site for
    the browser, but its requests still say ``Host: attacker.example``. See Jackson et al.,
    "Protecting Browsers from DNS Rebinding Attacks" (2007), section 5.

    Args:
        app: what is guarded.
        hosts: names without port; ``ANY_ADDRESS`` for any literal IP address.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ``ASGIApp``."""
        if scope["type"] == "http":
            given = Fields(scope=scope).getlist("host")
            if len(given) != 1 or not self._own(_name(given[0])):
                refusal = problem(
                    421, "this server does not answer under that name: use the address it printed"
                )
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _own(self, host: str) -> bool:
        return host in self.hosts or (ANY_ADDRESS in self.hosts and is_address(host))


class SameSite:
    """Refuses writes that a page of another site sends (cross-site request forgery).

    The algorithm is that of Go's ``http.CrossOriginProtection`` (Filippo Valsorda, "Cross-Site
    Request Forgery", 2025): safe methods pass; else ``Sec-Fetch-Site`` must be ``same-origin`` or
    ``none``; without it an ``Origin`` must name the request's own host; without both the request is
    of no browser, and passes. No tokens in forms are needed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ``ASGIApp``."""
        if scope["type"] == "http" and not _passes(scope):
            refusal = problem(403, "this request comes from another site's page: it was not done")
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _passes(scope: Scope) -> bool:
    if scope["method"] in _SAFE:
        return True
    fields = Fields(scope=scope)
    site = fields.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = fields.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() == fields.get("host", "").lower() != ""


class WriteCheck:
    """Refuses writes where nothing may be written, and those without the token where there is one.

    Args:
        app: what is guarded.
        writable: whether anything may be written.
        key: what a writer must bring, if anything.
    """

    #: Giving the token needs none; reading stores nothing unless it is asked to.
    _FREE = frozenset(("/token",))
    _STORES_NOTHING = frozenset(("/read", "/api/v1/read"))

    def __init__(self, app: ASGIApp, *, writable: bool, key: Key) -> None:
        self.app = app
        self.writable = writable
        self.key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ``ASGIApp``."""
        if (
            scope["type"] == "http"
            and scope["method"] not in _SAFE
            and scope["path"] not in self._FREE
        ):
            refusal = self._refusal(scope)
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        if not self.writable and scope["path"] not in self._STORES_NOTHING:
            return problem(403, "this ledger is shown to be read only")
        if not self.key.needed or self.key.brought(scope):
            return None
        if not scope["path"].startswith("/api/"):
            # a person is led to where the token is given, and from there back
            back = local(Fields(scope=scope).get("referer", ""), "/")
            return RedirectResponse(f"/token?{urlencode({'back': back})}", 303)
        refusal = problem(401, "writing needs the token that the server was started with")
        refusal.headers["www-authenticate"] = "Bearer"
        return refusal


class BodyBudget:
    """Bounds the memory that bodies take, and the time, however many send at once.

    A body over ``MAX_BODY`` is refused (413); one that with those of all others under way is too
    much is put off (503).
    A body that comes slower than ``BODY_RATE`` is given up (408) after ``seconds``; the measure is
    that of ``mod_reqtimeout`` of Apache.

    Args:
        app: what is guarded.
        most: bytes of all bodies together.
        seconds: for a body, to which each ``BODY_RATE`` bytes that came add one.
    """

    def __init__(self, app: ASGIApp, most: int = MAX_BODIES, seconds: float = BODY_SECONDS) -> None:
        self.app = app
        self.most = most
        self.seconds = seconds
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ``ASGIApp``."""
        own, coming = 0, True
        began = asyncio.get_running_loop().time()

        stated = Fields(scope=scope).get("content-length", "") if scope["type"] == "http" else ""

        async def counting() -> Message:
            nonlocal own, coming
            # what is raised while the body is read FastAPI hands on as it is
            if stated.isdecimal() and int(stated) > MAX_BODY:
                raise HTTPException(413, LARGE, {"connection": "close"})
            until = began + self.seconds + own / BODY_RATE
            try:
                async with asyncio.timeout_at(until if coming else None):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, SLOW, {"connection": "close"}) from error
            coming = message.get("more_body", False)
            size = len(message.get("body", b""))
            own += size
            self.held += size
            if own > MAX_BODY:
                raise HTTPException(413, LARGE, {"connection": "close"})
            if self.held > self.most:
                raise HTTPException(503, BUSY, {"retry-after": "10"})
            return message

        try:
            await self.app(scope, counting if scope["type"] == "http" else receive, send)
        finally:
            self.held -= own


def local(address: str, otherwise: str) -> str:
    """The path and the query of an address, so that it leads nowhere but to this server."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    if not parts.path.startswith("/") or parts.path[1:2] in ("/", "\\"):
        return otherwise
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _name(host: str) -> str:
    """A host without its port, in lower case."""
    name, _, port = host.lower().rpartition(":")
    return name if name and port.isdecimal() else host.lower()
