"""EWMA, two-sided CUSUM, mean, variance and slope of many streams in one pass, in machine code.

The charts follow the standardized value z = (x - center) / sigma; a missing value (NaN) leaves
every chart where it is. In a time-major block each row is taken by loops with few arrays, over
neighbours in memory: the compiler proves them apart and makes vector instructions of each.
"""

import numpy as np

from ops.compiled import compiled, overwrite
from ops.spc.moment_kernel import (
    TT,
    TX,
    XX,
    N,
    X,
    add_squares,
    add_times,
    deviate,
    first_present,
    gather,
    lose,
    merge,
    sum_stretch,
)
from ops.values import FloatArray, IntArray

TILE = 256  # streams whose rows and states stay in the nearest cache
STRETCH = 256  # points that are summed around one value
FADED = 1e-17  # weight of the start in an average, below which its limits no longer widen
MEASURES = 8
COUNT, MEAN, SQUARES, SLOPE, LARGEST, EWMA, UPPER, LOWER = range(MEASURES)


@compiled
def _standardize(row: FloatArray, center: FloatArray, sigma: FloatArray, z: FloatArray) -> None:
    for i in range(row.size):
        z[i] = (row[i] - center[i]) / sigma[i]


@compiled
def _move_ewma(
    z: FloatArray,
    level: FloatArray,
    most: FloatArray,
    spread: FloatArray,
    weight: float,
    variance: tuple[float, float],
) -> None:
    """Move averages on; keep the largest square of each in units of its variance."""
    for i in range(z.size):
        now = level[i] + weight * (z[i] - level[i]) if z[i] == z[i] else level[i]
        level[i] = now
        square = now * now / (variance[0] + variance[1] * spread[i])
        most[i] = square if square > most[i] else most[i]


@compiled
def _move_cusum(z: FloatArray, total: FloatArray, most: FloatArray, side: float, k: float) -> None:
    for i in range(z.size):
        now = total[i] + side * z[i] - k
        now = now if now > 0.0 else (0.0 if z[i] == z[i] else total[i])
        total[i] = now
        most[i] = now if now > most[i] else most[i]


@compiled
def _move_largest(z: FloatArray, most: FloatArray) -> None:
    for i in range(z.size):
        size = abs(z[i])
        most[i] = size if size > most[i] else most[i]


@compiled
def _finish(moments: FloatArray, origin: float, out: FloatArray) -> None:
    out[COUNT], out[MEAN], out[SQUARES] = moments[N], origin + moments[X], moments[XX]
    out[SLOPE] = moments[TX] / moments[TT] if moments[TT] > 0.0 else np.nan
    out[EWMA] = np.sqrt(out[EWMA])


@compiled
def _close_stretch(
    whole: tuple[float, float, float],
    sums: FloatArray,
    lost: FloatArray,
    near: FloatArray,
    origin: FloatArray,
    moments: FloatArray,
) -> None:
    """Merge the sums of a stretch of each stream; `whole`: rows, middle, squares of the times."""
    other = np.zeros(6)
    for i in range(near.size):
        times = -lost[1, i], whole[2] - lost[2, i]
        total = sums[0, i], sums[1, i], sums[2, i]
        gather(whole[0] - lost[0, i], whole[1], near[i] - origin[i], times, total, other)
        merge(moments[i], other)
        near[i] = origin[i] + moments[i, X]


@compiled
def _firsts(x: FloatArray) -> FloatArray:
    found = np.empty(x.shape[1])
    for i in range(x.shape[1]):
        found[i] = first_present(x[:, i])
    return found


@compiled
def screen_block(
    x: FloatArray,
    center: FloatArray,
    sigma: FloatArray,
    spread: FloatArray,
    weight: float,
    k: float,
) -> FloatArray:
    """Screen a time-major block.

    Parameters
    ----------
    x : shape (times, streams)
        One stream in each column.
    center, sigma, spread : shape (streams,)
        What each stream is standardized by, and the variance of `center` in units of sigma
        squared: 1/m of a mean of m values, 0 if it is known.
    weight, k
        Of the newest value in the EWMA; reference value of the CUSUM, in sigmas.

    Returns
    -------
    shape (streams, MEASURES)
        Values, mean, sum of squares around it, slope per point; largest of |z|, of the EWMA in
        its standard deviations (whose limits widen with the row), of the upper and lower CUSUM.
    """
    times, streams = x.shape
    out = np.zeros((streams, MEASURES))
    for left in range(0, streams, TILE):
        width = min(TILE, streams - left)
        state, largest = np.zeros((3, width)), np.zeros((4, width))
        moments = np.zeros((width, 6))
        z, away = np.empty(width), np.empty(width)
        covers = slice(left, left + width)
        near, origin = _firsts(x[:, covers]), _firsts(x[:, covers])
        fading = 1.0
        for first in range(0, times, STRETCH):
            m = min(STRETCH, times - first)
            sums, lost = np.zeros((3, width)), np.zeros((3, width))
            half, squares = 0.5 * (m - 1), 0.0
            for j in range(m):
                row, tau = x[first + j, covers], j - half
                squares += tau * tau
                _standardize(row, center[covers], sigma[covers], z)
                fading *= 1.0 - weight
                variance = weight / (2.0 - weight) * (1.0 - fading * fading), (1.0 - fading) ** 2
                _move_largest(z, largest[0])
                _move_ewma(z, state[0], largest[1], spread[covers], weight, variance)
                _move_cusum(z, state[1], largest[2], 1.0, k)
                _move_cusum(z, state[2], largest[3], -1.0, k)
                if deviate(row, near, away):
                    lose(row, tau, lost)
                add_squares(away, sums[0], sums[1])
                add_times(away, tau, sums[2])
            whole = float(m), first + half, squares
            _close_stretch(whole, sums, lost, near, origin, moments)
        for i in range(width):
            overwrite(out[left + i, LARGEST:], largest[:, i])
            _finish(moments[i], origin[i], out[left + i])
    return out


@compiled
def _follow(z: FloatArray, weight: float, k: float, spread: float, chart: FloatArray) -> None:
    """Move the charts of one stream on by a stretch, from and into `chart`."""
    level, upper, lower, fading = chart[0], chart[1], chart[2], chart[3]
    most, most_ewma, most_upper, most_lower = chart[4], chart[5], chart[6], chart[7]
    a, keep, flat = weight / (2.0 - weight), 1.0 - weight, 0.0
    for value in z:
        if value == value:
            level = keep * level + weight * value
            square = level * level
            if fading > FADED:
                fading *= keep
                rest = 1.0 - fading
                square /= a * (1.0 - fading * fading) + rest * rest * spread
                most_ewma = square if square > most_ewma else most_ewma
            else:
                flat = square if square > flat else flat
            upper += value - k
            upper = upper if upper > 0.0 else 0.0
            most_upper = upper if upper > most_upper else most_upper
            lower -= value + k
            lower = lower if lower > 0.0 else 0.0
            most_lower = lower if lower > most_lower else most_lower
            size = abs(value)
            most = size if size > most else most
    flat /= a + spread
    chart[0], chart[1], chart[2], chart[3] = level, upper, lower, fading
    most_ewma = flat if flat > most_ewma else most_ewma
    chart[4], chart[5], chart[6], chart[7] = most, most_ewma, most_upper, most_lower


@compiled
def screen_segments(
    x: FloatArray, starts: IntArray, scale: FloatArray, weight: float, k: float
) -> FloatArray:
    """Screen streams that stand one after the other.

    Parameters
    ----------
    x : shape (n,)
        The streams, each in time order.
    starts : shape (streams + 1,)
        Where each stream begins, and n.
    scale : shape (streams, 3)
        Center, sigma and spread of each, as in `screen_block`.

    Returns
    -------
    shape (streams, MEASURES)
        As `screen_block`; the limits of the EWMA widen with the values that are there.
    """
    out = np.zeros((starts.size - 1, MEASURES))
    moments, other, chart, z = np.empty(6), np.empty(6), np.empty(8), np.empty(STRETCH)
    for i in range(starts.size - 1):
        stream = x[starts[i] : starts[i + 1]]
        center, sigma, spread = scale[i, 0], scale[i, 1], scale[i, 2]
        moments[:] = 0.0
        chart[:] = 0.0
        chart[3] = 1.0
        origin = first_present(stream)
        for first in range(0, stream.size, STRETCH):
            part = stream[first : first + STRETCH]
            place = z[: part.size]
            for j in range(part.size):
                place[j] = (part[j] - center) / sigma
            _follow(place, weight, k, spread, chart)
            other[:] = 0.0
            sum_stretch(part, float(first), origin + moments[X], origin, other)
            merge(moments, other)
        overwrite(out[i, LARGEST:], chart[4:])
        _finish(moments, origin, out[i])
    return out
