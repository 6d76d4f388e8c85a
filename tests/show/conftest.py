"""A reading made by hand, so that what is shown is tested apart from what is read."""

import pytest

from sayso.pages.article import make_article
from sayso.records import (
    Actor,
    Agreement,
    DateRef,
    Event,
    Figure,
    Mention,
    Obligation,
    Place,
    Reading,
    Reference,
    Role,
    Source,
    Span,
    Statement,
)

HEADLINE = "Ostland Says the Dam Holds"
FIRST = "The Ostland government denied that the dam had cracked, the Daily Heron reported on May 2."
SECOND = "“It will stand,” said Mira Voss, its spokeswoman. She put the damage at about $3 million."
THIRD = "At least 40 people were moved, officials say."


@pytest.fixture
def reading() -> Reading:
    article = make_article(
        "dam.txt",
        [("headline", HEADLINE), ("paragraph", FIRST), ("paragraph", SECOND), ("paragraph", THIRD)],
        headline=HEADLINE,
        publisher="Heron Wire",
        url="https://heron.example/dam",
        language="en",
        reference=Reference(value="2024-05-02", from_="text"),
    )

    def span(words: str) -> Span:
        start = article.text.index(words)
        return Span(start, start + len(words), words)

    def mention(words: str, form: str) -> Mention:
        found = span(words)
        return Mention(found.start, found.end, words, form)  # type: ignore[arg-type]

    actors = (
        Actor(
            id="r-gov",
            name="Government of Ostland",
            kind="government",
            mentions=(mention("The Ostland government", "alias"),),
        ),
        Actor(
            id="r-heron",
            name="Daily Heron",
            kind="outlet",
            mentions=(mention("the Daily Heron", "name"),),
        ),
        Actor(
            id="r-voss",
            name="Mira Voss",
            kind="person",
            aliases=("Voss",),
            roles=(Role(title="spokeswoman", of="r-gov"),),
            mentions=(mention("Mira Voss", "name"), mention("She", "pronoun")),
        ),
    )

    def statement(id: str, source: str | None, actor: str | None, kind: str, cue: str, **fields):  # type: ignore[no-untyped-def]
        sources = (Source(span=span(source), actor=actor, kind=kind),) if source else ()  # type: ignore[arg-type]
        return Statement(id=id, sources=sources, cue=span(cue), **{"negated": False, **fields})

    statements = (
        statement(
            "s-1",
            "the Daily Heron",
            "r-heron",
            "outlet",
            "reported",
            type="report",
            content=(span("The Ostland government denied that the dam had cracked"),),
            date=DateRef(value="2024-05-02"),
        ),
        statement(
            "s-2",
            "The Ostland government",
            "r-gov",
            "named",
            "denied",
            type="deny",
            content=(span("that the dam had cracked"),),
            parent="s-1",
        ),
        statement(
            "s-3",
            "Mira Voss",
            "r-voss",
            "named",
            "said",
            type="say",
            content=(span("“It will stand,”"),),
            quotes=(span("It will stand"),),
        ),
        statement(
            "s-4",
            "She",
            "r-voss",
            "named",
            "put",
            type="estimate",
            content=(span("the damage at about $3 million"),),
        ),
        statement(
            "s-5",
            "officials",
            None,
            "unnamed",
            "say",
            type="say",
            content=(span("At least 40 people were moved"),),
        ),
    )
    figures = (
        Figure(
            id="f-1",
            span=span("about $3 million"),
            value=3e6,
            low=None,
            high=None,
            bound="about",
            unit_kind="money",
            currency="USD",
            kind="damaged",
            statement="s-4",
            attribution="stated",
        ),
        Figure(
            id="f-2",
            span=span("At least 40"),
            value=40,
            low=40,
            high=None,
            bound="at_least",
            unit_kind="people",
            counted=span("people"),
            kind="displaced",
            statement="s-5",
            attribution="stated",
        ),
    )
    return Reading(
        article=article,
        actors=actors,
        statements=statements,
        figures=figures,
        events=(
            Event(
                id="e-1",
                type="RETREAT",
                trigger=span("moved"),
                status="happened",
                place=Place(name="Ostland"),
                statement="s-5",
                attribution="stated",
            ),
        ),
        agreements=(
            Agreement(
                id="g-1",
                name="Dam Treaty",
                kind="treaty",
                parties=("r-gov",),
                signed=DateRef(value="1999"),
                duration="indefinite",
                obligations=(Obligation(type="non_harm", content=span("the dam had cracked")),),
            ),
        ),
    )


@pytest.fixture
def empty() -> Reading:
    return Reading(article=make_article("empty.txt", []))
