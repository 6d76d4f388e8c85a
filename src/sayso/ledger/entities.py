"""Actors across articles: who of one article is who of another."""

from sayso.ledger.store import Store
from sayso.records import Reading


def resolve(store: Store, article: int, reading: Reading) -> dict[str, int]:
    """The entity of each actor of a reading, by actor id; entities that are new are made.

    Args:
        store: inside ``write``.
        article: the article's key.
        reading: with reviewers' corrections.
    """
    found: dict[str, int] = {}
    for actor in reading.actors:
        row = store.one(
            "SELECT entity AS value FROM entity WHERE name = ? AND kind = ?", actor.name, actor.kind
        )
        if row is None:
            key = store.next_key("entity")
            store.run(
                "INSERT INTO entity (entity, name, kind, country) VALUES (?, ?, ?, ?)",
                key,
                actor.name,
                actor.kind,
                actor.country,
            )
        else:
            key = row["value"]
        found[actor.id] = key
        store.run(
            "INSERT INTO actor (article, id, entity, name, roles, why) VALUES (?, ?, ?, ?, ?, ?)",
            article,
            actor.id,
            key,
            actor.name,
            "; ".join(role.title for role in actor.roles) or None,
            "the same name",
        )
    return found
