"""From what a caller names to numbered batches of pages, as bytes, without looking into them."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from sayso.errors import InputError
from sayso.pages.webpage import MAX_PAGE

#: Pages of a batch: what a process is given at a time, and what is done again after a kill.
BATCH = 32
#: Files of a folder that are one input.
FILES = 1000
#: Bytes of a file's beginning and end by which it is known again.
_SAMPLE = 1 << 20
_WARC = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
_LINES = (".jsonl", ".ndjson")

Kind = Literal["warc", "lines", "parquet", "files"]


class Source(msgspec.Struct, frozen=True):
    """One input: a file that holds many pages, or some of a folder's files.

    Attributes:
        id: what it is known again by: of a large file its size, beginning and end; of files their
            names, sizes and times.
        kind: how it is taken apart.
        paths: the file, or the files.
    """

    id: str
    kind: Kind
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called: the file, or the first of its files."""
        return self.paths[0] + (f" and {len(self.paths) - 1} more" if len(self.paths) > 1 else "")


class Raw(msgspec.Struct, frozen=True):
    """One page as bytes, or a record that is none.

    Attributes:
        name: the input as it is named: the file, and the page's place in it.
        kind: ``page`` is HTML; ``line`` a JSON object; ``file`` a file's path; ``none`` nothing.
        data: the bytes; of a file its path.
        url: where a page came from.
        charset: the character set that came with it.
        retrieved: when it was captured, ISO 8601.
        reason: of ``none``, why there is no page: a name of ``pages.reasons``.
        detail: more of it, in words.
    """

    name: str
    kind: Literal["page", "line", "file", "none"]
    data: bytes = b""
    url: str | None = None
    charset: str | None = None
    retrieved: str | None = None
    reason: str = ""
    detail: str = ""


class Batch(msgspec.Struct, frozen=True):
    """Pages of one input that are done together."""

    source: str
    number: int
    pages: tuple[Raw, ...]


def sources(inputs: Iterable[str | Path]) -> Iterator[Source | InputError]:
    """The inputs of what a caller names, in order; folders in the order of their files' names.

    Args:
        inputs: paths of WARC files (plain, gzip, Zstandard), JSON Lines, Parquet files with the
            fields of JSON Lines, any files that ``sayso read`` takes, and folders of all these.
    """
    loose: list[str] = []
    for named in inputs:
        path = str(named)
        if not os.path.exists(path):  # noqa: PTH110 - a name of any length
            yield InputError(path or "''", "no such file or folder")
            continue
        for name in _files(path):
            kind = _kind(name)
            if kind == "files":
                loose.append(name)
                continue
            try:
                yield Source(_identity(name), kind, (name,))
            except OSError as error:
                yield InputError(name, f"could not be read: {error.strerror or error}")
    for start in range(0, len(loose), FILES):
        paths = tuple(loose[start : start + FILES])
        yield Source(_identities(paths), "files", paths)


def batches(source: Source) -> Iterator[Batch]:
    """The batches of an input, the same each time; what is damaged in it is a page of its own."""
    pages = _pages(source)
    number = 0
    while part := tuple(islice(pages, BATCH)):
        yield Batch(source.id, number, part)
        number += 1


def _kind(name: str) -> Kind:
    lowered = name.lower()
    if lowered.endswith(_WARC):
        return "warc"
    if lowered.endswith(_LINES):
        return "lines"
    return "parquet" if lowered.endswith(".parquet") else "files"


def _files(path: str) -> Iterator[str]:
    """A file itself; of a folder its files, without hidden ones and linked folders."""
    if not Path(path).is_dir():
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (str(Path(folder, name)) for name in sorted(names) if name[0] != ".")


def _identity(name: str) -> str:
    digest = hashlib.sha256()
    with Path(name).open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        digest.update(f"{size}:".encode() + stream.read(_SAMPLE))
        stream.seek(max(0, size - _SAMPLE))
        digest.update(stream.read(_SAMPLE))
    return digest.hexdigest()[:16]


def _identities(names: Sequence[str]) -> str:
    told = []
    for name in names:
        try:
            state = Path(name).stat()
            told.append([name, state.st_size, state.st_mtime_ns])
        except OSError:
            told.append([name, 0, 0])
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]


def _pages(source: Source) -> Iterator[Raw]:
    path = source.paths[0]
    if source.kind == "files":
        yield from (Raw(name, "file", os.fsencode(name)) for name in source.paths)
        return
    try:
        if source.kind == "parquet":
            yield from _rows(path)
            return
        with Path(path).open("rb") as stream:
            yield from _records(path, stream) if source.kind == "warc" else _lines(path, stream)
    except (OSError, ValueError) as error:
        yield Raw(path, "none", reason="unreadable", detail=f"could not be read: {error}")


def _records(name: str, stream: IO[bytes]) -> Iterator[Raw]:
    from sayso.pages.warc import WarcPage, records

    for found in records(name, stream):
        place = f"{name}:{found.offset}"
        if isinstance(found, WarcPage):
            when = found.date or None
            yield Raw(place, "page", found.data, found.url, found.charset, when)
        else:
            yield Raw(place, "none", url=found.url, reason=found.reason, detail=found.detail)


def _lines(name: str, stream: IO[bytes]) -> Iterator[Raw]:
    number = 0
    while line := stream.readline(MAX_PAGE + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > MAX_PAGE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_PAGE)
            yield Raw(place, "none", reason="too_large")
        elif line.strip():
            yield Raw(place, "line", line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _rows(name: str) -> Iterator[Raw]:
    """The rows of a Parquet file as JSON objects; columns that JSON Lines do not have are left."""
    from pyarrow.parquet import ParquetFile

    from sayso.pages.jsonrecords import FIELDS

    with ParquetFile(name) as file:
        columns = [column for column in file.schema_arrow.names if column in FIELDS]
        if not {"text", "html"} & set(columns):
            yield Raw(name, "none", reason="unreadable", detail="has no column 'text' or 'html'")
            return
        number = 0
        for part in file.iter_batches(batch_size=BATCH, columns=columns):
            for row in part.to_pylist():
                number += 1
                held: dict[str, Any] = {k: v for k, v in row.items() if v is not None}
                yield Raw(f"{name}:{number}", "line", msgspec.json.encode(held, enc_hook=str))
