"""Between whom an agreement is: the states and bodies that words lead to, and who acts on it."""

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.agreements.links import Link
from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses
from sayso.reader.events.status import verb_status
from sayso.records import Actor

_STATES = ("country", "government", "armed_force", "group")


def parties_of(clauses: Clauses, actors: Iterable[Actor]) -> list[Actor]:
    """The countries and organisations that these actors stand for, each once.

    A government, an official or an army stands for its country where the article names that.
    """
    found: dict[str, Actor] = {}
    by_code = {a.country: a for a in reversed(clauses.cast.actors) if a.kind == "country"}
    for actor in actors:
        party: Actor | None = actor
        if actor.kind not in ("country", "organisation", "place") or (
            actor.kind == "organisation" and actor.country is not None
        ):
            party = by_code.get(actor.country) if actor.country is not None else None
            own = actor.kind in ("government", "organisation", "group", "armed_force")
            # A movement makes agreements with its own country ("Yemen's rebels").
            apart = actor.kind == "group" or (
                actor.kind == "armed_force" and party is not None and party.name not in actor.name
            )
            if own and (party is None or apart):
                party = actor
        if party is not None:
            found.setdefault(party.id, party)
    return list(found.values())


def acting(clauses: Clauses, tokens: Iterable[Token]) -> list[Actor]:
    """The parties that these phrases name as acting: states, bodies, and those who act for them."""
    found: list[Actor] = []
    for token in tokens:
        own = [actor for _, actor in clauses.named(token) if actor.kind != "document"]
        if not own and token.lemma_.lower() not in words().officials and token.pos_ in ("NOUN",):
            continue  # "Norwegian shipbuilders": not Norway
        # A region may act like a state ("Somaliland signed").
        regions = [a for a in own if a.kind == "place" and a.country is not None]
        led = regions or clauses.actors(token)
        # "Yemen's Houthi rebels" are no Yemen.
        found += [a for a in led if a.kind == "group"] or led
    return parties_of(clauses, found)


def is_state(actor: Actor) -> bool:
    """Whether an actor makes agreements of the kind that is kept: no firm, no club."""
    if actor.kind in _STATES:
        return actor.kind != "group" or actor.country is not None
    return actor.kind == "organisation" and (actor.country is not None or is_known(actor))


def is_known(actor: Actor) -> bool:
    """Whether it is a body of the registry."""
    return actor.name in _known_bodies()


@cache
def _known_bodies() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon.table("organisations"))


def parties_by(clauses: Clauses, link: Link) -> tuple[list[Actor], bool]:
    """The parties that a link shows, and whether they hold even beside a settled pair."""
    table, word = words(), link.word
    lemma = word.lemma_.lower()
    if link.role == "by":
        return _by_preposition(clauses, link)
    if link.role != "object":
        return [], False
    joins = lemma in table.joining
    if not joins and lemma not in table.party_verbs:
        return [], False
    status = verb_status(clauses, word)
    if word.dep_ == "conj" and clauses.negated(word.head):
        status = "denied"  # "has neither signed nor ratified"
    known = lemma in table.presuppose
    if not known and (
        status in ("denied", None) or (joins and status not in ("happened", "ongoing"))
    ):
        return [], False
    agents = doers(clauses, word)
    for prep, inner in clauses.prepositions(word):
        if prep in ("with", "between"):
            agents += clauses.conjuncts(inner)
    found = acting(clauses, agents or _accusers(clauses, word))
    if lemma in table.plural_only and len(found) < 2:
        return [], False
    return found, joins


def doers(clauses: Clauses, verb: Token) -> list[Token]:
    """Those who act: after "by", even where the verb was not read as a passive, else subjects."""
    by = clauses.child(verb, "agent")
    if by is not None:
        return [t for dep, c in clauses.children(by) if dep == "pobj" for t in clauses.conjuncts(c)]
    return clauses.agents(verb)


def _accusers(clauses: Clauses, verb: Token) -> list[Token]:
    """Both sides of "accused each other of violating the truce"."""
    prep = verb.head
    above = prep.head
    if verb.dep_ != "pcomp" or above.pos_ not in VERB:
        return []
    told = clauses.child(above, "dobj")
    if told is not None and told.lower_ in ("other", "another"):
        return clauses.agents(above)
    return []


def _by_preposition(clauses: Clauses, link: Link) -> tuple[list[Actor], bool]:
    """The parties of "withdrew from the treaty", "is a party to the treaty"."""
    table, word = words(), link.word
    lemma = word.lemma_.lower()
    if link.prep == "under" and word.pos_ in VERB and lemma not in table.telling:
        # Who does something under an agreement is bound by it, or has a right from it.
        return [a for a in acting(clauses, doers(clauses, word)) if is_state(a)], False
    if link.prep not in table.party_preps.get(lemma, ()) or link.relative:
        return [], False
    if lemma in table.party_nouns or word.lower_ == "parties":
        verb = word.head
        subject = clauses.grammatical_subject(verb) if verb.pos_ in VERB else None
        if word.dep_ == "appos":
            return acting(clauses, clauses.conjuncts(word.head)[:1]), True
        if word.dep_ != "attr" or subject is None or clauses.negated(verb):
            return [], False
        return acting(clauses, clauses.conjuncts(subject)), True
    if word.pos_ not in VERB:
        return [], False
    status = verb_status(clauses, word)
    if status in ("denied", "possible", None) and lemma not in table.presuppose:
        return [], False
    agents = clauses.patients(word) if clauses.is_passive(word) else clauses.agents(word)
    return acting(clauses, agents), lemma not in ("agree",)


def sides(clauses: Clauses, link: Link) -> list[Actor]:
    """The two sides of a fight that a ceasefire stands beside ("traded fire despite a truce")."""
    if link.role != "by" or link.prep not in words().sides or link.word.pos_ not in VERB:
        return []
    found = [a for a in acting(clauses, clauses.agents(link.word)) if is_state(a)]
    return found if len(found) == 2 else []
