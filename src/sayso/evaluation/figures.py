"""Scores figures on marked sentences: TOML tables of texts with every quantity in them.

    [[case]]
    kind = "conflict"
    text = "At least 40 soldiers were killed, Norrek said."
    figures = [
      { span = "At least 40", value = 40, bound = "at_least", unit_kind = "people",
        kind = "killed", counted = "soldiers", of = ["Norrek"] },
    ]

``bound`` is ``exact`` where it is not given, ``low`` and ``high`` stand for ranges and vague ones,
``of`` names those whose they are. Spans are found in order; a figure is found where one that was
read shares characters with it.
"""

import math
import re
import tomllib
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores, one_to_one
from sayso.records import Figure, Reading


def load_figures(path: Path) -> list[dict[str, Any]]:
    """The cases of a file, each figure with its place in the text under ``at``.

    Raises:
        GoldError: the file is missing, is no such table, or marks words that its text lacks.
    """
    try:
        cases: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        for number, case in enumerate(cases, 1):
            start = 0
            for figure in case["figures"]:
                found = re.compile(rf"(?<!\w){re.escape(figure['span'])}").search(
                    case["text"], start
                )
                if found is None:
                    raise GoldError(f"{path}: case {number}: {figure['span']!r} is not in the text")
                figure["at"] = found.span()
                start = figure["at"][1]
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path}: {error!r}") from error
    return cases


def score_figures(path: Path) -> Scores:
    """Scores the reader on a file of marked sentences.

    Returns:
        For each kind of case and ``all``, as "found, all": ``found``, ``value``, ``value_bound``
        (with bound and change; for ranges and vague ones the ends), ``value_unit`` (with kind of
        unit and currency), and of those found where marked ``kind``, ``of``, ``counted``.

    Raises:
        GoldError: see ``load_figures``.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.evaluation.marked import read_texts

    cases = load_figures(path)
    scores = Scores()
    for case, reading in zip(cases, read_texts(c["text"] for c in cases), strict=True):
        _score(scores, case, reading)
    groups = list(dict.fromkeys(name.partition(", ")[2] for name in scores.tallies))
    scores.tallies = dict(
        sorted(scores.tallies.items(), key=lambda row: groups.index(row[0].partition(", ")[2]))
    )
    return scores


def _score(scores: Scores, case: dict[str, Any], reading: Reading) -> None:
    gold: list[dict[str, Any]] = case["figures"]
    read = list(reading.figures)
    group = case.get("kind", "all")
    matched = _pairs(gold, read)
    faults = [f"missed {g['span']!r}" for i, g in enumerate(gold) if i not in matched]
    faults += [f"made up {f.span.text!r}" for j, f in enumerate(read) if j not in matched.values()]
    right = dict.fromkeys(("found", "value", "value_bound", "value_unit"), 0)
    for i, j in matched.items():
        wanted, got = gold[i], read[j]
        value = _value(wanted, got)
        bound = value and wanted.get("bound", "exact") == got.bound
        bound = bound and (group == "conflict" or wanted.get("change") == got.change)
        unit = value and wanted["unit_kind"] == got.unit_kind
        unit = unit and wanted.get("currency") == got.currency
        for name, hit in zip(right, (True, value, bound, unit), strict=True):
            right[name] += hit
        for name, hit in _fields(wanted, got, reading).items():
            _add(scores, group, name, hit, 1, 1)
            if not hit:
                faults.append(f"{name} of {wanted['span']!r}: {_field(name, got, reading)}")
        if not bound:
            faults.append(
                f"{wanted['span']!r}: read {got.span.text!r} {got.value} {got.low} {got.high}"
                f" {got.bound} {got.change}, marked {wanted.get('value')}"
                f" {wanted.get('bound', 'exact')} {wanted.get('change')}"
            )
        elif not unit:
            faults.append(f"unit of {wanted['span']!r}: {got.unit_kind} {got.unit} {got.currency}")
    for name, hits in right.items():
        _add(scores, group, name, hits, len(read), len(gold))
    if faults:
        scores.faults.append("\n    ".join([case["text"], *faults]))


def _add(scores: Scores, case: str, name: str, right: int, predicted: int, gold: int) -> None:
    """Add one sentence's counts to those of its kind and of all."""
    for group in (case, "all"):
        scores.add(f"{name}, {group}", right, predicted, gold)


def _pairs(gold: list[dict[str, Any]], read: list[Figure]) -> dict[int, int]:
    """Marked and read figures that share characters, those with the same value first."""
    ranked = sorted(
        (not _value(wanted, got), -_shared(wanted, got), i, j)
        for i, wanted in enumerate(gold)
        for j, got in enumerate(read)
        if _shared(wanted, got) > 0
    )
    return one_to_one((i, j) for _, _, i, j in ranked)


def _shared(wanted: dict[str, Any], got: Figure) -> int:
    start, end = wanted["at"]
    return int(min(got.span.end, end) - max(got.span.start, start))


def _value(wanted: dict[str, Any], got: Figure) -> bool:
    def same(a: float | None, b: float | None) -> bool:
        return (a is None) == (b is None) and (
            a is None or b is None or math.isclose(a, b, rel_tol=1e-3)
        )

    if wanted.get("value") is not None:
        return same(wanted["value"], got.value)
    if got.value is not None:
        return False
    return wanted.get("bound") == "vague" or (
        same(wanted.get("low"), got.low) and same(wanted.get("high"), got.high)
    )


def _fields(wanted: dict[str, Any], got: Figure, reading: Reading) -> dict[str, bool]:
    found = {}
    if "kind" in wanted:
        found["kind"] = wanted["kind"] == got.kind
    if "of" in wanted:
        owners = set(_owners(got, reading))
        found["of"] = bool(owners & set(wanted["of"])) if wanted["of"] else not owners
    if "counted" in wanted:
        mine = got.counted.text if got.counted else ""
        found["counted"] = bool(mine) and (mine in wanted["counted"] or wanted["counted"] in mine)
    return found


def _owners(got: Figure, reading: Reading) -> list[str]:
    named = [a.name for a in reading.actors if a.id in got.of_actors]
    return [name.removeprefix("Government of ").removeprefix("the ") for name in named]


def _field(name: str, got: Figure, reading: Reading) -> object:
    if name == "of":
        return _owners(got, reading)
    return got.kind if name == "kind" else got.counted.text if got.counted else None
