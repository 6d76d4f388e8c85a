"""Scores attributions against files in PolNeAR's form: source, cue, content and linked F1.

One JSON object a line: ``{"id", "text", "attributions": [{"source": [[start, end], …], "cue": …,
"content": …}]}``, offsets in Unicode characters. Roles agree where the words they cover overlap
by half (Jaccard), or wholly for the exact score; an attribution is right ("linked") where all three
roles agree. Pairs are matched one to one, best first. Of the direct quotations (contents that begin
and end with a quotation mark) it is counted how many are found, half of their words or more in one
prediction, and how many of all have the right source there.

PolNeAR marks no statement inside another, so one whose cue lies in the content of another is not
counted.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores, one_to_one

if TYPE_CHECKING:
    from sayso.model.tagger import Tagged
    from sayso.reader.attribution import Attribution

Ranges = Sequence[Sequence[int]]
ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+")
_MARKS = frozenset('"“”')


@dataclass(frozen=True)
class Marked:
    """One attribution as the word positions (offsets of word starts) of its roles.

    Attributes:
        source, cue, content: word positions.
        quotation: whether the content begins and ends with a quotation mark.
    """

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    quotation: bool = False


def read_marked(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a PolNeAR-form file, plain or gzip.

    Raises:
        GoldError: the file is missing or a line is not such an article.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                record = json.loads(line)
                if not {"text", "attributions"} <= record.keys():
                    raise GoldError(f"{path}:{number}: needs 'text' and 'attributions'")
                yield record
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: {error}") from error


def mark(words: Sequence[tuple[int, int]], source: Ranges, cue: Ranges, content: Ranges) -> Marked:
    """An attribution on words, given as (start, end) in order of the text."""

    def covered(ranges: Ranges) -> frozenset[int]:
        return frozenset(s for s, e in words for a, b in ranges if s < b and e > a)

    return Marked(covered(source), covered(cue), covered(content))


def marked_of(text: str, words: Sequence[tuple[int, int]], record: dict[str, Any]) -> list[Marked]:
    """The attributions of a record in PolNeAR's form."""
    return [
        replace(
            mark(words, m["source"], m["cue"], m["content"]),
            quotation=bool(m["content"])
            and text[m["content"][0][0]] in _MARKS
            and text[m["content"][-1][1] - 1] in _MARKS,
        )
        for m in record["attributions"]
    ]


def word_offsets(text: str) -> list[tuple[int, int]]:
    """Start and end of each word of a text."""
    return [m.span() for m in _WORD.finditer(text)]


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Jaccard index of two sets of words; two empty ones agree."""
    return len(a & b) / len(a | b) if a or b else 1.0


def pair_up(
    gold: Sequence[Marked],
    predicted: Sequence[Marked],
    score: Callable[[Marked, Marked], float],
) -> dict[int, int]:
    """Pairs of gold and prediction (positions) with a score above zero, one to one, best first."""
    pairs = sorted(
        (
            (value, i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(predicted)
            if (value := score(g, p)) > 0
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    return one_to_one((i, j) for _, i, j in pairs)


def agreement(floor: float, roles: Sequence[str]) -> Callable[[Marked, Marked], float]:
    """How well two attributions agree; 0 where a role's words overlap by less than `floor`."""

    def score(gold: Marked, predicted: Marked) -> float:
        values = [overlap(getattr(gold, role), getattr(predicted, role)) for role in roles]
        return sum(values) if all(value >= floor for value in values) else 0.0

    return score


def score_marked(pairs: Iterable[tuple[Sequence[Marked], Sequence[Marked]]]) -> Scores:
    """Scores over articles, each as its gold and its predicted attributions."""
    scores = Scores()
    for gold, predicted in pairs:
        for suffix, floor in (("", 0.5), ("_exact", 1.0)):
            count = len(pair_up(gold, predicted, agreement(floor, ROLES)))
            scores.add("linked" + suffix, count, len(predicted), len(gold))
            for role in ROLES:
                held_gold = [m for m in gold if getattr(m, role)]
                held = [m for m in predicted if getattr(m, role)]
                count = len(pair_up(held_gold, held, agreement(floor, [role])))
                scores.add(role + suffix, count, len(held), len(held_gold))
        for quoted in (g for g in gold if g.quotation):
            held = [
                m for m in predicted if 2 * len(m.content & quoted.content) >= len(quoted.content)
            ]
            right = any(overlap(m.source, quoted.source) >= 0.5 for m in held)
            scores.add("quotes", bool(held), 1, 1)
            scores.add("quotes_source", right, 1, 1)
    return scores


def outermost(found: Sequence["Attribution"]) -> list["Attribution"]:
    """Without the attributions whose cue lies in the content of a more confident one."""
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda a: -(a.confidence or 0)):
        inside = one.cue is not None and any(
            c.start <= one.cue.start and one.cue.end <= c.end
            for other in kept
            for c in other.content
        )
        if not inside:
            kept.append(one)
    return kept


def score_polnear(path: Path) -> dict[str, Scores]:
    """Scores attribution on a PolNeAR-form file, plain or gzip.

    Returns:
        ``model``: the shipped model's own attributions; ``reader``: those that readings are made
        of, with rules for relays, inner statements and quotations, beliefs and aims still in.

    Raises:
        GoldError: the file is missing or a line is not such an article.
        ModelError: a model is missing or is not the pinned one.
    """
    records = list(read_marked(path))
    gold, model, reader = [], [], []
    for record, (tagged, attributed) in zip(records, _found(records), strict=True):
        words = word_offsets(record["text"])
        gold.append(marked_of(record["text"], words, record))
        model.append([mark(words, t.sources, [t.cue], t.contents) for t in tagged])
        reader.append(
            [
                mark(
                    words,
                    [(s.start, s.end) for s in one.sources],
                    [(one.cue.start, one.cue.end)] if one.cue else [],
                    [(c.start, c.end) for c in one.content],
                )
                for one in attributed
            ]
        )
    return {
        "model": score_marked(zip(gold, model, strict=True)),
        "reader": score_marked(zip(gold, reader, strict=True)),
    }


def _found(
    records: Sequence[dict[str, Any]],
) -> Iterator[tuple[list["Tagged"], list["Attribution"]]]:
    """What the model and what the reader finds in each text, inner statements left out."""
    from sayso.model import tagger, weights
    from sayso.pages.article import make_article
    from sayso.reader.attribution import attribute
    from sayso.reader.pipeline import analyse

    articles = (
        make_article(
            str(record.get("id", number)),
            [("paragraph", paragraph) for paragraph in record["text"].split("\n\n")],
        )
        for number, record in enumerate(records)
    )
    for record, analysis in zip(records, analyse(articles), strict=True):
        blocks = [(b.start, b.end) for b in analysis.article.blocks if b.end > b.start]
        tagged = weights.load()(record["text"], blocks)
        yield tagger.outermost(tagged), outermost(attribute(analysis))
