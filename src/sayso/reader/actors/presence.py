"""Who is present where a pronoun stands: the people named before it, and how much."""

from dataclasses import dataclass
from functools import cache

from sayso import lexicon
from sayso.reader.actors.chunks import titles
from sayso.reader.actors.drafts import Draft, Ref
from sayso.reader.actors.institutions import cue_verbs
from sayso.reader.actors.tokens import Tokens

#: Sentences back that a pronoun's person may stand.
_REACH = 6
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BODIES = frozenset(
    {"group", "armed_force", "organisation", "outlet", "government", "country", "document"}
)
#: What stands before a speaker who stands after or within the words ("P, he said").
_ASIDE = frozenset({",", "”", '"', "’", "'", "—", "–", "''", "?", "!"})


@dataclass
class Salience:
    """How present a person is: the last mention, and whether as a subject or a speaker."""

    draft: Draft
    score: float
    at: int


@dataclass
class Presence:
    """Looks back from a token.

    Attributes:
        tokens: the text.
        heads: the mentions found so far, by their main noun.
    """

    tokens: Tokens
    heads: dict[int, list[Ref]]

    def row(self, noun: int) -> list[Draft]:
        """The actors that a noun and its conjuncts refer to; [] where one of them is none."""
        found: list[Draft] = []
        at: int | None = noun
        for _ in range(6):
            if at is None:
                break
            refs = self.heads.get(at) or self._beside(at)
            if not refs:
                return []
            found += [ref.draft for ref in refs if ref.draft not in found]
            at = next((c for c in self.tokens.children[at] if self.tokens.deps[c] == "conj"), None)
        return found

    def _beside(self, noun: int) -> list[Ref]:
        """The mentions in apposition to a noun ("the party newspaper, the Red Tide")."""
        for child in self.tokens.children[noun]:
            if self.tokens.deps[child] == "appos" and child in self.heads:
                return self.heads[child]
        return []

    def people(self, index: int) -> dict[int, Salience]:
        """The people named before a token, with how present they are."""
        tokens = self.tokens
        found: dict[int, Salience] = {}
        sentence, quote = tokens.sents[index], tokens.quoted[index]
        inside = tokens.deps[index] in ("dobj", "iobj", "dative", "pobj")
        barred = self._own_subjects(index) if inside else []
        if quote:
            barred = [*barred, *self._speakers(index)]
        elif self.is_aside(index):
            barred = [*barred, *self._named_in_sentence(index)]
        for head in sorted((h for h in self.heads if h < index), reverse=True):
            distance = sentence - tokens.sents[head]
            if distance > _REACH:
                break
            for ref in self.heads[head]:
                draft = ref.draft
                if draft.kind != "person" or draft in barred or ref.last >= index:
                    continue
                score = self._salience(head) - distance
                held = found.get(id(draft))
                if held is None:
                    found[id(draft)] = Salience(draft, score, head)
                else:
                    held.score = max(held.score, score) + 0.1
        return found

    def _salience(self, head: int) -> float:
        tokens = self.tokens
        dep = tokens.deps[head]
        verb = tokens.subject_verb(head)
        if dep in ("dobj", "iobj", "dative") and tokens.lemmas[tokens.heads[head]] in asking():
            return 2.2  # "Orlo asked him why. He said …"
        if verb is not None and tokens.lemmas[verb] in asking():
            return 0.5 if tokens.deps[head] == "nsubj" else 2.2
        if verb is not None:
            return 1.0 + (0.7 if tokens.lemmas[verb] in cue_verbs() else 0.0)
        if dep in ("compound", "poss", "amod", "nmod"):
            return -0.6
        return -0.3 if dep == "pobj" else 0.0

    def is_aside(self, index: int) -> bool:
        """Whether a pronoun and its verb stand after or in what they attribute ("P, he said")."""
        tokens = self.tokens
        verb = tokens.heads[index]
        return (
            verb == index + 1
            and index > 0
            and tokens.words[index - 1] in _ASIDE
            and verb + 1 < len(tokens)
            and tokens.words[verb + 1] in (",", ".", ";", ":")
            and self.speaks(index)
        )

    def _named_in_sentence(self, index: int) -> list[Draft]:
        """Those whom a sentence names before a token.

        "Orlo was late, he said" is another's word.
        """
        tokens = self.tokens
        return [
            ref.draft
            for head, refs in self.heads.items()
            if head < index and tokens.sents[head] == tokens.sents[index]
            for ref in refs
            if ref.form != "pronoun"
        ]

    def _own_subjects(self, index: int) -> list[Draft]:
        """The subject of the clause whose object a pronoun is: it is another."""
        tokens, at = self.tokens, tokens_head(self.tokens, index)
        return [
            draft
            for child in tokens.children[at]
            if tokens.deps[child] in _SUBJECTS
            for draft in self.row(child)
        ]

    def _speakers(self, index: int) -> list[Draft]:
        """Who speaks the quotation that a token stands in: outside it, the nearest speaker."""
        tokens, sentence = self.tokens, self.tokens.sents[index]
        near = [
            (abs(head - index), ref.draft)
            for head, refs in self.heads.items()
            if abs(tokens.sents[head] - sentence) <= 1 and not tokens.quoted[head]
            for ref in refs
            if self._is_speaker(head)
        ]
        return [min(near, key=lambda item: item[0])[1]] if near else []

    def _is_speaker(self, head: int) -> bool:
        verb = self.tokens.subject_verb(head)
        return verb is not None and self.tokens.lemmas[verb] in cue_verbs()

    def speaks(self, index: int) -> bool:
        """Whether a token is the subject of a verb that attributes."""
        return self.tokens.deps[index] in _SUBJECTS and self._is_speaker(index)

    def stranger_after(self, at: int, index: int) -> bool:
        """Whether a person without a name spoke after a token ("a resident said")."""
        tokens = self.tokens
        return any(
            tokens.deps[i] == "nsubj"
            and tokens.tags[i] == "NN"
            and (tokens.low[i] in titles() or tokens.low[i] in humans())
            and i not in self.heads
            and self._is_speaker(i)
            for i in range(at + 1, index)
        )

    def last_speaker(self, index: int) -> list[Draft]:
        """The body that spoke last, in this sentence or one of the two before."""
        tokens = self.tokens
        for head in sorted((h for h in self.heads if h < index), reverse=True):
            if tokens.sents[index] - tokens.sents[head] > 2:
                break
            if self._is_speaker(head) and not tokens.quoted[head]:
                return [ref.draft for ref in self.heads[head] if ref.draft.kind in _BODIES][:1]
        return []


def tokens_head(tokens: Tokens, index: int) -> int:
    """The verb above a token, past prepositions."""
    at = tokens.heads[index]
    while tokens.deps[at] in ("prep", "agent", "dative") and tokens.heads[at] != at:
        at = tokens.heads[at]
    return at


@cache
def asking() -> frozenset[str]:
    """Lemmas of the verbs whose object answers."""
    return frozenset(lexicon.toml("pronouns")["asking"])


@cache
def humans() -> frozenset[str]:
    """Nouns for people without a name."""
    return frozenset(lexicon.toml("pronouns")["humans"])
