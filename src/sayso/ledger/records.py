"""One record of the ledger, whole: by its id, with the article that it stands in."""

from typing import Any

import msgspec

from sayso.errors import LedgerError
from sayso.ledger import articles, corrections, evidence, reviews
from sayso.ledger.store import Row, Store
from sayso.records import Reading, Record

_TABLES = {"s": "statement", "f": "figure", "e": "event", "g": "agreement", "actor": "actor"}


def article_row(store: Store, name: str) -> Row:
    """The article of an id, address or input.

    Raises:
        LedgerError: the ledger has no such article.
    """
    row = store.one(
        "SELECT * FROM article WHERE id = ? OR name = ? OR key = ?"
        " OR article = (SELECT article FROM version WHERE id = ?)",
        name,
        name,
        name,
        name,
    )
    if row is None:
        raise LedgerError(f"{name}: the ledger has no such article; sayso list shows those it has")
    return row


def find(store: Store, record: str) -> tuple[Row, Reading, Record]:
    """The article, its corrected reading, and the record of an id.

    A record that a reviewer rejected is found too.

    Raises:
        LedgerError: the ledger has no such record.
    """
    table = _TABLES.get(record.rsplit("-", 1)[0])
    row = (
        store.one(
            f"SELECT article.* FROM {table} AS held JOIN article ON article.article = held.article"
            " WHERE held.id = ? ORDER BY article.article LIMIT 1",
            record,
        )
        if table
        else None
    )
    if row is None:
        row = store.one(
            "SELECT article.* FROM review JOIN article ON article.id = review.article"
            " WHERE target = ? LIMIT 1",
            record,
        )
    if row is not None:
        reading = articles.corrected(store, row)
        name, _ = corrections.kind_of(record)
        for held in getattr(reading, name):
            if held.id == record:
                return row, reading, held
    raise LedgerError(f"{record}: the ledger has no such record")


def shown(store: Store, name: str) -> dict[str, Any]:
    """One article, statement, figure, event, agreement or actor, whole, as ``sayso show`` gives it.

    Args:
        store: the ledger.
        name: a record's or article's id, or an article's address or input.

    Returns:
        Of an article its corrected reading with ``versions``, ``changes``, ``captures`` and
        ``reviews``; of a record ``article``, the ``record`` and its ``reviews``.

    Raises:
        LedgerError: the ledger has no such thing.
    """
    if name.startswith("a-") or not _TABLES.get(name.rsplit("-", 1)[0]):
        return _article(store, article_row(store, name))
    row, _, record = find(store, name)
    kind = type(record).__name__.lower()
    return {
        "article": row["name"],
        "kind": kind,
        "record": msgspec.to_builtins(record),
        "reviews": [msgspec.to_builtins(r) for r in reviews.log(store, "target = ?", name)],
    }


def _article(store: Store, row: Row) -> dict[str, Any]:
    versions = store.rows(
        "SELECT version, id, added, program, model FROM version WHERE article = ?"
        " UNION ALL SELECT version, id, added, program, model FROM article WHERE article = ?"
        " ORDER BY version",
        row["article"],
        row["article"],
    )
    listed = [
        {key: v[key] for key in ("version", "id", "added", "program", "model")} for v in versions
    ]
    return {
        "article": row["name"],
        "kind": "article",
        "record": msgspec.to_builtins(articles.corrected(store, row)),
        "versions": listed,
        "changes": articles.changes(store, row["article"]),
        "captures": [c for v in listed for c in evidence.captures(store, v["id"])],
        "reviews": [
            msgspec.to_builtins(r)
            for v in listed
            for r in reviews.log(store, "article = ?", v["id"])
        ],
    }
