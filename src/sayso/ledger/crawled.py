"""The readings of a crawl as they go into a ledger: nothing is read again."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sayso.errors import CrawlError, InputError
from sayso.pages import Capture
from sayso.records import Reading

if TYPE_CHECKING:
    from sayso.crawl.rows import ReadingRow


class Crawled(NamedTuple):
    """A reading, the bytes of its page where the crawl kept them, and the actors known by name."""

    reading: Reading
    capture: Capture | None
    actors: bytes | None


def parted(inputs: Iterable[str | Path]) -> tuple[list[Path], list[str | Path]]:
    """The folders of crawls among some inputs, and the other inputs."""
    crawls: list[Path] = []
    others: list[str | Path] = []
    for named in inputs:
        if named != "-" and (Path(named) / "crawl.json").is_file():
            crawls.append(Path(named))
        else:
            others.append(named)
    return crawls, others


def readings(folders: Iterable[Path]) -> Iterator[Crawled | InputError]:
    """The readings in folders of crawls, and what of them cannot be had."""
    for folder in folders:
        try:
            yield from _of_folder(folder)
        except CrawlError as error:
            yield InputError(str(folder), str(error).removeprefix(f"{folder}: "))


def _of_folder(path: Path) -> Iterator[Crawled | InputError]:
    from sayso import __version__
    from sayso.crawl.shards import Folder

    folder = Folder(path)
    held = folder.manifest()
    if held.program != __version__:
        raise CrawlError(f"{path}: was read by sayso {held.program}: run sayso crawl again")
    actors = _bytes(held.settings.actors)
    unfinished = {source.id for source in folder.unfinished()}
    for source in held.sources:
        if source.id not in unfinished:
            kept: tuple[str | None, bytes | None] = (None, None)
            for rows in folder.readings(source.id):
                for row in rows:
                    if row.page is not None:
                        kept = row.page_sha256, row.page
                    elif row.page_sha256 == kept[0]:
                        # a file of many articles is kept once
                        row.page = kept[1]
                    yield _row(row, actors, held.begun)
    if unfinished:
        count = f"{len(unfinished)} of {len(held.sources)} inputs"
        yield InputError(str(path), f"{count} are not read to the end: run sayso crawl again")


def _row(row: "ReadingRow", actors: bytes | None, begun: str) -> Crawled | InputError:
    if row.reading is None:
        return InputError(row.input, row.reason or "could not be read")
    reading = msgspec.json.decode(row.reading, type=Reading)
    if row.page is None:
        return Crawled(reading, None, actors)
    capture = Capture(row.page, "file", row.origin or row.input, row.retrieved or begun)
    return Crawled(reading, capture, actors)


def _bytes(actors: str | None) -> bytes | None:
    from sayso.ledger.adding import actors_bytes

    return actors_bytes(actors)
