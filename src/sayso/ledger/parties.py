"""Whom an actor speaks for: a state's government, ministries, officials and forces are one."""

import re
from collections.abc import Mapping
from functools import cache

from sayso import lexicon
from sayso.ledger.matching import plain_words
from sayso.records import Actor


@cache
def state_words() -> frozenset[str]:
    """Words of the names of bodies that, with a country, are part of its state."""
    return frozenset(lexicon.toml("parties")["state"])


def party_of(actor: Actor, actors: Mapping[str, Actor]) -> str | None:
    """The country for whose state an actor speaks (ISO 3166-1 alpha-3), or ``None``.

    Args:
        actor: of a reading.
        actors: all actors of the reading, by id: a role may be of one of them.
    """
    if actor.kind in ("country", "government", "armed_force"):
        return actor.country
    if actor.kind == "organisation":
        return actor.country if state_words() & set(plain_words(actor.name)) else None
    if actor.kind != "person":
        return None
    table = lexicon.toml("parties")
    words = set(plain_words(actor.name))
    described = words & set(table["offices"]) and not words & set(table["not_offices"])
    if not actor.roles and described:
        return actor.country  # "Ostrenia's acting prime minister", whom the text does not name
    for role in actor.roles:
        title = set(plain_words(role.title))
        if title & set(table["not_offices"]) or not title & set(table["offices"]):
            continue
        body = actors.get(role.of) if role.of else _holder(role.title, actors)
        if body is None:
            if actor.country:
                return actor.country
        elif body.kind != "person":
            return party_of(body, actors)
        elif body != actor:
            # "the president's spokeswoman": hers is his, one step up
            of_others = {key: other for key, other in actors.items() if other.kind != "person"}
            return party_of(body, of_others)
    return None


def _holder(title: str, actors: Mapping[str, Actor]) -> Actor | None:
    """The one person whose title it is to give ("Selvik's spokeswoman")."""
    owner = re.match(r"([^\W\d_]+)['’]s ", title)
    if owner is None:
        return None
    found = [a for a in actors.values() if a.kind == "person" and a.name.split()[-1] == owner[1]]
    return found[0] if len(found) == 1 else None
