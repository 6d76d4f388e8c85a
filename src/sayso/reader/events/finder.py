"""From candidate words to events."""

from spacy.tokens import Token

from sayso.reader.clauses import Clauses
from sayso.reader.events.conditions import Conditions, Match
from sayso.reader.events.participants import Participants, Sides
from sayso.reader.events.parties import Parties
from sayso.reader.events.settings import Settings
from sayso.reader.events.status import noun_status, status_words, verb_status
from sayso.reader.events.triggers import Trigger, words
from sayso.reader.sourcing import Sourcing
from sayso.records import Event, EventStatus, Place, Span, record_id

#: Tokens that may stand between a verb and its object for both to make one trigger.
_REACH = 8
#: How far up the parse it is asked whether an event is only what another is about.
_DEPTH = 6


class Finder:
    """Finds the events of one article.

    Args:
        clauses: its parse and cast.
        settings: its dates and places.
        sourcing: its statements.
    """

    def __init__(self, clauses: Clauses, settings: Settings, sourcing: Sourcing) -> None:
        self.clauses = clauses
        self.parties = Parties(clauses)
        self.participants = Participants(clauses, self.parties)
        self.conditions = Conditions(clauses)
        self.settings = settings
        self.sourcing = sourcing
        self.used: set[int] = set()
        #: The types of the events found, by the index of the word that names each.
        self.found: dict[int, str] = {}
        self.events: list[Event] = []

    def find(self, candidates: list[Token]) -> tuple[Event, ...]:
        """The events that these words name, in order; verbs first, to keep their objects."""
        table = words()
        for token in candidates:
            acts = token.pos_ == "VERB" or (token.lemma_ == "be" and token.dep_[:3] != "aux")
            if acts and (token.dep_ != "amod" or self.clauses.is_gerund_misread(token)):
                self._verb(token, table.verbs.get(token.lemma_, ()))
        for token in candidates:
            if token.i not in self.used and self.conditions.names_an_event(token):
                self._noun(token)
        return tuple(sorted(self.events, key=lambda e: (e.trigger.start, e.trigger.end)))

    # Verbs

    def _verb(self, verb: Token, rows: tuple[Trigger, ...]) -> None:
        if not rows or self._is_about(verb) or self._has_event_subject(verb):
            return
        objects = self.participants.objects(verb)
        matches = [(row, self.conditions.match(row, verb, objects)) for row in rows]
        held = [(row, match) for row, match in matches if match is not None]
        for row, match in sorted(held, key=lambda pair: -len(pair[1].phrase)):
            if self._verb_event(row, verb, objects, match):
                return

    def _verb_event(self, row: Trigger, verb: Token, objects: list[Token], match: Match) -> bool:
        if row.type == "NONE":
            return True  # words that look like an event and are none
        sides = self.participants.of_verb(row, verb, objects, match)
        place = self.settings.place([verb, *objects], objects)
        dated = self.settings.date([verb]) is not None
        if not self._enough(row, sides, verb, place, dated, objects):
            return False
        status = "happened" if row.negated else verb_status(self.clauses, verb)
        if status is None and row.at_once:
            status = verb_status(self.clauses, verb.head)
        if status is None or (row.type == "RETREAT" and self._goes_with(verb)):
            return True
        if status == "ongoing" and verb.tag_ in ("VBZ", "VBP"):
            status = status if row.type in status_words().present else "happened"
        last = max((verb, *match.phrase), key=lambda t: t.i)
        while last.i > verb.i and last.dep_ in ("prep", "aux", "dative", "mark", "agent"):
            last = last.nbor(-1)
        if last.pos_ == "ADJ" and 0 < last.head.i - last.i <= 2:
            last = last.head  # "conducted joint drills"
        for _, child in self.clauses.children(verb):
            if child.lower_ in row.particles and child.i == last.i + 1:
                last = child
        matched = match.objects
        if matched and verb.lemma_ in words().idioms and last.i < matched[0].i <= verb.i + _REACH:
            last = matched[0]
        self.used.update(t.i for t in (verb, *match.phrase, *matched) if self._is_spent(row, t))
        self._add(row, verb, last, status, sides, place, [verb])
        self.found[verb.i] = row.type
        return True

    def _is_about(self, word: Token) -> bool:
        """Whether a word is only what an event before it is about ("agreed to lend").

        What is agreed, demanded, threatened, rejected or looked into is no event of its own, and
        who is killed in an attack undergoes that attack.
        """
        table = words()
        token = word
        for _ in range(_DEPTH):
            head = token.head
            if head.i == token.i or token.dep_ == "relcl":
                return False
            over = self.found.get(head.i)
            if over is not None:
                if token.dep_ == "conj":
                    return False
                if token.dep_ == "advcl" and token.tag_ == "VBG":
                    return over in table.violent and word.lemma_ in table.results
                if token.dep_ == "advcl":
                    return False
                if token.dep_.startswith("nsubj") or over not in table.absorbing:
                    return False
                if token.dep_ == "prep":
                    return token.lower_ in table.absorbing[over]
                return over in table.absorbing_objects
            token = head
        return False

    def _goes_with(self, verb: Token) -> bool:
        """Whether a participle only says how its verb's retreat went ("left, ending a mission")."""
        return verb.dep_ == "advcl" and self.found.get(verb.head.i) == "RETREAT"

    def _is_spent(self, row: Trigger, token: Token) -> bool:
        """Whether a word of a trigger names no event of its own ("broke up a rally" has two)."""
        if row.type != "COERCE":
            return True
        return all(r.type != "PROTEST" for r in words().nouns.get(token.lemma_.lower(), ()))

    def _has_event_subject(self, verb: Token) -> bool:
        """Whether a verb only says what an event did ("the shelling killed two")."""
        subject = self.clauses.child(verb, "nsubj")
        if subject is None or verb.lemma_ not in words().hits:
            return False
        rows = words().nouns.get(subject.lemma_.lower(), ())
        return any(row.type in words().violent for row in rows)

    # Nouns

    def _noun(self, noun: Token) -> None:
        table = words()
        lemma = noun.lower_ if noun.pos_ == "VERB" else noun.lemma_.lower()
        own = self.conditions.noun_row(noun, table.nouns.get(lemma, ()))
        row = own or self.conditions.noun_row(noun, table.light_nouns.get(lemma, ()))
        if row is None or self._is_about(noun):
            return
        carrier = self._carrier(noun)
        if carrier is not None and carrier.i in self.used:
            return
        if own is None and carrier is None:
            return
        heads = [noun] if carrier is None else [noun, carrier]
        sides = self.participants.of_noun(row, noun, carrier)
        if row.needs == "actor" and not sides[0]:
            return
        occurs = noun.dep_.startswith("nsubj") and noun.head.lemma_ in table.occur
        prepositions = self.clauses.prepositions(noun)
        target = [] if row.of_actor else [i for p, i in prepositions if p == "of"]
        place = self.settings.place([*heads, noun.head] if occurs else heads, target)
        if not any(sides):
            dated = self.settings.date(heads) is not None
            if not ((occurs or carrier is not None) and (place is not None or dated)):
                return
        status = noun_status(self.clauses, noun)
        first = last = noun
        if (
            carrier is not None
            and carrier.lemma_ not in status_words().governors
            and carrier.i < noun.i <= carrier.i + _REACH
        ):
            first = carrier
            self.used.add(carrier.i)
        self.used.add(noun.i)
        self._add(row, first, last, status, sides, place, heads)

    def _carrier(self, noun: Token) -> Token | None:
        """The light verb that an event noun is the object (or passive subject) of."""
        head = noun
        while head.dep_ == "conj" and head.head.pos_ == "NOUN":
            head = head.head
        if head.dep_ == "pobj" and head.head.lower_ == "of":
            above = head.head.head  # "two days of talks"
            if above.lemma_ in words().measures:
                head = above
        verb = head.head
        if head.dep_ == "pobj" and verb.lower_ in ("in", "with", "out", "to", "for"):
            verb = verb.head
            return verb if verb.pos_ == "VERB" and verb.lemma_ in words().by_preposition else None
        if head.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
            return verb if verb.lemma_ in words().light else None
        return None

    # Both

    def _enough(
        self,
        row: Trigger,
        sides: Sides,
        verb: Token,
        place: Place | None,
        dated: bool,
        objects: list[Token],
    ) -> bool:
        """Whether enough participants are known for the row's needs."""
        actors, recipients = sides
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
                armed = any(a.lemma_.lower() in words().arms for a in self.clauses.agents(verb))
                return (bool(actors) or armed) and bool(recipients or place)
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
        sides: Sides,
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
                actors=tuple(a.id for a in sides[0]),
                recipients=tuple(r.id for r in sides[1]),
                place=place,
                date=self.settings.date(heads),
                status=status,
                statement=statement,
                attribution=attribution,
            )
        )
