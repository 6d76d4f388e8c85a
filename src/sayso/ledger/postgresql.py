"""A ledger in a PostgreSQL database (extra ``postgresql``: psycopg)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sayso.errors import LedgerError
from sayso.ledger.store import Row, Store

#: Number of the lock (advisory, one a database) that makes writers wait for each other.
LOCK = 0x53617973


class PostgresStore(Store):
    """A ledger in a PostgreSQL database.

    Args:
        name: an address, ``postgresql://user@host/database``.
        readonly: write nothing.

    Raises:
        LedgerError: psycopg is missing, the server cannot be reached, or the ledger is of a newer
            version.
    """

    dialect = "postgresql"

    def __init__(self, name: str, *, readonly: bool = False) -> None:
        try:
            import psycopg
            from psycopg.rows import dict_row
        except ImportError as error:
            raise LedgerError(
                f"{_safe(name)}: PostgreSQL needs the extra: pip install 'sayso[postgresql]'"
            ) from error
        self.name = _safe(name)
        self._error = psycopg.Error
        with self._named():
            self._connection: Any = psycopg.connect(name, autocommit=True, row_factory=dict_row)
        self.readonly = readonly
        try:
            if readonly:
                self._connection.read_only = True
            else:
                self.migrate()
        except BaseException:
            self.close()
            raise

    def schema(self) -> int:
        """See ``Store``."""
        if self.value("SELECT to_regclass('schema_version') AS value") is None:
            return 0
        return int(self.value("SELECT max(number) AS value FROM schema_version") or 0)

    def apply(self, number: int, script: str) -> None:
        """See ``Store``; another process may have run the migration meanwhile."""
        with self.write():
            if self.schema() >= number:
                return
            with self._named():
                self._connection.execute(script)
            self.run("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY)")
            self.run("INSERT INTO schema_version (number) VALUES (?)", number)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """See ``Store``."""
        with self._named():
            found: list[Row] = self._connection.execute(_marked(sql), values).fetchall()
            return found

    def run(self, sql: str, *values: object) -> int:
        """See ``Store``."""
        with self._named():
            return int(self._connection.execute(_marked(sql), values).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """See ``Store``."""
        with self._named(), self._connection.cursor() as cursor:
            cursor.executemany(_marked(sql), rows)

    @contextmanager
    def write(self) -> Iterator[None]:
        """See ``Store``."""
        with self._named(), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            yield

    def stamp(self) -> str:
        """See ``Store``; any transaction of the server changes it."""
        return str(self.value("SELECT pg_current_snapshot()::text AS value"))

    def close(self) -> None:
        """See ``Store``."""
        self._connection.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            words = " ".join(str(error).split())
            raise LedgerError(f"{self.name}: {words[:300]}") from error


def _marked(sql: str) -> str:
    """The SQL with PostgreSQL's marks for parameters; no text in it may hold ``?`` or ``%``."""
    return sql.replace("?", "%s")


def _safe(name: str) -> str:
    """The address without its password, for messages."""
    from urllib.parse import urlsplit, urlunsplit

    parts = urlsplit(name)
    if parts.password is None:
        return name
    host = parts.netloc.rsplit("@", 1)[-1]
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{host}"))
