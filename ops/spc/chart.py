"""A series as a judged control chart: by limits of its own, stage by stage, or by a design."""

from dataclasses import dataclass, replace

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.autocorrelation import Autocorrelation, autocorrelation
from ops.spc.design import ChartDesign, ChartSettings, StreamLimits
from ops.spc.designed import MEMORY, Judged, frozen_at, judge, judged_by
from ops.spc.estimate import WORDS
from ops.spc.line import Frozen, Line
from ops.spc.own_limits import OwnLimits, Used
from ops.spc.points import PlottedPoints, plotted
from ops.spc.short_run import part_targets
from ops.spc.stage import Stage, stage_starts
from ops.values import BoolArray, FloatArray, IntArray, Series

CORRELATED = 20_000  # newest points that their correlation is taken from


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in time order, judged.

    Parameters
    ----------
    settings
        What is plotted; a `ChartDesign` where limits are frozen by one.
    ts, row : shape (n,)
        Microseconds since 1970 UTC, ascending; index into the series of the first value.
    size : shape (n,)
        Values behind each point, or its sample size.
    stages
        In time order, together they cover all points; or one for each level of the stream of a
        design, each over the whole window.
    steps
        Whether limits change from point to point of a stage, as sizes do.
    estimator
        What sigma was estimated by, in words; None: frozen.
    correlation
        Of neighbouring points inside limits of their own; None: too few, or frozen limits.
    """

    settings: ChartSettings
    ts: IntArray
    row: IntArray
    size: FloatArray
    judged: Judged
    stages: tuple[Stage, ...]
    steps: bool
    estimator: str | None = None
    correlation: Autocorrelation | None = None


def own_chart(
    series: Series,
    settings: ChartSettings,
    *,
    stages: IntArray | str | None = None,
    used: Used | None = None,
) -> Chart:
    """Chart of a series by limits of its own; all streams share those of their stage.

    Patterns, sums and moving ranges still run within one stream. A stage whose points allow no
    limits is drawn and not judged.

    Parameters
    ----------
    stages
        See `ops.spc.stage.stage_starts`.
    used
        Rows that limits are estimated from.

    Raises
    ------
    NotEnoughData
        Without a value.
    BadData
        If counts are impossible, the subgroup is unknown, or there are more than 60 stages.
    """
    points = plotted(series, settings)
    if settings.kind.startswith("short-run"):
        every = np.isfinite(points.value)
        parts = part_targets(points, settings, every)
        settings = settings.model_copy(update={"parts": parts})
    starts = stage_starts(series, points, stages)
    own = OwnLimits(series, points, settings, used or Used())
    ends = np.append(starts[1:], points.ts.size)
    limits = [own.between(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
    begins = np.zeros(points.ts.size, dtype=np.bool_)
    begins[starts] = True
    frozen = frozen_at(np.cumsum(begins) - 1, limits)
    judged = judged_by(points, settings, frozen, begins=begins)
    made = [
        _stage(judged, slice(int(a), int(b)), one)
        for a, b, one in zip(starts, ends, limits, strict=True)
    ]
    found = _chart(settings, points, judged, made)
    return replace(
        found,
        estimator=WORDS[own.estimator],
        correlation=_correlation(points, frozen, judged, settings),
    )


def design_chart(series: Series, design: ChartDesign) -> Chart:
    """Chart of a series by the frozen limits of a design; a stream without is not judged.

    Raises
    ------
    NotEnoughData
        If no value is what the design is about.
    BadData
        If the subgroup of the design is not in the data.
    """
    points = plotted(series, design)
    levels = (*points.stream.levels, "")
    found: dict[str, list[int]] = {}
    for code in np.unique(points.stream.codes).tolist():
        limits = design.limits_of(levels[code])
        if limits is not None:
            found.setdefault(limits.level, []).append(code)
    judged = judge(points, design)
    stages = [
        _stage(judged, np.isin(points.stream.codes, codes), design.limits_of(level), level)
        for level, codes in found.items()
    ]
    return _chart(design, points, judged, stages or [_stage(judged, slice(0, points.ts.size))])


def _stage(
    judged: Judged,
    of: slice | BoolArray,
    limits: StreamLimits | None = None,
    level: str | None = None,
) -> Stage:
    line = judged.line
    first, after = (of.start, of.stop) if isinstance(of, slice) else (0, of.size)
    center, lower, upper = (_median(side[of]) for side in (line.center, line.lower, line.upper))
    if limits is None:
        center = _median(line.statistic[of])
    return Stage(first, after, limits, center, lower, upper, level)


def _median(values: FloatArray) -> float:
    there = values[np.isfinite(values)]
    if there.size == 0:
        return np.nan
    same = there[0] == there[-1] and bool(np.all(there == there[0]))
    return float(there[0] if same else np.median(there))


def _chart(
    settings: ChartSettings, points: PlottedPoints, judged: Judged, stages: list[Stage]
) -> Chart:
    lines = replace(
        judged,
        line=_compact_line(judged.line),
        sides=tuple(replace(side, line=_compact_line(side.line)) for side in judged.sides),
    )
    return Chart(
        settings=settings,
        ts=points.ts,
        row=points.row,
        size=_compact(points.size),
        judged=lines,
        stages=tuple(stages),
        steps=len({stage.level for stage in stages}) == 1 and _steps(judged.line, stages),
    )


def _steps(line: Line, stages: list[Stage]) -> bool:
    """Whether the limits of any stage change from point to point."""
    for stage in stages:
        for side in (line.lower, line.upper):
            there = side[stage.first : stage.after]
            there = there[np.isfinite(there)]
            if there.size and there.min() < there.max():
                return True
    return False


def _correlation(
    points: PlottedPoints, frozen: Frozen, judged: Judged, settings: ChartSettings
) -> Autocorrelation | None:
    newest = slice(max(points.ts.size - CORRELATED, 0), None)
    z = judged.line.z[newest]
    if settings.kind in MEMORY:  # the statistic is correlated by its making
        error = frozen.sigma[newest] / np.sqrt(points.size[newest])
        z = (points.value[newest] - frozen.center[newest]) / error
    inside = np.where(np.abs(z) <= settings.width, z, np.nan)
    try:
        return autocorrelation(inside, points.stream.codes[newest])
    except NotEnoughData:
        return None


def _compact_line(line: Line) -> Line:
    return replace(
        line,
        center=_compact(line.center),
        lower=_compact(line.lower),
        upper=_compact(line.upper),
    )


def _compact(values: FloatArray) -> FloatArray:
    """Hold one number for all where all are equal: charts are kept."""
    if bool(np.all(values == values[0])) or bool(np.all(np.isnan(values))):
        return np.broadcast_to(values[0], values.shape)
    return values
