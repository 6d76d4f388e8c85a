"""From scores to spans: cue candidates, and the best labelling of words as source and content."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DISTANCES = (0, 1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 64)
"""Upper ends, in words, of the buckets of the distance between a word and its cue."""

FAR = -1e4
"""The score of what cannot be."""

Scores = NDArray[np.float32]


def softmax(scores: Scores) -> Scores:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    made: Scores = powers / powers.sum(-1, keepdims=True)
    return made


def cue_spans(scores: Scores, floor: float) -> list[tuple[int, int, float]]:
    """Candidates for cues: first word, the one after the last, probability of beginning there.

    Args:
        scores: (words, outside/begin/inside), before the softmax.
        floor: the least probability of beginning.
    """
    chances = softmax(scores)
    found = []
    count = len(chances)
    for start in np.flatnonzero(chances[:, 1] >= floor):
        end = int(start) + 1
        while end < count and chances[end, 2] >= 0.5 and chances[end, 2] > chances[end, 1]:
            end += 1
        found.append((int(start), end, float(chances[start, 1])))
    # A word inside a longer candidate does not begin another one.
    kept: list[tuple[int, int, float]] = []
    for span in found:
        if kept and span[0] < kept[-1][1]:
            if span[2] > kept[-1][2]:
                kept[-1] = span
            continue
        kept.append(span)
    return kept


def moves(potentials: Scores) -> Scores:
    """The field's scores of going from a state to another, (..., words, 3, 3)."""
    emission = potentials[..., :3]
    zero = np.zeros((*potentials.shape[:-1], 1), potentials.dtype)
    begins = np.concatenate([zero, potentials[..., 3:5]], -1)
    ends = np.concatenate([zero, potentials[..., 5:7]], -1)
    left = np.zeros_like(ends)
    left[..., 1:, :] = ends[..., :-1, :]
    changed = 1 - np.eye(3, dtype=potentials.dtype)
    made: Scores = (left[..., :, None] + begins[..., None, :]) * changed + emission[..., None, :]
    return made


def best(potentials: Scores) -> tuple[NDArray[np.int64], Scores]:
    """The best labelling of each cue's words (Viterbi) and the log of its probability.

    Args:
        potentials: (cues, words, 7).
    """
    steps = moves(potentials)
    cues, words = steps.shape[:2]
    back = np.zeros((cues, words, 3), np.int64)
    top = np.full((cues, 3), FAR, np.float32)
    top[:, 0] = 0
    for t in range(words):
        reached = top[:, :, None] + steps[:, t]
        back[:, t] = reached.argmax(1)
        top = reached.max(1)
    labels = np.zeros((cues, words), np.int64)
    rows = np.arange(cues)
    state = top.argmax(1)
    for t in range(words - 1, -1, -1):
        labels[:, t] = state
        state = back[rows, t, state]
    return labels, (top.max(1) - total(steps)).astype(np.float32)


def total(steps: Scores) -> Scores:
    """Log of the sum over all labellings, (cues): a tree of products, of logarithmic depth."""
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            still = np.where(np.eye(3, dtype=bool), 0, FAR).astype(steps.dtype)
            padding = np.broadcast_to(still, (len(steps), 1, 3, 3))
            steps = np.concatenate([steps, padding], 1)
        joined = steps[:, ::2, :, :, None] + steps[:, 1::2, None, :, :]
        high = joined.max(-2)
        steps = high + np.log(np.exp(joined - high[..., None, :]).sum(-2))
    ends = steps[:, 0, 0]
    high = ends.max(-1)
    made: Scores = high + np.log(np.exp(ends - high[:, None]).sum(-1))
    return made


def runs(labels: Sequence[int], state: int) -> list[tuple[int, int]]:
    """Ranges of words that carry a state."""
    found: list[tuple[int, int]] = []
    for position, label in enumerate(labels):
        if label != state:
            continue
        if found and found[-1][1] == position:
            found[-1] = (found[-1][0], position + 1)
        else:
            found.append((position, position + 1))
    return found
