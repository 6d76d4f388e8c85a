"""Marked articles as windows of labelled words.

The input is PolNeAR's form (`sayso.evaluation.polnear`), which marks no statement inside another:
an unmarked word inside a content is not counted as "no cue" where that word often is one outside. A
record with ``"nested": true`` marks those, but none of the beliefs and aims that PolNeAR marks:
there such words are counted nowhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from sayso.model.words import Encode, Paragraph, Window, paragraphs, windows

IGNORED = -100
OFTEN = 0.1
"""Share of a word's occurrences that begin a cue, from which it is left unjudged in contents."""


@dataclass(frozen=True)
class Article:
    """The words of a marked article.

    Attributes:
        paragraphs: its words.
        cue: label of each word by its start: 0 none, 1 begins a cue, 2 inside one, or `IGNORED`.
        marked: for each attribution, the starts of the words of its cue, source and content.
        nested: whether statements inside statements are marked.
    """

    paragraphs: tuple[Paragraph, ...]
    cue: dict[int, int]
    marked: tuple[tuple[frozenset[int], frozenset[int], frozenset[int]], ...]
    nested: bool = False


@dataclass(frozen=True)
class Example:
    """A window with the labels of its words: cues, and the roles (0, 1, 2) for each marked cue."""

    nested: bool

    window: Window
    cue: tuple[int, ...]
    attributions: tuple[tuple[int, int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Batch:
    """Tensors of several examples; names as in `training.network`.

    Attributes:
        taught: (batch), 1 where a teacher knows how the example is marked, 0 where it is nested.
    """

    taught: Tensor

    ids: Tensor
    shapes: Tensor
    quoted: Tensor
    first: Tensor
    present: Tensor
    paragraph: Tensor
    cue: Tensor
    row: Tensor
    span: Tensor
    roles: Tensor


def blocks_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph of a text whose paragraphs are parted by empty lines."""
    found, start = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            found.append((start, start + len(part)))
        start += len(part) + 2
    return found


def load(records: Sequence[dict[str, Any]], encode: Encode) -> list[Article]:
    """The words and labels of marked articles.

    Args:
        records: articles in PolNeAR's form.
        encode: gives the pieces of words.
    """
    articles = [_article(record, encode) for record in records]
    often = _often([article for article in articles if not article.nested])
    return [_unjudged(article, often) for article in articles]


def _article(record: dict[str, Any], encode: Encode) -> Article:
    made = tuple(paragraphs(record["text"], blocks_of(record["text"]), encode))
    spans = [span for paragraph in made for span in paragraph.spans]
    starts = np.array([s for s, _ in spans])
    ends = np.array([e for _, e in spans])

    def covered(ranges: Sequence[Sequence[int]]) -> list[int]:
        hit = np.zeros(len(spans), bool)
        for a, b in ranges:
            hit[np.searchsorted(ends, a, "right") : np.searchsorted(starts, b, "left")] = True
        return [int(s) for s in starts[hit]]

    cue = {int(s): 0 for s in starts}
    marked = []
    for item in record["attributions"]:
        roles = [covered(item[role]) for role in ("cue", "source", "content")]
        for number, start in enumerate(roles[0]):
            cue[start] = 2 if number else 1
        if roles[0]:
            marked.append(tuple(frozenset(r) for r in roles))
    return Article(made, cue, tuple(marked), bool(record.get("nested")))  # type: ignore[arg-type]


def _words(article: Article) -> Iterator[tuple[int, str]]:
    for paragraph in article.paragraphs:
        for (start, _), word in zip(paragraph.spans, paragraph.texts, strict=True):
            yield start, word.lower()


def _often(articles: Sequence[Article]) -> set[str]:
    seen, cues = Counter[str](), Counter[str]()
    for article in articles:
        inside = frozenset[int]().union(*(content for _, _, content in article.marked))
        for start, word in _words(article):
            if start not in inside:
                seen[word] += 1
                cues[word] += article.cue[start] == 1
    return {word for word, count in cues.items() if count >= OFTEN * seen[word]}


def _unjudged(article: Article, often: set[str]) -> Article:
    """Without judgement of words that may well be cues: in contents, or everywhere."""
    inside = frozenset[int]().union(*(content for _, _, content in article.marked))
    cue = dict(article.cue)
    for start, word in _words(article):
        if (article.nested or start in inside) and cue[start] == 0 and word in often:
            cue[start] = IGNORED
    return replace(article, cue=cue)


def examples(article: Article, limit: int, begin: int, part: int) -> Iterator[Example]:
    """The windows of an article with their labels; `limit`, `begin`, `part` as in `windows`."""
    for window in windows(article.paragraphs, limit, begin, part):
        index = {start: i for i, (start, _) in enumerate(window.spans)}
        attributions = []
        for cue, source, content in article.marked:
            places = sorted(index[s] for s in cue if s in index)
            if not places:
                continue
            roles = [0] * len(window.spans)
            for state, starts in ((1, source), (2, content)):
                for start in starts & index.keys():
                    roles[index[start]] = state
            attributions.append((places[0], places[-1] + 1, tuple(roles)))
        yield Example(
            article.nested,
            window,
            tuple(article.cue[s] for s, _ in window.spans),
            tuple(attributions),
        )


def collate(given: Sequence[Example]) -> Batch:
    """Examples padded to one length."""

    def padded(rows: Sequence[Sequence[int]], value: int = 0) -> Tensor:
        width = max((len(row) for row in rows), default=0)
        return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])

    words = max(len(e.window.spans) for e in given)
    roles = [
        [*line, *[line[-1]] * (words - len(line))] for e in given for _, _, line in e.attributions
    ]
    return Batch(
        taught=torch.tensor([0.0 if e.nested else 1.0 for e in given]),
        ids=padded([e.window.ids for e in given]),
        shapes=padded([e.window.shapes for e in given]),
        quoted=padded([e.window.quoted for e in given]),
        first=padded([e.window.first for e in given]),
        present=padded([[1] * len(e.window.spans) for e in given]),
        paragraph=padded([e.window.paragraph for e in given]),
        cue=padded([e.cue for e in given], IGNORED),
        row=torch.tensor(
            [i for i, e in enumerate(given) for _ in e.attributions], dtype=torch.long
        ),
        span=torch.tensor(
            [[a, b] for e in given for a, b, _ in e.attributions], dtype=torch.long
        ).reshape(-1, 2),
        roles=torch.tensor(roles, dtype=torch.long).reshape(-1, words),
    )


def batches(
    articles: Sequence[Article],
    limits: Sequence[int],
    pieces: int,
    begin: int,
    part: int,
    random: np.random.Generator,
) -> list[list[Example]]:
    """One epoch's batches of about `pieces` word pieces, windows of like length together."""
    made = [
        example
        for article in articles
        for example in examples(article, int(random.choice(limits)), begin, part)
        if example.window.spans
    ]
    order = random.permutation(len(made))
    groups: list[list[Example]] = []
    for at in range(0, len(order), 400):
        group: list[Example] = []
        for i in sorted(order[at : at + 400], key=lambda i: len(made[i].window.ids)):
            example = made[i]
            if group and (len(group) + 1) * len(example.window.ids) > pieces:
                groups.append(group)
                group = []
            group.append(example)
        groups.append(group)
    return [groups[i] for i in random.permutation(len(groups))]
