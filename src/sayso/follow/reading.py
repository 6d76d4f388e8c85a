"""Asking for pages, and reading them into the ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sayso.errors import FetchError, InputError
from sayso.follow.clock import Clock
from sayso.follow.politeness import Hosts
from sayso.follow.reports import Task, conditions, header
from sayso.follow.state import State
from sayso.ledger.adding import add_article
from sayso.ledger.store import Row, Store
from sayso.pages.capture import Capture
from sayso.pages.decoding import decode, sniff
from sayso.pages.documents import document_kind
from sayso.pages.fetch import Fetched
from sayso.pages.options import Options, Stated
from sayso.records import Article

#: Seconds up to which the time between two looks at a page grows.
MAX_REVISIT = 7 * 86_400.0


class Gone(FetchError):
    """A page that is there no more."""


class Pages:
    """The pages that documents list.

    Args:
        store: the ledger.
        state: what is known of the pages.
        hosts: by which they are asked for.
        clock: the time.
        revisit: seconds after which a page is asked for again; ``None``: never.
        actors: a CSV file of actors to know by name.
    """

    def __init__(
        self,
        store: Store,
        state: State,
        hosts: Hosts,
        clock: Clock,
        *,
        revisit: float | None,
        actors: Path | None,
    ) -> None:
        self._store, self._state, self._hosts, self._clock = store, state, hosts, clock
        self._revisit, self._actors = revisit, actors

    def ask(self, task: Task) -> None:
        """Ask for a page and read it into the ledger.

        Raises:
            Gone: it is there no more.
            InputError: it cannot be had or read.
        """
        row, now = task.page, self._clock.now()
        assert row is not None
        first = row["read"] is None
        answer = self._hosts.ask(task.url, {} if first else conditions(row))
        if answer.status == 304 and not first:
            self._note_read(row, answer, changed=False)
            task.report.unchanged += 1
            return
        if answer.status in (404, 410):
            raise Gone(task.url, f"is gone ({answer.status})")
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
        revisit, now = self._revisit, self._clock.now()
        pause = min(MAX_REVISIT, max(revisit or 0.0, 0.0 if changed else 2.0 * row["pause"]))
        self._state.note_read(
            row["page"],
            now,
            due=None if revisit is None else now + pause,
            pause=pause,
            etag=header(answer, "ETag") or (None if answer.status == 200 else row["etag"]),
            modified=header(answer, "Last-Modified")
            or (None if answer.status == 200 else row["modified"]),
        )


def _articles(task: Task, answer: Fetched, options: Options) -> Iterator[Article]:
    """The articles of a page; those in HTML are found in a process with limits.

    Raises:
        InputError: there is none.
    """
    document = document_kind(answer.data) is not None
    if not document and sniff(decode(task.url, answer.data, answer.charset)) == "html":
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
