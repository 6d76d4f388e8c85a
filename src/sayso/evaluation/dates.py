"""Scores dates on marked sentences: TOML tables of texts with every expression of time in them.

    [[case]]
    reference = "1989-11-02"
    text = "The firm lost $4 million in the third quarter, it said Monday."
    dates = [["the third quarter", "1989-Q3"], ["Monday", "1989-10-30"]]

``reference`` is the day that the text is read against; without it the text must tell. ``dates`` are
words of the text in its order, each with its TIMEX3 value.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores, one_to_one
from sayso.records import Article, Date, Reference


@dataclass(frozen=True)
class Mark:
    """A marked expression of time: its characters in the text, and its TIMEX3 value."""

    start: int
    end: int
    value: str


def pair_dates(marks: Iterable[Mark], dates: Iterable[Date]) -> dict[int, int]:
    """Marks and dates that share characters, by index; those with the same value first."""
    read = list(dates)
    ranked = sorted(
        (mark.value != date.value, -_shared(date, mark), i, j)
        for i, mark in enumerate(marks)
        for j, date in enumerate(read)
        if _shared(date, mark) > 0
    )
    return one_to_one((i, j) for _, _, i, j in ranked)


def _shared(date: Date, mark: Mark) -> int:
    return min(date.span.end, mark.end) - max(date.span.start, mark.start)


def load_dates(path: Path) -> list[tuple[Article, tuple[Mark, ...]]]:
    """The texts of a file with their marks.

    Raises:
        GoldError: the file is missing, is no such table, or marks words that its text lacks.
    """
    from sayso.pages.article import make_article

    loaded = []
    try:
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            text, reference = case["text"], case.get("reference")
            marks, at = [], 0
            for words, value in case["dates"]:
                at = text.find(words, at)
                if at < 0:
                    raise GoldError(f"{path}: case {number}: {words!r} is not in the text")
                marks.append(Mark(at, at + len(words), value))
                at += 1
            article = make_article(
                f"{path}:{number}",
                [("paragraph", block) for block in text.split("\n\n")],
                reference=Reference(value=reference, from_="given") if reference else None,
                language="en",
            )
            loaded.append((article, tuple(marks)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: is no table of marked dates: {error!r}") from error
    return loaded


def score_dates(path: Path) -> Scores:
    """Scores the reader on a file of marked sentences.

    Returns:
        ``span``, where a date shares characters with a mark, and ``value``, where it also has its
        value.

    Raises:
        GoldError: see ``load_dates``.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.reader.dates import find_dates, with_reference
    from sayso.reader.pipeline import analyse

    cases = load_dates(path)
    scores = Scores()
    for (article, marks), analysis in zip(cases, analyse(a for a, _ in cases), strict=True):
        read = find_dates(with_reference(analysis))
        pairs = pair_dates(marks, read)
        text = article.text
        faults = [
            f"missed {text[m.start : m.end]!r} is {m.value}"
            for i, m in enumerate(marks)
            if i not in pairs
        ]
        faults += [
            f"made up {d.span.text!r} read {d.value}"
            for j, d in enumerate(read)
            if j not in pairs.values()
        ]
        wrong = [(marks[i], read[j]) for i, j in pairs.items() if marks[i].value != read[j].value]
        faults += [f"value {d.span.text!r} is {m.value}, read {d.value}" for m, d in wrong]
        scores.add("span", len(pairs), len(read), len(marks))
        scores.add("value", len(pairs) - len(wrong), len(read), len(marks))
        if faults:
            scores.faults.append("\n    ".join([text, *faults]))
    return scores
