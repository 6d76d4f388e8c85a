"""The HTML body of an HTTP response as an archive holds it, its codings undone and bounded."""

import re
import zlib
from io import BytesIO
from typing import Any, NamedTuple

from sayso.pages.reasons import Reason
from sayso.pages.webpage import MAX_PAGE

#: Bytes of a block of header lines: what fastwarc takes.
MAX_HEADER = 32 * 1024
#: Content codings laid upon each other.
MAX_CODINGS = 4
#: Gzip members of one body that are looked at.
MAX_MEMBERS = 64

END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,16}[ \t]{0,8}(?:;[^\r\n]{0,200})?\r\n")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|title|meta|article|p|div|h1)\b", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})""", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")
#: Types that say nothing: the body is looked at.
_UNTYPED = ("", "application/octet-stream", "unknown", "unknown/unknown", "none")


class BadPayload(Exception):
    """A response that gives no page.

    Args:
        reason: the name of the reason.
        detail: more of it, in words.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail


class Body(NamedTuple):
    """A page's bytes, the character set that came with them, and why they end early, if so."""

    data: bytes
    charset: str | None
    cut: str | None


class _Ended(Exception):
    """The body ends before its coding does; what came until then is the argument."""


def headers_of(head: bytes) -> Any:
    """A block of header lines as fastwarc parses them; empty where it cannot be parsed."""
    from fastwarc.warc import HeaderMap

    headers = HeaderMap("utf-8")
    # some writers end lines with LF alone
    lines = head.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        headers.parse(BytesIO(lines))
    except OSError:
        return HeaderMap("utf-8")
    return headers


def response(block: bytes) -> Body:
    """The page in the block of a ``response`` record.

    Raises:
        BadPayload: it is no page, or cannot be unpacked.
    """
    if not block.strip():
        raise BadPayload("empty", "no response")
    end = END_OF_HEADER.search(block, 0, MAX_HEADER)
    if not block.startswith(b"HTTP/") or not end:
        raise BadPayload("broken_http", "no HTTP header")
    headers = headers_of(block[: end.end()])
    status = headers.status_code
    if status is None:
        raise BadPayload("broken_http", "no HTTP status")
    if status not in (200, 203):
        raise BadPayload("status", str(status))
    stated = headers.get("Content-Type") or ""
    _refuse_other(stated)
    data, cut = _decoded(headers, block[end.end() :])
    return Body(_looked_at(stated, data), _charset(stated), cut)


def resource(stated: str | None, block: bytes) -> Body:
    """The page in the block of a ``resource`` record, which holds the body alone.

    Raises:
        BadPayload: it is no page.
    """
    _refuse_other(stated or "")
    return Body(_looked_at(stated or "", block), _charset(stated or ""), None)


def _refuse_other(stated: str) -> None:
    kind = stated.partition(";")[0].strip().lower()
    if kind not in _HTML and kind not in _UNTYPED:
        raise BadPayload("not_html", kind[:60])


def _looked_at(stated: str, data: bytes) -> bytes:
    if len(data) > MAX_PAGE:
        raise BadPayload("too_large", f"more than {MAX_PAGE // 2**20} MB")
    if not data.strip():
        raise BadPayload("empty", "no body")
    if stated.partition(";")[0].strip().lower() in _UNTYPED and not _is_markup(data):
        raise BadPayload("not_html", "no type, and does not begin as HTML does")
    return data


def _charset(stated: str) -> str | None:
    match = _CHARSET.search(stated[:300])
    return match[1] if match else None


def _decoded(headers: Any, data: bytes) -> tuple[bytes, str | None]:
    """The body without its codings, and why it ends early.

    Some crawlers keep the headers of codings that they have undone: a body that is no such coding
    and begins as HTML does is left as it is.
    """
    codings = [
        coding.strip().lower()
        for name in ("Content-Encoding", "Transfer-Encoding")
        for value in headers.get_multiple(name)
        for coding in value.split(",")
    ]
    codings = [coding for coding in codings if coding not in ("", "identity", "none")]
    if len(codings) > MAX_CODINGS:
        raise BadPayload("bad_encoding", f"{len(codings)} codings upon each other")
    cut = None
    for coding in reversed(codings):
        if _is_markup(data) and not (coding == "chunked" and _CHUNK.match(data)):
            continue
        try:
            data = _undone(coding, data)
        except _Ended as ended:
            data, cut = ended.args[0], "ended early"
            if not data:
                raise BadPayload("bad_encoding", f"{coding}: ends early") from ended
        except (OSError, zlib.error) as error:
            raise BadPayload("bad_encoding", f"{coding}: {error}") from error
    return data, cut


def _is_markup(data: bytes) -> bool:
    return bool(_MARKUP.search(data[:2000])) and b"\0" not in data[:2000]


def _undone(coding: str, data: bytes) -> bytes:
    """``data`` without one coding; a byte more than ``MAX_PAGE`` at most.

    Raises:
        _Ended: the data ends before its coding does.
        OSError: the data is no such coding, or is broken.
        zlib.error: as ``OSError``.
    """
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflated(coding, data)
    from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

    readers = {"br": BrotliReader, "zstd": ZstdReader, "chunked": ChunkedReader}
    if coding not in readers:
        raise OSError("no coding that is known")
    read = readers[coding](BytesIO(data)).read
    pieces: list[bytes] = []
    size = 0
    try:
        while size <= MAX_PAGE and (piece := read(min(64 * 1024, MAX_PAGE + 1 - size))):
            pieces.append(piece)
            size += len(piece)
    except OSError as error:
        if "unexpected end" in str(error) or "incomplete" in str(error):
            raise _Ended(b"".join(pieces)) from error
        raise
    return b"".join(pieces)


def _inflated(coding: str, data: bytes) -> bytes:
    try:
        return _unpacked(data, 47)
    except zlib.error:
        # some servers send deflate without the envelope of zlib
        if coding != "deflate":
            raise
        return _unpacked(data, -15)


def _unpacked(data: bytes, window: int) -> bytes:
    unpack = zlib.decompressobj(window)
    out = unpack.decompress(data, MAX_PAGE + 1)
    for _ in range(MAX_MEMBERS):
        data = unpack.unused_data
        if not unpack.eof or not data.startswith(b"\x1f\x8b") or len(out) > MAX_PAGE:
            break
        unpack = zlib.decompressobj(window)
        out += unpack.decompress(data, MAX_PAGE + 1 - len(out))
    if not unpack.eof and len(out) <= MAX_PAGE:
        raise _Ended(out)
    return out
