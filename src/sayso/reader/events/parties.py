"""Those who take part in events: actors of the cast, and those whom the text leaves without a name.

A phrase leads to the actors that it names. Where it names none and its noun stands for people, a
body or a place where people are ("two gunmen", "the governor of Cauca", "a water plant"), it is an
actor of its own, once an event has it.
"""

from collections.abc import Iterable
from functools import cache

import msgspec
from spacy.tokens import Token

from sayso.lexicon import toml
from sayso.reader.clauses import INERT, NOUN, Clauses
from sayso.records import Actor, ActorKind, Event, Mention, record_id

_MODIFIERS = ("poss", "amod", "compound", "nmod", "appos")
_DEPTH = 3


@cache
def _kinds() -> dict[str, ActorKind]:
    """The kind of actor that a noun makes, by lemma."""
    data = toml("participants")
    kinds: dict[str, ActorKind] = {
        "sites": "place",
        "craft": "group",
        "crowds": "group",
        "bodies": "organisation",
        "forces": "armed_force",
        "people": "person",
    }
    return {lemma: kind for name, kind in kinds.items() for lemma in data[name]}


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(toml("participants")[name])


class Parties:
    """Leads phrases to actors, and keeps those that it had to make.

    Args:
        clauses: the article's parse and cast.
    """

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.made: dict[str, Actor] = {}
        self._known = {actor.id: actor for actor in clauses.cast.actors}
        self._at: dict[int, str] = {}

    def of(self, tokens: Iterable[Token], *, acted_on: bool = False) -> list[Actor]:
        """The actors that several phrases lead to, each once, in order.

        Args:
            tokens: the heads of the phrases.
            acted_on: whether a building or a vehicle counts, as where somebody is.
        """
        found = {a.id: a for token in tokens for a in self.one(token, acted_on=acted_on)}
        return list(found.values())

    def one(self, token: Token, depth: int = 0, *, acted_on: bool = False) -> list[Actor]:
        """The actors that the phrase headed by ``token`` leads to."""
        clauses = self.clauses
        named = [actor for _, actor in clauses.named(token)]
        able = [actor for actor in named if actor.kind not in INERT]
        if able or depth > _DEPTH:
            return able
        lemma = clauses.lemma(token)
        if not named and token.pos_ == "PRON":
            found = self._referent(token)
            if found:
                return found
        if not named and self._is_party(token, acted_on) and not self._counts(token):
            return [self.make(token)]
        found = self.owners(token, depth)
        if found:
            return found
        through = named or lemma in clauses.through_of or token.pos_ in ("NUM", "PRON", "DET")
        if through:
            for word, inner in clauses.prepositions(token):
                if word in ("of", "from", "among"):
                    for part in clauses.conjuncts(inner):
                        found += self.one(part, depth + 1, acted_on=acted_on)
        return found

    def owners(self, token: Token, depth: int = 0) -> list[Actor]:
        """The actors that the modifiers of a noun name ("French and Swiss envoys", "X's coast")."""
        clauses = self.clauses
        found: list[Actor] = []
        for dep, child in clauses.children(token):
            if dep not in _MODIFIERS:
                continue
            for part in clauses.conjuncts(child):
                if dep == "poss":
                    found += self.one(part, depth + 1)
                    continue
                named = [actor for _, actor in clauses.named(part) if actor.kind not in INERT]
                found += [a for a in named if a.kind != "person" or dep == "appos"]
                if not named and dep in ("compound", "appos") and part.lemma_.lower() in _kinds():
                    found += self.one(part, depth + 1)
        return found

    def _is_party(self, token: Token, acted_on: bool) -> bool:
        if token.pos_ not in NOUN:
            return False
        lemma = self.clauses.lemma(token)
        kind = _kinds().get(lemma)
        if kind is not None:
            return acted_on or (kind != "place" and lemma not in _set("craft"))
        return token.ent_type_ in ("PERSON", "ORG", "NORP") and token.pos_ == "PROPN"

    def _counts(self, token: Token) -> bool:
        """Whether a noun only counts those after "of", or others than its own name are meant.

        "French and Swiss envoys" are two countries', no one group.
        """
        if token.tag_ == "NNS" and len(self._countries(token)) > 1:
            return True
        if token.lemma_.lower() not in self.clauses.through_of or token.tag_ == "NN":
            return token.lemma_.lower() in ("group", "number", "part", "half", "majority", "series")
        return any(
            word in ("of", "among")
            and any(a.kind not in INERT for _, a in self.clauses.named(held))
            for word, held in self.clauses.prepositions(token)
        )

    def _countries(self, noun: Token) -> set[str]:
        """The countries that the adjectives before a noun name."""
        return {
            actor.id
            for dep, child in self.clauses.children(noun)
            if dep in ("amod", "compound", "nmod")
            for part in self.clauses.conjuncts(child)
            for _, actor in self.clauses.named(part)
            if actor.kind == "country"
        }

    def _referent(self, token: Token) -> list[Actor]:
        """Of those made in the sentence before a pronoun the last that agrees with it."""
        lower = token.lower_
        plural = lower in _set("they")
        if not plural and lower not in _set("one"):
            return []
        for index in sorted((i for i in self._at if i < token.i), reverse=True):
            if self.clauses.analysis.doc[index].sent != token.sent:
                break
            actor = self.made[self._at[index]]
            if (actor.kind == "person") != plural:
                return [actor]
        for noun in token.sent:
            if noun.i >= token.i:
                break
            if noun.dep_.startswith("nsubj") and self._is_party(noun, acted_on=False):
                kind = _kinds().get(self.clauses.lemma(noun))
                if (kind != "person" or noun.tag_ == "NNS") == plural:
                    return self.one(noun)
        return []

    # Those without a name ----------------------------------------------------------------

    def make(self, token: Token) -> Actor:
        """The actor for the phrase that a noun heads."""
        analysis = self.clauses.analysis
        known = self._at.get(token.i)
        if known is not None:
            return self.made[known]
        first, last = self._extent(token)
        span = analysis.span(first, last)
        kind = _kinds().get(self.clauses.lemma(token), self._kind_by_tag(token))
        plural = token.tag_ in ("NNS", "NNPS")
        if kind in ("person", "organisation") and plural:
            kind = "group"
        mention = Mention(span.start, span.end, span.text, "description")
        number = 1
        identity = record_id("actor", span.text.casefold(), kind)
        while identity in self._known or (identity in self.made and self._is_new(token)):
            number += 1
            identity = record_id("actor", span.text.casefold(), kind, number)
        held = self.made.get(identity)
        if held is None:
            country = {a.country for _, a in self.clauses.cast.mentions_in(span.start, span.end)}
            held = Actor(
                id=identity,
                name=span.text,
                kind=kind,
                country=country.pop() if len(country) == 1 else None,
            )
        held = msgspec.structs.replace(held, mentions=tuple(sorted((*held.mentions, mention))))
        self.made[identity] = held
        self._at[token.i] = identity
        return held

    def _is_new(self, token: Token) -> bool:
        """Whether a phrase brings in somebody not spoken of before ("a man")."""
        return any(
            dep == "det" and c.lower_ in ("a", "an", "another")
            for dep, c in self.clauses.children(token)
        )

    def _kind_by_tag(self, token: Token) -> ActorKind:
        if token.ent_type_ == "PERSON":
            return "person"
        return "organisation" if token.pos_ == "PROPN" else "group"

    def _extent(self, token: Token) -> tuple[Token, Token]:
        """A noun with what says which one: modifiers before it, "of X" after it."""
        doc, weak = self.clauses.analysis.doc, _set("weak")
        first = token.left_edge.i
        while first < token.i and (
            doc[first].lower_ in weak
            or doc[first].tag_ in ("DT", "PDT", "PRP$", "CD", "RB", "RBR", "IN", "CC", "$", "JJR")
            or not doc[first].text[0].isalnum()
        ):
            first += 1
        last = token
        for _, child in self.clauses.children(token):
            if child.i == token.i + 1 and child.lower_ == "of":
                inner = self.clauses.child(child, "pobj")
                if inner is not None and inner.i - token.i < 8:
                    last = inner
        return doc[first], last

    def brought_in(self, events: Iterable[Event]) -> tuple[Actor, ...]:
        """Those made that events have, by their first mention."""
        used = {i for e in events for i in (*e.actors, *e.recipients)}
        return tuple(
            sorted(
                (a for a in self.made.values() if a.id in used), key=lambda a: (a.mentions, a.id)
            )
        )


def takes_people(verb: Token) -> bool:
    """Whether a verb's object is always somebody."""
    return verb.lemma_ in _set("takes_people")


def is_abstract(noun: Token) -> bool:
    """Whether a noun is nothing that an event could befall."""
    return noun.lemma_.lower() in _set("abstract")
