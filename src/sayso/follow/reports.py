"""What is to be asked for, and what became of it."""

import msgspec

from sayso.follow.settings import Entry
from sayso.ledger.store import Row
from sayso.pages.fetch import Fetched


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


class Task(msgspec.Struct):
    """Something to ask a host for: a document, or a page."""

    url: str
    entry: Entry
    report: Report
    page: Row | None = None
    mark: str | None = None
    level: int = 0
    tries: int = 0


def conditions(held: Row) -> dict[str, str]:
    """The headers that ask for an answer only if there is something new (RFC 9110, 13.1)."""
    found = {"If-None-Match": held["etag"], "If-Modified-Since": held["modified"]}
    return {name: value for name, value in found.items() if value}


def header(answer: Fetched | None, name: str) -> str | None:
    """A header that may be sent back as it is."""
    value = answer.headers.get(name) if answer else None
    fine = value and len(value) <= 500 and value.isascii() and value.isprintable()
    return value if fine else None
