"""Descriptions led to their actors: "the ministry", "the Front", "the company", "both sides"."""

from collections.abc import Iterable, Iterator
from functools import cache

from sayso import lexicon
from sayso.reader.actors.chunks import titles
from sayso.reader.actors.drafts import Draft, DraftRole, Ref, Troupe, is_bare
from sayso.reader.actors.offices import Offices, called
from sayso.reader.actors.registry import Hit, Registry, government_of
from sayso.reader.actors.scene import DEFINITE, Scene
from sayso.reader.actors.tokens import Tokens
from sayso.records import ActorKind

_BODIES = frozenset({"organisation", "outlet", "group", "armed_force"})
#: Modifiers of a description at most ("the state gas company").
_MODIFIERS = 2


@cache
def _pairs() -> dict[str, tuple[ActorKind, ...]]:
    """The kinds of actors that a plural may mean, by noun; the first that has two is taken."""
    pair = lexicon.toml("roles")["pair"]
    kinds: tuple[ActorKind, ...] = (
        "country", "government", "person", "organisation", "armed_force",
    )  # fmt: skip
    found: dict[str, tuple[ActorKind, ...]] = {
        noun: (kind,) for kind in kinds for noun in pair.get(kind, ())
    }
    for noun in pair["any"]:
        found[noun] = ("country", "government", "armed_force", "group", "organisation")
    return found


class Descriptions:
    """Finds descriptions and leads them to the last actor before them that they fit."""

    def __init__(self, tokens: Tokens, hits: list[Hit], registry: Registry, troupe: Troupe) -> None:
        self.tokens = tokens
        self.registry = registry
        self.troupe = troupe
        self.scene = Scene(tokens, hits, troupe)
        self.by_noun = self._nouns()

    def find(self) -> None:
        """Record the descriptions of the article."""
        tokens, things = self.tokens, lexicon.toml("roles")["thing"]
        governments = lexicon.toml("roles")["governments"]
        offices = Offices(self.scene)
        for index, word in enumerate(tokens.low):
            if word in _pairs() and tokens.tags[index] == "NNS":
                self._pair(index, _pairs()[word])
            elif (word in governments and self._of_leader(index)) or (
                word in self.by_noun and self._namesake(index)
            ):
                continue
            elif word in things and tokens.tags[index] in ("NN", "NNS", "NNP"):
                self._thing(index, things[word])
            elif word in titles() and tokens.tags[index] in ("NN", "NNP"):
                offices.lead(index)

    # Bodies and countries ----------------------------------------------------------------

    def _nouns(self) -> dict[str, list[Draft]]:
        """The bodies of the article by the noun in their name ("Border Monitoring Mission")."""
        found: dict[str, list[Draft]] = {}
        for draft in self.troupe.drafts:
            words = draft.name.casefold().split()
            if draft.kind not in _BODIES or draft.plural or len(words) < 2:
                continue
            first_of = len(words) > 2 and words[1] in ("of", "for", "to")
            noun = words[0] if first_of else words[-1]
            found.setdefault(noun, []).append(draft)
        return found

    def _of_leader(self, index: int) -> bool:
        """Lead "the Torvan government" or "the government of Torvan" to that of the country."""
        tokens, refs = self.tokens, self.scene.order
        if index in self.scene.inside:
            return False
        before = index - 1 - (index > 0 and tokens.tags[index - 1] == "POS")
        after = index + 2 if index + 1 < len(tokens) and tokens.low[index + 1] == "of" else -1
        for ref in refs:
            if ref.draft.kind != "person" or (ref.last != before and ref.first != after):
                continue
            country = self.registry.countries.get(ref.draft.country or "")
            if country is None:
                continue
            first, last = min(ref.first, index), max(ref.last, index)
            draft = self.troupe.known(government_of(country))
            self.troupe.refer(first, last, "metonym", draft, index)
            return True
        return False

    def _definite(self, index: int) -> tuple[int, list[int]] | None:
        """The determiner of a noun and the modifiers between them, or None."""
        tokens, scene = self.tokens, self.scene
        at = index - 1
        modifiers: list[int] = []
        while at >= 0 and len(modifiers) <= _MODIFIERS:
            if tokens.low[at] in DEFINITE:
                break
            plain = tokens.tags[at] in ("JJ", "NN", "NNP", "HYPH") and at not in scene.named
            if not plain and at not in scene.hit_at:
                return None
            modifiers.append(at)
            at -= 1
        else:
            return None
        if at < 0 or index in scene.named or tokens.sents[at] != tokens.sents[index]:
            return None
        if (index in scene.inside or index in scene.roles) and not self._is_owner(at, index):
            return None
        after = index + 1
        if after < len(tokens) and tokens.sents[after] == tokens.sents[index]:
            if tokens.is_noun(after) and tokens.heads[index] == after:
                return None
            if tokens.low[after] == "of" and tokens.low[index] not in called():
                return None
        return at, modifiers

    def _is_owner(self, first: int, index: int) -> bool:
        """Whether a description says whose another one is ("spokesman for the group")."""
        tokens = self.tokens
        return first > 0 and tokens.deps[index] == "pobj" and tokens.tags[first - 1] == "IN"

    def _fits(self, draft: Draft, modifiers: Iterable[int], only: bool) -> bool:
        """Whether the modifiers of a description may be a body's: its country, its words.

        Args:
            draft: the body.
            modifiers: tokens.
            only: whether it is the only one of its sort, which any modifier may then describe.
        """
        name = draft.name.casefold()
        for at in modifiers:
            hit = self.scene.hit_at.get(at)
            if hit is not None:
                if draft.country is None or hit.entry.actor.country != draft.country:
                    return False
            elif self.tokens.low[at] in _others() or not (only or self.tokens.low[at] in name):
                return False
        return True

    def _namesake(self, index: int) -> bool:
        """Lead "the mission" to the body whose name has that noun; True where one does."""
        found = self._definite(index)
        if found is None:
            return False
        first, modifiers = found
        drafts = self.by_noun[self.tokens.low[index]]
        for ref in self.scene.before(first):
            if ref.draft in drafts and self._fits(ref.draft, modifiers, len(drafts) == 1):
                self._refer(first, index, ref.draft)
                return True
        return False

    def _thing(self, index: int, rule: dict[str, list[str]]) -> None:
        found = self._definite(index)
        if found is None:
            return
        first, modifiers = found
        fitting = list(self._candidates(first, index, rule))
        for draft in fitting:
            if self._fits(draft, modifiers, len(fitting) == 1):
                self._refer(first, index, draft)
                return
        if not fitting and not modifiers and rule["kinds"][0] in ("outlet", "organisation"):
            self._retype(first, index, "outlet" if rule["kinds"][0] == "outlet" else "organisation")

    def _candidates(self, first: int, index: int, rule: dict[str, list[str]]) -> Iterator[Draft]:
        """The actors before a token that a noun may mean, the last first."""
        plural = self.tokens.tags[index] == "NNS"
        seen: set[int] = set()
        for ref in self.scene.before(first):
            draft = ref.draft
            if id(draft) in seen or draft.kind not in rule["kinds"]:
                continue
            words = draft.name.split()
            if (draft.plural and not plural) or any(w in words for w in rule.get("not", ())):
                continue
            if "name" in rule and not any(word in words for word in rule["name"]):
                continue
            if self.scene.is_modifier(ref) and draft.kind != "country":
                continue
            seen.add(id(draft))
            yield draft

    def _retype(self, first: int, index: int, kind: ActorKind) -> None:
        """Lead "the newspaper" or "the company" to a name whose kind it tells.

        That is the last body or person before it of whom nothing else is known: no title, no first
        name, no word in the name that says what it is.
        """
        for ref in self.scene.before(first):
            draft = ref.draft
            words = draft.name.split()
            if self.scene.is_modifier(ref) or draft.country is not None:
                continue
            plain = draft.kind == "organisation" and kind == "outlet" and not draft.plural
            alone = draft.kind == "person" and is_bare(draft)
            if (plain and words[-1] not in _body_words()) or (
                alone and (len(words) == 1 or (kind == "outlet" and self._has_article(ref)))
            ):
                draft.kind = kind
                self._refer(first, index, draft)
                return

    def _has_article(self, ref: Ref) -> bool:
        """Whether "the" stands before a name ("the official Morning Bell"): no person's."""
        tokens = self.tokens
        return any(tokens.low[child] == "the" for child in tokens.children[ref.head])

    def _refer(self, first: int, index: int, draft: Draft) -> None:
        """Record a description; a title that it stands in is that body's ("its spokesman")."""
        self.troupe.refer(first, index, "description", draft, index)
        if index not in self.scene.roles:
            return
        for person in self.troupe.drafts:
            for number, role in enumerate(person.roles):
                if role.first < first and index <= role.last and role.of is None:
                    person.roles[number] = DraftRole(role.first, role.last, draft)
                    person.country = person.country or draft.country

    # Two at once -------------------------------------------------------------------------

    def _pair(self, index: int, kinds: tuple[ActorKind, ...]) -> None:
        tokens = self.tokens
        if index == 0 or index in self.scene.inside:
            return
        first, before = index - 1, tokens.low[index - 1]
        words = lexicon.toml("roles")["pair"]["determiners"]
        if before == "two" and index > 1 and tokens.low[index - 2] in ("the", "these", "those"):
            first = index - 2
        elif before == "the" and index > 2 and tokens.low[index - 3 : index - 1] == ["both", "of"]:
            first = index - 3
        elif (before in words and before != "two") or (
            before in ("the", "these") and tokens.low[index] in _groups()
        ):
            pass
        else:
            return
        for kind in kinds:
            found = self._last_two(first, kind)
            if len(found) == 2:
                for draft in found:
                    self.troupe.refer(first, index, "description", draft, index)
                return

    def _last_two(self, index: int, kind: ActorKind) -> list[Draft]:
        """The last two actors of a kind before a token; countries by their governments too."""
        tokens = self.tokens
        found: list[Draft] = []
        for ref in self.scene.before(index):
            draft = self.scene.nation(ref.draft) if kind == "country" else ref.draft
            if draft is None or draft.kind != kind or draft in found:
                continue
            if tokens.sents[index] - tokens.sents[ref.head] > 12:
                break
            found.append(draft)
            if len(found) == 2:
                break
        return found[::-1]


@cache
def _groups() -> frozenset[str]:
    return frozenset(lexicon.toml("roles")["pair"]["definite"])


@cache
def _others() -> frozenset[str]:
    return frozenset(lexicon.toml("roles")["others"])


@cache
def _body_words() -> frozenset[str]:
    words = lexicon.toml("institutions")["organisation"]
    return frozenset(word for sort in ("words", "armed") for word in words[sort])
