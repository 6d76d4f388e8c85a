"""Gold files: what a careful reader finds in an article, as records, loaded and checked.

Spans stand in a gold file as their words. A key that an entry leaves out is not scored, so a file
can mark as much or as little as its author has read for; ``docs/gold.md`` describes every key.
"""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from sayso.errors import GoldError
from sayso.records import (
    ActorKind,
    AttributionKind,
    Bound,
    EventStatus,
    ObligationType,
    SourceKind,
    StatementType,
    UnitKind,
)

SCHEMA = "sayso.gold/1"

#: Words of the text, or null where there are none; unset where the gold file does not say.
Words = str | UnsetType | None
#: Canonical names of actors.
Names = tuple[str, ...] | UnsetType


class GoldRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all gold entries: an unknown key is a mistake of the file's author."""


class Judged(GoldRecord, frozen=True, kw_only=True):
    """An entry that a reading is held to, unless it is optional.

    An optional one is right if found and no fault if not. ``note`` is for people.
    """

    optional: bool = False
    note: str | None = None


class GoldImage(GoldRecord, frozen=True, kw_only=True):
    """A picture's caption and credit."""

    caption: Words = UNSET
    credit: Words = UNSET


class GoldArticle(GoldRecord, frozen=True, kw_only=True):
    """The fields of the article, and what its text must begin with, end with and leave out."""

    url: Words = UNSET
    publisher: Words = UNSET
    section: Words = UNSET
    headline: Words = UNSET
    authors: Names = UNSET
    language: Words = UNSET
    published: Words = UNSET
    read_minutes: int | UnsetType | None = UNSET
    reference: Words = UNSET
    images: tuple[GoldImage, ...] | UnsetType = UNSET
    first_paragraph: str | UnsetType = UNSET
    last_paragraph: str | UnsetType = UNSET
    paragraphs: int | UnsetType = UNSET
    not_in_text: tuple[str, ...] = ()


class GoldSource(GoldRecord, frozen=True, kw_only=True):
    """A source's words (null: unsaid here, carried on from before), its actor's name and kind."""

    text: str | None
    actor: Words = UNSET
    kind: SourceKind | UnsetType = UNSET


class GoldStatement(Judged, frozen=True, kw_only=True):
    """One link of attribution; ``content_or`` are other stretches that serve as its content."""

    id: str
    sources: tuple[GoldSource, ...]
    cue: str | None
    content: tuple[str, ...]
    content_or: tuple[str, ...] = ()
    type: StatementType | UnsetType = UNSET
    negated: bool | UnsetType = UNSET
    quotes: tuple[str, ...] | UnsetType = UNSET
    date: Words = UNSET
    venue: Words = UNSET
    addressee: Words = UNSET
    hedges: tuple[str, ...] | UnsetType = UNSET
    parent: Words = UNSET
    chain: tuple[tuple[str, ...], ...] | UnsetType = UNSET


class GoldFigure(Judged, frozen=True, kw_only=True):
    """One quantity; ``statement`` is a gold statement's id, ``part_of`` another figure's words."""

    text: str
    value: float | None
    bound: Bound
    low: float | UnsetType | None = UNSET
    high: float | UnsetType | None = UNSET
    change: Literal["up", "down"] | UnsetType | None = UNSET
    unit_kind: UnitKind | UnsetType = UNSET
    currency: Words = UNSET
    kind: Words = UNSET
    counted: Words = UNSET
    of_actors: Names = UNSET
    as_of: Words = UNSET
    since: Words = UNSET
    place: Words = UNSET
    measure: Literal["total", "increment"] | UnsetType | None = UNSET
    part_of: Words = UNSET
    statement: Words = UNSET
    attribution: AttributionKind | UnsetType = UNSET


class GoldDate(Judged, frozen=True, kw_only=True):
    """An expression of time and its value."""

    text: str
    value: str


class GoldObligation(Judged, frozen=True, kw_only=True):
    """What a treaty binds to, and on what condition."""

    type: ObligationType
    content: str
    trigger: Words = UNSET
    parties: Names = UNSET


class GoldAgreement(Judged, frozen=True, kw_only=True):
    """A treaty or the like; milestones are date values."""

    name: str
    kind: Words = UNSET
    parties: Names = UNSET
    signed: Words = UNSET
    ratified: Words = UNSET
    in_force: Words = UNSET
    ended: Words = UNSET
    duration: Words = UNSET
    mentions: tuple[str, ...] = ()
    obligations: tuple[GoldObligation, ...] = ()


class GoldEvent(Judged, frozen=True, kw_only=True):
    """An event; ``type_or`` are types that serve as well."""

    trigger: str
    type: str | None
    status: EventStatus
    type_or: tuple[str, ...] = ()
    date: Words = UNSET
    actors: Names = UNSET
    recipients: Names = UNSET
    place: Words = UNSET


class GoldActor(Judged, frozen=True, kw_only=True):
    """An actor; ``mentions_at_least`` must be led to it, each as often as it is listed."""

    name: str
    kind: ActorKind | UnsetType = UNSET
    country: Words = UNSET
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    mentions_at_least: tuple[str, ...] = ()


class Gold(GoldRecord, frozen=True, kw_only=True):
    """One gold file.

    Attributes:
        path: the file as it was named (not a key of the file).
        input: the article, as a path from the gold file's folder; ``name.jsonl:2`` is its line 2.
        actors_file: a table of actors to read the article with, as a path from the same folder.
    """

    schema: Literal["sayso.gold/1"]
    path: str = ""
    input: str | None = None
    actors_file: str | None = None
    note: str | None = None
    article: GoldArticle = GoldArticle()
    statements: tuple[GoldStatement, ...] | UnsetType = UNSET
    figures: tuple[GoldFigure, ...] | UnsetType = UNSET
    dates: tuple[GoldDate, ...] | UnsetType = UNSET
    agreements: tuple[GoldAgreement, ...] | UnsetType = UNSET
    events: tuple[GoldEvent, ...] | UnsetType = UNSET
    actors: tuple[GoldActor, ...] | UnsetType = UNSET


def load_gold(path: str | Path) -> Gold:
    """The gold file at ``path``.

    Raises:
        GoldError: it cannot be read, is not JSON, or an entry is malformed; the message names the
            file and the entry.
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise GoldError(f"{name}: cannot be read: {error.strerror or error}") from error
    return parse_gold(data, name)


def parse_gold(data: bytes, name: str) -> Gold:
    """The gold file of these bytes (UTF-8 JSON); ``name`` is for messages.

    Raises:
        GoldError: as ``load_gold``.
    """
    try:
        gold = msgspec.json.decode(data, type=Gold)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec ends its message with the entry's path: "... - at `$.figures[3].bound`".
        raise GoldError(f"{name}: {error}") from error
    _check_links(gold, name)
    return msgspec.structs.replace(gold, path=name)


def _check_links(gold: Gold, name: str) -> None:
    """Ids are unique, and whatever an entry names is in the file."""
    ids: set[str] = set()
    for statement in gold.statements or ():
        if statement.id in ids:
            raise GoldError(f"{name}: two statements have the id {statement.id!r}")
        ids.add(statement.id)
    for statement in gold.statements or ():
        if statement.parent and statement.parent not in ids:
            raise GoldError(
                f"{name}: statement {statement.id!r}: no statement has its parent's id "
                f"{statement.parent!r}"
            )
    texts = {figure.text for figure in gold.figures or ()}
    for figure in gold.figures or ():
        if figure.statement and figure.statement not in ids:
            raise GoldError(
                f"{name}: figure {figure.text!r}: no statement has the id {figure.statement!r}"
            )
        if figure.part_of and figure.part_of not in texts:
            raise GoldError(f"{name}: figure {figure.text!r}: no figure reads {figure.part_of!r}")
