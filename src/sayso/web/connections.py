"""Connections that are slow on purpose, or by misfortune, and may not keep others waiting."""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol


class Connection(H11Protocol):
    """An HTTP connection that is closed where its other end takes too long.

    Against slow clients of the kind of Slowloris (R. Hansen, 2009), which open many connections
    and never finish what they send: the time for a request's head is bounded from its first byte,
    as in ``mod_reqtimeout`` of Apache, and where there are too many connections the one that has
    waited longest for its head makes room. A request's body has its time in
    ``security.BodyBudget``.
    """

    #: Seconds from a connection's beginning, or a request's first byte, to the end of its head.
    HEAD: ClassVar[float] = 10.0
    #: Seconds in which the other end must have taken some of what it is sent.
    TAKE: ClassVar[float] = 60.0
    #: Connections at once; files that a process may have open are few.
    MOST: ClassVar[int] = 400

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head: asyncio.TimerHandle | None = None
        self._take: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See ``asyncio.Protocol``."""
        super().connection_made(transport)
        self._head = self.loop.call_later(self.HEAD, transport.abort)
        if len(self.connections) > self.MOST:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """See ``asyncio.Protocol``."""
        if self._head is None and not self._answering:
            self._head = self.loop.call_later(self.HEAD, self.transport.abort)
        super().data_received(data)
        if self._answering:
            self._stop_head()

    def pause_writing(self) -> None:
        """See ``asyncio.Protocol``."""
        super().pause_writing()
        self._take = self.loop.call_later(self.TAKE, self.transport.abort)

    def resume_writing(self) -> None:
        """See ``asyncio.Protocol``."""
        super().resume_writing()
        self._stop_take()

    def connection_lost(self, exc: Exception | None) -> None:
        """See ``asyncio.Protocol``."""
        self._stop_head()
        self._stop_take()
        super().connection_lost(exc)

    @property
    def _answering(self) -> bool:
        """Whether a request's head came, and its answer is not yet sent."""
        return self.cycle is not None and not self.cycle.response_complete

    def _make_room(self) -> None:
        """Close the connection that has waited longest for a head; this one does, too."""
        waiting = [one for one in self.connections if isinstance(one, Connection) and one._head]
        longest = min(waiting, key=lambda one: one._head.when() if one._head else 0.0)
        longest.transport.abort()

    def _stop_head(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _stop_take(self) -> None:
        if self._take is not None:
            self._take.cancel()
            self._take = None
