"""Series: what counts the same thing stands on one line, by source, in any order of adding."""

import itertools
import json
import random
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sayso.ledger.counted import class_of, plural, singular
from sayso.ledger.ledger import Ledger
from sayso.ledger.ranges import ends, exclude
from sayso.records import Reading
from sayso.show.plot import plot

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "series.toml").read_text("utf-8"))["case"]


Readings = Callable[[Iterable[dict[str, str]]], list[Reading]]


def drawn(series: dict[str, Any]) -> list[str]:
    return [
        f"{p['date']} | {p['stance']} | {p['wording']} | {p['origin'] or ''} | {len(p['articles'])}"
        for p in series["points"]
    ]


def answers(ledger: Ledger, query: str | None) -> list[dict[str, Any]]:
    return sorted(ledger.figures(query), key=lambda one: str(one["what"]))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_series(ledger: Ledger, readings: Readings, case: dict[str, Any]) -> None:
    for reading in readings(case["articles"]):
        ledger.add_reading(reading)
    found = [{"what": one["what"], "points": drawn(one)} for one in answers(ledger, case["query"])]
    assert found == case["series"]


def test_the_order_of_adding_changes_nothing_and_forgetting_leaves_nothing(
    tmp_path: Path, readings: Readings
) -> None:
    known = [one for case in CASES for one in readings(case["articles"])]
    known = list({one.article.id: one for one in known}.values())
    first: list[dict[str, Any]] | None = None
    for turn in range(4):
        random.Random(turn).shuffle(known)
        with Ledger(tmp_path / f"{turn}.db") as ledger:
            for reading in known:
                ledger.add_reading(reading)
            found = answers(ledger, None)
            assert first is None or found == first
            first = found
            # made anew, and with another text in the place of each: nothing is left over
            from sayso.ledger import articles, series, sides

            with ledger.store.write():
                for row in ledger.store.rows("SELECT article FROM article"):
                    articles.refresh(ledger.store, row["article"])
            assert answers(ledger, None) == first
            with ledger.store.write():
                for row in ledger.store.rows("SELECT article FROM article"):
                    series.forget(ledger.store, row["article"])
                    sides.forget(ledger.store, row["article"])
            for table in ("series", "series_word", "fight"):
                assert ledger.store.rows(f"SELECT * FROM {table}") == []


def test_ranges_name_no_best_number(ledger: Ledger, readings: Readings) -> None:
    for reading in readings(CASES[0]["articles"] + CASES[1]["articles"][:1]):
        ledger.add_reading(reading)
    (series,) = ledger.figures("Karsovian soldiers killed", ranged=True)
    assert [(r["party"], r["stance"], r["low"], r["high"]) for r in series["ranges"]] == [
        ("Karsovia", "own", 34, 51),
        ("Ostrenia", "opponent", 200, None),
    ]
    assert "best" not in json.dumps(series)


def test_queries_fall_back_to_what_they_name(ledger: Ledger, readings: Readings) -> None:
    for reading in readings(itertools.chain(*(case["articles"] for case in CASES))):
        ledger.add_reading(reading)

    def labels(query: str) -> list[str]:
        return [one["what"] for one in answers(ledger, query)]

    assert labels("deaths of Karsovian troops") == ["soldiers of Karsovia killed"]
    assert labels("how many Velmoran civilians died") == ["civilians of Velmora killed"]
    assert labels("xylophones") == []
    assert len(list(ledger.figures(limit=2))) == 2


@pytest.mark.parametrize(
    ("words", "kind", "held"),
    [
        ("dead Ostrenian soldiers", "people", "soldiers"),
        ("military deaths", "people", "soldiers"),
        ("members of the armed forces", "people", "soldiers"),
        ("Ostrenian servicemen", "people", "soldiers"),
        ("deaths of civilians", "people", "civilians"),
        ("civilian casualties", "people", "civilians"),
        ("deaths", "people", "people"),
        (None, "people", "people"),
        ("miners", "people", "miner"),
        ("police officers", "people", "police"),
        ("artillery shells used by the army", "share", "shells"),
        ("combat drones", "weapons", "drones"),
        ("libraries", "goods", "library"),
    ],
)
def test_classes_of_what_is_counted(words: str | None, kind: str, held: str) -> None:
    assert class_of(words, kind) == held


@pytest.mark.parametrize(
    ("one", "many"), [("village", "villages"), ("body", "bodies"), ("man", "men"), ("bus", "buses")]
)
def test_singular_and_plural(one: str, many: str) -> None:
    assert singular(many) == one
    assert plural(one) == many


def _number(bound: str, value: float | None, low: float | None, high: float | None) -> Any:
    return {"bound": bound, "value": value, "low": low, "high": high}


EXACT_71 = _number("exact", 71, 71, 71)
OVER_70 = _number("more_than", 70, 70, None)
OVER_71 = _number("more_than", 71, 71, None)
ABOUT_50 = _number("about", 50, None, None)
EXACT_49 = _number("exact", 49, 49, 49)
NEARLY_15 = _number("nearly", 15, None, 15)
AT_LEAST_20 = _number("at_least", 20, 20, None)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (OVER_70, EXACT_71, False),
        (OVER_71, EXACT_71, True),
        (ABOUT_50, EXACT_49, False),
        (ABOUT_50, EXACT_71, True),
        (NEARLY_15, AT_LEAST_20, True),
        (AT_LEAST_20, EXACT_71, False),
    ],
)
def test_numbers_that_exclude_each_other(one: Any, other: Any, wanted: bool) -> None:
    assert exclude(one, other) is wanted
    assert exclude(other, one) is wanted


def test_an_open_end_stays_open_only_where_no_other_number_goes_beyond() -> None:
    assert ends([AT_LEAST_20, EXACT_71]) == (20, 71)
    assert ends([AT_LEAST_20, _number("exact", 9, 9, 9)]) == (9, None)
    assert ends([ABOUT_50]) == (50, 50)


def test_a_plot_is_the_same_bytes_and_says_in_words_what_it_shows(
    ledger: Ledger, tmp_path: Path, readings: Readings
) -> None:
    for reading in readings(CASES[0]["articles"]):
        ledger.add_reading(reading)
    series = list(ledger.figures("soldiers killed"))
    paths = [tmp_path / name for name in ("a.svg", "b.svg", "c.png")]
    for path in paths:
        plot(series, path)
    first, again, picture = (path.read_bytes() for path in paths)
    assert first == again
    assert picture.startswith(b"\x89PNG")
    texts = [text.strip() for text in ElementTree.fromstring(first).itertext() if text.strip()]
    assert "soldiers of Karsovia killed" in texts
    assert any("2031-03-03: 51, Ministry of Defense of Karsovia (own)" in text for text in texts)
