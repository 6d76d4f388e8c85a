"""What reviewers confirmed and corrected, as gold files and as marked texts to train on.

Of an article with reviews, ``gold/ID.json`` (``docs/gold.md``) holds its confirmed and corrected
records, and the machine's others as optional: they are asked of no reading and are no fault of
one. What was rejected is in no list, so that a reading that has it is wrong. ``gold/ID.txt`` is
the text.

``gold/marked.toml`` holds, in the form of ``corpus/``, the paragraphs whose statements are all
reviewed: there, every statement is marked.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.exports.item import Item
from sayso.exports.tables import clean
from sayso.records import Block, DateRef, Event, Figure, Span, Statement

FOLDER = "gold"
_REVIEWED = ("confirmed", "corrected")


class GoldWriter:
    """Gold files of reviewed articles, and one table of marked texts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir()
        self._marked = (self._folder / "marked.toml").open("w", encoding="utf-8")

    def add(self, item: Item) -> None:
        """Write an article's files, if anybody reviewed a record of it."""
        if not item.reviews:
            return
        article = item.reading.article
        text = self._folder / f"{article.id}.txt"
        text.write_text(clean(article.text), encoding="utf-8", newline="")
        made = json.dumps(clean(gold(item)), ensure_ascii=False, indent=1)
        (self._folder / f"{article.id}.json").write_text(made + "\n", encoding="utf-8")
        for case in cases(item):
            self._marked.write(case)

    def close(self) -> None:
        """End the table."""
        self._marked.close()


def gold(item: Item) -> dict[str, Any]:
    """The gold file of an article."""
    reading = item.reading
    said = {one.id for one in item.kept(reading.statements)}
    words = {one.id: one.span.text for one in item.kept(reading.figures)}
    statements = [_statement(item, one, said) for one in item.kept(reading.statements)]
    figures = [_figure(item, one, said, words) for one in item.kept(reading.figures)]
    events = [_event(item, one) for one in item.kept(reading.events)]
    lists = {"statements": statements, "figures": figures, "events": events}
    return {
        "schema": "sayso.gold/1",
        "input": f"{reading.article.id}.txt",
        "note": f"reviewed in a ledger; the article: {item.name}",
    } | {name: held for name, held in lists.items() if _judged(item, name)}


def _judged(item: Item, name: str) -> bool:
    """Whether anybody reviewed a record of a list."""
    prefix = {"statements": "s-", "figures": "f-", "events": "e-"}[name]
    return any(record.startswith(prefix) for record in item.reviews)


def _optional(item: Item, name: str) -> dict[str, bool]:
    return {} if item.reviews.get(name) in _REVIEWED else {"optional": True}


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def _value(date: DateRef | None) -> str | None:
    return date.value if date else None


def _statement(item: Item, one: Statement, said: set[str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "sources": [
            {
                "text": _text(source.span),
                "actor": item.actors.get(source.actor or ""),
                "kind": source.kind,
            }
            for source in one.sources
        ],
        "cue": _text(one.cue),
        "type": one.type,
        "negated": one.negated,
        "content": [span.text for span in one.content],
        "quotes": [span.text for span in one.quotes],
        "date": _value(one.date),
        "venue": _text(one.venue),
        "addressee": _text(one.addressee),
        "hedges": [span.text for span in one.hedges],
        "parent": one.parent if one.parent in said else None,
        "chain": [list(link) for link in one.chain],
        **_optional(item, one.id),
    }


def _figure(item: Item, one: Figure, said: set[str], words: dict[str, str]) -> dict[str, Any]:
    return {
        "text": one.span.text,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "bound": one.bound,
        "change": one.change,
        "unit_kind": one.unit_kind,
        "currency": one.currency,
        "kind": one.kind,
        "counted": _text(one.counted),
        "of_actors": item.names(one.of_actors),
        "as_of": _value(one.as_of),
        "since": _value(one.since),
        "place": _text(one.place),
        "measure": one.measure,
        "part_of": words.get(one.part_of or ""),
        "statement": one.statement if one.statement in said else None,
        "attribution": one.attribution,
        **_optional(item, one.id),
    }


def _event(item: Item, one: Event) -> dict[str, Any]:
    return {
        "trigger": one.trigger.text,
        "type": one.type,
        "status": one.status,
        "date": _value(one.date),
        "actors": item.names(one.actors),
        "recipients": item.names(one.recipients),
        "place": one.place.name if one.place else None,
        **_optional(item, one.id),
    }


def cases(item: Item) -> Iterator[str]:
    """The paragraphs whose statements are all reviewed, as cases of a marked table."""
    for block in item.reading.article.blocks:
        found = [one for one in item.reading.statements if _inside(one, block)]
        judged = [one for one in found if one.id in item.reviews]
        kept = [one for one in found if item.reviews.get(one.id) in _REVIEWED]
        crossing = [one for one in item.reading.statements if _crosses(one, block)]
        if judged and len(judged) == len(found) and not crossing:
            yield _case(item.reading.article.text[block.start : block.end], block, kept)


def _spans(one: Statement) -> list[Span]:
    sources = [source.span for source in one.sources if source.span]
    return [*sources, *one.content, *([one.cue] if one.cue else [])]


def _inside(one: Statement, block: Block) -> bool:
    spans = _spans(one)
    return bool(spans) and all(block.start <= s.start and s.end <= block.end for s in spans)


def _crosses(one: Statement, block: Block) -> bool:
    touches = any(s.start < block.end and block.start < s.end for s in _spans(one))
    return touches and not _inside(one, block)


def _case(text: str, block: Block, kept: list[Statement]) -> str:
    """One case; empty where the form, which knows a statement by its cue, cannot hold it."""
    cues = {one.id: _placed(text, one.cue, block) for one in kept if one.cue and one.content}
    if len(cues) < len(kept) or len(set(cues.values())) < len(kept):
        return ""
    lines = ["[[case]]", f"text = {_toml(text)}", "statements = ["]
    for one in kept:
        row: dict[str, Any] = {
            "cue": cues[one.id],
            "source": [source.span.text for source in one.sources if source.span],
            "content": [span.text for span in one.content],
            "type": one.type,
        }
        if one.negated:
            row["negated"] = True
        if one.parent in cues:
            row["parent"] = cues[one.parent]
        fields = ", ".join(f"{key} = {_toml(value)}" for key, value in row.items())
        lines.append(f"  {{ {fields} }},")
    return "\n".join([*lines, "]", "", ""])


def _placed(text: str, cue: Span, block: Block) -> str:
    """A cue's words, with their number where they stand more than once (``said@2``)."""
    from sayso.evaluation.marked import places

    found = [start for start, _ in places(text, cue.text)]
    at = cue.start - block.start
    return f"{cue.text}@{found.index(at) + 1}" if at in found[1:] else cue.text


def _toml(value: Any) -> str:
    """A value as TOML has it: strings, lists and truths are JSON's, but for the character DEL."""
    return json.dumps(clean(value), ensure_ascii=False).replace("\x7f", "\\u007f")
