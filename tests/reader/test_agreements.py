"""Agreements: the cases of ``agreements.toml`` with the cast of ``events.toml``."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.pages.article import make_article
from sayso.reader.agreements import find_agreements
from sayso.reader.agreements.terms import obligation_type
from sayso.reader.cast import Cast
from sayso.reader.dates import find_dates
from sayso.reader.pipeline import analyse
from sayso.reader.sourcing import Sourcing
from sayso.records import Actor, Agreement, Mention, Reference


def table(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


CASES: list[dict[str, Any]] = table("agreements.toml")["case"]
COUNTRIES = {
    name: row for name, row in table("events.toml")["actors"].items() if row["kind"] == "country"
}


def cast_of(text: str) -> Cast:
    """The countries of a text; "both countries" and the like are not resolved here."""
    actors = []
    for name, row in COUNTRIES.items():
        mentions = set()
        for form in row["forms"]:
            at = text.find(form)
            while at >= 0:
                end = at + len(form)
                if not text[end : end + 1].isalpha():
                    mentions.add(Mention(at, end, form, "name"))
                at = text.find(form, end)
        if mentions:
            found = tuple(sorted(mentions))
            actors.append(
                Actor(id=name, name=name, kind="country", country=row["country"], mentions=found)
            )
    return Cast(tuple(actors))


def agreements_of(text: str) -> tuple[Agreement, ...]:
    reference = Reference(value="2025-06-10", from_="given")
    article = make_article("test", [("paragraph", text)], reference=reference)
    analysis = next(analyse([article]))
    return find_agreements(analysis, cast_of(text), find_dates(analysis), Sourcing(analysis, ()))


def as_row(agreement: Agreement) -> dict[str, Any]:
    milestones = {
        name: date.value if (date := getattr(agreement, name)) else ""
        for name in ("signed", "ratified", "in_force", "ended")
    }
    return {
        "name": agreement.name,
        "kind": agreement.kind,
        "parties": sorted(agreement.parties),
        "mentions": [mention.text for mention in agreement.mentions],
        "duration": agreement.duration or "",
        "obligations": [
            f"{o.type} | {o.content.text} | {o.trigger.text if o.trigger else ''}"
            for o in agreement.obligations
        ],
        **milestones,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    rows = [as_row(agreement) for agreement in agreements_of(case["text"])]
    assert len(rows) == len(case["agreements"]), rows
    for row, wanted in zip(rows, case["agreements"], strict=True):
        expected = {"obligations": [], **wanted}
        expected["obligations"] = [o.strip() for o in expected["obligations"]]
        if "parties" in expected:
            expected["parties"] = sorted(expected["parties"])
        row["obligations"] = [o.strip() for o in row["obligations"]]
        assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("stop the shelling and cease fire", "nonaggression"),
        ("assist each other", "defense"),
        ("attack the enemy together", "offense"),
        ("consult on threats", "consultation"),
        ("destroy nuclear warheads", "arms"),
        ("lower tariff", "economic"),
        ("remain neutral", "neutrality"),
        ("publish a yearbook", "other"),
    ],
)
def test_obligation_types(words: str, expected: str) -> None:
    assert obligation_type(set(words.split())) == expected


@pytest.mark.parametrize("text", ["", "treaty", "the treaty.", "\x00 pact \x1f", "🕊 the accord 🕊"])
def test_odd_text_is_read(text: str) -> None:
    for agreement in agreements_of(text):
        for mention in agreement.mentions:
            assert mention.text == text[mention.start : mention.end]


def test_spans_are_the_characters_they_say() -> None:
    for case in CASES:
        text = case["text"]
        for agreement in agreements_of(text):
            for obligation in agreement.obligations:
                content = obligation.content
                assert content.text == text[content.start : content.end]


def test_what_a_treaty_binds_its_parties_to_is_no_event() -> None:
    text = (
        "Ostrenia and Velmora signed the Halmere Defense Treaty in 2019. "
        "The Halmere Defense Treaty regards an attack against one party as an attack against both."
    )
    reading = sayso.read(text, published="2031-09-02")
    assert [o.type for a in reading.agreements for o in a.obligations] == ["defense"]
    assert [event.type for event in reading.events if event.type == "ASSAULT"] == []
