"""One actor across articles: all that they said, and all that was said of them, by date."""

from collections.abc import Iterator
from typing import Any

from sayso.errors import MissingError
from sayso.ledger import answers
from sayso.ledger.entities import find_key, row_of
from sayso.ledger.matching import plain_words
from sayso.ledger.orders import PREFIX
from sayso.ledger.store import Row, Store
from sayso.names import fold, parse_name, skeleton

_MOST = 40


def named(store: Store, name: str) -> list[Row]:
    """The entities that a name leads to: by their id, by the name or an alias, by a family name.

    Of those that a person merged, the one that stands for all.
    """
    if name.startswith(PREFIX) and name.removeprefix(PREFIX).isdecimal():
        found = [int(name.removeprefix(PREFIX))]
    else:
        found = _by_key(store, find_key(name))
        found = found or _by_key(store, *_family_keys(name)) or _by_words(store, name)
    rows: dict[int, Row] = {}
    for entity in found:
        row = row_of(store, entity)
        if row is not None:
            rows.setdefault(row["entity"], row)
    return list(rows.values())


def _by_key(store: Store, *keys: str) -> list[int]:
    return [
        row["entity"]
        for key in keys
        for row in store.rows(
            f"SELECT DISTINCT entity FROM entity_name WHERE key = ? ORDER BY entity LIMIT {_MOST}",
            key,
        )
    ]


def _family_keys(name: str) -> list[str]:
    words = parse_name(name).words
    return (
        [f"{kind}|{skeleton(words[-1])}" for kind in ("family", "short")] if len(words) == 1 else []
    )


def _by_words(store: Store, name: str) -> list[int]:
    """Entities whose name holds the words."""
    words = plain_words(name)
    if not words:
        return []
    like = " AND ".join(["lower(name) LIKE ?"] * len(words))
    rows = store.rows(
        f"SELECT entity FROM entity WHERE {like} ORDER BY length(name), entity LIMIT {_MOST}",
        *(f"%{fold(word)}%" for word in words),
    )
    return [row["entity"] for row in rows]


def members(store: Store, entity: int) -> list[int]:
    """An entity and those that were merged into it."""
    rows = store.rows("SELECT entity FROM entity WHERE entity = ? OR merged = ?", entity, entity)
    return [row["entity"] for row in rows]


def who(store: Store, name: str, *, limit: int, offset: int = 0) -> Iterator[dict[str, Any]]:
    """The statements by and about whoever a name leads to, by date.

    Args:
        store: the ledger.
        name: a name, an alias, a family name, or the id of an actor of the ledger ("entity-12").
        limit: how many statements at most.
        offset: how many are left out before them.

    Yields:
        Statements as ``answers.statements`` gives them, with ``actor`` (name and id) and ``role``:
        ``source`` of what they said, ``about`` of what was said of them.

    Raises:
        MissingError: the name leads to nobody.
    """
    people = named(store, name)
    if not people:
        raise MissingError(f"{name}: the ledger knows nobody of this name")
    names: dict[int, Row] = {}
    for person in people:
        names.update(dict.fromkeys(members(store, person["entity"]), person))
    marks = ", ".join("?" * len(names))
    rows = store.rows(
        "SELECT found.statement, found.entity, found.role, statement.day FROM"
        " (SELECT statement, entity, 'source' AS role FROM statement_source"
        f" WHERE entity IN ({marks}) UNION ALL"
        " SELECT statement, entity, 'about' AS role FROM statement_about"
        f" WHERE entity IN ({marks})) AS found"
        " JOIN statement ON statement.statement = found.statement"
        " ORDER BY statement.day, found.statement, found.role DESC LIMIT ? OFFSET ?",
        *names,
        *names,
        limit,
        offset,
    )
    told = answers.statements(store, [row["statement"] for row in rows])
    for row, statement in zip(rows, told, strict=True):
        person = names[row["entity"]]
        actor = {"name": person["name"], "id": f"{PREFIX}{person['entity']}"}
        yield {**statement, "actor": actor, "role": row["role"]}
