"""What following remembers, in the ledger: documents, pages and hosts.

What a document lists is stored in one transaction with the document's own validators (ETag,
Last-Modified), and a page is due until it was read. Whatever is killed when, no page is lost, and
one that was read but not noted is asked for again and found to be stored.
"""

from collections.abc import Iterable

import msgspec

from sayso.follow.listings import Listed
from sayso.ledger.articles import address_key
from sayso.ledger.store import Row, Store


class State:
    """The tables of ``migrations/*/0011_follow.sql``."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def document(self, url: str) -> Row | None:
        """What is known of a feed, sitemap or list."""
        return self.store.one("SELECT * FROM follow_document WHERE url = ?", url)

    def listed(self, url: str) -> int:
        """How many pages a document listed when it was last read."""
        return int(
            self.store.value(
                "SELECT count(*) AS value FROM follow_page AS page"
                " JOIN follow_document AS held ON held.url = page.document"
                " WHERE held.url = ? AND page.listed = held.listed",
                url,
            )
        )

    def keep_listing(
        self,
        feed: str,
        url: str,
        pages: Iterable[Listed],
        now: float,
        *,
        settings: str,
        mark: str | None = None,
        etag: str | None = None,
        modified: str | None = None,
    ) -> None:
        """Note what a document lists, and by what it is known again, both or neither."""
        at = int(now)
        with self.store.write():
            for page in pages:
                self._keep_page(feed, url, page, at)
            self.store.run("DELETE FROM follow_document WHERE url = ?", url)
            self.store.run(
                "INSERT INTO follow_document (url, etag, modified, settings, mark, listed)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                *(url, etag, modified, settings, mark, at),
            )

    def _keep_page(self, feed: str, document: str, page: Listed, at: int) -> None:
        key = address_key(page.url)
        stated = msgspec.json.encode(page.stated).decode()
        held = self.store.one("SELECT mark FROM follow_page WHERE page = ?", key)
        if held is None:
            self.store.run(
                "INSERT INTO follow_page (page, url, feed, document, listed, mark, stated, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *(key, page.url, feed, document, at, page.mark, stated, at),
            )
            return
        self.store.run(
            "UPDATE follow_page SET url = ?, feed = ?, document = ?, listed = ?, stated = ?"
            " WHERE page = ?",
            *(page.url, feed, document, at, stated, key),
        )
        if page.mark and page.mark != held["mark"]:
            self.store.run(
                "UPDATE follow_page SET mark = ?, due = ?, pause = 0, misses = 0 WHERE page = ?",
                *(page.mark, at, key),
            )

    def due(self, feed: str, now: float) -> list[Row]:
        """The pages of a feed to be asked for: not yet read, or still listed and due again."""
        return self.store.rows(
            "SELECT page.* FROM follow_page AS page"
            " LEFT JOIN follow_document AS held ON held.url = page.document"
            " WHERE page.feed = ? AND page.due <= ?"
            " AND (page.read IS NULL OR page.listed = held.listed)"
            " ORDER BY page.listed DESC, page.due, page.page",
            *(feed, int(now)),
        )

    def note_read(
        self,
        page: str,
        now: float,
        *,
        due: float | None,
        pause: float,
        etag: str | None,
        modified: str | None,
    ) -> None:
        """A page was had, or had not changed."""
        with self.store.write():
            self.store.run(
                "UPDATE follow_page SET read = ?, due = ?, pause = ?, misses = 0, etag = ?,"
                " modified = ? WHERE page = ?",
                *(int(now), None if due is None else int(due), int(pause), etag, modified, page),
            )

    def note_missed(self, page: str, *, due: float | None, miss: bool = True) -> None:
        """A page could not be had; ``due`` is when to try again (``None``: not any more)."""
        with self.store.write():
            self.store.run(
                "UPDATE follow_page SET due = ?, misses = misses + ? WHERE page = ?",
                *(None if due is None else int(due), int(miss), page),
            )

    def host(self, host: str) -> Row | None:
        """What is known of a host."""
        return self.store.one("SELECT * FROM follow_host WHERE host = ?", host)

    def claim(self, host: str, now: float, delay: float) -> float:
        """Take the right to ask a host now, and keep others from it for ``delay`` seconds.

        Returns:
            0, or the seconds until the host may be asked.
        """
        with self.store.write():
            held = self.host(host)
            if held is not None and held["free"] > now:
                return float(held["free"] - now)
            self._set_free(host, now + delay)
        return 0.0

    def hold_off(self, host: str, until: float) -> None:
        """Leave a host alone until then."""
        with self.store.write():
            held = self.host(host)
            if held is None or held["free"] < until:
                self._set_free(host, until)

    def _set_free(self, host: str, free: float) -> None:
        self.store.run(
            "INSERT INTO follow_host (host, free) VALUES (?, ?)"
            " ON CONFLICT (host) DO UPDATE SET free = excluded.free",
            *(host, free),
        )

    def keep_robots(self, host: str, robots: str | None, until: float) -> None:
        """Keep a host's robots.txt (``None``: it has none)."""
        with self.store.write():
            self.store.run(
                "INSERT INTO follow_host (host, free, robots, robots_until) VALUES (?, 0, ?, ?)"
                " ON CONFLICT (host) DO UPDATE SET robots = excluded.robots,"
                " robots_until = excluded.robots_until",
                *(host, robots, until),
            )
