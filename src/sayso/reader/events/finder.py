"""From candidate words to events."""

from spacy.tokens import Token

from sayso.reader.clauses import NOUN, Clauses
from sayso.reader.events.settings import Settings
from sayso.reader.events.status import noun_status, status_words, verb_status
from sayso.reader.events.triggers import Trigger, words
from sayso.reader.sourcing import Sourcing
from sayso.records import Actor, Event, EventStatus, Place, Span, record_id

#: Tokens that may stand between a verb and its object for both to make one trigger.
_REACH = 8


class Finder:
    """Finds the events of one article.

    Args:
        clauses: its parse and cast.
        settings: its dates and places.
        sourcing: its statements.
    """

    def __init__(self, clauses: Clauses, settings: Settings, sourcing: Sourcing) -> None:
        self.clauses = clauses
        self.settings = settings
        self.sourcing = sourcing
        self.used: set[int] = set()
        self.events: list[Event] = []

    def find(self, candidates: list[Token]) -> tuple[Event, ...]:
        """The events that these words name, in order; verbs first, to keep their objects."""
        table = words()
        for token in candidates:
            if token.pos_ == "VERB" and (
                token.dep_ != "amod" or self.clauses.is_gerund_misread(token)
            ):
                self._verb(token, table.verbs.get(token.lemma_, ()))
        for token in candidates:
            if token.pos_ in NOUN and token.i not in self.used and token.dep_ != "compound":
                self._noun(token)
        return tuple(sorted(self.events, key=lambda e: (e.trigger.start, e.trigger.end)))

    # Verbs

    def _verb(self, verb: Token, rows: tuple[Trigger, ...]) -> None:
        if not rows:
            return
        objects = self.clauses.patients(verb)
        for row in rows:
            matched = self._holds(row, verb, objects)
            if matched is None:
                continue
            if self._verb_event(row, verb, objects, matched):
                return

    def _holds(self, row: Trigger, verb: Token, objects: list[Token]) -> list[Token] | None:
        """The objects that meet the row's conditions on words; None where they are not met."""
        matched: list[Token] = []
        if row.objects:
            matched = [o for o in objects if not row.objects.isdisjoint(self._lemmas(o))]
            if not matched:
                return None
        if any(not row.not_objects.isdisjoint(self._lemmas(o)) for o in objects):
            return None
        if row.not_preps and any(
            prep in row.not_preps and inner.ent_type_ not in ("DATE", "TIME")
            for prep, inner in self.clauses.prepositions(verb)
        ):
            return None
        if row.particles:
            near = {
                c.lower_
                for dep, c in self.clauses.children(verb)
                if dep in ("prt", "advmod", "prep")
            }
            if near.isdisjoint(row.particles):
                return None
        if row.preps and not self._near(row, verb):
            return None
        if row.complement or row.complements:
            clauses = [c for dep, c in self.clauses.children(verb) if dep in ("xcomp", "ccomp")]
            if not clauses:
                return None
            if row.complements and row.complements.isdisjoint(c.lemma_ for c in clauses):
                return None
        if row.subjects and not any(
            not row.subjects.isdisjoint(self._lemmas(who)) for who in self.clauses.agents(verb)
        ):
            return None
        return matched

    def _near(self, row: Trigger, verb: Token) -> bool:
        for dep, child in self.clauses.children(verb):
            if dep in ("prep", "dative", "prt", "advmod") and child.lower_ in row.preps:
                if not row.near_objects:
                    return True
                for _, inner in self.clauses.children(child):
                    if not row.near_objects.isdisjoint(self._lemmas(inner)):
                        return True
        return False

    def _lemmas(self, noun: Token) -> set[str]:
        """The lemmas that say what a phrase is: its head's, its compounds', and after "half of"."""
        found = {noun.lemma_.lower()}
        for dep, child in self.clauses.children(noun):
            if dep in ("compound", "conj"):
                found.add(child.lemma_.lower())
        if noun.pos_ == "NUM" or noun.lemma_ in self.clauses.through_of:
            for prep, inner in self.clauses.prepositions(noun):
                if prep == "of":
                    found |= self._lemmas(inner)
        return found

    def _verb_event(
        self, row: Trigger, verb: Token, objects: list[Token], matched: list[Token]
    ) -> bool:
        clauses = self.clauses
        actors = clauses.actors_of(clauses.agents(verb))
        recipients: list[Actor] = []
        if row.object_acted_on:
            recipients = clauses.actors_of(objects)
        heads = [verb, *objects]
        if clauses.is_gerund_misread(verb):
            heads.append(verb.head.head)
        if row.symmetric and not row.objects:
            actors, recipients = _joined(actors, recipients), []
        actors, recipients = self._by_preposition(row, heads, actors, recipients)
        if not recipients and row.clause:
            ids = {a.id for a in actors}
            recipients = [r for r in self._in_clause(row, verb) if r.id not in ids]
        place = self.settings.place(heads, objects)
        dated = self.settings.date([verb])
        if not self._enough(row, actors, recipients, place, dated is not None, objects):
            return False
        status = verb_status(clauses, verb)
        if status is None:
            return True
        if status == "ongoing" and verb.tag_ in ("VBZ", "VBP"):
            status = status if row.type in status_words().present else "happened"
        last = verb
        for _, child in clauses.children(verb):
            if child.lower_ in row.particles and child.i == verb.i + 1:
                last = child
        if matched and verb.lemma_ in words().idioms and verb.i < matched[0].i <= verb.i + _REACH:
            last = matched[0]
        self.used.update([verb.i, *(m.i for m in matched)])
        self._add(row, verb, last, status, actors, recipients, place, [verb])
        return True

    def _in_clause(self, row: Trigger, verb: Token) -> list[Actor]:
        """Whom the verb's clause concerns: who is to do it, or to whom it is to be done."""
        clauses = self.clauses
        for dep, inner in clauses.children(verb):
            if dep not in ("xcomp", "ccomp"):
                continue
            subject = clauses.child(inner, "nsubj", "nsubjpass")
            asked = clauses.actors_of(clauses.conjuncts(subject)) if subject is not None else []
            if row.clause == "subject":
                return asked
            return clauses.actors_of(clauses.patients(inner)) or [
                actor
                for prep, held in clauses.prepositions(inner)
                if prep in ("to", "with", "against", "on")
                for actor in clauses.actors_of(clauses.conjuncts(held))
            ]
        return []

    # Nouns

    def _noun(self, noun: Token) -> None:
        table = words()
        lemma = noun.lemma_.lower()
        own = self._noun_row(noun, table.nouns.get(lemma, ()))
        row = own or self._noun_row(noun, table.light_nouns.get(lemma, ()))
        if row is None:
            return
        carrier = self._carrier(noun)
        if carrier is not None and carrier.i in self.used:
            return
        if own is None and carrier is None:
            return
        clauses = self.clauses
        heads = [noun] if carrier is None else [noun, carrier]
        actors, recipients = self._noun_participants(row, noun)
        if carrier is not None:
            does = clauses.actors_of(clauses.agents(carrier))
            if carrier.lemma_ in table.light_passive:
                recipients = _joined(does, recipients)
            else:
                actors = _joined(does, actors)
        actors, recipients = self._by_preposition(row, heads, actors, recipients)
        occurs = noun.dep_.startswith("nsubj") and noun.head.lemma_ in table.occur
        target = [] if row.of_actor else [i for p, i in clauses.prepositions(noun) if p == "of"]
        place = self.settings.place([*heads, noun.head] if occurs else heads, target)
        if not actors and not recipients:
            dated = self.settings.date(heads) is not None
            if not ((occurs or carrier is not None) and (place is not None or dated)):
                return
        status = noun_status(clauses, noun)
        first = last = noun
        if (
            carrier is not None
            and carrier.lemma_ not in status_words().governors
            and carrier.i < noun.i <= carrier.i + _REACH
        ):
            first = carrier
            self.used.add(carrier.i)
        self.used.add(noun.i)
        self._add(row, first, last, status, actors, recipients, place, heads)

    def _noun_row(self, noun: Token, rows: tuple[Trigger, ...]) -> Trigger | None:
        """The row that holds for a noun: one that asks for a modifier wins where it is there."""
        if len(rows) < 2 and not (rows and rows[0].modifiers):
            return rows[0] if rows else None
        before = {
            c.lemma_.lower()
            for dep, c in self.clauses.children(noun)
            if dep in ("amod", "compound", "nmod")
        }
        fitting = [r for r in rows if not r.modifiers or not r.modifiers.isdisjoint(before)]
        fitting.sort(key=lambda r: not r.modifiers)
        return fitting[0] if fitting else None

    def _carrier(self, noun: Token) -> Token | None:
        """The light verb that an event noun is the object (or passive subject) of."""
        head = noun
        while head.dep_ == "conj" and head.head.pos_ in NOUN:
            head = head.head
        verb = head.head
        if head.dep_ == "pobj" and verb.lower_ in ("in", "with", "out", "to", "for"):
            verb = verb.head
            return verb if verb.pos_ == "VERB" and verb.lemma_ in words().by_preposition else None
        if head.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
            return verb if verb.lemma_ in words().light else None
        return None

    def _noun_participants(self, row: Trigger, noun: Token) -> tuple[list[Actor], list[Actor]]:
        """Who does and who undergoes what a noun names, by its modifiers."""
        clauses = self.clauses
        before = [
            c for dep, c in clauses.children(noun) if dep in ("poss", "amod", "compound", "nmod")
        ]
        actors = clauses.actors_of(part for child in before for part in clauses.conjuncts(child))
        recipients: list[Actor] = []
        if not row.owner_acts and not any(p == "of" for p, _ in clauses.prepositions(noun)):
            actors, recipients = [], actors
        for prep, inner in clauses.prepositions(noun):
            heads = clauses.conjuncts(inner)
            if prep in ("by", "between", "among"):
                actors = _joined(actors, clauses.actors_of(heads))
            elif prep == "of":
                found = clauses.actors_of(heads)
                if row.of_actor:
                    actors = _joined(actors, found)
                else:
                    recipients = _joined(recipients, found)
        return actors, recipients

    def _by_preposition(
        self, row: Trigger, heads: list[Token], actors: list[Actor], recipients: list[Actor]
    ) -> tuple[list[Actor], list[Actor]]:
        """Adds those whom the type's prepositions lead to."""
        clauses = self.clauses
        for head in heads:
            for prep, inner in clauses.prepositions(head):
                if row.symmetric and prep in ("with", "between"):
                    actors = _joined(actors, clauses.actors_of(clauses.conjuncts(inner)))
                elif prep in row.recipients:
                    recipients = _joined(recipients, clauses.actors_of(clauses.conjuncts(inner)))
            dative = clauses.child(head, "dative")
            if dative is not None and dative.pos_ != "ADP" and row.type == "AID":
                recipients = _joined(recipients, clauses.actors(dative))
        ids = {a.id for a in actors}
        return actors, [r for r in recipients if r.id not in ids]

    # Both

    def _enough(
        self,
        row: Trigger,
        actors: list[Actor],
        recipients: list[Actor],
        place: Place | None,
        dated: bool,
        objects: list[Token],
    ) -> bool:
        """Whether enough participants are known for the row's needs."""
        match row.needs:
            case "actor":
                return bool(actors)
            case "recipient":
                return bool(recipients)
            case "both":
                mutual = any(o.lower_ in ("other", "another") for o in objects)
                return bool(actors and recipients) or (mutual and len(actors) > 1)
            case "direct":
                return bool(actors) and any(self.clauses.named(o) for o in objects)
            case "two_actors":
                return len(actors) > 1
            case "target":
                return bool(actors) and bool(recipients or place)
            case "actor_and_place":
                return bool(actors) and place is not None
            case "both_or_place":
                return bool(actors) and bool(recipients or place)
            case _:
                return bool(actors or recipients or place or dated)

    def _add(
        self,
        row: Trigger,
        first: Token,
        last: Token,
        status: EventStatus,
        actors: list[Actor],
        recipients: list[Actor],
        place: Place | None,
        heads: list[Token],
    ) -> None:
        analysis = self.clauses.analysis
        trigger = analysis.span(first, last)
        statement, attribution = self.sourcing.of(trigger)
        self.events.append(
            Event(
                id=record_id("e", analysis.article.id, trigger.start, trigger.end, row.type),
                type=row.type,
                mode=row.mode,
                trigger=Span(trigger.start, trigger.end, trigger.text),
                actors=tuple(a.id for a in actors),
                recipients=tuple(r.id for r in recipients),
                place=place,
                date=self.settings.date(heads),
                status=status,
                statement=statement,
                attribution=attribution,
            )
        )


def _joined(first: list[Actor], second: list[Actor]) -> list[Actor]:
    """Both lists, each actor once, in order."""
    return list({actor.id: actor for actor in (*first, *second)}.values())
