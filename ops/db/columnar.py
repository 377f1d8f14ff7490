"""The hot path: a chunk of measurements in, through Arrow, whole or not at all.

A fresh chunk goes straight into the table: by COPY on PostgreSQL, by one prepared insert on SQLite.
Only when it meets a known key it is staged in a temporary table, what is new of it is inserted, and
the rest is compared with what is stored.
"""

from datetime import datetime

import numpy as np
import pyarrow as pa
from adbc_driver_manager import IntegrityError

from ops.db import batch_spans
from ops.db.arrow import ArrowCursor
from ops.db.chunk import CHUNK as CHUNK
from ops.db.chunk import CONFLICTS, KEY
from ops.db.chunk import ChunkCounts as ChunkCounts
from ops.db.chunk import IngestRef as IngestRef
from ops.db.columnar_sqlite import write_sqlite
from ops.db.engine import Database
from ops.db.partitions import ensure, months_of
from ops.db.staging import insert_batch, next_batch, write_staged
from ops.db.types import to_micros

SQLITE_ROWS = 4_000  # most rows of one commit: nobody waits longer for the write lock


def write_chunk(
    database: Database, chunk: pa.Table, *, ingest: IngestRef, now: datetime
) -> ChunkCounts:
    """Store a chunk of measurements; each commit holds a batch and all of its rows.

    On SQLite a chunk above 4,000 rows is committed as several batches. Of rows that share a key
    the first in the chunk counts, and the others are duplicates or conflicts.

    Parameters
    ----------
    chunk
        Columns as in `CHUNK`: numbers finite, ids known, `ts` in microseconds UTC.
    """
    rows = _sorted(chunk.select(CHUNK.names).cast(CHUNK))
    at = to_micros(now)
    if rows.num_rows == 0:
        return _sum([])
    with database.columnar.cursor() as cur:
        if not cur.sqlite:
            return _write_postgresql(cur, rows, ingest, at)
        starts = range(0, rows.num_rows, SQLITE_ROWS)
        return _sum([write_sqlite(cur, rows.slice(s, SQLITE_ROWS), ingest, at) for s in starts])


def _sorted(chunk: pa.Table) -> pa.Table:
    order = np.lexsort([chunk.column(name).to_numpy() for name in reversed(KEY)])
    if np.array_equal(order, np.arange(order.size)):
        return chunk
    return chunk.take(pa.array(order))


def _write_postgresql(cur: ArrowCursor, rows: pa.Table, ingest: IngestRef, now: int) -> ChunkCounts:
    ensure(cur, months_of(rows.column("ts").to_numpy()))
    try:
        with cur.transaction():
            batch = next_batch(cur)
            insert_batch(cur, batch, ingest, rows.num_rows, now)
            batch_spans.record(cur, batch, rows)
            numbered = pa.repeat(pa.scalar(batch, pa.int64()), rows.num_rows)
            fresh = rows.drop_columns("row").append_column("batch_id", numbered)
            cur.append("measurement", fresh)
    except IntegrityError:
        return write_staged(cur, rows, ingest, now)
    return ChunkCounts(batch, rows.num_rows, 0, 0, CONFLICTS.empty_table())


def _sum(parts: list[ChunkCounts]) -> ChunkCounts:
    return ChunkCounts(
        batch_id=max((p.batch_id for p in parts if p.batch_id is not None), default=None),
        accepted=sum(p.accepted for p in parts),
        duplicate=sum(p.duplicate for p in parts),
        conflicting=sum(p.conflicting for p in parts),
        conflicts=pa.concat_tables([CONFLICTS.empty_table(), *(p.conflicts for p in parts)]),
    )
