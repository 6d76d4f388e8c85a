"""Reading inputs into a ledger: what is stored already is not read again, the rest in batches."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec

from sayso.errors import InputError, LeftOut, LexiconError, SaysoError
from sayso.ledger import articles, corrections, crawled, evidence
from sayso.ledger.store import Row, Store
from sayso.pages import Capture, Options, read_captured
from sayso.records import Article, Reading

#: Articles that one process reads at a time.
BATCH = 8
#: Articles from which on more than one process reads; fewer are done before a second has started.
SEVERAL = 24

Pending = tuple[Article, Capture]


class Batch(NamedTuple):
    """Articles that are read together, with the file of actors to know by name."""

    articles: list[Article]
    actors: str | Path | None


Read = Callable[[Iterable[Batch]], Iterator[list[Reading | InputError]]]


class Added(msgspec.Struct):
    """What became of the inputs.

    Attributes:
        added, changed, unchanged, reread: numbers of articles.
        failed: the inputs that could not be read.
        left_out: what archives hold that is no article, one for each archive.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    reread: int = 0
    failed: list[InputError] = []
    left_out: list[LeftOut] = []


Progress = Callable[[Added, Article | InputError], None]


def add_inputs(
    store: Store,
    inputs: Iterable[str | Path],
    options: Options,
    *,
    actors: str | Path | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Added:
    """Read inputs into the ledger.

    Each article is stored in a transaction of its own as soon as it is read, so that what was done
    stays done, whatever happens afterwards.

    Args:
        store: the ledger.
        inputs: as for ``sayso.read_many``.
        options: of the page reader.
        actors: a CSV file of actors to know by name.
        processes: that read at once; by default one a core, for more than a few articles.
        progress: called after each article.
    """
    done = Added()
    known = actors_bytes(actors)
    tell = progress or (lambda done, what: None)
    crawls, inputs = crawled.parted(inputs)
    for made in crawled.readings(crawls):
        if isinstance(made, InputError):
            done.failed.append(made)
            tell(done, made)
            continue
        if articles.is_stored(store, made.reading.article):
            done.unchanged += 1
        else:
            _count(done, articles.add(store, made.reading, made.capture, made.actors))
        tell(done, made.reading.article)
    found = _unread(store, inputs, options, done, tell)
    first = list(islice(found, SEVERAL))
    with _reader(processes, len(first) == SEVERAL) as read:
        waiting: list[list[Pending]] = []

        def batches() -> Iterator[Batch]:
            for batch in _batched(_chain(first, found)):
                waiting.append(batch)
                yield Batch([article for article, _ in batch], actors)

        for results in read(batches()):
            for (article, capture), result in zip(waiting.pop(0), results, strict=True):
                if isinstance(result, InputError):
                    done.failed.append(result)
                else:
                    _count(done, articles.add(store, result, capture, known))
                tell(done, article)
    return done


def add_article(
    store: Store, article: Article, capture: Capture, *, actors: str | Path | None = None
) -> articles.Outcome:
    """Read one article into the ledger, here and now.

    Raises:
        InputError: it cannot be read.
    """
    if articles.is_stored(store, article):
        articles.seen(store, article, capture)
        return "unchanged"
    (result,) = _read(Batch([article], actors))
    if isinstance(result, InputError):
        raise result
    return articles.add(store, result, capture, actors_bytes(actors))


def reread(
    store: Store,
    *,
    actors: str | Path | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Added:
    """Read again what another version of the program or its models read; reviews are kept.

    Args:
        store: the ledger.
        actors: a CSV file of actors to know by name; by default that which each was read with.
        processes: that read at once; by default one a core, for more than a few articles.
        progress: called after each article.
    """
    return _reread(store, articles.outdated(store), actors, processes, progress)


def reread_one(store: Store, article: int) -> Added:
    """Read one article again, against its corrected date of publication."""
    rows = store.rows("SELECT article, actors FROM article WHERE article = ?", article)
    return _reread(store, rows, None, 1, None)


def _reread(
    store: Store,
    rows: list[Row],
    actors: str | Path | None,
    processes: int | None,
    progress: Progress | None,
) -> Added:
    done = Added()
    given = actors_bytes(actors)
    with TemporaryDirectory() as folder, _reader(processes, len(rows) >= SEVERAL) as read:
        waiting: list[list[Row]] = []

        def batches() -> Iterator[Batch]:
            for held, group in groupby(rows, key=itemgetter("actors")):
                known = actors or _laid_out(store, held, Path(folder))
                for batch in _batched(group):
                    waiting.append(batch)
                    yield Batch([_article_of(store, row["article"]) for row in batch], known)

        for results in read(batches()):
            for row, result in zip(waiting.pop(0), results, strict=True):
                if isinstance(result, InputError):
                    done.failed.append(result)
                    continue
                with store.write():
                    articles.put_back(store, row["article"], result, given)
                _count(done, "reread")
                if progress:
                    progress(done, result.article)
    return done


def actors_bytes(actors: str | Path | None) -> bytes | None:
    """The file of actors as it is, to be kept with what is read with it."""
    try:
        return None if actors is None else Path(actors).read_bytes()
    except OSError as error:
        raise LexiconError(f"{actors}: cannot be read: {error.strerror}") from error


def _laid_out(store: Store, digest: str | None, folder: Path) -> Path | None:
    """A stored file of actors as a file that every process can read."""
    if digest is None:
        return None
    path = folder / f"{digest}.csv"
    path.write_bytes(evidence.get(store, digest))
    return path


def _article_of(store: Store, key: int) -> Article:
    """An article by its key, published when and by whom a reviewer says, if one does."""
    reading = articles.reading_of(store.one("SELECT * FROM article WHERE article = ?", key))
    held = corrections.as_published(store, key, reading.article)
    # a date that was inferred from the text is inferred anew
    if held.reference and held.reference.from_ == "text":
        held = msgspec.structs.replace(held, reference=None)
    reading = msgspec.structs.replace(reading, article=held)
    return corrections.apply(reading, corrections.of_article(store, key)).article


def _unread(
    store: Store, inputs: Iterable[str | Path], options: Options, done: Added, tell: Progress
) -> Iterator[Pending]:
    """The articles that are not stored yet; the others and the failures are counted."""
    for found in read_captured(inputs, options):
        if isinstance(found, LeftOut):
            done.left_out.append(found)
        elif isinstance(found, InputError):
            done.failed.append(found)
            tell(done, found)
        elif articles.is_stored(store, found[0]):
            articles.seen(store, *found)
            done.unchanged += 1
            tell(done, found[0])
        else:
            yield found


def _count(done: Added, outcome: articles.Outcome) -> None:
    setattr(done, outcome, getattr(done, outcome) + 1)


def _chain(first: list[Pending], rest: Iterator[Pending]) -> Iterator[Pending]:
    yield from first
    yield from rest


def _batched(items: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(items, BATCH)):
        yield batch


@contextmanager
def _reader(processes: int | None, several: bool) -> Iterator[Read]:
    """A function from batches of articles to their readings, in order: here, or over processes."""
    count = processes or (os.cpu_count() or 1 if several else 1)
    if count == 1:
        yield lambda batches: map(_read, batches)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
    )

    def read(batches: Iterable[Batch]) -> Iterator[list[Reading | InputError]]:
        """Two batches a process are under way, so that memory does not grow with the inputs."""
        running: list[Any] = []
        for batch in batches:
            running.append(pool.submit(_read, batch))
            if len(running) > 2 * count:
                yield running.pop(0).result()
        for future in running:
            yield future.result()

    try:
        yield read
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _read(batch: Batch) -> list[Reading | InputError]:
    from sayso.api import readings_of

    return list(readings_of(batch.articles, actors=batch.actors))


def end_with_parent() -> None:
    """End this process when the one that started it is gone, even if that one was killed."""
    import multiprocessing
    import threading
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def options_of(given: Mapping[str, Any]) -> tuple[Options, str | Path | None]:
    """The page reader's options, and the file of actors, out of ``ReadOptions``.

    Raises:
        SaysoError: an option has a value that it cannot have.
    """
    from sayso.api import ReadOptions, page_options

    if given.get("vague") is not None:
        raise SaysoError("a ledger reads vague words by the documented table: leave vague out")
    options: ReadOptions = {**given}  # type: ignore[typeddict-item]
    try:
        return page_options(options), options.get("actors")
    except TypeError as error:
        raise SaysoError(str(error)) from error
