"""Stored points of one characteristic, read through Arrow, with their revisions applied."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ops.db.arrow import ArrowCursor
from ops.query import ROW_COLUMNS, SEQ
from ops.values import Factor, FloatArray, IntArray, Status

_LABELS = ("subgroup", "unit_id", "position")
_ALWAYS = ("ts", "value", "context_id")
_MOST_IN_SQL = 2_000  # contexts in one IN list; beyond that the rows are filtered here
_COUNTED = (int(Status.VALID), int(Status.CORRECTED))
# SQLite has no column types: the driver guesses them from the first rows, and a text column that
# starts with NULLs would be taken for integers. A first row of every type, cut off again, decides.
_TYPED = {"value": "0.5", "n": "0.5", "subgroup": "''", "unit_id": "''", "position": "''"}


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows are seen: a half-open window in microseconds UTC, and the highest batch."""

    start: int | None
    end: int | None
    max_batch: int

    def condition(self) -> str:
        """Write the SQL condition on ``ts`` and ``batch_id``."""
        bounds = [f"batch_id <= {self.max_batch}"]
        if self.start is not None:
            bounds.append(f"ts >= {self.start}")
        if self.end is not None:
            bounds.append(f"ts < {self.end}")
        return " AND ".join(bounds)


@dataclass(frozen=True, slots=True)
class Points:
    """Points that enter statistics, in (ts, seq) order; every array of shape (n,)."""

    ts: IntArray
    value: FloatArray
    n: FloatArray
    context_id: IntArray
    subgroup: Factor
    unit_id: Factor
    position: Factor
    seq: IntArray | None = None


@dataclass(frozen=True, slots=True)
class _Revisions:
    """The revision in force of each revised point, in (ts, seq) order."""

    ts: IntArray
    seq: IntArray
    status: IntArray
    value: FloatArray


def read_points(
    cur: ArrowCursor,
    characteristic_id: int,
    span: Span,
    *,
    contexts: Sequence[int] | None = None,
    columns: frozenset[str] = ROW_COLUMNS,
) -> Points:
    """Read the points of a characteristic in a span.

    Parameters
    ----------
    contexts
        Contexts kept; None keeps all.
    columns
        Which of `ROW_COLUMNS` are wanted; the others come back empty (`n` as ones). With `SEQ`
        among them the sequences come too.
    """
    read = (*_ALWAYS, *sorted(columns - {SEQ}))
    read = (*read, SEQ) if SEQ in columns else read
    of_it = f"characteristic_id = {characteristic_id} AND {span.condition()}"
    if cur.integer(f"SELECT count(*) FROM (SELECT 1 FROM revision WHERE {of_it} LIMIT 1) r"):
        table = _read(cur, tuple(dict.fromkeys((*read, SEQ, "status"))), of_it, contexts)
        revised = in_force(cur, table, of_it)
        counted = np.isin(revised.column("status").to_numpy(), _COUNTED)
        return _points(revised.filter(pa.array(counted)), columns)
    return _points(_read(cur, read, f"{of_it} AND status IN {_COUNTED}", contexts), columns)


def typed(cur: ArrowCursor, columns: Sequence[str], rest: str) -> tuple[str, int]:
    """``SELECT columns rest`` with firm column types, and how many leading rows to cut off."""
    query = f"SELECT {', '.join(columns)} {rest}"
    if not cur.sqlite:
        return query, 0
    first = ", ".join(f"{_TYPED.get(c, '0')} AS {c}" for c in columns)
    return f"SELECT {first} UNION ALL SELECT * FROM ({query})", 1


def factor_of_text(column: pa.ChunkedArray) -> Factor:
    """Encode a text column; levels sorted, NULL as -1."""
    encoded = pa.chunked_array(column, type=pa.string()).combine_chunks().dictionary_encode()
    levels = encoded.dictionary.to_pylist()
    order = np.array(sorted(range(len(levels)), key=levels.__getitem__), dtype=np.int64)
    rank = np.empty(order.size + 1, dtype=np.int64)
    rank[order], rank[-1] = np.arange(order.size), -1  # the last place is what NULL points to
    codes = encoded.indices.cast(pa.int64()).fill_null(-1).to_numpy()
    return Factor(rank[codes], tuple(levels[i] for i in order))


def _read(
    cur: ArrowCursor, columns: Sequence[str], condition: str, contexts: Sequence[int] | None
) -> pa.Table:
    in_sql = contexts is not None and len(contexts) <= _MOST_IN_SQL
    if in_sql:
        kept = ", ".join(map(str, contexts or (0,)))
        condition = f"{condition} AND context_id IN ({kept})"
    query, extra = typed(cur, columns, f"FROM measurement WHERE {condition} ORDER BY ts, seq")
    table = cur.table(query).slice(extra)
    if contexts is None or in_sql:
        return table
    return table.filter(pa.array(np.isin(table.column("context_id").to_numpy(), contexts)))


def _revisions(cur: ArrowCursor, condition: str) -> _Revisions:
    query = (
        "SELECT ts, seq, status, coalesce(value, 0.0) AS value FROM revision"
        f" WHERE {condition} ORDER BY ts, seq, batch_id, id"
    )
    table = cur.table(query)
    ts, seq, status, value = (table.column(i).to_numpy() for i in range(4))
    newest = np.ones(ts.size, dtype=np.bool_)
    newest[:-1] = (np.diff(ts) != 0) | (np.diff(seq) != 0)
    return _Revisions(ts[newest], seq[newest], status[newest], value[newest])


def in_force(cur: ArrowCursor, table: pa.Table, condition: str) -> pa.Table:
    """Apply the revisions under an SQL condition to rows in (ts, seq) order.

    `value` and `status` become those in force; no row is left out.
    """
    revisions = _revisions(cur, condition)
    status, value = (table.column(c).to_numpy().copy() for c in ("status", "value"))
    key = table.column("ts").to_numpy(), table.column("seq").to_numpy()
    at = places(*key, revisions.ts, revisions.seq)
    for kind in (Status.VOID, Status.CORRECTED):  # a restore leaves what was measured
        mask = (at >= 0) & (revisions.status == kind)
        status[at[mask]] = kind
        if kind is Status.CORRECTED:
            value[at[mask]] = revisions.value[mask]
    for name, array in (("status", status), ("value", value)):
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(array))
    return table


def places(ts: IntArray, seq: IntArray, sought_ts: IntArray, sought_seq: IntArray) -> IntArray:
    """Find each sought key among the sorted keys: its index, -1 where it is absent."""
    all_ts, all_seq = np.concatenate([ts, sought_ts]), np.concatenate([seq, sought_seq])
    order = np.lexsort((all_seq, all_ts))  # stable: a stored key stands before its revision
    before, here = order[:-1], order[1:]
    same = (all_ts[before] == all_ts[here]) & (all_seq[before] == all_seq[here])
    found = np.full(sought_ts.size, -1, dtype=np.int64)
    found[here[same] - ts.size] = before[same]
    return found


def _points(table: pa.Table, wanted: frozenset[str]) -> Points:
    ts, value, context_id = (table.column(c).to_numpy() for c in _ALWAYS)
    names = frozenset(table.column_names)
    n = table.column("n").to_numpy() if "n" in names else np.ones(ts.size)
    empty = Factor(np.full(ts.size, -1, dtype=np.int64), ())
    labels = {c: factor_of_text(table.column(c)) if c in names else empty for c in _LABELS}
    seq = table.column(SEQ).to_numpy() if SEQ in wanted else None
    return Points(ts, value, n, context_id, **labels, seq=seq)
