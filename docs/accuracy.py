"""Writes the table of ``accuracy.md``: every record kind, on every set that is at hand.

Run as ``make accuracy DATA=folder``; the folder may hold ``meantime/`` and ``polnear/``, which are
not part of the project. Rows of sets that are not at hand stay as they are in the document.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.evaluation import FileScores, Report, evaluate_each
from sayso.evaluation.entities import score_entities
from sayso.evaluation.polnear import score_polnear
from sayso.evaluation.tables import score_table
from sayso.evaluation.timex import evaluate as score_dates

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
_TABLE = re.compile(r"(?<=<!-- accuracy -->\n).*?(?=<!-- /accuracy -->)", re.DOTALL)
_HEAD = "| set | what | precision | recall | F1 |\n|---|---|---|---|---|\n"
#: Of the sample articles' many metrics, those that the table shows.
_SAMPLE = (
    "statements.found", "statements.chain", "statements.type", "statements.source_actor",
    "figures.right", "figures.kind", "figures.of_actors", "dates.right", "agreements.found",
    "agreements.milestones", "obligations.right", "events.right", "actors.found", "actors.roles",
    "actors.mentions",
)  # fmt: skip

#: What a reader may make up as well as miss; the rest are shares of what was found.
_MADE = frozenset(
    [
        "statements",
        "found",
        "value",
        "value_bound",
        "value_unit",
        "whole",
        "agreements",
        "mentions",
        "parties",
        "milestones",
        "duration",
        "obligations",
    ]
)
_EVENTS = ("events-measure", "type")


def row(name: str, what: str, precision: float | None, recall: float, f1: float | None) -> str:
    """One row of the table; a share of those found has no precision."""
    shown = (f"{x:.3f}" if x is not None else "–" for x in (precision, recall, f1))
    return f"| {name} | {what} | {' | '.join(shown)} |"


def samples() -> Iterator[str]:
    """The sample articles' gold."""
    gold = sorted((ROOT / "samples" / "gold").glob("*.json"))
    scored = evaluate_each(gold, actors=ROOT / "samples" / "actors.csv")
    report = Report(tuple(one for one in scored if isinstance(one, FileScores)))
    counts = report.pooled.counts
    for metric in _SAMPLE:
        right, total = counts[metric]
        yield row("samples/gold", metric, None, right / total, None)


def tables() -> Iterator[str]:
    """The measuring halves of the marked tables."""
    for path in sorted((ROOT / "corpus").glob("*-measure.toml")):
        for what, tally in score_table(path).tallies.items():
            if what.partition(",")[0] not in _MADE and (path.stem, what) != _EVENTS:
                yield row(f"corpus/{path.name}", what, None, tally.right / tally.gold, None)
            else:
                precision, recall = tally.right / max(1, tally.predicted), tally.right / tally.gold
                yield row(f"corpus/{path.name}", what, precision, recall, tally.f1)


def meantime(folder: Path) -> Iterator[str]:
    """Dates and entities of the MEANTIME corpus."""
    dates = score_dates([folder]).as_dict()
    precision, recall = dates["span_precision"], dates["span_recall"]
    yield row("MEANTIME", "dates: span", precision, recall, dates["span_f1"])
    yield row("MEANTIME", "dates: value", None, dates["value_accuracy"], dates["value_f1"])
    for name, precision, recall, f1 in score_entities([folder]).rows():
        yield row("MEANTIME", f"people and bodies, B³: {name}", precision, recall, f1)


def polnear(path: Path) -> Iterator[str]:
    """Attribution on PolNeAR's development articles."""
    for who, part in score_polnear(path).items():
        for name, precision, recall, f1 in part.rows():
            yield row("PolNeAR dev", f"{who}: {name}", precision, recall, f1)


def main(arguments: list[str]) -> None:
    """Measure what is at hand and write the table."""
    page = PAGE.read_text(encoding="utf-8")
    found = _TABLE.search(page)
    kept = (found[0] if found else "").splitlines()
    made = [*samples(), *tables()]
    for folder in map(Path, arguments):
        if (folder / "meantime").is_dir():
            made += meantime(folder / "meantime")
        if (folder / "polnear" / "dev.jsonl.gz").is_file():
            made += polnear(folder / "polnear" / "dev.jsonl.gz")
    measured = {line.split("|")[1] for line in made}
    elsewhere = [k for k in kept[2:] if k.startswith("|") and k.split("|")[1] not in measured]
    table = _HEAD + "\n".join([*made, *elsewhere]) + "\n"
    PAGE.write_text(_TABLE.sub(lambda _: table, page), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
