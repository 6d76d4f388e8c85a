"""Whose a figure is: the countries (or groups) whose soldiers, people or means it counts."""

from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.figures.govern import Governed
from sayso.reader.figures.site import Site
from sayso.records import Actor, Statement

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "agent")
_OFFICIAL = frozenset({"government", "armed_force", "organisation", "country", "person", "group"})

#: Actors of no country whose figures are their own: "al-Shabab lost 40 men".
_STATELESS = ("organisation", "armed_force", "group", "government")


@cache
def _lexis() -> dict[str, frozenset[str]]:
    data = lexicon.toml("figure_scope")
    return {
        "subject_kinds": frozenset(data["subject_kinds"]["kinds"]),
        "harm_kinds": frozenset(data["harm_kinds"]["kinds"]),
        "own": frozenset(data["reporting"]["own"]),
        "prepositions": frozenset(data["owners"]["prepositions"]),
        "sides": frozenset(data["sides"]["words"]),
        "sides_before": frozenset(data["sides"]["before"]),
        "attack_nouns": frozenset(data["attacks"]["nouns"]),
        "attack_verbs": frozenset(data["attacks"]["verbs"]),
        "attack_prepositions": frozenset(data["attacks"]["prepositions"]),
    }


class Owners:
    """Look-up of whose a figure is, for one article."""

    def __init__(self, analysis: Analysis, cast: Cast, statements: tuple[Statement, ...]) -> None:
        self.analysis = analysis
        self.cast = cast
        self.statements = {statement.id: statement for statement in statements}
        self._countries = {
            actor.country: actor.id
            for actor in reversed(cast.actors)
            if actor.kind == "country" and actor.country
        }
        self._main = self._main_countries()

    def _main_countries(self) -> tuple[str, ...]:
        """The two countries that the article speaks of most (actor ids), by mentions."""
        counts: dict[str, int] = {}
        for actor in self.cast.actors:
            if actor.country and actor.kind != "outlet":
                key = self._countries.get(actor.country)
                if key is not None:
                    counts[key] = counts.get(key, 0) + len(actor.mentions)
        ranked = sorted(counts, key=lambda key: -counts[key])
        return tuple(ranked[:2])

    def country_of(self, actor: Actor) -> str | None:
        """The id of the country whose the actor is; its own where the text names no country."""
        if actor.kind == "country":
            return actor.id
        if actor.country and actor.country in self._countries:
            return self._countries[actor.country]
        named = actor.kind in _STATELESS and actor.name[:1].isupper()
        return actor.id if named else None

    def of(
        self, site: Site, governed: Governed, kind: str | None, statement: str | None
    ) -> tuple[str, ...]:
        """The ids of those whose a figure is, by its words, its verb, or who speaks of it."""
        if not self.cast.actors:
            return ()
        nouns = [n for n in (site.noun, governed.noun, governed.holder) if n is not None]
        for noun in nouns:
            found = self._of_noun(noun)
            if found:
                return found
        lexis = _lexis()
        verb = governed.verb
        if kind in lexis["subject_kinds"] and verb is not None:
            return self._of_subject(verb)
        if kind in lexis["harm_kinds"] or kind == "lost":
            return self._of_harm(site, governed, statement)
        return ()

    def _ids(self, start: int, end: int) -> tuple[str, ...]:
        ids: list[str] = []
        for _, actor in self.cast.mentions_in(start, end):
            owner = self.country_of(actor)
            if owner is not None and owner not in ids:
                ids.append(owner)
        return tuple(ids)

    def _of_noun(self, noun: Token) -> tuple[str, ...]:
        """Whose the counted noun's own words say: "Arvenian soldiers", "people from both sides"."""
        lexis = _lexis()
        left = noun.i
        for token in noun.lefts:
            if token.dep_ in ("amod", "compound", "poss", "nmod", "nummod", "det"):
                left = min(left, token.left_edge.i)
        doc = self.analysis.doc
        found = self._ids(doc[left].idx, noun.idx + len(noun))
        if found:
            return found
        for token in noun.rights:
            if token.dep_ != "prep" or token.lower_ not in lexis["prepositions"]:
                continue
            for child in token.children:
                if child.dep_ == "pobj":
                    found = self._of_phrase(child, token.lower_)
                    if found:
                        return found
        return ()

    def _of_phrase(self, noun: Token, preposition: str) -> tuple[str, ...]:
        doc, lexis = self.analysis.doc, _lexis()
        start, end = noun.left_edge.idx, noun.idx + len(noun)
        sides = noun.lower_ in lexis["sides"]
        if sides and any(t.lower_ in lexis["sides_before"] for t in noun.lefts):
            return self._both(start, end)
        if preposition == "on":
            return ()
        for token in noun.rights:
            if token.dep_ == "conj":
                end = token.idx + len(token)
        del doc
        return self._ids(start, end)

    def _both(self, start: int, end: int) -> tuple[str, ...]:
        """The two sides of the story: those that the cast knows, else the two it names most."""
        ids: list[str] = []
        for actor in self.cast.at(start, end):
            owner = self.country_of(actor)
            if owner is not None and owner not in ids:
                ids.append(owner)
        return tuple(ids) if len(ids) == 2 else self._main

    def _of_subject(self, verb: Token) -> tuple[str, ...]:
        """Whose the subject of a verb is, as who deploys, earns or supplies."""
        for _ in range(4):
            agent = next((c for c in verb.children if c.dep_ == "agent"), None)
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if agent is not None:
                subject = next((c for c in agent.children if c.dep_ == "pobj"), None)
            if subject is not None:
                start = subject.left_edge.idx
                found = self._ids(start, subject.idx + len(subject))
                return found[:1] if len(found) > 1 and subject.dep_ == "nsubj" else found
            if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "relcl"):
                return ()
            if verb.dep_ in ("acl", "relcl"):
                noun = verb.head
                return self._ids(noun.left_edge.idx, noun.idx + len(noun))
            above = verb.head
            while above.tag_[0] != "V" and above.head.i != above.i:
                above = above.head
            if above.tag_[0] != "V":
                return ()
            verb = above
        return ()

    def _of_harm(self, site: Site, governed: Governed, statement: str | None) -> tuple[str, ...]:
        """Whose the harmed are where their words do not say.

        The side that reports or mourns its own dead; else the target of an attack named before;
        never anyone where somebody is said to have done it to them.
        """
        lexis = _lexis()
        verb = governed.verb
        if verb is not None and governed.role == "object" and self._has_doer(verb):
            if verb.lemma_ in lexis["own"]:
                own = self._of_subject(verb)
                return tuple(o for o in own if o in self._main) or own
            return ()
        if verb is not None and verb.lemma_ in lexis["own"]:
            own = self._of_subject(verb)
            if own:
                return own
        speaker = self._speaker(statement)
        if speaker:
            return speaker
        return self._attacked(site) if statement is None or not speaker else ()

    @staticmethod
    def _has_doer(verb: Token) -> bool:
        return any(c.dep_ in ("nsubj", "agent") for c in verb.children)

    def _speaker(self, statement: str | None) -> tuple[str, ...]:
        """The speaker's own country, where it is a side of the story."""
        if statement is None or statement not in self.statements:
            return ()
        sources = self.statements[statement].sources
        owners: list[str] = []
        for source in sources:
            if source.actor is None:
                return ()
            actor = self.cast.get(source.actor)
            owner = self.country_of(actor) if actor.kind in _OFFICIAL else None
            if owner is not None and owner in self._main and owner not in owners:
                owners.append(owner)
        return tuple(owners) if len(owners) == len(sources) else ()

    def _attacked(self, site: Site) -> tuple[str, ...]:
        """Whom the attack named shortly before was directed at."""
        doc, lexis = self.analysis.doc, _lexis()
        start = max(0, self.analysis.sentence_index(site.quantity.start) - 3)
        first = self.analysis.sentences[start].start if self.analysis.sentences else 0
        for index in range(site.first, first - 1, -1):
            token = doc[index]
            lemma = token.lemma_.lower()
            if lemma in lexis["attack_nouns"]:
                for preposition in token.children:
                    if preposition.lower_ in lexis["attack_prepositions"]:
                        for child in preposition.children:
                            found = self._ids(child.left_edge.idx, child.right_edge.idx + 1)
                            if found:
                                return found[:1]
            elif lemma in lexis["attack_verbs"] and token.tag_[0] == "V":
                for child in token.children:
                    if child.dep_ in ("dobj", "nsubjpass"):
                        found = self._ids(child.left_edge.idx, child.idx + len(child))
                        if found:
                            return found[:1]
        return ()
