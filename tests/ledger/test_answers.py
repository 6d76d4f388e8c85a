"""Who, agreements and timeline over a few articles."""

import pytest

import sayso
from sayso.errors import LedgerError
from sayso.ledger.ledger import Ledger

ARTICLES = [
    (
        "https://herald.example/1",
        "2031-05-02",
        "Ostrenia and Velmora signed the Halmere Pact on 1 May 2031. Under the pact, Velmora must "
        "consult Ostrenia before moving troops. Velmoran Prime Minister Dana Orlo said the pact "
        "would hold. Karsovian forces shelled Astrin on Wednesday, Orlo said.",
    ),
    (
        "https://tribune.example/2",
        "2031-05-03",
        "Prime Minister Orlo invoked the Halmere Pact on Friday. Critics accused Dana Orlo of "
        "haste. Karsovian forces shelled Astrin on 30 April 2031, the army said.",
    ),
]


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    for url, published, text in ARTICLES:
        ledger.add_reading(sayso.read(text, url=url, published=published))
    return ledger


def test_who_gives_what_one_said_and_what_was_said_of_them(told: Ledger) -> None:
    found = list(told.who("Orlo"))
    assert {one["actor"]["name"] for one in found} == {"Dana Orlo"}
    assert {one["role"] for one in found} == {"source", "about"}
    assert [one["day"] for one in found] == sorted(one["day"] for one in found)
    said = next(one for one in found if one["role"] == "source")
    assert said["article"] == ARTICLES[0][0]
    assert all(said[field] for field in ("text", "content", "chain"))


def test_who_nobody_is(told: Ledger) -> None:
    with pytest.raises(LedgerError, match="knows nobody"):
        list(told.who("Nemo Nobody"))


def test_a_treaty_of_two_articles_is_one(told: Ledger) -> None:
    (pact,) = told.agreements("Halmere")
    assert pact["articles"] == sorted(url for url, _, _ in ARTICLES)
    assert pact["signed"]["value"] == "2031-05-01"
    assert list(told.agreements("no such treaty")) == []


def test_an_event_of_two_articles_is_one(told: Ledger) -> None:
    shelled = [one for one in told.timeline("shelled") if one["date"] == "2031-04-30"]
    assert [sorted(one["articles"]) for one in shelled] == [sorted(url for url, _, _ in ARTICLES)]
    days = [one["date"] for one in told.timeline()]
    assert days == sorted(days)
    assert list(told.timeline(since="2032")) == []


def test_a_rejected_statement_is_gone_from_every_answer(told: Ledger) -> None:
    for one in list(told.who("Orlo")):
        if one["role"] == "source":
            told.review(one["id"], "reject", who="ada")
    assert {one["role"] for one in told.who("Orlo")} <= {"about"}
