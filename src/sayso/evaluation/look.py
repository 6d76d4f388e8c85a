"""Looking things up in a reading, and judging words, for all the scorers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sayso.evaluation.matching import alike
from sayso.records import Actor, DateRef, Reading, Span


@dataclass(frozen=True)
class Read:
    """A reading with what scoring looks up in it."""

    reading: Reading

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.reading.actors}

    @cached_property
    def figure_texts(self) -> dict[str, str]:
        """The words of every figure by its id."""
        return {figure.id: figure.span.text for figure in self.reading.figures}

    def name(self, actor_id: str | None) -> str:
        """The name of the actor with this id; the id itself where there is none, "" for None."""
        if actor_id is None:
            return ""
        actor = self._actors.get(actor_id)
        return actor.name if actor else actor_id

    def names(self, actor_ids: Iterable[str]) -> list[str]:
        """The names of these actors."""
        return [self.name(actor_id) for actor_id in actor_ids]


@dataclass(frozen=True)
class Links:
    """Which predicted statement was found for which gold one.

    Attributes:
        gold_of: the gold statement's id by the predicted one's.
    """

    gold_of: dict[str, str]

    def agrees(self, predicted: str | None, gold: str | None) -> bool:
        """Whether the predicted statement's id leads to the gold one's (None: to none)."""
        if gold is None or predicted is None:
            return gold is None and predicted is None
        return self.gold_of.get(predicted) == gold


def shown(text: str | None, limit: int = 60) -> str:
    """Words for a message, quoted and cut to ``limit`` characters; None as "nothing"."""
    if text is None:
        return "nothing"
    return f"'{text}'" if len(text) <= limit else f"'{text[:limit].rstrip()}…'"


def text_of(span: Span | None) -> str | None:
    """The span's words, None for none."""
    return span.text if span else None


def value_of(date: DateRef | None) -> str | None:
    """The date's value, None for none."""
    return date.value if date else None


def words_agree(predicted: Span | None, gold: str | None) -> bool:
    """Whether a predicted span and gold's words are alike, or both are missing."""
    if predicted is None or gold is None:
        return predicted is None and gold is None
    return alike(predicted.text, gold)
