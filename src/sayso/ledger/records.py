"""One record of the ledger, whole: by its id, with the article that it stands in."""

from typing import Any

import msgspec

from sayso.errors import MissingError
from sayso.ledger import articles, corrections, entities, evidence, reviews, who
from sayso.ledger.matching import listed
from sayso.ledger.orders import PREFIX, entity_of
from sayso.ledger.packing import unpack_text
from sayso.ledger.reviews import Review
from sayso.ledger.store import Row, Store, numbers
from sayso.records import Reading, Record

_TABLES = {"s": "statement", "f": "figure", "e": "event", "g": "agreement"}


class Place(msgspec.Struct, frozen=True):
    """Where something stands: an article's id, a record in it, or an actor of the ledger."""

    article: str | None = None
    record: str | None = None
    actor: str | None = None


class Shown(msgspec.Struct, frozen=True):
    """One article, whole; see ``shown``.

    Attributes:
        name: its address or input.
        reading: with reviewers' corrections.
        machine: the same without them.
        versions, changes, captures: as ``shown`` gives them.
        reviews: the lines of the log, in order, those that were taken back too.
        texts: the text of each version but the last, the earliest first.
        verdicts: what reviewers last said of its records, by id: ``confirmed``, ``corrected`` or
            ``rejected``.
        entities: the actors of the ledger that its actors were led to, by their id in the reading.
    """

    name: str
    reading: Reading
    machine: Reading
    versions: list[dict[str, Any]]
    texts: list[str]
    changes: list[dict[str, Any]]
    captures: list[dict[str, Any]]
    reviews: list[Review]
    verdicts: dict[str, str]
    entities: dict[str, str]

    @property
    def rejected(self) -> frozenset[str]:
        """The ids of records that reviewers rejected."""
        return frozenset(id for id, verdict in self.verdicts.items() if verdict == "rejected")


#: What an article may be named by.
_NAMED = ("id = ?", "key = ?", "name = ?", "article = (SELECT article FROM version WHERE id = ?)")


def place(store: Store, name: str) -> Place:
    """See ``Ledger.place``."""
    if name.startswith(PREFIX) and (row := entities.row_of(store, entity_of(name))):
        return Place(actor=f"{PREFIX}{row['entity']}")
    kind = name.rsplit("-", 1)[0]
    if name.startswith("a-") or kind not in corrections.KINDS:
        return Place(article=article_row(store, name)["id"])
    row, reading, _ = find(store, name)
    if kind == "actor":
        held = entities.of_reading(store, row["article"], reading)[name]
        return Place(actor=f"{PREFIX}{entities.root(store, held)}")
    return Place(article=row["id"], record=name)


def article(store: Store, name: str) -> Shown:
    """See ``Ledger.article``."""
    row = article_row(store, name)
    machine = articles.reading_of(row)
    standing = corrections.of_article(store, row["article"])
    reading = corrections.apply(machine, standing)
    listed = _versions(store, row["article"])
    led = entities.of_reading(store, row["article"], reading)
    return Shown(
        name=row["name"],
        reading=reading,
        machine=machine,
        versions=listed,
        texts=[
            unpack_text(held["text"])
            for held in store.rows(
                "SELECT text FROM version WHERE article = ? ORDER BY version", row["article"]
            )
        ],
        changes=articles.changes(store, row["article"]),
        captures=[c for v in listed for c in evidence.captures(store, v["id"])],
        reviews=[r for v in listed for r in reviews.log(store, "article = ?", v["id"])],
        verdicts=corrections.verdicts(standing),
        entities={actor: f"{PREFIX}{entity}" for actor, entity in led.items()},
    )


def counts(store: Store) -> dict[str, int]:
    """See ``Ledger.counts``."""
    return {
        name: int(store.value(f"SELECT count(*) AS value FROM {table}") or 0)
        for name, table in (
            ("articles", "article"),
            ("statements", "statement"),
            ("figures", "figure"),
            ("events", "event"),
            ("actors", "entity"),
        )
    }


def article_row(store: Store, name: str) -> Row:
    """The article of an id, address or input.

    Raises:
        MissingError: the ledger has no such article.
    """
    # one after the other: most names are ids, and each condition has an index of its own
    for where in _NAMED:
        row = store.one(f"SELECT * FROM article WHERE {where}", name)
        if row is not None:
            return row
    raise MissingError(f"{name}: the ledger has no such article; sayso list shows those it has")


def entity_row(store: Store, name: str) -> Row:
    """The actor of the ledger of an id ("entity-12"); of a merged one, the one that stands for it.

    Raises:
        MissingError: the ledger has no such actor.
    """
    row = entities.row_of(store, entity_of(name))
    if row is None:
        raise MissingError(f"{name}: the ledger has no such actor")
    return row


def find(store: Store, record: str) -> tuple[Row, Reading, Record]:
    """The article, its corrected reading, and the record of an id.

    A record that a reviewer rejected is found too.

    Raises:
        MissingError: the ledger has no such record.
    """
    row = _holding(store, record)
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
    raise MissingError(f"{record}: the ledger has no such record")


def _holding(store: Store, record: str) -> Row | None:
    """The article that a record stands in; of an actor the first one that names it."""
    kind = record.rsplit("-", 1)[0]
    if kind == "actor":
        return store.one(
            "SELECT article.* FROM entity_name JOIN actor ON actor.entity = entity_name.entity"
            " JOIN article ON article.article = actor.article WHERE entity_name.key = ?"
            " AND actor.name IS NOT DISTINCT FROM nullif(entity_name.name,"
            " (SELECT name FROM entity WHERE entity.entity = actor.entity))"
            " ORDER BY article.article LIMIT 1",
            f"id|{record}",
        )
    if kind not in _TABLES:
        return None
    return store.one(
        f"SELECT article.* FROM {_TABLES[kind]} AS held"
        " JOIN article ON article.article = held.article WHERE held.id = ?",
        record,
    )


def shown(store: Store, name: str) -> dict[str, Any]:
    """One article, statement, figure, event, agreement or actor, whole, as ``sayso show`` gives it.

    Args:
        store: the ledger.
        name: a record's or article's id, or an article's address or input.

    Returns:
        Of an article its corrected reading with ``versions``, ``changes``, ``captures`` and
        ``reviews``; of a record ``article``, the ``record`` and its ``reviews``.

    Raises:
        MissingError: the ledger has no such thing.
    """
    if name.startswith(PREFIX) and entities.row_of(store, entity_of(name)):
        return actor(store, name)
    if name.startswith("a-") or name.rsplit("-", 1)[0] not in corrections.KINDS:
        held = article(store, name)
        return {
            "article": held.name,
            "kind": "article",
            "record": msgspec.to_builtins(held.reading),
            "versions": held.versions,
            "changes": held.changes,
            "captures": held.captures,
            "reviews": msgspec.to_builtins(held.reviews),
        }
    row, _, record = find(store, name)
    kind = type(record).__name__.lower()
    return {
        "article": row["name"],
        "kind": kind,
        "record": msgspec.to_builtins(record),
        "reviews": [msgspec.to_builtins(r) for r in reviews.log(store, "target = ?", name)],
    }


def actor(store: Store, name: str, most: int | None = None) -> dict[str, Any]:
    """An actor of the ledger: names, offices, and the articles that name it.

    Args:
        store: the ledger.
        name: its id ("entity-12").
        most: articles that are given, those that were added last; by default all.

    Raises:
        MissingError: the ledger has no such actor.
    """
    row = entity_row(store, name)
    key = row["entity"]
    held = f"actor.entity IN ({numbers(who.members(store, key))})"
    called = "FROM actor JOIN entity ON entity.entity = actor.entity"
    named = store.rows(
        "SELECT article.name, article.day, article.headline, why, entity.merged,"
        f" coalesce(actor.name, entity.name) AS called {called}"
        f" JOIN article ON article.article = actor.article WHERE {held}"
        f" ORDER BY actor.article DESC{'' if most is None else f' LIMIT {most}'}"
    )
    named.reverse()
    named.sort(key=lambda one: one["day"] or "")
    names = store.rows(
        f"SELECT coalesce(actor.name, entity.name) AS called, roles {called}"
        f" WHERE {held} GROUP BY 1, 2 ORDER BY min(actor.article)"
    )
    offices = [title for one in names if one["roles"] for title in one["roles"].split("; ")]
    return {
        "kind": "actor",
        "record": {
            "id": f"{PREFIX}{key}",
            **{field: row[field] for field in ("name", "kind", "country", "party")},
            "aliases": [
                name for name in listed(one["called"] for one in names) if name != row["name"]
            ],
            "roles": listed(offices),
            "named": store.value(
                "SELECT sum(articles) AS value FROM entity WHERE entity = ? OR merged = ?", key, key
            ),
        },
        "articles": [
            {
                "article": one["name"],
                "headline": one["headline"],
                "day": one["day"],
                "called": one["called"],
                "why": one["why"] if one["merged"] is None else "merge",
            }
            for one in named
        ],
        "reviews": [
            msgspec.to_builtins(r) for r in reviews.log(store, "target = ?", f"{PREFIX}{key}")
        ],
    }


def _versions(store: Store, article: int) -> list[dict[str, Any]]:
    versions = store.rows(
        "SELECT version, id, added, program, model FROM version WHERE article = ?"
        " UNION ALL SELECT version, id, added, program, model FROM article WHERE article = ?"
        " ORDER BY version",
        article,
        article,
    )
    return [
        {key: v[key] for key in ("version", "id", "added", "program", "model")} for v in versions
    ]
