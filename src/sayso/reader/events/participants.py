"""Who acts and who is acted on in what a verb or a noun says."""

from spacy.tokens import Token

from sayso.reader.clauses import VERB, Clauses
from sayso.reader.events.conditions import Match
from sayso.reader.events.parties import Parties, is_abstract, takes_people
from sayso.reader.events.triggers import Trigger, words
from sayso.records import Actor

#: Prepositions behind which an event has the actors of the clause ("went to X for talks").
_WITHIN = ("in", "for", "during", "to", "at", "on")

Sides = tuple[list[Actor], list[Actor]]


class Participants:
    """Finds both sides of events.

    Args:
        clauses: the article's parse.
        parties: leads phrases to actors.
    """

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses = clauses
        self.parties = parties

    # Of a verb ---------------------------------------------------------------------------

    def objects(self, verb: Token) -> list[Token]:
        """The heads of a verb's objects; in the passive its subject, and what it keeps of them."""
        clauses = self.clauses
        found = clauses.patients(verb)
        if clauses.is_passive(verb):
            kept = clauses.child(verb, "dobj")  # "were given food"
            if kept is not None:
                found = [*found, *clauses.conjuncts(kept)]
        return found

    def of_verb(self, row: Trigger, verb: Token, objects: list[Token], match: Match) -> Sides:
        """Who does what a verb says, and to whom."""
        clauses, doc = self.clauses, self.clauses.analysis.doc
        heads = [verb, *objects]
        if clauses.is_gerund_misread(verb):
            heads.append(verb.head.head)
        last = max((verb, *match.phrase), key=lambda t: t.i)
        within = doc[verb.i + 1 : last.i + 1]
        heads += [t for t in within if t not in heads and t.pos_ not in ("DET", "PUNCT")]
        if row.reverse:
            return self._reversed(row, verb, heads)
        actors = self.parties.of(clauses.agents(verb))
        recipients = self._patients(row, verb, objects, match)
        if not recipients or row.preps_first:
            led_to = self._behind(row, last) if match.phrase else []
            both = self.by_preposition(row, heads, actors, led_to)
            actors, led_to = both
            recipients = led_to or recipients
        ids = {a.id for a in actors}
        recipients = [r for r in recipients if r.id not in ids]
        if not recipients and row.for_users:
            recipients = self._users(objects)
        if not recipients and row.clause:
            ids = {a.id for a in actors}
            recipients = [r for r in self._in_clause(row, verb) if r.id not in ids]
        return actors, _others(actors, recipients)

    def _behind(self, row: Trigger, last: Token) -> list[Actor]:
        """Whom a preposition at the end of a phrase, or right behind it, leads to."""
        doc = self.clauses.analysis.doc
        at = last if last.pos_ == "ADP" else doc[min(last.i + 1, len(doc) - 1)]
        inner = self.clauses.child(at, "pobj")
        if not row.adjacent or inner is None or at.lower_ not in words().adjacent_preps:
            return []
        return self._led_to(row, inner)

    def _led_to(self, row: Trigger, noun: Token) -> list[Actor]:
        """The actors of a phrase behind a preposition, else those that it says more of.

        "combing through the books of X", "a seat in a pact with X".
        """
        clauses = self.clauses
        found = self.parties.of(clauses.conjuncts(noun), acted_on=row.sites)
        if not found and row.owners:
            for prep, inner in clauses.prepositions(noun):
                if prep == "of" or prep in row.recipients:
                    found = joined(
                        found, self.parties.of(clauses.conjuncts(inner), acted_on=row.sites)
                    )
        return found

    def _reversed(self, row: Trigger, verb: Token, heads: list[Token]) -> Sides:
        """The sides where the subject undergoes it ("came under fire from the hill")."""
        clauses = self.clauses
        subject = clauses.grammatical_subject(verb)
        recipients = [] if subject is None else clauses.conjuncts(subject)
        actors = [
            part
            for head in heads
            for prep, inner in clauses.prepositions(head)
            if prep in ("from", "by")
            for part in clauses.conjuncts(inner)
        ]
        return self.parties.of(actors), self.parties.of(recipients, acted_on=row.sites)

    def _patients(
        self, row: Trigger, verb: Token, objects: list[Token], match: Match
    ) -> list[Actor]:
        """Whom a verb's objects lead to, where the row says that they are acted on."""
        found: list[Actor] = []
        passive = self.clauses.is_passive(verb)
        for noun in objects:
            if row.owners and noun in match.phrase:
                found = joined(found, self.parties.owners(noun))
                continue
            given = passive and noun not in match.objects and bool(match.objects)
            if not (row.object_acted_on or given or (row.owners and noun in match.objects)):
                continue
            if (row.object_acted_on or given) and noun not in match.phrase:
                who = self.parties.one(noun, acted_on=row.sites)
            else:
                who = self.parties.owners(noun)
            certain = row.any_object or takes_people(verb)
            own = noun not in match.objects and noun not in match.phrase
            if not who and row.object_acted_on and certain and own and self._is_plain(noun):
                who = [self.parties.make(noun)]
            found = joined(found, who)
        return found

    def _users(self, objects: list[Token]) -> list[Actor]:
        """Who uses what is given ("supplies half of the shells used by X's army").

        What a country's forces use is given to the country.
        """
        clauses = self.clauses
        nouns = [*objects, *(i for o in objects for p, i in clauses.prepositions(o) if p == "of")]
        users = self.parties.of(
            agent
            for noun in nouns
            for dep, child in clauses.children(noun)
            if dep == "acl" and child.tag_ == "VBN"
            for agent in clauses.agents(child)
        )
        countries = {a.country: a for a in clauses.cast.actors if a.kind == "country"}
        return [countries.get(a.country, a) if a.kind == "armed_force" else a for a in users]

    def _is_plain(self, noun: Token) -> bool:
        """Whether a common noun may be whom or what an event befalls."""
        is_tool = noun.lemma_.lower() in words().arms
        return noun.pos_ == "NOUN" and not (
            is_tool or is_abstract(noun) or self.clauses.named(noun)
        )

    def _in_clause(self, row: Trigger, verb: Token) -> list[Actor]:
        """Whom the verb's clause concerns: who is to do it, or to whom it is to be done."""
        clauses, of = self.clauses, self.parties.of
        for dep, inner in clauses.children(verb):
            if dep not in ("xcomp", "ccomp", "advcl"):
                continue
            subject = clauses.child(inner, "nsubj", "nsubjpass")
            if dep == "advcl":
                # "threatened to strike if X drills", "calling for X to step down".
                mark = clauses.child(inner, "mark")
                if subject is not None and mark is not None and mark.lower_ in row.marks:
                    return of(clauses.conjuncts(subject))
                continue
            asked = of(clauses.conjuncts(subject)) if subject is not None else []
            if row.clause == "subject":
                return asked
            found = of(clauses.patients(inner), acted_on=row.sites)
            for head in [] if found else [inner, *clauses.patients(inner)]:
                for prep, held in clauses.prepositions(head):
                    if prep in ("to", "with", "against", "on", "at"):
                        found = joined(found, of(clauses.conjuncts(held), acted_on=row.sites))
            if found:
                return found
        return []

    # Of a noun ---------------------------------------------------------------------------

    def of_noun(self, row: Trigger, noun: Token, carrier: Token | None) -> Sides:
        """Who does and who undergoes what a noun names, by its modifiers and its carrier."""
        clauses, of = self.clauses, self.parties.of
        before = [
            c for dep, c in clauses.children(noun) if dep in ("poss", "amod", "compound", "nmod")
        ]
        actors = of(part for child in before for part in clauses.conjuncts(child))
        recipients: list[Actor] = []
        if not row.owner_acts and not any(p == "of" for p, _ in clauses.prepositions(noun)):
            actors, recipients = [], actors
        for prep, inner in clauses.prepositions(noun):
            heads = clauses.conjuncts(inner)
            if prep in ("by", "between", "among") or (prep == "from" and row.from_actor):
                actors = joined(actors, of(heads))
            elif prep == "of":
                found = of(heads, acted_on=row.sites and not row.of_actor)
                if row.of_actor:
                    actors = joined(actors, found)
                else:
                    recipients = joined(recipients, found)
        if carrier is not None:
            does = of(clauses.agents(carrier), acted_on=False)
            if carrier.lemma_ in words().light_passive:
                recipients = joined(does, recipients)
            elif not clauses.is_passive(carrier) or does:
                actors = joined(does, actors)
        heads = [noun] if carrier is None else [noun, carrier]
        if carrier is None:
            actors, recipients = self._from_clause(row, noun, actors, recipients)
        sender = noun if row.from_actor else None
        return self.by_preposition(row, heads, actors, recipients, sender)

    def _from_clause(
        self, row: Trigger, noun: Token, actors: list[Actor], recipients: list[Actor]
    ) -> Sides:
        """Adds those whom the verb above an event's noun names."""
        clauses = self.clauses
        head, verb = noun, noun.head
        within = head.dep_ == "pobj" and verb.lower_ in _WITHIN and verb.head.pos_ in VERB
        if within and row.subject_acts and not actors:
            actors = self.parties.of(clauses.agents(verb.head))
        if head.dep_ == "nsubj" and verb.lemma_ in words().hits:
            hit = clauses.patients(verb)
            hit += [i for p, i in clauses.prepositions(verb) if p in words().hits_preps]
            found = self.parties.of(hit, acted_on=True)
            plain = [n for n in hit if self._is_plain(n)] if not found else []
            recipients = joined(recipients, found or [self.parties.make(n) for n in plain[:1]])
        return actors, recipients

    # Both --------------------------------------------------------------------------------

    def by_preposition(
        self,
        row: Trigger,
        heads: list[Token],
        actors: list[Actor],
        recipients: list[Actor],
        sender: Token | None = None,
    ) -> Sides:
        """Adds those whom the row's prepositions lead to; nobody is on both sides.

        ``sender`` is an event's noun behind which "from" names who acts.
        """
        clauses = self.clauses
        for head in heads:
            for prep, inner in clauses.prepositions(head):
                if row.symmetric and prep in ("with", "between"):
                    who = self.parties.of(clauses.conjuncts(inner))
                    actors = joined(actors, who)
                elif prep in row.recipients and not (prep == "from" and head is sender):
                    recipients = joined(recipients, self._led_to(row, inner))
            dative = clauses.child(head, "dative")
            if dative is not None and dative.pos_ != "ADP":
                recipients = joined(recipients, self.parties.one(dative))
        ids = {a.id for a in actors}
        return actors, [r for r in recipients if r.id not in ids]


def _others(actors: list[Actor], recipients: list[Actor]) -> list[Actor]:
    """The recipients without the actors' own country, where somebody else is among them.

    "The army condemned X's attack on the country": it condemned X.
    """
    own = {actor.country for actor in actors if actor.country}
    return [actor for actor in recipients if actor.country not in own] or recipients


def joined(first: list[Actor], second: list[Actor]) -> list[Actor]:
    """Both lists, each actor once, in order."""
    return list({actor.id: actor for actor in (*first, *second)}.values())
