"""The cast of an article: its actors, and which one a stretch of text refers to."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from sayso.records import Actor, Mention


@dataclass(frozen=True)
class Cast:
    """The actors of one article, with look-up by place in the text.

    Attributes:
        actors: the actors, in order of first mention.
    """

    actors: tuple[Actor, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _mentions(self) -> list[tuple[Mention, str]]:
        return sorted((m, actor.id) for actor in self.actors for m in actor.mentions)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention, _ in self._mentions]

    def get(self, actor_id: str) -> Actor:
        """The actor with this id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[actor_id]

    def mentions_in(self, start: int, end: int) -> list[tuple[Mention, Actor]]:
        """The mentions that lie wholly within the characters ``start`` to ``end``, in order."""
        found = []
        for index in range(bisect_left(self._starts, start), len(self._mentions)):
            mention, actor_id = self._mentions[index]
            if mention.start >= end:
                break
            if mention.end <= end:
                found.append((mention, self._by_id[actor_id]))
        return found

    def at(self, start: int, end: int) -> list[Actor]:
        """The actors that the phrase ``start`` to ``end`` refers to, itself (not those inside it).

        A mention refers as the whole phrase does where both are the same but for articles, quotes
        and appositions; two actors come back for "both countries".
        """
        inside = self.mentions_in(start, end)
        exact = [a for m, a in inside if m.start == start and m.end == end]
        if exact:
            return exact
        # The phrase's head is at its right end in English: of mentions of equal end the longest.
        longest: dict[int, tuple[Mention, Actor]] = {}
        for mention, actor in inside:
            held = longest.get(mention.end)
            if held is None or mention.start < held[0].start:
                longest[mention.end] = (mention, actor)
        at_end = longest.get(end)
        return [at_end[1]] if at_end else []

    def named(self, name: str) -> Actor | None:
        """The actor with this canonical name."""
        return next((actor for actor in self.actors if actor.name == name), None)
