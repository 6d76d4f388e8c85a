"""How a ledger keeps up: time of adding, of answers, and size, with readings made by program.

Run as ``make bench-ledger``; ``ARTICLES=2000`` makes it a short run. Readings are made beforehand,
batch by batch, outside of what is timed. Adding is in transactions of 50 articles; its time is told
by the clock and by the processor, since a machine may be busy with other things.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from generated import COUNTRIES, Maker

import sayso

BATCH = 50
ASKED = 40
#: Options of answers: as many conflicts as ``sayso conflicts`` shows.
OPTIONS: dict[str, dict[str, Any]] = {"conflicts": {"limit": 20}}
#: Goals: articles a second, seconds for 95 of 100 answers, bytes a byte of text, slowing down.
ADD_GOAL, ANSWER_GOAL, SIZE_GOAL, GROWTH_GOAL = 100, 0.15, 4.0, 2.0


def add(
    ledger: "sayso.Ledger", readings: Iterable[sayso.Reading], count: int
) -> tuple[list[float], list[float], int]:
    """Add ``count`` readings.

    Returns:
        The seconds that an article of each batch took, those of them that the processor worked, and
        the bytes of text.
    """
    seconds, work, text = [], [], 0
    for done in range(0, count, BATCH):
        batch = list(islice(readings, BATCH))
        text += sum(len(reading.article.text.encode()) for reading in batch)
        start, before = time.perf_counter(), time.process_time()
        ledger.add_readings(batch)
        seconds.append((time.perf_counter() - start) / len(batch))
        work.append((time.process_time() - before) / len(batch))
        if done % 5000 == 0 and sys.stderr.isatty():
            print(f"\r{done} articles", end="", file=sys.stderr)
    return seconds, work, text


def p95(ask: Callable[[str], Any], queries: list[str]) -> float:
    """The seconds within which 95 of 100 queries are answered."""
    seconds = []
    for query in queries:
        start = time.perf_counter()
        try:
            for _ in ask(query):
                pass
        except sayso.LedgerError:
            continue
        seconds.append(time.perf_counter() - start)
    return statistics.quantiles(seconds, n=20)[-1]


def queries_of(ledger: "sayso.Ledger") -> dict[str, list[str]]:
    """What is asked, from what the ledger holds: names, words of claims, countries."""
    chance = random.Random(3)
    top = ledger.store.value("SELECT max(statement) AS value FROM statement")
    texts = [
        ledger.store.value("SELECT text AS value FROM statement WHERE statement = ?", key)
        for key in (chance.randint(1, top) for _ in range(ASKED))
    ]
    words = [" ".join(chance.sample(text.split(), 2)) for text in texts if text]
    people = ledger.store.rows(
        "SELECT name FROM entity WHERE kind = 'person' ORDER BY entity LIMIT 5000"
    )
    names = [row["name"] for row in chance.sample(people, min(ASKED, len(people)))]
    kinds = [f"{kind} {country}" for country, _ in COUNTRIES for kind in ("killed", "wounded")]
    return {
        "who": [*names, *(country for country, _ in COUNTRIES)],
        "search": [*words, "soldiers", "villages road"],
        "figures": kinds * 4,
        "origins": words,
        "conflicts": kinds * 4,
    }


def report(name: str, value: float, goal: float, *, least: bool = False) -> None:
    """One line: what was reached, and the goal."""
    reached = value >= goal if least else value <= goal
    print(f"{name:<44}{value:>10.3f}   goal {goal:g}{'' if reached else '   NOT REACHED'}")


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("--ledger", help="a ledger to make, and to keep")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or f"{folder}/bench.db"
        with sayso.Ledger(path) as ledger:
            ledger.add_readings(Maker(seed=2).readings(1))  # the models' versions are looked up
            seconds, work, text = add(ledger, Maker().readings(given.articles), given.articles)
            count = ledger.store.value("SELECT count(*) AS value FROM statement")
            print(f"{given.articles} articles, {count} statements, {text / 1e6:.0f} MB of text")
            report("articles added a second", 1 / statistics.mean(seconds), ADD_GOAL, least=True)
            early, late = statistics.median(work[10:30]), statistics.median(work[-20:])
            report("the same by processor time", 1 / statistics.mean(work), ADD_GOAL, least=True)
            report("the 1,000th by processor time", 1 / early, ADD_GOAL, least=True)
            report("the last ones by processor time", 1 / late, ADD_GOAL, least=True)
            report("time of the last ones / of the 1,000th", late / early, GROWTH_GOAL)
            for name, queries in queries_of(ledger).items():
                ask = partial(getattr(ledger, name), **OPTIONS.get(name, {}))
                report(f"{name}, seconds, 95 of 100", p95(ask, queries), ANSWER_GOAL)
            if ledger.store.dialect == "sqlite":
                ledger.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
                report(
                    "bytes of the file a byte of text", Path(path).stat().st_size / text, SIZE_GOAL
                )


if __name__ == "__main__":
    main()
