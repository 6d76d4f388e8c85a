"""The reading of one article carried over to another of the same text: its ids are made anew."""

from typing import Any

import msgspec

from sayso.records import Article, Reading, Span, record_id

_KINDS = ("dates", "statements", "figures", "events", "agreements")
_LETTERS = {"dates": "d", "figures": "f", "events": "e"}
_Cue, _Content = Span | None, tuple[Span, ...]


def carried(reading: Reading, article: Article) -> Reading:
    """What reading an article would give that has the text of one that was read.

    Args:
        reading: that of the other article.
        article: the copy; ``kernel.sameness`` of both is the same.
    """
    plain = msgspec.to_builtins(msgspec.structs.replace(reading, article=article))
    ids = {one["id"]: _id(kind, one, article.id) for kind in _KINDS for one in plain[kind]}
    for kind in (*_KINDS, "actors"):
        plain[kind] = _renamed(plain[kind], ids)
    return msgspec.convert(plain, Reading)


def _id(kind: str, record: dict[str, Any], article: str) -> str:
    """The id that the reader gives a record of an article."""
    if kind == "statements":
        cue, content = (
            msgspec.convert(record[name], type_)
            for name, type_ in (("cue", _Cue), ("content", _Content))
        )
        return record_id("s", article, cue, content)
    if kind == "agreements":
        return record_id("g", article, record["mentions"][0]["start"], record["name"])
    span = record["trigger"] if kind == "events" else record["span"]
    more = (record["type"],) if kind == "events" else ()
    return record_id(_LETTERS[kind], article, span["start"], span["end"], *more)


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    """A record with the ids that it holds under their new names."""
    if isinstance(value, dict):
        return {key: _renamed(item, ids) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(one, ids) for one in value]
    return ids.get(value, value) if isinstance(value, str) else value
