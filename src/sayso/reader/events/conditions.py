"""Whether a verb meets the conditions of a row of the event lexicon."""

from dataclasses import dataclass

from spacy.tokens import Token

from sayso.reader.clauses import NOUN, VERB, Clauses
from sayso.reader.events.triggers import Trigger

#: Tokens that may stand where a phrase has a gap ("put ~ on trial").
_GAP = 9
#: What may stand between the words of a phrase anyway ("laid a long siege"), and what ends it.
_FILLERS = ("DET", "ADJ", "ADV", "PRON", "NUM", "PART")
_STOPS = (".", ";", ":", "—", "“", "”", '"')


@dataclass(frozen=True)
class Match:
    """What of the text met a row's conditions.

    Attributes:
        objects: the objects of the row's classes.
        phrase: the words of the row's phrase behind the verb.
    """

    objects: list[Token]
    phrase: tuple[Token, ...] = ()


class Conditions:
    """Compares verbs with rows.

    Args:
        clauses: the article's parse.
    """

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses

    def match(self, row: Trigger, verb: Token, objects: list[Token]) -> Match | None:
        """What meets the row's conditions; None where one is not met."""
        phrase: tuple[Token, ...] = ()
        if row.phrases:
            phrase = self._phrase(row, verb)
            if not phrase:
                return None
        if row.negated and not self.clauses.negated(verb):
            return None
        matched: list[Token] = []
        if row.objects:
            matched = [o for o in objects if not row.objects.isdisjoint(self.lemmas(o))]
            if not matched:
                return None
        if any(not row.not_objects.isdisjoint(self.lemmas(o)) for o in objects):
            return None
        if row.not_preps and any(
            prep in row.not_preps and inner.ent_type_ not in ("DATE", "TIME")
            for prep, inner in self.clauses.prepositions(verb)
        ):
            return None
        if row.particles and not self._has_particle(row, verb):
            return None
        if row.preps and not self._near(row, verb):
            return None
        if row.complement or row.complements:
            clauses = [c for dep, c in self.clauses.children(verb) if dep in ("xcomp", "ccomp")]
            if not clauses:
                return None
            if row.complements and row.complements.isdisjoint(c.lemma_ for c in clauses):
                return None
            if row.subjunctive and not any(self._is_wished(c) for c in clauses):
                return None
            if row.future and not any(self._is_to_come(c) for c in clauses):
                return None
        if row.subjects and not any(
            not row.subjects.isdisjoint(self.lemmas(who)) for who in self.clauses.agents(verb)
        ):
            return None
        return Match(matched, phrase)

    def _is_to_come(self, verb: Token) -> bool:
        """Whether a clause says what will or would be done."""
        return verb.dep_ == "xcomp" or any(
            dep == "aux" and c.tag_ == "MD" for dep, c in self.clauses.children(verb)
        )

    def _is_wished(self, verb: Token) -> bool:
        """Whether a clause is in the subjunctive ("that X go", "that X be tried")."""
        helpers = [c for dep, c in self.clauses.children(verb) if dep in ("aux", "auxpass")]
        return (helpers[0] if helpers else verb).tag_ in ("VB", "VBP")

    def _has_particle(self, row: Trigger, verb: Token) -> bool:
        labels = ("prt", "advmod", "prep")
        near = {c.lower_ for dep, c in self.clauses.children(verb) if dep in labels}
        return not near.isdisjoint(row.particles)

    def _phrase(self, row: Trigger, verb: Token) -> tuple[Token, ...]:
        """The words of the longest of the row's phrases at a verb; empty where there is none."""
        best: tuple[Token, ...] = ()
        for words in row.phrases.get(verb.lemma_, ()):
            if len(words) > len(best):
                best = self._words(words, verb) or best
        return best

    def _words(self, words: tuple[str, ...], verb: Token) -> tuple[Token, ...]:
        found: list[Token] = []
        last = verb
        for word in words:
            token = self._next(word, last, verb)
            if token is None:
                subject = self.clauses.child(verb, "nsubjpass")
                wanted = word.lstrip("~")
                if subject is None or wanted not in (subject.lower_, subject.lemma_):
                    return ()
                token = subject  # "charges were brought against X"
            found.append(token)
            last = max(last, token, key=lambda t: t.i)
        return tuple(found)

    def _next(self, word: str, after: Token, verb: Token) -> Token | None:
        """The next word of a phrase; "~" before it stands for a gap."""
        wanted, gap = word.lstrip("~"), word.startswith("~")
        doc = self.clauses.analysis.doc
        for token in doc[after.i + 1 : min(after.i + 1 + _GAP, verb.sent.end)]:
            if wanted in (token.lower_, token.lemma_):
                return token
            if token.text in _STOPS or not (gap or token.pos_ in _FILLERS):
                return None
            clause = token.pos_ in ("SCONJ", *VERB) and token.dep_ != "amod"
            if gap and (clause or token.lower_ in ("that", ",")):
                return None
        return None

    def _near(self, row: Trigger, verb: Token) -> bool:
        for dep, child in self.clauses.children(verb):
            if dep in ("prep", "dative", "prt", "advmod") and child.lower_ in row.preps:
                if not row.near_objects:
                    return True
                for _, inner in self.clauses.children(child):
                    if not row.near_objects.isdisjoint(self.lemmas(inner)):
                        return True
        return False

    def lemmas(self, noun: Token) -> set[str]:
        """The lemmas that say what a phrase is: its head's, its compounds', and after "half of".

        The name of an outlet counts as "@outlet".
        """
        found = {self.clauses.lemma(noun)}
        if any(actor.kind == "outlet" for _, actor in self.clauses.named(noun)):
            found.add("@outlet")
        for dep, child in self.clauses.children(noun):
            if dep in ("compound", "conj"):
                found.add(child.lemma_.lower())
        if noun.pos_ == "NUM" or noun.lemma_ in self.clauses.through_of:
            for prep, inner in self.clauses.prepositions(noun):
                if prep == "of":
                    found |= self.lemmas(inner)
        return found

    def noun_row(self, noun: Token, rows: tuple[Trigger, ...]) -> Trigger | None:
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

    def names_an_event(self, token: Token) -> bool:
        """Whether a word may be an event's name: a noun, or a gerund used as one."""
        if token.dep_ == "compound":
            return False
        if token.pos_ in NOUN:
            return True
        if token.tag_ != "VBG" or token.dep_ not in ("pobj", "dobj", "nsubj", "nsubjpass", "pcomp"):
            return False
        return any(
            dep in ("det", "poss", "amod", "compound") for dep, _ in self.clauses.children(token)
        )
