"""A reading and its text as few bytes, and back.

A packed reading is JSON (UTF-8) under zlib. In it a span is ``[start, end]``, a mention
``[start, end, form]``. Left out are fields that are null, false or empty, ids that follow from what
they name (``_ids``), and the article's text, which is packed by itself. ``packing-1.txt`` is the
dictionary that zlib starts from (RFC 1950): what readings hold most, the most frequent last; it
must stay as it is. The first byte is the number of the form.
"""

import re
import zlib
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from sayso.records import Reading, Statement, record_id

#: The forms: ids as they are, or ``"actor-3"`` for the id of the fourth actor, where it follows.
_WHOLE, _PLACED = 1, 2
_ACTOR, _PLACE = re.compile(rb'"actor-[0-9a-f]{16}"'), re.compile(rb'"actor-(\d{1,6})"')


@cache
def _dictionary() -> bytes:
    return (resources.files(__package__) / "packing-1.txt").read_bytes()


def pack(reading: Reading) -> bytes:
    """The reading without its text; ``unpack`` gives it back."""
    plain = msgspec.to_builtins(reading)
    for record, id in _ids(plain):
        if record["id"] == id:
            del record["id"]
    plain = _shrunk(plain)
    plain["article"].pop("text", None)
    data, form = msgspec.json.encode(plain), _WHOLE
    if not _PLACE.search(data):  # else the text itself holds such words
        form = _PLACED
        places = {
            f'"{actor.id}"'.encode(): f'"actor-{place}"'.encode()
            for place, actor in enumerate(reading.actors)
            if "id" not in plain["actors"][place]
        }
        data = _ACTOR.sub(lambda id: places.get(id[0], id[0]), data)
    packer = zlib.compressobj(level=6, zdict=_dictionary())
    return bytes([form]) + packer.compress(data) + packer.flush()


def unpack(data: bytes, text: str) -> Reading:
    """The reading that was packed, of an article with this ``text``."""
    plain = _grown(msgspec.json.decode(_inflated(data)), text)
    plain["article"]["text"] = text
    _restore(plain)
    for record, id in _ids(plain):
        record.setdefault("id", id)
    return msgspec.convert(plain, Reading)


def _ids(plain: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Records of a reading with the id that the reader gives to most of their like."""
    article = plain["article"]["id"]
    for actor in plain.get("actors", ()):
        yield actor, record_id("actor", actor["name"], actor["kind"])
    for kind, prefix in (("figures", "f"), ("dates", "d")):
        for record in plain.get(kind, ()):
            span = record["span"]
            yield record, record_id(prefix, article, span["start"], span["end"])
    for event in plain.get("events", ()):
        span = event["trigger"]
        yield event, record_id("e", article, span["start"], span["end"], event["type"])


def _inflated(data: bytes) -> bytes:
    """A packed reading as JSON with whole ids."""
    held = zlib.decompressobj(zdict=_dictionary()).decompress(data[1:])
    if data[0] == _WHOLE:
        return held
    actors = msgspec.json.decode(held, type=_Actors).actors
    ids = [f'"{record_id("actor", actor.name, actor.kind)}"'.encode() for actor in actors]
    return _PLACE.sub(lambda place: ids[int(place[1])], held)


def pack_text(text: str) -> bytes:
    """A text, packed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack_text(data: bytes) -> str:
    """The text that was packed.

    Raises:
        zlib.error: the bytes are damaged.
    """
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


class _Actor(msgspec.Struct):
    name: str
    kind: str


class _Actors(msgspec.Struct):
    """The part of a packed reading that ``_inflated`` looks at."""

    actors: list[_Actor] = []


class _Statements(msgspec.Struct):
    """The part of a packed reading that ``statements`` looks at."""

    statements: list[dict[str, Any]] = []


def statements(data: bytes, text: str, ids: Collection[str]) -> list[Statement]:
    """Some of a packed reading's statements; quicker than unpacking all of it."""
    held = msgspec.json.decode(_inflated(data), type=_Statements).statements
    found = [_grown(one, text) for one in held if one["id"] in ids]
    _restore({"statements": found})
    return msgspec.convert(found, list[Statement])


def _shrunk(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == _SPAN:
            return [value["start"], value["end"]]
        if value.keys() == _MENTION:
            return [value["start"], value["end"], value["form"]]
        return {
            key: _shrunk(item) if isinstance(item, _NESTED) else item
            for key, item in value.items()
            if item is not None and item is not False and item != [] and item != ()
        }
    return [_shrunk(item) if isinstance(item, _NESTED) else item for item in value]


_SPAN, _MENTION = {"start", "end", "text"}, {"start", "end", "text", "form"}
_NESTED = (dict, list, tuple)


def _grown(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _grown(item, text) for key, item in value.items()}
    if isinstance(value, list):
        if value and isinstance(value[0], int):
            start, end, *form = value
            span = {"start": start, "end": end, "text": text[start:end]}
            return span | {"form": form[0]} if form else span
        return [_grown(item, text) for item in value]
    return value


#: Required fields of each record that packing leaves out where they are null, false or empty.
_REQUIRED: dict[str, dict[str, Any]] = {
    "statements": {"sources": [], "cue": None, "negated": False, "content": []},
    "figures": {"value": None, "low": None, "high": None},
    "events": {"type": None},
}


def _restore(plain: dict[str, Any]) -> None:
    for kind, fields in _REQUIRED.items():
        for record in plain.get(kind, ()):
            for field, empty in fields.items():
                record.setdefault(field, empty)
    for statement in plain.get("statements", ()):
        for source in statement["sources"]:
            source.setdefault("span", None)
            source.setdefault("actor", None)
