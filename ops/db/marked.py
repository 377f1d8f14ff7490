"""Columns of the newest mark of each row of a page of points."""

import numpy as np
import pyarrow as pa

from ops.db.arrow import ArrowCursor
from ops.db.points import places

MARKED = ("mark", "mark_cause", "mark_action", "mark_note")
_STORED = ("kind", "cause", "action", "note")


def with_marks(cur: ArrowCursor, table: pa.Table, condition: str) -> pa.Table:
    """Add the columns `MARKED` to rows in (ts, seq) order; null where nothing was said.

    Parameters
    ----------
    condition
        SQL condition on the marks: characteristic, window and highest batch.
    """
    query = (
        f"SELECT ts, seq, {', '.join(_STORED)} FROM point_mark"
        f" WHERE {condition} ORDER BY ts, seq, batch_id, id"
    )
    said = cur.table(query)
    place = np.full(table.num_rows, -1, dtype=np.int64)
    if said.num_rows:
        key = said.column("ts").to_numpy(), said.column("seq").to_numpy()
        newest = np.ones(said.num_rows, dtype=np.bool_)
        newest[:-1] = (np.diff(key[0]) != 0) | (np.diff(key[1]) != 0)
        last = np.flatnonzero(newest)
        rows = places(
            table.column("ts").to_numpy(), table.column("seq").to_numpy(),
            key[0][last], key[1][last],
        )  # fmt: skip
        place[rows[rows >= 0]] = last[rows >= 0]
    index = pa.array(place, mask=place < 0)
    for name, stored in zip(MARKED, _STORED, strict=True):
        table = table.append_column(name, said.column(stored).cast(pa.string()).take(index))
    return table
