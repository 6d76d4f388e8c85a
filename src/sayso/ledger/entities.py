"""Actors across articles: who of one article is who of another.

An entity is whoever or whatever actors of several articles are. Bodies and countries are led
together by name, kind and country; people by full names that can be one person's
(``sayso.names``) and no country or suffix that speaks against it. A surname alone, or one with
initials, is led to a person only where one person whom it can name holds the same office; otherwise
it stays by itself: two people are never joined because they share a surname. A name of no one in
particular ("a report", "the Defense Ministry" of nobody's country) stays in its article.

What a person orders (``merge``, ``split``) stands above all of this.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from sayso import lexicon
from sayso.ledger import orders
from sayso.ledger.queries import plain_words
from sayso.ledger.store import Row, Store
from sayso.names import Fit, PersonName, fold, named_by, parse_name, same_person, skeleton
from sayso.records import Actor, Reading

#: Kinds whose bodies are one where their names are: a militia may be a group here, a force there.
_BODIES = frozenset({"organisation", "group", "armed_force", "outlet"})
#: People of one surname that are looked at, and actors of one name that are looked at again.
_MOST = 40


def resolve(store: Store, article: int, reading: Reading) -> dict[str, int]:
    """The entity of each actor of a reading, by actor id; entities that are new are made.

    Args:
        store: inside ``write``.
        article: the article's key.
        reading: with reviewers' corrections.
    """
    ordered = orders.splits(store, reading.article.id)
    found: dict[str, int] = {}
    fresh: list[tuple[int, PersonName]] = []
    parties = {actor.id: actor for actor in reading.actors}
    for actor in reading.actors:
        key, why = ordered.get(actor.id), "order"
        if key is None:
            key, why = _entity(store, article, actor)
            name = parse_name(actor.name)
            if why == "new" and actor.kind == "person" and _is_full(name):
                fresh.append((key, name))
        found[actor.id] = key
        _note(store, key, actor, _party(actor, parties))
        store.run(
            "INSERT INTO actor (article, id, entity, name, roles, why) VALUES (?, ?, ?, ?, ?, ?)",
            article,
            actor.id,
            key,
            actor.name,
            "; ".join(role.title for role in actor.roles) or None,
            why,
        )
    for key, name in fresh:
        _gather(store, key, name)
    return found


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


def root(store: Store, entity: int) -> int:
    """The entity that a person said this one is, or itself."""
    merged = store.value("SELECT merged AS value FROM entity WHERE entity = ?", entity)
    return int(merged) if merged is not None else entity


def party(store: Store, entity: int) -> str:
    """The party that an entity counts for: a country's code for its state, else one of its own."""
    row = store.one("SELECT party FROM entity WHERE entity = ?", root(store, entity))
    return row["party"] if row and row["party"] else f"entity-{root(store, entity)}"


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


def _entity(store: Store, article: int, actor: Actor) -> tuple[int, str]:
    """The entity of an actor, and why it is that one (the column ``actor.why``)."""
    if actor.kind == "person":
        name = parse_name(actor.name)
        held = _person(store, actor, name) if _is_full(name) else _short(store, actor, name)
        return held or (_make(store, actor, _person_keys(name)), "new")
    key = _body_key(article, actor)
    for row in _named(store, key):
        if not _clash(row["country"], actor.country):
            return row["entity"], "name"
    return _make(store, actor, [key]), "new"


def _named(store: Store, key: str) -> list[Row]:
    return store.rows(
        "SELECT DISTINCT entity.entity, entity.name, entity.kind, entity.country"
        f" FROM entity_name JOIN entity ON entity.entity = entity_name.entity WHERE key = ?"
        f" ORDER BY entity.entity LIMIT {_MOST}",
        key,
    )


def _clash(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _make(store: Store, actor: Actor, keys: Iterable[str]) -> int:
    entity = store.next_key("entity")
    store.run(
        "INSERT INTO entity (entity, name, kind, country) VALUES (?, ?, ?, ?)",
        entity,
        actor.name,
        actor.kind,
        actor.country,
    )
    _add_keys(store, entity, actor.name, [*keys, _find_key(actor.name)])
    return entity


def _find_key(name: str) -> str:
    """The key under which people look a name up."""
    return f"find|{' '.join(plain_words(name))}"


def _add_keys(store: Store, entity: int, name: str, keys: Iterable[str]) -> None:
    store.many(
        "INSERT INTO entity_name (key, entity, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(key, entity, name) for key in sorted(set(keys))],
    )


def _note(store: Store, entity: int, actor: Actor, party: str | None) -> None:
    """Keep what an article adds to an entity: its country, its party, a fuller name."""
    row = store.one("SELECT name, country, party FROM entity WHERE entity = ?", entity)
    if row is None:
        return
    name = max(row["name"], actor.name, key=_fullness)
    new = (name, row["country"] or actor.country, row["party"] or party)
    if new != (row["name"], row["country"], row["party"]):
        store.run(
            "UPDATE entity SET name = ?, country = ?, party = ? WHERE entity = ?", *new, entity
        )
    if actor.kind == "person" and actor.name != row["name"]:
        _add_keys(store, entity, actor.name, _person_keys(parse_name(actor.name)))
    if actor.aliases:
        _add_keys(store, entity, actor.name, map(_find_key, actor.aliases))


def _fullness(name: str) -> tuple[int, bool, str]:
    """Which of a person's names is shown: of most words, in plain letters, the last by letters."""
    return len(name.split()), name.isascii(), name


# Bodies


def _body_key(article: int, actor: Actor) -> str:
    kind = "body" if actor.kind in _BODIES else actor.kind
    words = [_spellings().get(word, word) for word in _plain(actor.name)] or [actor.name]
    key = f"{kind}|{' '.join(words)}"
    proper = actor.name[:1].isupper()
    nobodys = actor.country is None and kind == "body" and bool(_state() & set(words))
    if actor.kind == "document" or (nobodys and len(words) < 4) or (kind != "place" and not proper):
        return f"{key}|{article}"
    return key


def _plain(name: str) -> list[str]:
    return [word for word in plain_words(name.replace("'", "")) if word != "the"]


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = lexicon.toml("parties")["spellings"]
    return found


@cache
def _state() -> frozenset[str]:
    return frozenset(lexicon.toml("parties")["state"])


# People


def _is_full(name: PersonName) -> bool:
    """Whether a name has a first name that is written out."""
    return name.full and any(len(given) > 1 for given in name.given)


def _person_keys(name: PersonName) -> Iterator[str]:
    """Keys under which a person is looked up.

    Of a full name each of its words but the first given one, with that one's initial, and its
    family name; of a short one its last word.
    """
    words = name.words
    if not _is_full(name):
        yield f"short|{skeleton(words[-1])}"
        return
    initial = fold(name.given[0])[:1]
    for word in {*name.family, *words[1:]} - {name.given[0]}:
        yield f"person|{skeleton(word)}|{initial}"
    yield f"family|{skeleton(name.family[-1])}"


def _person(store: Store, actor: Actor, name: PersonName) -> tuple[int, str] | None:
    """The person of a full name, where there is one whom nothing tells apart."""
    fits: set[tuple[Fit, int]] = set()
    for key in sorted(set(_person_keys(name))):
        if not key.startswith("person|"):
            continue
        for row in _named(store, key):
            if _clash(row["country"], actor.country):
                continue
            if fold(row["name"]) == fold(actor.name):
                fits.add((Fit.SAME, row["entity"]))
            elif same_person(parse_name(row["name"]), name, near=False):
                fits.add((Fit.SPELLING, row["entity"]))
    if not fits:
        return None
    best = max(fit for fit, _ in fits)
    people = sorted(entity for fit, entity in fits if fit == best)
    if best == Fit.SAME:
        return people[0], "name"
    # Two who fit alike by spelling alone: which of them is meant is not known.
    return (people[0], "spelling") if len(people) == 1 else None


def _short(store: Store, actor: Actor, name: PersonName) -> tuple[int, str] | None:
    """The one person whom a short name can name and who holds the office that this actor holds."""
    offices = [_office(role.title) for role in actor.roles]
    if not offices or not name.words:
        return None
    holders = [
        row["entity"]
        for row in _named(store, f"family|{skeleton(name.words[-1])}")
        if not _clash(row["country"], actor.country)
        and _can_name(name, parse_name(row["name"]))
        and _holds(store, row["entity"], offices)
    ]
    return (holders[0], "office") if len(holders) == 1 else None


def _can_name(short: PersonName, full: PersonName) -> bool:
    if short.full:
        return same_person(full, short, near=False)
    return named_by(full, short) >= Fit.SPELLING


def _holds(store: Store, entity: int, offices: list[frozenset[str]]) -> bool:
    rows = store.rows(
        f"SELECT DISTINCT roles FROM actor WHERE entity = ? AND roles IS NOT NULL LIMIT {_MOST}",
        entity,
    )
    held = [_office(title) for row in rows for title in row["roles"].split("; ")]
    return any(
        one and other and (one <= other or other <= one) for one in offices for other in held
    )


def _office(title: str) -> frozenset[str]:
    """The words of an office without whose it is: those of "Premier of Ostland" are "premier"."""
    return frozenset(_plain(title.split(" of ")[0])) - _of_countries()


@cache
def _of_countries() -> frozenset[str]:
    """The words that say whose an office is: names of countries and their demonyms."""
    return frozenset(
        word
        for row in lexicon.table("countries")
        for named in (row["name"], *row["demonyms"].split(";"))
        for word in _plain(named)
    )


def _gather(store: Store, entity: int, name: PersonName) -> None:
    """Look again at short names that a person who is new can be meant by, or makes doubtful."""
    family = skeleton(name.family[-1])
    near = [*_named(store, f"short|{family}"), *_named(store, f"family|{family}")]
    for row in near:
        for held in store.rows(
            "SELECT article, id, name, roles, why FROM actor WHERE entity = ?"
            " AND why IN ('new', 'office')"
            f" LIMIT {_MOST}",
            row["entity"],
        ):
            short = parse_name(held["name"])
            if _is_full(short):
                continue
            actor = _lone(held, row["country"])
            found = _short(store, actor, short)
            if found is None and held["why"] == "office":
                found = _make(store, actor, _person_keys(short)), "new"
            if found is not None and found[0] != row["entity"]:
                _lead(store, held, row["entity"], *found)
        drop_orphans(store, [row["entity"]])


def _lone(row: Row, country: str | None) -> Actor:
    from sayso.records import Role

    titles = (row["roles"] or "").split("; ")
    roles = tuple(Role(title=title) for title in titles if title)
    return Actor(id=row["id"], name=row["name"], kind="person", country=country, roles=roles)


def _lead(store: Store, held: Row, old: int, new: int, why: str) -> None:
    """Lead one actor of an article, and what hangs on it, to another entity."""
    article = held["article"]
    store.run(
        "UPDATE actor SET entity = ?, why = ? WHERE article = ? AND id = ?",
        new,
        why,
        article,
        held["id"],
    )
    for table, own in (("statement_entity", "statement"), ("event_entity", "event")):
        moved = f"{table}.entity = ? AND {own} IN (SELECT {own} FROM {own} WHERE article = ?)"
        store.run(
            f"INSERT INTO {table} (entity, role, {own}) SELECT ?, role, {own} FROM {table}"
            f" WHERE {moved} ON CONFLICT DO NOTHING",
            new,
            old,
            article,
        )
        store.run(f"DELETE FROM {table} WHERE {moved}", old, article)


# Parties


def _party(actor: Actor, actors: dict[str, Actor]) -> str | None:
    """The country for whose state an actor speaks, or ``None``."""
    if actor.kind in ("country", "government", "armed_force"):
        return actor.country
    words = set(_plain(actor.name))
    if actor.kind == "organisation":
        return actor.country if actor.country and words & _state() else None
    if actor.kind != "person":
        return None
    table = lexicon.toml("parties")
    for role in actor.roles:
        title = set(_plain(role.title))
        if title & set(table["not_offices"]) or not title & set(table["offices"]):
            continue
        body = actors.get(role.of) if role.of else None
        if body is not None and body.kind != "person":
            return _party(body, actors)
        if body is None and actor.country:
            return actor.country
    return None
