"""A ledger in one SQLite file: write-ahead log, foreign keys, one writer at a time."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.store import Row, Store

#: Marks a file as a ledger ("Says"), so that another program's database is never written into.
APPLICATION = 0x53617973
#: Seconds that a writer waits for another one.
PATIENCE = 60.0

_CAUSES = {
    "SQLITE_FULL": "the disk is full; this article was not stored, those before it are",
    "SQLITE_READONLY": "the ledger cannot be written: give it a file and folder that you may write",
    "SQLITE_BUSY": "another process has been writing for too long: try again",
    "SQLITE_NOTADB": "is no ledger: it is not an SQLite file",
    "SQLITE_CORRUPT": "the file is damaged: restore a copy (sqlite3 FILE .recover may help)",
    "SQLITE_CANTOPEN": "cannot be opened: is the folder there, and may you write to it?",
    "SQLITE_IOERR": "the disk failed while reading or writing",
}


#: The name of a ledger that is gone when it is closed.
MEMORY = ":memory:"


class SqliteStore(Store):
    """A ledger in an SQLite file.

    Args:
        name: the path of the file.
        create: make the file where there is none.
        readonly: write nothing.

    Raises:
        LedgerError: the file is missing, no ledger, damaged, or of a newer version.
    """

    dialect = "sqlite"

    def __init__(self, name: str, *, create: bool = False, readonly: bool = False) -> None:
        self.name = name
        self.readonly = readonly
        path = Path(name)
        if not path.exists() and not create and name != MEMORY:
            raise LedgerError(f"{name}: there is no such ledger; sayso add INPUT makes one")
        with self._named():
            self._connection = self._open(path)
        self._connection.row_factory = sqlite3.Row
        try:
            with self._named():
                if self.readonly:
                    self._check()
                else:
                    self._prepare()
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path) -> sqlite3.Connection:
        if self.name == MEMORY:
            return sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
        locked = path.exists() and not os.access(path, os.W_OK)
        mode = "mode=ro" if self.readonly else "mode=rwc"
        if locked:
            # A file that may not be written may still have a log beside it that must be read.
            log = Path(f"{path}-wal")
            mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
        self.readonly = self.readonly or locked
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )

    def _prepare(self) -> None:
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        if self._has_tables():
            self._check()
        self._log_ahead()
        run("PRAGMA synchronous = NORMAL")
        run("PRAGMA cache_size = -65536")
        if not self._is_current():
            self.migrate()

    def _log_ahead(self) -> None:
        """Turn the write-ahead log on; SQLite itself does not wait for another who is doing so."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    def _has_tables(self) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())

    def _check(self) -> None:
        if self._connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise LedgerError(f"{self.name}: is no ledger: it is another program's database")
        if self.readonly and not self._is_current():
            raise LedgerError(
                f"{self.name}: an older or newer version of sayso made it, and it cannot be written"
            )

    def _is_current(self) -> bool:
        from sayso.ledger.store import migrations

        return self.schema() == migrations("sqlite")[-1][0]

    def schema(self) -> int:
        """See ``Store``."""
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def apply(self, number: int, script: str) -> None:
        """See ``Store``; another process may have run the migration meanwhile."""
        with self.write():
            if self.schema() >= number:
                return
            for statement in statements(script):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {number}")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """See ``Store``."""
        with self._named():
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """See ``Store``."""
        with self._named():
            return self._connection.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """See ``Store``."""
        with self._named():
            self._connection.executemany(sql, rows)

    @contextmanager
    def write(self) -> Iterator[None]:
        """See ``Store``."""
        with self._named():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._named():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def stamp(self) -> str:
        """See ``Store``; SQLite counts others' writes and one's own apart."""
        others = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return f"{others}.{self._connection.total_changes}"

    def close(self) -> None:
        """See ``Store``."""
        self._connection.close()

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong in the file; empty where it is sound."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
        found += [
            f"{row[0]}: a row without its {row[2]}" for row in self.rows("PRAGMA foreign_key_check")
        ]
        return [] if found == ["ok"] else [line for line in found if line != "ok"]

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Errors of SQLite as errors that name the ledger and the way out."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorname", "") or ""
            cause = next(
                (words for start, words in _CAUSES.items() if code.startswith(start)), None
            )
            if cause is None and not isinstance(
                error, sqlite3.OperationalError | sqlite3.DatabaseError
            ):
                raise
            raise LedgerError(f"{self.name}: {cause or error}") from error


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one at a time (a trigger is one)."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""
