"""WARC files (ISO 28500): the HTML pages in them, and what became of the rest.

fastwarc parses headers and undoes transfer and content codings; where a record begins and ends is
found here, so that a wrong length, a broken gzip member or a bomb costs that record alone.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any, NamedTuple

from sayso.pages.members import BrokenMember, Gap, Member, members
from sayso.pages.payload import (
    END_OF_HEADER,
    MAX_HEADER,
    BadPayload,
    headers_of,
    resource,
    response,
)
from sayso.pages.reasons import Reason
from sayso.pages.webpage import MAX_PAGE

#: Bytes of a record above which it is not looked into: a page as large as may be, and its headers.
MAX_RECORD = MAX_PAGE + 1024 * 1024

_BEGIN = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
#: Where the next record is looked for after damage: its first line and the name of a field.
_NEXT = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n[A-Za-z-]{4,40}:")
#: What stands between a record and the next, or the end.
_BETWEEN = re.compile(rb"[\r\n]*(?:$|WARC/)")
_BLANK = re.compile(rb"[\r\n]*")
#: Where a header ends, or another begins.
_STOP = re.compile(END_OF_HEADER.pattern + b"|" + _NEXT.pattern)
#: Fields that a header has once.
_SINGLE = ("WARC-Type", "WARC-Target-URI", "WARC-Record-ID", "WARC-Date", "Content-Length")
#: Types of records that hold pages.
_PAGES = ("response", "resource")


class WarcPage(NamedTuple):
    """An HTML page out of an archive.

    Attributes:
        url: its address (WARC-Target-URI), http or https.
        date: when it was captured (WARC-Date): ISO 8601, UTC, to the second; empty if not stated.
        data: the HTTP body, its transfer and content codings undone, at most ``MAX_PAGE`` bytes.
        charset: the character set that the HTTP header states.
        offset: where the record begins, in bytes of the file; of a record that is packed together
            with those before it, where its member begins, and from there the bytes unpacked.
        record_id: WARC-Record-ID, without its angle brackets.
        cut: why the crawler cut the page off (WARC-Truncated), if it did.
        altered: whether the record's bytes are other than WARC-Block-Digest says.
    """

    url: str
    date: str
    data: bytes
    charset: str | None
    offset: int
    record_id: str
    cut: str | None = None
    altered: bool = False


class Skipped(NamedTuple):
    """A record that gives no page.

    Attributes:
        url: its address, where it has one.
        offset: as of ``WarcPage``.
        reason: the name of the reason.
        detail: more of it, in words; may be empty.
    """

    url: str | None
    offset: int
    reason: Reason
    detail: str = ""


def records(name: str, stream: IO[bytes]) -> Iterator[WarcPage | Skipped]:
    """Every record of a WARC file in order: its page, or why it gives none.

    The file is plain, gzip (a member a record, or packed as one), Zstandard or LZ4. After damage
    the next whole record is looked for; each stretch that is lost is one ``Skipped``. Memory is
    bounded by ``MAX_RECORD``, whatever the file holds.

    Args:
        name: the file, for messages.
        stream: the file from its first byte; it need not be seekable.

    Raises:
        OSError: the file itself cannot be read.
    """
    for member in members(stream):
        if isinstance(member, Gap):
            yield Skipped(None, member.offset, "garbage", f"{member.size:,} bytes of no record")
        else:
            yield from _Records(member)


class _Records:
    """The records of one member."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._held = bytearray()
        self._at = 0  # of the first held byte, in bytes unpacked
        self._ended = False
        self._url: str | None = None  # of the record that is being read

    def __iter__(self) -> Iterator[WarcPage | Skipped]:
        offset = self._member.offset
        try:
            while self._skip_blank():
                self._url = None
                offset = self._member.offset + self._at
                yield self._record(offset)
        except BrokenMember as broken:
            yield Skipped(self._url, offset, broken.reason, broken.detail)

    def _fill(self, size: int) -> bool:
        """Hold ``size`` bytes; whether there are as many."""
        while len(self._held) < size and not self._ended:
            data = self._member.read()
            self._ended = not data
            self._held += data
        return len(self._held) >= size

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self._at += size

    def _skip_blank(self) -> bool:
        """Drop the empty lines between records; whether anything follows."""
        while self._fill(1):
            blank = _BLANK.match(self._held).end()  # type: ignore[union-attr]
            self._drop(blank)
            if self._held:
                return True
        return False

    def _record(self, offset: int) -> WarcPage | Skipped:
        self._fill(16)
        if not _BEGIN.match(self._held):
            size = self._to_next(0)
            return Skipped(None, offset, "garbage", f"{size:,} bytes of no record")
        self._member.record_found()
        while not (stop := _STOP.search(self._held, 1, MAX_HEADER)):
            if len(self._held) >= MAX_HEADER or not self._fill(len(self._held) + 1):
                break
        begin = stop.end() if stop and stop[0].isspace() else 0
        head = headers_of(bytes(self._held[:begin]))
        self._url = _address(head)
        length = (head.get("Content-Length") or "").strip()
        # a header that was cut off goes over into the next: its address would be another page's
        merged = any(len(head.get_multiple(name)) > 1 for name in _SINGLE)
        if merged or not re.fullmatch(r"[0-9]{1,18}", length):
            self._to_next(1)
            return Skipped(self._url, offset, "broken_header", "not the header of one record")
        size = int(length)
        if size > MAX_RECORD:
            self._to_next(begin)
            kind = head.get("WARC-Type") or ""
            reason: Reason = "too_large" if kind in _PAGES else "not_a_response"
            return Skipped(self._url, offset, reason, f"{size:,} bytes")
        whole = self._fill(begin + size)
        self._fill(begin + size + 16)
        if whole and self._ends_at(begin, begin + size):
            block = bytes(self._held[begin : begin + size])
            self._drop(begin + size)
            return _page(head, self._url, block, offset)
        self._to_next(begin)
        if whole or self._held or self._member.packed:
            return Skipped(self._url, offset, "wrong_length", f"Content-Length says {size:,}")
        return Skipped(self._url, offset, "truncated", "the file ends within the record")

    def _ends_at(self, begin: int, end: int) -> bool:
        """Whether a block ends there: another record follows, or damage that is none of its own."""
        after = bytes(self._held[end : end + 16])
        if _BETWEEN.match(after):
            return True
        return after.startswith(b"\r\n\r\n") and not _NEXT.search(self._held, begin, end)

    def _to_next(self, start: int) -> int:
        """Drop what comes before the next record; how many bytes that were."""
        before = self._at
        self._drop(start)
        while not (match := _NEXT.search(self._held)):
            self._drop(max(0, len(self._held) - 64))
            if self._ended:
                self._drop(len(self._held))
                return self._at - before
            self._fill(len(self._held) + 1)
        self._drop(match.start())
        return self._at - before


def _page(head: Any, url: str | None, block: bytes, offset: int) -> WarcPage | Skipped:
    """The page of a record, by its headers and its block."""
    kind = (head.get("WARC-Type") or "").strip().lower()
    if kind not in _PAGES:
        return Skipped(url, offset, "not_a_response", kind)
    if not url:
        return Skipped(None, offset, "not_a_response", "no http or https address")
    try:
        body = response(block) if kind == "response" else resource(head.get("Content-Type"), block)
    except BadPayload as bad:
        return Skipped(url, offset, bad.reason, bad.detail)
    return WarcPage(
        url=url,
        date=_date(head.get("WARC-Date") or ""),
        data=body.data,
        charset=body.charset,
        offset=offset,
        record_id=(head.get("WARC-Record-ID") or "").strip().strip("<>"),
        cut=head.get("WARC-Truncated") or body.cut,
        altered=_is_altered(head.get("WARC-Block-Digest") or "", block),
    )


def _is_altered(stated: str, block: bytes) -> bool:
    """Whether a block is other than its digest says, as far as that can be told."""
    name, _, digest = stated.strip().partition(":")
    if name.lower() not in ("sha1", "sha256", "md5") or not digest:
        return False
    found = hashlib.new(name.lower(), block, usedforsecurity=False)
    return digest.lower().rstrip("=") not in (
        found.hexdigest(),
        base64.b32encode(found.digest()).decode().lower().rstrip("="),
    )


def _address(head: Any) -> str | None:
    # wget writes it in angle brackets
    url = (head.get("WARC-Target-URI") or "").strip().strip("<>")
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else None


def _date(stated: str) -> str:
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return ""
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
