"""Runs the model over the paragraphs of an article."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.model import decode
from sayso.model.words import Encode, Window, paragraphs, windows

Range = tuple[int, int]
Numbers = NDArray[np.int64]


class Backend(Protocol):
    """What computes the scores of one window."""

    def encode(
        self, ids: Numbers, shapes: Numbers, quoted: Numbers, first: Numbers
    ) -> tuple[decode.Scores, decode.Scores]:
        """Vectors and cue scores of the words, each (1, words, …)."""
        ...

    def roles(
        self,
        vectors: decode.Scores,
        present: Numbers,
        paragraph: Numbers,
        window: Numbers,
        cue: Numbers,
    ) -> tuple[decode.Scores, decode.Scores]:
        """Potentials (cues, words, 7) and scores of being a cue (cues)."""
        ...


class Settings(msgspec.Struct, frozen=True):
    """How scores become spans; chosen on the development articles and kept with the weights.

    Attributes:
        limit: most word pieces a window.
        floor: least probability of a cue candidate.
        keep: least confidence of a statement.
        weights: of the confidence, a logistic function of 1 and `evidence`.
    """

    limit: int
    floor: float
    keep: float
    weights: tuple[float, ...]


class Tagged(msgspec.Struct, frozen=True):
    """One attribution; ranges are characters of the text, ends exclusive.

    Attributes:
        cue: the words that say that something is said.
        sources, contents: runs of words, in order of the text.
        confidence: the estimated probability that cue, source and content are all right.
        evidence: what the confidence was made from: the log odds of the cue's first word, the score
            of being a cue, the log probability of the labelling, whether there is a source, and
            the share of the content's words between quotation marks.
    """

    cue: Range
    sources: tuple[Range, ...]
    contents: tuple[Range, ...]
    confidence: float
    evidence: tuple[float, ...]


class Tagger:
    """The model with its tokenizer and settings."""

    def __init__(self, backend: Backend, encode: Encode, begin: int, part: int, settings: Settings):
        self.backend = backend
        self.encode = encode
        self.begin, self.part = begin, part
        self.settings = settings

    def __call__(
        self, text: str, blocks: Sequence[Range], least: float | None = None
    ) -> list[Tagged]:
        """The attributions in blocks of a text, in order of their cues.

        Args:
            text: of the article.
            blocks: start and end of each paragraph.
            least: confidence; by default ``settings.keep``.
        """
        made = paragraphs(text, blocks, self.encode)
        least = self.settings.keep if least is None else least
        return [
            one
            for window in windows(made, self.settings.limit, self.begin, self.part)
            for one in self.read(window)
            if one.confidence >= least
        ]

    def read(self, window: Window) -> list[Tagged]:
        """Every candidate in one window."""
        if not window.spans:
            return []
        arrays = [
            np.array([part], np.int64)
            for part in (window.ids, window.shapes, window.quoted, window.first)
        ]
        vectors, scores = self.backend.encode(*arrays)
        candidates = decode.cue_spans(scores[0], self.settings.floor)
        if not candidates:
            return []
        found = []
        for number, group in itertools.groupby(candidates, key=lambda c: window.paragraph[c[0]]):
            found += self._read_group(window, vectors, number, list(group))
        return found

    def _read_group(
        self,
        window: Window,
        vectors: decode.Scores,
        number: int,
        candidates: list[tuple[int, int, float]],
    ) -> list[Tagged]:
        """The candidates of one paragraph, in view of that and the ones beside it.

        Fewer than one in a hundred reaches further, and what is not looked at costs no time.
        """
        first = bisect_left(window.paragraph, number - 1)
        last = bisect_right(window.paragraph, number + 1)
        count = last - first
        potentials, valid = self.backend.roles(
            vectors[:, first:last],
            np.ones((1, count), np.int64),
            np.array([window.paragraph[first:last]], np.int64),
            np.zeros(len(candidates), np.int64),
            np.array([(a - first, b - first) for a, b, _ in candidates], np.int64),
        )
        labels, certainty = decode.best(potentials)
        found = []
        for row, (start, end, chance) in enumerate(candidates):
            line = labels[row].tolist()
            said = [first + i for i, label in enumerate(line) if label == 2]
            if not said:
                continue
            evidence = (
                float(np.log(chance / max(1e-6, 1 - chance))),
                float(valid[row]),
                float(certainty[row]),
                float(1 in line),
                sum(window.quoted[window.first[i]] for i in said) / len(said),
            )

            def ranges(state: int, line: list[int] = line) -> tuple[Range, ...]:
                return tuple(
                    _range(window, first + a, first + b) for a, b in decode.runs(line, state)
                )

            found.append(
                Tagged(
                    _range(window, start, end),
                    ranges(1),
                    ranges(2),
                    confidence_of(evidence, self.settings.weights),
                    evidence,
                )
            )
        return found


def confidence_of(evidence: Sequence[float], weights: Sequence[float]) -> float:
    """A logistic function of the evidence, between 0 and 1."""
    sum_ = weights[0] + sum(w * e for w, e in zip(weights[1:], evidence, strict=True))
    return float(1 / (1 + np.exp(-np.clip(sum_, -30, 30))))


def outermost(found: Sequence[Tagged]) -> list[Tagged]:
    """Without the attributions whose cue lies in the content of a more confident one."""
    kept: list[Tagged] = []
    for item in sorted(found, key=lambda t: -t.confidence):
        inside = any(
            a <= item.cue[0] and item.cue[1] <= b for other in kept for a, b in other.contents
        )
        if not inside:
            kept.append(item)
    return sorted(kept, key=lambda t: t.cue)


def _range(window: Window, start: int, end: int) -> Range:
    return window.spans[start][0], window.spans[end - 1][1]
