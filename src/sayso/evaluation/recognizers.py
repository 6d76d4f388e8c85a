"""Scores readings on the cases of Recognizers-Text: short invented inputs, a regression aid.

A file is a JSON list of ``{"Input", "Context": {"ReferenceDateTime"}, "Results": [{"Start", "End",
"TypeName", "Resolution"}]}``. A case is right where each result is met by a record that shares
characters with it and says the same; one with no result, where nothing is read. Cases that news
cannot contain, or that a ledger of news reads otherwise, are listed in ``recognizers.toml`` beside
this module with the reason, and are not scored.

What a record must say is one ``Check`` a type of result, in ``CHECKS``.
"""

import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.recognized_dates import near, same_date
from sayso.evaluation.tallies import Scores
from sayso.records import Figure, Reading, Reference


@dataclass(frozen=True)
class Result:
    """One expected result.

    Attributes:
        start: its first character.
        end: the end of it, exclusive.
        type: its ``TypeName``.
        resolution: what it stands for, as the file writes it.
    """

    start: int
    end: int
    type: str
    resolution: dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One input with its results; ``reference`` is an ISO 8601 date, or None."""

    number: int
    text: str
    reference: str | None
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Check:
    """What a type of result asks of a reading.

    Attributes:
        fault: what the reading falls short of, for a result; None where it is met.
        all: the words of all records that are of the type.
    """

    fault: Callable[[Result, Reading], str | None]
    all: Callable[[Reading], list[str]]


def load_cases(path: Path) -> list[Case]:
    """The cases of a file, numbered from 1 in its order.

    Raises:
        GoldError: the file is missing or is no such list.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
        return [
            Case(
                number,
                row["Input"],
                (row.get("Context") or {}).get("ReferenceDateTime", "")[:10] or None,
                tuple(
                    Result(
                        int(result["Start"]),
                        int(result["End"]) + 1,
                        result.get("TypeName") or result["Typename"],
                        result.get("Resolution") or {},
                    )
                    for result in row["Results"]
                ),
            )
            for number, row in enumerate(rows, 1)
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: is no list of cases: {error!r}") from error


def out_of_scope(stem: str) -> dict[int, str]:
    """The cases of the file ``<stem>.json`` that are not scored, by number, with the reason."""
    text = (resources.files(__package__) / "recognizers.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["out"]
    return {n: row["reason"] for row in rows if row["file"] == stem for n in row["cases"]}


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The JSON files among the paths and below the folders among them, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.json"))
        else:
            yield path


def score_recognizers(paths: Iterable[Path]) -> Scores:
    """Scores the reader on files and folders of cases.

    Returns:
        A tally a file, of cases right and in scope; each fault says its file and case.

    Raises:
        GoldError: see ``load_cases``.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.pages.article import make_article
    from sayso.reader import read_articles

    scores = Scores()
    for path in files_of(paths):
        left_out = out_of_scope(path.stem)
        cases = [c for c in load_cases(path) if c.text.strip()]
        types = dict.fromkeys(
            result.type.partition(".")[0] for case in cases for result in case.results
        )
        cases = [c for c in cases if c.number not in left_out]
        articles = (
            make_article(
                str(case.number),
                [("paragraph", case.text)],
                reference=Reference(value=case.reference, from_="given")
                if case.reference
                else None,
                language="en",
            )
            for case in cases
        )
        for case, reading in zip(cases, read_articles(articles), strict=True):
            faults = list(_faults(case, reading, path.stem, types))
            scores.add(path.stem, not faults, 1, 1)
            if faults:
                head = f"{path.stem} {case.number}: {case.text}"
                scores.faults.append("\n    ".join([head, *faults]))
    return scores


def _faults(case: Case, reading: Reading, stem: str, types: Iterable[str]) -> Iterator[str]:
    if not case.results:
        # What another file's model would find is no fault here.
        for kind in types:
            yield from (f"read {words!r}" for words in _check(kind, stem).all(reading))
    for result in case.results:
        if result.resolution.get("value", "") is None:
            continue  # a unit alone
        fault = _check(result.type, stem).fault(result, reading)
        if fault is not None:
            yield f"{case.text[result.start : result.end]!r} {result.resolution}: {fault}"


def _check(type_: str, stem: str) -> "Check":
    check = CHECKS.get(type_.partition(".")[0])
    if check is None:
        raise GoldError(f"{stem}: no check for results of type {type_!r}")
    return check


def _figures(
    test: Callable[[Figure, dict[str, Any]], bool], belongs: Callable[[Figure], bool]
) -> "Check":
    """The check of figures of which ``belongs`` holds, met where ``test`` does."""

    def fault(result: Result, reading: Reading) -> str | None:
        near = [
            f for f in reading.figures if f.span.start < result.end and result.start < f.span.end
        ]
        if any(test(figure, result.resolution) for figure in near):
            return None
        shown = [(f.span.text, f.value, f.low, f.high, f.unit, f.currency) for f in near]
        return f"read {shown}" if shown else "missed"

    return Check(fault, lambda reading: [f.span.text for f in reading.figures if belongs(f)])


def _same(value: float | None, written: str | None) -> bool:
    """Whether a figure's value is the one written; "75%" is 0.75."""
    if value is None or not written:
        return value is None and not written
    number = float(written.rstrip("%")) * (0.01 if written.endswith("%") else 1)
    return math.isclose(value, number, rel_tol=2e-3, abs_tol=1e-9)


def _number(figure: Figure, wanted: dict[str, Any]) -> bool:
    return _same(figure.value, wanted["value"])


def _range(figure: Figure, wanted: dict[str, Any]) -> bool:
    ends = re.fullmatch(r"[\[(]([^,]*),([^,]*)[\])]", wanted["value"])
    if ends is None:
        return _number(figure, wanted)
    return _same(figure.low, ends[1]) and _same(figure.high, ends[2])


def _money(figure: Figure, wanted: dict[str, Any]) -> bool:
    code = wanted.get("isoCurrency")
    return (
        figure.unit_kind == "money"
        and (wanted["value"] is None or _number(figure, wanted))
        and (code is None or code.startswith("_") or code == figure.currency)
    )


_SPELLING = {"ton": "tonne", "metric ton": "tonne", "c": "degree Celsius", "f": "degree Fahrenheit"}


def _measured(figure: Figure, wanted: dict[str, Any]) -> bool:
    name = wanted["unit"].lower().replace("meter", "metre").replace("liter", "litre")
    return _number(figure, wanted) and figure.unit == _SPELLING.get(name, name)


def _age(figure: Figure, wanted: dict[str, Any]) -> bool:
    unit = "year" if wanted["unit"] == "Age" else wanted["unit"].lower()
    return _number(figure, wanted) and figure.kind == "age" and figure.unit == unit


def _date(result: Result, reading: Reading) -> str | None:
    dates = near(reading.dates, result.start, result.end)
    if any(same_date(date, result.resolution) for date in dates):
        return None
    shown = [(date.span.text, date.value) for date in dates]
    return f"read {shown}" if shown else "missed"


def _is_dimension(figure: Figure) -> bool:
    return figure.unit is not None and figure.unit_kind in ("area", "distance", "goods")


def _is_degrees(figure: Figure) -> bool:
    return (figure.unit or "").startswith("degree")


#: What a record must say, by the first part of a result's ``TypeName``.
CHECKS: dict[str, Check] = {
    "number": _figures(_number, lambda figure: True),
    "numberrange": _figures(_range, lambda figure: figure.bound != "exact"),
    "currency": _figures(_money, lambda figure: figure.unit_kind == "money"),
    "dimension": _figures(_measured, _is_dimension),
    "temperature": _figures(_measured, _is_degrees),
    "age": _figures(_age, lambda figure: figure.kind == "age"),
    "datetimeV2": Check(_date, lambda reading: [date.span.text for date in reading.dates]),
}
