"""The countries for which the actors of an article stand."""

from collections.abc import Iterable

from sayso import lexicon
from sayso.reader.actors import default_registry
from sayso.reader.cast import Cast
from sayso.reader.figures.units import sort_of
from sayso.records import Actor, Figure, record_id

#: Actors of no country whose figures are their own: "al-Shabab lost 40 men".
_STATELESS = ("organisation", "armed_force", "group", "government")


class States:
    """Look-up of the country for which an actor stands, for one article.

    Attributes:
        main: the two countries that the article speaks of most (actor ids), by mentions.
    """

    def __init__(self, cast: Cast) -> None:
        # A country is itself where the text names it, else its government.
        self._named = {
            actor.country: actor.id
            for kind in ("government", "country")
            for actor in reversed(cast.actors)
            if actor.kind == kind and actor.country
        }
        self._made: dict[str, Actor] = {}
        counts: dict[str, int] = {}
        for actor in cast.actors:
            key = self.country_of(actor) if actor.country and actor.kind != "outlet" else None
            if key is not None:
                counts[key] = counts.get(key, 0) + len(actor.mentions)
        self.main = tuple(sorted(counts, key=lambda key: -counts[key])[:2])

    def country_of(self, actor: Actor) -> str | None:
        """The id of the country whose the actor is; its own where it is of none."""
        if actor.kind == "country":
            return actor.id
        if actor.country and actor.country in self._named:
            return self._named[actor.country]
        if actor.country and (state := self._state_of(actor)) is not None:
            return state.id
        words = actor.name.split()
        if words[0].lower() in lexicon.toml("institutions")["ministry"]["heads"]:
            return None  # some country's, and the text does not say which
        named = actor.kind in _STATELESS and words[0][:1].isupper()
        if actor.kind == "group":
            # "Hezbollah", "Kestrian servicemen", not "Western officials"
            named = named and (words[-1][:1].isupper() or sort_of(words[-1], words[-1]) is not None)
        return actor.id if named else None

    def seat_of(self, actor: Actor) -> str | None:
        """The id of the country in which an actor that is a place lies; None for others."""
        state = self._make(actor.country) if actor.kind == "place" else None
        return None if state is None else self._named.get(state.country or "", state.id)

    def made(self, figures: Iterable[Figure]) -> tuple[Actor, ...]:
        """The countries that figures belong to and that the article names only by a body."""
        owners = {owner for figure in figures for owner in figure.of_actors}
        return tuple(state for state in self._made.values() if state.id in owners)

    def _state_of(self, actor: Actor) -> Actor | None:
        """The country whose forces or ministry an actor is, where the text names neither."""
        state = self._make(actor.country)
        if state is None or actor.kind == "armed_force":
            return state
        endings = (f" of {state.name}", f" of the {state.name}")
        ministry = actor.kind == "organisation" and actor.name.endswith(endings)
        return state if ministry else None

    def _make(self, code: str | None) -> Actor | None:
        """The country of a code, for an article that does not name it."""
        known = default_registry().countries.get(code or "")
        if known is None or known.country is None:
            return None
        identity = record_id("actor", known.name, known.kind)
        state = Actor(id=identity, name=known.name, kind=known.kind, country=known.country)
        return self._made.setdefault(known.country, state)
