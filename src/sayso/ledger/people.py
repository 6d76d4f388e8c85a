"""People across articles: which names can be one person's, and whom a short name means.

A full name joins a person whose name can be the same and whom no country tells apart. A short one
(a surname, or one with initials) joins the one person whom it can name and who holds the same
office; two people are never joined because they share a surname. Whom a short name means is looked
at again when a person of that surname is new.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from sayso import lexicon
from sayso.ledger.known import MOST, Known, Who
from sayso.ledger.matching import plain_words
from sayso.ledger.store import Row, Store
from sayso.names import (
    Fit,
    PersonName,
    fold,
    is_particle,
    named_by,
    parse_name,
    same_person,
    skeleton,
)
from sayso.records import Actor, Role


def is_full(name: PersonName) -> bool:
    """Whether a name has a first name that is written out."""
    return name.full and any(len(given) > 1 for given in name.given)


def is_name(name: str) -> bool:
    """Whether words are somebody's name and no description ("a senior official")."""
    words = name.split()
    return bool(words) and all(word[:1].isupper() or is_particle(word) for word in words)


def own_keys(name: PersonName) -> list[str]:
    """The keys that a person of this name is found by.

    Of a full name each of its words but the first given one, with that one's initial, and its
    family name; of a short one its last word.
    """
    words = name.words
    if not is_full(name):
        return [f"short|{skeleton(words[-1])}"] if words else []
    return [*full_keys(name), f"family|{skeleton(name.family[-1])}"]


def full_keys(name: PersonName) -> list[str]:
    """The keys by which a full name is compared with others."""
    initial = fold(name.given[0])[:1]
    words = {*name.family, *name.words[1:]} - {name.given[0]}
    return sorted(f"person|{skeleton(word)}|{initial}" for word in words)


def person(known: Known, actor: Actor, name: PersonName) -> tuple[int, str] | None:
    """The person of a full name, where there is one whom nothing tells apart, and why."""
    fits: set[tuple[Fit, int]] = set()
    for key in full_keys(name):
        for held in known.named(key):
            if held.clashes(actor.country):
                continue
            if fold(held.name) == fold(actor.name):
                fits.add((Fit.SAME, held.entity))
            elif same_person(parse_name(held.name), name, near=False):
                fits.add((Fit.SPELLING, held.entity))
    if not fits:
        return None
    best = max(fit for fit, _ in fits)
    people = sorted(entity for fit, entity in fits if fit == best)
    if best == Fit.SAME:
        return people[0], "name"
    # Two who fit alike by spelling alone: which of them is meant is not known.
    return (people[0], "spelling") if len(people) == 1 else None


def short(store: Store, known: Known, actor: Actor, name: PersonName) -> tuple[int, str] | None:
    """The one person whom a short name can name and who holds the actor's office."""
    offices = [_office(role.title) for role in actor.roles]
    if not offices or not name.words:
        return None
    holders = [
        held.entity
        for held in known.named(f"family|{skeleton(name.words[-1])}")
        if not held.clashes(actor.country)
        and _can_name(name, parse_name(held.name))
        and _holds(store, held.entity, offices)
    ]
    return (holders[0], "office") if len(holders) == 1 else None


def _can_name(name: PersonName, full: PersonName) -> bool:
    if name.full:
        return same_person(full, name, near=False)
    return named_by(full, name) >= Fit.SPELLING


def _holds(store: Store, entity: int, offices: Iterable[frozenset[str]]) -> bool:
    rows = store.rows(
        f"SELECT DISTINCT roles FROM actor WHERE entity = ? AND roles IS NOT NULL LIMIT {MOST}",
        entity,
    )
    held = [_office(title) for row in rows for title in row["roles"].split("; ")]
    return any(
        one and other and (one <= other or other <= one) for one in offices for other in held
    )


def _office(title: str) -> frozenset[str]:
    """The words of an office without whose it is: those of "Premier of Ostland" are "premier"."""
    return frozenset(plain_words(title.split(" of ")[0])) - _of_countries() - {"the"}


@cache
def _of_countries() -> frozenset[str]:
    """The words that say whose an office is: names of countries and their demonyms."""
    return frozenset(
        word
        for row in lexicon.table("countries")
        for named in (row["name"], *row["demonyms"].split(";"))
        for word in plain_words(named)
    )


def doubtful(store: Store, known: Known, name: PersonName) -> Iterator[tuple[Row, Who, Actor]]:
    """The actors of short names that can mean a person who is new, with whom they mean now."""
    family = skeleton(name.family[-1])
    for held in [*known.named(f"short|{family}"), *known.named(f"family|{family}")]:
        for row in store.rows(
            "SELECT article, position, coalesce(name, ?) AS name, roles, why FROM actor"
            f" WHERE entity = ? AND why IN ('new', 'office') LIMIT {MOST}",
            held.name,
            held.entity,
        ):
            if not is_full(parse_name(row["name"])):
                titles = (row["roles"] or "").split("; ")
                roles = tuple(Role(title=title) for title in titles if title)
                yield (
                    row,
                    held,
                    Actor(
                        id="",
                        name=row["name"],
                        kind="person",
                        country=held.country,
                        roles=roles,
                    ),
                )
