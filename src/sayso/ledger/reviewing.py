"""A reviewer's word: written to the log, and at once in force."""

from typing import Any

import msgspec

from sayso.errors import LedgerError, MissingError
from sayso.ledger import adding, articles, corrections, entities, orders, records, reviews
from sayso.ledger.reviews import Action, Review
from sayso.ledger.store import Row, Store
from sayso.pages.options import iso_date


def review(
    store: Store,
    target: str,
    action: Action,
    *,
    who: str,
    field: str | None = None,
    value: Any = None,
    note: str | None = None,
) -> Review:
    """See ``Ledger.review``."""
    if not who.strip():
        raise LedgerError("a review needs the name of its reviewer")
    if action == "undo":
        return _undo(store, target, who, note)
    is_record = target.rsplit("-", 1)[0] in corrections.KINDS
    if not is_record:
        return _article(store, records.article_row(store, target), action, who, field, value, note)
    row, reading, record = records.find(store, target)
    detail = _detail(note)
    if action == "correct":
        if field is None:
            raise LedgerError("a correction needs the field that it corrects")
        checked = corrections.checked(reading.article, record, field, value)
        before = msgspec.to_builtins(record).get(field)
        detail |= {"field": field, "value": msgspec.to_builtins(checked), "before": before}
    elif action == "note" and not note:
        raise LedgerError("a note needs its words")
    detail["record"] = corrections.snapshot(record)
    with store.write():
        line = _line(store, who, action, target, reading.article.id, detail)
        if action != "note":
            articles.refresh(store, row["article"])
    return line


def _line(
    store: Store,
    who: str,
    action: Action,
    target: str,
    article: str | None,
    detail: dict[str, Any],
) -> Review:
    """Write a line of the log, at this second; inside ``write``."""
    return reviews.append(
        store,
        at=articles.now(),
        who=who,
        action=action,
        target=target,
        article=article,
        detail=detail,
    )


def _detail(note: str | None) -> dict[str, Any]:
    return {"note": note} if note else {}


def _article(
    store: Store,
    row: Row,
    action: Action,
    who: str,
    field: str | None,
    value: Any,
    note: str | None,
) -> Review:
    """A review of an article itself: a note, or its publication corrected, and it is read anew."""
    detail = _detail(note)
    if action == "correct":
        if field not in corrections.ARTICLE_FIELDS:
            names = " and ".join(corrections.ARTICLE_FIELDS)
            raise LedgerError(f"{field}: of an article {names} can be corrected")
        if field == "published" and (not isinstance(value, str) or iso_date(value) is None):
            raise LedgerError(f"{value}: is no date: write it as 2024-05-03 or 2024-05-03T14:05")
        if field == "publisher" and value is not None and not isinstance(value, str):
            raise LedgerError("publisher: must be a name")
        reference = msgspec.to_builtins(articles.reading_of(row).article.reference)
        detail |= {"field": field, "value": value, "before": row[field], "reference": reference}
    elif action not in ("note", "confirm"):
        raise LedgerError(f"an article can be confirmed, noted and corrected, but not: {action}")
    with store.write():
        line = _line(store, who, action, row["id"], row["id"], detail)
    if action == "correct":
        adding.reread_one(store, row["article"])
    return line


def _undo(store: Store, target: str, who: str, note: str | None) -> Review:
    """Take a review back, and what hung on it."""
    number = int(target) if target.isdecimal() else 0
    held = reviews.log(store, "review = ?", number)
    if not held:
        raise MissingError(f"{target}: the log has no review of this number")
    undone = held[0]
    with store.write():
        line = _line(store, who, "undo", target, undone.article, _detail(note))
        orders.redo_merges(store)
        key = articles.key_of(store, undone.article)
        if key is not None and not undone.target.startswith("a-"):
            articles.refresh(store, key)
    if key is not None and undone.target.startswith("a-") and undone.action in ("correct", "undo"):
        adding.reread_one(store, key)
    return line


def merge(store: Store, one: str, into: str, *, who: str, note: str | None = None) -> Review:
    """See ``Ledger.merge``."""
    first, second = orders.entity_of(one), orders.entity_of(into)
    orders.check(store, (first, second))
    if entities.root(store, first) == entities.root(store, second):
        raise LedgerError(f"{one} and {into} are one already")
    with store.write():
        line = _line(store, who, "merge", one, None, _detail(note) | {"into": second})
        orders.redo_merges(store)
    return line


def split(
    store: Store, article: str, actor: str, *, who: str, into: str | None, note: str | None
) -> Review:
    """See ``Ledger.split``."""
    row = records.article_row(store, article)
    held = entities.of_reading(store, row["article"], articles.corrected(store, row)).get(actor)
    if held is None:
        raise MissingError(f"{actor}: {article} has no such actor")
    with store.write():
        if into is None:
            key = entities.twin(store, held)
        else:
            key = orders.entity_of(into)
            orders.check(store, (key,))
        line = _line(
            store,
            who,
            "split",
            f"{orders.PREFIX}{held}",
            row["id"],
            _detail(note) | {"actor": actor, "into": key},
        )
        articles.refresh(store, row["article"])
    return line
