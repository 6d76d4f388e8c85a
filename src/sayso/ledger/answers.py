"""Statements as answers give them: the record whole, with the article that it stands in."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from sayso.ledger import articles
from sayso.ledger.store import Store

#: Articles that are unpacked at a time.
_BATCH = 200


def statements(store: Store, keys: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The statements of these keys in this order, as in a Reading, each with its article.

    Added are ``article`` (address or input), ``publisher``, ``headline``, ``published``, ``day``
    and ``text``, the words of the content.
    """
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        found = _found(store, part)
        yield from (found[key] for key in part if key in found)


def _found(store: Store, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    marks = ", ".join("?" * len(keys))
    rows = store.rows(
        f"SELECT statement, id, article, day, text FROM statement WHERE statement IN ({marks})",
        *keys,
    )
    wanted: dict[int, dict[str, Any]] = {}
    for row in rows:
        wanted.setdefault(row["article"], {})[row["id"]] = row
    found: dict[int, dict[str, Any]] = {}
    for article, held in wanted.items():
        row = store.one("SELECT * FROM article WHERE article = ?", article)
        if row is None:
            continue
        for statement in articles.corrected(store, row).statements:
            if statement.id in held:
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
