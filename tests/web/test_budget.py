"""However many send at once, the bodies that are held are bounded."""

import asyncio

from fastapi import FastAPI, Request
from starlette.types import Message, Scope

from sayso.web.security import BodyBudget

MOST = 1000


async def _post(app: BodyBudget, pieces: list[bytes], gate: asyncio.Event | None = None) -> int:
    """The status of a request that sends a piece after the other, the last one past the gate."""
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [],
        "client": None,
        "server": None,
    }
    status = 0
    waiting = list(pieces)

    async def receive() -> Message:
        if gate is not None and len(waiting) == 1:
            await gate.wait()
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]

    await app(scope, receive, send)
    return status


def test_who_comes_when_too_much_is_held_is_put_off() -> None:
    inner = FastAPI()

    @inner.post("/")
    async def taken(request: Request) -> int:
        return len(await request.body())

    async def told() -> list[int]:
        app = BodyBudget(inner, most=MOST)
        gate = asyncio.Event()
        first = asyncio.create_task(_post(app, [b"x" * 700, b"x"], gate))
        await asyncio.sleep(0)
        while app.held < 700:
            await asyncio.sleep(0)
        second = await _post(app, [b"x" * 400])
        small = await _post(app, [b"x" * 100])
        gate.set()
        statuses = [await first, second, small, await _post(app, [b"x" * 900])]
        assert app.held == 0
        return statuses

    assert asyncio.run(told()) == [200, 503, 200, 200]


def test_a_body_that_does_not_come_is_given_up() -> None:
    inner = FastAPI()

    @inner.post("/")
    async def taken(request: Request) -> int:
        return len(await request.body())

    async def told() -> list[int]:
        app = BodyBudget(inner, most=MOST, seconds=0.05)
        never = asyncio.Event()
        slow = await _post(app, [b"x", b"x"], never)
        return [slow, await _post(app, [b"x", b"x"])]

    assert asyncio.run(told()) == [408, 200]
