"""The actors of the ledger as a list, those that most articles name first."""

from collections.abc import Iterator
from typing import Any

from sayso.ledger import who
from sayso.ledger.orders import PREFIX
from sayso.ledger.store import Store, numbers

#: What is counted of each, by triggers of the tables.
_COUNTS = ("articles", "said", "about")


def listed(
    store: Store,
    query: str | None = None,
    *,
    kind: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[dict[str, Any]]:
    """Actors, those that a person merged as one; see ``Ledger.actors``.

    Yields:
        ``{id, name, kind, country, party, articles, said, about}``: how many articles name it, how
        many statements are its own, and how many speak of it.
    """
    parts, values = ["shown.merged IS NULL", "shown.articles + coalesce(more.articles, 0) > 0"], []
    if query:
        rows = who.named(store, query)
        if not rows:
            return
        parts.append(f"shown.entity IN ({numbers(row['entity'] for row in rows)})")
    if kind:
        parts.append("shown.kind = ?")
        values.append(kind)
    page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    sums = ", ".join(f"sum({count}) AS {count}" for count in _COUNTS)
    totals = ", ".join(f"shown.{n} + coalesce(more.{n}, 0) AS {n}" for n in _COUNTS)
    for row in store.rows(
        "SELECT shown.entity, shown.name, shown.kind, shown.country, shown.party,"
        f" {totals} FROM entity AS shown LEFT JOIN (SELECT merged, {sums} FROM entity"
        " WHERE merged IS NOT NULL GROUP BY merged) AS more ON more.merged = shown.entity"
        f" WHERE {' AND '.join(parts)} ORDER BY articles DESC, shown.name, shown.entity{page}",
        *values,
    ):
        yield {
            "id": f"{PREFIX}{row['entity']}",
            **{field: row[field] for field in ("name", "kind", "country", "party")},
            **{count: int(row[count]) for count in _COUNTS},
        }
