"""The window that limits are estimated from: its points, and what was left out of it before."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData
from ops.spc.design import ChartKind, ChartSettings
from ops.spc.points import ATTRIBUTES, PlottedPoints, members, plotted
from ops.spc.subgroup import stream_of
from ops.values import BoolArray, FloatArray, IntArray, Series, stable_order


@dataclass(frozen=True, slots=True)
class Qualified:
    """Points of the window in the order of their streams, and the values behind them.

    Parameters
    ----------
    points
        In stream order, time order within each.
    breaks : shape (n,)
        Whether a point begins its stream, or a value before it was left out.
    value, code : shape (rows,)
        Values behind the points by point, and the number of their point.
    """

    points: PlottedPoints
    breaks: BoolArray
    value: FloatArray
    code: IntArray

    def streams(self) -> Iterator[tuple[str, slice]]:
        """Level of each stream, and where its points stand."""
        codes = self.points.stream.codes
        ends = np.flatnonzero(np.append(np.diff(codes) != 0, True)) + 1
        for first, after in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            code = int(codes[first])
            yield self.points.stream.levels[code] if code >= 0 else "", slice(first, after)

    def behind(self, points: slice, alive: BoolArray) -> tuple[FloatArray, IntArray]:
        """Values behind those of the points that are alive, and the point of each."""
        first, after = np.searchsorted(self.code, (points.start, points.stop))
        code = self.code[first:after]
        kept = alive[code]
        return self.value[first:after][kept], code[kept]


def qualify(series: Series, settings: ChartSettings, excluded: BoolArray) -> Qualified:
    """Points of a window without the rows that were excluded.

    Raises
    ------
    NotEnoughData
        If no row is left.
    BadData
        If a count is below 0, above its sample size, or has no sample size.
    """
    points = plotted(series, settings, keep=~excluded)
    formed = members(series, settings, keep=~excluded)
    check_counts(points, settings.kind, series.n[formed.rows])
    order = stable_order(points.stream.codes)
    points = points.take(order)
    rank = np.empty(order.size, dtype=np.int64)
    rank[order] = np.arange(order.size)
    code = rank[formed.code]
    by_point = stable_order(code)
    return Qualified(
        points=points,
        breaks=_breaks(series, settings, points, excluded),
        value=series.value[formed.rows][by_point],
        code=code[by_point],
    )


def _breaks(
    series: Series, settings: ChartSettings, points: PlottedPoints, excluded: BoolArray
) -> BoolArray:
    breaks = np.ones(points.ts.size, dtype=np.bool_)
    breaks[1:] = np.diff(points.stream.codes) != 0
    if not excluded.any():
        return breaks
    order = stable_order(stream_of(series, settings.stream).codes)
    before = np.empty(order.size, dtype=np.int64)
    before[order] = np.cumsum(excluded[order])  # of its stream, up to each row
    breaks[1:] |= before[points.row[1:]] > before[points.last[:-1]]
    return breaks


def check_counts(points: PlottedPoints, kind: ChartKind, n: FloatArray) -> None:
    """Refuse counts that cannot be.

    Parameters
    ----------
    n
        Sample sizes or areas of the values behind the points.

    Raises
    ------
    BadData
        If a count is below 0, above its sample size, or has no sample size.
    """
    value, size = points.value, points.size
    if kind not in ATTRIBUTES and kind not in ("g", "t"):
        return
    if kind == "c" and np.ptp(n) > 0:
        raise BadData(
            f"field n: a c chart needs one sample size or area, got {n.min():g} to {n.max():g};"
            " take a u chart"
        )
    if kind in ATTRIBUTES and not bool(np.all(size > 0)):
        at = int(np.flatnonzero(~(size > 0))[0])
        raise BadData(f"field n: a {kind} chart needs a sample size above 0, got {size[at]:g}")
    if bool(np.any(value < 0)):
        raise BadData(
            f"field value: a {kind} chart needs counts or times of at least 0,"
            f" got {float(np.min(value)):g}"
        )
    share = value / size if kind == "np" else value
    if kind in ("p", "np", "laney-p") and bool(np.any(share > 1)):
        at = int(np.argmax(share))
        raise BadData(
            f"field value: a {kind} chart needs a count up to its sample size,"
            f" got {float(share[at] * size[at]):g} of n = {size[at]:g}"
        )
