"""Conflicts: each with both texts and a reason, none that a reader would call false."""

import random
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from sayso.ledger import articles, denials
from sayso.ledger.hedges import sentence
from sayso.ledger.ledger import Ledger
from sayso.ledger.stems import pairs, stems
from sayso.records import Reading

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "conflicts.toml").read_text("utf-8"))["case"]
STORY = tomllib.loads((HERE / "story.toml").read_text("utf-8"))["article"]

#: What a reader finds in the story: kind and words of the two texts, surest and gravest first.
WANTED = [
    ("contradiction", "had risen to 48", "at least 160 Velmoran soldiers"),
    ("contradiction", "killed 300 Karsovian soldiers", "61 Karsovian soldiers"),
    ("denial", "shelling hospitals", "denied shelling hospitals"),
    ("contradiction", "About 3,000 Karsovian soldiers", "nearly 5,000 Karsovian soldiers"),
    ("denial", "our soldiers are in Tavania", "are a lie"),
    ("reversal", "denied that Karsovian soldiers", "confirmed that Karsovian soldiers"),
    ("denial", "About 3,000 Karsovian soldiers", "denied that Karsovian soldiers"),
    ("denial", "nearly 5,000 Karsovian soldiers", "denied that Karsovian soldiers"),
    ("hedge_lost", "at least 160", "160 Velmoran soldiers had been killed, Karspress"),
    ("update", "22 Velmoran soldiers", "had risen to 48"),
    ("update", "had risen to 48", "95 Velmoran soldiers"),
]


Readings = Callable[[Iterable[dict[str, str]]], list[Reading]]


def filled(ledger: Ledger, known: Iterable[Reading]) -> Ledger:
    for reading in known:
        ledger.add_reading(reading)
    return ledger


def holds(found: dict[str, Any], kind: str, *words: str) -> bool:
    texts = (found["a"]["text"], found["b"]["text"])
    return found["kind"] == kind and all(
        word in text for word, text in zip(words, texts, strict=True)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_conflicts(ledger: Ledger, readings: Readings, case: dict[str, Any]) -> None:
    found = list(filled(ledger, readings(case["articles"])).conflicts())
    shown = [f"{one['kind']} | {one['a']['text']} | {one['b']['text']}" for one in found]
    assert len(found) == len(case["conflicts"]), shown
    for one, line in zip(found, case["conflicts"], strict=True):
        kind, *words = line.split(" | ")
        # which of two figures of one day is named first does not matter
        assert holds(one, kind, *words) or (
            kind == "contradiction" and holds(one, kind, *reversed(words))
        ), shown


def test_a_story_shows_what_a_reader_finds_and_nothing_else(
    ledger: Ledger, readings: Readings
) -> None:
    found = list(filled(ledger, readings(STORY)).conflicts())
    for one, (kind, *words) in zip(found, WANTED, strict=True):
        assert holds(one, kind, *words), (one, kind, words)
    for one in found:
        assert set(one) == {"kind", "about", "a", "b", "why"}
        for side in (one["a"], one["b"]):
            assert set(side) == {"statement", "source", "date", "text", "article"}
            assert side["article"].startswith("https://")


def test_queries_narrow_the_answer(ledger: Ledger, readings: Readings) -> None:
    filled(ledger, readings(STORY))
    assert {one["about"] for one in ledger.conflicts("hospitals Lindvik")} == {
        "Karsovia of shelling hospitals in Lindvik"
    }
    assert len(list(ledger.conflicts(limit=3))) == 3
    assert list(ledger.conflicts("xylophones")) == []


def test_the_order_of_adding_changes_nothing_and_forgetting_leaves_nothing(
    tmp_path: Path, readings: Readings
) -> None:
    known = readings(STORY)
    first: list[dict[str, Any]] | None = None
    for turn in range(4):
        random.Random(turn).shuffle(known)
        with Ledger(tmp_path / f"{turn}.db") as ledger:
            found = list(filled(ledger, known).conflicts())
            assert first is None or found == first
            first = found
            store = ledger.store
            keys = [row["article"] for row in store.rows("SELECT article FROM article")]
            with store.write():
                for key in keys:
                    articles.refresh(store, key)
            assert list(ledger.conflicts()) == first
            with store.write():
                for key in keys:
                    denials.forget(store, key)
            for table in ("conflict", "denial", "denied_key"):
                assert store.rows(f"SELECT * FROM {table}") == []


def test_a_merged_source_is_one_party(ledger: Ledger, readings: Readings) -> None:
    """Whom a person says is of one side does not contradict itself."""
    filled(ledger, readings(next(c for c in CASES if "one army" in c["name"])["articles"]))
    assert [one["kind"] for one in ledger.conflicts()] == ["contradiction"]
    rows = ledger.store.rows("SELECT entity, name FROM entity")
    keys = {row["name"]: row["entity"] for row in rows}
    one, other = keys["Lena Marsh"], keys["Ministry of Defense of Karsovia"]
    ledger.merge(f"entity-{one}", f"entity-{other}", who="t")
    assert list(ledger.conflicts()) == []


def test_sentences_share_what_they_are_about() -> None:
    denied, claim = stems("shelling the outposts"), stems("our outposts are being shelled")
    assert pairs(denied) & pairs(claim)
    assert not pairs(stems("the price of bread")) & pairs(claim)


def test_the_sentence_around_some_characters() -> None:
    text = "One came. “Two of them left.” Three stayed."
    for words, whole in (
        ("Two", "“Two of them left.”"),
        ("One", "One came."),
        ("stayed", "Three stayed."),
    ):
        start = text.index(words)
        first, last = sentence(text, start, start + len(words))
        assert text[first:last] == whole
