"""Scores events on marked sentences: TOML tables of texts with the events that they tell of.

    [[case]]
    text = "Turkish police detained 14 politicians in Izmir on Tuesday."
    events = [
      { type = "COERCE", status = "happened", trigger = "detained", actors = ["Turkish police"],
        recipients = ["14 politicians"], place = "Izmir" },
    ]

Those who take part are written as the words of the text; one is right where the actor that was
read has a mention among those words.
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores, one_to_one
from sayso.records import Event, Reading


def load_events(path: Path) -> list[dict[str, Any]]:
    """The cases of a file.

    Raises:
        GoldError: the file is missing, is no such table, or marks words that its text lacks.
    """
    try:
        cases: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        for number, case in enumerate(cases, 1):
            for event in case["events"]:
                for words in (event["trigger"], *event["actors"], *event["recipients"]):
                    if words not in case["text"]:
                        raise GoldError(f"{path}: case {number}: {words!r} is not in the text")
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path}: {error!r}") from error
    return cases


def score_events(path: Path) -> Scores:
    """Scores the reader on a file of marked sentences.

    Returns:
        ``type`` (the marked types, in any number a sentence, that were read), ``whole`` (with
        actors and recipients), and ``actors``, ``recipients``, ``status`` and ``place`` of those
        whose type was read.

    Raises:
        GoldError: see ``load_events``.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.evaluation.marked import read_texts

    cases = load_events(path)
    scores = Scores()
    for case, reading in zip(cases, read_texts(c["text"] for c in cases), strict=True):
        _score(scores, case, reading)
    return scores


def _score(scores: Scores, case: dict[str, Any], reading: Reading) -> None:
    gold: list[dict[str, Any]] = case["events"]
    read = list(reading.events)
    matched = _pairs(case["text"], gold, read)
    scores.add("type", len(matched), len(read), len(gold))
    faults = []
    whole = 0
    for i, j in matched.items():
        actors = _same(reading, case["text"], read[j].actors, gold[i]["actors"])
        recipients = _same(reading, case["text"], read[j].recipients, gold[i]["recipients"])
        whole += actors and recipients
        place = gold[i].get("place")
        got = read[j].place
        for name, right in (
            ("actors", actors),
            ("recipients", recipients),
            ("status", gold[i]["status"] == read[j].status),
        ):
            scores.add(name, right, 1, 1)
            if not right:
                faults.append(f"{name} of {read[j].type} {read[j].trigger.text!r}")
        if place is not None:
            span = got.span if got is not None else None
            right = span is not None and (place in span.text or span.text in place)
            scores.add("place", right, 1, 1)
    scores.add("whole", whole, len(read), len(gold))
    faults += [
        f"missed {gold[i]['type']} {gold[i]['trigger']!r}"
        for i in range(len(gold))
        if i not in matched
    ]
    faults += [
        f"made up {one.type} {one.trigger.text!r}"
        for j, one in enumerate(read)
        if j not in matched.values()
    ]
    if faults:
        scores.faults.append("\n    ".join([case["text"], *faults, *_shown(reading)]))


def _pairs(text: str, gold: Sequence[dict[str, Any]], read: Sequence[Event]) -> dict[int, int]:
    """Marked and read events of one type, those with touching triggers first."""

    def touch(event: dict[str, Any], one: Event) -> bool:
        start = text.index(event["trigger"])
        return start < one.trigger.end and one.trigger.start < start + len(event["trigger"])

    ranked = sorted(
        (not touch(event, one), i, j)
        for i, event in enumerate(gold)
        for j, one in enumerate(read)
        if event["type"] == one.type
    )
    return one_to_one((i, j) for _, i, j in ranked)


def _same(reading: Reading, text: str, ids: Sequence[str], phrases: Sequence[str]) -> bool:
    """Whether each phrase is met by an actor and each actor by a phrase."""
    mentions = {a.id: a.mentions for a in reading.actors}
    ranges = [(text.index(p), text.index(p) + len(p)) for p in phrases]

    def met(identity: str, place: tuple[int, int]) -> bool:
        return any(m.start < place[1] and place[0] < m.end for m in mentions[identity])

    return all(any(met(i, r) for i in ids) for r in ranges) and all(
        any(met(i, r) for r in ranges) for i in ids
    )


def _shown(reading: Reading) -> Iterator[str]:
    names = {a.id: a.name for a in reading.actors}
    for one in reading.events:
        actors, recipients = ([names[i] for i in ids] for ids in (one.actors, one.recipients))
        yield f"  read {one.type} {one.status} {one.trigger.text!r} {actors} > {recipients}"
