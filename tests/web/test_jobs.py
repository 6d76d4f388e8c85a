"""Reading in a process of its own: what takes too long is given up, and what waits is not."""

import time
from threading import Event
from typing import Any

from sayso.web import jobs
from sayso.web.jobs import Job, Jobs


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
