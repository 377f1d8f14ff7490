"""Traces as they came: how long each is, gaps filled, stretched to one length."""

import numpy as np

from ops.values import BoolArray, FloatArray, IntArray


def lengths_of(trace: FloatArray) -> IntArray:
    """Points of each trace up to its last known one in any channel; 0: it has none.

    Parameters
    ----------
    trace : shape (n, channels, points)
        A shorter trace ends with NaN.

    Examples
    --------
    >>> lengths_of(np.array([[[1.0, np.nan, 2.0, np.nan]], [[np.nan] * 4]]))
    array([3, 0])
    """
    known: BoolArray = np.any(np.isfinite(trace), axis=1)
    if not known.shape[1]:
        return np.zeros(len(trace), dtype=np.int64)
    last = known.shape[1] - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), last, 0).astype(np.int64)


def filled(trace: FloatArray) -> FloatArray:
    """Traces of one length with their gaps on straight lines between the points beside them.

    A channel without any point is 0.
    """
    bad = ~np.isfinite(trace)
    if not bad.any():
        return trace
    out = trace.copy()
    place = np.arange(trace.shape[2], dtype=np.float64)
    for row, channel in np.argwhere(bad.any(axis=2)).tolist():
        known = ~bad[row, channel]
        series = out[row, channel]
        if known.any():
            series[~known] = np.interp(place[~known], place[known], series[known])
        else:
            series[:] = 0.0
    return out


def stretched(trace: FloatArray, points: int) -> FloatArray:
    """Each trace by straight lines at `points` places that are even over its own length.

    Traces of that length keep their points; those without any are 0.
    """
    out = np.zeros((*trace.shape[:2], points))
    lengths = lengths_of(trace)
    for length in np.unique(lengths[lengths > 0]).tolist():
        rows = np.flatnonzero(lengths == length)
        own = filled(trace[rows, :, :length])
        if length == points:
            out[rows] = own
            continue
        at = np.linspace(0.0, length - 1.0, points)
        left = np.minimum(at.astype(np.int64), length - 1)
        right = np.minimum(left + 1, length - 1)
        share = at - left
        out[rows] = own[:, :, left] * (1.0 - share) + own[:, :, right] * share
    return out
