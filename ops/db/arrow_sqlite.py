"""Arrow in, Arrow out on SQLite, through the SQLite library that Python itself is linked to.

The ADBC driver brings an SQLite library of its own. Two of them on one file in one process do not
see each other's locks, since POSIX locks belong to the process: both then hold the write lock at
once, and the file is corrupted ("How To Corrupt An SQLite Database File", section 2.2.1; it
happened here within seconds of an ingest beside small writes). So all of SQLite goes through
`sqlite3`.
"""

import sqlite3
from collections.abc import Generator, Iterator
from typing import Any

import pyarrow as pa

FETCH_ROWS = 50_000
PART_ROWS = 500


def connect(path: str, busy_timeout_ms: int) -> sqlite3.Connection:
    """Open a connection in autocommit mode; transactions are spelled out."""
    connection = sqlite3.connect(
        path, timeout=busy_timeout_ms / 1000, isolation_level=None, check_same_thread=False
    )
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def table(cursor: sqlite3.Cursor, query: str) -> pa.Table:
    """Whole answer of a query; types are those of the values, int64 where there are none."""
    cursor.execute(query)
    # in small parts: turning a million rows into columns at once takes four times as long
    parts = [pa.table(_columns(cursor, cursor.fetchmany(PART_ROWS)))]
    while rows := cursor.fetchmany(PART_ROWS):
        parts.append(pa.table(_columns(cursor, rows)))
    return pa.concat_tables(parts, promote_options="default").combine_chunks()


def batches(cursor: sqlite3.Cursor, query: str) -> pa.RecordBatchReader:
    """Answer of a query, batch by batch; the first batch sets the types."""
    cursor.execute(query)
    first = pa.table(_columns(cursor, cursor.fetchmany(FETCH_ROWS)))
    return pa.RecordBatchReader.from_batches(first.schema, _rest(cursor, first))


def append(cursor: sqlite3.Cursor, name: str, rows: pa.Table) -> None:
    """Insert rows by one prepared statement."""
    marks = ", ".join("?" * rows.num_columns)
    statement = f"INSERT INTO {name} ({', '.join(rows.column_names)}) VALUES ({marks})"
    cursor.executemany(statement, tuples(rows))


def tuples(rows: pa.Table) -> list[tuple[Any, ...]]:
    """Rows as Python values."""
    return list(zip(*(c.to_pylist() for c in rows.columns), strict=True))


def _columns(cursor: sqlite3.Cursor, rows: list[Any]) -> dict[str, Any]:
    names = [column[0] for column in cursor.description]
    if not rows:
        return {name: pa.array([], pa.int64()) for name in names}
    return {n: pa.array(v) for n, v in zip(names, zip(*rows, strict=True), strict=True)}


def _rest(cursor: sqlite3.Cursor, first: pa.Table) -> Generator[pa.RecordBatch]:
    yield from _batches_of(first)
    while rows := cursor.fetchmany(FETCH_ROWS):
        yield from _batches_of(pa.table(_columns(cursor, rows)).cast(first.schema))


def _batches_of(part: pa.Table) -> Iterator[pa.RecordBatch]:
    return iter(part.to_batches())
