"""Pages read in processes of their own, with limits of time and memory, so that none can stop all.

    for result in extract(pages, workers=2):
        ...  # an Extracted, or the InputError whose code says why there is none

The results come in the order of the pages, and one for each, whatever the pages hold. A process
that takes too long, too much memory, or dies is replaced, and the page that it was at is counted
as ``timeout``, ``memory`` or ``crashed``. At half of its time a page is given to the plain rule of
``pages.paragraphs``, which is quick on any page.

The processes run this module (``python -m sayso.pages.guarded``), not the program that asks: a
script that calls it needs no ``if __name__ == "__main__"``, and what goes between the processes is
data alone.
"""

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import NamedTuple

import msgspec

from sayso.errors import InputError, SaysoError
from sayso.pages.article import Extractor
from sayso.pages.options import Options
from sayso.records import Article

MODULE = "sayso.pages.guarded"
#: What a process says when it has started.
READY = b"ready"
#: Seconds that it may take to start.
START = 120.0
#: Results that wait for a slower page before them, for each process.
AHEAD = 16


class Limits(msgspec.Struct, frozen=True):
    """What one page may take.

    Attributes:
        seconds: of the clock; at half of them the plain rule takes over. With the ending of its
            process a page takes no more than 15.
        memory: bytes above what the process holds at rest (about 150 MB). Where the system has no
            such limit (it is Linux's), memory is not limited.
    """

    seconds: float = 14.5
    memory: int = 300 * 1024 * 1024


class Page(NamedTuple):
    """A page to be read.

    Attributes:
        name: the input as it is to be named.
        data: its bytes, an HTML page.
        url: where it came from, which stands above the address that the page states.
        charset: the character set that came with it (HTTP).
        chosen: whether a person named this page: then the address that it states stands above
            ``url``, and it is read even if it is a list or a front page.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    chosen: bool = False


class Extracted(NamedTuple):
    """The article of a page, and what found its body."""

    article: Article
    extractor: Extractor


class Answer(msgspec.Struct):
    """What a process says of a page; ``last`` if it ends now, to give its memory back."""

    article: Article | None = None
    extractor: Extractor = "paragraphs"
    reason: str = ""
    code: str = ""
    last: bool = False


class Question(msgspec.Struct):
    """A page, as a process is asked for it; ``options`` is what is known of it from outside."""

    page: Page
    options: Options


def extract(
    pages: Iterable[Page],
    *,
    options: Options | None = None,
    workers: int = 1,
    limits: Limits | None = None,
) -> Iterator[Extracted | InputError]:
    """Read pages in processes of their own.

    Args:
        pages: HTML pages; they are asked for as they are needed.
        options: what is known of all of them from outside.
        workers: processes that read at once.
        limits: what one page may take.

    Yields:
        For each page in order its article, or why there is none; the error's ``code`` is one of
        ``pages.reasons``.

    Raises:
        SaysoError: the processes cannot be started.
    """
    options = options or Options()
    pool = [_Worker(limits or Limits()) for _ in range(workers)]
    todo = enumerate(pages)
    done: dict[int, Extracted | InputError] = {}
    given = told = 0
    more = True
    try:
        while True:
            for worker in pool:
                if more and worker.idle and given - told < AHEAD * workers:
                    number, page = next(todo, (-1, None))
                    more = page is not None
                    if page is not None:
                        given += 1
                        worker.give(number, Question(page, options))
            busy = [worker for worker in pool if not worker.idle]
            if not busy:
                return
            for worker in _ready(busy):
                if (result := worker.result()) is not None:
                    done[worker.number] = result
            while told in done:
                yield done.pop(told)
                told += 1
    finally:
        for worker in pool:
            worker.end()


_shared: dict[int, "_Worker"] = {}
_sharing = threading.Lock()


def extract_one(page: Page, options: Options | None = None) -> Extracted | InputError:
    """As ``extract``, for one page, in a process that stays for the next.

    Raises:
        SaysoError: the process cannot be started.
    """
    # a process that was forked off has none yet
    with _sharing:
        worker = _shared.setdefault(os.getpid(), _Worker(Limits()))
        worker.give(0, Question(page, options or Options()))
        while True:
            for ready in _ready([worker]):
                if (result := ready.result()) is not None:
                    return result


@atexit.register
def _end_shared() -> None:
    if worker := _shared.pop(os.getpid(), None):
        worker.end()


def _ready(busy: "list[_Worker]") -> "list[_Worker]":
    """Those that have something to say, have ended, or have no time left."""
    left = min(worker.deadline for worker in busy) - time.monotonic()
    spoke = wait([worker.connection for worker in busy], max(0.0, left))
    now = time.monotonic()
    return [w for w in busy if w.connection in spoke or w.deadline <= now]


class _Worker:
    """One process, and the page that it is at; it is started with its first page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._question: Question | None = None
        self.number = -1
        self.deadline = 0.0
        self._started = False
        self.connection: Connection

    @property
    def idle(self) -> bool:
        """Whether it is at no page."""
        return self._question is None

    def give(self, number: int, question: Question) -> None:
        """Have it read a page."""
        self.number, self._question = number, question
        if self._process is None:
            self._start()
        else:
            self._send()

    def result(self) -> Extracted | InputError | None:
        """What became of its page; ``None`` where it only told that it has started.

        Raises:
            SaysoError: it has not started.
        """
        assert self._question is not None
        page = self._question.page
        if not self._started:
            self._check_start()
            self._send()
            return None
        self._question = None
        try:
            if not self.connection.poll():
                self.end()
                limit = f"{self._limits.seconds:g} seconds"
                return InputError(page.name, f"takes longer than {limit}", "timeout")
            answer = msgspec.msgpack.decode(self.connection.recv_bytes(), type=Answer)
        except (EOFError, OSError):
            return self._died(page)
        if answer.last:
            self.end()
        if answer.article is None:
            return InputError(page.name, answer.reason, answer.code)
        article = msgspec.structs.replace(answer.article, input=page.name)
        return Extracted(article, answer.extractor)

    def end(self) -> None:
        """End the process; the next page starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self.connection.close()
            self._process = None

    def _start(self) -> None:
        self.connection, theirs = Pipe()
        # numpy's threads would cost memory, and find no work
        calm = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
        handle = theirs.fileno()
        command = [sys.executable, "-P", "-m", MODULE, str(handle)]
        self._process = subprocess.Popen(
            command,
            pass_fds=[handle],
            env={**os.environ, **calm},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        self._started = False
        self.deadline = time.monotonic() + START
        with suppress(OSError):
            self.connection.send_bytes(msgspec.msgpack.encode(self._limits))

    def _check_start(self) -> None:
        with suppress(EOFError, OSError):
            if self.connection.poll() and self.connection.recv_bytes() == READY:
                self._started = True
                return
        raise SaysoError(f"the process that reads pages does not start: {sys.executable} {MODULE}")

    def _send(self) -> None:
        # if it has died, ``result`` will tell
        with suppress(OSError):
            self.connection.send_bytes(msgspec.msgpack.encode(self._question))
        self.deadline = time.monotonic() + self._limits.seconds

    def _died(self, page: Page) -> InputError:
        assert self._process is not None
        status = self._process.wait()
        self.end()
        if status == -9:
            return InputError(page.name, "takes more memory than the system has", "memory")
        return InputError(page.name, f"ends the process that reads it (status {status})", "crashed")


if __name__ == "__main__":
    from sayso.pages.worker import serve

    serve(Connection(int(sys.argv[1])))
