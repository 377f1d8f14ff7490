"""What somebody foretells who looks at no signal: the mean so far, or the last measured value."""

import numpy as np

from ops.classify.evaluation.oof import NumbersOutOfFold
from ops.classify.metrology.rows import MeasuredRows
from ops.values import FloatArray


def mean_so_far(found: NumbersOutOfFold, rows: MeasuredRows) -> NumbersOutOfFold:
    """Mean of the training rows of each split, on the same tested rows."""
    means = np.array([float(rows.y[s.train].mean()) for s in found.splits])
    return _with_value(found, means[found.fold])


def last_value(found: NumbersOutOfFold, rows: MeasuredRows) -> NumbersOutOfFold | None:
    """Value of the measured row just before each, in the order of time; None without times.

    It knows of every row before, tested ones too: what somebody knows who measures all. The first
    row of all, which has none before, gets its split's mean.
    """
    if rows.order is None:
        return None
    last = np.full(rows.y.size, np.nan)
    seen = np.nan
    for row in rows.order.tolist():
        last[row] = seen
        if np.isfinite(rows.y[row]):
            seen = rows.y[row]
    value = last[found.rows]
    return _with_value(found, np.where(np.isfinite(value), value, mean_so_far(found, rows).value))


def _with_value(found: NumbersOutOfFold, value: FloatArray) -> NumbersOutOfFold:
    return NumbersOutOfFold(found.rows, found.y, value, found.fold, found.splits)
