"""Chooses how scores become spans, on the development articles."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.evaluation.polnear import ROLES, agreement, mark, marked_of, pair_up, word_offsets
from sayso.model.tagger import Settings, Tagged, confidence_of
from sayso.training.learn import scored

_STEPS = 25


def evidence_of(
    records: Sequence[dict[str, Any]], found: Sequence[Sequence[Tagged]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each attribution in no marked content: its evidence, and whether it is right."""
    rows, right = [], []
    for record, items in zip(records, found, strict=True):
        words = word_offsets(record["text"])
        gold = marked_of(record["text"], words, record)
        made = [mark(words, t.sources, [t.cue], t.contents) for t in items]
        matched = set(pair_up(gold, made, agreement(0.5, ROLES)).values())
        for number, (item, marked) in enumerate(zip(items, made, strict=True)):
            if number not in matched and any(marked.cue <= g.content for g in gold):
                continue  # nested: nobody marked those
            rows.append(item.evidence)
            right.append(number in matched)
    return np.array(rows), np.array(right, float)


def logistic(rows: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, ...]:
    """Weights of (1, evidence) by maximum likelihood (Newton's method, a little shrunk)."""
    given = np.column_stack([np.ones(len(rows)), rows])
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - chance) - 0.01 * weights
        curve = (given * (chance * (1 - chance))[:, None]).T @ given + 0.01 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return tuple(float(w) for w in weights)


def tuned(
    settings: Settings, records: Sequence[dict[str, Any]], found: Sequence[Sequence[Tagged]]
) -> Settings:
    """Settings with calibrated confidence, and the threshold of the best linked F1.

    Args:
        settings: as they were when `found` was made, with ``keep`` 0.
        records: the development articles.
        found: every candidate in them.
    """
    rows, right = evidence_of(records, found)
    weights = logistic(rows, right)
    best = (0.0, 0.0)
    for keep in np.arange(0.2, 0.6, 0.02):
        score = scored(records, weighed(found, weights, float(keep)))
        best = max(best, (score.tallies["linked"].f1, float(keep)))
    return msgspec.structs.replace(settings, keep=round(best[1], 2), weights=weights)


def weighed(
    found: Sequence[Sequence[Tagged]], weights: Sequence[float], keep: float
) -> list[list[Tagged]]:
    """The attributions with their confidence anew, without those below `keep`."""
    return [
        [
            msgspec.structs.replace(t, confidence=c)
            for t in items
            if (c := confidence_of(t.evidence, weights)) >= keep
        ]
        for items in found
    ]


def reliability(
    records: Sequence[dict[str, Any]], found: Sequence[Sequence[Tagged]], bins: int = 10
) -> list[tuple[float, float, int]]:
    """How often attributions of like confidence are right: mean confidence, share right, how many.

    Weights are fitted on every second article and looked at on the others, and the other way round.
    """
    chances, truths = [], []
    for own in (0, 1):
        weights = logistic(*evidence_of(records[1 - own :: 2], found[1 - own :: 2]))
        rows, right = evidence_of(records[own::2], found[own::2])
        chances += [confidence_of(row, weights) for row in rows.tolist()]
        truths += right.tolist()
    chance, truth = np.array(chances), np.array(truths)
    place = np.minimum((chance * bins).astype(int), bins - 1)
    return [
        (float(chance[place == b].mean()), float(truth[place == b].mean()), int((place == b).sum()))
        for b in range(bins)
        if (place == b).any()
    ]
