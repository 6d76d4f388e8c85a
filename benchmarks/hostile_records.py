"""Hostile records for a WARC file, each kind with what may become of one."""

import base64
import gzip
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]

READ = "read"

_SENTENCE = "The army of Tamor said on Friday that it had not fired at the dam of Orlo, number {}."
_N = 50_000


def story(number: int) -> str:
    """The body of a good page; its sentences are found again by the number."""
    lines = (f"<p>{_SENTENCE.format(number)} This is line {line}.</p>" for line in range(8))
    return f"<h1>Army denies firing at dam {number}</h1>{''.join(lines)}"


def http(body: bytes, type: str = "text/html; charset=utf-8", *headers: str) -> bytes:
    """An HTTP response."""
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {type}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes, number: int, length: int | str | None = None) -> bytes:
    """A response record; ``length`` is what it says of its length, where that is not true."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://gazette.example/2024/05/03/army-denies-firing-{number}\r\n"
        f"WARC-Date: 2024-05-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(body: str, number: int, *headers: str) -> bytes:
    """A gzip member of a record of an HTML page."""
    html = f"<html><head><title>Gazette</title></head><body>{body}</body></html>"
    return gzip.compress(record(http(html.encode(), "text/html", *headers), number), 1)


class Kind(NamedTuple):
    """Hostile records of one kind.

    Attributes:
        weight: how many of them there are for each of the others.
        make: from a number and a source of chance to the bytes in the file.
        outcomes: what may become of one: ``READ``, its article found, or names of reasons.
    """

    weight: int
    make: Callable[[int, random.Random], bytes]
    outcomes: tuple[str, ...]


def _body(weight: int, make: Callable[[int], str], *outcomes: str) -> Kind:
    return Kind(weight, lambda n, _: page(make(n), n), outcomes)


def _coded(coding: str, pack: Callable[[bytes], bytes], body: bytes, *outcomes: str) -> Kind:
    def make(number: int, chance: random.Random) -> bytes:
        block = http(pack(body), "text/html", f"Content-Encoding: {coding}")
        return gzip.compress(record(block, number), 1)

    return Kind(4, make, outcomes)


def _length(length: int | str, *outcomes: str) -> Kind:
    def make(number: int, chance: random.Random) -> bytes:
        return gzip.compress(record(http(story(number).encode()), number, length))

    return Kind(6, make, outcomes)


def _damaged(number: int, chance: random.Random) -> bytes:
    member = bytearray(page(story(number), number))
    # the bytes before are a header that no checksum covers
    for _ in range(4):
        member[chance.randrange(12, len(member) - 8)] ^= chance.randrange(1, 256)
    return bytes(member)


def _cut(number: int, chance: random.Random) -> bytes:
    member = page(story(number), number)
    return member[: chance.randrange(30, len(member) - 10)]


def _noise(number: int, chance: random.Random) -> bytes:
    return gzip.compress(record(http(chance.randbytes(30_000), "text/html"), number))


def _picture(number: int, chance: random.Random) -> bytes:
    data = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + chance.randbytes(20_000)
    return gzip.compress(record(http(data, "text/html"), number))


def _charset(charset: str, encode: str) -> Kind:
    def make(number: int, chance: random.Random) -> bytes:
        body = (
            f"<html><body>{story(number)}<p>Größe, naïveté: “so”, the mayor said.</p></body></html>"
        )
        block = http(body.encode(encode, "replace"), f"text/html; charset={charset}")
        return gzip.compress(record(block, number))

    return Kind(8, make, (READ,))


_ATTRIBUTES = "<div " + " ".join(f"a{number}='>'" for number in range(100_000)) + ">"
_FEW = "".join(f" {letter}" for letter in "abcdefghijklmn")
_PICTURE = base64.b64encode(bytes(11 * 10**6)).decode()
_DEEP = ("div", "blockquote", "x-a", "table><tr><td", "ul><li", "section", "span", "h1", "svg")
_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

KINDS: dict[str, Kind] = {
    # the archive
    "gzip member damaged": Kind(20, _damaged, ("broken_gzip",)),
    "gzip member cut short": Kind(20, _cut, ("broken_gzip",)),
    "gzip member of zeros": Kind(2, lambda n, _: _PACKED["zeros"], ("bomb",)),
    "record of zeros": Kind(2, lambda n, _: _PACKED["record"], ("bomb",)),
    "bytes between": Kind(8, lambda n, chance: chance.randbytes(5_000), ("garbage",)),
    "not a record": Kind(8, lambda n, chance: gzip.compress(b"Hello"), ("garbage",)),
    "length too short": _length(10, "wrong_length"),
    "length too long": _length(9_000_000, "wrong_length"),
    "length beyond all": _length(10**15, "too_large"),
    "length negative": _length(-1, "broken_header"),
    "no length": _length("soon", "broken_header"),
    "no HTTP": Kind(6, lambda n, _: gzip.compress(record(b"\0\1\2", n)), ("broken_http",)),
    # codings
    "gzip bomb": _coded("gzip", lambda body: _PACKED["gzip"], b"", "too_large"),
    "gzip bomb in gzip": _coded("gzip, gzip", lambda body: _PACKED["twice"], b"", "too_large"),
    "brotli bomb": _coded("br", lambda body: _PACKED["br"], b"", "too_large"),
    "deflate bomb": _coded("deflate", lambda body: _PACKED["deflate"], b"", "too_large"),
    "broken gzip": _coded("gzip", bytes, b"\x1f\x8b\x08" + b"\xff" * 999, "bad_encoding"),
    "broken brotli": _coded("br", bytes, b"\xff" * 999, "bad_encoding"),
    "broken chunks": Kind(
        6,
        lambda n, _: gzip.compress(
            record(http(b"5\r\nhello\r\nzz", "text/html", "Transfer-Encoding: chunked"), n)
        ),
        ("bad_encoding",),
    ),
    "a hundred codings": _coded(", ".join(["gzip"] * 100), bytes, b"x", "bad_encoding"),
    # what is no text
    "noise as HTML": Kind(10, _noise, ("binary", "no_text")),
    "picture as HTML": Kind(10, _picture, ("binary", "no_text")),
    "NUL bytes among text": Kind(
        8,
        lambda n, _: page(story(n).replace(" is line", "\0 is line"), n),
        (READ,),
    ),
    "nothing but NUL bytes": _body(4, lambda n: "\0" * 100_000, "binary", "no_text"),
    "UTF-16 said to be UTF-8": _charset("utf-8", "utf-16"),
    "Latin-1 said to be UTF-8": _charset("utf-8", "cp1252"),
    "UTF-8 said to be Big5": _charset("big5", "utf-8"),
    "no such charset": _charset("x-none-of-them", "utf-8"),
    # markup
    **{
        f"{_N:,} nested <{tag}>": _body(
            3, lambda n, tag=tag: f"<{tag}>" * _N + story(n), READ  # type: ignore[misc]
        )
        for tag in _DEEP
    },
    "50,000 nested and closed <div>": _body(
        3, lambda n: "<div>" * _N + story(n) + "</div>" * _N, READ
    ),
    "200,000 unclosed <p>": _body(2, lambda n: story(n) + "<p>" * 200_000, READ),
    "200,000 unclosed <p> of text": _body(1, lambda n: "<p>A dam." * 200_000, "no_text"),
    "attribute of 10 MB": _body(3, lambda n: f"<div data-x='{'a' * 10**7}'>{story(n)}", READ),
    "class of 10 MB": _body(3, lambda n: f"<div class='{'date ' * 2 * 10**6}'>{story(n)}", READ),
    "100,000 attributes": _body(
        3, lambda n: f"<div {' '.join(f'a{i}=1' for i in range(100_000))}>{story(n)}", READ
    ),
    "100,000 attributes with >": _body(
        1, lambda n: _ATTRIBUTES + story(n), "timeout"
    ),
    "6,000,000 unclosed <p>": _body(2, lambda n: "<p>" * 6 * 10**6 + story(n), READ),
    "4,000,000 <p> of a word": _body(1, lambda n: story(n) + "<p>No" * 4 * 10**6, "too_many_tags"),
    "6,700,000 attributes": _body(
        1, lambda n: story(n) + f"<p{_FEW}>No" * 480_000, "memory"
    ),
    "entity bomb": Kind(
        6,
        lambda n, _: gzip.compress(
            record(
                http(
                    f'<?xml version="1.0"?><!DOCTYPE h [<!ENTITY l0 "l">{_ENTITIES}]>'
                    f"<html><body><p>&l9;</p>{story(n)}</body></html>".encode()
                ),
                n,
            )
        ),
        (READ,),
    ),
    "XML declaration, DOCTYPE, one paragraph": Kind(
        6,
        lambda n, _: gzip.compress(
            record(
                http(
                    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC '
                    '"-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/strict.dtd">'
                    f"<html><body><p>{_SENTENCE.format(n)}</p></body></html>".encode()
                ),
                n,
            )
        ),
        (READ,),
    ),
    "100,000 <meta> refresh": _body(
        2, lambda n: "<meta http-equiv=refresh content='0;url=/a'>" * 100_000 + story(n), READ
    ),
    "JSON-LD nested 100,000 deep": _body(
        4,
        lambda n: f'<script type="application/ld+json">{"[" * 100_000}</script>{story(n)}',
        READ,
    ),
    "10 MB of spaces": _body(2, lambda n: f"<p>{' ' * 10**7}</p>{story(n)}", READ),
    "5 MB of <": _body(2, lambda n: story(n) + "<" * 5 * 10**6, READ),
    "300,000 links": _body(
        1, lambda n: "<a href=/x>link</a> " * 300_000 + story(n), "too_many_tags"
    ),
    "120,000 links": _body(1, lambda n: "<a href=/x>link</a> " * 120_000 + story(n), READ),
    "1,350,000 <i>": _body(1, lambda n: story(n) + "<i>x</i>" * 1_350_000, "too_many_tags"),
    "more than 20 MB": _body(1, lambda n: story(n) + "<p>A dam.</p>" * 1_700_000, "too_large"),
    "picture in the page of 15 MB": _body(
        2,
        lambda n: f"<img src='data:image/png;base64,{_PICTURE}'>{story(n)}",
        READ,
    ),
}  # fmt: skip

_PACKED: dict[str, bytes] = {}


def _pack() -> None:
    """The bombs, packed once."""
    zeros, filled = bytes(300_000_000), b"<p>A dam.</p>" * 20_000_000
    _PACKED["zeros"] = gzip.compress(zeros, 6)
    _PACKED["record"] = gzip.compress(record(http(zeros), 0), 6)
    _PACKED["gzip"] = gzip.compress(filled, 6)
    _PACKED["twice"] = gzip.compress(_PACKED["gzip"])
    _PACKED["deflate"] = zlib.compress(filled, 6)
    _PACKED["br"] = brotli.compress(filled, quality=1)


def write(path: Path, count: int) -> dict[int, tuple[str, int]]:
    """Write the file; for the offset of each record its kind (empty if it is good) and number."""
    chance = random.Random(8)
    _pack()
    whole = sum(kind.weight for kind in KINDS.values())
    hostile = [
        name for name, kind in KINDS.items() for _ in range(max(1, kind.weight * count // whole))
    ]
    hostile += chance.choices(["gzip member damaged", "length too short"], k=count - len(hostile))
    chance.shuffle(hostile)
    at: dict[int, tuple[str, int]] = {}
    with path.open("wb") as out:
        for number, name in enumerate(hostile):
            at[out.tell()] = name, number
            out.write(KINDS[name].make(number, chance))
            at[out.tell()] = "", count + number
            out.write(page(story(count + number), count + number))
    _PACKED.clear()
    return at
