"""Aggregates of the values in windows, all rows at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ops.classify.build.columns import HOUR_US, Readings
from ops.classify.build.windows import Facts, Pairs, Windows, pairs, was_known
from ops.classify.recipe_features import Aggregate
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Seen:
    """Aggregates of each row, and which rows had values that had not arrived.

    Parameters
    ----------
    columns
        Aggregate to its value for each row, shape (rows,); NaN where nothing was seen (count: 0).
    any : shape (rows,)
        Whether anything was seen.
    late : shape (rows,)
        Something was measured in the window, nothing of it was known.
    late_hours : shape (rows,)
        Of late rows: how long after the moment the first of it was known.
    """

    columns: dict[Aggregate, FloatArray]
    any: BoolArray
    late: BoolArray
    late_hours: FloatArray


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Values of the pairs of some rows: `start` of each row, `of` its place among the rows."""

    value: FloatArray
    hours: FloatArray
    beyond: BoolArray
    start: IntArray
    of: IntArray
    count: FloatArray
    mean: FloatArray


def aggregated(
    readings: Readings, facts: Facts, windows: Windows, wanted: Sequence[Aggregate]
) -> Seen:
    """Aggregate what each row saw in its window.

    Parameters
    ----------
    readings
        What `facts` were made of.
    """
    rows = windows.key.size
    out: dict[Aggregate, FloatArray] = {name: np.full(rows, np.nan) for name in wanted}
    if "count" in out:
        out["count"][:] = 0.0
    late, late_hours = np.zeros(rows, dtype=np.bool_), np.full(rows, np.nan)
    any_ = np.zeros(rows, dtype=np.bool_)
    value = readings.value[facts.order]
    beyond = (readings.value < readings.lower) | (readings.value > readings.upper)
    for found in pairs(facts, windows):
        known = was_known(facts, windows, found)
        _note_late(facts, windows, found, known, late, late_hours)
        seen = found if known.all() else found.those(known)
        start = seen.starts()
        if start.size == 0:
            continue
        chunk = _chunk(seen, start, value, facts, beyond[facts.order], windows)
        at = seen.row[start]
        any_[at] = True
        for name in wanted:
            out[name][at] = _AGGREGATES[name](chunk)
    return Seen(out, any_, late, late_hours)


def _chunk(
    seen: Pairs,
    start: IntArray,
    value: FloatArray,
    facts: Facts,
    beyond: BoolArray,
    windows: Windows,
) -> _Chunk:
    values = value[seen.fact]
    count = np.diff(np.append(start, values.size))
    hours = (facts.ts[seen.fact] - windows.until[seen.row]) / HOUR_US
    mean = np.add.reduceat(values, start) / count
    of = np.repeat(np.arange(start.size), count)
    return _Chunk(values, hours, beyond[seen.fact], start, of, count.astype(np.float64), mean)


def _note_late(
    facts: Facts,
    windows: Windows,
    found: Pairs,
    known: BoolArray,
    late: BoolArray,
    late_hours: FloatArray,
) -> None:
    """Mark rows that have pairs but none that was known."""
    if known.all():
        return
    start = found.starts()
    none = ~np.logical_or.reduceat(known, start)
    first = np.minimum.reduceat(facts.known[found.fact], start)
    rows = found.row[start][none]
    late[rows] = True
    late_hours[rows] = (first[none] - windows.seen[rows]) / HOUR_US


def _last(c: _Chunk) -> FloatArray:
    last: FloatArray = c.value[np.append(c.start[1:], c.value.size) - 1]
    return last


def _sd(c: _Chunk) -> FloatArray:
    squares = np.add.reduceat((c.value - c.mean[c.of]) ** 2, c.start)
    enough = c.count > 1
    sd: FloatArray = np.where(enough, np.sqrt(squares / np.where(enough, c.count - 1, 1)), np.nan)
    return sd


def _slope(c: _Chunk) -> FloatArray:
    """Least-squares slope per hour; NaN where all is of one instant."""
    hours = c.hours - (np.add.reduceat(c.hours, c.start) / c.count)[c.of]
    below = np.add.reduceat(hours**2, c.start)
    above = np.add.reduceat(hours * (c.value - c.mean[c.of]), c.start)
    some = below > 0
    slope: FloatArray = np.where(some, above / np.where(some, below, 1.0), np.nan)
    return slope


def _share(c: _Chunk) -> FloatArray:
    share: FloatArray = np.add.reduceat(c.beyond.astype(np.float64), c.start) / c.count
    return share


_AGGREGATES: dict[Aggregate, Callable[[_Chunk], FloatArray]] = {
    "last": _last,
    "mean": lambda c: c.mean,
    "sd": _sd,
    "min": lambda c: np.minimum.reduceat(c.value, c.start),
    "max": lambda c: np.maximum.reduceat(c.value, c.start),
    "count": lambda c: c.count,
    "slope": _slope,
    "share_beyond": _share,
}
