"""A process that reads pages for another one: what goes between them, and its outside.

The process runs ``sayso.pages.worker``, not the program that asks: a script that calls this needs
no ``if __name__ == "__main__"``, and what goes between the processes is data alone.
"""

import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import Literal, NamedTuple

import msgspec

from sayso.errors import InputError, SaysoError
from sayso.pages.article import Extractor
from sayso.pages.documents import DocumentKind
from sayso.pages.options import Options
from sayso.records import Article

MODULE = "sayso.pages.worker"
#: What a process says when it has started.
READY = b"ready"
#: Seconds that it may take to start.
START = 120.0


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
        data: its bytes.
        url: where it came from, which stands above the address that the page states.
        charset: the character set that came with it (HTTP).
        chosen: whether a person named this page: then the address that it states stands above
            ``url``, it is read even if it is a list or a front page, and it may be the export of a
            press database, of many articles.
        kind: what the bytes are; ``json``: an object whose ``html`` is the page.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    chosen: bool = False
    kind: Literal["html", "json"] | DocumentKind = "html"


class Extracted(NamedTuple):
    """The article of a page, and what found its body."""

    article: Article
    extractor: Extractor


#: The articles of a page in order, or why there are none: one at least.
Results = list[Extracted | InputError]


class Question(msgspec.Struct):
    """A page, as a process is asked for it.

    Attributes:
        page: without its name, which may be of bytes that are no text.
        options: what is known of it from outside.
    """

    page: Page
    options: Options


class Found(msgspec.Struct):
    """An article of a page, or why there is none.

    Attributes:
        place: what is added to the page's name where it holds several ("#3").
        article: the article.
        extractor: what found its body.
        reason: in words, why there is none.
        code: the reason's name.
    """

    place: str = ""
    article: Article | None = None
    extractor: Extractor = "paragraphs"
    reason: str = ""
    code: str = ""


class Answer(msgspec.Struct):
    """What a process says of a page; ``last`` if it ends now, to give its memory back."""

    found: list[Found]
    last: bool = False


class Worker:
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

    def results(self) -> Results | None:
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
                return [InputError(page.name, f"takes longer than {limit}", "timeout")]
            answer = msgspec.msgpack.decode(self.connection.recv_bytes(), type=Answer)
        except (EOFError, OSError):
            return [self._died(page)]
        if answer.last:
            self.end()
        return [_result(page.name + found.place, found) for found in answer.found]

    def end(self) -> None:
        """End the process; the next page starts another."""
        self._question = None
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
        assert self._question is not None
        # if it has died, ``result`` will tell
        with suppress(OSError):
            asked = Question(self._question.page._replace(name=""), self._question.options)
            self.connection.send_bytes(msgspec.msgpack.encode(asked))
        self.deadline = time.monotonic() + self._limits.seconds

    def _died(self, page: Page) -> InputError:
        assert self._process is not None
        status = self._process.wait()
        self.end()
        if status == -9:
            return InputError(page.name, "takes more memory than the system has", "memory")
        return InputError(page.name, f"ends the process that reads it (status {status})", "crashed")


def _result(name: str, found: Found) -> Extracted | InputError:
    if found.article is None:
        return InputError(name, found.reason, found.code)
    return Extracted(msgspec.structs.replace(found.article, input=name), found.extractor)


def ready(busy: list[Worker]) -> list[Worker]:
    """Those that have something to say, have ended, or have no time left."""
    left = min(worker.deadline for worker in busy) - time.monotonic()
    spoke = wait([worker.connection for worker in busy], max(0.0, left))
    now = time.monotonic()
    return [w for w in busy if w.connection in spoke or w.deadline <= now]
