"""The bytes of an archive: plain, or the members of a gzip file, with the way past a broken one.

A WARC file is as a rule a row of gzip members, one a record. ``members`` unpacks them one at a
time; where one is broken, the search for the next starts right after its beginning. Nothing here
knows what a record is, except that it begins with ``WARC/``.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, Literal, NamedTuple

#: Suffixes of archives; others are told by how they begin.
SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
#: Bytes that are read from a file at a time.
CHUNK = 64 * 1024
#: Bytes of a file that are kept to look again where a member broke.
KEPT = 32 * 1024 * 1024
#: Bytes that a member may unpack to, without a record in it, for each byte that it has packed …
MAX_RATIO = 50
#: … once there are this many.
MIN_BOMB = 64 * 1024 * 1024

#: A gzip header: method, flags, time, how hard it was packed, on which system (RFC 1952).
_GZIP = re.compile(rb"\x1f\x8b\x08(?=[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff])", re.DOTALL)
#: Bytes of a member from which it is told that a record begins in it.
_PROOF = 1024
_ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame, or the dictionary before the first
_LZ4 = b"\x04\x22\x4d\x18"

Broken = Literal["broken_gzip", "broken_zstd", "truncated", "bomb"]


class BrokenMember(Exception):
    """A member that cannot be unpacked any further.

    Args:
        reason: the name of the reason.
        detail: what is wrong with it.
    """

    def __init__(self, reason: Broken, detail: str) -> None:
        super().__init__(detail)
        self.reason: Broken = reason
        self.detail = detail


class _Raw:
    """A stream that knows where it is, and can go back to what it lately gave.

    Going back costs at most as much as going forward did, whatever the file holds: beyond that
    ``back`` stays where it is.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._start = 0
        self._gone_back = 0
        self.at = 0

    def read(self, size: int = CHUNK) -> bytes:
        """Up to ``size`` bytes; empty at the end."""
        held = self._start + len(self._kept) - self.at
        if not held:
            data = self._stream.read(size)
            if len(self._kept) > KEPT:
                del self._kept[: KEPT // 2]
                self._start += KEPT // 2
            self._kept += data
        else:
            first = self.at - self._start
            data = bytes(self._kept[first : first + size])
        self.at += len(data)
        return data

    def tell(self) -> int:
        """Where it is, in bytes of the file."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Not to be asked for; fastwarc's readers want it to be there."""
        raise OSError("the stream is read forwards")

    def close(self) -> None:
        """The stream is its owner's to close."""

    def forget(self) -> None:
        """What was given so far is not asked for again."""
        if self.at - self._start > CHUNK * 16:
            del self._kept[: self.at - self._start]
            self._start = self.at

    def unread(self, size: int) -> None:
        """The last ``size`` bytes are to be given again."""
        self.at = max(self._start, self.at - size)

    def back(self, to: int) -> None:
        """To the byte ``to``, or as near as is still known."""
        to = max(to, self._start)
        if to < self.at and self._gone_back + self.at - to <= self.at + KEPT:
            self._gone_back += self.at - to
            self.at = to


class Member:
    """A stretch of an archive that unpacks by itself; of a plain file the whole of it.

    Attributes:
        offset: where it begins, in bytes of the file.
        packed: whether it is packed.
    """

    packed = False

    def __init__(self, raw: _Raw, offset: int) -> None:
        self._raw = raw
        self.offset = offset

    def read(self) -> bytes:
        """The next bytes, ``CHUNK`` or a few more; empty at the end.

        Raises:
            BrokenMember: the rest of the member is lost.
        """
        data = self._raw.read()
        self._raw.forget()
        return data

    def record_found(self) -> None:
        """Tell that a record begins where reading has come to: the member is no bomb so far."""


class _GzipMember(Member):
    packed = True

    def __init__(self, raw: _Raw, offset: int) -> None:
        super().__init__(raw, offset)
        self._unpack = zlib.decompressobj(31)
        self._waiting = b""
        self._out = self._in = 0

    @property
    def whole(self) -> bool:
        """Whether it was unpacked to its end, and its checksum is right."""
        return self._unpack.eof

    def read(self) -> bytes:
        while not self.whole:
            data = self._waiting or self._raw.read()
            if not data:
                raise BrokenMember("truncated", "the file ends within a gzip member")
            try:
                out = self._unpack.decompress(data, CHUNK)
            except zlib.error as error:
                raise BrokenMember("broken_gzip", str(error)) from error
            self._waiting = self._unpack.unconsumed_tail
            self._in += len(data) - len(self._waiting)
            self._out += len(out)
            if self._unpack.eof:
                self._raw.unread(len(self._unpack.unused_data))
            elif self._out > MIN_BOMB and self._out > MAX_RATIO * self._in:
                raise BrokenMember("bomb", f"{self._in:,} bytes unpack to more than {self._out:,}")
            if out:
                return out
        return b""

    def record_found(self) -> None:
        self._out = self._in = 0


class _FramesMember(Member):
    """Zstandard or LZ4 frames, by fastwarc, up to the first that is broken."""

    packed = True

    def __init__(self, raw: _Raw, reader: Any) -> None:
        super().__init__(raw, raw.at)
        self._reader = reader
        self._out, self._from = 0, raw.at
        self.whole = False

    @property
    def frame(self) -> int:
        """Where the last frame begins, in bytes of the file."""
        return int(self._reader.frame_start_position() or self.offset)

    def read(self) -> bytes:
        try:
            # little at a time: what one reading unpacks before a broken frame is lost with it
            data: bytes = self._reader.read(CHUNK // 64)
        except OSError as error:
            raise BrokenMember("broken_zstd", str(error)) from error
        self.whole = not data
        self._out += len(data)
        taken = self._raw.at - self._from
        if self._out > MIN_BOMB and self._out > MAX_RATIO * taken:
            raise BrokenMember("bomb", f"{taken:,} bytes unpack to more than {self._out:,}")
        return data

    def record_found(self) -> None:
        self._out, self._from = 0, self._raw.at


class Gap(NamedTuple):
    """Bytes between two members that belong to neither.

    Attributes:
        offset: where they begin, in bytes of the file.
        size: how many they are.
    """

    offset: int
    size: int


def is_archive(name: str, head: bytes) -> bool:
    """Whether a file is an archive, by its name or its first bytes (1,024 are enough)."""
    if name.lower().endswith(SUFFIXES) or head.startswith(b"WARC/"):
        return True
    return head.startswith(b"\x1f\x8b") and _is_record(head)


def members(stream: IO[bytes]) -> Iterator[Member | Gap]:
    """The members of an archive, each to be read to its end before the next is asked for.

    One that raises ``BrokenMember`` is left behind; the next is the first after its beginning that
    unpacks to a record. A gap is told where it follows on a whole member.

    Args:
        stream: the file, from its first byte; it need not be seekable.
    """
    raw = _Raw(stream)
    head = raw.read()
    raw.unread(len(head))
    if head.startswith((*_ZSTD, _LZ4)):
        yield from _frames(raw, head[:4])
    elif head.startswith(b"\x1f\x8b") or _holds_member(head):
        yield from _gzip_members(raw)
    elif head:
        yield Member(raw, 0)


def _gzip_members(raw: _Raw) -> Iterator[Member | Gap]:
    whole = True
    while True:
        raw.forget()
        start = raw.at
        found = _to_next(raw, sure=whole)
        if whole and raw.at > start:
            yield Gap(start, raw.at - start)
        if not found:
            return
        member = _GzipMember(raw, raw.at)
        yield member
        whole = member.whole
        if not whole:
            raw.back(member.offset + 1)


def _frames(raw: _Raw, magic: bytes) -> Iterator[Member]:
    from fastwarc.stream_io import Lz4Reader, ZstdReader

    reader, magic = (Lz4Reader, magic) if magic == _LZ4 else (ZstdReader, _ZSTD[0])
    while True:
        member = _FramesMember(raw, reader(raw))
        yield member
        if member.whole:
            return
        raw.back(member.frame + 1)
        held = b""
        while (at := held.find(magic)) < 0:
            if not (data := raw.read()):
                return
            held = held[-len(magic) :] + data
        raw.unread(len(held) - at)


def _to_next(raw: _Raw, sure: bool) -> bool:
    """Go to the next member, or to the end of the file; whether there is one.

    Args:
        raw: the file.
        sure: whether a member may be expected right here.
    """
    held = b""
    while True:
        data = raw.read()
        held += data
        if sure and held.startswith(b"\x1f\x8b"):
            raw.unread(len(held))
            return True
        sure = False
        # the last bytes are looked at together with what follows
        last = len(held) - (_PROOF if data else 0)
        for match in _GZIP.finditer(held):
            if match.start() >= last:
                break
            if _is_record(held[match.start() : match.start() + _PROOF]):
                raw.unread(len(held) - match.start())
                return True
        if not data:
            return False
        held = held[max(0, last) :]


def _holds_member(head: bytes) -> bool:
    """Whether a file that does not begin as an archive does is one whose beginning is damaged."""
    if head.lstrip().startswith(b"WARC/"):
        return False
    return any(_is_record(head[match.start() :]) for match in _GZIP.finditer(head))


def _is_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 5) == b"WARC/"
    except zlib.error:
        return False
