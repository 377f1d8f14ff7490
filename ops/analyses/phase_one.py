"""Phase I: limits of a control chart from a qualified window, as a design to be approved."""

from dataclasses import replace

import numpy as np
from pydantic import Field

from ops.analyses.chart_drawn import DrawnChart, Stream, beyond_of, drawn_chart, stream_row, streams
from ops.analyses.chart_marks import excluded_rows, mark_rows, marks_of
from ops.analyses.chart_params import ChartParams, chart_query
from ops.analyses.chart_words import unit_of
from ops.analyses.phase_one_page import view
from ops.analyses.phase_one_result import (
    Autocorrelation,
    PhaseOneResult,
    ShortPhase,
    chance_beyond,
    phase_verdict,
)
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData, ProcessQuery
from ops.simulate.sample import sample_series
from ops.spc.autocorrelation import Autocorrelation as SerialCorrelation
from ops.spc.autocorrelation import autocorrelation
from ops.spc.design import ChartDesign
from ops.spc.designed import MEMORY, Judged, judge
from ops.spc.phase_effect import phase_effect
from ops.spc.phase_one import estimate
from ops.spc.points import PlottedPoints, plotted
from ops.values import BoolArray, Measurements, Series

CHARTS = 8  # streams that are drawn
DRAWN = 1000  # points in all of them
FROM_SQUARES = ("pooled", "standard deviation")


class PhaseOneParams(ChartParams):
    """Parameters of phase I."""

    characteristics: tuple[str, ...] = Field(
        default=(), max_length=1, description="Code of the characteristic: one."
    )


def needs(params: PhaseOneParams) -> ProcessQuery:
    """Ask for the characteristic and what was said of its points."""
    return chart_query(params, params.characteristics)


def compute(data: ProcessData, params: PhaseOneParams, progress: Progress) -> PhaseOneResult:
    """Estimate the limits, leave out what is beyond, and say what the window is worth.

    Raises
    ------
    NotEnoughData
        Without two points that differ.
    BadData
        If there are several characteristics.
    """
    series = _only(data.measurements)
    progress(0.0, f"{series.characteristic.code}: {series.value.size} values")
    marks = marks_of(series, data.marks)
    excluded = excluded_rows(series, marks)
    design = estimate(
        series,
        params.settings(),
        estimator=params.estimator,
        excluded=excluded,
        iterate=params.iterate,
        most=params.most,
    )
    progress(0.6, "limits")
    points = plotted(series, design)
    judged = judge(points, design)
    result = _result(series, design, (points, judged), excluded)
    progress(1.0, "done")
    return result.model_copy(update={"marks": mark_rows(marks)})


def _only(measurements: Measurements) -> Series:
    found = [series for series in measurements.series if series.value.size > 0]
    if not found:
        raise NotEnoughData(
            "limits need 2 values of a characteristic, got none; widen the window or check the"
            " site and the code"
        )
    if len(found) > 1:
        names = sorted(f"{s.characteristic.code} at {s.characteristic.site}" for s in found)
        raise BadData(
            f"phase I sets the limits of 1 characteristic, got {len(found)} ({', '.join(names[:3])}"
            " ...); name one in characteristics, and its site"
        )
    return found[0]


def _result(
    series: Series,
    design: ChartDesign,
    chart: tuple[PlottedPoints, Judged],
    excluded: BoolArray,
) -> PhaseOneResult:
    points, judged = chart
    phase = design.phase_one
    assert phase is not None
    marked = excluded[points.row]
    beyond = int(np.count_nonzero(beyond_of(judged) & ~marked))
    found = streams(points)
    rows = [stream_row(stream, judged) for stream in found]
    correlated = _correlation(points, design, marked)
    short = _short(design)
    about = series.characteristic
    counts = (int(points.ts.size), beyond, len(phase.excluded))
    return PhaseOneResult(
        code=about.code,
        title=about.title,
        site=about.site,
        unit=about.unit,
        design=design.model_dump(mode="json"),
        points=points.ts.size,
        beyond=beyond,
        expected=chance_beyond(design.width) * points.ts.size,
        streams=tuple(rows),
        without=tuple(row.level or "all" for row in rows if row.judged == 0),
        short=short,
        autocorrelation=None if correlated is None else Autocorrelation.of(correlated),
        charts=_charts(found, (points, judged), design, about.unit, marked),
        marks=(),
        verdict=phase_verdict(
            series,
            counts,
            streams=len(design.limits),
            width=design.width,
            short=short,
            correlated=correlated,
        ),
    )


def _charts(
    found: list[Stream],
    chart: tuple[PlottedPoints, Judged],
    design: ChartDesign,
    unit: str,
    marked: BoolArray,
) -> tuple[DrawnChart, ...]:
    points, judged = chart
    worst = sorted(found, key=lambda one: -int(np.count_nonzero(judged.flags[one.at])))[:CHARTS]
    return tuple(
        drawn_chart(
            one,
            points,
            judged,
            unit=unit_of(design.kind, unit),
            marked=marked,
            begins=np.zeros(marked.size, dtype=np.bool_),
            most=DRAWN // len(worst),
        )
        for one in worst
    )


def _short(design: ChartDesign) -> ShortPhase | None:
    """Effect on the stream with the fewest points."""
    least = min(design.limits, key=lambda limits: limits.n)
    if least.df is None or least.n < 2 or design.phase_one is None:
        return None
    words = design.phase_one.estimator
    squares = any(word in words for word in FROM_SQUARES) and "weighted" not in words
    effect = phase_effect(least.n, least.df, width=design.width, ranges=not squares)
    return ShortPhase.of(least.level, least.n, effect)


def _correlation(
    points: PlottedPoints, design: ChartDesign, marked: BoolArray
) -> SerialCorrelation | None:
    """Of the points inside the limits, as a Shewhart chart plots them."""
    kind = "individuals" if design.kind in MEMORY else design.kind
    line = judge(points, design.model_copy(update={"kind": kind})).line
    z = np.where(marked | ~(np.abs(line.z) <= design.width), np.nan, line.z)
    try:
        return autocorrelation(z, points.stream.codes)
    except NotEnoughData:
        return None


def _example() -> ProcessData:
    series = sample_series()
    return ProcessData(Measurements((replace(series, seq=np.arange(series.ts.size)),)))


PHASE_ONE = Analysis(
    name="phase-one",
    title="Control limits",
    summary="Control limits from a qualified window, with every point left out and why; a design"
    " to approve.",
    version=1,
    params=PhaseOneParams,
    result=PhaseOneResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=PhaseOneParams(
            characteristics=("LOOP-H",), site="PG1", kind="xbar-r", subgroup="column"
        ),
        data=_example,
    ),
)
