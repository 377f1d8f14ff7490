"""The hot path: a chunk of measurements in, through Arrow, whole or not at all.

PostgreSQL takes a fresh chunk by COPY, straight into the table. Only when that meets a known key
(or SQLite is the database) the chunk is staged in a temporary table first, and what is new of it
is inserted. Staging touches no shared page, so that on SQLite the write lock is held for the
insert alone (some 20 ms for 20,000 rows).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from adbc_driver_manager import IntegrityError

from ops.db.arrow import ArrowCursor
from ops.db.batches import LOCK
from ops.db.engine import Database
from ops.db.partitions import ensure, months_of
from ops.db.types import to_micros

SQLITE_ROWS = 20_000  # most rows of one commit: nobody waits longer for the write lock
KEY = ("characteristic_id", "ts", "seq")
CONTENT = ("value", "subgroup", "unit_id", "position", "n", "status", "context_id")
CHUNK = pa.schema(
    [
        ("row", pa.int64()),
        ("characteristic_id", pa.int64()),
        ("ts", pa.int64()),
        ("seq", pa.int64()),
        ("value", pa.float64()),
        ("subgroup", pa.string()),
        ("unit_id", pa.string()),
        ("position", pa.string()),
        ("n", pa.float64()),
        ("status", pa.int16()),
        ("context_id", pa.int64()),
    ]
)
CONFLICTS = pa.schema([*(CHUNK.field(c) for c in ("row", *KEY)), ("stored", pa.string()),
                       ("sent", pa.string())])  # fmt: skip

_STAGE = "longrun_stage"  # temporary: each connection has its own
_STAGED = ", ".join((*KEY, *CONTENT))
_CREATE = (
    f"CREATE TEMP TABLE IF NOT EXISTS {_STAGE} (row BIGINT, characteristic_id BIGINT, ts BIGINT,"
    " seq BIGINT, value DOUBLE PRECISION, subgroup TEXT, unit_id TEXT, position TEXT,"
    " n DOUBLE PRECISION, status SMALLINT, context_id BIGINT)"
)
_DIFFERENT = " OR ".join(f"m.{c} IS DISTINCT FROM s.{c}" for c in CONTENT)
_COMPARE = (
    f"SELECT s.row AS row, {', '.join(f's.{c} AS {c}' for c in KEY)},"
    f" {', '.join(f'm.{c} AS stored_{c}, s.{c} AS sent_{c}' for c in CONTENT)}"
    f" FROM {_STAGE} s JOIN measurement m ON {' AND '.join(f'm.{c} = s.{c}' for c in KEY)}"
    f" WHERE ({_DIFFERENT})"
)


@dataclass(frozen=True, slots=True)
class IngestRef:
    """The ingest that a chunk belongs to."""

    ingest_id: int
    site_id: int
    person: str


@dataclass(frozen=True, slots=True)
class ChunkCounts:
    """What became of the rows of a chunk: accepted + duplicate + conflicting = rows.

    Parameters
    ----------
    batch_id
        The (last) batch that was written; None when no row was new: then nothing was written.
    conflicts
        Rows whose key is stored with other content: row, key, and the content that differs, as
        text, as `stored` and as `sent`.
    """

    batch_id: int | None
    accepted: int
    duplicate: int
    conflicting: int
    conflicts: pa.Table


def write_chunk(
    database: Database, chunk: pa.Table, *, ingest: IngestRef, now: datetime
) -> ChunkCounts:
    """Store a chunk of measurements; each commit holds a batch and all of its rows.

    On SQLite a chunk above 20,000 rows is committed as several batches. Of rows that share a key
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
        return _sum([_stage(cur, rows.slice(s, SQLITE_ROWS), ingest, at) for s in starts])


def _sorted(chunk: pa.Table) -> pa.Table:
    order = np.lexsort([chunk.column(name).to_numpy() for name in reversed(KEY)])
    if np.array_equal(order, np.arange(order.size)):
        return chunk
    return chunk.take(pa.array(order))


def _write_postgresql(cur: ArrowCursor, rows: pa.Table, ingest: IngestRef, now: int) -> ChunkCounts:
    ensure(cur, months_of(rows.column("ts").to_numpy()))
    try:
        with cur.transaction():
            batch = _next_batch(cur)
            _insert_batch(cur, batch, ingest, rows.num_rows, now)
            numbered = pa.repeat(pa.scalar(batch, pa.int64()), rows.num_rows)
            fresh = rows.drop_columns("row").append_column("batch_id", numbered)
            cur.append("measurement", fresh)
    except IntegrityError:
        return _stage(cur, rows, ingest, now)
    return ChunkCounts(batch, rows.num_rows, 0, 0, CONFLICTS.empty_table())


def _stage(cur: ArrowCursor, rows: pa.Table, ingest: IngestRef, now: int) -> ChunkCounts:
    cur.run(_CREATE)
    cur.run(f"DELETE FROM {_STAGE}" if cur.sqlite else f"TRUNCATE {_STAGE}")
    cur.append(_STAGE, rows, temporary=True)
    if not cur.sqlite:
        cur.run(f"ANALYZE {_STAGE}")
    with cur.transaction():
        batch = _next_batch(cur)
        changed = cur.run(
            f"INSERT INTO measurement ({_STAGED}, batch_id) SELECT {_STAGED}, {batch}"
            f" FROM {_STAGE} WHERE true ON CONFLICT DO NOTHING"
        )
        accepted = cur.integer("SELECT changes()") if cur.sqlite else changed
        if accepted:
            _insert_batch(cur, batch, ingest, accepted, now)
    known = rows.num_rows - accepted
    conflicts = _conflicts(cur, rows) if known else CONFLICTS.empty_table()
    return ChunkCounts(
        batch_id=batch if accepted else None,
        accepted=accepted,
        duplicate=known - conflicts.num_rows,
        conflicting=conflicts.num_rows,
        conflicts=conflicts,
    )


def _next_batch(cur: ArrowCursor) -> int:
    if cur.sqlite:
        return cur.integer("SELECT coalesce(max(id), 0) + 1 FROM batch")
    cur.table(f"SELECT pg_advisory_xact_lock({LOCK})")
    return cur.integer("SELECT nextval(pg_get_serial_sequence('batch', 'id'))")


def _insert_batch(cur: ArrowCursor, batch: int, ingest: IngestRef, rows: int, now: int) -> None:
    cur.run_with(
        "INSERT INTO batch (id, site_id, ingest_id, kind, rows, person, committed_at)"
        f" VALUES ({batch}, {ingest.site_id}, {ingest.ingest_id}, 'rows', {rows},"
        f" {'?' if cur.sqlite else '$1'}, {now})",
        ingest.person,
    )


def _conflicts(cur: ArrowCursor, rows: pa.Table) -> pa.Table:
    # a row that was just inserted equals itself, so no filter by batch is needed; the bounds let
    # PostgreSQL leave out the partitions of other months
    ts = rows.column("ts").to_numpy()
    between = f"m.ts BETWEEN {ts.min()} AND {ts.max()}"
    found = cur.table(f"{_COMPARE} AND {between} ORDER BY s.row")
    described = [_describe(row) for row in found.to_pylist()]
    return pa.Table.from_pylist(described, schema=CONFLICTS)


def _describe(row: dict[str, Any]) -> dict[str, Any]:
    differing = [c for c in CONTENT if row[f"stored_{c}"] != row[f"sent_{c}"]]
    return {
        **{name: row[name] for name in ("row", *KEY)},
        "stored": ", ".join(f"{c}={row[f'stored_{c}']}" for c in differing),
        "sent": ", ".join(f"{c}={row[f'sent_{c}']}" for c in differing),
    }


def _sum(parts: list[ChunkCounts]) -> ChunkCounts:
    return ChunkCounts(
        batch_id=max((p.batch_id for p in parts if p.batch_id is not None), default=None),
        accepted=sum(p.accepted for p in parts),
        duplicate=sum(p.duplicate for p in parts),
        conflicting=sum(p.conflicting for p in parts),
        conflicts=pa.concat_tables([CONFLICTS.empty_table(), *(p.conflicts for p in parts)]),
    )
