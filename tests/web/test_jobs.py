"""Reading in a process of its own: what takes too long is given up, and what waits is not."""

import socket
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.web.conftest import Open

from sayso.errors import BusyError
from sayso.ledger.ledger import Ledger
from sayso.web import jobs
from sayso.web.jobs import Asked, Job, Jobs
from sayso.web.server import listening_socket
from sayso.web.settings import Settings


def test_no_more_waits_than_can_be_held() -> None:
    held = Jobs("none.db")
    held._busy = True  # nothing is done meanwhile
    for _ in range(jobs.WAITING):
        assert held.read(Asked(text=b"a text")).state == "waiting"
    with pytest.raises(BusyError, match="try again"):
        held.read(Asked(text=b"a text"))
    held = Jobs("none.db")
    held._busy = True
    large = Asked(text=b"x" * (jobs.WAITING_BYTES // 3))
    for _ in range(3):
        held.read(large)
    with pytest.raises(BusyError):
        held.read(large)


def test_what_takes_too_long_is_given_up_and_the_next_is_done() -> None:
    held = Jobs("none.db", limit=2.0)
    told: list[Any] = []
    over = Event()

    def keep(future: Any) -> None:
        told.append(future.exception() or future.result())
        if len(told) == 3:
            over.set()

    try:
        waiting = [Job(str(n), "a text") for n in range(3)]
        held._start(waiting[0], keep, time.sleep, 600)
        held._start(waiting[1], keep, max, 3, 4)
        held._start(waiting[2], keep, jobs._failed, "words")
        assert waiting[0].state == "reading"
        assert over.wait(60)
    finally:
        held.close()
    assert "terminated abruptly" in str(told[0])
    assert told[1:] == [4, jobs._failed("words")]


def test_pages_say_that_more_is_being_read(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Ledger(path).close()
    client = opened(path, demo=True)
    desk = client.app.state.desk  # type: ignore[attr-defined]
    job = desk.jobs._new("the sample story")
    job.total, job.done, job.state = 12, 4, "reading"
    front = client.get("/").text
    assert "Reading the sample story: 4 of 12 articles" in front
    assert 'hx-get="/"' in front  # it asks for itself again
    assert "What conflicts" not in front  # nothing is called absent that is still to come
    assert "4 of 12 articles" in client.get("/figures").text
    job.state = "done"
    for address in ("/", "/figures"):
        assert "Reading" not in client.get(address).text


def test_who_comes_at_once_waits_and_is_not_refused() -> None:
    with (
        listening_socket(Settings(ledger="none.db", port=0)) as listening,
        socket.create_connection(listening.getsockname(), timeout=5),
    ):
        pass  # nothing answers yet, and the connection stands
