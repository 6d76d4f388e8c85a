"""Pages read in processes of their own, with limits of time and memory, so that none can stop all.

    for result in extract(pages, workers=2):
        ...  # an Extracted, or the InputError whose code says why there is none

The results come in the order of the pages, and one for each, whatever the pages hold. A process
that takes too long, too much memory, or dies is replaced, and the page that it was at is counted
as ``timeout``, ``memory`` or ``crashed``. At half of its time a page is given to the plain rule of
``pages.paragraphs``, which is quick on any page.
"""

import atexit
import os
import threading
from collections.abc import Iterable, Iterator

from sayso.errors import InputError
from sayso.pages.options import Options
from sayso.pages.processes import Extracted, Limits, Page, Question, Results, Worker, ready
from sayso.records import Article

__all__ = ["Extracted", "Limits", "Page", "extract", "extract_all", "extract_one"]

#: Results that wait for a slower page before them, for each process.
AHEAD = 16
#: What a file may take that can hold hundreds of articles; it is one that a person chose.
OF_FILES = Limits(seconds=120, memory=1024 * 1024 * 1024)


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
    pool = [Worker(limits or Limits()) for _ in range(workers)]
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
            for worker in ready(busy):
                if (results := worker.results()) is not None:
                    done[worker.number] = results[0]
            while told in done:
                yield done.pop(told)
                told += 1
    finally:
        for worker in pool:
            worker.end()


_shared: dict[tuple[int, Limits], Worker] = {}
_sharing = threading.Lock()


def extract_one(page: Page, options: Options | None = None) -> Extracted | InputError:
    """As ``extract``, for one page, in a process that stays for the next.

    Raises:
        SaysoError: the process cannot be started.
    """
    return _extract(page, options or Options(), Limits())[0]


def extract_all(page: Page, options: Options) -> Iterator[Article | InputError]:
    """The articles of a file that a person chose, which may hold many (``export.rtf#3``).

    Raises:
        SaysoError: the process cannot be started.
    """
    for result in _extract(page, options, OF_FILES):
        yield result if isinstance(result, InputError) else result.article


def _extract(page: Page, options: Options, limits: Limits) -> Results:
    # a process that was forked off has none yet
    with _sharing:
        worker = _shared.setdefault((os.getpid(), limits), Worker(limits))
        try:
            worker.give(0, Question(page, options))
            while True:
                for one in ready([worker]):
                    if (results := one.results()) is not None:
                        return results
        finally:
            if not worker.idle:
                # what it would say to this page is no answer to the next
                worker.end()


@atexit.register
def _end_shared() -> None:
    for (process, _), worker in _shared.items():
        if process == os.getpid():
            worker.end()
