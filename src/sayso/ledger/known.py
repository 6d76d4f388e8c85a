"""The entities that the names of one article can lead to, fetched together."""

from collections.abc import Iterable

import msgspec

from sayso.ledger.store import Store

#: Entities of one name that are looked at, and actors that are looked at again.
MOST = 40
#: Keys that are asked for at a time.
_AT_ONCE = 400


class Who(msgspec.Struct):
    """An entity as it stands: its key, and its columns."""

    entity: int
    name: str
    kind: str
    country: str | None
    party: str | None

    def clashes(self, country: str | None) -> bool:
        """Whether it is of another country than this one."""
        return self.country is not None and country is not None and self.country != country


class Known:
    """Entities by the keys of their names.

    Args:
        store: the ledger.
        keys: that will be asked for; others are fetched one by one.
    """

    def __init__(self, store: Store, keys: Iterable[str]) -> None:
        self._store = store
        self._entities: dict[int, Who] = {}
        self._by_key: dict[str, dict[int, Who]] = {}
        wanted = sorted(set(keys))
        for start in range(0, len(wanted), _AT_ONCE):
            self._fetch(wanted[start : start + _AT_ONCE])

    def _fetch(self, keys: list[str]) -> None:
        for key in keys:
            self._by_key[key] = {}
        marks = ", ".join("?" * len(keys))
        for row in self._store.rows(
            "SELECT DISTINCT key, entity.entity, entity.name, kind, country, party"
            " FROM entity_name JOIN entity ON entity.entity = entity_name.entity"
            f" WHERE key IN ({marks}) ORDER BY key, entity.entity",
            *keys,
        ):
            names = self._by_key[row["key"]]
            if len(names) < MOST:
                columns = {field: row[field] for field in Who.__struct_fields__}
                who = self._entities.setdefault(row["entity"], Who(**columns))
                names[who.entity] = who

    def named(self, key: str) -> list[Who]:
        """The entities of a key, oldest first."""
        if key not in self._by_key:
            self._fetch([key])
        return [self._by_key[key][entity] for entity in sorted(self._by_key[key])]

    def of(self, entity: int) -> Who:
        """An entity by its key."""
        if entity not in self._entities:
            row = self._store.one(
                "SELECT entity, name, kind, country, party FROM entity WHERE entity = ?", entity
            )
            columns = {field: (row or {})[field] for field in Who.__struct_fields__}
            self._entities[entity] = Who(**columns)
        return self._entities[entity]

    def add(self, who: Who, keys: Iterable[str]) -> None:
        """Note an entity that is new, or that has new names."""
        self._entities[who.entity] = who
        for key in keys:
            if key in self._by_key:
                self._by_key[key][who.entity] = who
