"""The second way of a chunk: staged in a temporary table, then what is new of it is inserted.

Staging touches no shared page, so that the write lock of SQLite is held for the insert alone.
"""

from typing import Any

import pyarrow as pa

from ops.db import batch_spans
from ops.db.arrow import ArrowCursor
from ops.db.batches import LOCK
from ops.db.chunk import CONFLICTS, CONTENT, KEY, ChunkCounts, IngestRef

COLUMNS = ", ".join((*KEY, *CONTENT))
_STAGE = "longrun_stage"  # temporary: each connection has its own
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


def write_staged(cur: ArrowCursor, rows: pa.Table, ingest: IngestRef, now: int) -> ChunkCounts:
    """Store what is new of a chunk, and compare the rest with what is stored."""
    fill(cur, rows)
    with cur.transaction():
        batch = next_batch(cur)
        changed = cur.run(
            f"INSERT INTO measurement ({COLUMNS}, batch_id) SELECT {COLUMNS}, {batch}"
            f" FROM {_STAGE} WHERE true ON CONFLICT DO NOTHING"
        )
        accepted = cur.integer("SELECT changes()") if cur.sqlite else changed
        if accepted:
            insert_batch(cur, batch, ingest, accepted, now)
            batch_spans.record(cur, batch, rows)
    return counts_of(cur, rows, batch, accepted)


def fill(cur: ArrowCursor, rows: pa.Table) -> None:
    """Put a chunk into the temporary table."""
    cur.run(_CREATE)
    cur.run(f"DELETE FROM {_STAGE}" if cur.sqlite else f"TRUNCATE {_STAGE}")
    cur.append(_STAGE, rows, temporary=True)
    if not cur.sqlite:
        cur.run(f"ANALYZE {_STAGE}")


def counts_of(cur: ArrowCursor, rows: pa.Table, batch: int, accepted: int) -> ChunkCounts:
    """Tell duplicates from conflicts among the staged rows that were not accepted."""
    known = rows.num_rows - accepted
    conflicts = _conflicts(cur, rows) if known else CONFLICTS.empty_table()
    return ChunkCounts(
        batch_id=batch if accepted else None,
        accepted=accepted,
        duplicate=known - conflicts.num_rows,
        conflicting=conflicts.num_rows,
        conflicts=conflicts,
    )


def next_batch(cur: ArrowCursor) -> int:
    """Give the batch of the open transaction a number; no other gets one before it ends."""
    if cur.sqlite:
        return cur.integer("SELECT coalesce(max(id), 0) + 1 FROM batch")
    cur.table(f"SELECT pg_advisory_xact_lock({LOCK})")
    return cur.integer("SELECT nextval(pg_get_serial_sequence('batch', 'id'))")


def insert_batch(cur: ArrowCursor, batch: int, ingest: IngestRef, rows: int, now: int) -> None:
    """Write the row of a batch."""
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
