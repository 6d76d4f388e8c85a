"""Tables as CSV, JSON Lines and Parquet: one file a table, one row a record."""

import csv
from pathlib import Path
from typing import IO, Any

import msgspec

from sayso.exports.cells import as_text
from sayso.exports.columns import TABLES, Column
from sayso.exports.item import Item
from sayso.exports.rows import Row

#: Between the items of a list in CSV.
_BETWEEN = "; "
#: Rows of a table that Parquet holds in memory, and of one row group.
_GROUP = 5_000


class CsvWriter:
    """CSV: UTF-8, RFC 4180.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which it shows
    as text; the other formats have the text as it is.
    """

    def __init__(self, folder: Path) -> None:
        self._files: list[IO[str]] = []
        self._writers: dict[str, Any] = {}
        for table, columns in TABLES.items():
            path = folder / f"{table}.csv"
            held = path.open("w", encoding="utf-8", errors="replace", newline="")
            self._files.append(held)
            self._writers[table] = csv.writer(held, lineterminator="\r\n")
            self._writers[table].writerow([column.name for column in columns])

    def add(self, item: Item) -> None:
        """Write an article's rows."""
        for table, row in item.rows:
            self._writers[table].writerow(
                [_cell(column, row[column.name]) for column in TABLES[table]]
            )

    def close(self) -> None:
        """End the files."""
        for held in self._files:
            held.close()


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.type == "truth":
        return "true" if value else "false"
    if column.type in ("number", "integer"):
        return repr(int(value)) if float(value).is_integer() else repr(float(value))
    text = _BETWEEN.join(value) if column.type == "texts" else str(value)
    return as_text(text)


class JsonlWriter:
    """JSON Lines: one object a row, lists as lists, null where there is nothing."""

    def __init__(self, folder: Path) -> None:
        self._files = {table: (folder / f"{table}.jsonl").open("wb") for table in TABLES}

    def add(self, item: Item) -> None:
        """Write an article's rows."""
        for table, row in item.rows:
            ordered = {column.name: row[column.name] for column in TABLES[table]}
            self._files[table].write(encoded(ordered) + b"\n")

    def close(self) -> None:
        """End the files."""
        for held in self._files.values():
            held.close()


class ParquetWriter:
    """Parquet with typed columns, compressed (zstd)."""

    def __init__(self, folder: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "text": pa.string(),
            "number": pa.float64(),
            "integer": pa.int64(),
            "truth": pa.bool_(),
            "texts": pa.list_(pa.string()),
        }
        self._pa = pa
        self._held: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._schemas = {
            table: pa.schema(
                [
                    pa.field(column.name, types[column.type], metadata={"says": column.says})
                    for column in columns
                ]
            )
            for table, columns in TABLES.items()
        }
        self._writers = {
            table: pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd")
            for table, schema in self._schemas.items()
        }

    def add(self, item: Item) -> None:
        """Keep an article's rows, and write those of a table that are many."""
        for table, row in item.rows:
            self._held[table].append(row)
            if len(self._held[table]) >= _GROUP:
                self._write(table)

    def _write(self, table: str) -> None:
        held, schema = self._held[table], self._schemas[table]
        try:
            made = self._pa.Table.from_pylist(held, schema=schema)
        except UnicodeEncodeError:
            made = self._pa.Table.from_pylist(clean(held), schema=schema)
        self._writers[table].write_table(made)
        self._held[table] = []

    def close(self) -> None:
        """Write what is left, and end the files."""
        for table, writer in self._writers.items():
            if self._held[table]:
                self._write(table)
            writer.close()


def encoded(value: Any) -> bytes:
    """A value as JSON."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(clean(value))


def clean(value: Any) -> Any:
    """A value whose texts any encoding takes: lone surrogates become question marks."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    return value
