"""Arrow in, Arrow out, beside the SQLAlchemy engine of the same database.

PostgreSQL is spoken to through ADBC, SQLite through `sqlite3` (`arrow_sqlite` says why). Every
connection is in autocommit mode and `ArrowCursor.transaction` spells transactions out: with
``autocommit=True`` and ``set_autocommit(False)`` ADBC's ``commit()`` silently does nothing.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from adbc_driver_manager import Error as AdbcError
from sqlalchemy import URL, Pool, QueuePool, event, make_url
from sqlalchemy.exc import DisconnectionError

from ops.db import arrow_sqlite

BUSY_TIMEOUT_MS = 30_000


@dataclass(frozen=True, slots=True)
class Columnar:
    """Arrow connections of one database."""

    pool: Pool
    sqlite: bool

    @contextmanager
    def cursor(self) -> Generator["ArrowCursor"]:
        """Lend a cursor; its connection goes back to the pool."""
        connection: Any = self.pool.connect()
        try:
            with closing(connection.cursor()) as raw:
                yield ArrowCursor(raw, self.sqlite)
        except (AdbcError, sqlite3.Error):
            connection.invalidate()  # its transaction may still be open
            raise
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class ArrowCursor:
    """A cursor of `sqlite3`, or of ADBC on PostgreSQL."""

    raw: Any
    sqlite: bool

    def run(self, statement: str) -> int:
        """Run a statement; rows that it changed, where the driver knows."""
        self.raw.execute(statement)
        return int(self.raw.rowcount)

    def run_with(self, statement: str, *parameters: object) -> None:
        """Run a statement with parameters."""
        # on a cursor of its own: after a failure the driver would bind them to the next statement
        with closing(self.raw.connection.cursor()) as own:
            own.execute(statement, parameters)

    def run_many(self, statement: str, rows: list[tuple[Any, ...]]) -> int:
        """Run a statement once for each row, on SQLite; rows that were changed."""
        self.raw.executemany(statement, rows)
        return int(self.raw.rowcount)

    def rows_with(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Rows of a query with parameters, on SQLite."""
        found: list[tuple[Any, ...]] = self.raw.execute(query, parameters).fetchall()
        return found

    def table(self, query: str) -> pa.Table:
        """Whole answer of a query."""
        if self.sqlite:
            return arrow_sqlite.table(self.raw, query)
        self.raw.execute(query)
        return self.raw.fetch_arrow_table()

    def batches(self, query: str) -> pa.RecordBatchReader:
        """Answer of a query, batch by batch; nothing else may run until it is read."""
        if self.sqlite:
            return arrow_sqlite.batches(self.raw, query)
        self.raw.execute(query)
        return self.raw.fetch_record_batch()

    def integer(self, query: str) -> int:
        """Answer of a query of one row and one integer column."""
        self.raw.execute(query)
        return int(self.raw.fetchone()[0])

    def append(self, table: str, rows: pa.Table, *, temporary: bool = False) -> None:
        """Append rows to a table: COPY on PostgreSQL, one prepared insert on SQLite."""
        if self.sqlite:
            arrow_sqlite.append(self.raw, table, rows)
            return
        self.raw.adbc_ingest(table, rows, mode="append", temporary=temporary)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit what is run inside; roll back when it raises. On SQLite it may write at once."""
        self.run("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")


def open_columnar(url: str) -> Columnar:
    """Open the Arrow side of a database; a connection to PostgreSQL costs some 70 ms, so kept."""
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    pool = QueuePool(
        lambda: _open_sqlite(parsed) if sqlite else _open_postgresql(parsed),
        pool_size=2,
        max_overflow=14,
        reset_on_return=None,
    )
    if not sqlite:
        event.listen(pool, "checkout", _ping)
    return Columnar(pool, sqlite)


def _open_sqlite(url: URL) -> Any:
    return arrow_sqlite.connect(url.database or ":memory:", BUSY_TIMEOUT_MS)


def _open_postgresql(url: URL) -> Any:
    import adbc_driver_postgresql.dbapi  # noqa: PLC0415  (loads pandas where there is one)

    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return adbc_driver_postgresql.dbapi.connect(plain, autocommit=True)


def _ping(connection: Any, _record: Any, _proxy: Any) -> None:
    try:
        with connection.cursor() as cur:
            cur.execute("SELECT 1")
            cur.fetchall()
    except AdbcError as gone:
        raise DisconnectionError from gone
