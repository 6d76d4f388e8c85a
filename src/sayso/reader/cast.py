"""The cast of an article: its actors, and which one a stretch of text refers to."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from sayso.records import Actor, Mention

_ARTICLE = re.compile(r"""[\s"“”«'‘]{0,4}(?:(?:the|an?)\s+)?""", re.IGNORECASE)
#: What follows the head of a phrase: an apposition, a relative clause, a prepositional phrase.
_AFTER_HEAD = re.compile(r"\s?[,(–—-]|\s(?:of|in|from|at|for|who|which|that|and|on)\b")


@dataclass(frozen=True)
class Cast:
    """The actors of one article, with look-up by place in the text.

    Attributes:
        actors: the actors, in order of first mention.
        text: the article's text, by which a phrase with an apposition is read.
    """

    actors: tuple[Actor, ...] = ()
    text: str = ""

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _mentions(self) -> list[tuple[Mention, str]]:
        return sorted((m, actor.id) for actor in self.actors for m in actor.mentions)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention, _ in self._mentions]

    def __contains__(self, actor_id: object) -> bool:
        """Whether an actor of the article has this id."""
        return actor_id in self._by_id

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

    def across(self, start: int, end: int) -> list[Actor]:
        """The actors named by what begins within the characters and ends after them."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self._by_id[i] for m, i in self._mentions[first:last] if m.end > end]

    def at(self, start: int, end: int) -> list[Actor]:
        """The actors that the phrase ``start`` to ``end`` refers to, itself (not those inside it).

        A mention refers as the whole phrase does where both are the same but for articles, quotes
        and appositions; two actors come back for "both countries".
        """
        inside = self.mentions_in(start, end)
        if not inside:
            return []
        for first, last in ((start, end), self._bare(start, end)):
            exact = [a for m, a in inside if m.start == first and m.end == last]
            if exact:
                return exact
        first, last = self._bare(start, end)
        # "X, secretary of Y" and "X of Y": the phrase is about what it begins with.
        opening = [(m.end, a) for m, a in inside if m.start == first]
        if opening:
            longest = max(at for at, _ in opening)
            if _AFTER_HEAD.match(self.text, longest):
                return [a for at, a in opening if at == longest]
        # Otherwise its head is at its right end: of mentions of equal end the longest.
        closing = [(m.start, a) for m, a in inside if m.end == last]
        if closing:
            longest = min(at for at, _ in closing)
            return [a for at, a in closing if at == longest]
        return []

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """A phrase without the article before it and the marks around it."""
        if not self.text:
            return start, end
        article = _ARTICLE.match(self.text, start, end)
        start = article.end() if article else start
        while end > start and not self.text[end - 1].isalnum():
            end -= 1
        for ending in ("'s", "’s"):
            if self.text.endswith(ending, start, end):
                end -= 2
        return start, end

    def joined(self, others: tuple[Actor, ...]) -> "Cast":
        """This cast and others, in order of first mention."""
        together = (*self.actors, *others)
        return Cast(tuple(sorted(together, key=_first)), self.text)

    def named(self, name: str) -> Actor | None:
        """The actor with this canonical name."""
        return next((actor for actor in self.actors if actor.name == name), None)


def _first(actor: Actor) -> tuple[int, int]:
    return actor.mentions[0].start, -actor.mentions[0].end
