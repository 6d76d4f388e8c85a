"""Pronouns led to their actors.

A pronoun is first read by the parse: the nearest subject above it that agrees in number and gender
("Orlo said he …", "Veldania raised its forecast"). One that opens a sentence goes to the subject or
speaker before it. A noun that agrees and is no actor ("the soldiers … their") ends the search:
nothing is linked rather than something wrong. In a quotation "I" and "we" are left alone, and the
speaker is not "he".
"""

from dataclasses import dataclass, field
from functools import cache

from sayso import lexicon
from sayso.reader.actors.chunks import titles
from sayso.reader.actors.drafts import Draft, Ref, Troupe, is_bare
from sayso.reader.actors.presence import Presence, Salience, asking, humans
from sayso.reader.actors.tokens import Tokens

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COLLECTIVE = frozenset({"group", "armed_force", "organisation", "outlet", "government"})
_THINGS = _COLLECTIVE | {"country", "document"}
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True)
class _Pronoun:
    """What a pronoun agrees with: number or gender, "m", "f", "it" or "they"."""

    agrees: str
    reflexive: bool = False


@cache
def _mouthpieces() -> frozenset[str]:
    return frozenset(lexicon.toml("pronouns")["mouthpieces"])


@cache
def pronouns() -> dict[str, _Pronoun]:
    """Third-person pronouns by their folded word."""
    data = lexicon.toml("pronouns")
    return {
        word: _Pronoun(agrees, word in data["reflexive"])
        for agrees in ("m", "f", "it", "they")
        for word in data[agrees]
    }


@dataclass
class Resolver:
    """Reads an article from left to right and leads its pronouns to actors."""

    tokens: Tokens
    troupe: Troupe
    heads: dict[int, list[Ref]] = field(default_factory=dict)
    voted: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = self.troupe.ordered()
        self.presence = Presence(self.tokens, self.heads)
        for ref in self.order:
            self._hold(ref)

    def _hold(self, ref: Ref) -> None:
        """Index a mention by its head; of mentions with one head the longest ones count."""
        held = self.heads.get(ref.head)
        if held and (held[0].last - held[0].first) > (ref.last - ref.first):
            return
        if held and (held[0].first, held[0].last) != (ref.first, ref.last):
            held = None
        self.heads[ref.head] = [*(held or ()), ref]

    def resolve(self) -> None:
        """Record every pronoun whose actor is found."""
        tokens, known = self.tokens, pronouns()
        self._retype()
        for index, tag in enumerate(tokens.tags):
            if tag not in ("PRP", "PRP$"):
                continue
            pronoun = known.get(tokens.low[index])
            if pronoun is None:
                continue
            for draft in self._antecedents(index, pronoun):
                self.troupe.refer(index, index, "pronoun", draft)
                self._hold(Ref(index, index, index, "pronoun", draft))
                if pronoun.agrees in ("m", "f") and draft.kind == "person":
                    self.voted.setdefault(id(draft), pronoun.agrees)

    def _retype(self) -> None:
        """Make bodies of names taken for people, of which the text says "its"."""
        tokens = self.tokens
        for index, word in enumerate(tokens.low):
            if word != "its" or tokens.quoted[index]:
                continue
            at = index
            for _ in range(6):
                at = tokens.heads[at]
                subjects = [
                    c for c in tokens.children[at] if tokens.deps[c] == "nsubj" and c < index
                ]
                if subjects:
                    for ref in self.heads.get(subjects[-1], ()):
                        draft = ref.draft
                        if draft.kind == "person" and is_bare(draft):
                            draft.kind = "organisation"
                    break
                if tokens.heads[at] == at:
                    break

    # One pronoun -------------------------------------------------------------------------

    def _antecedents(self, index: int, pronoun: _Pronoun) -> list[Draft]:
        if pronoun.agrees == "it" and self._is_empty(index):
            return []
        ahead = self._ahead(index, pronoun)
        if ahead is not None:
            return ahead
        above = self._above(index, pronoun)
        if above is not None:
            return above
        if pronoun.reflexive:
            return []
        if pronoun.agrees in ("m", "f"):
            return self._person(index, pronoun)
        return self._thing_before(index, pronoun)

    def _is_empty(self, index: int) -> bool:
        """Whether "it" stands for nothing ("it is clear that …") or for what was said."""
        tokens = self.tokens
        if tokens.low[index] != "it":
            return False
        head = tokens.heads[index]
        return tokens.deps[index] == "expl" or (
            tokens.deps[index] in _SUBJECTS and tokens.lemmas[head] in ("be", "seem", "appear")
        )

    def _ahead(self, index: int, pronoun: _Pronoun) -> list[Draft] | None:
        """The subject that follows a possessive at a sentence's start ("For its part, X …")."""
        tokens = self.tokens
        start = index
        while start and tokens.sents[start - 1] == tokens.sents[index]:
            start -= 1
        if tokens.tags[index] != "PRP$" or index - start > 3:
            return None
        if not any(tokens.tags[i] == "IN" for i in range(start, index)):
            return None
        at = index
        while tokens.heads[at] != at:
            at = tokens.heads[at]
        for child in tokens.children[at]:
            if tokens.deps[child] in _SUBJECTS and child > index:
                found = self._fitting(child, index, pronoun)
                if found:
                    return found
                part = index + 1 < len(tokens) and tokens.low[index + 1] == "part"
                return [] if part else None
        return None

    def _above(self, index: int, pronoun: _Pronoun) -> list[Draft] | None:
        """The nearest subject above a pronoun that agrees; [] where that is no actor."""
        tokens, at = self.tokens, index
        for _ in range(14):
            head = tokens.heads[at]
            if head == at or (at == tokens.heads[index] and self.presence.is_aside(index)):
                return None
            if tokens.deps[at] in ("relcl", "acl", "advcl") and head < index:
                found = self._fitting(head, index, pronoun)
                if found:
                    return found
            if tokens.deps[at] == "ccomp" and tokens.lemmas[head] in asking():
                asked = self._asked(head, index, pronoun)
                if asked:
                    return asked
            own = head == tokens.heads[index] and tokens.deps[index] in ("dobj", "iobj", "dative")
            for child in tokens.children[head]:
                if child >= index or child == at or tokens.deps[child] not in _SUBJECTS:
                    continue
                if own and not pronoun.reflexive:
                    continue  # "Orlo praised him": him is not Orlo
                found = self._fitting(child, index, pronoun)
                if found is not None:
                    return found
            at = head
        return None

    def _asked(self, verb: int, index: int, pronoun: _Pronoun) -> list[Draft] | None:
        """Whom a verb asks, where a pronoun of what is asked agrees ("asked Orlo why he …")."""
        for child in self.tokens.children[verb]:
            if self.tokens.deps[child] in ("dobj", "dative", "iobj") and child < index:
                return self._fitting(child, index, pronoun)
        return None

    def _fitting(self, noun: int, index: int, pronoun: _Pronoun) -> list[Draft] | None:
        """The actors of a noun that agree with a pronoun; [] where it agrees and is no actor."""
        tokens = self.tokens
        quote = tokens.quoted[index]
        if quote and tokens.quoted[noun] != quote:
            return None  # the subject outside a quotation is its speaker
        drafts = self.presence.row(noun)
        if drafts:
            if self._agree(drafts, pronoun):
                return drafts
            if pronoun.agrees == "they":
                return None
            return None
        tag = tokens.tags[noun]
        if pronoun.agrees == "they":
            plural = tag in _PLURAL_TAGS or any(
                tokens.deps[c] == "conj" for c in tokens.children[noun]
            )
            return [] if plural else None
        if pronoun.agrees == "it":
            return [] if tag == "NN" and tokens.low[noun] not in titles() else None
        return [] if tokens.low[noun] in titles() or tokens.low[noun] in humans() else None

    def _agree(self, drafts: list[Draft], pronoun: _Pronoun) -> bool:
        if pronoun.agrees == "they":
            return len(drafts) > 1 or drafts[0].kind in _COLLECTIVE
        if len(drafts) != 1:
            return False
        draft = drafts[0]
        if pronoun.agrees == "it":
            return draft.kind in _THINGS and not draft.plural
        return draft.kind == "person" and draft.gender in ("", pronoun.agrees)

    # People ------------------------------------------------------------------------------

    def _person(self, index: int, pronoun: _Pronoun) -> list[Draft]:
        """The most present person; where there is none, the body that spoke last."""
        tokens = self.tokens
        present = self.presence.people(index)
        speaks = self.presence.speaks(index)
        fitting = {
            key: value
            for key, value in present.items()
            if value.draft.gender in ("", pronoun.agrees)
        }
        if not fitting and speaks:
            fitting = present  # "she added" after a man's words: the copy is careless
        if fitting:
            best = max(
                fitting, key=lambda key: (self._vote(key, pronoun, fitting), fitting[key].at)
            )
            if not self.presence.stranger_after(fitting[best].at, index):
                return [fitting[best].draft]
            return []
        if not speaks or tokens.quoted[index]:
            return []
        return self.presence.last_speaker(index)

    def _vote(self, key: int, pronoun: _Pronoun, present: dict[int, Salience]) -> float:
        other = self.voted.get(key, pronoun.agrees) != pronoun.agrees
        return present[key].score - (1.5 if other else 0.0)

    # Bodies and countries ----------------------------------------------------------------

    def _thing_before(self, index: int, pronoun: _Pronoun) -> list[Draft]:
        """For a subject, the subject of the sentence before; for others, nothing is guessed."""
        tokens = self.tokens
        owner = tokens.deps[index] == "poss" and tokens.deps[tokens.heads[index]] in _SUBJECTS
        opens = owner and pronoun.agrees == "it"  # "Its commander said"
        if not (tokens.deps[index] in _SUBJECTS or opens) or tokens.quoted[index]:
            return []
        speaks = self.presence.speaks(index)
        for back in (0, 1, 2):
            subjects = self._subjects_of(tokens.sents[index] - back, index)
            for subject in subjects:
                found = self._fitting(subject, index, pronoun)
                if found is None and pronoun.agrees == "it" and back == 1 and speaks:
                    found = self._spoken_for(subject)
                if found is not None:
                    return found
            if back == 1 and (subjects and not speaks):
                break
        return []

    def _spoken_for(self, noun: int) -> list[Draft] | None:
        """The body for which a person speaks: "Orlo, spokesman for the army, said … It added …"."""
        low = self.tokens.low
        for draft in self.presence.row(noun):
            for role in draft.roles:
                words = {low[i] for i in range(role.first, role.last + 1)}
                if role.of is not None and role.of.kind in _THINGS and words & _mouthpieces():
                    return [role.of]
        return None

    def _subjects_of(self, sentence: int, before: int) -> list[int]:
        """The subjects of a sentence, that of its main verb first."""
        tokens = self.tokens
        found = []
        if 0 <= sentence < len(tokens.sentence_starts):
            start = tokens.sentence_starts[sentence]
            for i in range(start, before):
                if tokens.sents[i] != sentence:
                    break
                if tokens.deps[i] in _SUBJECTS and not tokens.quoted[i]:
                    found.append(i)
        return sorted(found, key=lambda i: (tokens.deps[tokens.heads[i]] != "ROOT", -i))
