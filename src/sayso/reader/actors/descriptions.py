"""Descriptions led to their actors: "the ministry", "the Russian leader", "both countries"."""

from collections.abc import Iterator
from functools import cache

from sayso import lexicon
from sayso.reader.actors.chunks import titles
from sayso.reader.actors.drafts import Draft, Ref, Troupe
from sayso.reader.actors.institutions import cue_verbs
from sayso.reader.actors.registry import Hit
from sayso.reader.actors.roles import title_around
from sayso.reader.actors.tokens import Tokens
from sayso.records import ActorKind

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@cache
def _people() -> dict[str, tuple[str, ...]]:
    return {noun: tuple(words) for noun, words in lexicon.toml("roles")["person"].items()}


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

    def __init__(self, tokens: Tokens, hits: list[Hit], troupe: Troupe) -> None:
        self.tokens = tokens
        self.troupe = troupe
        self.hit_at = {i: hit for hit in hits for i in range(hit.first, hit.last + 1)}
        self.order = troupe.ordered()
        self.inside = {i for ref in self.order for i in range(ref.first, ref.last + 1)}
        self.nations = {d.country: d for d in troupe.drafts if d.kind == "country" and d.country}
        self.roles = {
            i for d in troupe.drafts for role in d.roles for i in range(role.first, role.last + 1)
        }

    def find(self) -> None:
        """Record the descriptions of the article."""
        tokens, things = self.tokens, lexicon.toml("roles")["thing"]
        for index, word in enumerate(tokens.low):
            if word in _pairs() and tokens.tags[index] == "NNS":
                self._pair(index, _pairs()[word])
            elif word in things and tokens.tags[index] in ("NN", "NNS", "NNP"):
                self._thing(index, things[word])
            elif word in titles() and tokens.tags[index] in ("NN", "NNP"):
                self._person(index)

    def _before(self, index: int) -> Iterator[Ref]:
        """The mentions before a token, the last first."""
        for ref in reversed(self.order):
            if ref.last < index:
                yield ref

    def _plain(self, index: int) -> int | None:
        """The article of a noun with nothing between them, or None."""
        tokens = self.tokens
        if index == 0 or tokens.low[index - 1] not in _DEFINITE or index in self.inside:
            return None
        after = index + 1
        if after < len(tokens) and tokens.sents[after] == tokens.sents[index]:
            if tokens.is_noun(after) and tokens.heads[index] == after:
                return None
            if tokens.low[after] == "of" and tokens.low[index] not in _people():
                return None
        return index - 1

    # Bodies and countries ----------------------------------------------------------------

    def _thing(self, index: int, rule: dict[str, list[str]]) -> None:
        first = self._plain(index)
        if first is None or index in self.roles:
            return
        plural = self.tokens.tags[index] == "NNS"
        for ref in self._before(first):
            draft = ref.draft
            if draft.kind not in rule["kinds"] or (draft.plural and not plural):
                continue
            words = draft.name.split()
            if "name" in rule and not any(word in words for word in rule["name"]):
                continue
            if any(word in words for word in rule.get("not", ())):
                continue
            if self._is_modifier(ref) and draft.kind != "country":
                continue
            self.troupe.refer(first, index, "description", draft, index)
            return

    def _is_modifier(self, ref: Ref) -> bool:
        return self.tokens.deps[ref.head] in ("compound", "amod", "nmod")

    # Two at once -------------------------------------------------------------------------

    def _pair(self, index: int, kinds: tuple[ActorKind, ...]) -> None:
        tokens = self.tokens
        if index == 0 or index in self.inside:
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
        for ref in self._before(index):
            draft = self._nation(ref.draft) if kind == "country" else ref.draft
            if draft is None or draft.kind != kind or draft in found:
                continue
            if tokens.sents[index] - tokens.sents[ref.head] > 12:
                break
            found.append(draft)
            if len(found) == 2:
                break
        return found[::-1]

    def _nation(self, draft: Draft) -> Draft | None:
        """The country that a government or its forces stand for."""
        if draft.kind == "country":
            return draft
        if draft.kind not in ("government", "armed_force") or draft.country is None:
            return None
        return self.nations.get(draft.country)

    # People ------------------------------------------------------------------------------

    def _person(self, index: int) -> None:
        """Lead "the spokesman" or "the Russian president" to a person with such a title."""
        tokens = self.tokens
        if index in self.roles or index in self.inside:
            return
        title = title_around(tokens, index, set(self.hit_at))
        if title is None:
            return
        first, last = title
        if any(i in self.inside and i not in self.hit_at for i in range(first, index + 1)):
            return
        before = tokens.low[first - 1] if first else ""
        country = self._country(first, last)
        possessive = tokens.tags[first] in ("NNP", "NNPS") and first in self.hit_at
        if before not in _DEFINITE and not (country and possessive and before not in ("a", "an")):
            return
        start = first - 1 if before in _DEFINITE else first
        wanted = _people().get(tokens.low[index], (tokens.low[index],))
        qualified = tokens.text(first, index).casefold() if first < index else ""
        for ref in self._before(start):
            draft = ref.draft
            if draft.kind != "person" or not self._has_title(draft, wanted, qualified, country):
                continue
            self.troupe.refer(start, last, "description", draft, index)
            return
        verb = tokens.subject_verb(index)
        if country and verb is not None and tokens.lemmas[verb] in cue_verbs():
            name = tokens.text(first, last)
            made = self.troupe.actor(name, "person", country)
            self.troupe.refer(first, last, "description", made, index)

    def _country(self, first: int, last: int) -> str | None:
        codes = {
            self.hit_at[i].entry.actor.country for i in range(first, last + 1) if i in self.hit_at
        }
        return next(iter(codes)) if len(codes) == 1 else None

    def _has_title(
        self, draft: Draft, wanted: tuple[str, ...], qualified: str, country: str | None
    ) -> bool:
        if country is not None and draft.country not in (None, country):
            return False
        for role in draft.roles:
            title = self.tokens.text(role.first, role.last).casefold()
            if qualified and qualified in title:
                return True
            of = role.of.country if role.of is not None else None
            if country is not None and of != country:
                continue
            # A qualified title must agree as it is: "the foreign minister" is not any minister.
            if qualified and country is None:
                continue
            if any(word in title for word in wanted):
                return country is None or not qualified or self._agrees(qualified, title)
        return False

    def _agrees(self, qualified: str, title: str) -> bool:
        """Whether what both titles say beside the country agrees ("Russian foreign minister")."""
        plain = [word for word in qualified.split() if word in _OFFICES]
        return all(word in title for word in plain)


_OFFICES = frozenset(
    {"foreign", "defense", "defence", "interior", "prime", "vice", "deputy", "health"}
)


@cache
def _groups() -> frozenset[str]:
    return frozenset(lexicon.toml("roles")["pair"]["definite"])
