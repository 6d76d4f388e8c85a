"""The formats of an export, and articles written in several of them at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from sayso.errors import ExportError
from sayso.exports.annotations import AnnotationWriter
from sayso.exports.folder import staged
from sayso.exports.ftm import FtmWriter
from sayso.exports.gold import GoldWriter
from sayso.exports.item import Item
from sayso.exports.plover import PloverWriter
from sayso.exports.tables import CsvWriter, JsonlWriter, ParquetWriter


class Writer(Protocol):
    """Writes articles into files of a folder, one after the other."""

    def add(self, item: Item) -> None:
        """Write one article."""

    def close(self) -> None:
        """End the files; called once, whether all went well or not."""


FORMATS: Mapping[str, Callable[[Path], Writer]] = {
    "csv": CsvWriter,
    "jsonl": JsonlWriter,
    "parquet": ParquetWriter,
    "webannotation": AnnotationWriter,
    "plover": PloverWriter,
    "followthemoney": FtmWriter,
    "gold": GoldWriter,
}


def write(items: Iterable[Item], folder: Path, formats: Sequence[str]) -> int:
    """Write articles into a folder.

    Args:
        items: the articles, in order.
        folder: made if missing; files of an earlier export are replaced, others never.
        formats: names of ``FORMATS``.

    Returns:
        The number of articles.

    Raises:
        ExportError: the folder cannot take the files, or a format's library is missing.
    """
    for name in formats:
        if name not in FORMATS:
            raise ExportError(f"{name}: is no format; there are: {', '.join(FORMATS)}")
    number = 0
    with staged(folder) as stage, ExitStack() as stack:
        writers = []
        for name in dict.fromkeys(formats):
            writer = FORMATS[name](stage)
            stack.callback(writer.close)
            writers.append(writer)
        for item in items:
            for writer in writers:
                writer.add(item)
            number += 1
        stack.close()
    return number
