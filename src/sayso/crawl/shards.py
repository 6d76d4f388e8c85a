"""The folder of a crawl: what is done is a whole file, and its being there says so.

    crawl.json                    settings, and the inputs in the order of their first naming
    pages/SOURCE.parquet          every page of an input: its article, or why it has none
    readings/SOURCE.parquet       the readings of its articles
    work/SOURCE.KIND.NUMBER.parquet   batches of what is not whole yet

Each file is written beside its name, flushed to the disk, and renamed: whatever is killed, there is
no half-written file under a name that counts, and nothing that counts is lost.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from sayso import __version__
from sayso.crawl import locks
from sayso.crawl.rows import PageRow, ReadingRow, Row, schema_of
from sayso.crawl.settings import Settings
from sayso.crawl.sources import Source
from sayso.errors import CrawlError

Kind = Literal["pages", "readings"]
_PARTS = ("pages", "readings", "work")
_TYPES: dict[Kind, Any] = {"pages": PageRow, "readings": ReadingRow}


class Manifest(msgspec.Struct, kw_only=True):
    """What a folder was made from, and how.

    Attributes:
        program: the version of Sayso.
        settings: of the crawl.
        begun: when (ISO 8601, UTC); files that tell nothing else count as had then.
        sources: the inputs in the order in which they were first named.
    """

    program: str
    settings: Settings
    begun: str
    sources: list[Source] = []


class Folder:
    """The folder of one crawl.

    Args:
        path: the folder; it is made where it is missing.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @contextmanager
    def opened(self, settings: Settings, sources: Sequence[Source]) -> Iterator[list[Source]]:
        """Work in the folder, alone.

        Yields:
            All inputs of the folder in order, these among them; those that are new come last.

        Raises:
            CrawlError: it holds other files, was made with another program or settings, or another
                run is at work in it.
        """
        if not self._place.exists() and not self._is_free():
            raise CrawlError(f"{self.path}: holds other files: name an empty or a new folder")
        for kind in _PARTS:
            (self.path / kind).mkdir(parents=True, exist_ok=True)
        with locks.alone(self.path / "work"):
            yield self._sources(settings, sources)

    def working(self) -> AbstractContextManager[None]:
        """While a batch is done; see ``locks.working``."""
        return locks.working(self.path / "work")

    @property
    def _place(self) -> Path:
        return self.path / "crawl.json"

    def _sources(self, settings: Settings, sources: Sequence[Source]) -> list[Source]:
        held = self.manifest() if self._place.exists() else None
        if held is not None and (held.program, held.settings) != (__version__, settings):
            raise CrawlError(
                f"{self.path}: was made with other settings or by sayso {held.program}: name a new"
                " folder"
            )
        held = held or Manifest(program=__version__, settings=settings, begun=_now())
        known = {source.id for source in held.sources}
        fresh = {source.id: source for source in sources if source.id not in known}
        held.sources += fresh.values()
        if fresh or not self._place.exists():
            _put(self._place, msgspec.json.format(msgspec.json.encode(held)) + b"\n")
        return held.sources

    def _is_free(self) -> bool:
        """Whether the folder is not there, empty, or only begun."""
        if not self.path.exists():
            return True
        begun = (*_PARTS, "crawl.json")
        return self.path.is_dir() and all(
            one.name.split(".new-")[0] in begun
            and not (one.is_dir() and any(held.name[0] != "." for held in one.iterdir()))
            for one in self.path.iterdir()
        )

    def manifest(self) -> Manifest:
        """What the folder was made from.

        Raises:
            CrawlError: it is no folder of a crawl.
        """
        try:
            return msgspec.json.decode(self._place.read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
            raise CrawlError(f"{self.path}: is no folder of sayso crawl") from error

    def shard(self, kind: Kind, source: str) -> Path:
        """The file of an input that is whole."""
        return self.path / kind / f"{source}.parquet"

    def part(self, kind: Kind, source: str, number: int) -> Path:
        """The file of a batch."""
        return self.path / "work" / f"{source}.{kind}.{number:06}.parquet"

    def parts(self, kind: Kind, source: str) -> list[int]:
        """The numbers of the batches of an input that are done."""
        held = (self.path / "work").glob(f"{source}.{kind}.*.parquet")
        return sorted(int(path.name.split(".")[2]) for path in held)

    def write_part(self, kind: Kind, source: str, number: int, rows: Sequence[Row]) -> None:
        """Keep a batch that is done."""
        _put_table(self.part(kind, source, number), kind, [rows])

    def write_shard(self, kind: Kind, source: str, parts: Iterable[Sequence[Row]]) -> None:
        """Make the file of an input out of its batches, each a row group, and drop the batches."""
        _put_table(self.shard(kind, source), kind, parts)
        for part in (self.path / "work").glob(f"{source}.{kind}.*.parquet"):
            part.unlink()

    def rows_of_part(self, kind: Kind, source: str, number: int) -> list[Any]:
        """The rows of a batch."""
        from pyarrow.parquet import read_table

        return _typed(kind, read_table(self.part(kind, source, number), memory_map=False))

    def groups(self, source: str, columns: Sequence[str] | None = None) -> Iterator[list[PageRow]]:
        """The pages of an input, batch by batch.

        Args:
            source: the input's id.
            columns: those that are wanted; the others have no value then.
        """
        from pyarrow.parquet import ParquetFile

        with ParquetFile(self.shard("pages", source)) as file:
            for number in range(file.num_row_groups):
                yield _typed("pages", file.read_row_group(number, columns=columns))

    def group(self, source: str, number: int) -> list[PageRow]:
        """One batch of an input's pages."""
        return self._group("pages", source, number)

    def unfinished(self) -> list[Source]:
        """The inputs that are not read to the end.

        Raises:
            CrawlError: it is no folder of a crawl.
        """
        return [s for s in self.manifest().sources if not self.shard("readings", s.id).exists()]

    def readings(self, source: str) -> Iterator[list[ReadingRow]]:
        """The readings of an input, batch by batch."""
        from pyarrow.parquet import ParquetFile

        with ParquetFile(self.shard("readings", source)) as file:
            for number in range(file.num_row_groups):
                yield _typed("readings", file.read_row_group(number))

    def readings_of(self, source: str, number: int) -> list[ReadingRow]:
        """The readings of one batch of an input."""
        return self._group("readings", source, number)

    def _group(self, kind: Kind, source: str, number: int) -> list[Any]:
        from pyarrow.parquet import ParquetFile

        with ParquetFile(self.shard(kind, source)) as file:
            return _typed(kind, file.read_row_group(number))


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _typed(kind: Kind, table: Any) -> list[Any]:
    held = table.to_pylist()
    return [msgspec.convert(_stated(row), _TYPES[kind]) for row in held]


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    missing = {"source": "", "place": 0, "input": "", "status": "failed"}
    return {**missing, **{key: value for key, value in row.items() if value is not None}}


def _put_table(path: Path, kind: Kind, parts: Iterable[Sequence[Row]]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = schema_of(_TYPES[kind])
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    with beside.open("wb") as stream:
        with ParquetWriter(stream, schema, compression="zstd") as writer:
            for rows in parts:
                plain = [msgspec.structs.asdict(row) for row in rows]
                writer.write_table(pa.Table.from_pylist(plain, schema=schema))
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def _put(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
