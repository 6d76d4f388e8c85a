"""What reviewers corrected, laid over the machine's reading.

A correction is tied to a record's id. Where a later reading or version has no record of that id, it
goes to the record of the same words; where there is none and the text is still the same, the record
as the reviewer left it is kept.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sayso.errors import LedgerError, MissingError
from sayso.ledger import reviews
from sayso.ledger.reviews import Review
from sayso.ledger.store import Store
from sayso.records import (
    Actor,
    Agreement,
    Article,
    Date,
    Event,
    Figure,
    Reading,
    Record,
    Reference,
    Statement,
)

#: The list of a reading that a record's id says it stands in, and its type.
KINDS: Mapping[str, tuple[str, type[Record]]] = {
    "actor": ("actors", Actor),
    "s": ("statements", Statement),
    "f": ("figures", Figure),
    "d": ("dates", Date),
    "e": ("events", Event),
    "g": ("agreements", Agreement),
}
#: Fields of an article that a reviewer may correct; the text is what it is.
ARTICLE_FIELDS = ("published", "publisher")


def of_article(store: Store, article: int) -> list[Review]:
    """The reviews that stand of an article, whichever of its versions they were made on."""
    found = reviews.log(
        store,
        "article IN (SELECT id FROM article WHERE article = ?"
        " UNION ALL SELECT id FROM version WHERE article = ?)",
        article,
        article,
    )
    return reviews.standing(found, reviews.undos(store)) if found else []


def kind_of(target: str) -> tuple[str, type[Record]]:
    """The list of a reading and the type of the record with this id.

    Raises:
        MissingError: it is no id of a record.
    """
    try:
        return KINDS[target.rsplit("-", 1)[0]]
    except KeyError:
        raise MissingError(f"{target}: is no id of a record") from None


def checked(article: Article, record: Record, field: str, value: Any) -> Any:
    """A corrected value as its field has it; spans get their words from the text.

    Raises:
        LedgerError: the record has no such field, or it cannot have this value.
    """
    fields = {f.encode_name: f for f in msgspec.structs.fields(record)}
    if field not in fields or field == "id":
        names = ", ".join(name for name in fields if name != "id")
        raise LedgerError(f"{field}: is no field that can be corrected; there are: {names}")
    try:
        return msgspec.convert(_worded(article, value), fields[field].type)
    except (msgspec.ValidationError, TypeError, KeyError, IndexError) as error:
        raise LedgerError(f"{field}: cannot be {str(value)[:80]}: {error}") from error


def _worded(article: Article, value: Any) -> Any:
    """``value`` with the words of its spans, which are given by their offsets."""
    if isinstance(value, list):
        return [_worded(article, item) for item in value]
    if not isinstance(value, dict):
        return value
    if {"start", "end"} <= value.keys():
        start, end = value["start"], value["end"]
        if not 0 <= start < end <= len(article.text):
            raise LedgerError(f"characters {start} to {end} do not stand in the article")
        return {**value, "text": article.text[start:end]}
    return {key: _worded(article, item) for key, item in value.items()}


def verdicts(standing: Iterable[Review]) -> dict[str, str]:
    """What reviewers last said of each record, by its id."""
    words = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}
    return {r.target: words[r.action] for r in standing if r.action in words}


def apply(reading: Reading, standing: Iterable[Review]) -> Reading:
    """The reading with the corrections that stand, in their order."""
    for review in standing:
        if review.action != "correct":
            continue
        if review.target.startswith("a-"):
            reading = _article(reading, review)
        else:
            reading = _record(reading, review)
    return reading


def _article(reading: Reading, review: Review) -> Reading:
    field, value = review.detail["field"], review.detail["value"]
    changes: dict[str, Any] = {field: value}
    if field == "published" and value:
        changes["reference"] = Reference(value=value[:10], from_="given")
    article = msgspec.structs.replace(reading.article, **changes)
    return msgspec.structs.replace(reading, article=article)


def as_published(store: Store, article: int, held: Article) -> Article:
    """An article as it was before anybody corrected when and by whom it was published.

    Args:
        store: the ledger.
        article: the article's key.
        held: the article as it is stored, perhaps read against a corrected date.
    """
    found = reviews.log(
        store,
        "action = ? AND target LIKE ? AND article IN (SELECT id FROM article WHERE article = ?)",
        "correct",
        "a-%",
        article,
    )
    for review in reversed(found):
        changes: dict[str, Any] = {review.detail["field"]: review.detail["before"]}
        if review.detail["field"] == "published":
            changes["reference"] = msgspec.convert(review.detail["reference"], Reference | None)
        held = msgspec.structs.replace(held, **changes)
    return held


def _record(reading: Reading, review: Review) -> Reading:
    name, kind = kind_of(review.target)
    records: list[Record] = list(getattr(reading, name))
    place = _place(records, review)
    if place is not None:
        record = records[place]
    elif review.article == reading.article.id and review.detail.get("record"):
        place, record = len(records), msgspec.convert(review.detail["record"], kind)
        records.append(record)
    else:
        return reading
    try:
        value = checked(reading.article, record, review.detail["field"], review.detail["value"])
    except LedgerError:
        return reading  # offsets of another version; the words could not be found again
    fields = {f.encode_name: f.name for f in msgspec.structs.fields(record)}
    records[place] = msgspec.structs.replace(record, **{fields[review.detail["field"]]: value})
    return msgspec.structs.replace(reading, **{name: tuple(records)})


def _place(records: list[Record], review: Review) -> int | None:
    """Where the reviewed record stands: that of its id, else one of the same words."""
    for place, record in enumerate(records):
        if record.id == review.target:  # type: ignore[attr-defined]
            return place
    wanted = _words(review.detail.get("record") or {})
    if wanted:
        for place, record in enumerate(records):
            if _words(msgspec.to_builtins(record)) == wanted:
                return place
    return None


def _words(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The words that a record stands on, whatever their place."""
    spans = [record.get("span"), record.get("trigger"), record.get("cue")]
    spans += record.get("content") or ()
    return tuple(span["text"] for span in spans if span)


def snapshot(record: Record) -> dict[str, Any]:
    """A record as plain values, for the log."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain
