"""The time that following goes by, and the wish to end."""

import threading
import time


class Stopped(Exception):
    """It is to end now; what is not done is done the next time."""


class Clock:
    """The clock of the machine; ``stop`` may be called from a signal's handler."""

    def __init__(self) -> None:
        self._stopping = threading.Event()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Wait, at least not for less than ``seconds``.

        Raises:
            Stopped: it is to end.
        """
        if self._stopping.wait(max(0.0, seconds)):
            raise Stopped

    def stop(self) -> None:
        """Have the next ``wait`` end."""
        self._stopping.set()
