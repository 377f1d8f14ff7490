"""Fewer points for the same picture: extremes of equal stretches of time, and all that signal.

References
----------
Jugel, Jerzak, Hackenbroich and Markl (2014), M4: a visualization-oriented time series data
aggregation, PVLDB 7(10), 797-808 (why the extremes of each pixel column keep the picture).
"""

import numpy as np

from ops.values import BoolArray, FloatArray, IntArray


def decimate(ts: IntArray, value: FloatArray, keep: BoolArray, *, stretches: int) -> IntArray:
    """Choose the points to draw; their indices, ascending.

    The window is cut into equal stretches of time. Of each the first, the last, a lowest and a
    highest point stay; and so does every point of `keep`, however many they are.

    Parameters
    ----------
    ts : shape (n,)
        Ascending.
    value : shape (n,)
        NaN is never an extreme.
    keep : shape (n,)
        Points that must not be lost: those out of control.
    stretches
        How many stretches, at least 1; a drawing has one for each pixel column or two.

    Examples
    --------
    >>> ts, value = np.arange(6), np.array([0.0, 9.0, 1.0, 2.0, -7.0, 3.0])
    >>> decimate(ts, value, np.zeros(6, dtype=bool), stretches=1).tolist()
    [0, 1, 4, 5]
    """
    if stretches < 1:
        raise ValueError(f"a drawing has at least 1 stretch, got {stretches}")
    if ts.size <= 4 * stretches:
        return np.arange(ts.size, dtype=np.int64)
    edges = np.linspace(ts[0], ts[-1], stretches + 1)[:-1]
    starts = np.unique(np.searchsorted(ts, edges))
    code = np.zeros(ts.size, dtype=np.int64)
    code[starts[1:]] = 1
    code = np.cumsum(code)
    chosen = keep.copy()
    chosen[starts] = chosen[-1] = True
    chosen[starts[1:] - 1] = True
    for extreme, filled in ((np.minimum, np.inf), (np.maximum, -np.inf)):
        finite = np.where(np.isnan(value), filled, value)
        best = extreme.reduceat(finite, starts)
        hits = np.flatnonzero(finite == best[code])
        _, first = np.unique(code[hits], return_index=True)
        chosen[hits[first]] = True
    return np.flatnonzero(chosen)
