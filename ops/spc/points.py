"""The points of a control chart: what is plotted of a series, before any limit is known."""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.design import ChartKind, ChartSettings
from ops.spc.subgroup import by_first_row, squares, stream_of, subgroups
from ops.values import BoolArray, Factor, FloatArray, IntArray, Series, stable_order

SHARES: frozenset[ChartKind] = frozenset({"p", "u", "laney-p", "laney-u"})
COUNTS: frozenset[ChartKind] = frozenset({"np", "c"})
ATTRIBUTES = SHARES | COUNTS
ROW_BY_ROW: frozenset[ChartKind] = frozenset({"individuals", "g", "t"})  # subgroups have no sense


@dataclass(frozen=True, slots=True)
class PlottedPoints:
    """Points in the order of their first rows.

    Parameters
    ----------
    ts : shape (n,)
        Of the first row, microseconds since 1970 UTC.
    row, last : shape (n,)
        First and last row of each point in the series.
    size : shape (n,)
        Values behind the point; attributes: sample size or area (sum of `n`), on c charts 1.
    stream, part
        Level of the stream's and of the part's factor at the first row; -1 where it has none.
    mean, range, sd : shape (n,)
        Of the values of the subgroup; `range` and `sd` (n - 1) are NaN with one value.
    value : shape (n,)
        What is plotted before limits: p, u: count over size; np, c: count; others: the mean.
    """

    ts: IntArray
    row: IntArray
    last: IntArray
    size: FloatArray
    stream: Factor
    part: Factor
    mean: FloatArray
    range: FloatArray
    sd: FloatArray
    value: FloatArray

    def take(self, index: IntArray | BoolArray) -> "PlottedPoints":
        """Points `index`, in that order."""
        row, mean, spread = self.row[index], self.mean[index], self.range[index]
        return PlottedPoints(  # individuals hold some of these arrays twice
            self.ts[index],
            row,
            row if self.last is self.row else self.last[index],
            self.size[index],
            self.stream.take(index),
            self.part.take(index),
            mean,
            spread,
            spread if self.sd is self.range else self.sd[index],
            mean if self.value is self.mean else self.value[index],
        )


def plotted(
    series: Series, settings: ChartSettings, *, keep: BoolArray | None = None
) -> PlottedPoints:
    """Points of a series as a chart of these settings plots them.

    Subgroups are formed of all rows first, so that a row that is left out moves no other row into
    another subgroup. A row outside `settings.where` takes no part at all.

    Parameters
    ----------
    series
        Rows in (ts, seq) order.
    settings
        A design, or one without limits.
    keep : shape (rows,)
        Rows that enter the points; absent: all.

    Raises
    ------
    NotEnoughData
        If no row is left.
    BadData
        If the subgroup names a factor that the series has not.
    """
    formed = members(series, settings, keep=keep)
    labels = [
        stream_of(series, name).take(formed.rows) for name in (settings.stream, settings.part)
    ]
    return _points(series, settings.kind, formed, (labels[0], labels[1]))


@dataclass(frozen=True, slots=True)
class Members:
    """Rows that enter a chart, ascending, and the number of the point of each."""

    rows: IntArray
    code: IntArray


def members(series: Series, settings: ChartSettings, *, keep: BoolArray | None = None) -> Members:
    """Rows behind the points of `plotted`, with the same parameters."""
    rows = np.flatnonzero(_within(series, settings))
    if rows.size == 0:
        raise NotEnoughData(
            f"a control chart needs 1 value, got 0 of {series.ts.size} after the filter"
            f" {settings.where}; widen the window or the filter"
        )
    there = series if rows.size == series.ts.size else _rows(series, rows)
    how = "individuals" if settings.kind in ROW_BY_ROW else settings.subgroup
    code = subgroups(there, how, stream_of(there, settings.stream).codes)
    kept = np.arange(rows.size) if keep is None else np.flatnonzero(keep[rows])
    if kept.size == 0:
        raise NotEnoughData("a control chart needs 1 value, all of them are left out")
    return Members(rows[kept], by_first_row(code[kept]) if kept.size < rows.size else code)


def _within(series: Series, settings: ChartSettings) -> BoolArray:
    kept = np.ones(series.ts.size, dtype=np.bool_)
    for name, levels in settings.where.items():
        factor = series.factors.get(name)
        if factor is None:
            return np.zeros(series.ts.size, dtype=np.bool_)
        kept &= np.isin(factor.codes, [i for i, x in enumerate(factor.levels) if x in levels])
    return kept


def _rows(series: Series, rows: IntArray) -> Series:
    return Series(
        characteristic=series.characteristic,
        ts=series.ts[rows],
        value=series.value[rows],
        n=series.n[rows],
        subgroup=series.subgroup.take(rows),
        unit_id=series.unit_id.take(rows),
        position=series.position.take(rows),
        factors={name: factor.take(rows) for name, factor in series.factors.items()},
        spec=series.spec,
        seq=None if series.seq is None else series.seq[rows],
    )


def _points(
    series: Series, kind: ChartKind, formed: Members, labels: tuple[Factor, Factor]
) -> PlottedPoints:
    rows, code = formed.rows, formed.code
    value, n = series.value[rows], series.n[rows]
    points = int(code.max()) + 1
    if points == rows.size:  # individuals: nothing to sum up
        first = last = np.arange(points)
        count, mean = np.ones(points), value
        spread = deviation = np.full(points, np.nan)
        total, area = value, n
    else:
        order = stable_order(code)
        ends = np.cumsum(np.bincount(code, minlength=points))
        begins = np.concatenate(([0], ends[:-1]))
        first, last = order[begins], order[ends - 1]
        count = np.bincount(code).astype(np.float64)
        ordered = value[order]
        spread = np.maximum.reduceat(ordered, begins) - np.minimum.reduceat(ordered, begins)
        total, area = _sums(code, value), _sums(code, n)
        mean = total / count
        several = count > 1
        spread = np.where(several, spread, np.nan)
        variance = squares(value, mean, code) / np.where(several, count - 1.0, np.nan)
        deviation = np.sqrt(variance)
    size, shown = sized(kind, total, area, count, mean)
    stream, part = (label.take(first) for label in labels)
    last = rows[first] if last is first else rows[last]
    first = last if points == rows.size else rows[first]
    return PlottedPoints(
        series.ts[first], first, last, size, stream, part, mean, spread, deviation, shown
    )


def sized(
    kind: ChartKind, total: FloatArray, area: FloatArray, count: FloatArray, mean: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Size of each point, and what is plotted of it before limits, as in `PlottedPoints`.

    Parameters
    ----------
    total, area, count, mean : shape (n,)
        Sum of the values, sum of their sizes, number of values, and their mean.
    """
    size = np.ones(count.size) if kind == "c" else area if kind in ATTRIBUTES else count
    if kind in SHARES:
        return size, _shares(total, size)
    return size, total if kind in COUNTS else mean


def _sums(code: IntArray, value: FloatArray) -> FloatArray:
    return np.asarray(np.bincount(code, value), dtype=np.float64)


def _shares(count: FloatArray, size: FloatArray) -> FloatArray:
    return count / np.where(size > 0, size, np.nan)
