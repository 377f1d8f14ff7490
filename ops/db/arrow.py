"""ADBC connections: Arrow in, Arrow out, beside the SQLAlchemy engine of the same database.

Every connection is in autocommit mode and transactions are spelled out (``transaction``): with
``autocommit=True`` and ``set_autocommit(False)`` the driver's ``commit()`` silently does nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import pyarrow as pa
from adbc_driver_manager import Error as AdbcError
from sqlalchemy import URL, Pool, QueuePool, event, make_url
from sqlalchemy.exc import DisconnectionError

BUSY_TIMEOUT_MS = 30_000
_BATCH_ROWS = "adbc.sqlite.query.batch_rows"


def open_pool(url: str) -> Pool:
    """Pool of ADBC connections; opening one on PostgreSQL costs some 70 ms."""
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
    return pool


@contextmanager
def cursor(pool: Pool) -> Generator[Any]:
    """Lend an ADBC cursor."""
    connection: Any = pool.connect()
    try:
        with connection.cursor() as lent:
            yield lent
    except AdbcError:
        connection.invalidate()  # its transaction may still be open
        raise
    finally:
        connection.close()


@contextmanager
def transaction(cur: Any, begin: str = "BEGIN") -> Generator[None]:
    """Commit what is executed inside; roll back when it raises."""
    cur.execute(begin)
    try:
        yield
    except BaseException:
        cur.execute("ROLLBACK")
        raise
    cur.execute("COMMIT")


def fetch(cur: Any, query: str) -> pa.Table:
    """Whole answer of a query."""
    cur.execute(query)
    table: pa.Table = cur.fetch_arrow_table()
    return table


def fetch_int(cur: Any, query: str) -> int:
    """Answer of a query of one row and one integer column."""
    cur.execute(query)
    return int(cur.fetchone()[0])


def _open_sqlite(url: URL) -> Any:
    connection = adbc_driver_sqlite.dbapi.connect(url.database or ":memory:", autocommit=True)
    with connection.cursor() as cur:
        cur.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")  # the driver sets none
        cur.execute("PRAGMA synchronous = NORMAL")
        cur.execute("PRAGMA foreign_keys = ON")
        cur.execute("PRAGMA temp_store = MEMORY")
    return connection


def _open_postgresql(url: URL) -> Any:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return adbc_driver_postgresql.dbapi.connect(plain, autocommit=True)


def _ping(connection: Any, _record: Any, _proxy: Any) -> None:
    try:
        with connection.cursor() as cur:
            cur.execute("SELECT 1")
            cur.fetchall()
    except AdbcError as gone:
        raise DisconnectionError from gone
