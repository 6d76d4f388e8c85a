"""What an agreement binds its parties to."""

from spacy.tokens import Token

from sayso.reader.agreements.groups import Group
from sayso.reader.agreements.links import Link
from sayso.reader.agreements.parties import acting, is_state
from sayso.reader.agreements.terms import content_and_trigger, end_of, obligation_type, stripped
from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses
from sayso.reader.sourcing import Sourcing
from sayso.records import Obligation

#: How far up the parse the agreement that a phrase belongs to is looked for.
_DEPTH = 4


class Obligations:
    """Finds the terms of an article's agreements.

    Args:
        clauses: its parse and cast.
        sourcing: its statements.
        groups: its agreements.
    """

    def __init__(self, clauses: Clauses, sourcing: Sourcing, groups: list[Group]) -> None:
        self.clauses = clauses
        self.sourcing = sourcing
        self.by_head = {m.head.i: group for group in groups for m in group.mentions}
        #: The agreement that each verb has as its subject.
        self.by_verb: dict[int, Group] = {}
        self.groups = groups
        self.seen: set[tuple[int, int]] = set()
        for group in groups:
            for mention in group.mentions:
                for link in mention.links:
                    if link.role == "subject":
                        self.by_verb.setdefault(link.word.i, group)

    def read(self, cues: list[Token]) -> None:
        """Adds to each agreement its terms: those that these verbs state, those done under it."""
        for verb in cues:
            self._cue(verb)
        for group in self.groups:
            for mention in group.mentions:
                for dep, child in self.clauses.children(mention.head):
                    if dep in ("acl", "relcl") and child.tag_ == "VB":
                        self._infinitive_of(group, mention.head, child)
                for link in mention.links:
                    if link.role == "by":
                        self._done_under(group, link)

    def _cue(self, verb: Token) -> None:
        table = words()
        subject = self.clauses.grammatical_subject(verb)
        # "The treaty obliges" may be read as a noun with a subject.
        if (verb.pos_ not in VERB and subject is None) or self.clauses.negated(verb):
            return
        lemma = verb.lemma_
        own = self.by_verb.get(verb.i) or self._stating(verb)
        if own is None and subject is not None:
            own = self.by_head.get(subject.i)
            if own is None and subject.lemma_.lower() in table.terms:
                own = self._of_terms(subject)
        if own is not None and not self.clauses.is_passive(verb):
            if lemma in table.bind_object and self._bound_object(own, verb):
                return
            if lemma in table.state:
                self._stated(own, verb)
            elif lemma in table.bind_subject:
                self._infinitives(own, verb, [])
            return
        if lemma in table.bind_subject:
            group = self._under(verb) or self._follow_on(verb, subject)
            if group is not None:
                agents = self.clauses.conjuncts(subject) if subject is not None else []
                if not self._infinitives(group, verb, agents) and lemma in table.follow_on:
                    self._promised(group, verb, agents)

    # Which agreement

    def _under(self, verb: Token) -> Group | None:
        """The agreement of "under the treaty", "under its terms"; or of "agreed to cease fire"."""
        table = words()
        xcomp = self.clauses.child(verb, "xcomp")
        if xcomp is not None and xcomp.i in self.by_head:
            return self.by_head[xcomp.i]
        token = verb
        for _ in range(_DEPTH):
            for prep, inner in self.clauses.prepositions(token):
                if prep not in table.under:
                    continue
                if inner.i in self.by_head:
                    return self.by_head[inner.i]
                if inner.lemma_.lower() in table.terms:
                    return self._of_terms(inner)
            for group in self.groups:
                for mention in group.mentions:
                    if any(
                        link.relative and link.word.i == token.i and link.prep in table.under
                        for link in mention.links
                    ):
                        return group
            if token.dep_ not in ("conj", "xcomp", "advcl") or token.head.pos_ not in VERB:
                return None
            token = token.head
        return None

    def _of_terms(self, terms: Token) -> Group | None:
        """The agreement whose terms these are: "its terms" are those of the last one named."""
        for prep, inner in self.clauses.prepositions(terms):
            if prep == "of" and inner.i in self.by_head:
                return self.by_head[inner.i]
        owner = self.clauses.child(terms, "poss")
        if owner is not None and owner.i in self.by_head:
            return self.by_head[owner.i]
        pointing = owner is not None and owner.pos_ == "PRON"
        article = self.clauses.child(terms, "det")
        if pointing or (article is not None and article.lower_ in words().determiners):
            before = [i for i in self.by_head if i < terms.i]
            return self.by_head[max(before)] if before else None
        return None

    def _stating(self, verb: Token) -> Group | None:
        """The agreement just before "…, stating that …", whoever the parse has state it."""
        table = words()
        if verb.tag_ != "VBG" or verb.lemma_ not in table.state_clause | table.bind_object:
            return None
        before = [i for i in self.by_head if verb.sent.start <= i < verb.i]
        if not before or any(t.pos_ in VERB for t in verb.doc[max(before) + 1 : verb.i]):
            return None
        return self.by_head[max(before)]

    def _follow_on(self, verb: Token, subject: Token | None) -> Group | None:
        """The agreement named in the sentence before "Each pledged to …"."""
        table = words()
        if verb.lemma_ not in table.follow_on or subject is None or verb.dep_ != "ROOT":
            return None
        if subject.lemma_.lower() not in table.members or verb.sent.start == 0:
            return None
        before = verb.doc[verb.sent.start - 1].sent
        near = [i for i in self.by_head if before.start <= i < before.end]
        return self.by_head[max(near)] if near else None

    # What it says

    def _bound_object(self, group: Group, verb: Token) -> bool:
        """The terms of "obliges the parties to"; whether there are any."""
        bound = [c for dep, c in self.clauses.children(verb) if dep == "dobj"]
        inner = self.clauses.child(verb, "ccomp", "xcomp", "acl")
        if inner is not None and not bound:
            bound = [c for d, c in self.clauses.children(inner) if d in ("nsubj", "nsubjpass")]
        if not bound:  # "obliges both countries", read as a noun with two subjects
            subjects = [c for dep, c in self.clauses.children(verb) if dep == "nsubj"]
            bound = [c for c in subjects if c.i > verb.i]
        for prep, noun in self.clauses.prepositions(verb):
            if prep in ("on", "upon", "for"):
                bound.append(noun)
        parts = [part for token in bound for part in self.clauses.conjuncts(token)]
        if verb.lemma_ in ("forbid", "bar", "prohibit") and "to" in {
            t.lower_ for t in verb.doc[verb.i : verb.sent.end]
        }:
            return False  # what is forbidden is no term without its verb
        return self._infinitives(group, verb, parts)

    def _infinitives(self, group: Group, verb: Token, bound: list[Token]) -> bool:
        """One obligation for each "to do" after the verb; whether there are any."""
        marks = self._infinitives_of(verb)
        if not marks:
            return False
        doc = self.clauses.analysis.doc
        ends = [mark.i for mark in marks[1:]] + [self._end(marks[-1].head) + 1]
        parties = self._parties(group, bound)
        for mark, end in zip(marks, ends, strict=True):
            last = stripped(doc[max(end - 1, mark.i)], mark.i)
            if last.i > mark.i:
                self._add(group, mark, last, parties)
        return True

    def _infinitives_of(self, verb: Token) -> list[Token]:
        """The "to" of each infinitive that completes a verb, joined ones included, in order.

        The parse often hangs the second of "to do A, to do B, and to do C" on a word of the first;
        a comma or "and" before its "to" shows that it is the verb's.
        """
        doc = self.clauses.analysis.doc
        found: list[Token] = []
        for index in range(verb.i + 1, verb.sent.end):
            token = doc[index]
            if token.lower_ != "to" or token.dep_ != "aux" or token.head.i <= index:
                continue
            before = doc[index - 1]
            joined = before.is_punct or before.lower_ in ("and", "or", "not")
            follows = bool(found) and joined and verb.is_ancestor(token)
            if follows or _completes(token.head, verb):
                found.append(before if before.lower_ == "not" else token)
        return found

    def _infinitive_of(self, group: Group, noun: Token, verb: Token) -> None:
        """The term of "an agreement to end the war"."""
        mark = self.clauses.child(verb, "aux")
        if mark is not None and mark.lower_ == "to" and mark.i == noun.i + 1:
            doc = verb.doc
            self._add(group, mark, doc[self._end(verb)], self._parties(group, []))

    def _stated(self, group: Group, verb: Token) -> None:
        """A term that the agreement states itself ("treats an attack on one as one on all")."""
        table = words()
        lemma = verb.lemma_
        doc = self.clauses.analysis.doc
        clause = self.clauses.child(verb, "ccomp")
        if clause is not None and lemma in table.state_clause:
            first = self.clauses.child(clause, "mark") or clause.left_edge
            if first.i > verb.i:
                subject = self.clauses.child(clause, "nsubj", "nsubjpass")
                bound = [] if subject is None else self.clauses.conjuncts(subject)
                last = doc[self._end(clause)]
                self._add(
                    group,
                    min(first, clause.left_edge, key=_index),
                    last,
                    self._parties(group, bound),
                )
                return
        if lemma in table.clause_only:
            return
        preps = {c.lower_ for dep, c in self.clauses.children(verb) if dep == "prep"}
        if lemma in table.state_preps and preps.isdisjoint(table.state_preps[lemma]):
            return
        objects = self.clauses.patients(verb)
        if lemma in table.state_nouns and not any(
            o.lemma_.lower() in table.state_nouns[lemma] for o in objects
        ):
            return
        if not objects and lemma not in table.state_preps and clause is None:
            return
        last = doc[self._end(verb)]
        if last.i > verb.i:
            bound = [c for dep, c in self.clauses.children(verb) if dep in ("dobj", "dative")]
            if clause is not None:
                bound = [c for dep, c in self.clauses.children(clause) if dep == "nsubj"]
            self._add(group, verb, last, self._parties(group, bound))

    def _promised(self, group: Group, verb: Token, agents: list[Token]) -> None:
        """A term that somebody promised without an infinitive ("promised them self-rule")."""
        last = verb.doc[self._end(verb)]
        if last.i > verb.i and self.clauses.child(verb, "dobj", "ccomp") is not None:
            self._add(group, verb, last, self._parties(group, agents))

    def _done_under(self, group: Group, link: Link) -> None:
        """What is to be done under an agreement ("Under the deal, X will …", "under which X …")."""
        table, verb = words(), link.word
        if link.prep not in table.by_terms or verb.pos_ not in VERB:
            return
        if verb.i in self.by_verb and self.by_verb[verb.i] is group:
            return
        first = self.clauses.child(verb, "nsubj", "nsubjpass")
        opening = link.relative or self._opens(group, verb)
        verbs = [verb]
        for dep, child in self.clauses.children(verb):
            if dep == "conj" and child.pos_ in VERB and opening:
                verbs.append(child)
        for one in verbs:
            self._duty(group, one, opening, first)

    def _opens(self, group: Group, verb: Token) -> bool:
        """Whether the agreement stands before the verb ("Under the deal, X will …")."""
        start = verb.sent.start
        return any(start <= m.head.i < verb.i for m in group.mentions)

    def _duty(self, group: Group, verb: Token, opening: bool, before: Token | None) -> None:
        table, doc = words(), verb.doc
        subject = self.clauses.child(verb, "nsubj", "nsubjpass") or before
        if subject is None or self.clauses.negated(verb) or subject.i in self.by_head:
            return
        auxiliaries = [
            c
            for dep, c in self.clauses.children(verb)
            if dep in ("aux", "auxpass") and c.i > subject.i
        ]
        modal = any(c.tag_ == "MD" for c in auxiliaries)
        if verb.lemma_ == "be" and not auxiliaries:
            later = self.clauses.child(verb, "xcomp")
            if later is None or self.clauses.child(later, "aux") is None:
                return
            modal = True  # "are to rebuild"
        elif verb.lemma_ in table.no_terms and not modal:
            return
        # At a sentence's end "under the deal" may tell on what ground something was done.
        firm = any(c.lower_ in ("must", "shall", "may", "can", "would") for c in auxiliaries)
        if not (opening or firm or (modal and verb.lemma_ == "be")):
            return
        if verb.tag_ == "VBG":
            return
        first = min([verb, *auxiliaries], key=_index)
        last = doc[self._end(verb)]
        if opening is False or any(first.i < i <= last.i for i in self.by_head):
            last = self._before_agreement(first, last)
        if last.i > first.i:
            self._add(group, first, last, self._parties(group, self.clauses.conjuncts(subject)))

    def _before_agreement(self, first: Token, last: Token) -> Token:
        """The last word before "under the agreement"."""
        doc = first.doc
        for index in range(first.i + 1, last.i + 1):
            if doc[index].lower_ in words().by_terms and any(
                t.i in self.by_head for t in doc[index].subtree
            ):
                return stripped(doc[index - 1], first.i)
        return last

    def _end(self, head: Token) -> int:
        return end_of(self.clauses, head)

    def _parties(self, group: Group, bound: list[Token]) -> tuple[str, ...]:
        """Those who are bound: named actors, else ("the parties", "each side") all parties."""
        found = [p for p in acting(self.clauses, bound) if is_state(p)]
        if found:
            for party in found:
                group.parties.setdefault(party.id, party)
            return tuple(p.id for p in found)
        return tuple(group.parties)

    def _add(self, group: Group, first: Token, last: Token, parties: tuple[str, ...]) -> None:
        doc = self.clauses.analysis.doc
        if any(first.i <= end and start <= last.i for start, end in self.seen):
            return
        self.seen.add((first.i, last.i))
        content, trigger = content_and_trigger(self.clauses, first, last)
        words_of = [t for t in doc[first.i : last.i + 1] if t.idx < content.end]
        lemmas = {t.lemma_.lower() for t in words_of} | {t.lower_ for t in words_of}
        statement, _ = self.sourcing.of(content)
        group.obligations.append(
            Obligation(
                type=obligation_type(lemmas),
                content=content,
                parties=parties,
                trigger=trigger,
                statement=statement,
            )
        )


def _index(token: Token) -> int:
    return token.i


def _completes(infinitive: Token, verb: Token) -> bool:
    """Whether an infinitive hangs on a verb or on its object ("pledged to", "obliges it to")."""
    head = infinitive.head
    if infinitive.dep_ not in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
        return False
    return head.i == verb.i or (head.head.i == verb.i and head.dep_ in ("dobj", "xcomp"))
