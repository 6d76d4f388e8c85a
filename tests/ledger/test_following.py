"""What following remembers, in both stores."""

from sayso.follow.listings import Listed
from sayso.follow.state import State
from sayso.ledger.ledger import Ledger
from sayso.pages.options import Stated

FEED = "https://gazette.example/rss"
PAGES = [
    Listed(f"https://gazette.example/{name}?utm_source=rss", "one", Stated(title="A toll"))
    for name in ("a", "b")
]


def test_pages_are_due_until_they_are_read(ledger: Ledger) -> None:
    state = State(ledger.store)
    state.keep_listing(FEED, FEED, PAGES, 100.5, settings="x", etag='"one"')
    assert state.listed(FEED) == 2
    assert [row["url"] for row in state.due(FEED, 100.9)] == [page.url for page in PAGES]
    assert state.due("https://courier.example/rss", 999) == []
    first = state.due(FEED, 101)[0]["page"]
    assert first == "https://gazette.example/a"
    state.note_read(first, 101, due=200, pause=99, etag='"a"', modified=None)
    assert [row["page"] for row in state.due(FEED, 150)] == ["https://gazette.example/b"]
    state.note_missed("https://gazette.example/b", due=300)
    assert [row["page"] for row in state.due(FEED, 250)] == [first]
    assert [row["misses"] for row in state.due(FEED, 300)] == [0, 1]
    # what is no longer listed is asked for until it was read, not afterwards
    state.keep_listing(FEED, FEED, [], 301, settings="x")
    assert [row["page"] for row in state.due(FEED, 400)] == ["https://gazette.example/b"]
    assert state.listed(FEED) == 0


def test_a_page_is_due_when_the_feed_says_that_it_changed(ledger: Ledger) -> None:
    state = State(ledger.store)
    state.keep_listing(FEED, FEED, PAGES, 100, settings="x")
    for row in state.due(FEED, 100):
        state.note_read(row["page"], 100, due=None, pause=0, etag=None, modified=None)
    state.keep_listing(FEED, FEED, PAGES, 200, settings="x")
    assert state.due(FEED, 200) == []
    changed = Listed(PAGES[1].url, "two")
    state.keep_listing(FEED, FEED, [PAGES[0], changed], 300, settings="x")
    assert [row["page"] for row in state.due(FEED, 300)] == ["https://gazette.example/b"]


def test_hosts_are_claimed_by_one(ledger: Ledger) -> None:
    state = State(ledger.store)
    assert state.claim("gazette.example:443", 100.0, 2.5) == 0
    assert state.claim("gazette.example:443", 101.0, 2.5) == 1.5
    assert state.claim("courier.example:443", 101.0, 2.5) == 0
    state.hold_off("gazette.example:443", 160.0)
    state.hold_off("gazette.example:443", 120.0)
    state.keep_robots("gazette.example:443", None, 500.0)
    assert state.claim("gazette.example:443", 150.0, 2.5) == 10
    held = state.host("gazette.example:443")
    assert held is not None
    assert (held["free"], held["robots"], held["robots_until"]) == (160.0, None, 500.0)
