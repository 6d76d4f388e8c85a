"""What an agreement binds its parties to."""

from spacy.tokens import Token

from sayso.reader.agreements.groups import Group
from sayso.reader.agreements.mentions import parties_of
from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses
from sayso.reader.sourcing import Sourcing
from sayso.records import Actor, Obligation, ObligationType, Span

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
        self.seen: set[tuple[int, int]] = set()

    def read(self, cues: list[Token]) -> None:
        """Adds to each agreement the terms that these verbs state."""
        table = words()
        for verb in cues:
            subject = self.clauses.grammatical_subject(verb)
            # "The treaty obliges" may be read as a noun with a subject.
            if (verb.pos_ not in VERB and subject is None) or self.clauses.negated(verb):
                continue
            lemma = verb.lemma_
            own = self.by_head.get(subject.i) if subject is not None else None
            if own is None and subject is not None and subject.lemma_.lower() in table.terms:
                own = self._of_terms(subject)
            if own is not None and not self.clauses.is_passive(verb):
                if lemma in table.bind_object and self._bound_object(own, verb):
                    continue
                if lemma in table.state:
                    self._stated(own, verb)
                elif lemma in table.bind_subject:
                    self._infinitives(own, verb, [])
                continue
            if lemma in table.bind_subject:
                group = self._under(verb)
                if group is None:
                    continue
                agents = self.clauses.conjuncts(subject) if subject is not None else []
                self._infinitives(group, verb, agents)

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

    # What it says

    def _bound_object(self, group: Group, verb: Token) -> bool:
        """The terms of "obliges the parties to"; whether there are any."""
        bound = [c for dep, c in self.clauses.children(verb) if dep == "dobj"]
        for dep, child in self.clauses.children(verb):
            if dep in ("ccomp", "xcomp", "acl") and not bound:
                bound = [c for d, c in self.clauses.children(child) if d == "nsubj"]
        for prep, inner in self.clauses.prepositions(verb):
            if prep in ("on", "upon", "for"):
                bound.append(inner)
        parts = [part for token in bound for part in self.clauses.conjuncts(token)]
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
            last = end - 1
            while last > mark.i and (
                doc[last].is_punct or doc[last].is_space or doc[last].lower_ in ("and", "or")
            ):
                last -= 1
            if last > mark.i:
                self._add(group, mark, doc[last], parties)
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

    def _stated(self, group: Group, verb: Token) -> None:
        """A term that the agreement states itself ("treats an attack on one as one on all")."""
        table = words()
        lemma = verb.lemma_
        preps = {c.lower_ for dep, c in self.clauses.children(verb) if dep == "prep"}
        if lemma in table.state_preps and preps.isdisjoint(table.state_preps[lemma]):
            return
        if lemma in table.state_nouns and not any(
            o.lemma_.lower() in table.state_nouns[lemma] for o in self.clauses.patients(verb)
        ):
            return
        doc = self.clauses.analysis.doc
        last = self._end(verb)
        if last > verb.i:
            self._add(group, verb, doc[last], self._parties(group, []))

    def _end(self, head: Token) -> int:
        """The index of the last word of a clause, a source named after it left out."""
        doc = self.clauses.analysis.doc
        end = min(head.right_edge.i, head.sent.end - 1)
        for index in range(head.i + 1, end):
            if doc[index].lower_ == "according" and doc[index + 1].lower_ == "to":
                end = index - 1
                break
        while end > head.i and (doc[end].is_punct or doc[end].is_space):
            end -= 1
        return end

    def _parties(self, group: Group, bound: list[Token]) -> tuple[str, ...]:
        """Those who are bound: named actors, else ("the parties", "each side") all parties."""
        found: list[Actor] = parties_of(self.clauses, self.clauses.actors_of(bound))
        if found:
            for party in found if len(found) > 1 else ():
                group.parties.setdefault(party.id, party)
            return tuple(p.id for p in found)
        return tuple(group.parties)

    def _add(self, group: Group, first: Token, last: Token, parties: tuple[str, ...]) -> None:
        doc = self.clauses.analysis.doc
        if any(first.i <= start <= last.i for start, _ in self.seen):
            return
        self.seen.add((first.i, last.i))
        condition = self._condition(first, last)
        trigger: Span | None = None
        content_last = last
        if condition is not None:
            begin, end = condition
            trigger = self.clauses.analysis.span(doc[begin], doc[end])
            if end >= last.i and begin > first.i + 1:
                content_last = doc[begin - 1]
                while content_last.is_punct and content_last.i > first.i:
                    content_last = doc[content_last.i - 1]
        content = self.clauses.analysis.span(first, content_last)
        lemmas = {doc[i].lemma_.lower() for i in range(first.i, content_last.i + 1)}
        lemmas |= {doc[i].lower_ for i in range(first.i, content_last.i + 1)}
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

    def _condition(self, first: Token, last: Token) -> tuple[int, int] | None:
        """The first and last word of what must come about first ("in the event of an attack")."""
        table = words()
        doc = self.clauses.analysis.doc
        for index in range(first.i + 1, last.i + 1):
            token = doc[index]
            if token.lower_ in table.if_marks and token.dep_ in ("mark", "advmod"):
                end = min(token.head.right_edge.i, last.i)
                return (index, end) if end > index else None
            nouns = table.if_preps.get(token.lower_)
            if nouns is not None and token.pos_ in ("ADP", "SCONJ"):
                for dep, child in self.clauses.children(token):
                    if dep == "pobj" and child.lemma_.lower() in nouns:
                        return index, min(token.right_edge.i, last.i)
        return None


def _completes(infinitive: Token, verb: Token) -> bool:
    """Whether an infinitive hangs on a verb or on its object ("pledged to", "obliges it to")."""
    head = infinitive.head
    if infinitive.dep_ not in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
        return False
    return head.i == verb.i or (head.head.i == verb.i and head.dep_ in ("dobj", "xcomp"))


def obligation_type(lemmas: set[str]) -> ObligationType:
    """ATOP's type of a term by its words (lemmas, lower case): the first rule that holds."""
    for name, groups in words().types:
        if all(not group.isdisjoint(lemmas) for group in groups):
            return name
    return "other"
