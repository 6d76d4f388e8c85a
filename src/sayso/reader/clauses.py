"""Walking a parse: who does what in a clause, and which actors a phrase leads to.

Shared by the record kinds that read clauses (events, agreements). The dependency labels are those
of spaCy's English models (ClearNLP style).
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from spacy.tokens import Token

from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.records import Actor, Mention

NOUN = ("NOUN", "PROPN")
VERB = ("VERB", "AUX")
#: Actors of these kinds do not act; they are where something happens or what says so.
INERT = ("place", "document")
_RELATIVE = ("who", "which", "that", "whom")
#: How far up a chain of verbs the subject is looked for.
_DEPTH = 5


class Clauses:
    """One article's parse with its cast: children by label, subjects, objects, actors of a phrase.

    Args:
        analysis: the article and its parse.
        cast: its actors.
        object_control: lemmas of verbs whose object is the subject of their infinitive.
        through_of: lemmas of nouns that stand for those named after "of".
    """

    def __init__(
        self,
        analysis: Analysis,
        cast: Cast,
        object_control: Iterable[str] = (),
        through_of: Iterable[str] = (),
    ) -> None:
        self.analysis = analysis
        self.cast = cast
        self.object_control = frozenset(object_control)
        self.through_of = frozenset(through_of)
        self._children: dict[int, list[tuple[str, Token]]] = {}

    def children(self, token: Token) -> list[tuple[str, Token]]:
        """The dependents of a token with their labels, left to right."""
        found = self._children.get(token.i)
        if found is None:
            found = [(child.dep_, child) for child in token.children]
            self._children[token.i] = found
        return found

    def child(self, token: Token, *labels: str) -> Token | None:
        """The first dependent with one of these labels."""
        return next((c for dep, c in self.children(token) if dep in labels), None)

    def prepositions(self, token: Token) -> Iterator[tuple[str, Token]]:
        """Each preposition (lower case) that hangs on a token, with its object."""
        for dep, child in self.children(token):
            if dep in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
                word = child.lower_
                for inner_dep, inner in self.children(child):
                    if inner_dep in ("pobj", "pcomp"):
                        yield word, inner
                    elif inner_dep == "prep":  # "out of", "because of"
                        for last_dep, last in self.children(inner):
                            if last_dep == "pobj":
                                yield word, last

    def conjuncts(self, token: Token) -> list[Token]:
        """A token and those joined to it, left to right."""
        found, queue = [token], [token]
        while queue:
            for dep, child in self.children(queue.pop()):
                if dep == "conj" and child.i > token.i:
                    found.append(child)
                    queue.append(child)
        return found

    def is_passive(self, verb: Token) -> bool:
        """Whether a verb is in the passive ("was shelled", "the town shelled on Monday")."""
        labels = [dep for dep, _ in self.children(verb)]
        if "auxpass" in labels or "nsubjpass" in labels:
            return True
        if "nsubj" in labels or verb.tag_ not in ("VBN", "VBD"):
            return False
        if "dobj" in labels:  # "were rescued and given food"
            joined = verb.dep_ == "conj" and verb.tag_ == "VBN" and "aux" not in labels
            return joined and self.is_passive(verb.head)
        if verb.dep_ in ("acl", "amod"):
            return verb.tag_ == "VBN"
        # "were arrested and deported": the tagger may take the second for a past tense.
        return verb.dep_ == "conj" and "aux" not in labels and self.is_passive(verb.head)

    def grammatical_subject(self, verb: Token, depth: int = 0) -> Token | None:
        """The subject of a verb, or of the verb that lends it one; None where there is none."""
        if depth > _DEPTH:
            return None
        own = self.child(verb, "nsubj", "nsubjpass")
        if own is not None:
            if own.lower_ in _RELATIVE and verb.dep_ in ("relcl", "acl"):
                return verb.head
            return own
        head, dep = verb.head, verb.dep_
        if head.i == verb.i:
            return None
        if self.is_gerund_misread(verb):
            return self.grammatical_subject(head.head, depth + 1)
        if dep in ("acl", "amod"):
            return self._of_noun(verb, head)
        if dep == "pcomp":
            head, dep = head.head, "pcomp"
            if head.pos_ in NOUN:
                return self._of_noun(verb, head)
        if dep == "dobj" and head.pos_ in VERB:
            dep = "xcomp"
        if head.pos_ not in (*VERB, "ADJ"):
            return None
        if dep in ("xcomp", "pcomp", "ccomp") and head.lemma_ in self.object_control:
            patient = self.child(head, "dobj", "nsubjpass") or self.child(head, "dative")
            if patient is not None and patient.i < verb.i:
                return patient
        if dep in ("xcomp", "ccomp", "pcomp", "advcl", "conj", "acomp"):
            if head.pos_ == "ADJ" and head.dep_ in ("acomp", "xcomp", "oprd"):
                return self.grammatical_subject(head.head, depth + 1)
            return self.grammatical_subject(head, depth + 1)
        return None

    def _of_noun(self, verb: Token, noun: Token) -> Token | None:
        """The subject of a verb that hangs on a noun ("troops invading", "its plan to invade").

        "Accused its neighbours of burning": hung on the object, which is who burns.
        """
        if noun.dep_ == "dobj" and noun.head.lemma_ in self.object_control:
            return noun
        participle = verb.tag_ in ("VBG", "VBN") and verb.dep_ != "pcomp"
        if participle and self.child(verb, "aux") is None:
            return noun
        owner = self.child(noun, "poss")
        if owner is not None:
            return owner
        if noun.dep_ in ("dobj", "pobj", "attr"):
            verb_above = noun.head if noun.dep_ != "pobj" else noun.head.head
            if verb_above.pos_ in VERB:
                return self.grammatical_subject(verb_above, 1)
        return None

    def is_gerund_misread(self, verb: Token) -> bool:
        """Whether "denied shelling positions" was read as a denial of positions that shell."""
        head = verb.head
        return (
            verb.dep_ == "amod"
            and verb.tag_ == "VBG"
            and head.dep_ == "dobj"
            and head.head.i == verb.i - 1
        )

    def agents(self, verb: Token) -> list[Token]:
        """The heads of the phrases that name who does what the verb says."""
        if self.is_passive(verb):
            by = self.child(verb, "agent")
            if by is None:
                return []
            return [t for dep, c in self.children(by) if dep == "pobj" for t in self.conjuncts(c)]
        subject = self.grammatical_subject(verb)
        return [] if subject is None else self.conjuncts(subject)

    def patients(self, verb: Token) -> list[Token]:
        """The heads of the phrases that name whom or what the verb is done to."""
        if self.is_passive(verb):
            subject = self.grammatical_subject(verb)
            return [] if subject is None else self.conjuncts(subject)
        if self.is_gerund_misread(verb):
            return self.conjuncts(verb.head)
        found = []
        for dep, child in self.children(verb):
            if dep in ("dobj", "dative") and child.pos_ != "ADP":
                found += self.conjuncts(child)
        if not found and verb.dep_ == "relcl":
            relative = self.child(verb, "dobj")
            subject = self.child(verb, "nsubj")
            if relative is None and subject is not None and subject.lower_ not in _RELATIVE:
                found = [verb.head]
        return found

    @cached_property
    def _mention_heads(self) -> dict[int, list[tuple[Mention, Actor]]]:
        """The mentions by the index of the token that heads them, longest first."""
        heads: dict[int, list[tuple[Mention, Actor]]] = {}
        doc, token_at = self.analysis.doc, self.analysis.token_at
        for actor in self.cast.actors:
            for mention in actor.mentions:
                first, last = token_at(mention.start).i, token_at(mention.end - 1).i
                head = last
                for index in range(first, last + 1):
                    above = doc[index].head.i
                    if above < first or above > last or above == index:
                        head = index
                        break
                heads.setdefault(head, []).append((mention, actor))
        for found in heads.values():
            found.sort(key=lambda pair: pair[0].start - pair[0].end)
        return heads

    def named(self, token: Token) -> list[tuple[Mention, Actor]]:
        """The longest mention that a token heads, once for each actor that it names."""
        found = self._mention_heads.get(token.i, [])
        if not found:
            return []
        start, end = found[0][0].start, found[0][0].end
        return [pair for pair in found if pair[0].start == start and pair[0].end == end]

    def actors(self, token: Token, depth: int = 0) -> list[Actor]:
        """The actors that the phrase headed by ``token`` leads to, able to act.

        Its own, else those that its modifiers name ("French and Swiss leaders", "Spain's coast"),
        else those after "of" ("members of the council").
        """
        own = [actor for _, actor in self.named(token)]
        able = [actor for actor in own if actor.kind not in INERT]
        if able or depth > 2:
            return able
        found: list[Actor] = []
        for dep, child in self.children(token):
            if dep in ("poss", "amod", "compound", "nmod", "appos"):
                for part in self.conjuncts(child):
                    found += [
                        actor
                        for _, actor in self.named(part)
                        if actor.kind not in INERT and (actor.kind != "person" or dep == "appos")
                    ]
        if found:
            return found
        if own or token.lemma_.lower() in self.through_of or token.pos_ in ("NUM", "PRON", "DET"):
            for word, inner in self.prepositions(token):
                if word in ("of", "from", "among"):
                    for part in self.conjuncts(inner):
                        found += self.actors(part, depth + 1)
        return found

    def actors_of(self, tokens: Iterable[Token]) -> list[Actor]:
        """The actors that several phrases lead to, each once, in order."""
        found = {actor.id: actor for token in tokens for actor in self.actors(token)}
        return list(found.values())

    def lemma(self, noun: Token) -> str:
        """The lemma of a noun in lower case; the model leaves capitalised plurals as they are."""
        lemma = noun.lemma_.lower()
        if noun.tag_ in ("NNPS", "NNP") and lemma.endswith("s") and lemma == noun.lower_:
            return lemma.removesuffix("s") if noun.i == noun.sent.start else lemma
        return lemma

    def negated(self, verb: Token) -> bool:
        """Whether a verb is denied by a word on it or on its subject or object."""
        for dep, child in self.children(verb):
            if dep == "neg" or child.lower_ in ("never", "neither"):
                return True
            if dep in ("nsubj", "nsubjpass", "dobj") and self.has_no(child):
                return True  # "no attack", "neither side"
        return False

    def has_no(self, noun: Token) -> bool:
        """Whether a noun phrase is "no X", "none of X" or "nobody"."""
        if noun.lower_ in ("none", "nobody", "neither"):
            return True
        return any(
            dep in ("det", "neg", "preconj", "cc") and c.lower_ in ("no", "neither")
            for dep, c in self.children(noun)
        )
