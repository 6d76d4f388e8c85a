"""Actors across articles: who of one article is who of another.

An entity is whoever or whatever actors of several articles are. Bodies and countries are led
together by name, kind and country, people by ``people``. A name of no one in particular ("a
report", "a senior official", "the Defense Ministry" of nobody's country) stays in its article.

What a person orders (``orders``) stands above all of this.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from sayso import lexicon
from sayso.ledger import orders, people
from sayso.ledger.known import Known, Who
from sayso.ledger.matching import plain_words
from sayso.ledger.parties import party_of, state_words
from sayso.ledger.store import Row, Store
from sayso.names import PersonName, parse_name
from sayso.records import Actor, Reading

#: Kinds whose bodies are one where their names are: a militia may be a group here, a force there.
_BODIES = frozenset({"organisation", "group", "armed_force", "outlet"})


def resolve(store: Store, article: int, reading: Reading) -> dict[str, int]:
    """The entity of each actor of a reading, by actor id; entities that are new are made.

    Args:
        store: inside ``write``.
        article: the article's key.
        reading: with reviewers' corrections.
    """
    ordered = orders.splits(store, reading.article.id)
    actors = {actor.id: actor for actor in reading.actors}
    known = Known(store, [key for actor in reading.actors for key in _keys(article, actor)])
    found: dict[str, int] = {}
    rows, fresh = [], []
    for position, actor in enumerate(reading.actors):
        if actor.id in ordered:
            entity, why = ordered[actor.id], "order"
        else:
            entity, why = _entity(store, known, article, actor)
        name = parse_name(actor.name)
        if why == "new" and _is_somebody(actor) and people.is_full(name):
            fresh.append((entity, name))
        found[actor.id] = entity
        who = known.of(entity)
        _note(store, known, who, actor, party_of(actor, actors))
        titles = "; ".join(role.title for role in actor.roles) or None
        own = None if actor.name == who.name else actor.name
        rows.append((article, position, entity, own, titles, why))
    store.many(
        "INSERT INTO actor (article, position, entity, name, roles, why) VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    for entity, name in fresh:
        _look_again(store, known, entity, name)
    return found


def of_reading(store: Store, article: int, reading: Reading) -> dict[str, int]:
    """The entities of a reading's actors, by actor id.

    Args:
        store: the ledger.
        article: the article's key.
        reading: the article's, with reviewers' corrections.
    """
    rows = store.rows("SELECT position, entity FROM actor WHERE article = ?", article)
    return {reading.actors[row["position"]].id: row["entity"] for row in rows}


def of_article(store: Store, article: int) -> list[int]:
    """The entities of an article's actors."""
    return [r["entity"] for r in store.rows("SELECT entity FROM actor WHERE article = ?", article)]


def drop_orphans(store: Store, candidates: Iterable[int]) -> None:
    """Take out those entities that no article names any more and no order of a person names."""
    for entity in sorted(set(candidates)):
        store.run(
            "DELETE FROM entity WHERE entity = ? AND merged IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM actor WHERE actor.entity = ?)"
            " AND NOT EXISTS (SELECT 1 FROM entity AS other WHERE other.merged = ?)",
            entity,
            entity,
            entity,
        )


def row_of(store: Store, entity: int) -> Row | None:
    """The row of the entity that a person said this one is, or its own; ``None`` of none."""
    return store.one(
        "SELECT * FROM entity WHERE entity ="
        " (SELECT coalesce(merged, entity) FROM entity WHERE entity = ?)",
        entity,
    )


def root(store: Store, entity: int) -> int:
    """The entity that a person said this one is, or itself."""
    row = row_of(store, entity)
    return int(row["entity"]) if row else entity


def party(store: Store, entity: int) -> str:
    """The party that an entity counts for: a country's code for its state, else one of its own."""
    row = row_of(store, entity)
    return (row and row["party"]) or f"{orders.PREFIX}{row['entity'] if row else entity}"


def twin(store: Store, entity: int) -> int:
    """A new entity of the same name, for an actor that was taken for this one; inside ``write``.

    It has no names to be looked up by: only a person's order leads to it.
    """
    key = store.next_key("entity")
    store.run(
        "INSERT INTO entity (entity, name, kind, country, party)"
        " SELECT ?, name, kind, country, party FROM entity WHERE entity = ?",
        key,
        entity,
    )
    return key


def _keys(article: int, actor: Actor) -> list[str]:
    """The keys that an actor's entity has, and by which it is looked up."""
    if not _is_somebody(actor):
        return [_body_key(article, actor)]
    name = parse_name(actor.name)
    return people.full_keys(name) if people.is_full(name) else []


def _entity(store: Store, known: Known, article: int, actor: Actor) -> tuple[int, str]:
    """The entity of an actor, and why it is that one (the column ``actor.why``)."""
    if _is_somebody(actor):
        name = parse_name(actor.name)
        held = (
            people.person(known, actor, name)
            if people.is_full(name)
            else people.short(store, known, actor, name)
        )
        return held or (_make(store, known, actor, people.own_keys(name)), "new")
    key = _body_key(article, actor)
    for who in known.named(key):
        if not who.clashes(actor.country):
            return who.entity, "name"
    return _make(store, known, actor, [key]), "new"


def _make(store: Store, known: Known, actor: Actor, keys: list[str]) -> int:
    entity = store.next_key("entity")
    store.run(
        "INSERT INTO entity (entity, name, kind, country) VALUES (?, ?, ?, ?)",
        entity,
        actor.name,
        actor.kind,
        actor.country,
    )
    who = Who(entity, actor.name, actor.kind, actor.country, None)
    _add_keys(store, known, who, actor.name, [*keys, find_key(actor.name), _id_key(actor)])
    return entity


def _id_key(actor: Actor) -> str:
    """The key under which the id that an actor has in readings is looked up."""
    return f"id|{actor.id}"


def find_key(name: str) -> str:
    """The key under which people look a name up."""
    return f"find|{' '.join(plain_words(name))}"


def _add_keys(store: Store, known: Known, who: Who, name: str, keys: Iterable[str]) -> None:
    keys = sorted(set(keys))
    known.add(who, keys)
    store.many(
        "INSERT INTO entity_name (key, entity, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(key, who.entity, name) for key in keys],
    )


def _note(store: Store, known: Known, who: Who, actor: Actor, party: str | None) -> None:
    """Keep what an article adds to an entity: its country, its party, a fuller name."""
    keys = [find_key(alias) for alias in actor.aliases]
    if _is_somebody(actor) and actor.name != who.name:
        keys += [*people.own_keys(parse_name(actor.name)), find_key(actor.name)]
    if actor.name != who.name:
        keys.append(_id_key(actor))
    if keys:
        _add_keys(store, known, who, actor.name, keys)
    new = (
        max(who.name, actor.name, key=_fullness),
        who.country or actor.country,
        who.party or party,
    )
    if new[0] != who.name:
        store.run(
            "UPDATE actor SET name = ? WHERE entity = ? AND name IS NULL", who.name, who.entity
        )
    if new != (who.name, who.country, who.party):
        who.name, who.country, who.party = new
        store.run(
            "UPDATE entity SET name = ?, country = ?, party = ? WHERE entity = ?", *new, who.entity
        )


def _fullness(name: str) -> tuple[int, bool, str]:
    """Which of several names is shown: of most words, in plain letters, the last by letters."""
    return len(name.split()), name.isascii(), name


def _is_somebody(actor: Actor) -> bool:
    """Whether an actor is a person with a name; one who is only described is nobody elsewhere."""
    return actor.kind == "person" and people.is_name(actor.name)


def _body_key(article: int, actor: Actor) -> str:
    kind = "body" if actor.kind in _BODIES else actor.kind
    words = _body_words(actor.name)
    key = f"{kind}|{' '.join(words)}"
    nobodys = actor.country is None and kind == "body" and bool(state_words() & set(words))
    if actor.kind in ("document", "person") or (nobodys and len(words) < 4):
        return f"{key}|{article}"
    return key


@lru_cache(maxsize=20_000)
def _body_words(name: str) -> tuple[str, ...]:
    """The words of a body's name in one spelling; the name itself where it has none."""
    plain = [word for word in plain_words(name.replace("'", "")) if word != "the"]
    return tuple(_spellings().get(word, word) for word in plain) or (name,)


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = lexicon.toml("parties")["spellings"]
    return found


def _look_again(store: Store, known: Known, entity: int, name: PersonName) -> None:
    """Lead short names to a person who is new, or away from one who is not the only one now."""
    for row, who, actor in list(people.doubtful(store, known, name)):
        short = parse_name(row["name"])
        found = people.short(store, known, actor, short)
        if found is None and who.entity != entity and row["why"] == "office":
            found = _make(store, known, actor, people.own_keys(short)), "new"
        if found is not None and found[0] != who.entity:
            _lead(store, row, who.entity, *found)
            drop_orphans(store, [who.entity])


def _lead(store: Store, held: Row, old: int, new: int, why: str) -> None:
    """Lead one actor of an article, and what hangs on it, to another entity."""
    article = held["article"]
    store.run(
        "UPDATE actor SET entity = ?, name = ?, why = ? WHERE article = ? AND position = ?",
        new,
        held["name"],
        why,
        article,
        held["position"],
    )
    for table, own, columns in (
        ("statement_source", "statement", "statement"),
        ("statement_about", "statement", "statement"),
        ("event_entity", "event", "role, event"),
    ):
        moved = f"{table}.entity = ? AND {own} IN (SELECT {own} FROM {own} WHERE article = ?)"
        store.run(
            f"INSERT INTO {table} (entity, {columns}) SELECT ?, {columns} FROM {table}"
            f" WHERE {moved} ON CONFLICT DO NOTHING",
            new,
            old,
            article,
        )
        store.run(f"DELETE FROM {table} WHERE {moved}", old, article)
