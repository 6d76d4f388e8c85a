"""Asking for the documents that list pages, and noting what an entry takes of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sayso.errors import FetchError, InputError
from sayso.follow import listings
from sayso.follow.clock import Clock
from sayso.follow.listings import Listed, Listing
from sayso.follow.politeness import Hosts
from sayso.follow.reports import Report, Task, conditions, header
from sayso.follow.settings import Entry
from sayso.follow.state import State
from sayso.pages.fetch import Fetched

#: Sitemaps of an entry that are read in a round, and how deep an index may lead to others.
MAX_SITEMAPS, MAX_LEVEL = 500, 3


class Documents:
    """Feeds, sitemaps and lists."""

    def __init__(self, state: State, hosts: Hosts, clock: Clock) -> None:
        self._state, self._hosts, self._clock = state, hosts, clock
        self._sitemaps: dict[str, set[str]] = {}

    def begin_round(self) -> None:
        """Forget which sitemaps were read."""
        self._sitemaps.clear()

    def read_here(self, entry: Entry, report: Report, folder: Path) -> None:
        """Note the pages of a list that is no address.

        Raises:
            InputError: its file cannot be read, or is no list.
        """
        listing = Listing(pages=[Listed(url) for url in entry.urls or []])
        if entry.file:
            try:
                with (folder / entry.file).open("rb") as stream:
                    data = stream.read(listings.MAX_LIST + 1)
            except OSError as error:
                raise InputError(entry.name, f"cannot be read: {error.strerror}") from error
            listing = listings.of_list(entry.file, data)
        self._keep(entry, report, entry.name, listing)
        report.state = "read"

    def ask(self, task: Task) -> list[Task]:
        """Ask for a document and note what it lists.

        Returns:
            Of an index of sitemaps, those that may have changed.

        Raises:
            InputError: it cannot be had, or is no such document.
        """
        entry, report, url = task.entry, task.report, task.url
        held = self._state.document(url)
        same = held is not None and held["settings"] == entry.digest
        headers = conditions(held) if held is not None and same else {}
        limit = listings.MAX_SITEMAP if entry.kind == "sitemap" else listings.MAX_FEED
        answer = self._hosts.ask(url, headers, limit)
        if task.level == 0:
            report.moved = answer.moved
        if answer.status == 304 and headers:
            report.seen += self._state.listed(url)
            _set_state(task, "unchanged")
            return []
        if answer.status == 410:
            raise FetchError(url, "is gone for good (410): take it out of the feeds file")
        if answer.status != 200:
            raise FetchError(url, f"the server answered {answer.status} {answer.words}")
        listing = _listing(entry, url, answer)
        if not listing.whole:
            report.fail(url, "is damaged: what could be read of it is taken")
        # an index says nothing of whether its sitemaps changed
        keep = answer if listing.whole and not listing.sitemaps else None
        self._keep(entry, report, url, listing, keep, task.mark)
        below = self._sitemaps_of(task, listing.sitemaps)
        _set_state(task, "read")
        return below

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
            etag=header(answer, "ETag"),
            modified=header(answer, "Last-Modified"),
        )

    def _sitemaps_of(self, task: Task, sitemaps: list[Listed]) -> list[Task]:
        """Those of an index that may have changed."""
        if sitemaps and task.level >= MAX_LEVEL:
            raise InputError(task.url, f"is an index more than {MAX_LEVEL} levels deep: not read")
        sitemaps = sorted(sitemaps, key=lambda one: one.mark or "9999", reverse=True)
        found: list[Task] = []
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
            found.append(
                Task(one.url, task.entry, task.report, mark=one.mark, level=task.level + 1)
            )
        return found


def _set_state(task: Task, state: str) -> None:
    if task.level == 0 and task.report.state != "failed":
        task.report.state = state


def _listing(entry: Entry, url: str, answer: Fetched) -> Listing:
    if entry.kind == "sitemap":
        return listings.of_sitemap(url, answer.data, answer.url)
    if entry.kind == "list":
        return listings.of_list(url, answer.data)
    content_type = answer.headers.get("Content-Type", "")[:200]
    return listings.of_feed(url, answer.data, answer.url, content_type)


def _day(page: Listed) -> str | None:
    """The day that a document gives for a page, ISO 8601."""
    from sayso.pages.metadata import any_date

    found = page.stated.published or (any_date(page.mark) if page.mark else None)
    return found[:10] if found else None
