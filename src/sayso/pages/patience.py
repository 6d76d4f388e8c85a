"""How long the slow way of reading a page may take before the quick one is gone."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class OutOfPatience(BaseException):
    """The time is over. No library catches it: it is no ``Exception``."""


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Raise ``OutOfPatience`` in what is done within, when ``seconds`` are over.

    Args:
        seconds: of the clock; ``None`` for any time. By a signal: in the main thread alone.
    """
    if seconds is None:
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(signum: int, frame: Any) -> None:
    raise OutOfPatience
