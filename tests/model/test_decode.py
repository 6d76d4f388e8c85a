"""From scores to spans."""

import itertools

import numpy as np
import pytest

from sayso.model import decode


def brute(potentials: decode.Scores) -> tuple[list[int], float]:
    """The best labelling and the log of its probability, by trying them all."""
    steps = decode.moves(potentials)
    scored = {
        labels: sum(steps[t, ([0, *labels])[t], labels[t]] for t in range(len(labels)))
        for labels in itertools.product(range(3), repeat=len(potentials))
    }
    best = max(scored, key=lambda labels: scored[labels])
    values = np.array(list(scored.values()))
    return list(best), float(scored[best] - np.log(np.exp(values).sum()))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_labelling_is_found_and_its_chance_is_right(seed: int) -> None:
    potentials = np.random.default_rng(seed).normal(size=(2, 6, 7)).astype(np.float32)
    labels, chance = decode.best(potentials)
    for row in range(2):
        wanted, log = brute(potentials[row])
        assert labels[row].tolist() == wanted
        assert chance[row] == pytest.approx(log, abs=1e-4)


def test_cues_are_spans_of_begin_and_inside() -> None:
    scores = np.full((5, 3), -4, np.float32)
    scores[[0, 3, 4], 0] = 4
    scores[1, 1] = scores[2, 2] = 4
    ((start, end, chance),) = decode.cue_spans(scores, 0.2)
    assert (start, end) == (1, 3)
    assert chance > 0.9


def test_runs_are_ranges_of_one_label() -> None:
    assert decode.runs([0, 1, 1, 0, 2, 1], 1) == [(1, 3), (5, 6)]
    assert decode.runs([0, 0], 2) == []
