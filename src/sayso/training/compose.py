"""Makes training texts with sources inside sources from marked articles, which mark none.

A marked attribution gives a source and a clause; the forms of ``relays.toml`` put them inside other
statements, up to four deep, and say what is cue, source and content of each.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

Range = tuple[int, int]
_TOKEN = re.compile(r"\{(\w)\}|\[(\w):([^\]]*)\]|<(r?s?) |(>)|([^{\[<>]+)")
_PRONOUNS = frozenset({"i", "he", "she", "it", "they", "we", "you", "who", "which", "that"})
_ARTICLES = frozenset({"The", "A", "An", "Some", "Two", "Many", "Several", "Most", "People"})

DEPTHS = (0.1, 0.5, 0.28, 0.12)
"""How often a text has one, two, three and four sources."""

_LONGEST_CLAUSE, _LONGEST_SOURCE = 160, 70


@dataclass(frozen=True)
class Clause:
    """Words and the attributions in them: cue, source and content ranges each."""

    text: str
    attributions: tuple[tuple[Range, Range, Range], ...] = ()


@cache
def forms() -> dict[str, list[str]]:
    """The table ``relays.toml``."""
    return tomllib.loads((files("sayso.training") / "relays.toml").read_text("utf-8"))


def material(records: Sequence[dict[str, Any]]) -> tuple[list[str], list[str], list[str]]:
    """Sources, clauses and quotations (without marks) of marked articles."""
    sources, clauses, quotations = [], [], []
    for record in records:
        text = record["text"]
        for item in record["attributions"]:
            if len(item["content"]) != 1 or len(item["source"]) != 1:
                continue
            source = text[slice(*item["source"][0])].strip(" ,")
            content = text[slice(*item["content"][0])]
            if "\n" in content or not 25 <= len(content) <= _LONGEST_CLAUSE:
                continue
            if source.lower() not in _PRONOUNS and 2 < len(source) <= _LONGEST_SOURCE:
                article = source.split()[0] in _ARTICLES
                sources.append(source[0].lower() + source[1:] if article else source)
            if content.startswith("that ") and not re.search(r"[“”\"<>{}\[\]]", content):
                clauses.append(content.removeprefix("that ").rstrip(" .,"))
            quote = re.fullmatch(r"“([^“”<>{}\[\]]+?)[.,]?”", content)
            if quote:
                quotations.append(quote[1])
    return sources, clauses, quotations


def compose(
    records: Sequence[dict[str, Any]], count: int, random: np.random.Generator
) -> list[dict[str, Any]]:
    """Records in PolNeAR's form, marked as nested.

    Args:
        records: marked articles.
        count: how many texts to make.
        random: decides which.
    """
    stock = material(records)
    made = []
    for _ in range(count):
        clause = _deep(int(random.choice([1, 2, 3, 4], p=DEPTHS)), stock, random)
        text = clause.text[0].upper() + clause.text[1:] + "."
        made.append(
            {
                "text": text,
                "nested": True,
                "attributions": [
                    {"cue": [list(cue)], "source": [list(source)], "content": [list(content)]}
                    for cue, source, content in clause.attributions
                ],
            }
        )
    return made


def _deep(
    depth: int,
    stock: tuple[Sequence[str], Sequence[str], Sequence[str]],
    random: np.random.Generator,
    within: bool = False,
) -> Clause:
    """A clause with so many sources inside one another; `within` another clause or not."""
    sources, clauses, quotations = stock

    def pick(values: Sequence[str]) -> str:
        return values[int(random.integers(len(values)))]

    table = forms()
    if depth <= 0:
        return Clause(pick(clauses))
    speaker = pick(sources) if random.random() < 0.6 else pick(table["people"])
    relayer = pick(table["outlets"]) if random.random() < 0.65 else pick(table["people"])
    given = {"S": Clause(speaker), "R": Clause(relayer), "T": Clause(pick(table["told"]))}
    if depth <= 2 and not within and random.random() < 0.3:
        given["Q"] = Clause(pick(quotations))
        return _fill(pick(table["quoted"] if depth == 1 else table["quoted_pairs"]), given)
    links = 2 if depth > 1 and random.random() < 0.7 else 1
    given["P"] = _deep(depth - links, stock, random, within=True)
    front, other = (
        (table["front_pairs"], table["pairs"]) if links == 2 else (table["simple"], table["behind"])
    )
    return _fill(pick(front if within else [*front, *other]), given)


def _fill(form: str, given: dict[str, Clause]) -> Clause:
    """A form with its places filled, the statements that it makes, and those of what fills it."""
    text = ""
    inner: list[tuple[Range, Range, Range]] = []
    cues: dict[str, Range] = {}
    sources: dict[str, Range] = {}
    contents: dict[str, Range] = {}
    opened: list[tuple[str, int]] = []
    for place, who, cue, opens, closes, plain in _TOKEN.findall(form):
        start = len(text)
        if place:
            clause = given[place]
            words = clause.text
            if text.endswith(". "):
                words = words[0].upper() + words[1:]
            text += words
            inner += [
                tuple((a + start, b + start) for a, b in item)  # type: ignore[misc]
                for item in clause.attributions
            ]
            if place in "SR":
                sources[place.lower()] = (start, len(text))
        elif who:
            text += cue
            cues[who] = (start, len(text))
        elif opens:
            opened.append((opens, start))
        elif closes:
            names, begun = opened.pop()
            for name in names:
                contents[name] = (begun, len(text))
        else:
            text += plain
    own = [(cues[name], sources[name], contents[name]) for name in cues]
    return Clause(text, tuple(sorted([*own, *inner])))
