"""What scoring gives: counts by metric, what was missed, spurious or wrong, a file and pooled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

SCHEMA = "sayso.eval/1"


class Row(NamedTuple):
    """One line of the table: a metric, its counts (None for a score made of two others), its score.

    ``score`` is 0 to 1, or None where there was nothing to score.
    """

    metric: str
    right: int | None
    total: int | None
    score: float | None


@dataclass
class Scores:
    """The scores of one gold file, or of several pooled.

    Attributes:
        counts: by metric ("statements.found"), how many are right of how many.
        missed: what gold has and the reading has not, in words.
        spurious: what the reading has and gold has not.
        wrong: what both have, with a field that differs.
    """

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, metric: str, right: int, total: int) -> None:
        """Count ``right`` of ``total`` more for ``metric``."""
        held = self.counts.get(metric, (0, 0))
        self.counts[metric] = (held[0] + right, held[1] + total)

    def judge(self, metric: str, right: bool, problem: str) -> None:
        """Count one more for ``metric``; where it is not right, ``problem`` says what differs."""
        self.add(metric, int(right), 1)
        if not right:
            self.wrong.append(f"{metric}: {problem}")

    def count(
        self,
        kind: str,
        measure: str,
        gold: Sequence[tuple[bool, str]],
        predicted: Sequence[tuple[bool, str]],
        paired: Mapping[int, int],
        right: Mapping[int, int] | None = None,
    ) -> None:
        """Count ``<kind>.<measure>`` and ``<kind>.precision``; list what is missed and spurious.

        Args:
            kind: the record kind, "figures".
            measure: what being right is called, "found" or "right".
            gold: of every gold entry, whether it is optional, and its description.
            predicted: of every prediction, whether it is no fault if unpaired, and its description.
            paired: the prediction's index by the gold entry's.
            right: those pairs that count; all of them if left out.
        """
        right = paired if right is None else right
        required = [index for index, (optional, _) in enumerate(gold) if not optional]
        self.add(f"{kind}.{measure}", sum(index in right for index in required), len(required))
        self.missed += [f"{kind}: {gold[index][1]}" for index in required if index not in paired]
        used = set(paired.values())
        loose = [text for i, (free, text) in enumerate(predicted) if not free and i not in used]
        self.add(f"{kind}.precision", len(right), len(used) + len(loose))
        self.spurious += [f"{kind}: {text}" for text in loose]
        for index, found in paired.items():
            if index not in right:
                self.wrong.append(
                    f"{kind}: read as {predicted[found][1]}, gold has {gold[index][1]}"
                )

    def score(self, metric: str) -> float | None:
        """The share that is right, 0 to 1; None where nothing was scored."""
        if metric.endswith(".f1"):
            room = metric.removesuffix(".f1")
            precision = self.score(f"{room}.precision")
            recall = self.score(
                f"{room}.found" if f"{room}.found" in self.counts else f"{room}.right"
            )
            if recall is None:
                return None
            precision = precision or 0.0  # nothing was read: none of it is right
            both = precision + recall
            return 2 * precision * recall / both if both else 0.0
        right, total = self.counts.get(metric, (0, 0))
        return right / total if total else None

    def rows(self) -> list[Row]:
        """The metrics, those of a record kind together, each F1 behind its precision."""
        kinds: dict[str, list[Row]] = {}
        for metric, (right, total) in self.counts.items():
            kind, _, measure = metric.partition(".")
            rows = kinds.setdefault(kind, [])
            rows.append(Row(metric, right, total, self.score(metric)))
            if measure == "precision":
                rows.append(Row(f"{kind}.f1", None, None, self.score(f"{kind}.f1")))
        return [row for rows in kinds.values() for row in rows]


@dataclass(frozen=True)
class FileScores:
    """The scores of one gold file: its path, the article's ``input``, the scores."""

    gold: str
    input: str
    scores: Scores


@dataclass(frozen=True)
class Report:
    """The scores of every gold file, in order, and pooled over all of them."""

    files: tuple[FileScores, ...]

    @property
    def pooled(self) -> Scores:
        """The counts of all files added up; the lists name the gold file of each line."""
        return pool(self.files)

    def rows(self) -> list[Row]:
        """The pooled metrics, for a table."""
        return self.pooled.rows()

    def to_json(self) -> bytes:
        """One object: ``{schema, files, pooled}``.

        A file is ``{gold, input, metrics, missed, spurious, wrong}``; ``metrics`` and ``pooled``
        hold for every metric ``{right, total, score}``.
        """
        files = [{"gold": f.gold, "input": f.input, **_plain(f.scores)} for f in self.files]
        metrics = _plain(self.pooled)["metrics"]
        return msgspec.json.encode({"schema": SCHEMA, "files": files, "pooled": metrics})


def pool(files: Iterable[FileScores]) -> Scores:
    """The scores of several files as one."""
    pooled = Scores()
    for file in files:
        for metric, (right, total) in file.scores.counts.items():
            pooled.add(metric, right, total)
        for name in ("missed", "spurious", "wrong"):
            lines = getattr(file.scores, name)
            getattr(pooled, name).extend(f"{file.gold}: {line}" for line in lines)
    return pooled


def _plain(scores: Scores) -> dict[str, Any]:
    metrics = {
        row.metric: {"right": row.right, "total": row.total, "score": row.score}
        for row in scores.rows()
    }
    return {
        "metrics": metrics,
        "missed": scores.missed,
        "spurious": scores.spurious,
        "wrong": scores.wrong,
    }
