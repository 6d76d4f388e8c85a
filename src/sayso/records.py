"""The record types of a reading, and nothing else.

All offsets count Unicode characters (code points) in ``Article.text``, end exclusive, and for
every span ``text == article.text[start:end]``. ``None`` means "not stated". Ids are stable: the
same input gives the same ids. The JSON of a record is its fields by name (``from_`` is ``from``).
"""

import hashlib
from typing import Literal

import msgspec

SCHEMA = "sayso.reading/1"

BlockKind = Literal["headline", "subheading", "caption", "paragraph", "quote", "list_item"]
ReferenceFrom = Literal["given", "metadata", "page", "feed", "address", "text"]
ActorKind = Literal[
    "person",
    "government",
    "country",
    "armed_force",
    "organisation",
    "outlet",
    "group",
    "place",
    "document",
]
MentionForm = Literal["name", "alias", "metonym", "pronoun", "description"]
SourceKind = Literal["named", "unnamed", "collective", "document", "outlet"]
StatementType = Literal[
    "say",
    "report",
    "confirm",
    "deny",
    "acknowledge",
    "claim",
    "estimate",
    "announce",
    "promise",
    "demand",
    "warn",
    "accuse",
    "praise",
    "condemn",
    "decline",
    "ask",
    "agree",
    "believe",
    "plan",
]
Bound = Literal[
    "exact",
    "about",
    "nearly",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "range",
    "vague",
]
UnitKind = Literal[
    "people",
    "money",
    "share",
    "weapons",
    "goods",
    "area",
    "distance",
    "duration",
    "events",
    "other",
]
AttributionKind = Literal["stated", "carried", "none"]
DateKind = Literal["date", "duration", "set", "time"]
Anchor = Literal["explicit", "published", "text"]
EventStatus = Literal["happened", "ongoing", "planned", "possible", "denied"]
ObligationType = Literal[
    "defense",
    "offense",
    "neutrality",
    "nonaggression",
    "consultation",
    "non_harm",
    "territory",
    "arms",
    "economic",
    "other",
]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value."""


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters ``start`` to ``end`` (exclusive) of the article's text, and those characters."""

    start: int
    end: int
    text: str


class DateRef(Record, frozen=True):
    """A date as another record holds it: its value, and the Date it comes from (None: inferred)."""

    value: str
    id: str | None = None


class Reference(Record, frozen=True, rename={"from_": "from"}):
    """The day that relative and yearless dates are read against, and where it was found."""

    value: str
    from_: ReferenceFrom


class Image(Record, frozen=True):
    """A picture of the page; the caption stands in the article's text, the credit does not."""

    caption: Span | None = None
    credit: str | None = None
    url: str | None = None


class Block(Record, frozen=True):
    """A block of the page; blocks are in page order and do not overlap."""

    kind: BlockKind
    start: int
    end: int


class Article(Record, frozen=True):
    """One page reduced to its journalism; see ``sayso.pages``."""

    id: str
    input: str
    text: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    url: str | None = None
    publisher: str | None = None
    section: str | None = None
    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    reference: Reference | None = None
    language: str | None = None
    read_minutes: int | None = None
    images: tuple[Image, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span of the characters ``start`` to ``end`` (exclusive)."""
        return Span(start, end, self.text[start:end])


class Mention(msgspec.Struct, frozen=True, order=True):
    """A span that refers to an actor, and the form in which it does."""

    start: int
    end: int
    text: str
    form: MentionForm


class Role(Record, frozen=True, rename={"from_": "from"}):
    """An office or function that the text gives an actor; ``of`` is an actor id."""

    title: str
    of: str | None = None
    span: Span | None = None
    from_: DateRef | None = None
    until: DateRef | None = None


class Actor(Record, frozen=True):
    """Whoever or whatever speaks, acts or is acted on; ``country`` is ISO 3166-1 alpha-3."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    country: str | None = None
    mentions: tuple[Mention, ...] = ()


class Source(Record, frozen=True):
    """One source of a statement: its words, and the actor that they lead to."""

    span: Span | None
    actor: str | None
    kind: SourceKind


class Statement(Record, frozen=True):
    """One link of attribution: a source, the words that attribute, what is attributed."""

    id: str
    sources: tuple[Source, ...]
    cue: Span | None
    type: StatementType
    negated: bool
    content: tuple[Span, ...]
    quotes: tuple[Span, ...] = ()
    date: DateRef | None = None
    venue: Span | None = None
    addressee: Span | None = None
    hedges: tuple[Span, ...] = ()
    parent: str | None = None
    chain: tuple[tuple[str, ...], ...] = ()
    confidence: float | None = None


class Figure(Record, frozen=True):
    """One quantity of the text; ``of_actors`` are actor ids, ``part_of`` a figure id."""

    id: str
    span: Span
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit_kind: UnitKind
    unit: str | None = None
    change: Literal["up", "down"] | None = None
    kind: str | None = None
    counted: Span | None = None
    of_actors: tuple[str, ...] = ()
    currency: str | None = None
    as_of: DateRef | None = None
    since: DateRef | None = None
    place: Span | None = None
    measure: Literal["total", "increment"] | None = None
    part_of: str | None = None
    statement: str | None = None
    attribution: AttributionKind = "none"


class Date(Record, frozen=True):
    """One expression of time; ``value`` as in TIMEX3 (ISO 8601), intervals as ``a/b``."""

    id: str
    span: Span
    value: str
    kind: DateKind
    anchor: Anchor


class Place(Record, frozen=True):
    """Where an event took place; degrees north and east (WGS 84), from the gazetteer."""

    name: str
    span: Span | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


class Event(Record, frozen=True):
    """Who did what to whom; ``type`` and ``mode`` from PLOVER."""

    id: str
    type: str | None
    trigger: Span
    status: EventStatus
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: Place | None = None
    date: DateRef | None = None
    statement: str | None = None
    attribution: AttributionKind = "none"


class Obligation(Record, frozen=True):
    """What a treaty binds its parties to; ``type`` from ATOP."""

    type: ObligationType
    content: Span
    parties: tuple[str, ...] = ()
    trigger: Span | None = None
    statement: str | None = None


class Agreement(Record, frozen=True):
    """A treaty, pact, ceasefire or memorandum, with its milestones and obligations."""

    id: str
    name: str
    kind: str
    parties: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    signed: DateRef | None = None
    ratified: DateRef | None = None
    in_force: DateRef | None = None
    ended: DateRef | None = None
    duration: str | None = None
    obligations: tuple[Obligation, ...] = ()


class Reading(Record, frozen=True):
    """All records of one article."""

    article: Article
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    warnings: tuple[str, ...] = ()
    schema: str = SCHEMA

    def to_json(self) -> bytes:
        """The reading as one line of JSON (UTF-8, no newline); the same reading, the same bytes."""
        return msgspec.json.encode(self)


def record_id(prefix: str, *parts: object) -> str:
    """A stable id: the prefix and 16 hexadecimal digits of a SHA-256 over the parts.

    16, since a ledger may hold millions of records, and ids of 10 would meet among two million.
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"))
    return f"{prefix}-{digest.hexdigest()[:16]}"
