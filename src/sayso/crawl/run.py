"""A crawl from its inputs to its shards, in stages; what an earlier run did stays done."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from sayso.crawl.carry import carried
from sayso.crawl.copies import Copies, Link
from sayso.crawl.engines import Engine, Local
from sayso.crawl.kernel import reading_row
from sayso.crawl.rows import PageRow, ReadingRow
from sayso.crawl.settings import Settings, Summary
from sayso.crawl.shards import Folder
from sayso.crawl.sources import Source, sources
from sayso.crawl.work import Job, Read
from sayso.errors import InputError
from sayso.records import Article, Reading

Tell = Callable[[Summary], None]
#: Columns of the pages by which copies are found.
_LINKING = ("source", "place", "status", "article_id", "sameness", "signature")
#: Batches of which the readings are held while copies are given theirs.
_HELD = 32


def crawl(
    inputs: Iterable[str | Path],
    out: str | Path,
    settings: Settings | None = None,
    *,
    engine: Engine | None = None,
    tell: Tell = lambda done: None,
) -> tuple[Summary, list[InputError]]:
    """Read many files into shards of readings.

    Args:
        inputs: see ``sources.sources``.
        out: the folder of the shards; of an earlier run with the same settings it is gone on with.
        settings: what holds for all pages.
        engine: where the work is done; by default processes, one a core.
        tell: called with all that is done, after each batch.

    Returns:
        What came of this run, and the inputs that are not there.

    Raises:
        CrawlError: the folder cannot be used, or processes were ended from outside.
        SaysoError: the models or the file of actors fail.
    """
    settings = settings or Settings()
    found = list(sources(inputs))
    missing = [one for one in found if isinstance(one, InputError)]
    folder = Folder(out)
    named = [one for one in found if isinstance(one, Source)]
    with folder.opened(settings, named) as held:
        run = _Run(folder, settings, held, engine or Local(), tell)
        run.extract({source.id: source for source in named})
        run.read()
    return run.done, missing


class _Run:
    def __init__(
        self,
        folder: Folder,
        settings: Settings,
        held: Sequence[Source],
        engine: Engine,
        tell: Tell,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._sources = held
        self._engine = engine
        self._tell = tell
        self.done = Summary()

    def extract(self, named: dict[str, Source]) -> None:
        """Find the articles of all inputs that are not whole yet."""
        open_ = [s for s in self._sources if not self._folder.shard("pages", s.id).exists()]
        # where a file lies now, it may have been moved since it was first named
        open_ = [named.get(source.id, source) for source in open_]
        for source in open_:
            self.done.skipped += len(self._folder.parts("pages", source.id))
        path = str(self._folder.path)
        self._do(self._engine.extract(Job(path, self._settings, source) for source in open_))
        for source in open_:
            numbers = self._folder.parts("pages", source.id)
            parts = (self._folder.rows_of_part("pages", source.id, number) for number in numbers)
            self._folder.write_shard("pages", source.id, parts)

    def read(self) -> None:
        """Read the articles that are no copies, and give the copies their readings."""
        start = time.perf_counter()
        copies = Copies()
        links = {
            source.id: [
                copies.link(rows, number)
                for number, rows in enumerate(self._folder.groups(source.id, _LINKING))
            ]
            for source in self._sources
            if self._folder.shard("pages", source.id).exists()
        }
        self.done.spent("link", time.perf_counter() - start)
        open_ = [id for id in links if not self._folder.shard("readings", id).exists()]

        def tasks() -> Iterator[Read]:
            for source in open_:
                for number, (rows, linked) in enumerate(
                    zip(self._folder.groups(source, ("place",)), links[source], strict=True)
                ):
                    wanted = {
                        row.place: link.near
                        for row, link in zip(rows, linked, strict=True)
                        if link is not None and link.copy_of is None
                    }
                    if wanted and self._folder.part("readings", source, number).exists():
                        self.done.skipped += 1
                    elif wanted:
                        yield Read(str(self._folder.path), self._settings, source, number, wanted)

        self._do(self._engine.read(tasks()))
        for source in open_:
            self._folder.write_shard("readings", source, self._whole(source, links[source]))

    def _do(self, summaries: Iterator[Summary]) -> None:
        for done in summaries:
            self.done.add(done)
            self._tell(self.done)

    def _whole(
        self, source: str, links: Sequence[Sequence[Link | None]]
    ) -> Iterator[list[ReadingRow]]:
        """The rows of an input's readings, batch by batch, copies among them."""
        start = time.perf_counter()

        @lru_cache(_HELD)
        def readings(other: str, number: int) -> dict[str, str | None]:
            if other == source:
                rows = self._part(other, number)
            else:
                rows = self._folder.readings_of(other, number)
            return {row.article_id: row.reading for row in rows}

        for number, (pages, linked) in enumerate(
            zip(self._folder.groups(source), links, strict=True)
        ):
            made = {row.place: row for row in self._part(source, number)}
            for page, link in zip(pages, linked, strict=True):
                if link is not None and (first := link.copy_of) is not None:
                    held = readings(first.source, first.batch).get(first.id)
                    made[page.place] = self._copy(page, first.id, held)
            yield [made[place] for place in sorted(made)]
        self.done.spent("copy", time.perf_counter() - start)

    def _part(self, source: str, number: int) -> list[ReadingRow]:
        """What was read of a batch, if anything was to be."""
        if not self._folder.part("readings", source, number).exists():
            return []
        return self._folder.rows_of_part("readings", source, number)

    def _copy(self, page: PageRow, first: str, held: str | None) -> ReadingRow:
        import msgspec

        article = msgspec.json.decode(page.article or "", type=Article)
        if held is None:  # the same text could not be read
            reading = Reading(article=article)
            row = reading_row(page, reading, first)
            row.made, row.reading, row.reason = "failed", None, f"as {first}, of which it is a copy"
            self.done.lose("copy")
            return row
        self.done.copies += 1
        return reading_row(page, carried(msgspec.json.decode(held, type=Reading), article), first)
