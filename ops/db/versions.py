"""Versions of the measurements of a characteristic: what the database said of each, and when."""

from dataclasses import dataclass

import numpy as np

from ops.db.arrow import ArrowCursor
from ops.db.points import Span, factor_of_text, places, typed
from ops.values import BoolArray, Factor, FloatArray, IntArray, Status

_COLUMNS = ("ts", "value", "n", "seq", "status", "unit_id", "position", "context_id", "batch_id")
_COUNTED = (int(Status.VALID), int(Status.CORRECTED))
_HOLDS = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions that enter statistics, each of shape (n,), by time, sequence and version.

    Parameters
    ----------
    n
        Sample size or area behind a count, 1 otherwise.
    known, until
        From when to when the database said so, microseconds since 1970 UTC.
    original
        Whether it is the first version, what was measured.
    """

    ts: IntArray
    value: FloatArray
    n: FloatArray
    known: IntArray
    until: IntArray
    original: BoolArray
    context_id: IntArray
    unit_id: Factor
    position: Factor


@dataclass(frozen=True, slots=True)
class _Said:
    """What batches said of measurements: `row` of the measurement, in the order it was said."""

    row: IntArray
    status: IntArray
    value: FloatArray
    known: IntArray


def read_versions(
    cur: ArrowCursor, characteristic_id: int, span: Span, committed: "Commits"
) -> Versions:
    """Read all versions of a characteristic's measurements up to a batch.

    A void ends a version and begins none; a restore brings back what was measured.
    """
    of_it = f"characteristic_id = {characteristic_id} AND {span.condition()}"
    query, extra = typed(cur, _COLUMNS, f"FROM measurement WHERE {of_it} ORDER BY ts, seq")
    table = cur.table(query).slice(extra)
    ts, value, seq, status, context_id, batch = (
        table.column(c).to_numpy()
        for c in ("ts", "value", "seq", "status", "context_id", "batch_id")
    )
    unit_id, position = (factor_of_text(table.column(c)) for c in ("unit_id", "position"))
    first = _Said(np.arange(ts.size), status.astype(np.int64), value, committed.at(batch))
    later = _revised(cur, of_it, ts, seq, first, committed)
    row, status, value, known, until, original = _in_turn(first, later)
    kept = np.isin(status, _COUNTED) & (known < until)
    row = row[kept]
    return Versions(
        ts=ts[row],
        value=value[kept],
        n=table.column("n").to_numpy()[row],
        known=known[kept],
        until=until[kept],
        original=original[kept],
        context_id=context_id[row],
        unit_id=unit_id.take(row),
        position=position.take(row),
    )


@dataclass(frozen=True, slots=True)
class Commits:
    """Batches and when each was committed, in the order of their numbers."""

    batch: IntArray
    committed_at: IntArray

    def at(self, batch: IntArray) -> IntArray:
        """When each of some batches was committed; 0 for one that is gone."""
        if self.batch.size == 0:
            return np.zeros(batch.size, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.batch, batch), self.batch.size - 1)
        return np.where(self.batch[place] == batch, self.committed_at[place], 0)


def read_commits(cur: ArrowCursor, max_batch: int) -> Commits:
    """Read when the batches up to one were committed."""
    table = cur.table(f"SELECT id, committed_at FROM batch WHERE id <= {max_batch} ORDER BY id")
    batch, committed_at = (table.column(i).to_numpy().astype(np.int64) for i in range(2))
    return Commits(batch, committed_at)


def _revised(
    cur: ArrowCursor, of_it: str, ts: IntArray, seq: IntArray, first: _Said, committed: Commits
) -> _Said:
    table = cur.table(
        "SELECT ts, seq, status, coalesce(value, 0.0) AS value, batch_id FROM revision"
        f" WHERE {of_it} ORDER BY ts, seq, batch_id, id"
    )
    at, number, status, value, batch = (table.column(i).to_numpy() for i in range(5))
    new = np.concatenate([[True], (np.diff(at) != 0) | (np.diff(number) != 0)])[: at.size]
    row = places(ts, seq, at[new], number[new])[np.cumsum(new) - 1]
    stored = row >= 0
    row, status, value, batch = row[stored], status[stored], value[stored], batch[stored]
    restored = status == int(Status.VALID)
    return _Said(
        row=row,
        status=np.where(restored, first.status[row], status).astype(np.int64),
        value=np.where(restored, first.value[row], value),
        known=committed.at(batch),
    )


def _in_turn(
    first: _Said, later: _Said
) -> tuple[IntArray, IntArray, FloatArray, IntArray, IntArray, BoolArray]:
    """Row, status, value, known, until and whether it is the first, by row and in turn."""
    row = np.concatenate([first.row, later.row])
    order = np.argsort(row, kind="stable")
    row = row[order]
    status, value, known = (
        np.concatenate([getattr(first, name), getattr(later, name)])[order]
        for name in ("status", "value", "known")
    )
    until = np.full(row.size, _HOLDS)
    followed = np.flatnonzero(row[1:] == row[:-1])
    until[followed] = known[followed + 1]
    return row, status, value, known, until, order < first.row.size
