"""What is to be reviewed, doubtful first; how far reviewers are; how far two of them agree."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

import msgspec

from sayso.ledger.store import Row, Store

#: Statements that the queue is made of, the last added.
WINDOW = 20_000
_VERDICTS = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}


class Item(NamedTuple):
    """A statement of the queue: its id, how sure the reader is, what reviewers said of it."""

    id: str
    confidence: float | None
    verdict: str | None


def queue(store: Store, article: int | None = None) -> list[Item]:
    """The statements to review, in an order that reviewing does not change.

    Args:
        store: the ledger.
        article: the key of one article, whose statements come in the order of its text; by default
            the statements that were added last, those of which the reader is least sure first.
    """
    if article is not None:
        rows = store.rows(
            'SELECT id, confidence, review, start, "end" FROM statement WHERE article = ?', article
        )
        rows += _rejected(store, article)
        rows.sort(key=lambda row: (row["start"], -row["end"], row["id"]))
    else:
        last = int(store.value("SELECT max(statement) AS value FROM statement") or 0)
        rows = store.rows(
            "SELECT id, confidence, review FROM statement WHERE statement > ?", last - WINDOW
        )
        rows += _rejected(store)
        rows.sort(key=lambda row: (_doubt(row["confidence"]), row["id"]))
    return [Item(row["id"], row["confidence"], row["review"]) for row in rows]


def _doubt(confidence: float | None) -> float:
    return 1.0 if confidence is None else confidence


def _rejected(store: Store, article: int | None = None) -> list[Row]:
    """The statements without a row, since they were rejected: as they were when they were."""
    where, values = ("", []) if article is None else (" AND article.article = ?", [article])
    found = store.rows(
        "SELECT review.target, review.detail FROM review JOIN article ON article.id ="
        f" review.article WHERE action = 'reject' AND target LIKE 's-%'{where}"
        " AND NOT EXISTS (SELECT 1 FROM statement WHERE statement.id = review.target)"
        " ORDER BY review.review",
        *values,
    )
    rejected: dict[str, Row] = {}
    for row in found:
        was = msgspec.json.decode(row["detail"])["record"]
        spans = was["content"] or ([was["cue"]] if was["cue"] else [])
        rejected[row["target"]] = {
            "id": row["target"],
            "confidence": was["confidence"],
            "review": "rejected",
            "start": min((span["start"] for span in spans), default=0),
            "end": max((span["end"] for span in spans), default=0),
        }
    return list(rejected.values())


class Judged(NamedTuple):
    """A verdict that stands: of whom, on what, and which."""

    who: str
    target: str
    verdict: str


def judged(store: Store) -> list[Judged]:
    """The verdicts on records that stand, in order; the last of each reviewer on each record."""
    rows = store.rows("SELECT review, who, action, target FROM review ORDER BY review")
    taken: set[str] = set()
    for row in reversed(rows):
        if row["action"] == "undo" and str(row["review"]) not in taken:
            taken.add(row["target"])
    held: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["action"] in _VERDICTS and str(row["review"]) not in taken:
            key = (row["who"], row["target"])
            held.pop(key, None)
            held[key] = _VERDICTS[row["action"]]
    return [Judged(who, target, verdict) for (who, target), verdict in held.items()]


def progress(store: Store) -> dict[str, int]:
    """How many statements there are, how many were judged, and how."""
    last = {one.target: one.verdict for one in judged(store) if one.target.startswith("s-")}
    counts = dict.fromkeys(_VERDICTS.values(), 0)
    for verdict in last.values():
        counts[verdict] += 1
    held = int(store.value("SELECT count(*) AS value FROM statement") or 0)
    # what was rejected has no row
    return {"statements": held + counts["rejected"], "judged": len(last), **counts}


def agreement(store: Store) -> list[dict[str, Any]]:
    """How far each two reviewers agree on the records that both judged.

    Returns:
        ``{a, b, both, agree, kappa, differ}``: ``agree`` is the share of equal verdicts, ``kappa``
        Cohen's ("A coefficient of agreement for nominal scales", 1960), None where chance alone
        would have them agree on all; ``differ`` lists the records on which they do not.
    """
    by: dict[str, dict[str, str]] = {}
    for one in judged(store):
        by.setdefault(one.who, {})[one.target] = one.verdict
    return [pair for a, b in combinations(sorted(by), 2) for pair in _pair(a, b, by[a], by[b])]


def _pair(a: str, b: str, of_a: dict[str, str], of_b: dict[str, str]) -> Iterator[dict[str, Any]]:
    both = sorted(of_a.keys() & of_b.keys())
    if not both:
        return
    agree = sum(of_a[id] == of_b[id] for id in both) / len(both)
    chance = sum(
        _share(verdict, (of_a[id] for id in both)) * _share(verdict, (of_b[id] for id in both))
        for verdict in _VERDICTS.values()
    )
    yield {
        "a": a,
        "b": b,
        "both": len(both),
        "agree": round(agree, 4),
        "kappa": None if chance == 1 else round((agree - chance) / (1 - chance), 4),
        "differ": [
            {"record": id, "a": of_a[id], "b": of_b[id]} for id in both if of_a[id] != of_b[id]
        ],
    }


def _share(verdict: str, verdicts: Iterable[str]) -> float:
    held = list(verdicts)
    return held.count(verdict) / len(held)
