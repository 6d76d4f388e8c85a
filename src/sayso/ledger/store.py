"""Where a ledger lies: opening it, bringing its tables up to date, plain SQL in and rows out.

A store is a connection to SQLite (a file) or to PostgreSQL (an address). Both take the same SQL
with ``?`` for parameters and give rows whose columns are had by name; where the dialects differ, a
module asks ``store.dialect``. Tables are made by the numbered files of ``migrations/<dialect>/``,
each run once, in order, in a transaction of its own.

One process writes at a time: ``write`` takes the store's one lock before it reads, so that the keys
it hands out and the decisions that it makes hold until it is done.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any, Literal

from sayso.errors import LedgerError

#: Migrations after which the rows of articles stay as they are.
ROWS_STAY = frozenset((11,))
Dialect = Literal["sqlite", "postgresql"]
Row = Any  # sqlite3.Row or a dict: row["column"]

#: The ledger that is used where none is named.
DEFAULT = "sayso.db"


@cache
def migrations(dialect: Dialect) -> tuple[tuple[int, str], ...]:
    """The numbered files that make the tables: number and SQL, in order."""
    folder = resources.files(__package__) / "migrations" / dialect
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple((int(f.name[:4]), f.read_text(encoding="utf-8")) for f in files)


class Store(ABC):
    """A ledger's tables; any thread may use it, one at a time."""

    dialect: Dialect
    name: str
    #: Whether nothing can be written.
    readonly: bool = False

    @abstractmethod
    def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a query."""

    @abstractmethod
    def run(self, sql: str, *values: object) -> int:
        """Run one statement inside ``write``; the number of rows that it touched."""

    @abstractmethod
    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of ``rows``, inside ``write``."""

    @abstractmethod
    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction, alone in writing: all of it is stored, or, on an error, none."""

    @abstractmethod
    def stamp(self) -> str:
        """What differs from its last value once the ledger was written to, by whomever."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""

    @abstractmethod
    def schema(self) -> int:
        """The number of the newest migration that the tables have; 0 for an empty store."""

    @abstractmethod
    def apply(self, number: int, script: str) -> None:
        """Run one migration and note its number, both or neither."""

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row of a query, or ``None``."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def value(self, sql: str, *values: object) -> Any:
        """The first column, named ``value``, of the first row; ``None`` where there is no row."""
        row = self.one(sql, *values)
        return None if row is None else row["value"]

    def next_key(self, table: str) -> int:
        """The key after the largest of ``table``; valid inside ``write`` alone."""
        largest = self.value(f"SELECT max({table}) AS value FROM {table}")
        return int(largest or 0) + 1

    def migrate(self) -> None:
        """Bring the tables up to date; articles that were there are ``stale`` afterwards.

        Raises:
            LedgerError: the ledger was made by a newer version of the program.
        """
        files = migrations(self.dialect)
        newest = files[-1][0]
        has = self.schema()
        if has > newest:
            raise LedgerError(
                f"{self.name}: made by a newer version of sayso (its tables are at {has}, this "
                f"version knows {newest}): upgrade sayso to open it; nothing was changed"
            )
        for number, script in files:
            if number > has:
                self.apply(number, script)
        if has and any(number > has and number not in ROWS_STAY for number, _ in files):
            with self.write():
                self.run(
                    "INSERT INTO stale (article) SELECT article FROM article WHERE true"
                    " ON CONFLICT DO NOTHING"
                )

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(name: str, *, create: bool = False, readonly: bool = False) -> Store:
    """The store of a ledger.

    Args:
        name: a file, or an address that begins with ``postgresql://``.
        create: make the file where there is none.
        readonly: write nothing; an older ledger is refused, not brought up to date.

    Raises:
        LedgerError: there is no such ledger, it is of a newer version, or it cannot be read.
    """
    if name.startswith(("postgresql://", "postgres://")):
        from sayso.ledger.postgresql import PostgresStore

        return PostgresStore(name, readonly=readonly)
    if "://" in name:
        raise LedgerError(f"{name}: a ledger is a file or a postgresql:// address")
    from sayso.ledger.sqlite import SqliteStore

    return SqliteStore(name, create=create and not readonly, readonly=readonly)


def numbers(keys: Iterable[int]) -> str:
    """Keys as a list in SQL; of none, one that no key is in."""
    return ", ".join(str(int(key)) for key in keys) or "NULL"
