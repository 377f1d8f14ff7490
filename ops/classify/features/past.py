"""Rows before a row: lags and statistics of a window that ends before the present."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.classify.table import NO_TIME
from ops.values import BoolArray, Factor, FloatArray, IntArray

Statistic = Literal["mean", "sd", "min", "max", "slope"]
Moments = tuple[FloatArray, ...]  # n, mean of t, mean of x, sums of squares tt, tx, xx


@dataclass(frozen=True, slots=True)
class Past:
    """Rows in the order of time within their groups.

    Rows of one instant are not before one another: none sees the other. Among the rows before
    it, those of one instant are in the order of the table.

    Parameters
    ----------
    rows : shape (m,)
        Rows of the table that have a time and a group, sorted by group, then time.
    start, end : shape (m,)
        The rows before ``rows[j]`` in its group are ``rows[start[j]:end[j]]``.
    size
        Number of rows of the table, n.
    """

    rows: IntArray
    start: IntArray
    end: IntArray
    size: int

    def lag(self, x: FloatArray, rows: int) -> FloatArray:
        """Value so many rows before each row; NaN where there is none, shape (n,)."""
        at = self.end - rows
        there = at >= self.start
        return self._spread(np.where(there, x[self.rows][np.where(there, at, 0)], np.nan))

    def rolling(self, x: FloatArray, rows: int, statistic: Statistic) -> FloatArray:
        """Statistic of up to so many rows before each row, missing values left out, shape (n,).

        `mean`, `min` and `max` need one value, `sd` (n - 1 below) and `slope` (least squares, per
        row) two; NaN where there are fewer.
        """
        low = np.maximum(self.start, self.end - rows)
        x = x[self.rows]
        if statistic in ("min", "max"):
            return self._spread(_extreme(x, low, self.end, statistic))
        n, _, mean, tt, tx, xx = _moments(x, low, self.end)
        with np.errstate(divide="ignore", invalid="ignore"):
            if statistic == "mean":
                return self._spread(np.where(n > 0, mean, np.nan))
            value = np.sqrt(xx / (n - 1)) if statistic == "sd" else tx / tt
        return self._spread(np.where(n > 1, value, np.nan))

    def _spread(self, sorted_values: FloatArray) -> FloatArray:
        out = np.full(self.size, np.nan)
        out[self.rows] = sorted_values
        return out


def past_of(times: IntArray, group: Factor | None) -> Past:
    """Order of rows by time within a group; rows without a time or a group have no past.

    Examples
    --------
    >>> past = past_of(np.array([3, 1, 2]), None)
    >>> past.lag(np.array([30.0, 10.0, 20.0]), 1)
    array([20., nan, 10.])
    """
    codes = np.zeros(times.size, np.int64) if group is None else group.codes
    known = np.flatnonzero((times != NO_TIME) & (codes >= 0))
    rows = known[np.lexsort((times[known], codes[known]))]
    new_group = _changes(codes[rows])
    start = _latest(new_group)
    end = _latest(new_group | _changes(times[rows]))
    return Past(rows, start, end, times.size)


def _changes(x: IntArray) -> BoolArray:
    """Whether a value differs from the one before it; the first one does."""
    return np.append(np.ones(min(x.size, 1), np.bool_), x[1:] != x[:-1])


def _latest(first: BoolArray) -> IntArray:
    """Index of the latest True at or before each place."""
    return np.maximum.accumulate(np.where(first, np.arange(first.size), 0))


def _moments(x: FloatArray, low: IntArray, high: IntArray) -> Moments:
    """Moments of each window, put together of blocks of 1, 2, 4, ... rows.

    No sum over all rows is taken and none subtracted, so that a far-away value costs no digits
    (merging after Chan, Golub and LeVeque 1983, The American Statistician 37, 242-247).
    """
    there = np.isfinite(x)
    zero = np.zeros(x.size)
    at = np.arange(float(x.size))
    block: Moments = (there.astype(float), at, np.where(there, x, 0.0), zero, zero, zero)
    total: Moments = tuple(np.zeros(low.size) for _ in range(6))
    place, length = low.copy(), high - low
    for bit in range(int(length.max(initial=0)).bit_length()):
        take = np.flatnonzero(length >> bit & 1)
        merged = _merged(tuple(v[take] for v in total), tuple(v[place[take]] for v in block))
        for old, new in zip(total, merged, strict=True):
            old[take] = new
        place[take] += 1 << bit
        half = 1 << bit
        block = _merged(tuple(v[:-half] for v in block), tuple(v[half:] for v in block))
    return total


def _merged(a: Moments, b: Moments) -> Moments:
    n = a[0] + b[0]
    share = b[0] / np.maximum(n, 1)
    t, x = b[1] - a[1], b[2] - a[2]
    weight = a[0] * share
    return (
        n,
        a[1] + t * share,
        a[2] + x * share,
        a[3] + b[3] + weight * t * t,
        a[4] + b[4] + weight * t * x,
        a[5] + b[5] + weight * x * x,
    )


def _extreme(
    x: FloatArray, low: IntArray, high: IntArray, statistic: Literal["min", "max"]
) -> FloatArray:
    """Least or greatest value of each window: of two blocks that overlap."""
    pick: Callable[[FloatArray, FloatArray], FloatArray] = (
        np.fmin if statistic == "min" else np.fmax
    )
    out = np.full(low.size, np.nan)
    length = high - low
    block = x
    for bit in range(int(length.max(initial=0)).bit_length()):
        take = np.flatnonzero(length >> bit == 1)
        out[take] = pick(block[low[take]], block[high[take] - (1 << bit)])
        block = pick(block[: -(1 << bit)], block[1 << bit :])
    return out
