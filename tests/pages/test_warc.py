"""WARC files: every good page comes out, every bad record is counted with its reason."""

import gzip
import io
import random
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
from tests.pages.archives import HTML, SENTENCE, http, packed, page, record

from sayso.pages.warc import Skipped, WarcPage, records

BODY = HTML.format("Army denies firing", SENTENCE).encode()
A, B, C = (page(f"https://gazette.example/{name}") for name in "abc")


def read(data: bytes) -> list[WarcPage | Skipped]:
    return list(records("crawl.warc", io.BytesIO(data)))


def told(data: bytes) -> list[str]:
    """A letter for a good page, the reason for any other record."""
    return [
        found.url.rsplit("/", 1)[1] if isinstance(found, WarcPage) else found.reason
        for found in read(data)
    ]


def test_a_page() -> None:
    (found,) = read(record(http(BODY), url="<https://gazette.example/a>"))
    assert found == WarcPage(
        url="https://gazette.example/a",
        date="2024-05-03T10:20:30Z",
        data=BODY,
        charset="utf-8",
        offset=0,
        record_id="urn:uuid:6b4a3e9c-0000-4000-8000-000000000001",
    )


def test_offsets_lead_to_the_record() -> None:
    first, second = packed(A), packed(B)
    assert [found.offset for found in read(first + second)] == [0, len(first)]
    assert [found.offset for found in read(A + B)] == [0, len(A)]
    # packed as one, the second is told apart by its place in what is unpacked
    assert [found.offset for found in read(gzip.compress(A + B))] == [0, len(A)]


def test_a_page_that_the_crawler_cut_off_says_so() -> None:
    (found,) = read(record(http(BODY), WARC_Truncated="length"))
    assert isinstance(found, WarcPage)
    assert found.cut == "length"


CODINGS = {
    "gzip": http(gzip.compress(BODY), Content_Encoding="gzip"),
    "deflate": http(zlib.compress(BODY), Content_Encoding="deflate"),
    "bare deflate": http(zlib.compress(BODY)[2:-4], Content_Encoding="deflate"),
    "brotli": http(brotli.compress(BODY), Content_Encoding="br"),
    "two upon each other": http(gzip.compress(brotli.compress(BODY)), Content_Encoding="br, gzip"),
    "chunked": http(b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY), Transfer_Encoding="chunked"),
    "gzip that was undone": http(BODY, Content_Encoding="gzip"),
    "chunks that were undone": http(BODY, Transfer_Encoding="chunked"),
    "unknown": http(BODY, Content_Encoding="utf-8"),
    "no type": http(BODY, type=None),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_codings_are_undone(coding: str) -> None:
    (found,) = read(record(CODINGS[coding]))
    assert isinstance(found, WarcPage), found
    assert found.data == BODY


def damaged(member: bytes, at: int) -> bytes:
    return member[:at] + bytes((member[at] ^ 0xFF, member[at + 1] ^ 0xFF)) + member[at + 2 :]


a, b, c = packed(A), packed(B), packed(C)
WRONG = record(http(), url="https://gazette.example/wrong", length=10)
LONG = record(http(), url="https://gazette.example/wrong", length=9_000_000)
BROTLI = {"Content_Encoding": "br"}
HEAD, BLOCK = A.split(b"\r\n\r\n", 1)
FILES: dict[str, tuple[bytes | Callable[[], bytes], list[str]]] = {
    "plain": (A + B + C, ["a", "b", "c"]),
    "gzip": (a + b + c, ["a", "b", "c"]),
    "gzip as one": (gzip.compress(A + B + C), ["a", "b", "c"]),
    "header lines end with LF": (HEAD.replace(b"\r\n", b"\n") + b"\n\n" + BLOCK + B, ["a", "b"]),
    "nothing": (b"", []),
    "damaged member": (a + damaged(b, 40) + c, ["a", "broken_gzip", "c"]),
    "wrong checksum": (a + damaged(b, len(b) - 7) + c, ["a", "broken_gzip", "c"]),
    "member cut short": (a + b[:100] + c, ["a", "broken_gzip", "c"]),
    "member without its beginning": (a + b[2:] + c, ["a", "garbage", "c"]),
    "file cut short": (a + b[:100], ["a", "truncated"]),
    "plain file cut short": (A + B[:-90], ["a", "truncated"]),
    "bytes between": (A + b"\0\xff" * 50_000 + B, ["a", "garbage", "b"]),
    "bytes between members": (a + b"\0\xff" * 50_000 + b, ["a", "garbage", "b"]),
    "too short": (A + WRONG + B, ["a", "wrong_length", "b"]),
    "too long": (A + LONG + B, ["a", "wrong_length", "b"]),
    "too short in a member": (a + packed(WRONG) + b, ["a", "wrong_length", "b"]),
    "too long in a member": (a + packed(LONG) + b, ["a", "wrong_length", "b"]),
    "longer than any": (A + record(http(), length=10**15) + B, ["a", "too_large", "b"]),
    "cut off in its block": (A + B[:-90] + C, ["a", "wrong_length", "c"]),
    "cut off in its header": (A + B[:70] + C, ["a", "broken_header", "c"]),
    "header goes over into another": (A + B[:70] + C[12:] + B, ["a", "broken_header", "b"]),
    "first member damaged": (b"\0\0" + a[2:] + b, ["garbage", "b"]),
    "HTTP header too long": (
        A + record(http(**{f"A-{n}": "b" * 90 for n in range(400)})) + B,
        ["a", "broken_http", "b"],
    ),
    "false beginnings of members": (a + b"\x1f\x8b\x08\0" * 9_000 + b, ["a", "broken_gzip", "b"]),
    "headers without end": (
        A + b"WARC/1.0\r\nWARC-Type: response\r\n" * 3 + B,
        ["a", *["broken_header"] * 3, "b"],
    ),
    "no length": (A + record(http(), length="soon") + B, ["a", "broken_header", "b"]),
    "header without end": (A + b"WARC/1.0\r\nA: b" + b"x" * 99_000, ["a", "broken_header"]),
    "unpacks to nothing but zeros": (
        lambda: a + packed(bytes(80_000_000)) + c,
        ["a", "bomb", "c"],
    ),
    "page bomb": (
        lambda: A + record(http(brotli.compress(bytes(30_000_000), quality=1), **BROTLI)) + B,
        ["a", "too_large", "b"],
    ),
    "broken coding": (
        A + record(http(b"\x1f\x8b\x08\0" + b"\xff" * 300, Content_Encoding="gzip")) + B,
        ["a", "bad_encoding", "b"],
    ),
    "many codings": (
        A + record(http(Content_Encoding=",".join(["gzip"] * 100))) + B,
        ["a", "bad_encoding", "b"],
    ),
    "other records": (
        A
        + record(http(), type="request")
        + record(b"", type="revisit")
        + record(b"1 a", url="dns:gazette.example")
        + record(http(status="404 Not Found"))
        + record(http(type="image/png"))
        + record(http(b"\x89PNG", type=None))
        + record(http(b" "))
        + record(b"no http"),
        ["a", *["not_a_response"] * 3, "status", "not_html", "not_html", "empty", "broken_http"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_read_or_counted(name: str) -> None:
    data, wanted = FILES[name]
    assert told(data() if callable(data) else data) == wanted


def zstd(*records: bytes) -> bytes:
    from fastwarc.stream_io import ZstdWriter

    frames = b""
    for one in records:
        out = io.BytesIO()
        writer = ZstdWriter(out)
        writer.write(one)
        writer.close()
        frames += out.getvalue()
    return frames


def test_zstandard() -> None:
    first, second = zstd(A), zstd(B)
    assert told(first + second) == ["a", "b"]
    # what is unpacked in one go with a broken frame is lost with it
    assert told(first + damaged(second, 100) + zstd(C)) == ["broken_zstd", "c"]


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """``data`` with a byte changed, bytes left out or put in, or its end cut off."""
    at = chance.randrange(len(data))
    some = chance.randrange(1, 60)
    return chance.choice(
        (
            data[:at] + bytes((data[at] ^ chance.randrange(1, 256),)) + data[at + 1 :],
            data[:at] + data[at + some :],
            data[:at] + chance.randbytes(some) + data[at:],
            data[:at],
        )
    )


@pytest.mark.parametrize("pack", [packed, b"".join], ids=["gzip", "plain"])
def test_whatever_is_damaged_the_others_are_read(pack: Callable[..., bytes]) -> None:
    chance = random.Random(8)
    pages = [page(f"https://gazette.example/{n}", "word " * 37 * n) for n in range(9)]
    parts = [packed(one) if pack is packed else one for one in pages]
    for _ in range(300):
        hit = set(chance.sample(range(9), k=2))
        found = told(b"".join(spoilt(p, chance) if n in hit else p for n, p in enumerate(parts)))
        assert {str(n) for n in range(9) if n not in hit} <= set(found)
        # what is missing is told
        assert len(set(found) & set("012345678")) == 9 or set(found) - set("012345678")


def test_many_false_beginnings_cost_no_more_than_the_file() -> None:
    inner = a[:-8] * 200  # each unpacks to a record, none is whole
    assert told(inner + b)[-1] == "b"
