"""Control charts as a report: any kind, by an approved design or by limits of the window."""

from dataclasses import dataclass, replace

import numpy as np
from pydantic import Field, ValidationError

from ops.analyses.chart_drawn import (
    DrawnChart,
    Stream,
    beyond_of,
    drawn_chart,
    flagged_points,
    stream_row,
    streams,
)
from ops.analyses.chart_marks import excluded_rows, mark_rows, marks_of
from ops.analyses.chart_params import ChartParams, chart_query
from ops.analyses.chart_stages import STAGE, of_stages, staged
from ops.analyses.chart_words import unit_of
from ops.analyses.control_chart_page import view
from ops.analyses.control_chart_result import (
    ControlChartOfCharacteristic,
    ControlChartResult,
    NotCharted,
    RuleSentence,
    chart_verdict,
    rule_counts,
)
from ops.analyses.phase_one_result import chance_beyond
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData, ProcessQuery
from ops.simulate.sample import sample_series
from ops.spc.design import ChartDesign
from ops.spc.designed import Judged, judge
from ops.spc.phase_one import estimate
from ops.spc.points import PlottedPoints, plotted
from ops.spc.subgroup import stream_of
from ops.values import BoolArray, Measurements, PlantEvent, Series

CHARTS, DRAWN = 8, 1600  # charts in all, and points in them
ROWS, FLAGGED, MARKS = 120, 120, 60  # in all: a result stays below 256 KiB


class ControlChartParams(ChartParams):
    """Parameters of the control-chart report."""

    characteristics: tuple[str, ...] = Field(
        default=(), max_length=1000, description="Codes; empty means every one of the site."
    )
    design: str = Field(
        default="",
        max_length=100,
        description="Name of an approved chart design whose frozen limits, kind and rules judge;"
        " empty: limits of the window itself.",
    )
    stages: str = Field(
        default="",
        pattern=r"^$|^(event|factor):[^\x00]{1,100}$",
        description="Where a stage begins: event:capillary-change or factor:lot; empty: nowhere.",
    )


@dataclass(frozen=True, slots=True)
class _Charted:
    """A characteristic, plotted and judged."""

    series: Series
    design: ChartDesign
    points: PlottedPoints
    judged: Judged
    begins: BoolArray
    source: str

    @property
    def surprise(self) -> float:
        """Points beyond the limits for each one that chance makes: worst first."""
        points = max(int(np.count_nonzero(self.judged.judged)), 1)
        beyond = int(np.count_nonzero(beyond_of(self.judged)))
        return beyond / (chance_beyond(self.design.width) * points + 1.0)


def needs(params: ControlChartParams) -> ProcessQuery:
    """Ask for the characteristics, marks, designs and events of the stages."""
    what, _, name = params.stages.partition(":")
    return chart_query(
        params,
        params.characteristics,
        factor=name if what == "factor" else "tool",
        events=(name,) if what == "event" else (),
        designs=bool(params.design),
    )


def compute(
    data: ProcessData, params: ControlChartParams, progress: Progress
) -> ControlChartResult:
    """Judge and draw each characteristic.

    Raises
    ------
    NotEnoughData
        If no characteristic can be charted.
    """
    found: list[_Charted] = []
    left: list[NotCharted] = []
    every = data.measurements.series
    for done, series in enumerate(every):
        progress(done / len(every), f"{series.characteristic.code}: {series.value.size} values")
        try:
            found.append(_charted(series, data, params))
        except (NotEnoughData, BadData) as reason:
            left.append(NotCharted(code=series.characteristic.code, reason=str(reason)))
    known = {series.characteristic.code for series in every}
    left += [
        NotCharted(code=code, reason="no values in the window, or no such characteristic")
        for code in params.characteristics
        if code not in known
    ]
    if not found:
        said = "; ".join(f"{one.code}: {one.reason}" for one in left[:3])
        raise NotEnoughData(
            f"a control chart needs 2 points of a characteristic, got none ({said or 'no data'});"
            " widen the window or check the site and the codes"
        )
    found.sort(key=lambda one: -one.surprise)
    charts = tuple(_one(one, data, place, len(found)) for place, one in enumerate(found))
    rules = dict.fromkeys((r.name, r.sentence) for one in found for r in one.design.rules)
    progress(1.0, f"{len(found)} characteristics")
    return ControlChartResult(
        characteristics=charts,
        rules=tuple(RuleSentence(name=name, sentence=said) for name, said in list(rules)[:64]),
        not_charted=tuple(left),
    )


def _charted(series: Series, data: ProcessData, params: ControlChartParams) -> _Charted:
    if series.value.size == 0:
        raise NotEnoughData("no values in the window")
    design = _approved(series, data, params.design) if params.design else None
    settings = params.settings() if design is None else design
    apart = stream_of(series, settings.stream)
    if params.stages:
        series = staged(series, params.stages, settings.stream, _events(data, params))
        settings = settings.model_copy(update={"stream": STAGE})
    if design is None:
        marks = marks_of(series, data.marks)
        made = estimate(
            series,
            settings,
            estimator=params.estimator,
            excluded=excluded_rows(series, marks),
            iterate=params.iterate,
            most=params.most,
        )
    else:
        made = of_stages(design, series.factors[STAGE].levels) if params.stages else design
    points = plotted(series, made)
    judged = judge(points, made)
    by_stream = replace(points, stream=apart.take(points.row))
    source = f"the design {params.design}" if design is not None else "the window"
    return _Charted(series, made, by_stream, judged, _begins(points, by_stream), source)


def _events(data: ProcessData, params: ControlChartParams) -> tuple[PlantEvent, ...]:
    return data.events if params.stages.startswith("event:") else ()


def _approved(series: Series, data: ProcessData, name: str) -> ChartDesign:
    about = series.characteristic
    known = data.designs.get(about.id, {})
    if name not in known:
        raise NotEnoughData(
            f"{about.code} has no approved chart design {name!r}, only {sorted(known)}; approve one"
            " or leave design empty"
        )
    try:
        return ChartDesign.model_validate(known[name])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadData(f"chart design {name!r}, field {where}: {first['msg']}") from error


def _begins(points: PlottedPoints, by_stream: PlottedPoints) -> BoolArray:
    """Points at which a stage of their stream begins, the first one aside."""
    order = np.argsort(by_stream.stream.codes, kind="stable")
    stage, stream = points.stream.codes[order], by_stream.stream.codes[order]
    begins = np.zeros(order.size, dtype=np.bool_)
    begins[order[1:]] = (np.diff(stage) != 0) & (np.diff(stream) == 0)
    return begins


def _one(one: _Charted, data: ProcessData, place: int, among: int) -> ControlChartOfCharacteristic:
    """Make the result of a characteristic; `place` and `among` share out what a result may hold."""
    about, judged, points = one.series.characteristic, one.judged, one.points
    marks = marks_of(one.series, data.marks)
    found = streams(points)
    found.sort(key=lambda stream: -int(np.count_nonzero(judged.flags[stream.at])))
    rows, flagged = max(1, ROWS // among), max(1, FLAGGED // among)
    beyond, known = beyond_of(judged), judged.judged
    patterns = int(np.count_nonzero((judged.flags > 0) & ~beyond))
    counts = (int(np.count_nonzero(known)), int(np.count_nonzero(beyond)), patterns)
    phase = one.design.phase_one
    own = phase is not None and one.source == "the window"
    return ControlChartOfCharacteristic(
        code=about.code,
        title=about.title,
        site=about.site,
        unit=about.unit,
        kind=one.design.kind,
        probability=one.design.probability,
        source=one.source,
        points=points.ts.size,
        judged=counts[0],
        beyond=counts[1],
        expected=chance_beyond(one.design.width) * counts[0],
        left_out=len(phase.excluded) if own and phase is not None else 0,
        stages=int(np.count_nonzero(one.begins)),
        rules=rule_counts(judged),
        streams=tuple(stream_row(stream, judged) for stream in found[:rows]),
        streams_left_out=max(0, len(found) - rows),
        flagged=flagged_points(points, judged, one.series.seq, flagged),
        charts=tuple(_drawn(one, stream, _marked(one, data), among)
                     for stream in found[: _charts(place, among)]),
        marks=mark_rows(marks)[-max(1, MARKS // among):],
        verdict=chart_verdict(
            one.series, counts, width=one.design.width, source=one.source
        ),
    )  # fmt: skip


def _charts(place: int, among: int) -> int:
    """Charts of the characteristic at this place: the worst ones share them."""
    return max(1, CHARTS // among) if place < CHARTS else 0


def _marked(one: _Charted, data: ProcessData) -> BoolArray:
    """Points with a mark on their first row."""
    marks = marks_of(one.series, data.marks)
    ts = np.array(sorted({mark.ts for mark in marks}), dtype=np.int64)
    return np.isin(one.points.ts, ts)


def _drawn(one: _Charted, stream: Stream, marked: BoolArray, among: int) -> DrawnChart:
    return drawn_chart(
        stream,
        one.points,
        one.judged,
        unit=unit_of(one.design.kind, one.series.characteristic.unit),
        marked=marked,
        begins=one.begins,
        most=DRAWN // min(CHARTS, max(among, 1) * max(1, CHARTS // among)),
    )


def _example() -> ProcessData:
    series = sample_series()
    return ProcessData(Measurements((replace(series, seq=np.arange(series.ts.size)),)))


CONTROL_CHART = Analysis(
    name="control-chart",
    title="Control chart",
    summary="Control charts of any kind by stream, judged by an approved design or by their own"
    " limits.",
    version=1,
    params=ControlChartParams,
    result=ControlChartResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=ControlChartParams(characteristics=("LOOP-H",), site="PG1"), data=_example
    ),
)
