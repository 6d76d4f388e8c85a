"""The tables of an export: which columns each has, of which type, and what they say.

Every row stands alone: the columns of ``ARTICLE`` are in all tables.
"""

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "number", "integer", "truth", "texts"]


@dataclass(frozen=True)
class Column:
    """A column; ``texts`` are lists of texts."""

    name: str
    type: Type
    says: str


def _columns(*rows: tuple[str, Type, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


ARTICLE = _columns(
    ("article", "text", "the article: its address, else its input"),
    ("article_id", "text", "id of this version of it"),
    ("outlet", "text", "its publisher"),
    ("headline", "text", "its headline"),
    ("url", "text", "its address"),
    ("published", "text", "when it was published, as the page states (ISO 8601)"),
    ("reference", "text", "the day that relative dates were read against"),
    (
        "reference_from",
        "text",
        "where that day is from; text: inferred, since the page states none",
    ),
    ("version", "integer", "1, or more where the text was changed after it was first read"),
    ("text_sha256", "text", "SHA-256 of its text (UTF-8)"),
    ("capture_sha256", "text", "SHA-256 of the bytes that it was read from"),
    ("retrieved", "text", "when these bytes were had (ISO 8601, UTC)"),
    ("program", "text", "the version of Sayso that read it"),
    ("model", "text", "the models that read it"),
)
RECORD = _columns(
    ("id", "text", "id of the record"),
    ("start", "integer", "first character in the article's text (code points)"),
    ("end", "integer", "character after the last"),
    ("sentence", "text", "the sentence or sentences that it stands in"),
    ("address", "text", "the article's address with a text fragment that a browser marks"),
    ("review", "text", "confirmed or corrected by a reviewer, else empty"),
)
#: What a record that may rest on a statement says of it.
RESTS = _columns(
    ("attribution", "text", "stated, carried on from a statement before, or none: nobody's word"),
    ("statement", "text", "id of the statement that it rests on"),
    ("source", "text", "who says so"),
    ("chain", "text", "by way of whom, from the outermost on"),
    ("cue", "text", "the words that attribute"),
    ("type", "text", "the statement's type"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "statements": _columns(
        ("source", "text", "who says so: the innermost link of the chain"),
        ("source_kind", "text", "named, unnamed, collective, document or outlet"),
        ("source_actors", "texts", "the ledger's ids of the sources, else the article's"),
        ("chain", "text", "by way of whom, from the outermost on"),
        ("cue", "text", "the words that attribute"),
        ("type", "text", "say, confirm, deny, …"),
        ("negated", "truth", "“did not confirm” is confirm, negated"),
        ("content", "text", "what is attributed; parts joined by an ellipsis"),
        ("quotes", "texts", "what of it is verbatim"),
        ("hedges", "texts", "“reportedly”, “may”, …"),
        ("date", "text", "when it was said (ISO 8601, TIMEX3)"),
        ("date_inferred", "truth", "whether no words of the text say so"),
        ("venue", "text", "where it was said"),
        ("addressee", "text", "to whom it was said"),
        ("parent", "text", "id of the statement that relays it"),
        ("figures", "texts", "the figures that rest on it, with their bounds"),
        ("confidence", "number", "the model's estimate that source, cue and content are right"),
    )
    + RECORD
    + ARTICLE,
    "figures": _columns(
        ("wording", "text", "the figure as it stands on the page"),
        ("meaning", "text", "what it says, in words"),
        ("value", "number", "the number named; empty for ranges and vague ones"),
        ("low", "number", "the least that it can be"),
        ("high", "number", "the most that it can be"),
        (
            "bound",
            "text",
            "exact, about, nearly, at_least, more_than, at_most, less_than, range, vague",
        ),
        ("change", "text", "up or down, where the text says so"),
        ("unit", "text", "the unit"),
        ("unit_kind", "text", "people, money, share, …"),
        ("currency", "text", "ISO 4217"),
        ("kind", "text", "what happened to what is counted: killed, deployed, …"),
        ("counted", "text", "what is counted"),
        ("of_actors", "texts", "whose it is"),
        ("as_of", "text", "the day that it holds for"),
        ("since", "text", "the day from which it counts"),
        ("place", "text", "where"),
        ("measure", "text", "total or increment"),
        ("part_of", "text", "id of the figure that it is a part of"),
    )
    + RESTS
    + RECORD
    + ARTICLE,
    "events": _columns(
        ("event_type", "text", "PLOVER's type"),
        ("mode", "text", "PLOVER's mode"),
        ("status", "text", "happened, ongoing, planned, possible, denied"),
        ("trigger", "text", "the words that tell of it"),
        ("actors", "texts", "who did it"),
        ("recipients", "texts", "to whom"),
        ("date", "text", "when (ISO 8601, TIMEX3)"),
        ("date_inferred", "truth", "whether no words of the text say so"),
        ("place", "text", "where"),
        ("country", "text", "ISO 3166-1 alpha-3"),
        ("lat", "number", "degrees north (WGS 84)"),
        ("lon", "number", "degrees east"),
    )
    + RESTS
    + RECORD
    + ARTICLE,
    "agreements": _columns(
        ("name", "text", "the treaty's name"),
        ("kind", "text", "treaty, ceasefire, …"),
        ("parties", "texts", "its parties"),
        ("signed", "text", "when it was signed"),
        ("ratified", "text", "when it was ratified"),
        ("in_force", "text", "when it came into force"),
        ("ended", "text", "when it ended"),
        ("duration", "text", "how long it holds"),
        ("obligations", "texts", "what it binds to, as the text has it"),
    )
    + RECORD
    + ARTICLE,
    "actors": _columns(
        ("name", "text", "the actor's name, in English"),
        ("kind", "text", "person, government, country, …"),
        ("country", "text", "ISO 3166-1 alpha-3"),
        ("aliases", "texts", "other names in this article"),
        ("roles", "texts", "its offices and functions"),
        ("mentions", "integer", "how often the article refers to it"),
        ("entity", "text", "its id across the articles of the ledger"),
    )
    + RECORD
    + ARTICLE,
    "articles": _columns(
        ("section", "text", "the outlet's section"),
        ("authors", "texts", "as the page names them"),
        ("language", "text", "ISO 639-1"),
        ("words", "integer", "words of its text"),
        ("statements", "integer", "statements read"),
        ("figures", "integer", "figures read"),
        ("events", "integer", "events read"),
        ("agreements", "integer", "agreements read"),
        ("captured_from", "text", "where the bytes are from"),
        ("warnings", "texts", "what the reader was unsure of"),
    )
    + ARTICLE,
}
