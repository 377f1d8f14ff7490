"""Chunks on SQLite: one prepared insert, in commits so small that nobody waits for the lock."""

from typing import Any

import pyarrow as pa
import pyarrow.compute

from ops.db import arrow_sqlite, batch_spans
from ops.db.arrow import ArrowCursor
from ops.db.chunk import CONFLICTS, CONTENT, KEY, ChunkCounts, IngestRef
from ops.db.staging import COLUMNS, counts_of, fill, insert_batch, next_batch, write_staged

pc: Any = pyarrow.compute
_KEY = f"({', '.join(KEY)})"
_BETWEEN = f"{_KEY} >= (?, ?, ?) AND {_KEY} <= (?, ?, ?)"


def write_sqlite(cur: ArrowCursor, rows: pa.Table, ingest: IngestRef, now: int) -> ChunkCounts:
    """Store a chunk in key order as one commit.

    A chunk whose first key is new is inserted directly. Else it was most likely sent again: one
    read of the range of its keys settles that, and only what differs is staged.
    """
    chunk = rows.select([*KEY, *CONTENT])
    first = arrow_sqlite.tuples(chunk.slice(0, 1))[0]
    if not _stored(cur, first, first, 1):
        return _insert(cur, rows, chunk, ingest, now)
    sent = arrow_sqlite.tuples(chunk)
    if _stored(cur, sent[0], sent[-1], len(sent) + 1) == sent:
        return ChunkCounts(None, 0, len(sent), 0, CONFLICTS.empty_table())
    return write_staged(cur, rows, ingest, now)


def _stored(
    cur: ArrowCursor, first: tuple[Any, ...], last: tuple[Any, ...], most: int
) -> list[tuple[Any, ...]]:
    """Up to `most` stored rows from the key of `first` to the key of `last`, in key order."""
    query = f"SELECT {COLUMNS} FROM measurement WHERE {_BETWEEN} ORDER BY {', '.join(KEY)}"
    bounds = (*first[: len(KEY)], *last[: len(KEY)])
    return cur.rows_with(f"{query} LIMIT {most}", *bounds)


def _insert(
    cur: ArrowCursor, rows: pa.Table, chunk: pa.Table, ingest: IngestRef, now: int
) -> ChunkCounts:
    constant = _constants(chunk)
    varying = [name for name in chunk.column_names if name not in constant]
    sent = arrow_sqlite.tuples(chunk.select(varying))  # made before the lock is taken
    columns = ", ".join([*varying, *constant, "batch_id"])
    marks = ", ".join(["?"] * len(varying) + list(constant.values()))
    with cur.transaction():
        batch = next_batch(cur)
        accepted = cur.run_many(
            f"INSERT INTO measurement ({columns}) VALUES ({marks}, {batch}) ON CONFLICT DO NOTHING",
            sent,
        )
        if accepted:
            insert_batch(cur, batch, ingest, accepted, now)
            batch_spans.record(cur, batch, rows)
    if accepted == chunk.num_rows:
        return ChunkCounts(batch, accepted, 0, 0, CONFLICTS.empty_table())
    fill(cur, rows)
    return counts_of(cur, rows, batch, accepted)


def _constants(chunk: pa.Table) -> dict[str, str]:
    """Columns of one value, as SQL: each of them is a tenth less to hand over, row by row."""
    found: dict[str, str] = {}
    for name in CONTENT:
        column = chunk.column(name)
        if column.null_count == column.length():
            found[name] = "NULL"
        elif column.null_count == 0 and not pa.types.is_string(column.type):
            ends = pc.min_max(column).as_py()
            if ends["min"] == ends["max"]:
                found[name] = repr(ends["min"])
    return found
