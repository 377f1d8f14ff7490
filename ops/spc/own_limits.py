"""Limits of the points that are shown, from these points: what a chart without a design has."""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.design import ChartSettings, StreamLimits
from ops.spc.estimate import FROM_VALUES, estimate_stream, estimator_of
from ops.spc.points import PlottedPoints, members
from ops.spc.qualified import check_counts
from ops.spc.short_run import short_run
from ops.values import BoolArray, FloatArray, IntArray, Series, stable_order


@dataclass(frozen=True, slots=True)
class Used:
    """Rows that limits are estimated from.

    Parameters
    ----------
    qualified : shape (rows,)
        Rows of a baseline, one set for all stages; None: each stage's own.
    left_out : shape (rows,)
        Rows that no limit is estimated from, nor from the point that they belong to.
    """

    qualified: BoolArray | None = None
    left_out: BoolArray | None = None


class OwnLimits:
    """Estimates limits of stretches of points, all streams of a stretch together.

    Moving ranges are taken within one stream, and none reaches across a point that is left out.

    Raises
    ------
    BadData
        If counts are impossible.
    """

    def __init__(
        self, series: Series, points: PlottedPoints, settings: ChartSettings, used: Used
    ) -> None:
        formed = members(series, settings)
        check_counts(points, settings.kind, series.n[formed.rows])
        self.estimator = estimator_of(settings.kind, "auto", points.size)
        self._settings = settings
        short = settings.kind.startswith("short-run")
        self._points = short_run(points, settings) if short else points
        self._behind = (
            (series.value[formed.rows], formed.code)
            if self.estimator in FROM_VALUES or settings.kind == "three-way"
            else None
        )
        out = np.zeros(points.ts.size, dtype=np.bool_)
        if used.left_out is not None:
            out[formed.code[used.left_out[formed.rows]]] = True
        self._out = out
        self._qualified = None if used.qualified is None else used.qualified[points.row]
        self._order = stable_order(points.stream.codes)

    def between(self, first: int, after: int) -> StreamLimits | None:
        """Limits of the points from `first` to before `after`; None where they allow none."""
        alive = np.zeros(self._out.size, dtype=np.bool_)
        if self._qualified is None:
            alive[first:after] = True
        else:
            alive = self._qualified.copy()
        kept = alive & ~self._out
        kept = kept if kept.any() else alive  # all of them if none would remain
        kept &= np.isfinite(self._points.value)
        at = self._order[kept[self._order]]
        points = self._points.take(at)
        begins = np.ones(at.size, dtype=np.bool_)
        missed = np.cumsum(~kept[self._order])[kept[self._order]]
        begins[1:] = (np.diff(points.stream.codes) != 0) | (np.diff(missed) > 0)
        try:
            found = estimate_stream(
                points, begins, self._settings.kind, self.estimator, self._values(kept, points)
            )
        except NotEnoughData:
            return None
        return StreamLimits(
            center=found.center,
            sigma=found.sigma,
            scale=found.scale,
            within=found.within,
            n=int(at.size),
            df=found.df if found.df is not None and np.isfinite(found.df) else None,
        )

    def _values(self, kept: BoolArray, points: PlottedPoints) -> tuple[FloatArray, IntArray]:
        if self._behind is None:
            return points.value, np.arange(points.value.size)
        value, code = self._behind
        among = kept[code]
        return value[among], code[among]
