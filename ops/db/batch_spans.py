"""Where in time the rows of a batch lie: measurements have no index by batch."""

import numpy as np
import pyarrow as pa

from ops.db.arrow import ArrowCursor


def record(cur: ArrowCursor, batch: int, rows: pa.Table) -> None:
    """Write the spans of a batch, in its transaction.

    Parameters
    ----------
    rows
        In the order of their keys; those of them that were known before only widen the span.
    """
    characteristic, ts = (rows.column(c).to_numpy() for c in ("characteristic_id", "ts"))
    ids, first = np.unique(characteristic, return_index=True)
    last = np.append(first[1:], ts.size) - 1
    values = ", ".join(
        f"({key}, {batch}, {ts[begin]}, {ts[end]})"
        for key, begin, end in zip(ids, first, last, strict=True)
    )
    cur.run(
        f"INSERT INTO batch_span (characteristic_id, batch_id, first_ts, last_ts) VALUES {values}"
    )
