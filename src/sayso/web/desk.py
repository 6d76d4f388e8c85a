"""What pages and API share: the settings, the ledgers that are open, what is being read."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sayso.errors import ReadOnlyError, SaysoError
from sayso.ledger.ledger import Ledger
from sayso.web.jobs import Job, Jobs
from sayso.web.settings import Settings
from sayso.web.tokens import Key


class Desk:
    """One server's state.

    Args:
        settings: how it is run.

    Raises:
        LedgerError: there is no such ledger, or it cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._idle: queue.LifoQueue[Ledger] = queue.LifoQueue()
        self.jobs = Jobs(settings.ledger)
        self.key = Key(settings.token, settings.port)
        # opened once here, so that a missing or newer ledger is told before anybody asks
        first = Ledger(settings.ledger, create=False, readonly=settings.readonly)
        self.writable = not first.store.readonly
        self._idle.put(first)
        self._watch: Ledger | None = None
        self._watching = threading.Lock()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """A ledger that nobody else uses meanwhile.

        Answers run in as many threads as the server has workers, and each takes one at a time, so
        that no more are ever open.
        """
        try:
            book = self._idle.get_nowait()
        except queue.Empty:
            book = Ledger(self.settings.ledger, create=False, readonly=not self.writable)
        try:
            yield book
        except SaysoError:
            self._idle.put(book)
            raise
        except BaseException:
            book.close()  # what became of its connection is not known
            raise
        else:
            self._idle.put(book)

    async def stamp(self) -> str:
        """What differs once anything was written to the ledger; see ``Store.stamp``."""
        # by a thread beside those that answer: what is kept does not wait in line behind them
        return await asyncio.to_thread(self._stamp)

    def _stamp(self) -> str:
        with self._watching:
            if self._watch is None:
                self._watch = Ledger(self.settings.ledger, create=False, readonly=not self.writable)
            return self._watch.store.stamp()

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """The same, to write.

        Raises:
            ReadOnlyError: nothing may be written.
        """
        if not self.writable:
            raise ReadOnlyError(f"{self.settings.ledger}: is read only here")
        with self.ledger() as book:
            yield book

    def told(self, path: str) -> list[Job]:
        """What the page of a path says is being read: the front page all, others what fills it."""
        running = self.jobs.running()
        return running if path == "/" else [job for job in running if job.asked is None]

    def store(self, job: Job) -> None:
        """Store what a job read, in one article's transaction after the other."""
        with self.writing() as book:
            for reading, capture in job.readings:
                book.add_reading(reading, capture)
                if reading.article.id not in job.stored:
                    job.stored.append(reading.article.id)

    def close(self) -> None:
        """Close all ledgers, and end what is being read."""
        self.jobs.close()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
            self._watch = None
        while not self._idle.empty():
            self._idle.get_nowait().close()
