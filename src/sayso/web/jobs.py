"""Reading that takes longer than a request may: one process reads, in the order of asking.

A process of its own keeps pages quick while it reads, and takes a hostile page with it when it
goes. What was read and not stored is kept for a while, so that a person can look at it and store it
then.
"""

import contextlib
import faulthandler
import multiprocessing
import os
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from sayso.errors import BusyError, InputError, OptionError, PrivateError, SaysoError
from sayso.ledger.adding import end_with_parent
from sayso.pages import Capture
from sayso.records import Reading
from sayso.web.demo import add_samples

State = Literal["waiting", "reading", "done", "failed"]
#: What is called so that has no name.
PASTED = "pasted text"
#: Jobs that are remembered, the latest.
KEPT = 50
#: Things that may wait to be read, and the bytes of all of them.
WAITING, WAITING_BYTES = 30, 64 * 2**20
#: Seconds for one thing to read.
LIMIT = 120.0
#: Why a job's process may have ended.
ENDED = "takes too long, or more memory than there is: it was given up"
#: Of an address that is not fetched; where in the network it is, is nobody's business.
PRIVATE = "leads into a private network: the desk fetches from the public internet alone"


@dataclass
class Job:
    """One thing to read.

    Attributes:
        id: names it in addresses; nobody guesses it.
        asked: what is to be read, without its text, of which the captures have the bytes; None of
            files that go straight into the ledger.
        what: its input in words: an address, a file's name, "pasted text".
        state: how far it is.
        done: articles that are read already.
        total: articles that there are to read, where that is known beforehand.
        readings: what was read, each with the bytes that it was read from.
        stored: the ids of the articles that were stored.
        failures: what could not be read, in words.
    """

    id: str
    what: str
    asked: "Asked | None" = None
    state: State = "waiting"
    done: int = 0
    total: int | None = None
    readings: list[tuple[Reading, Capture | None]] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in ("done", "failed")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants read.

    Attributes:
        text: pasted text, or bytes of a file; None where ``address`` names what to read.
        name: what to call it; a file's suffix tells its format.
        address: an http(s) address, fetched from public networks alone.
        as_: how to take it; see ``ReadOptions``.
        published: the date of publication, where a person knows it.
        publisher: the publisher's name, likewise.
        url: the address of the article, likewise.
    """

    text: bytes | None = None
    name: str = PASTED
    address: str | None = None
    as_: str = "auto"
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


class Jobs:
    """The things to read of one server.

    Args:
        ledger: where the samples go.
        limit: seconds for one thing to read, or for four samples.
    """

    def __init__(self, ledger: str, limit: float = LIMIT) -> None:
        self._ledger = ledger
        self._limit = limit
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Job, Callable[..., None], Any, tuple[Any, ...]]] = deque()
        self._busy = False
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False

    def get(self, id: str) -> Job | None:
        """The job of this id, where it is still remembered."""
        with self._lock:
            return self._jobs.get(id)

    def running(self) -> list[Job]:
        """What is being read or waits for it."""
        with self._lock:
            return [job for job in self._jobs.values() if not job.over]

    def read(self, asked: Asked, then: Callable[[Job], None] = lambda job: None) -> Job:
        """Have something read.

        Args:
            asked: what.
            then: called with the job when it is read, before it is called done.

        Raises:
            BusyError: too much waits already.
        """
        self._check(asked)
        job = self._new(asked.address or asked.name)
        job.asked = replace(asked, text=None)

        def finish(future: "Future[list[bytes]]") -> None:
            try:
                for kind, *packed in map(msgspec.msgpack.decode, future.result()):
                    if kind == "failed":
                        job.failures.append(packed[0])
                        continue
                    capture = packed[1] and msgspec.msgpack.decode(packed[1], type=Capture)
                    reading = msgspec.msgpack.decode(packed[0], type=Reading)
                    job.readings.append((reading, capture))
                    job.done += 1
                then(job)
            except SaysoError as error:
                job.failures.append(str(error))
            except BrokenProcessPool:
                job.failures.append(f"{job.what}: {ENDED}")
            job.state = "failed" if job.failures and not job.readings else "done"

        self._start(job, finish, _read, asked)
        return job

    def add(self, inputs: list[Path], actors: Path, what: str) -> Job:
        """Have files read into the ledger, a few at a time so that it fills while one looks on."""
        job = self._new(what)
        job.total = len(inputs)
        waiting = list(inputs)

        def step(future: "Future[int]") -> None:
            try:
                job.done += future.result()
            except SaysoError as error:
                job.failures.append(str(error))
            except BrokenProcessPool:
                job.failures.append(f"{job.what}: {ENDED}")
            if waiting and not self._closed and not job.failures:
                go_on()
            else:
                job.state = "failed" if job.failures else "done"

        def go_on() -> None:
            part, waiting[:] = waiting[:4], waiting[4:]
            self._start(job, step, add_samples, self._ledger, part, actors)

        go_on()
        return job

    def _new(self, what: str) -> Job:
        job = Job(secrets.token_urlsafe(9), what)
        with self._lock:
            self._jobs[job.id] = job
            over = [id for id, held in self._jobs.items() if held.over]
            for id in over[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[id]
        return job

    def _start(self, job: Job, then: Callable[..., None], work: Any, *arguments: Any) -> None:
        """Have work done for a job, after what waits already; ``then`` gets its future."""
        with self._lock:
            self._waiting.append((job, then, work, arguments))
        self._next()

    def _check(self, asked: Asked) -> None:
        with self._lock:
            held = [a for *_, arguments in self._waiting for a in arguments if isinstance(a, Asked)]
        size = sum(len(one.text or b"") for one in (*held, asked))
        if len(held) >= WAITING or (held and size > WAITING_BYTES):
            raise BusyError("too much waits to be read: try again in a minute")

    def _next(self) -> None:
        """Submit what waits first, where nothing is under way.

        One thing at a time is with the process, so that none but that is lost with it.
        """
        with self._lock:
            if self._closed or self._busy or not self._waiting:
                return
            self._busy = True
            job, then, work, arguments = self._waiting.popleft()
            job.state = "reading"
            future = self._submitted(work, arguments)

        def over(future: "Future[Any]") -> None:
            then(future)
            with self._lock:
                self._busy = False
            self._next()

        future.add_done_callback(over)

    def _submitted(self, work: Any, arguments: tuple[Any, ...]) -> "Future[Any]":
        """Work given to the process; a new one is started where there is none, or it has ended."""
        if self._pool is not None:
            with contextlib.suppress(BrokenProcessPool):
                return self._pool.submit(_timed, self._limit, work, *arguments)
        self._pool = ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
        )
        return self._pool.submit(_timed, self._limit, work, *arguments)

    def close(self) -> None:
        """End; what is being read is given up."""
        with self._lock:
            self._closed = True
            pool, self._pool = self._pool, None
        if pool is not None:
            for process in list(pool._processes.values()):
                process.terminate()
            pool.shutdown(wait=True, cancel_futures=True)


def _timed(limit: float, work: Callable[..., Any], *arguments: Any) -> Any:
    """Work that ends the process where it takes too long, whatever it is at; in that process."""
    with Path(os.devnull).open("w") as nowhere:
        # a thread of C that waits for no lock of Python's
        faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
        try:
            return work(*arguments)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _read(asked: Asked) -> list[bytes]:
    """The readings of what was asked for, packed; in the reading process."""
    from sayso.api import readings_of
    from sayso.pages import Options, read_bytes, read_captured

    try:
        options = Options(
            as_=asked.as_,  # type: ignore[arg-type]
            published=asked.published,
            publisher=asked.publisher,
            url=asked.url,
        )
    except OptionError as error:
        return [_failed(str(error))]
    name = asked.address or asked.name
    found = (
        read_captured([name], options)
        if asked.text is None
        else read_bytes(name, asked.text, options)
    )
    packed: list[bytes] = []
    for one in found:
        result = one if isinstance(one, InputError) else next(readings_of([one[0]]))
        if isinstance(result, InputError):
            packed.append(_failed(_told(result)))
        elif not isinstance(one, InputError):
            parts = map(msgspec.msgpack.encode, (result, one[1]))
            packed.append(msgspec.msgpack.encode(("read", *parts)))
    return packed or [_failed("holds no article")]


def _failed(words: str) -> bytes:
    return msgspec.msgpack.encode(("failed", words))


def _told(error: InputError) -> str:
    if isinstance(error, PrivateError):
        return f"{error.input}: {PRIVATE}"
    return str(error)
