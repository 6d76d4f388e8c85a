"""A ledger's articles as exports take them."""

from collections.abc import Iterator

from sayso.exports.item import Capture, Item
from sayso.ledger import articles, corrections, entities, evidence
from sayso.ledger.orders import PREFIX
from sayso.ledger.store import Row, Store


def items(store: Store) -> Iterator[Item]:
    """The articles in the order in which they were added, one in memory at a time."""
    after = 0
    while row := store.one(
        "SELECT * FROM article WHERE article > ? ORDER BY article LIMIT 1", after
    ):
        yield _item(store, row)
        after = row["article"]


def _item(store: Store, row: Row) -> Item:
    standing = corrections.of_article(store, row["article"])
    reading = corrections.apply(articles.reading_of(row), standing)
    led = entities.of_reading(store, row["article"], reading)
    return Item(
        reading,
        name=row["name"],
        reviews=corrections.verdicts(standing),
        captures=tuple(
            Capture(one["sha256"], one["retrieved"], one["how"], one["origin"])
            for one in evidence.captures(store, row["id"])
        ),
        entities={actor: f"{PREFIX}{entities.root(store, one)}" for actor, one in led.items()},
        version=row["version"],
        program=row["program"],
        model=row["model"],
    )
