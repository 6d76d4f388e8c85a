"""Counting: what is right of what was read and of what is marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts of one comparison over many texts."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        """F1 of the counts, 0 where there is nothing."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


@dataclass
class Scores:
    """Tallies by name, and for each text with a fault what is wrong."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, right: int, predicted: int, gold: int) -> None:
        """Add one text's counts."""
        tally = self.tallies.setdefault(name, Tally())
        tally.right += right
        tally.predicted += predicted
        tally.gold += gold

    def rows(self) -> list[tuple[str, float, float, float]]:
        """Name, precision, recall and F1 of each tally, between 0 and 1."""
        return [
            (name, t.right / max(1, t.predicted), t.right / max(1, t.gold), t.f1)
            for name, t in self.tallies.items()
        ]


def one_to_one(ranked: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of pairs (marked, read), best first, those in which neither stands in a better one."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for marked, read in ranked:
        if marked not in found and read not in taken:
            found[marked] = read
            taken.add(read)
    return found
