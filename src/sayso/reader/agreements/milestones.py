"""When an agreement was signed, ratified, in force and ended, how long it holds, between whom."""

from spacy.tokens import Token

from sayso.reader.agreements.groups import Group
from sayso.reader.agreements.links import Link
from sayso.reader.agreements.mention import AgreementMention
from sayso.reader.agreements.parties import parties_by, sides
from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses
from sayso.reader.events.settings import Settings
from sayso.reader.events.status import verb_status
from sayso.records import Actor, Date, DateRef

_SET = ("happened", "ongoing", "planned")
_DONE = ("happened", "ongoing")


class Milestones:
    """Fills in the dates, durations and parties of an article's agreements.

    Args:
        clauses: its parse and cast.
        settings: its dates by the words that they hang on.
        dates: its dates.
        mentions: all mentions of agreements, whose own dates ("the 2018 pact") date nothing else.
    """

    def __init__(
        self,
        clauses: Clauses,
        settings: Settings,
        dates: tuple[Date, ...],
        mentions: list[AgreementMention],
    ) -> None:
        self.clauses = clauses
        self.settings = settings
        self.dates = dates
        own = [(m.span.start, m.span.end) for m in mentions]
        self.days = [
            d for d in settings.dates if not any(start <= d.span.start < end for start, end in own)
        ]

    def read(self, group: Group) -> None:
        """Fills in one agreement from the clauses of its mentions."""
        for mention in group.mentions:
            self._modifying_date(mention, group)
            for link in mention.links:
                found, settled = parties_by(self.clauses, link)
                _take(group, found, settled)
                self._link(link, mention, group)
            self._noun(mention, group)
            self._in_force(mention, group)
            if group.duration is None:
                group.duration = self._duration(mention)
        if group.kind == "ceasefire" and not group.parties:
            for link in group.mentions[0].links:
                _take(group, sides(self.clauses, link), False)

    def _modifying_date(self, mention: AgreementMention, group: Group) -> None:
        """The "June 2024" of "the June 2024 agreement", the "1997" of "the treaty of 1997"."""
        span = mention.span
        for date in self.dates:
            if span.start <= date.span.start and date.span.end <= span.end and date.kind == "date":
                if date.value[:1].isdigit():
                    group.milestones.setdefault("signed", DateRef(value=date.value, id=date.id))
                return
        if mention.year:
            group.milestones.setdefault("signed", DateRef(value=mention.year))
            return
        for prep, inner in self.clauses.prepositions(mention.head):
            if prep in ("of", "from") and (inner.ent_type_ == "DATE" or inner.pos_ == "NUM"):
                for date in self.settings.dates:
                    if date.span.start <= inner.idx < date.span.end:
                        name = "in_force" if prep == "from" else "signed"
                        if name == "signed" or mention.kind == "ceasefire":
                            ref = DateRef(value=date.value, id=date.id)
                            group.milestones.setdefault(name, ref)
                        return

    def _link(self, link: Link, mention: AgreementMention, group: Group) -> None:
        """What a verb says of an agreement: that it was signed, holds, ended."""
        word = link.word
        if word.pos_ not in VERB and link.role == "by":
            return
        status = verb_status(self.clauses, word)
        if status not in _SET:
            return
        table, lemma = words(), word.lemma_
        until = self._until(word) if lemma in table.holding else None
        if until is not None and (link.role != "by" or link.relative):
            group.milestones["ended"] = until
        start = self._from(word) if group.kind == "ceasefire" and lemma in table.signed else None
        if start is not None:
            group.milestones.setdefault("in_force", start)
        name = self._milestone(link, group)
        if name is None or (status not in _DONE and name in ("signed", "ratified")):
            return
        date = self._date(word, mention, start)
        if date is not None:
            group.milestones.setdefault(name, date)

    def _milestone(self, link: Link, group: Group) -> str | None:
        """Which milestone a link names."""
        table, word = words(), link.word
        lemma = word.lemma_
        if link.role == "by" and link.prep in table.party_preps.get(lemma, ()):
            if lemma in table.signed:
                return "signed"
            return "ended" if self._one_of_two(word, group) else None
        if link.role == "object":
            if lemma in table.signed:
                return "signed"
            if lemma in table.ratified:
                return "ratified"
            if lemma in table.ended or self._one_of_two(word, group):
                return "ended"
        if link.role == "subject":
            if lemma in table.ended:
                return "ended"
            later = self.clauses.child(word, "xcomp") or self.clauses.child(word, "acomp")
            inner = self.clauses.child(later, "xcomp") if later is not None else None
            if any(t is not None and t.lemma_ in table.lapse for t in (later, inner)):
                return "ended"
            if lemma in table.starts or (lemma in table.force_verbs and self._has_force(word)):
                return "in_force"
        return None

    def _one_of_two(self, verb: Token, group: Group) -> bool:
        """Whether a verb says that one of two parties left, which ends what was between them."""
        if verb.lemma_ not in words().left or len(group.parties) != 2:
            return False
        return bool(self.clauses.actors_of(self.clauses.agents(verb)))

    def _has_force(self, verb: Token) -> bool:
        """Whether "force" or "effect" stands by the verb ("entered into force", "took effect")."""
        near = [c for dep, c in self.clauses.children(verb) if dep == "dobj"]
        near += [i for prep, i in self.clauses.prepositions(verb) if prep in ("into", "in")]
        return any(t.lower_ in words().force_nouns for t in near)

    def _date(
        self, verb: Token, mention: AgreementMention, other: DateRef | None
    ) -> DateRef | None:
        """The day that a verb is dated by, else the only one in its sentence."""
        mine = [d for d in self.days if other is None or d.id != other.id]
        ids = {d.id for d in mine}
        date = self.settings.date([verb])
        if date is not None and date.id in ids:
            return date
        head = mention.head
        for day in mine:  # "a deal on trade on Monday"
            if head.idx < day.span.start < head.doc[head.right_edge.i].idx + 1:
                return DateRef(value=day.value, id=day.id)
        if other is not None:
            return None
        sentence = verb.sent
        near = [d for d in mine if sentence.start_char <= d.span.start < sentence.end_char]
        dated = [d for d in near if self._between(verb, d)]
        return DateRef(value=dated[0].value, id=dated[0].id) if len(dated) == 1 else None

    def _between(self, verb: Token, date: Date) -> bool:
        """Whether no other finite verb stands between a verb and a date after it."""
        token = self.clauses.analysis.token_at(date.span.start)
        if token.i < verb.i:
            return False
        return not any(
            t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.tag_ == "VBN"
            for t in verb.doc[verb.i + 1 : token.i]
        )

    def _until(self, verb: Token) -> DateRef | None:
        """The day that "until" names after a verb ("was extended until Sunday")."""
        return self._day_after(verb, words().until)

    def _from(self, verb: Token) -> DateRef | None:
        """The day from which a truce holds ("agreed on a truce from April 2")."""
        return self._day_after(verb, frozenset(["from", "as"]))

    def _day_after(self, verb: Token, marks: frozenset[str]) -> DateRef | None:
        doc = verb.doc
        for token in doc[verb.i + 1 : verb.sent.end]:
            if token.lower_ in marks:
                later = doc[min(token.i + 4, len(doc) - 1)].idx
                for date in self.days:
                    if token.idx < date.span.start <= later:
                        return DateRef(value=date.value, id=date.id)
        return None

    def _noun(self, mention: AgreementMention, group: Group) -> None:
        """The "signing of the treaty in June" and "the treaty's ratification in May"."""
        head = mention.head
        noun = None
        if head.dep_ == "pobj" and head.head.lower_ == "of":
            noun = head.head.head
        elif head.dep_ == "poss":
            noun = head.head
        name = words().milestone_nouns.get(noun.lemma_.lower()) if noun is not None else None
        if noun is None or name is None:
            return
        date = self.settings.date([noun])
        if date is not None:
            group.milestones.setdefault(name, date)

    def _in_force(self, mention: AgreementMention, group: Group) -> None:
        """The "in force since September" that stands after a mention without a verb of its own."""
        doc = mention.head.doc
        at = self.clauses.analysis.token_at(mention.span.end - 1).i + 1
        if at < len(doc) and doc[at].text == ",":
            at += 1
        if at + 2 >= len(doc) or doc[at].lower_ != "in":
            return
        if doc[at + 1].lower_ not in words().force_nouns:
            return
        for date in self.days:
            if doc[at + 1].idx < date.span.start <= doc[min(at + 4, len(doc) - 1)].idx:
                group.milestones.setdefault("in_force", DateRef(value=date.value, id=date.id))
                return

    def _duration(self, mention: AgreementMention) -> str | None:
        """How long it holds: "indefinite", or an ISO 8601 duration as the dates give it."""
        table, clauses = words(), self.clauses
        head = mention.head
        near: list[Token] = [c for dep, c in clauses.children(head) if dep in ("amod", "acl")]
        heads = [head]
        for link in mention.links:
            verb = link.word
            xcomp = clauses.child(verb, "xcomp")
            if link.role == "by" and link.prep not in table.party_preps.get(verb.lemma_, ()):
                continue
            if verb.lemma_ in table.duration_verbs or xcomp is not None:
                heads += [verb, *([xcomp] if xcomp is not None else [])]
        for token in heads:
            for dep, child in clauses.children(token):
                if dep in ("acomp", "attr", "advmod", "oprd", "amod"):
                    near += [child, *(c for _, c in clauses.children(child) if c.pos_ == "ADJ")]
            for prep, inner in clauses.prepositions(token):
                if prep in ("for", "of", "in"):
                    near += [inner, *(c for dep, c in clauses.children(inner) if dep == "amod")]
        if any(t.lower_ in table.indefinite for t in near):
            return "indefinite"
        for date in self.dates:
            if date.kind != "duration" or not any(c.isdigit() for c in date.value):
                continue
            start, end = date.span.start, date.span.end
            if mention.span.start <= start and end <= mention.span.end:
                return date.value
            if any(start <= t.idx < end for t in near):
                return date.value
        return None


def _take(group: Group, parties: list[Actor], settled: bool) -> None:
    """Adds parties; a lone new one to a settled pair is one who acts on it from outside."""
    if len(group.parties) >= 2 and len(parties) == 1 and not settled:
        return
    for party in parties:
        group.parties.setdefault(party.id, party)
