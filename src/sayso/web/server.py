"""The server process: the demo's ledger, the socket, and the end."""

import contextlib
import dataclasses
import gc
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from sayso.errors import OptionError
from sayso.ledger.ledger import Ledger
from sayso.web.app import create_app
from sayso.web.connections import Connection
from sayso.web.demo import STORY, samples
from sayso.web.desk import Desk
from sayso.web.settings import Settings


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until the process is told to end.

    Args:
        settings: how.
        say: told where the server can be reached.

    Raises:
        LedgerError: there is no such ledger, or it cannot be read.
        OptionError: the server cannot listen there.
    """
    with _ledger(settings) as held, listening_socket(held) as listening:
        port = listening.getsockname()[1]
        desk = Desk(dataclasses.replace(held, port=port))
        if held.demo:
            desk.jobs.add(*samples(), what=STORY)
        app = create_app(desk.settings, desk)
        host = f"[{held.host}]" if ":" in held.host else held.host
        say(f"sayso: {STORY if held.demo else held.ledger}: http://{host}:{port}/")
        _settle()
        server_of(app).run(sockets=[listening])


def _settle() -> None:
    """Have Python look for garbage less often: an article's page is made of many small objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def server_of(app: FastAPI) -> uvicorn.Server:
    """The server that answers with a program, bounded in what it waits for."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            log_level="warning",
            server_header=False,
            timeout_keep_alive=15,
        )
    )


@contextlib.contextmanager
def _ledger(settings: Settings) -> Iterator[Settings]:
    """The settings with the ledger to use: for the demo one that goes when the server ends."""
    if not settings.demo:
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="sayso-demo-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "demo.db"
        Ledger(path).close()
        yield dataclasses.replace(settings, ledger=str(path))


def listening_socket(settings: Settings) -> socket.socket:
    """The listening socket.

    It listens before anything is told, so that whoever goes there at once waits for the answer and
    is not refused.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sends small packets at once (TCP_NODELAY) only where the protocol is named: else each
    # answer waits 40 ms for its acknowledgement
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise OptionError(
            f"cannot listen at {settings.host}:{settings.port}: {error.strerror}: "
            "is another server there? --port 0 takes a free port"
        ) from error
    return listening
