"""A judged chart as columns on the wire: the points that are drawn, the chart of spread."""

from math import isfinite

import numpy as np

from api.chart_promise import is_limit
from api.chart_view import (
    DrawnPoints,
    FactorView,
    LimitColumns,
    RuleView,
    SideView,
    StageView,
    SumColumns,
)
from ops.spc.chart import Chart
from ops.spc.decimate import decimate
from ops.spc.designed import SideChart
from ops.spc.line import Line
from ops.values import Factor, FloatArray, IntArray, Series


def rule_views(chart: Chart) -> list[RuleView]:
    """Rules in the order of their bits, each with the points that break it."""
    judged = chart.judged
    return [
        RuleView(
            id=rule.id,
            name=rule.name,
            sentence=rule.sentence,
            points=int(np.count_nonzero(judged.flags & np.uint16(1 << bit))),
            is_limit=is_limit(rule),
        )
        for bit, rule in enumerate(judged.rules)
    ]


def stage_views(chart: Chart) -> list[StageView]:
    """Stages with the limits that are drawn of them."""
    return [
        StageView(
            start=int(chart.ts[stage.first]),
            end=int(chart.ts[stage.after - 1]),
            points=stage.after - stage.first,
            center=_number(stage.center),
            sigma=None if stage.limits is None else stage.limits.sigma,
            df=None if stage.limits is None else stage.limits.df,
            estimated_from=None if stage.limits is None else stage.limits.n,
            lower=_number(stage.lower),
            upper=_number(stage.upper),
            level=stage.level,
        )
        for stage in chart.stages
    ]


def drawn_points(
    series: Series, chart: Chart, between: tuple[int, int], stretches: int
) -> DrawnPoints:
    """Extremes of each stretch of time, and every point that breaks a rule.

    Parameters
    ----------
    between
        Half-open range of the points of the zoom.
    """
    first, after = between
    judged = chart.judged
    drawn = first + decimate(
        chart.ts[first:after],
        _finite(judged.line.statistic[first:after]),
        judged.flags[first:after] > 0,
        stretches=stretches,
    )
    row = chart.row[drawn]
    single = chart.settings.kind in ("individuals", "g", "t")
    sums = judged.sums
    return DrawnPoints(
        ts=chart.ts[drawn].tolist(),
        value=_column(judged.line.statistic[drawn]),
        size=None if single else chart.size[drawn].tolist(),
        limits=_limits(judged.line, drawn) if chart.steps else None,
        sums=None if sums is None else SumColumns(
            upper=_column(sums[0][drawn]), lower=_column(-sums[1][drawn])
        ),
        flags=judged.flags[drawn].tolist(),
        factors={name: _factor(factor.take(row)) for name, factor in series.factors.items()},
    )  # fmt: skip


def side_views(chart: Chart, between: tuple[int, int], stretches: int) -> list[SideView]:
    """Charts of spread between two points, each with the extremes of its own."""
    return [_side(chart.ts, side, between, stretches) for side in chart.judged.sides]


def _side(ts: IntArray, side: SideChart, between: tuple[int, int], stretches: int) -> SideView:
    first, after = between
    there = first + np.flatnonzero(np.isfinite(side.line.statistic[first:after]))
    drawn = there[
        decimate(ts[there], side.line.statistic[there], side.beyond[there], stretches=stretches)
    ] if there.size else there  # fmt: skip
    return SideView(
        name=side.name,
        ts=ts[drawn].tolist(),
        value=_column(side.line.statistic[drawn]),
        limits=_limits(side.line, drawn),
        beyond=np.flatnonzero(side.beyond[drawn]).tolist(),
        points_beyond=int(np.count_nonzero(side.beyond)),
    )


def _limits(line: Line, drawn: IntArray) -> LimitColumns:
    return LimitColumns(
        center=_column(line.center[drawn]),
        lower=_column(line.lower[drawn]),
        upper=_column(line.upper[drawn]),
    )


def _column(values: FloatArray) -> list[float | None]:
    numbers: list[float] = values.tolist()
    return [value if isfinite(value) else None for value in numbers]


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def _finite(values: FloatArray) -> FloatArray:
    return values if bool(np.all(np.isfinite(values))) else np.nan_to_num(values)


def _factor(factor: Factor) -> FactorView:
    used, codes = np.unique(factor.codes, return_inverse=True)
    missing = int(used.size > 0 and used[0] < 0)
    levels = [factor.levels[code] for code in used[missing:]]
    return FactorView(levels=levels, codes=(codes - missing).tolist())
