"""A ledger whose fields hold hostile texts.

These do: an article's text, headline, publisher, section, authors, address, input, language,
pictures and warnings; names, other names and offices of actors; units, places and what is counted;
dates; names, duration and terms of treaties; reviewers, notes and the origin of evidence. Ids,
numbers, types and what else the program itself writes do not.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sayso.ledger.ledger import Ledger
from sayso.pages import Capture
from sayso.records import (
    Actor,
    Agreement,
    Article,
    Block,
    Date,
    DateRef,
    Event,
    Figure,
    Image,
    Mention,
    Obligation,
    Place,
    Reading,
    Role,
    Source,
    Span,
    Statement,
    record_id,
)

_CASES = tomllib.loads((Path(__file__).parent / "hostile.toml").read_text("utf-8"))
PAYLOADS: list[str] = [
    before + vector for before in _CASES["before"] for vector in _CASES["vectors"]
]


def fill(path: Path, payloads: list[str]) -> None:
    """Make a ledger of two articles a payload, so that there are copies, claims and conflicts.

    Of those with an address the first is edited, so that there are versions.
    """
    with Ledger(path) as book:
        for number, payload in enumerate(payloads):
            for copy in (0, 1):
                reading = _reading(payload, number, copy)
                data = payload.encode("utf-8", "replace")
                book.add_reading(reading, Capture(data, "text", payload, "2031-01-01T00:00:00Z"))
                first = reading.statements[0].id
                book.review(first, "note", who=payload[:200] or "x", note=payload)
            if number % 3 < 2:
                book.add_reading(_reading(payload, number, 0, edit=f"{payload} again"))


def _reading(payload: str, number: int, copy: int, edit: str = "") -> Reading:
    text, at = edit, {}
    for name, words in _said(payload, number, copy):
        if words == "\n\n":
            text += words
            continue
        at[name] = Span(len(text), len(text) + len(words), words)
        text += words + " "
    url = (
        f"https://host{copy}.example/{number}/{payload}",
        f"javascript:hostile()//{copy}{number}{payload}",
        None,
    )[number % 3]
    article = record_id("a", text, url)
    actor = Actor(
        id=record_id("actor", payload),
        name=f"{payload} {number}",
        kind="person",
        aliases=(payload,),
        roles=(Role(title=payload, span=at["source"]),),
        mentions=(Mention(at["source"].start, at["source"].end, at["source"].text, "name"),),
    )
    day = DateRef(value="2031-01-01")
    said = _statement(article, at, actor, "said", "say")
    denied = _statement(article, at, actor, "denied", "deny")
    figure = Figure(
        id=record_id("f", article, "figure"),
        span=at["figure"],
        value=4000.0 + copy,
        low=4000.0 + copy,
        high=4000.0 + copy,
        bound="exact",
        unit_kind="people",
        unit=payload,
        kind="killed",
        counted=at["counted"],
        as_of=day,
        place=at["place"],
        statement=said.id,
        attribution="stated",
    )
    event = Event(
        id=record_id("e", article, "event"),
        type="ASSAULT",
        trigger=at["event"],
        status="happened",
        actors=(actor.id,),
        place=Place(name=payload, span=at["place"]),
        date=day,
        statement=said.id,
        attribution="stated",
    )
    treaty = Agreement(
        id=record_id("g", article, "treaty"),
        name=f"{payload} Treaty {number}",
        kind="treaty",
        parties=(actor.id,),
        mentions=(at["treaty"],),
        signed=DateRef(value="2030-01-01"),
        duration=payload,
        obligations=(
            Obligation(
                type="defense",
                content=at["said"],
                parties=(actor.id,),
                trigger=at["event"],
                statement=said.id,
            ),
        ),
    )
    return Reading(
        article=Article(
            id=article,
            input=payload,
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            blocks=(Block(kind="paragraph", start=0, end=len(text)),),
            url=url,
            publisher=payload,
            section=payload,
            headline=payload,
            authors=(payload, "x"),
            published="2031-01-01",
            language=payload,
            images=(Image(caption=at["place"], credit=payload, url=payload),),
        ),
        actors=(actor,),
        statements=(said, denied),
        figures=(figure,),
        dates=(
            Date(
                id=record_id("d", article),
                span=at["date"],
                value=payload,
                kind="date",
                anchor="text",
            ),
        ),
        events=(event,),
        agreements=(treaty,),
        warnings=(payload,),
    )


def _said(payload: str, number: int, copy: int) -> Iterator[tuple[str, str]]:
    yield "source", f"{payload} {number}"
    yield "cue", f"said {payload}"
    yield "said", f"{payload} shelled the bridge at dawn number {number} and burned the mill"
    yield "figure", f"4,00{copy}"
    yield "counted", f"{payload} soldiers"
    yield "place", f"in {payload}"
    yield "event", f"shelled {payload}"
    yield "date", f"on {payload}"
    yield "treaty", f"the {payload} Treaty"
    yield "denied", f"{payload} never shelled the bridge at dawn number {number}"


def _statement(article: str, at: dict[str, Span], actor: Actor, part: str, type: str) -> Statement:
    return Statement(
        id=record_id("s", article, part),
        sources=(Source(span=at["source"], actor=actor.id, kind="named"),),
        cue=at["cue"],
        type=type,  # type: ignore[arg-type]
        negated=False,
        content=(at[part],),
        quotes=(at[part],),
        date=DateRef(value="2031-01-01"),
        venue=at["place"],
        addressee=at["place"],
        hedges=(at["event"],),
        chain=((actor.name,),),
        confidence=0.5,
    )
