"""The review log: what people said of the ledger's records, in order, and nothing ever taken out.

Each line carries the SHA-256 of the line before it and of itself (a hash chain, as in Haber and
Stornetta, "How to time-stamp a digital document", 1991), so that a line that was changed, removed
or put in between shows. What holds now is what the lines say in order, without those undone.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from sayso.ledger.store import Row, Store

Action = Literal["confirm", "correct", "reject", "note", "merge", "split", "undo"]

_FIELDS = ("review", "at", "who", "action", "target", "article", "detail")


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log.

    Attributes:
        review: its number, from 1.
        at: when, ISO 8601, UTC.
        who: the reviewer, as they named themselves.
        action: ``undo`` takes back the review whose number is its target.
        target: id of a record or an article, key of an entity, or number of a review.
        article: id of the article (of its version) that the target stands in.
        detail: ``note``; of a correction ``field``, ``value`` and ``before``; ``record``, the
            record as it was; of a merge ``into``.
    """

    review: int
    at: str
    who: str
    action: Action
    target: str
    article: str | None
    detail: dict[str, Any]


def append(
    store: Store,
    *,
    at: str,
    who: str,
    action: Action,
    target: str,
    article: str | None = None,
    detail: dict[str, Any] | None = None,
) -> Review:
    """Write one line; inside ``write``. See ``Review`` for the arguments."""
    last = store.one("SELECT review, hash FROM review ORDER BY review DESC LIMIT 1")
    number = last["review"] + 1 if last else 1
    line = (number, at, who, action, target, article, _json(detail or {}))
    digest = chained(last["hash"] if last else "", line)
    store.run(
        "INSERT INTO review (review, at, who, action, target, article, detail, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *line,
        digest,
    )
    return Review(
        review=number,
        at=at,
        who=who,
        action=action,
        target=target,
        article=article,
        detail=detail or {},
    )


def chained(before: str, line: Sequence[object]) -> str:
    """The hash of a line (its columns in order) that follows one whose hash is ``before``."""
    return hashlib.sha256(f"{before}\n{_json(list(line))}".encode()).hexdigest()


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def log(store: Store, where: str = "", *values: object) -> list[Review]:
    """The lines in order; ``where`` is a condition in SQL."""
    clause = f" WHERE {where}" if where else ""
    return [
        Review(**{**{f: row[f] for f in _FIELDS}, "detail": msgspec.json.decode(row["detail"])})
        for row in store.rows(f"SELECT * FROM review{clause} ORDER BY review", *values)
    ]


def standing(reviews: Iterable[Review], undone: Iterable[Review]) -> list[Review]:
    """The reviews that nobody took back; an undo that was itself undone does not count.

    Args:
        reviews: lines of the log, in order.
        undone: the lines of the log whose action is ``undo``, in order.
    """
    taken: set[str] = set()
    for undo in reversed(list(undone)):
        if str(undo.review) not in taken:
            taken.add(undo.target)
    return [r for r in reviews if r.action != "undo" and str(r.review) not in taken]


def last_of(store: Store, who: str) -> Review | None:
    """The last line of a reviewer that stands."""
    said = standing(log(store, "who = ?", who), undos(store))
    return said[-1] if said else None


def undos(store: Store) -> list[Review]:
    """The lines that take others back."""
    return log(store, "action = ?", "undo")


def faults(store: Store) -> Iterator[str]:
    """Where the log does not agree with its own chain of hashes."""
    before, number = "", 0
    for row in store.rows("SELECT * FROM review ORDER BY review"):
        if row["review"] != number + 1:
            yield f"review log: lines {number + 1} to {row['review'] - 1} are missing"
        number = row["review"]
        before_this, before = before, row["hash"]
        if chained(before_this, _line(row)) != row["hash"]:
            yield f"review log: line {number} is not as it was written"


def _line(row: Row) -> tuple[object, ...]:
    return tuple(row[field] for field in _FIELDS)
