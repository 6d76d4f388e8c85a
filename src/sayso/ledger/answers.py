"""Statements as answers give them: the record whole, with the article that it stands in."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec

from sayso.ledger import articles, packing
from sayso.ledger.store import Row, Store, numbers
from sayso.records import Statement

#: Articles that are unpacked at a time.
_BATCH = 200


def statements(store: Store, keys: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The statements of these keys in this order, as in a Reading, each with its article.

    Added are ``article`` (address or input), ``publisher``, ``headline``, ``published``, ``day``
    and ``text``, the words of the content.
    """
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        found = by_key(store, part)
        yield from (found[key] for key in part if key in found)


def by_key(store: Store, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The same by key; of a few statements."""
    wanted: dict[int, dict[str, Row]] = {}
    for row in store.rows(
        "SELECT statement, id, article, day, text FROM statement"
        f" WHERE statement IN ({numbers(keys)})"
    ):
        wanted.setdefault(row["article"], {})[row["id"]] = row
    found: dict[int, dict[str, Any]] = {}
    for row in store.rows(
        "SELECT article.*, EXISTS (SELECT 1 FROM review WHERE action = 'correct'"
        " AND review.article IN (SELECT id FROM version WHERE version.article = article.article"
        " UNION ALL SELECT article.id)) AS corrected"
        f" FROM article WHERE article IN ({numbers(wanted)})"
    ):
        held = wanted[row["article"]]
        for statement in _records(store, row, held):
            found[held[statement.id]["statement"]] = {
                **msgspec.to_builtins(statement),
                "text": held[statement.id]["text"],
                "day": held[statement.id]["day"],
                "article": row["name"],
                "publisher": row["publisher"],
                "headline": row["headline"],
                "published": row["published"],
            }
    return found


def _records(store: Store, article: Row, ids: Collection[str]) -> list[Statement]:
    """Some statements of an article; the whole reading is unpacked only where it was corrected."""
    if article["corrected"]:
        return [s for s in articles.corrected(store, article).statements if s.id in ids]
    text = packing.unpack_text(article["text"])
    return packing.statements(article["reading"], text, ids)
