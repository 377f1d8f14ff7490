"""From a series to the chart that is sent: judged in full, drawn in part."""

from dataclasses import dataclass
from datetime import datetime
from math import isfinite

import numpy as np
from scipy.special import bdtrc
from sqlalchemy import Select
from sqlalchemy.orm import Session

from api.chart_view import (
    ChartEvent,
    ChartView,
    DrawnPoints,
    FactorView,
    RuleView,
    SpecView,
    StageView,
)
from api.recent_plots import RecentPlots
from ops.db import events, tools
from ops.db.events import EventFilter
from ops.db.models.plant import Baseline, Characteristic, Event
from ops.db.types import from_micros, to_micros
from ops.errors import NotEnoughData
from ops.page import Number, Phrase, Subject, Verdict
from ops.query import MeasurementQuery
from ops.spc.control import ControlChart, Stage
from ops.spc.decimate import decimate
from ops.spc.plot import Plot, plot
from ops.spc.rules import RULES
from ops.values import BoolArray, Factor, IntArray, Series

MOST_EVENTS = 200
CHANCE_BEYOND = 0.0026998  # of a normal point beyond 3 sigma
SURELY = 1e-3  # probability of so many by chance, below which they are a signal


@dataclass(frozen=True, slots=True)
class How:
    """How a chart is to be judged and drawn."""

    stages: str | None = None
    rules: str = "nelson"
    baseline: int | None = None
    zoom: tuple[datetime | None, datetime | None] = (None, None)
    stretches: int = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """What is charted, with its baseline if limits come from one."""

    characteristic: Characteristic
    baseline: Baseline | None
    how: How


def charted(
    session: Session,
    series: Series,
    window: MeasurementQuery,
    asked: Asked,
    recent: RecentPlots | None = None,
) -> ChartView:
    """Judge every point of the window, and draw those between the ends of the zoom.

    Parameters
    ----------
    recent
        Where plots are kept from one zoom to the next.

    Raises
    ------
    NotEnoughData
        If there is no value in the window.
    BadData
        If there are more stages than can be told apart.
    """
    found = _plotted(series, _stages(session, window, asked), asked, recent or RecentPlots())
    first, after = _zoomed(found.ts, asked.how.zoom)
    drawn = first + decimate(
        found.ts[first:after],
        found.chart.value[first:after],
        found.chart.flags[first:after] > 0,
        stretches=asked.how.stretches,
    )
    about = series.characteristic
    return ChartView(
        code=about.code,
        title=about.title,
        unit=about.unit,
        kind=found.kind,
        window_points=found.ts.size,
        zoom_points=int(after - first),
        rules=_rules(found.chart),
        stages=[_stage(found, stage) for stage in found.chart.stages],
        points=_points(series, found, drawn),
        events=_events(session, window, asked, found.ts[first:after]),
        spec=_spec(series) if found.kind == "individuals" else None,
        verdicts=_verdicts(series, found.chart),
    )


def _plotted(
    series: Series, stages: IntArray | str | None, asked: Asked, recent: RecentPlots
) -> Plot:
    of_stages = tuple(stages.tolist()) if isinstance(stages, np.ndarray) else stages
    base = asked.baseline
    how = (of_stages, asked.how.rules, base and (base.id, base.row_version))
    return recent.plot(
        series,
        how,
        lambda: plot(
            series,
            stages=stages,
            qualified=_qualified(series, asked.baseline),
            rules=RULES[asked.how.rules],
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


def _rules(chart: ControlChart) -> list[RuleView]:
    counts = [int(np.count_nonzero(chart.flags & (1 << i))) for i in range(len(chart.rules))]
    return [
        RuleView(name=rule.name, sentence=rule.sentence, points=count)
        for rule, count in zip(chart.rules, counts, strict=True)
    ]


def _stage(found: Plot, stage: Stage) -> StageView:
    limits = stage.limits(float(np.median(found.chart.size[stage.first : stage.after])))
    return StageView(
        start=int(found.ts[stage.first]),
        end=int(found.ts[stage.after - 1]),
        points=stage.after - stage.first,
        center=stage.center,
        sigma=stage.sigma,
        lower=None if limits is None else limits[0],
        upper=None if limits is None else limits[1],
    )


def _points(series: Series, found: Plot, drawn: IntArray) -> DrawnPoints:
    row = found.row[drawn]
    chart = found.chart
    return DrawnPoints(
        ts=found.ts[drawn].tolist(),
        value=chart.value[drawn].tolist(),
        size=chart.size[drawn].tolist() if found.kind == "means" else None,
        flags=chart.flags[drawn].tolist(),
        factors={name: _factor(factor.take(row)) for name, factor in series.factors.items()},
    )


def _factor(factor: Factor) -> FactorView:
    used, codes = np.unique(factor.codes, return_inverse=True)
    missing = int(used.size > 0 and used[0] < 0)
    levels = [factor.levels[code] for code in used[missing:]]
    return FactorView(levels=levels, codes=(codes - missing).tolist())


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


def _verdicts(series: Series, chart: ControlChart) -> list[Verdict]:
    name, n = series.characteristic.title, chart.value.size
    about = Subject(site=series.characteristic.site, characteristic=series.characteristic.code)
    if all(stage.sigma is None for stage in chart.stages):
        nothing = Phrase.of("{name}: too few different values to set limits", name=name)
        return [Verdict.of("info", nothing, subject=about)]
    beyond = int(np.count_nonzero(chart.flags & 1))
    values: dict[str, Number | str] = {
        "name": name,
        "beyond": Number(value=beyond),
        "n": Number(value=n),
        "expected": Number(value=CHANCE_BEYOND * n, decimals=1),
    }
    surely = beyond > 0 and float(bdtrc(beyond - 1, n, CHANCE_BEYOND)) < SURELY
    said = [Phrase.of(_BEYOND[surely], **values)]
    broken = int(np.count_nonzero(chart.flags & ~np.uint16(1)))
    if broken:
        said.append(Phrase.of("{broken} points break a run rule", broken=Number(value=broken)))
    return [Verdict.of("bad" if surely else "info", *said, subject=about)]


_BEYOND = {
    True: "{name}: {beyond} of {n} points are beyond the control limits, where chance alone makes"
    " {expected}",
    False: "{name}: {beyond} of {n} points are beyond the control limits, which chance alone can"
    " make ({expected} expected)",
}
