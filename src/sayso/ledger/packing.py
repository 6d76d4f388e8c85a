"""A reading and its text as few bytes, and back.

A packed reading is JSON (UTF-8) under zlib. In it a span is ``[start, end]``, a mention
``[start, end, form]``, fields that are null, false or empty are left out, and so is the article's
text, which is packed by itself. ``packing-1.txt`` is the dictionary that zlib starts from (RFC
1950): what readings hold most, the most frequent last. It must stay as it is; another one gets
another number, which is the first byte of what is packed with it.
"""

import zlib
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from sayso.records import Reading, Statement

_DICTIONARY = 1


@cache
def _dictionary(number: int) -> bytes:
    return (resources.files(__package__) / f"packing-{number}.txt").read_bytes()


def pack(reading: Reading) -> bytes:
    """The reading without its text; ``unpack`` gives it back."""
    plain = _shrunk(msgspec.to_builtins(reading))
    plain["article"].pop("text", None)
    packer = zlib.compressobj(level=6, zdict=_dictionary(_DICTIONARY))
    packed = packer.compress(msgspec.json.encode(plain)) + packer.flush()
    return bytes([_DICTIONARY]) + packed


def unpack(data: bytes, text: str) -> Reading:
    """The reading that was packed, of an article with this ``text``."""
    plain = _grown(msgspec.json.decode(_inflated(data)), text)
    plain["article"]["text"] = text
    _restore(plain)
    return msgspec.convert(plain, Reading)


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj(zdict=_dictionary(data[0])).decompress(data[1:])


def pack_text(text: str) -> bytes:
    """A text, packed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack_text(data: bytes) -> str:
    """The text that was packed.

    Raises:
        zlib.error: the bytes are damaged.
    """
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


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
