"""A browser for the tests that need one: the system's Chromium, or Playwright's own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest

from sayso.web.app import create_app
from sayso.web.desk import Desk
from sayso.web.server import listening_socket, server_of
from sayso.web.settings import Settings


def chromium() -> str | None:
    """The path of the system's Chromium, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@contextmanager
def browser() -> Iterator[Any]:
    """A browser; the test is skipped, and says so, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as started:
        try:
            launched = started.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
        except playwright.Error as error:
            pytest.skip(f"no Chromium on this machine: {str(error).splitlines()[0]}")
        yield launched
        launched.close()


@contextmanager
def served(ledger: Path, **settings: Any) -> Iterator[str]:
    """A server over a ledger, in a thread; its address."""
    told = Settings(ledger=str(ledger), port=0, **settings)
    with listening_socket(told) as listening:
        port = listening.getsockname()[1]
        app = create_app(told, Desk(told))
        server = server_of(app)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            sleep(0.01)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(20)
