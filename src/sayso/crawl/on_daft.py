"""A crawl by Daft: on this machine, or on a cluster of Ray (``DAFT_RUNNER=ray``).

Inputs are read by Daft's own tasks, one an input, batch by batch; each batch is done by a process
of a pool, which writes its rows into the crawl's folder and gives back numbers alone. On a cluster
the folder and the inputs must be where all machines see them.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from sayso.crawl.settings import Summary
from sayso.crawl.work import Job, Read, Task, do, extracts
from sayso.errors import CrawlError

if TYPE_CHECKING:
    from daft.io.source import DataSource

#: Batches of articles that one of Daft's tasks hands out.
_SHARE = 50


class Daft:
    """The engine.

    Args:
        processes: that work at once on one machine, or on all of a cluster; by default as Daft
            finds them.

    Raises:
        CrawlError: Daft is not installed.
    """

    def __init__(self, processes: int | None = None) -> None:
        try:
            import daft  # noqa: F401
        except ImportError as error:
            raise CrawlError(
                "the engine daft needs its library: pip install 'sayso[cluster]'"
            ) from error
        self._processes = processes

    def extract(self, jobs: Iterable[Job]) -> Iterator[Summary]:
        """See ``engines.Engine``."""
        return self._done([(_batches, msgspec.msgpack.encode(job)) for job in jobs])

    def read(self, tasks: Iterable[Read]) -> Iterator[Summary]:
        """See ``engines.Engine``."""
        packed = [msgspec.msgpack.encode(task) for task in tasks]
        shares = [packed[at : at + _SHARE] for at in range(0, len(packed), _SHARE)]
        return self._done([(_unpacked, msgspec.msgpack.encode(share)) for share in shares])

    def _done(
        self, parts: Sequence[tuple[Callable[[bytes], Iterator[bytes]], bytes]]
    ) -> Iterator[Summary]:
        import daft

        if not parts:
            return
        worker = daft.cls(_Worker, use_process=True, max_concurrency=self._processes)()
        tasks = _source(parts).read().into_batches(1)
        for row in tasks.select(worker(daft.col("task")).alias("done")).iter_rows():
            yield msgspec.msgpack.decode(row["done"], type=Summary)


class _Worker:
    """One process of the pool."""

    def __call__(self, task: bytes) -> bytes:
        return msgspec.msgpack.encode(do(msgspec.msgpack.decode(task, type=Task)))


def _batches(packed: bytes) -> Iterator[bytes]:
    """The tasks of one input, as they are asked for."""
    for task in extracts(msgspec.msgpack.decode(packed, type=Job)):
        yield msgspec.msgpack.encode(task)


def _unpacked(packed: bytes) -> Iterator[bytes]:
    yield from msgspec.msgpack.decode(packed, type=list[bytes])


def _source(
    parts: Sequence[tuple[Callable[[bytes], Iterator[bytes]], bytes]],
) -> "DataSource":
    """What Daft reads its tasks from: a task of its own for each part, a row for each task."""
    import pyarrow as pa
    from daft import Schema
    from daft.io.source import DataSource, DataSourceTask
    from daft.recordbatch import RecordBatch

    schema = pa.schema([pa.field("task", pa.binary())])

    class Part(DataSourceTask):
        def __init__(self, made: Callable[[bytes], Iterator[bytes]], packed: bytes) -> None:
            self._made = made
            self._packed = packed

        @property
        def schema(self) -> Schema:
            return Schema.from_pyarrow_schema(schema)

        async def read(self) -> AsyncIterator[RecordBatch]:
            for task in self._made(self._packed):
                batch = pa.record_batch([pa.array([task], pa.binary())], schema=schema)
                yield RecordBatch.from_arrow_record_batches([batch], schema)

    class Parts(DataSource):
        @property
        def name(self) -> str:
            return "sayso"

        @property
        def schema(self) -> Schema:
            return Schema.from_pyarrow_schema(schema)

        async def get_tasks(self, pushdowns: Any) -> AsyncIterator[DataSourceTask]:
            for made, packed in parts:
                yield Part(made, packed)

    return Parts()
