"""The shapes of the API's answers, for its description (OpenAPI); see ``docs/ledger.md``."""

from typing import Any, Generic, Literal, TypeVar

import msgspec

from sayso.ledger.reviews import Review
from sayso.records import (
    Bound,
    DateRef,
    EventStatus,
    Obligation,
    Reading,
    Span,
    Statement,
)

Stance = Literal["own", "opponent", "third", "outlet"]


class Shape(msgspec.Struct, kw_only=True, frozen=True):
    """Base of all shapes."""


class ArticleRow(Shape, frozen=True):
    """An article in a list, as ``sayso list`` gives it."""

    id: str
    article: str
    publisher: str | None
    headline: str | None
    published: str | None
    day: str | None
    version: int
    words: int
    statements: int
    figures: int
    added: str
    program: str
    model: str


class ActorRow(Shape, frozen=True):
    """An actor of the ledger in a list."""

    id: str
    name: str
    kind: str
    country: str | None
    party: str | None
    articles: int
    said: int
    about: int


class StatementAnswer(Statement, frozen=True, kw_only=True):
    """A statement with the article that it stands in."""

    text: str
    day: str | None
    article: str
    publisher: str | None
    headline: str | None
    published: str | None


class Named(Shape, frozen=True):
    """An actor's name and id."""

    name: str
    id: str


class WhoAnswer(StatementAnswer, frozen=True, kw_only=True):
    """A statement by or about an actor, as ``sayso who`` gives it."""

    actor: Named
    role: Literal["source", "about"]


class Snippet(Shape, frozen=True):
    """Words of a statement; ``hits`` are offsets in ``text`` of what was looked for."""

    text: str
    hits: list[tuple[int, int]]


class Found(StatementAnswer, frozen=True, kw_only=True):
    """A statement that was searched for, as ``sayso search`` gives it."""

    snippet: Snippet
    score: float
    found_by: list[Literal["words", "meaning"]]


class Point(Shape, frozen=True):
    """One estimate of one origin; see ``docs/ledger.md``, Series."""

    date: str | None
    since: str | None
    stance: Stance | None
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    wording: str
    source: str | None
    chain: list[list[str]]
    origin: str | None
    place: str | None
    articles: list[str]
    statements: list[str]


class Range(Shape, frozen=True, rename={"from_": "from"}):
    """The lowest and the highest number that one party named."""

    party: str
    stance: Stance | None
    low: float | None
    high: float | None
    points: int
    from_: str | None
    until: str | None


class Series(Shape, frozen=True, omit_defaults=True):
    """The same thing counted, by source over time: ``points``, or ``ranges`` where asked for."""

    id: str
    what: str
    kind: str | None
    of: list[str]
    unit: str | None
    points: list[Point] = []
    ranges: list[Range] = []


class Origin(Shape, frozen=True):
    """A named source first-hand, and the articles that lead to it."""

    source: str
    articles: list[str]


class Claim(Shape, frozen=True):
    """A claim that several articles carry, as ``sayso origins`` gives it."""

    claim: str
    day: str | None
    statements: list[str]
    articles: list[str]
    outlets: list[str]
    origins: list[Origin]
    independent: int
    parties: int
    unattributed: int


class Side(Shape, frozen=True):
    """One side of a conflict."""

    statement: str | None
    source: str | None
    date: str | None
    text: str
    article: str


class Conflict(Shape, frozen=True):
    """What is said against what, with the reason in words."""

    kind: Literal["contradiction", "denial", "reversal", "hedge_lost", "update"]
    about: str
    a: Side
    b: Side
    why: str


class TreatyMention(Span, frozen=True):
    """The words by which an article names a treaty."""

    article: str


class Binding(Obligation, frozen=True, kw_only=True):
    """An obligation with the article that tells it, and the statements that call on it."""

    article: str
    invoked: list[str]


class Treaty(Shape, frozen=True):
    """One treaty over all articles, as ``sayso agreements`` gives it."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    parties: list[str]
    signed: DateRef | None
    ratified: DateRef | None
    in_force: DateRef | None
    ended: DateRef | None
    duration: str | None
    mentions: list[TreatyMention]
    obligations: list[Binding]
    statements: list[str]
    invoked: list[str]
    articles: list[str]


class Happening(Shape, frozen=True):
    """An event that one or several articles tell, as ``sayso timeline`` gives it."""

    date: str | None
    type: str | None
    mode: str | None
    status: EventStatus
    actors: list[str]
    recipients: list[str]
    place: str | None
    country: str | None
    trigger: str
    sources: list[str]
    articles: list[str]


class Version(Shape, frozen=True):
    """A version of an article that the ledger holds."""

    version: int
    id: str
    added: str
    program: str
    model: str


class Change(Shape, frozen=True):
    """What changed from the version before."""

    version: int
    what: Literal["added", "removed", "reworded"]
    record: Literal["statement", "figure", "article"]
    before: str | None
    after: str | None


class CaptureRow(Shape, frozen=True):
    """When, how and from where the bytes of an article were had."""

    retrieved: str
    how: str
    origin: str
    sha256: str
    size: int


class ArticleAnswer(Shape, frozen=True):
    """One article, whole, as ``sayso show`` gives it; ``record`` is its Reading, corrected."""

    article: str
    kind: Literal["article"]
    record: Reading
    versions: list[Version]
    changes: list[Change]
    captures: list[CaptureRow]
    reviews: list[Review]


class RecordAnswer(Shape, frozen=True):
    """One record with the article that it stands in, or one actor of the ledger."""

    kind: str
    record: dict[str, Any]
    reviews: list[Review]
    article: str | msgspec.UnsetType = msgspec.UNSET
    articles: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


class Started(Shape, frozen=True):
    """A reading that was asked for: how far it is, and what was read and stored."""

    id: str
    state: Literal["waiting", "reading", "done", "failed"]
    readings: list[Reading]
    stored: list[str]
    failures: list[str]


class Verified(Shape, frozen=True):
    """Whether the ledger agrees with its hashes, as ``sayso verify`` tells it."""

    ledger: str
    sound: bool
    faults: list[str]


Row = TypeVar("Row")


class Listed(Shape, Generic[Row], frozen=True):
    """A page of rows; ``next`` is the address of the page after it."""

    items: list[Row]
    limit: int
    offset: int
    next: str | None
