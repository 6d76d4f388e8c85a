"""Following: what is due is asked for, host by host in turn, and read into the ledger.

A round asks for the documents (feeds, sitemaps, lists) and for the pages that they list. What a
document lists is noted before its pages are asked for: nothing is lost however a round ends.
"""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import msgspec

from sayso.errors import FetchError, InputError, PrivateError
from sayso.follow import listings
from sayso.follow.clock import Clock
from sayso.follow.listings import Listed, Listing
from sayso.follow.politeness import PATIENCE, Busy, Disallowed, Hosts, Later
from sayso.follow.settings import Entry, Settings, host_of
from sayso.follow.state import State
from sayso.ledger.adding import add_article
from sayso.ledger.store import Row, Store
from sayso.pages.capture import Capture
from sayso.pages.decoding import decode, sniff
from sayso.pages.fetch import Fetched
from sayso.pages.options import Options, Stated
from sayso.pages.reasons import Boilerplate
from sayso.records import Article

#: How often something is tried in one round, and rounds in which a page is tried.
TRIES, ROUNDS = 3, 10
#: Seconds after which a page that could not be had is tried again; doubled up to a day.
RETRY, MAX_RETRY = 3600.0, 86_400.0
#: Seconds after which a page that robots.txt closes is looked at again.
CLOSED = 86_400.0
#: Seconds up to which the time between two looks at a page grows.
MAX_REVISIT = 7 * 86_400.0
#: Sitemaps of an entry that are read in a round, and how deep an index may lead to others.
MAX_SITEMAPS, MAX_LEVEL = 500, 3


class Report(msgspec.Struct):
    """What became of one entry of the feeds file in a round.

    Attributes:
        feed: its address or file.
        kind: feed, sitemap or list.
        state: ``read``; ``unchanged`` (the server says so); ``failed``; ``later``: its host is to
            be left alone for now, or the round ended before.
        moved: where it has moved for good.
        seen: pages that it lists.
        left_out: of them, those that the entry's patterns and limits leave out.
        new, changed, unchanged: pages that were had, by what the ledger made of them.
        no_article: pages that are none (fronts, lists, walls).
        skipped_robots: pages that robots.txt closes.
        later: pages that are asked for in a later round.
        failed: pages that could not be had or read.
        failures: the entry's own failure and those of its pages, with the reason.
    """

    feed: str
    kind: str
    state: str = "later"
    moved: str | None = None
    seen: int = 0
    left_out: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    no_article: int = 0
    skipped_robots: int = 0
    later: int = 0
    failed: int = 0
    failures: list[dict[str, str]] = []

    def fail(self, input: str, reason: str) -> None:
        """Note a failure."""
        self.failures.append({"input": input, "reason": reason})


class _Task(msgspec.Struct):
    """Something to ask a host for: a document, or a page."""

    url: str
    entry: Entry
    report: Report
    page: Row | None = None
    mark: str | None = None
    level: int = 0
    tries: int = 0


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
        self._store, self._settings, self._clock, self._actors = store, settings, clock, actors
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
        self._queues: dict[str, deque[_Task]] = {}
        self._queued: set[str] = set()
        self._sitemaps: dict[str, set[str]] = {}

    def round(self) -> list[Report]:
        """Ask for all that is due, once; what is still to be done when it ends, a later round does.

        Raises:
            Stopped: the clock was told to end.
            LedgerError: the ledger cannot be written.
        """
        self._hosts.begin_round()
        self._queues.clear()
        self._queued.clear()
        self._sitemaps.clear()
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
            self._put(_Task(entry.url, entry, report))
            return
        try:
            if entry.file:
                with (self._settings.folder / entry.file).open("rb") as stream:
                    listing = listings.of_list(entry.file, stream.read(listings.MAX_LIST + 1))
            else:
                listing = Listing(pages=[Listed(url) for url in entry.urls or []])
        except OSError as error:
            self._failed(report, entry.name, f"cannot be read: {error.strerror}")
        except InputError as error:
            self._failed(report, entry.name, error.reason)
        else:
            self._keep(entry, report, entry.name, listing)
            report.state = "read"
        self._queue_pages(entry, report)

    def _put(self, task: _Task, *, first: bool = False) -> None:
        queue = self._queues.setdefault(host_of(task.url), deque())
        if first:
            queue.appendleft(task)
        else:
            queue.append(task)

    def _next(self) -> _Task | None:
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

    def _run(self, task: _Task) -> None:
        """Ask for one thing; nothing that it holds or does stops the others."""
        task.tries += 1
        work = self._document if task.page is None else self._page
        try:
            work(task)
        except Busy as error:
            if task.tries < TRIES:
                self._put(task, first=True)
            else:
                self._miss(task, error.reason)
        except Later as error:
            self._put_off(task, error.reason)
        except Disallowed as error:
            self._close(task, error.reason)
        except PrivateError as error:
            self._miss(task, error.reason, for_good=True)
        except InputError as error:
            self._miss(task, error.reason, no_article=error.code in get_args(Boilerplate))

    # What becomes of a task that gives nothing.

    def _put_off(self, task: _Task, reason: str) -> None:
        if task.page is not None:
            task.report.later += 1
            return
        task.report.fail(task.url, reason)
        if task.level == 0:
            self._queue_pages(task.entry, task.report)

    def _close(self, task: _Task, reason: str) -> None:
        if task.page is None:
            self._miss(task, reason)
            return
        task.report.skipped_robots += 1
        due = self._clock.now() + CLOSED
        self._state.note_missed(task.page["page"], due=due, miss=False)

    def _miss(
        self, task: _Task, reason: str, *, for_good: bool = False, no_article: bool = False
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

    # Documents.

    def _document(self, task: _Task) -> None:
        entry, report, url = task.entry, task.report, task.url
        held = self._state.document(url)
        same = held is not None and held["settings"] == entry.digest
        headers = _conditions(held) if held is not None and same else {}
        limit = listings.MAX_SITEMAP if entry.kind == "sitemap" else listings.MAX_FEED
        answer = self._hosts.ask(url, headers, limit)
        if task.level == 0:
            report.moved = answer.moved
        if answer.status == 304 and headers:
            report.seen += self._state.listed(url)
            self._read(task, "unchanged")
            return
        if answer.status == 410:
            raise FetchError(url, "is gone for good (410): take it out of the feeds file")
        if answer.status != 200:
            raise FetchError(url, f"the server answered {answer.status} {answer.words}")
        listing = self._listing(entry, url, answer)
        if not listing.whole:
            report.fail(url, "is damaged: what could be read of it is taken")
        # an index says nothing of whether its sitemaps changed
        keep = answer if listing.whole and not listing.sitemaps else None
        self._keep(entry, report, url, listing, keep, task.mark)
        self._queue_sitemaps(task, listing.sitemaps)
        self._read(task, "read")

    def _read(self, task: _Task, state: str) -> None:
        if task.level == 0 and task.report.state != "failed":
            task.report.state = state
        self._queue_pages(task.entry, task.report)

    @staticmethod
    def _listing(entry: Entry, url: str, answer: Fetched) -> Listing:
        if entry.kind == "sitemap":
            return listings.of_sitemap(url, answer.data, answer.url)
        if entry.kind == "list":
            return listings.of_list(url, answer.data)
        content_type = answer.headers.get("Content-Type", "")[:200]
        return listings.of_feed(url, answer.data, answer.url, content_type)

    def _keep(
        self,
        entry: Entry,
        report: Report,
        url: str,
        listing: Listing,
        answer: Fetched | None = None,
        mark: str | None = None,
    ) -> None:
        """Note the pages that an entry takes of a listing."""
        now = self._clock.now()
        pages = [page for page in listing.pages if entry.takes(page.url)]
        if entry.days is not None:
            since = (datetime.fromtimestamp(now, UTC) - timedelta(days=entry.days)).date()
            pages = [page for page in pages if (_day(page) or "9999") >= since.isoformat()]
        if entry.newest is not None and len(pages) > entry.newest:
            if all(map(_day, pages)):
                pages.sort(key=lambda page: _day(page) or "", reverse=True)
            pages = pages[: entry.newest]
        report.seen += len(listing.pages)
        report.left_out += len(listing.pages) - len(pages)
        self._state.keep_listing(
            entry.name,
            url,
            pages,
            now,
            settings=entry.digest,
            mark=mark,
            etag=_header(answer, "ETag"),
            modified=_header(answer, "Last-Modified"),
        )

    def _queue_sitemaps(self, task: _Task, sitemaps: list[Listed]) -> None:
        """Those of an index that may have changed."""
        if sitemaps and task.level >= MAX_LEVEL:
            raise InputError(task.url, f"is an index more than {MAX_LEVEL} levels deep: not read")
        sitemaps = sorted(sitemaps, key=lambda one: one.mark or "9999", reverse=True)
        known = self._sitemaps.setdefault(task.entry.name, {task.url})
        for one in sitemaps:
            if one.url in known:
                continue
            if len(known) > MAX_SITEMAPS:
                reason = f"has more than {MAX_SITEMAPS} sitemaps: the oldest are left out"
                task.report.fail(task.url, reason)
                break
            known.add(one.url)
            held = self._state.document(one.url)
            same = held is not None and held["settings"] == task.entry.digest
            if one.mark and same and held is not None and held["mark"] == one.mark:
                task.report.seen += self._state.listed(one.url)
                continue
            below = _Task(one.url, task.entry, task.report, mark=one.mark, level=task.level + 1)
            self._put(below)

    # Pages.

    def _queue_pages(self, entry: Entry, report: Report) -> None:
        """Queue what is due of an entry and was not queued in this round."""
        for row in self._state.due(entry.name, self._clock.now()):
            if row["page"] not in self._queued:
                self._queued.add(row["page"])
                self._put(_Task(row["url"], entry, report, page=row))

    def _page(self, task: _Task) -> None:
        row, now = task.page, self._clock.now()
        assert row is not None
        first = row["read"] is None
        answer = self._hosts.ask(task.url, {} if first else _conditions(row))
        if answer.status == 304 and not first:
            self._note_read(row, answer, changed=False)
            task.report.unchanged += 1
            return
        if answer.status in (404, 410):
            self._miss(task, f"is gone ({answer.status})", for_good=True)
            return
        if answer.status != 200:
            raise FetchError(task.url, f"the server answered {answer.status} {answer.words}")
        stated = msgspec.json.decode(row["stated"] or "{}", type=Stated)
        options = Options(publisher=task.entry.publisher, stated=stated)
        retrieved = datetime.fromtimestamp(now, UTC).replace(microsecond=0, tzinfo=None)
        outcomes = set()
        for article in _articles(task, answer, options):
            capture = Capture(answer.data, "address", answer.url, retrieved.isoformat() + "Z")
            outcomes.add(add_article(self._store, article, capture, actors=self._actors))
        self._note_read(row, answer, changed=outcomes != {"unchanged"})
        if "changed" in outcomes:
            task.report.changed += 1
        elif "added" in outcomes:
            task.report.new += 1
        else:
            task.report.unchanged += 1

    def _note_read(self, row: Row, answer: Fetched, *, changed: bool) -> None:
        """Note that a page was had, and when to look again."""
        revisit, now = self._settings.revisit, self._clock.now()
        pause = min(MAX_REVISIT, max(revisit or 0.0, 0.0 if changed else 2.0 * row["pause"]))
        self._state.note_read(
            row["page"],
            now,
            due=None if revisit is None else now + pause,
            pause=pause,
            etag=_header(answer, "ETag") or (None if answer.status == 200 else row["etag"]),
            modified=_header(answer, "Last-Modified")
            or (None if answer.status == 200 else row["modified"]),
        )


def _articles(task: _Task, answer: Fetched, options: Options) -> Iterator[Article]:
    """The articles of a page; those in HTML are found in a process with limits.

    Raises:
        InputError: there is none.
    """
    text = decode(task.url, answer.data, answer.charset)
    if sniff(text) == "html":
        from sayso.pages.guarded import Extracted, Page, extract_one

        chosen = task.entry.kind == "list"
        page = Page(task.url, answer.data, answer.url, answer.charset, chosen=chosen)
        found = extract_one(page, options)
        if not isinstance(found, Extracted):
            raise found
        yield found.article
        return
    from sayso.pages.inputs import read_fetched

    for result in read_fetched(task.url, answer, options):
        if isinstance(result, InputError):
            raise result
        yield result[0]


def _conditions(held: Row) -> dict[str, str]:
    """The headers that ask for an answer only if there is something new (RFC 9110, 13.1)."""
    found = {"If-None-Match": held["etag"], "If-Modified-Since": held["modified"]}
    return {name: value for name, value in found.items() if value}


def _header(answer: Fetched | None, name: str) -> str | None:
    """A header that may be sent back as it is."""
    value = answer.headers.get(name) if answer else None
    fine = value and len(value) <= 500 and value.isascii() and value.isprintable()
    return value if fine else None


def _day(page: Listed) -> str | None:
    """The day that a document gives for a page, ISO 8601."""
    from sayso.pages.metadata import any_date

    found = page.stated.published or (any_date(page.mark) if page.mark else None)
    return found[:10] if found else None
