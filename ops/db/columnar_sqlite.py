"""Chunks on SQLite: one prepared insert, in commits so small that nobody waits for the lock."""

from typing import Any

import pyarrow as pa

from ops.db import arrow_sqlite
from ops.db.arrow import ArrowCursor
from ops.db.chunk import CONFLICTS, CONTENT, KEY, ChunkCounts, IngestRef
from ops.db.staging import COLUMNS, counts_of, fill, insert_batch, next_batch, write_staged

_KEY = f"({', '.join(KEY)})"
_MARKS = ", ".join("?" * len((*KEY, *CONTENT)))
_BETWEEN = f"{_KEY} >= (?, ?, ?) AND {_KEY} <= (?, ?, ?)"


def write_sqlite(cur: ArrowCursor, rows: pa.Table, ingest: IngestRef, now: int) -> ChunkCounts:
    """Store a chunk in key order as one commit.

    A chunk whose first key is new is inserted directly. Else it was most likely sent again: one
    read of the range of its keys settles that, and only what differs is staged.
    """
    sent = arrow_sqlite.tuples(rows.select([*KEY, *CONTENT]))  # made before the lock is taken
    stored = _stored(cur, sent[0], sent[0], 1)
    if not stored:
        return _insert(cur, rows, sent, ingest, now)
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
    cur: ArrowCursor, rows: pa.Table, sent: list[tuple[Any, ...]], ingest: IngestRef, now: int
) -> ChunkCounts:
    with cur.transaction():
        batch = next_batch(cur)
        accepted = cur.run_many(
            f"INSERT INTO measurement ({COLUMNS}, batch_id) VALUES ({_MARKS}, {batch})"
            " ON CONFLICT DO NOTHING",
            sent,
        )
        if accepted:
            insert_batch(cur, batch, ingest, accepted, now)
    if accepted == len(sent):
        return ChunkCounts(batch, accepted, 0, 0, CONFLICTS.empty_table())
    fill(cur, rows)
    return counts_of(cur, rows, batch, accepted)
