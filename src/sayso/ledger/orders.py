"""What a person ordered of actors across articles: two are one, or one is not whom it was led to.

Orders stand in the review log and can be taken back there; the tables follow the log.
"""

from collections.abc import Iterable

from sayso.errors import MissingError
from sayso.ledger import reviews
from sayso.ledger.reviews import Review
from sayso.ledger.store import Store

#: How an entity is written as the target of an order.
PREFIX = "entity-"


def entity_of(target: str) -> int:
    """The key of an entity's id.

    Raises:
        MissingError: it is no id of an entity.
    """
    number = target.removeprefix(PREFIX)
    if not target.startswith(PREFIX) or not number.isdecimal():
        raise MissingError(f"{target}: is no id of an actor of the ledger (they read {PREFIX}12)")
    return int(number)


def standing(store: Store, *actions: str) -> list[Review]:
    """The orders of these kinds that nobody took back, in their order."""
    marks = ", ".join("?" * len(actions))
    found = reviews.log(store, f"action IN ({marks})", *actions)
    return reviews.standing(found, reviews.undos(store)) if found else []


def of(store: Store, entity: int) -> list[Review]:
    """The orders that stand and that name an entity, or one that was merged into it."""
    rows = store.rows("SELECT entity FROM entity WHERE entity = ? OR merged = ?", entity, entity)
    named = {row["entity"] for row in rows}
    return [
        review
        for review in standing(store, "merge", "split")
        if entity_of(review.target) in named or int(review.detail["into"]) in named
    ]


def splits(store: Store, article: str) -> dict[str, int]:
    """The entity that a person ordered for actors of an article (by its id), by actor id."""
    found = reviews.log(store, "action = ? AND article = ?", "split", article)
    if not found:
        return {}
    return {
        review.detail["actor"]: int(review.detail["into"])
        for review in reviews.standing(found, reviews.undos(store))
    }


def redo_merges(store: Store) -> None:
    """Set which entities are one, as the log has it; inside ``write``."""
    lead: dict[int, int] = {}

    def top(entity: int) -> int:
        while entity in lead:
            entity = lead[entity]
        return entity

    for review in standing(store, "merge"):
        one, into = top(entity_of(review.target)), top(int(review.detail["into"]))
        if one != into:
            lead[one] = into
    store.run("UPDATE entity SET merged = NULL WHERE merged IS NOT NULL")
    store.many(
        "UPDATE entity SET merged = ? WHERE entity = ?", [(top(one), one) for one in sorted(lead)]
    )


def check(store: Store, entities: Iterable[int]) -> None:
    """See that entities are there.

    Raises:
        MissingError: one is not.
    """
    for entity in entities:
        if store.one("SELECT 1 AS value FROM entity WHERE entity = ?", entity) is None:
            raise MissingError(f"{PREFIX}{entity}: the ledger has no such actor")
