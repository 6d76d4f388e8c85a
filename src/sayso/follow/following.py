"""Following: what is due is asked for, host by host in turn, and read into the ledger.

A round asks for the documents (feeds, sitemaps, lists) and for the pages that they list. What a
document lists is noted before its pages are asked for: nothing is lost however a round ends.
"""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from sayso.errors import InputError, PrivateError, SaysoError
from sayso.follow.clock import Clock, Stopped
from sayso.follow.documents import Documents
from sayso.follow.politeness import PATIENCE, Busy, Disallowed, Hosts, Later
from sayso.follow.reading import Gone, Pages
from sayso.follow.reports import Report, Task
from sayso.follow.settings import Entry, Settings, host_of
from sayso.follow.state import State
from sayso.ledger.store import Store
from sayso.pages.reasons import Boilerplate

#: How often something is tried in one round, and rounds in which a page is tried.
TRIES, ROUNDS = 3, 10
#: Seconds after which a page that could not be had is tried again; doubled up to a day.
RETRY, MAX_RETRY = 3600.0, 86_400.0
#: Seconds after which a page that robots.txt closes is looked at again.
CLOSED = 86_400.0
Progress = Callable[[str], None]


class Follower:
    """Follows what a feeds file names.

    Args:
        store: the ledger.
        settings: the feeds file.
        clock: the time.
        actors: a CSV file of actors to know by name.
        allow_private: let the hosts that the feeds file names lie in private networks.
        timeout: seconds for one address.
        progress: called with the address that is asked next.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Clock,
        *,
        actors: Path | None = None,
        allow_private: bool = False,
        timeout: float = 20.0,
        progress: Progress | None = None,
    ) -> None:
        self._settings, self._clock = settings, clock
        self._state = State(store)
        self._tell = progress or (lambda url: None)
        self._hosts = Hosts(
            self._state,
            clock,
            delay=settings.delay,
            contact=settings.contact,
            private=settings.named_hosts() if allow_private else frozenset(),
            timeout=timeout,
        )
        self._documents = Documents(self._state, self._hosts, clock)
        self._pages = Pages(
            store, self._state, self._hosts, clock, revisit=settings.revisit, actors=actors
        )
        self._queues: dict[str, deque[Task]] = {}
        self._queued: set[str] = set()

    def round(self) -> list[Report]:
        """Ask for all that is due, once; what is still to be done when it ends, a later round does.

        Raises:
            Stopped: the clock was told to end.
            LedgerError: the ledger cannot be written.
        """
        self._hosts.begin_round()
        self._queues.clear()
        self._queued.clear()
        self._documents.begin_round()
        reports = []
        for entry in self._settings.entries:
            report = Report(entry.name, entry.kind)
            reports.append(report)
            self._begin(entry, report)
        while task := self._next():
            self._tell(task.url)
            self._run(task)
        return reports

    def _begin(self, entry: Entry, report: Report) -> None:
        """Queue an entry's document; one that is no address is read here."""
        if entry.url:
            self._put(Task(entry.url, entry, report))
            return
        try:
            self._documents.read_here(entry, report, self._settings.folder)
        except InputError as error:
            self._failed(report, entry.name, error.reason)
        self._queue_pages(entry, report)

    def _put(self, task: Task, *, first: bool = False) -> None:
        queue = self._queues.setdefault(host_of(task.url), deque())
        if first:
            queue.appendleft(task)
        else:
            queue.append(task)

    def _next(self) -> Task | None:
        """The next task of the host that may be asked soonest, when it may be."""
        while True:
            free = {host: self._hosts.free(host) for host, queue in self._queues.items() if queue}
            if not free:
                return None
            host = min(free, key=lambda one: free[one])
            wait = free[host] - self._clock.now()
            if wait <= PATIENCE:
                self._clock.wait(wait)
                return self._queues[host].popleft()
            for task in self._queues.pop(host):
                reason = f"{host} is to be left alone for {wait:.0f} more seconds"
                self._put_off(task, reason)

    def _run(self, task: Task) -> None:
        """Ask for one thing; nothing that it holds or does stops the others."""
        task.tries += 1
        try:
            if task.page is not None:
                self._pages.ask(task)
                return
            for sitemap in self._documents.ask(task):
                self._put(sitemap)
            self._queue_pages(task.entry, task.report)
        except Busy as error:
            if task.tries < TRIES:
                self._put(task, first=True)
            else:
                self._miss(task, error.reason)
        except Later as error:
            self._put_off(task, error.reason)
        except Disallowed as error:
            self._close(task, error.reason)
        except (Gone, PrivateError) as error:
            self._miss(task, error.reason, for_good=True)
        except InputError as error:
            self._miss(task, error.reason, no_article=error.code in get_args(Boilerplate))
        except (SaysoError, Stopped):
            raise
        except Exception as error:
            told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            self._miss(task, f"a fault of sayso's own, please report it: {told}")

    # What becomes of a task that gives nothing.

    def _put_off(self, task: Task, reason: str) -> None:
        if task.page is not None:
            task.report.later += 1
            return
        task.report.fail(task.url, reason)
        if task.level == 0:
            self._queue_pages(task.entry, task.report)

    def _close(self, task: Task, reason: str) -> None:
        if task.page is None:
            self._miss(task, reason)
            return
        task.report.skipped_robots += 1
        due = self._clock.now() + CLOSED
        self._state.note_missed(task.page["page"], due=due, miss=False)

    def _miss(
        self, task: Task, reason: str, *, for_good: bool = False, no_article: bool = False
    ) -> None:
        if task.page is None:
            self._failed(task.report, task.url, reason)
            if task.level == 0:
                self._queue_pages(task.entry, task.report)
            return
        misses = int(task.page["misses"])
        due = self._clock.now() + min(MAX_RETRY, RETRY * 2**misses)
        over = for_good or no_article or misses + 1 >= ROUNDS
        self._state.note_missed(task.page["page"], due=None if over else due)
        if no_article:
            task.report.no_article += 1
        else:
            task.report.failed += 1
            task.report.fail(task.url, reason)

    @staticmethod
    def _failed(report: Report, name: str, reason: str) -> None:
        report.state = "failed"
        report.fail(name, reason)

    def _queue_pages(self, entry: Entry, report: Report) -> None:
        """Queue what is due of an entry and was not queued in this round."""
        for row in self._state.due(entry.name, self._clock.now()):
            if row["page"] not in self._queued:
                self._queued.add(row["page"])
                self._put(Task(row["url"], entry, report, page=row))
