"""Scoring dates, figures and events."""

import math
from collections.abc import Iterable, Sequence

from msgspec import UNSET

from sayso.evaluation.gold import (
    GoldDate,
    GoldEvent,
    GoldFigure,
)
from sayso.evaluation.look import Links, Read, shown, text_of, value_of, words_agree
from sayso.evaluation.matching import (
    alike,
    contained,
    jaccard,
    pair,
    same_words,
    share_word,
    state,
)
from sayso.evaluation.report import Scores
from sayso.records import Date, Event, Figure, Span


def score_dates(scores: Scores, predicted: Sequence[Date], gold: Sequence[GoldDate]) -> None:
    """Dates are right where the value agrees, at words that agree."""
    paired = pair(
        ((d.value == wanted.value, jaccard(d.span.text, wanted.text)), g, p)
        for g, wanted in enumerate(gold)
        for p, d in enumerate(predicted)
        if alike(d.span.text, wanted.text) or contained(wanted.text, d.span.text)
    )
    right = {g: p for g, p in paired.items() if predicted[p].value == gold[g].value}
    scores.count(
        "dates",
        "right",
        [(g.optional, f"{shown(g.text)} = {g.value}") for g in gold],
        [(_unlisted(d), f"{shown(d.span.text)} = {d.value}") for d in predicted],
        paired,
        right,
    )


def _unlisted(date: Date) -> bool:
    """Whether a gold file need not list it: words like "now", durations and times of day."""
    return date.kind != "date" or date.value.endswith("_REF")


def score_figures(
    scores: Scores, read: Read, gold: Sequence[GoldFigure], links: Links | None
) -> None:
    """Figures are right by value, low, high and bound; the other fields of those paired."""
    predicted = read.reading.figures
    paired = pair(
        ((same_amount(f, wanted), jaccard(f.span.text, wanted.text)), g, p)
        for g, wanted in enumerate(gold)
        for p, f in enumerate(predicted)
        if share_word(f.span.text, wanted.text)
    )
    right = {g: p for g, p in paired.items() if same_amount(predicted[p], gold[g])}
    scores.count(
        "figures",
        "right",
        [(g.optional, _amount(g.text, g.value, g.low, g.high, g.bound)) for g in gold],
        [(False, _amount(f.span.text, f.value, f.low, f.high, f.bound)) for f in predicted],
        paired,
        right,
    )
    for g, p in sorted(paired.items()):
        if not gold[g].optional:
            _score_figure_fields(scores, read, predicted[p], gold[g], links)


def same_amount(figure: Figure, gold: GoldFigure) -> bool:
    """Whether value, low, high and bound agree.

    Low and high of a vague figure are not compared; those of an exact one follow from its value, so
    null stands for the value there.
    """
    if figure.bound != gold.bound or not _same_number(figure.value, gold.value):
        return False
    if gold.bound == "vague":
        return True
    default = gold.value if gold.bound == "exact" else None
    for predicted, wanted in ((figure.low, gold.low), (figure.high, gold.high)):
        if wanted is UNSET:
            continue
        ours = default if predicted is None else predicted
        if not _same_number(ours, default if wanted is None else wanted):
            return False
    return True


def _same_number(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)


def _amount(text: str, value: object, low: object, high: object, bound: str) -> str:
    ends = "" if low is UNSET and high is UNSET else f", low {low}, high {high}"
    return f"{shown(text)} = {value} {bound}{ends}"


def _score_figure_fields(
    scores: Scores, read: Read, figure: Figure, gold: GoldFigure, links: Links | None
) -> None:
    def check(name: str, predicted: object, wanted: object, right: bool) -> None:
        if wanted is not UNSET:
            problem = f"{shown(gold.text)}: {predicted!r}, gold has {wanted!r}"
            scores.judge(f"figures.{name}", right, problem)

    for name in ("kind", "unit_kind", "currency", "change", "measure", "attribution"):
        predicted, wanted = getattr(figure, name), getattr(gold, name)
        check(name, predicted, wanted, predicted == wanted)
    whose = read.names(figure.of_actors)
    check("of_actors", whose, gold.of_actors, same_words(whose, gold.of_actors or ()))
    check("counted", text_of(figure.counted), gold.counted, _counts(figure.counted, gold.counted))
    place = words_agree(figure.place, gold.place or None)
    check("place", text_of(figure.place), gold.place, place)
    for name in ("as_of", "since"):
        value, wanted = value_of(getattr(figure, name)), getattr(gold, name)
        check(name, value, wanted, value == wanted)
    if gold.part_of is not UNSET:
        whole = read.figure_texts.get(figure.part_of) if figure.part_of else None
        agree = share_word(whole, gold.part_of) if whole and gold.part_of else whole == gold.part_of
        check("part_of", whole, gold.part_of, agree)
    if gold.statement is not UNSET and links is not None:
        held = links.gold_of.get(figure.statement or "", figure.statement)
        agree = links.agrees(figure.statement, gold.statement)
        check("statement", held, gold.statement, agree)


def _counts(counted: Span | None, gold: object) -> bool:
    """Whether the same is counted: gold's words are alike or among the predicted ones."""
    if not isinstance(gold, str):
        return counted is None
    return counted is not None and (alike(counted.text, gold) or contained(gold, counted.text))


def score_events(scores: Scores, read: Read, gold: Sequence[GoldEvent]) -> None:
    """Events are right by type, status, date and actors, the trigger sharing a word.

    Actors are compared with a government as its country. Place and recipients are scored apart.
    """
    predicted = read.reading.events
    faults = {
        (g, p): _event_faults(read, event, wanted)
        for g, wanted in enumerate(gold)
        for p, event in enumerate(predicted)
        if share_word(event.trigger.text, wanted.trigger)
    }
    paired = pair(
        ((-len(wrong), jaccard(predicted[p].trigger.text, gold[g].trigger)), g, p)
        for (g, p), wrong in faults.items()
    )
    required = {g for g, wanted in enumerate(gold) if not wanted.optional}
    scores.add("events.right", sum(not faults[g, paired[g]] for g in required & set(paired)),
               len(required))  # fmt: skip
    for g, wanted in enumerate(gold):
        if g not in required:
            continue
        if g not in paired:
            scores.missed.append(f"events: {wanted.type or 'event'} {shown(wanted.trigger)}")
            continue
        event = predicted[paired[g]]
        if faults[g, paired[g]]:
            problem = "; ".join(faults[g, paired[g]])
            scores.wrong.append(f"events: {shown(wanted.trigger)}: {problem}")
        if wanted.recipients is not UNSET:
            names = read.names(event.recipients)
            problem = f"{shown(wanted.trigger)}: {names}, gold has {list(wanted.recipients)}"
            scores.judge("events.recipients", _same_states(names, wanted.recipients), problem)
        if wanted.place is not UNSET:
            name = event.place.name if event.place else None
            agree = (
                share_word(name, wanted.place) if name and wanted.place else name == wanted.place
            )
            problem = f"{shown(wanted.trigger)}: {name!r}, gold has {wanted.place!r}"
            scores.judge("events.place", agree, problem)


def _event_faults(read: Read, event: Event, gold: GoldEvent) -> list[str]:
    """What differs of type, status, date and actors, in words."""
    faults = []
    types = [t for t in (gold.type, *gold.type_or) if t]
    if types and event.type not in types:
        faults.append(f"type {event.type}, gold has {' or '.join(types)}")
    if event.status != gold.status:
        faults.append(f"status {event.status}, gold has {gold.status}")
    if gold.date is not UNSET and value_of(event.date) != gold.date:
        faults.append(f"date {value_of(event.date)}, gold has {gold.date}")
    names = read.names(event.actors)
    if gold.actors is not UNSET and not _same_states(names, gold.actors):
        faults.append(f"actors {names}, gold has {list(gold.actors)}")
    return faults


def _same_states(a: Iterable[str], b: Iterable[str]) -> bool:
    return set(map(state, a)) == set(map(state, b))
