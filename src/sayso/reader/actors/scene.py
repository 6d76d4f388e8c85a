"""What the steps look at that lead descriptions to actors: the mentions found so far."""

from collections.abc import Iterator

from sayso.reader.actors.drafts import Draft, Ref, Troupe
from sayso.reader.actors.registry import Hit
from sayso.reader.actors.tokens import Tokens

#: Determiners of a description that means someone named before.
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Scene:
    """The mentions of names and bodies in an article, by place.

    Attributes:
        order: the mentions, by place.
        inside: the tokens of all mentions.
        named: the tokens of those that are no mere descriptions.
        roles: the tokens of people's titles.
        nations: the countries of the article by code.
    """

    def __init__(self, tokens: Tokens, hits: list[Hit], troupe: Troupe) -> None:
        self.tokens = tokens
        self.troupe = troupe
        self.hit_at = {i: hit for hit in hits for i in range(hit.first, hit.last + 1)}
        self.order = troupe.ordered()
        self.inside = {i for ref in self.order for i in range(ref.first, ref.last + 1)}
        self.named = {
            i
            for ref in self.order
            if ref.form != "description"
            for i in range(ref.first, ref.last + 1)
        }
        self.nations = {d.country: d for d in troupe.drafts if d.kind == "country" and d.country}
        self.roles = {
            i for d in troupe.drafts for role in d.roles for i in range(role.first, role.last + 1)
        }

    def before(self, index: int) -> Iterator[Ref]:
        """The mentions before a token, the last first."""
        for ref in reversed(self.order):
            if ref.last < index:
                yield ref

    def is_modifier(self, ref: Ref) -> bool:
        """Whether a mention stands as a modifier ("the Zemgas contract")."""
        return self.tokens.deps[ref.head] in ("compound", "amod", "nmod")

    def nation(self, draft: Draft) -> Draft | None:
        """The country that an actor is, or that a government or its forces stand for."""
        if draft.kind == "country":
            return draft
        if draft.kind not in ("government", "armed_force") or draft.country is None:
            return None
        return self.nations.get(draft.country)
