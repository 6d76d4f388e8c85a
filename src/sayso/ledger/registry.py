"""The actors of the ledger as a list, those that most articles name first."""

from collections.abc import Iterator
from typing import Any

from sayso.ledger import who
from sayso.ledger.orders import PREFIX
from sayso.ledger.store import Store, numbers


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
    parts, values = ["true"], []
    if query:
        rows = who.named(store, query)
        if not rows:
            return
        parts.append(f"shown.entity IN ({numbers(row['entity'] for row in rows)})")
    if kind:
        parts.append("shown.kind = ?")
        values.append(kind)
    page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    rows = store.rows(
        "SELECT shown.entity, shown.name, shown.kind, shown.country, shown.party,"
        " sum(named.articles) AS articles"
        " FROM (SELECT entity, count(*) AS articles FROM actor GROUP BY entity) AS named"
        " JOIN entity ON entity.entity = named.entity"
        " JOIN entity AS shown ON shown.entity = coalesce(entity.merged, entity.entity)"
        f" WHERE {' AND '.join(parts)}"
        " GROUP BY shown.entity, shown.name, shown.kind, shown.country, shown.party"
        f" ORDER BY articles DESC, shown.name, shown.entity{page}",
        *values,
    )
    counts = _counts(store, [row["entity"] for row in rows])
    for row in rows:
        said = counts.get(row["entity"], {})
        yield {
            "id": f"{PREFIX}{row['entity']}",
            **{field: row[field] for field in ("name", "kind", "country", "party")},
            "articles": int(row["articles"]),
            "said": said.get("source", 0),
            "about": said.get("about", 0),
        }


def _counts(store: Store, entities: list[int]) -> dict[int, dict[str, int]]:
    """How many statements are by, and how many about, each of these actors."""
    found: dict[int, dict[str, int]] = {}
    for row in store.rows(
        "SELECT coalesce(entity.merged, entity.entity) AS entity, role, count(*) AS number"
        " FROM statement_entity JOIN entity ON entity.entity = statement_entity.entity"
        f" WHERE entity.entity IN ({numbers(entities)})"
        f" OR entity.merged IN ({numbers(entities)})"
        " GROUP BY coalesce(entity.merged, entity.entity), role"
    ):
        found.setdefault(row["entity"], {})[row["role"]] = row["number"]
    return found
