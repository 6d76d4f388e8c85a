"""Scores statements on marked sentences: TOML tables of texts with the statements that they make.

    [[case]]
    text = "The army had lost 40 men, Ilka Torvan said on Tuesday, the Norrek Times reported."
    statements = [
      { cue = "said", source = "Ilka Torvan", content = "The army had …", parent = "reported" },
      { cue = "reported", source = "the Norrek Times", content = "The army …", type = "report" },
    ]

Words are found where they stand nearest to the cue, the cue at its first place or, as ``said@2``,
at its second. ``parent`` names the cue of the statement that relays this one; ``type``,
``negated``, ``hedges``, ``addressee`` and ``venue`` are scored in files that mark any, where
``type`` is given.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.polnear import Marked, mark, overlap, pair_up, word_offsets
from sayso.evaluation.tallies import Scores
from sayso.records import BlockKind, Reading, Span, Statement

Range = tuple[int, int]
_KEYS = {
    "cue",
    "source",
    "content",
    "parent",
    "type",
    "negated",
    "hedges",
    "addressee",
    "venue",
    "date",
}


@dataclass(frozen=True)
class MarkedStatement:
    """A statement as a careful reader marked it; ranges are characters of the text.

    Attributes:
        cue, sources, content: where they stand.
        parent: the position of the relaying statement in the list, or None.
        given: the other keys, as written.
    """

    cue: Range
    sources: tuple[Range, ...]
    content: tuple[Range, ...]
    parent: int | None
    given: dict[str, Any]


@dataclass(frozen=True)
class MarkedText:
    """A text and its statements."""

    text: str
    statements: tuple[MarkedStatement, ...]

    def record(self) -> dict[str, Any]:
        """The same in PolNeAR's form, for training."""
        return {
            "text": self.text,
            "nested": True,
            "attributions": [
                {
                    "source": [list(r) for r in s.sources],
                    "cue": [list(s.cue)],
                    "content": [list(r) for r in s.content],
                }
                for s in self.statements
            ],
        }


def load_marked(path: Path) -> list[MarkedText]:
    """The texts of a file.

    Raises:
        GoldError: the file is missing, is not such a table, or marks words that its text lacks.
    """
    try:
        cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        return [_text(case, f"{path}: case {number}") for number, case in enumerate(cases, 1)]
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path}: {error!r}") from error


def _text(case: dict[str, Any], name: str) -> MarkedText:
    text = case["text"]
    cues = [row["cue"] for row in case["statements"]]
    statements = []
    for row in case["statements"]:
        if extra := row.keys() - _KEYS:
            raise GoldError(f"{name}: unknown keys {sorted(extra)}")
        words, _, order = row["cue"].partition("@")
        found = places(text, words)
        if len(found) < int(order or 1):
            raise GoldError(f"{name}: cue {row['cue']!r} does not stand in the text")
        cue = found[int(order or 1) - 1]
        parent = row.get("parent")
        if parent is not None and parent not in cues:
            raise GoldError(f"{name}: parent {parent!r} is no cue of it")

        statements.append(
            MarkedStatement(
                cue,
                tuple(_near(text, part, cue, name) for part in _list(row.get("source", ""))),
                tuple(_near(text, part, cue, name) for part in _list(row["content"])),
                None if parent is None else cues.index(parent),
                {k: v for k, v in row.items() if k not in ("cue", "source", "content", "parent")},
            )
        )
    return MarkedText(text, tuple(statements))


def _list(value: str | list[str]) -> list[str]:
    return [part for part in ([value] if isinstance(value, str) else value) if part]


def places(text: str, words: str) -> list[Range]:
    """Where words stand in a text: as whole words, or else as they can be found."""
    whole = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return whole or [m.span() for m in re.finditer(re.escape(words), text)]


def _near(text: str, words: str, cue: Range, name: str) -> Range:
    """The place of words nearest to the cue, outside of it where they can be."""
    found = places(text, words)
    if not found:
        raise GoldError(f"{name}: {words!r} does not stand in the text")

    def distance(place: Range) -> tuple[bool, int]:
        inside = place[0] < cue[1] and cue[0] < place[1] and len(found) > 1
        return inside, max(place[0] - cue[1], cue[0] - place[1])

    return min(found, key=distance)


def read_texts(texts: Iterable[str]) -> Iterator[Reading]:
    """Readings of texts of one paragraph each."""
    from sayso.pages.article import make_article
    from sayso.reader import read_articles

    return iter(
        read_articles(make_article(str(n), [("paragraph", t)]) for n, t in enumerate(texts, 1))
    )


def read_articles_of(texts: Iterable[str]) -> Iterator[Reading]:
    """Readings of texts whose paragraphs are parted by empty lines."""
    from sayso.pages.article import make_article
    from sayso.reader import read_articles

    articles = (make_article(str(number), _blocks(text)) for number, text in enumerate(texts, 1))
    return iter(read_articles(articles))


def _blocks(text: str) -> list[tuple[BlockKind, str]]:
    """The paragraphs; a first one that no full stop or quotation mark ends is a headline."""
    first, *others = text.split("\n\n")
    headed = first[-1:] not in tuple(".?!\"'”’:")
    return [("headline" if headed else "paragraph", first), *(("paragraph", o) for o in others)]


def score_marked_texts(path: Path) -> Scores:
    """Scores the reader on a file of marked sentences.

    Returns:
        ``statements`` (found, made, marked), ``texts`` whose statements, sources and chains are
        wholly right, ``chains`` of the statements found, and the fields of those whose type is
        marked.

    Raises:
        GoldError: the file is missing or is not such a table.
        ModelError: a model is missing or is not the pinned one.
    """
    texts = load_marked(path)
    scores = Scores()
    # Only a file that marks addressees (and so on) anywhere says by silence that there is none.
    marked = {key for case in texts for statement in case.statements for key in statement.given}
    for case, reading in zip(texts, read_articles_of(case.text for case in texts), strict=True):
        _score(scores, case, reading, marked)
    return scores


def _score(scores: Scores, case: MarkedText, reading: Reading, marked: Set[str]) -> None:
    words = word_offsets(case.text)
    gold = [mark(words, s.sources, [s.cue], s.content) for s in case.statements]
    made = list(reading.statements)
    read = [_mark(words, s) for s in made]
    matched = pair_up(gold, read, _alike)
    # Whoever relays without being named ("was quoted as saying") is no link: he may be left out.
    wanted_all = {i for i, s in enumerate(case.statements) if s.sources or i in matched}
    wanted_all |= {i for i in range(len(gold)) if not any(s.parent == i for s in case.statements)}
    scores.add("statements", len(matched), len(made), len(wanted_all))
    faults = [
        f"missed {_shown(case, s)}"
        for i, s in enumerate(case.statements)
        if i in wanted_all and i not in matched
    ]
    faults += [
        f"made up {s.cue.text if s.cue else None!r}: {[x.span.text for x in s.sources if x.span]}"
        f" {[c.text for c in s.content]}"
        for j, s in enumerate(made)
        if j not in matched.values()
    ]
    by_id = {s.id: j for j, s in enumerate(made)}
    for i, j in matched.items():
        wanted = _chain(gold, i, lambda k: case.statements[k].parent)
        got = _chain(read, j, lambda k: by_id.get(made[k].parent or ""))
        right = len(wanted) == len(got) and all(
            _same_source(a, b) >= 0.5 for a, b in zip(wanted, got, strict=True)
        )
        scores.add("chains", right, 1, 1)
        if not right:
            faults.append(f"chain of {_shown(case, case.statements[i])}")
        if "type" in case.statements[i].given:
            faults += _fields(scores, case, case.statements[i], made[j], marked)
    exact = len(matched) == len(wanted_all) == len(made) and not any(
        f.startswith("chain") for f in faults
    )
    scores.add("texts", exact, 1, 1)
    if faults:
        scores.faults.append(f"{case.text}\n    " + "\n    ".join(faults))


def _fields(
    scores: Scores,
    case: MarkedText,
    gold: MarkedStatement,
    made: Statement,
    marked: Set[str],
) -> Iterator[str]:
    wanted: dict[str, Any] = {
        "type": gold.given["type"],
        "negated": gold.given.get("negated", False),
        "hedges": bool(gold.given.get("hedges")),
        "addressee": gold.given.get("addressee"),
        "venue": gold.given.get("venue"),
    }
    got: dict[str, Any] = {
        "type": made.type,
        "negated": made.negated,
        "hedges": bool(made.hedges),
        "addressee": made.addressee.text if made.addressee else None,
        "venue": made.venue.text if made.venue else None,
    }
    for name, value in wanted.items():
        if name not in marked:
            continue
        if isinstance(value, str) and isinstance(got[name], str) and name != "type":
            right = value in got[name] or got[name] in value
        else:
            right = value == got[name]
        scores.add(name, right, 1, 1)
        if not right:
            yield f"{name} of {_shown(case, gold)}: {got[name]!r}, marked {value!r}"


def _mark(words: Sequence[Range], statement: Statement) -> Marked:
    def ranges(spans: Sequence[Span | None]) -> list[Range]:
        return [(s.start, s.end) for s in spans if s is not None]

    return mark(
        words,
        ranges([s.span for s in statement.sources]),
        ranges([statement.cue]),
        ranges(statement.content),
    )


def _alike(gold: Marked, made: Marked) -> float:
    values = [
        _same_source(gold.source, made.source),
        1.0 if gold.cue & made.cue or not gold.cue | made.cue else 0.0,  # a colon is no word
        overlap(gold.content, made.content),
    ]
    return sum(values) if all(value >= 0.5 for value in values) else 0.0


def _same_source(gold: frozenset[int], made: frozenset[int]) -> float:
    """How well a source agrees: wholly where it is part of the marked one, else by its words."""
    return 1.0 if made and made <= gold else overlap(gold, made)


def _chain(
    marked: Sequence[Marked], at: int, parent: Callable[[int], int | None]
) -> list[frozenset[int]]:
    links: list[frozenset[int]] = []
    seen = set[int]()
    place: int | None = at
    while place is not None and place not in seen:
        seen.add(place)
        if marked[place].source:
            links.append(marked[place].source)
        place = parent(place)
    return links[::-1]


def _shown(case: MarkedText, statement: MarkedStatement) -> str:
    def words(ranges: Sequence[Range]) -> list[str]:
        return [case.text[a:b] for a, b in ranges]

    return f"{words([statement.cue])[0]!r}: {words(statement.sources)} {words(statement.content)}"
