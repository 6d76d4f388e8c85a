"""The server process: the demo's ledger, the socket, and the end."""

import contextlib
import dataclasses
import socket
import tempfile
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import uvicorn

from sayso.errors import OptionError
from sayso.ledger.ledger import Ledger
from sayso.web.app import create_app
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
            desk.jobs.add(*samples(), what="the sample story")
        app = create_app(desk.settings, desk)
        host = f"[{held.host}]" if ":" in held.host else held.host
        say(f"sayso: {held.ledger if not held.demo else 'the sample story'}: http://{host}:{port}/")
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=15)
        )
        server.run(sockets=[listening])


def samples() -> tuple[list[Path], Path]:
    """The sample story and its file of actors: in the wheel, or in the repository."""
    home = Path(str(resources.files("sayso"))) / "samples"
    if not home.is_dir():
        home = Path(__file__).parents[3] / "samples"
    return [home / "story"], home / "actors.csv"


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
    """The listening socket; it is bound before anything is told, so that the port is known."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sends small packets at once (TCP_NODELAY) only where the protocol is named: else each
    # answer waits 40 ms for its acknowledgement
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise OptionError(
            f"cannot listen at {settings.host}:{settings.port}: {error.strerror}: "
            "is another server there? --port 0 takes a free port"
        ) from error
    return listening
