"""What an engine is given to do: one batch, from the folder and back into it."""

from collections.abc import Iterator

import msgspec

from sayso.crawl.kernel import pages_of, readings_of
from sayso.crawl.settings import Settings, Summary
from sayso.crawl.shards import Folder
from sayso.crawl.sources import Batch, Source, batches


class Job(msgspec.Struct, frozen=True):
    """An input whose articles are to be found."""

    folder: str
    settings: Settings
    source: Source


class Extract(msgspec.Struct, frozen=True, tag="extract"):
    """A batch of pages whose articles are to be found."""

    folder: str
    settings: Settings
    batch: Batch


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Articles of one batch that are to be read.

    Attributes:
        folder: the crawl's.
        settings: of the crawl.
        source: the input's id.
        number: the batch.
        near: by the place of each article to be read, the id of one that it is near to, or None.
    """

    folder: str
    settings: Settings
    source: str
    number: int
    near: dict[int, str | None]


Task = Extract | Read


def extracts(job: Job) -> Iterator[Extract]:
    """The batches of an input that are not done yet."""
    folder = Folder(job.folder)
    for batch in batches(job.source):
        if not folder.part("pages", job.source.id, batch.number).exists():
            yield Extract(job.folder, job.settings, batch)


def do(task: Task) -> Summary:
    """Do one task; its rows are in the folder when it returns.

    Raises:
        SaysoError: the models or the folder fail, so that no other task can succeed either.
    """
    folder = Folder(task.folder)
    with folder.working():
        return _done(task, folder)


def _done(task: Task, folder: Folder) -> Summary:
    if isinstance(task, Extract):
        pages, done = pages_of(task.batch, task.settings)
        folder.write_part("pages", task.batch.source, task.batch.number, pages)
        return done
    rows = [row for row in folder.group(task.source, task.number) if row.place in task.near]
    readings, done = readings_of(rows, [task.near[row.place] for row in rows], task.settings)
    folder.write_part("readings", task.source, task.number, readings)
    return done
