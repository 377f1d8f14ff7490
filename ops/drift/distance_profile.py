"""Distance of a query to every stretch of a long series, each brought to mean 0 and sigma 1.

The cross products come from the fast Fourier transform of overlapping chunks, each about its own
mean, and the moments from sums about local anchors: a large offset or a step elsewhere costs no
digit. Where the rounding of a transform could show in the ninth digit, as it does for a distance
near 0, the product is summed directly. O(n log m) in time; a clean periodic series, all of whose
stretches repeat, costs up to O(n m).

References
----------
Mueen et al. (2022), The fastest similarity search algorithm for time series subsequences under
Euclidean distance (MASS); van Herk (1992), Pattern Recognition Letters 13, 517-521 (suffix and
prefix of blocks).
"""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from ops.errors import BadData, NotEnoughData
from ops.values import BoolArray, FloatArray, IntArray

EXACT = 2e-10  # error of a distance above which a product is summed directly
SLAB = 1 << 20  # numbers summed directly at a time


@dataclass(frozen=True, slots=True)
class Nearest:
    """Stretches nearest to a query, the nearest first: where each begins, and how far it is."""

    start: IntArray
    distance: FloatArray


def distance_profile(query: FloatArray, series: FloatArray) -> FloatArray:
    """Euclidean distance of z-normalised stretches.

    A flat stretch (all values equal) is normalised to zeros: it lies 0 from another flat one, and
    sqrt(m) from anything else. A stretch with a missing value lies infinitely far.

    Parameters
    ----------
    query : shape (m,)
        Finite, at least 3 values.
    series : shape (n,)
        NaN where there is a gap.

    Returns
    -------
    shape (n - m + 1,)
        Between 0 and 2 sqrt(m), or infinity.

    Raises
    ------
    NotEnoughData
        If the query has fewer than 3 values, or the series fewer than the query.
    BadData
        If the query holds a missing value.

    Examples
    --------
    >>> series = np.array([0.0, 1.0, 3.0, 100.0, 110.0, 130.0])
    >>> distance_profile(np.array([1.0, 2.0, 4.0]), series).round(6).tolist()
    [0.0, 0.544713, 1.071627, 0.0]
    """
    m = query.size
    _checked(query, series)
    there = np.isfinite(series)
    y = np.where(there, series, _filler(series, there))
    flat, gap = _flat(y, m), _holds_gap(there, m)
    if float(query.min()) == float(query.max()):
        return np.where(gap, np.inf, np.where(flat, 0.0, sqrt(m)))
    around = query - query.mean()
    around -= around.mean()
    unit = around / sqrt(float(around @ around))
    norm = _norms(y, m)
    norm[flat] = np.inf
    product, error = _products(unit, y)
    correlation = product / norm
    squared = 2.0 * m * np.maximum(1.0 - correlation, 0.0)
    found = np.sqrt(squared)
    doubtful = ~flat & ~gap & (m * error / norm > EXACT * np.maximum(found, EXACT))
    found[doubtful] = _direct(unit, y, np.flatnonzero(doubtful), sqrt(m))
    found[flat] = sqrt(m)
    found[gap] = np.inf
    return found


def nearest(profile: FloatArray, k: int, *, exclusion: int) -> Nearest:
    """Find the k smallest distances, no two of them closer than `exclusion` places.

    Parameters
    ----------
    exclusion
        Usually a quarter of the query: neighbours of a match are the same match.
    """
    left = profile.copy()
    starts: list[int] = []
    while len(starts) < k and left.size:
        place = int(np.argmin(left))
        if not np.isfinite(left[place]):
            break
        starts.append(place)
        left[max(0, place - exclusion + 1) : place + max(exclusion, 1)] = np.inf
    start = np.array(starts, dtype=np.int64)
    return Nearest(start, profile[start])


def exclusion_zone(m: int) -> int:
    """Return the usual exclusion zone of a query of m values, a quarter of it."""
    return ceil(m / 4)


def _checked(query: FloatArray, series: FloatArray) -> None:
    if query.size < 3:
        raise NotEnoughData(f"a query needs 3 values, got {query.size}")
    if series.size < query.size:
        raise NotEnoughData(
            f"the series has {series.size} values, fewer than the query's {query.size}"
        )
    missing = int(np.count_nonzero(~np.isfinite(query)))
    if missing:
        raise BadData(f"{missing} of the query's {query.size} values are missing; fill them first")


def _filler(series: FloatArray, there: BoolArray) -> FloatArray:
    """Hold the last value over a gap, so that it disturbs no sum."""
    if there.all() or not there.any():
        return np.zeros_like(series)
    last = np.maximum.accumulate(np.where(there, np.arange(series.size), -1))
    last[last < 0] = int(np.argmax(there))
    return series[last]


def _holds_gap(there: BoolArray, m: int) -> BoolArray:
    missing = np.concatenate(([0], np.cumsum(~there)))
    return np.asarray(missing[m:] > missing[:-m])


def _flat(y: FloatArray, m: int) -> BoolArray:
    changes = np.concatenate(([0], np.cumsum(y[1:] != y[:-1])))
    return np.asarray(changes[m - 1 :] == changes[: y.size - m + 1])


def _norms(y: FloatArray, m: int) -> FloatArray:
    """Root of the sum of squares of each stretch about its mean.

    A stretch is the suffix of one block of m values and the prefix of the next; both are summed
    about the mean of the two blocks.
    """
    n = y.size
    blocks = -(-n // m) + 1
    padded = np.concatenate((y, np.full(blocks * m - n, y[-1]))).reshape(blocks, m)
    anchor = (padded[:-1].mean(axis=1) + padded[1:].mean(axis=1))[:, None] / 2.0
    first, second = padded[:-1] - anchor, padded[1:] - anchor
    total = _suffix(first) + _prefix(second)
    square = _suffix(first**2) + _prefix(second**2)
    kept = np.maximum(square - total**2 / m, 0.0).ravel()[: n - m + 1]
    exact = kept > 1e-4 * square.ravel()[: n - m + 1]  # else too many digits cancelled
    found = np.sqrt(kept)
    windows = np.lib.stride_tricks.sliding_window_view(y, m)
    for rows in _slabs(np.flatnonzero(~exact), m):
        centred = windows[rows] - windows[rows].mean(axis=1, keepdims=True)
        found[rows] = np.sqrt(np.sum(centred**2, axis=1))
    return found


def _suffix(block: FloatArray) -> FloatArray:
    return np.cumsum(block[:, ::-1], axis=1)[:, ::-1]


def _prefix(block: FloatArray) -> FloatArray:
    """Sum of what comes before each place of the block."""
    found = np.zeros_like(block)
    np.cumsum(block[:, :-1], axis=1, out=found[:, 1:])
    return found


def _products(unit: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Sum of `unit` times each stretch, and a bound of its rounding error."""
    m, n = unit.size, y.size
    length = next_fast_len(max(4 * m, 1024), real=True)
    step = length - m + 1
    chunks = -(-(n - m + 1) // step)
    padded = np.concatenate((y, np.full(chunks * step + m - 1 - n, y[-1])))
    view = np.lib.stride_tricks.sliding_window_view(padded, length)[::step]
    centred = view - view.mean(axis=1, keepdims=True)
    spectrum = np.conj(rfft(unit, length))
    product = irfft(rfft(centred, axis=1) * spectrum, length, axis=1)[:, :step]
    size = np.sqrt(np.sum(centred**2, axis=1)) * (np.finfo(np.float64).eps * np.log2(length))
    error = np.repeat(size, step)
    return product.ravel()[: n - m + 1], error[: n - m + 1]


def _direct(unit: FloatArray, y: FloatArray, rows: IntArray, root: float) -> FloatArray:
    """Distance by its definition: no difference of nearly equal numbers."""
    windows = np.lib.stride_tricks.sliding_window_view(y, unit.size)
    found = np.empty(rows.size)
    done = 0
    for slab in _slabs(rows, unit.size):
        centred = windows[slab] - windows[slab].mean(axis=1, keepdims=True)
        centred -= centred.mean(axis=1, keepdims=True)
        centred /= np.sqrt(np.sum(centred**2, axis=1, keepdims=True))
        found[done : done + slab.size] = np.sqrt(np.sum((centred - unit) ** 2, axis=1))
        done += slab.size
    return found * root


def _slabs(rows: IntArray, m: int) -> list[IntArray]:
    size = max(1, SLAB // m)
    return [rows[i : i + size] for i in range(0, rows.size, size)]
