"""The reading of one article carried over to another of the same body, under its own headline.

What reading the copy itself would give, but for what its headline says and what follows from its
publisher: the text is the same from the first paragraph on, and so is the day against which dates
are read. Spans are moved by the difference of the headlines, ids are made anew from the copy's.
"""

from typing import Any

import msgspec

from sayso.crawl.kernel import body_start
from sayso.records import Article, Reading, Span, record_id

_KINDS = ("dates", "statements", "figures", "events", "agreements")
_Cue, _Content = Span | None, tuple[Span, ...]


def carried(reading: Reading, article: Article) -> Reading:
    """The reading of an article that has the same body as the one that was read.

    Args:
        reading: that of the other article.
        article: the copy; ``kernel.body_of`` both is the same.
    """
    first = body_start(reading.article)
    move = body_start(article) - first
    same = move == 0 and reading.article.text == article.text
    plain = msgspec.to_builtins(msgspec.structs.replace(reading, article=article))
    mover = _Mover(0 if same else first, move)
    ids: dict[str, str] = {}
    for kind in _KINDS:
        kept = [moved for one in plain[kind] if (moved := mover.record(one)) is not None]
        plain[kind] = kept
        for one in kept:
            ids[one["id"]] = _id(kind, one, article.id)
    plain["actors"] = [moved for one in plain["actors"] if (moved := mover.actor(one)) is not None]
    known = ids.keys() | {one["id"] for one in plain["actors"]}
    dropped = {one.id for kind in (*_KINDS, "actors") for one in getattr(reading, kind)} - known
    for kind in (*_KINDS, "actors"):
        plain[kind] = [_renamed(one, ids, dropped) for one in plain[kind]]
    return msgspec.convert(plain, Reading)


class _Mover:
    """Moves spans after the headline; what stands in the headline stays behind.

    Args:
        first: the first character after the headline of the article that was read.
        move: how many characters later the copy's body begins.
    """

    def __init__(self, first: int, move: int) -> None:
        self._first = first
        self._move = move

    def record(self, value: Any) -> Any:
        """A record with its spans moved; None where any of them stands in the headline."""
        try:
            return self._moved(value)
        except _InHeadline:
            return None

    def actor(self, actor: dict[str, Any]) -> dict[str, Any] | None:
        """An actor with those of its mentions that are in the body; None where none is."""
        mentions = [m for m in actor["mentions"] if m["start"] >= self._first]
        roles = [
            {**role, "span": None} if self._above(role["span"]) else role for role in actor["roles"]
        ]
        if not mentions and actor["mentions"]:
            return None
        moved: dict[str, Any] = self._moved({**actor, "mentions": mentions, "roles": roles})
        return moved

    def _above(self, span: dict[str, Any] | None) -> bool:
        return span is not None and span["start"] < self._first

    def _moved(self, value: Any) -> Any:
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                if value["start"] < self._first:
                    raise _InHeadline
                place = {"start": value["start"] + self._move, "end": value["end"] + self._move}
                return {**value, **place}
            return {key: self._moved(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._moved(item) for item in value]
        return value


class _InHeadline(Exception):
    """A span stands in the headline of the article that was read."""


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
    letter = {"dates": "d", "figures": "f", "events": "e"}[kind]
    return record_id(letter, article, span["start"], span["end"], *more)


def _renamed(value: Any, ids: dict[str, str], dropped: set[str]) -> Any:
    """A record with the ids that it holds under their new names, without those that are gone."""
    if isinstance(value, dict):
        return {key: _renamed(item, ids, dropped) for key, item in value.items()}
    if isinstance(value, list | tuple):
        kept = (one for one in value if not (isinstance(one, str) and one in dropped))
        return [_renamed(one, ids, dropped) for one in kept]
    if isinstance(value, str):
        return None if value in dropped else ids.get(value, value)
    return value
