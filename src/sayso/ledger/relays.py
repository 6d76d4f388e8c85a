"""Who passes on what an actor says, and whose words it passes on."""

from typing import Any

from sayso.ledger import who
from sayso.ledger.orders import PREFIX
from sayso.ledger.store import Store, numbers

#: Statements of an actor that are looked at, the last added, and names that are given.
_LOOKED, _GIVEN = 1000, 12


def relays(store: Store, entity: int) -> dict[str, list[dict[str, Any]]]:
    """Who relays an actor, and whom it relays, most often first.

    Args:
        store: the ledger.
        entity: the actor's key; those that were merged into it count as it.

    Returns:
        ``{relayed_by, relays}``, each ``[{id, name, statements}]``.
    """
    held = numbers(who.members(store, entity))
    said = (
        "(SELECT statement.statement, statement.id, statement.parent, statement.article"
        " FROM statement_source JOIN statement"
        " ON statement.statement = statement_source.statement"
        f" WHERE statement_source.entity IN ({held})"
        f" ORDER BY statement_source.statement DESC LIMIT {_LOOKED}) AS own"
    )
    above = "other.id = own.parent"
    below = "other.article = own.article AND other.parent = own.id"
    return {
        name: [
            {"id": f"{PREFIX}{row['entity']}", "name": row["name"], "statements": row["number"]}
            for row in store.rows(
                "SELECT shown.entity, shown.name, count(*) AS number"
                f" FROM {said} JOIN statement AS other ON {join}"
                " JOIN statement_source ON statement_source.statement = other.statement"
                " JOIN entity ON entity.entity = statement_source.entity"
                " JOIN entity AS shown ON shown.entity = coalesce(entity.merged, entity.entity)"
                f" WHERE shown.entity NOT IN ({held}) GROUP BY shown.entity, shown.name"
                f" ORDER BY number DESC, shown.name LIMIT {_GIVEN}"
            )
        ]
        for name, join in (("relayed_by", above), ("relays", below))
    }
