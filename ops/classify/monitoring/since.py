"""Since when a column is off: the change of its level after which it stayed off."""

import numpy as np

from ops.drift.changepoints import changepoints
from ops.values import FloatArray, IntArray

BINS = 240
LEAST = 12
_OFF = 0.5  # of the present shift that a level must keep


def off_since(x: FloatArray, times: IntArray, home: float, shift: float) -> int | None:
    """Instant of the change after which the level never came back; None where none is found.

    Parameters
    ----------
    x : shape (n,)
        Values in time order, reference and later rows; NaN is left out.
    times : shape (n,)
        Microseconds since 1970 UTC.
    home, shift
        Mean of the reference, and newest mean less that.
    """
    known = np.flatnonzero(np.isfinite(x))
    if known.size < LEAST or shift == 0:
        return None
    bins = min(BINS, known.size)
    edges = np.arange(bins) * known.size // bins
    size = np.diff(np.r_[edges, known.size])
    means = np.add.reduceat(x[known], edges) / size
    found = changepoints(means, min_segment=3)
    off = (found.means - home) * np.sign(shift) >= _OFF * abs(shift)
    first = off.size
    while first > 0 and off[first - 1]:
        first -= 1
    if first in (0, off.size):
        return None
    return int(times[known[edges[int(found.starts[first])]]])
