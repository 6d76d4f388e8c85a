"""Answers that follow from the ledger alone, kept until something is written in it."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.paging import is_held

#: Bytes of all answers that are kept, those that were asked for last, and of the largest of them.
MOST, LARGEST = 64 * 2**20, 2 * 2**20
#: What is asked of the ledger alone, as pages and below ``/api/v1``.
_ANSWERS = frozenset(
    ("articles", "actors", "figures", "origins", "conflicts", "agreements", "timeline", "search")
)


class Kept:
    """Answers each address once for all who ask, until the ledger changes.

    Whatever an answer may depend on is part of what it is kept by: the address with its query, the
    cookies, and how the ledger stands (``Store.stamp``), which is looked at before each answer:
    nobody is given what is older than the last write. Those who ask while it is worked out wait
    for it.

    Args:
        app: what answers.
        stamp: how the ledger stands.
        busy: whether the page of a path shows something else than the ledger, too.
    """

    def __init__(
        self, app: ASGIApp, *, stamp: Callable[[], Awaitable[str]], busy: Callable[[str], object]
    ) -> None:
        self.app = app
        self._stamp = stamp
        self._busy = busy
        self._held: OrderedDict[bytes, Response] = OrderedDict()
        self._size = 0
        self._stands = ""
        self._working: dict[bytes, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ``ASGIApp``."""
        if scope["type"] != "http" or scope["method"] != "GET" or not self._follows(scope["path"]):
            await self.app(scope, receive, send)
            return
        stamp = await self._stamp()
        if stamp != self._stands:
            self._stands, self._size = stamp, 0
            self._held.clear()
        fields = Headers(scope=scope)
        asked = (stamp, scope["path"], scope["query_string"].decode("latin-1"))
        key = hashlib.sha256(repr((*asked, fields.get("cookie"))).encode()).digest()
        if key not in self._held:
            async with self._working.setdefault(key, asyncio.Lock()):
                if key not in self._held:
                    answer = await self._answer(scope, receive)
                    if not self._keep(key, stamp, answer):
                        await answer(scope, receive, send)
                        return
            self._working.pop(key, None)
        answer = self._held[key]
        self._held.move_to_end(key)
        if is_held(answer.headers.get("etag", ""), fields.get("if-none-match", "")):
            headers = {name: answer.headers[name] for name in ("etag", "cache-control")}
            answer = Response(status_code=304, headers=headers)
        await answer(scope, receive, send)

    def _follows(self, path: str) -> bool:
        """Whether what is asked follows from the ledger alone."""
        first = path.removeprefix("/api/v1").split("/")[1:2]
        if first != [""] and not _ANSWERS.intersection(first):
            return False
        return path.startswith("/api/v1") or not self._busy(path)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        """The whole answer, whatever the asker has of it already."""
        headers = [(k, v) for k, v in scope["headers"] if k != b"if-none-match"]
        start: Message = {}
        parts: list[bytes] = []

        async def taking(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app({**scope, "headers": headers}, receive, taking)
        answer = Response(b"".join(parts), start["status"])
        answer.raw_headers = MutableHeaders(raw=list(start["headers"])).raw
        return answer

    def _keep(self, key: bytes, stamp: str, answer: Response) -> bool:
        """Keep an answer, if it may be; those that were asked for longest ago go."""
        size = len(answer.body)
        if (
            answer.status_code != 200
            or "etag" not in answer.headers
            or size > LARGEST
            or stamp != self._stands
        ):
            return False
        self._held[key] = answer
        self._size += size
        while self._size > MOST:
            self._size -= len(self._held.popitem(last=False)[1].body)
        return True
