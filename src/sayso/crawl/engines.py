"""Where the work of a crawl is done: here, over processes, or elsewhere (``on_daft``)."""

import os
from collections.abc import Iterable, Iterator
from typing import Protocol

from sayso.crawl.settings import Summary
from sayso.crawl.work import Job, Read, Task, do, extracts
from sayso.errors import CrawlError

#: Tasks a process that are under way or wait for it.
_AHEAD = 2
#: One thread a process: the processes fill the cores.
CALM = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Engine(Protocol):
    """Does the work of a crawl, in any order, and tells what came of it."""

    def extract(self, jobs: Iterable[Job]) -> Iterator[Summary]:
        """Find the articles of inputs, as far as it is not done; one summary a batch."""

    def read(self, tasks: Iterable[Read]) -> Iterator[Summary]:
        """Read articles; one summary a batch."""


class Local:
    """Processes of this machine.

    Args:
        processes: how many; by default one a core. One alone works in this process.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._count = processes or os.cpu_count() or 1

    def extract(self, jobs: Iterable[Job]) -> Iterator[Summary]:
        """See ``Engine``."""
        return self._done(task for job in jobs for task in extracts(job))

    def read(self, tasks: Iterable[Read]) -> Iterator[Summary]:
        """See ``Engine``."""
        return self._done(tasks)

    def _done(self, tasks: Iterable[Task]) -> Iterator[Summary]:
        return map(do, tasks) if self._count == 1 else _spread(tasks, self._count)


def _spread(tasks: Iterable[Task], count: int) -> Iterator[Summary]:
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    from sayso.ledger.adding import end_with_parent

    held = {name: os.environ.get(name) for name in CALM}
    os.environ.update(dict.fromkeys(CALM, "1"))
    pool = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
    )
    running: set[Future[Summary]] = set()
    try:
        for task in tasks:
            running.add(pool.submit(do, task))
            if len(running) >= _AHEAD * count:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    except BrokenProcessPool as error:
        raise CrawlError(
            "a process that reads was ended from outside (too little memory?): the same command"
            " goes on where it stopped; --processes takes less memory"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        for name, value in held.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
