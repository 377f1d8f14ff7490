"""From a series to the chart that is sent: judged in full, drawn in part."""

from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

import numpy as np
from sqlalchemy import Select
from sqlalchemy.orm import Session

from api import chart_promise
from api.chart_choice import ChartChoice
from api.chart_columns import drawn_points, rule_views, side_views, stage_views
from api.chart_marks import left_out_of, marks_of, said_of
from api.chart_verdict import chart_verdicts
from api.chart_view import ChartEvent, ChartView, SpecView
from api.recent_charts import RecentCharts
from ops.analyses.chart_words import unit_of
from ops.db import events, tools
from ops.db.events import EventFilter
from ops.db.models.control import ChartDesignRow
from ops.db.models.plant import Baseline, Characteristic, Event
from ops.db.types import from_micros, to_micros
from ops.errors import NotEnoughData
from ops.query import MeasurementQuery
from ops.spc.chart import Chart, design_chart, own_chart
from ops.spc.design import ChartDesign
from ops.spc.own_limits import Used
from ops.values import BoolArray, IntArray, Series

MOST_EVENTS = 200
IN_SIGMAS = frozenset({"cusum", "short-run-standardized"})
SINGLE = "individuals"  # the one kind whose points a specification is for


@dataclass(frozen=True, slots=True)
class How:
    """How a chart is to be judged and drawn."""

    choice: ChartChoice = field(default_factory=ChartChoice)
    stages: str | None = None
    baseline: int | None = None
    design: int | None = None
    zoom: tuple[datetime | None, datetime | None] = (None, None)
    stretches: int = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """What is charted, with its baseline or its design if limits come from one."""

    characteristic: Characteristic
    baseline: Baseline | None
    how: How
    design: ChartDesignRow | None = None


def charted(
    session: Session,
    series: Series,
    window: MeasurementQuery,
    asked: Asked,
    recent: RecentCharts | None = None,
) -> ChartView:
    """Judge every point of the window, and draw those between the ends of the zoom.

    Parameters
    ----------
    recent
        Where charts are kept from one zoom to the next.

    Raises
    ------
    NotEnoughData
        If there is no value in the window.
    BadData
        If there are more stages than can be told apart.
    """
    said = said_of(session, asked.characteristic, window)
    out = left_out_of(series, said)
    stages = _stages(session, window, asked)
    found = _judged(series, stages, asked, out, recent or RecentCharts())
    between = _zoomed(found.ts, asked.how.zoom)
    zoom = found.ts[slice(*between)]
    about, settings = series.characteristic, found.settings
    promise = chart_promise.arl0(settings)
    return ChartView(
        code=about.code,
        title=about.title,
        unit="sigma" if settings.kind in IN_SIGMAS else unit_of(settings.kind, about.unit),
        kind=settings.kind,
        subgroup=settings.subgroup,
        width=settings.width,
        window_points=found.ts.size,
        zoom_points=zoom.size,
        rules=rule_views(found),
        stages=stage_views(found),
        points=drawn_points(series, found, between, asked.how.stretches),
        sides=side_views(found, between, asked.how.stretches),
        arl0=promise,
        estimator=found.estimator,
        short_phase=chart_promise.short_phase(found),
        correlation=chart_promise.correlation(found.correlation),
        events=_events(session, window, asked, zoom),
        marks=marks_of(session, series, found, zoom, said),
        spec=_spec(series) if settings.kind == SINGLE else None,
        verdicts=chart_verdicts(series, found, promise),
    )


def _judged(
    series: Series,
    stages: IntArray | str | None,
    asked: Asked,
    left_out: BoolArray | None,
    recent: RecentCharts,
) -> Chart:
    if asked.design is not None:
        document, version = asked.design.document, (asked.design.id, asked.design.row_version)
        return recent.chart(
            series, version, lambda: design_chart(series, ChartDesign.model_validate(document))
        )
    of_stages = tuple(stages.tolist()) if isinstance(stages, np.ndarray) else stages
    base = asked.baseline
    counts = asked.characteristic.kind == "attribute"
    # a mark has a batch of its own: the series is another one then, and no chart of it is kept
    how = (of_stages, asked.how.choice, base and (base.id, base.row_version))
    return recent.chart(
        series,
        how,
        lambda: own_chart(
            series,
            asked.how.choice.settings(series, counts=counts),
            stages=stages,
            used=Used(_qualified(series, base), left_out),
        ),
    )


def _zoomed(ts: IntArray, zoom: tuple[datetime | None, datetime | None]) -> tuple[int, int]:
    """Range of the points between two instants, and one point more on each side."""
    start, end = (None if at is None else to_micros(at) for at in zoom)
    first = 0 if start is None else int(np.searchsorted(ts, start)) - 1
    after = ts.size if end is None else int(np.searchsorted(ts, end)) + 1
    first = min(max(first, 0), ts.size - 1)
    return first, max(first + 1, min(after, ts.size))


def _stages(session: Session, window: MeasurementQuery, asked: Asked) -> IntArray | str | None:
    if asked.how.stages is None:
        return None
    what, _, name = asked.how.stages.partition(":")
    if what == "factor":
        return name
    at = session.scalars(_concerning(window, asked, kind=name).order_by(Event.ts))
    return np.array([to_micros(event.ts) for event in at], dtype=np.int64)


def _concerning(window: MeasurementQuery, asked: Asked, kind: str | None = None) -> Select[Event]:
    wanted = EventFilter(kind=kind, since=window.start, until=window.end)
    return events.concerning(asked.characteristic, window.where.get("tool", ()), wanted)


def _qualified(series: Series, baseline: Baseline | None) -> BoolArray | None:
    """Rows of a baseline; None where it has none in the window."""
    if baseline is None:
        return None
    start, end = to_micros(baseline.start), to_micros(baseline.end)
    kept: BoolArray = (series.ts >= start) & (series.ts < end)
    for name, levels in baseline.where.items():
        factor = series.factors.get(name)
        codes = [] if factor is None else [i for i, x in enumerate(factor.levels) if x in levels]
        kept &= np.isin(np.full(kept.size, -1) if factor is None else factor.codes, codes)
    if not kept.any():
        raise NotEnoughData(
            f"the baseline {baseline.name!r} has no value in the window; begin the window before"
            f" {baseline.end.isoformat()}"
        )
    return kept


def _events(
    session: Session, window: MeasurementQuery, asked: Asked, ts: IntArray
) -> list[ChartEvent]:
    between = Event.ts.between(from_micros(int(ts[0])), from_micros(int(ts[-1])))
    newest = _concerning(window, asked).where(between).order_by(Event.ts.desc())
    found = session.scalars(newest.limit(MOST_EVENTS)).all()
    codes = tools.codes(session, {e.tool_id for e in found if e.tool_id is not None})
    return [
        ChartEvent(
            id=e.id,
            ts=to_micros(e.ts),
            kind=e.kind,
            tool=None if e.tool_id is None else codes[e.tool_id],
            title=e.title,
        )
        for e in reversed(found)
    ]


def _spec(series: Series) -> SpecView | None:
    if series.spec is None:
        return None
    lower, upper = (v if isfinite(v) else None for v in (series.spec.lower, series.spec.upper))
    return SpecView(lower=lower, target=series.spec.target, upper=upper)
