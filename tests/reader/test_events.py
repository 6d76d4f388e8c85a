"""Events: the cases of ``events.toml``, and what must hold whatever the text."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.pages.article import make_article
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.dates import find_dates
from sayso.reader.events import find_events
from sayso.reader.events.triggers import words
from sayso.reader.pipeline import analyse
from sayso.reader.sourcing import Sourcing
from sayso.records import Actor, Event, Mention, Reference, Source, Statement

DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("events.toml").read_text(encoding="utf-8")
)
CASES = DATA["case"]
TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "INVESTIGATE"),
    *("DEMAND", "DISAPPROVE", "REJECT", "THREATEN", "SANCTION", "PROTEST", "CRIME"),
    *("MOBILIZE", "COERCE", "ASSAULT"),
}


def analysed(text: str) -> Analysis:
    reference = Reference(value="2025-06-10", from_="given")
    return next(analyse([make_article("test", [("paragraph", text)], reference=reference)]))


def cast_of(text: str, rows: dict[str, Any]) -> Cast:
    """A cast by hand: every form of every actor, a form inside another's left out."""
    forms = sorted(
        ((form, name) for name, row in rows.items() for form in row["forms"]),
        key=lambda pair: (-len(pair[0]), pair[1]),
    )
    taken: list[tuple[int, int]] = []
    mentions: dict[str, list[Mention]] = {}
    for form, name in forms:
        for match in re.finditer(rf"\b{re.escape(form)}\b", text):
            start, end = match.span()
            inside = any(s <= start and end <= e for s, e in taken)
            # A country's adjective inside its army's name stays a mention of the country.
            if not inside or rows[name]["kind"] == "country":
                taken.append((start, end))
                mentions.setdefault(name, []).append(Mention(start, end, match[0], "name"))
    return Cast(
        tuple(
            Actor(
                id=name,
                name=name,
                kind=row["kind"],
                country=row.get("country"),
                mentions=tuple(sorted(mentions[name])),
            )
            for name, row in rows.items()
            if name in mentions
        )
    )


def events_of(text: str) -> tuple[Event, ...]:
    analysis = analysed(text)
    cast = cast_of(text, DATA["actors"])
    events, brought_in = find_events(analysis, cast, find_dates(analysis), Sourcing(analysis, ()))
    names = {actor.id: actor.name for actor in (*cast.actors, *brought_in)}

    def named(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[i] for i in ids)

    return tuple(
        msgspec.structs.replace(e, actors=named(e.actors), recipients=named(e.recipients))
        for e in events
    )


def shown(event: Event) -> str:
    place = event.place.name if event.place else ""
    date = event.date.value if event.date else ""
    parts = [
        f"{event.type} {event.status}",
        event.trigger.text,
        "; ".join(event.actors),
        "; ".join(event.recipients),
        place,
        date,
    ]
    return " | ".join(parts)


def agrees(expected: str, event: Event) -> bool:
    """Whether an event is the expected one.

    The trigger is at least the expected words; what the case leaves out at its end is not compared.
    """
    wanted = [part.strip() for part in expected.split("|")]
    got = [part.strip() for part in shown(event).split("|")]
    return wanted[1] in got[1] and all(
        sorted(w.split("; ")) == sorted(g.split("; "))
        for w, g in zip(wanted[:1] + wanted[2:], got[:1] + got[2:], strict=False)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    events = events_of(case["text"])
    found = [shown(event) for event in events]
    for expected in case["events"]:
        assert any(agrees(expected, event) for event in events), (expected, found)
    if case.get("only"):
        assert len(events) == len(case["events"]), found


def test_every_type_has_cases() -> None:
    counts = Counter(e.split()[0] for case in CASES for e in case["events"])
    assert set(counts) == TYPES
    assert min(counts.values()) >= 5


def test_the_lexicon_names_plover_types_and_what_is_none() -> None:
    tables = (words().verbs, words().nouns, words().light_nouns)
    rows = [row for table in tables for many in table.values() for row in many]
    assert {row.type for row in rows} == TYPES | {"NONE"}


def test_an_event_rests_on_the_statement_around_it() -> None:
    text = "Kell said that Ostania attacked Velmar."
    analysis = analysed(text)
    start = text.index("Ostania")
    content = analysis.article.span(start, len(text) - 1)
    source = Source(span=analysis.article.span(0, 4), actor=None, kind="named")
    statement = Statement(
        id="s-1", sources=(source,), cue=None, type="say", negated=False, content=(content,)
    )
    cast = cast_of(text, DATA["actors"])
    events, _ = find_events(analysis, cast, (), Sourcing(analysis, (statement,)))
    assert [(e.statement, e.attribution) for e in events] == [("s-1", "stated")]


def test_a_headline_in_the_present_tells_what_happened() -> None:
    article = make_article(
        "test", [("headline", "Velmar supplies tanks to Tharsia"), ("paragraph", "It was so.")]
    )
    analysis = next(analyse([article]))
    cast = cast_of(article.text, DATA["actors"])
    events, _ = find_events(analysis, cast, (), Sourcing(analysis, ()))
    assert [e.status for e in events] == ["happened"]


@pytest.mark.parametrize(
    "text", ["", "…", "\x00 attack \x1f attack", "🚀 attacks 🚀 Ostania", "to"]
)
def test_odd_text_is_read(text: str) -> None:
    for event in events_of(text):
        assert event.trigger.text == text[event.trigger.start : event.trigger.end]


def test_the_same_text_gives_the_same_events() -> None:
    text = CASES[0]["text"]
    assert events_of(text) == events_of(text)
