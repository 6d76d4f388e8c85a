"""What a person changed in the form of a claim, as corrections of its fields."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sayso.errors import OptionError
from sayso.records import Span, Statement

#: A correction: the field, and its value as ``Ledger.review`` takes it.
Correction = tuple[str, Any]


def corrections(statement: Statement, form: Mapping[str, str]) -> Iterator[Correction]:
    """The fields that a form has otherwise than the statement.

    Args:
        statement: as it stands.
        form: ``type``; ``negated`` (``yes`` or empty); ``source``, ``cue`` and ``content`` as
            offsets ``12-20``, several after each other; ``actor``, whose id the source's words
            lead to; ``parent``, the statement that relays it; ``date``.

    Raises:
        OptionError: offsets are none.
    """
    if form.get("type", statement.type) != statement.type:
        yield "type", form["type"]
    negated = form.get("negated", "") == "yes"
    if "type" in form and negated != statement.negated:
        yield "negated", negated
    yield from _sources(statement, form)
    if "cue" in form and form["cue"] != written([statement.cue] if statement.cue else []):
        spans = _spans("cue", form["cue"])
        yield "cue", spans[0] if spans else None
    if "content" in form and form["content"] != written(statement.content):
        yield "content", _spans("content", form["content"])
    if "parent" in form and (form["parent"] or None) != statement.parent:
        yield "parent", form["parent"] or None
    held = statement.date.value if statement.date else ""
    if "date" in form and form["date"].strip() != held:
        value = form["date"].strip()
        yield "date", {"value": value, "id": None} if value else None


def _sources(statement: Statement, form: Mapping[str, str]) -> Iterator[Correction]:
    """Its sources, where their words or whom they lead to changed."""
    if "source" not in form:
        return
    held = list(statement.sources)
    words = written([source.span for source in held if source.span])
    actor = form.get("actor", "") or None
    first = held[0].actor if held else None
    if form["source"] == words and actor == first:
        return
    spans = _spans("source", form["source"])
    kinds = [source.kind for source in held] or ["named"]
    yield (
        "sources",
        [
            {
                "span": span,
                "actor": actor if place == 0 else _actor(held, span),
                "kind": kinds[min(place, len(kinds) - 1)],
            }
            for place, span in enumerate(spans or ([None] if actor else []))
        ],
    )


def _actor(held: list[Any], span: dict[str, int] | None) -> str | None:
    """Whom the words of a further source led to before."""
    for source in held:
        if (
            span
            and source.span
            and (source.span.start, source.span.end) == (span["start"], span["end"])
        ):
            return msgspec.convert(source.actor, str | None)
    return None


def written(spans: Any) -> str:
    """Spans as a form has them: ``12-20 31-40``."""
    return " ".join(f"{span.start}-{span.end}" for span in spans if isinstance(span, Span))


def _spans(field: str, text: str) -> list[dict[str, int]]:
    found = []
    for part in text.split()[:50]:
        start, _, end = part.partition("-")
        if not (start.isdecimal() and end.isdecimal() and len(part) < 30):
            raise OptionError(f"{field}: {part}: offsets are written as 12-20")
        found.append({"start": int(start), "end": int(end)})
    return found
