"""Whose side a source or a figure is on, by countries alone, and which countries fight.

A layer (see ``layers``): it keeps which countries an article says attack each other.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from sayso import lexicon
from sayso.ledger.store import Row, Store
from sayso.names import skeleton
from sayso.records import Figure, Reading, Statement

#: Events between those who fight.
_FIGHTING = frozenset({"ASSAULT", "COERCE"})
#: Of an owner's opponents, one is named in at least this share of the articles of the first.
_SHARE = 0.2
_MOST = 200


class Party(NamedTuple):
    """An entity as a side: its key, name and kind, and the country that it stands for."""

    entity: int
    name: str
    kind: str
    code: str | None

    @property
    def key(self) -> str:
        """What tells parties apart: the country's code, else the entity."""
        return self.code or f"#{self.entity}"

    @property
    def general(self) -> bool:
        """Whether it names a side as a whole: a country, its government, "the authorities"."""
        return self.code is not None and self.kind in ("country", "government", "group")


_COLUMNS = (
    "root.entity AS root, root.name AS root_name, root.kind AS root_kind,"
    " root.country AS root_country, root.party AS root_party"
)
_JOIN = "JOIN entity AS root ON root.entity = coalesce(entity.merged, entity.entity)"


def _party(store: Store, row: Row) -> Party:
    kind, country = row["root_kind"], row["root_country"]
    # A person or a body of a country is on its side by that alone; outlets are on nobody's.
    proper = kind == "group" and not _describes(row["root_name"], country)
    code = row["root_party"] or (None if kind == "outlet" or proper else country)
    if code is None and kind in ("document", "organisation"):
        code = _of_leader(store, row["root_name"])
    return Party(row["root"], row["root_name"], kind, code)


def _of_leader(store: Store, name: str) -> str | None:
    """The country of a government that goes by its leader's name ("the Brask administration")."""
    words = [word.removesuffix("'s") for word in name.replace("’", "'").split()]
    if not {word.casefold() for word in words} & set(lexicon.toml("counted")["led"]["words"]):
        return None
    for word in words:
        if word[:1].isupper() and word.isalpha():
            rows = store.rows(
                "SELECT DISTINCT entity.party FROM entity_name JOIN entity USING (entity)"
                " WHERE key = ? AND entity.kind = 'person' AND entity.party IS NOT NULL",
                f"family|{skeleton(word)}",
            )
            if len(rows) == 1:
                return str(rows[0]["party"])
    return None


def _describes(name: str, country: str | None) -> bool:
    """Whether a group's name says whose people they are ("Ostrenian soldiers")."""
    return country is not None and (name.split()[-1][:1].islower() or " " not in name)


def of_actors(store: Store, article: int, reading: Reading) -> dict[str, Party]:
    """The parties of an article's actors, by actor id."""
    rows = store.rows(
        f"SELECT actor.position, {_COLUMNS} FROM actor JOIN entity USING (entity) {_JOIN}"
        " WHERE article = ?",
        article,
    )
    return {reading.actors[row["position"]].id: _party(store, row) for row in rows}


def of_statements(
    store: Store, statements: Collection[int], role: Literal["source", "about"] = "source"
) -> dict[int, list[Party]]:
    """The parties that make each statement, or (role ``about``) are in it, by its key."""
    found: dict[int, list[Party]] = {}
    keys = sorted(statements)
    for start in range(0, len(keys), _MOST):
        part = keys[start : start + _MOST]
        for row in store.rows(
            f"SELECT statement, {_COLUMNS} FROM statement_{role} JOIN entity USING (entity) {_JOIN}"
            f" WHERE statement IN ({', '.join('?' * len(part))})"
            " ORDER BY statement, root.entity",
            *part,
        ):
            found.setdefault(row["statement"], []).append(_party(store, row))
    return found


def innermost(statement: Statement | None, statements: dict[str, Statement]) -> str | None:
    """The id of the innermost link of a chain whose source is someone in particular."""
    seen: set[str] = set()
    while statement is not None and statement.id not in seen:
        seen.add(statement.id)
        if any(source.actor and source.kind != "unnamed" for source in statement.sources):
            return statement.id
        statement = statements.get(statement.parent or "")
    return None


def index(store: Store, article: int, reading: Reading) -> None:
    """Keep which countries an article says fight each other."""
    parties = of_actors(store, article, reading)
    pairs = set(_attacks(reading, parties)) | set(_both_sides(reading, parties))
    store.many(
        "INSERT INTO fight (one, other, article) VALUES (?, ?, ?)",
        sorted((one, other, article) for pair in pairs for one, other in (pair, pair[::-1])),
    )


def forget(store: Store, article: int) -> None:
    """Take out what an article said of fighting."""
    store.run("DELETE FROM fight WHERE article = ?", article)


def _codes(actors: Iterable[str], parties: dict[str, Party]) -> set[str]:
    return {code for actor in actors if actor in parties and (code := parties[actor].code)}


def _attacks(reading: Reading, parties: dict[str, Party]) -> Iterator[tuple[str, str]]:
    for event in reading.events:
        if event.type in _FIGHTING:
            for one in _codes(event.actors, parties):
                for other in _codes(event.recipients, parties) - {one}:
                    yield min(one, other), max(one, other)


def _both_sides(reading: Reading, parties: dict[str, Party]) -> Iterator[tuple[str, str]]:
    """The owners of losses "on both sides"."""
    words = lexicon.toml("counted")["both_sides"]["words"]
    for figure in reading.figures:
        codes = sorted(_codes(figure.of_actors, parties))
        if len(codes) == 2 and figure.kind in lexicon.toml("counted")["series"]["adding_up"]:
            around = reading.article.text[figure.span.start : figure.span.end + 80].casefold()
            if any(word in around for word in words):
                yield codes[0], codes[1]


def opponents(store: Store, owner: str) -> set[str]:
    """The countries that fight a country, as the ledger's articles have it."""
    rows = store.rows("SELECT other, count(*) AS n FROM fight WHERE one = ? GROUP BY other", owner)
    counts = {row["other"]: row["n"] for row in rows}
    most = max(counts.values(), default=0)
    return {other for other, count in counts.items() if count >= _SHARE * most}


def owners(figure: Figure, parties: Mapping[str, Party]) -> list[str]:
    """Keys of the parties whose a figure is, sorted."""
    return sorted({parties[actor].key for actor in figure.of_actors if actor in parties})
