"""The record of the judged tool: its points, its baseline, its changes, and the stretch that is."""

from dataclasses import dataclass, replace

import numpy as np

from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_points import levels_of, of_level, pointed, taken, thinned
from ops.drift.baseline_choice import BaselineChoice, choose_baseline
from ops.drift.change_interval import Change, changes
from ops.drift.changepoints import Segmentation, changepoints
from ops.drift.event_match import EventMatch, match_events
from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.lasting_step import lasting_step
from ops.drift.record import DriftRecord, Flaw, FlawKind, record_of
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData
from ops.values import FloatArray, IntArray, PlantEvent, Series, SpecLimits

LEAST = 12  # points of a record
SHORT = 12  # points of a stretch that is judged alone
VALUES: tuple[FlawKind, ...] = ("not-finite", "saturation")
SIGMAS = 10.0  # of the points stand for the tolerance where there are not two limits


@dataclass(frozen=True, slots=True)
class JudgedRecord:
    """What is judged.

    Parameters
    ----------
    series
        Single values of the tool, in time order.
    points
        Their means: devices, or stretches of time.
    record
        Points made ready: one unit, increasing stamps; at most 2000.
    flaws
        What is wrong with values and record.
    each
        How many points make one of the record.
    baseline
        What counts as reference, of the points.
    segmentation, changes
        Steps of the record, and what event goes with each.
    begin
        First index of the record after the last step: the stretch that slopes are taken from.
    events
        Those of the tool and of its site.
    margin
        Change of the mean that counts as nothing, in the unit.
    """

    series: Series
    points: Series
    record: DriftRecord
    flaws: tuple[Flaw, ...]
    each: int
    baseline: BaselineChoice
    segmentation: Segmentation | None
    changes: tuple[EventMatch, ...]
    begin: int
    events: tuple[PlantEvent, ...]
    margin: float

    @property
    def spec(self) -> SpecLimits:
        """Limits in force; infinite where there are none."""
        return self.series.spec or SpecLimits()

    @property
    def since(self) -> int:
        """Begin of the stretch, microseconds since 1970 UTC."""
        return int(self.record.ts[self.begin])

    @property
    def stretch(self) -> tuple[FloatArray, FloatArray]:
        """Days since its begin, and points, of the stretch after the last step."""
        t = self.record.t[self.begin :]
        return t - t[0], self.record.y[self.begin :]

    @property
    def stretch_values(self) -> tuple[FloatArray, FloatArray]:
        """Days since its begin, and single values: limits are for those."""
        kept = (self.series.ts >= self.since) & np.isfinite(self.series.value)
        return (self.series.ts[kept] - self.since) / MICROS_PER_DAY, self.series.value[kept]

    @property
    def home(self) -> float:
        """Level that it should be at: the target, else that of the reference."""
        if self.spec.target is not None:
            return self.spec.target
        reference = self.baseline.reference
        return float(np.mean(reference if reference.size else self.record.y))


def series_of(data: ProcessData, code: str) -> Series:
    """Series of a characteristic.

    Raises
    ------
    NotEnoughData
        If nothing was measured.
    BadData
        If the code is that of several sites.
    """
    found = [s for s in data.measurements.series if s.characteristic.code == code and s.value.size]
    if not found:
        raise NotEnoughData(f"{code} has no values in the window; widen it or check the code")
    if len(found) > 1:
        sites = ", ".join(s.characteristic.site for s in found)
        raise BadData(f"{code} is measured at {sites}; give site")
    return found[0]


def judged_record(data: ProcessData, params: DriftParams, as_of: int) -> JudgedRecord:
    """Prepare the record of the tool.

    Raises
    ------
    NotEnoughData
        If the tool has too few points.
    """
    series = of_level(series_of(data, params.characteristic), params.stream, params.tool)
    if params.tool and series.value.size == 0:
        known = ", ".join(levels_of(series_of(data, params.characteristic), params.stream)[:10])
        raise NotEnoughData(
            f"{params.characteristic} has no values of {params.stream} {params.tool!r}; it has"
            f" {known or 'no such factor'}"
        )
    points = pointed(series, params.point)
    thin = thinned(points.ts, points.value)
    record = record_of(thin.ts, thin.y, least=LEAST)
    if record.flaw("unit-change") is not None:
        series, points = _since(series, int(record.ts[0])), _since(points, int(record.ts[0]))
    baseline = _baseline(data, params, points, as_of)
    events = _events(data, params.tool, series)
    found, matched = _changes(record, events, params)
    margin = params.delta * _tolerance(series.spec, baseline, record)
    begin = _begin(record, matched, margin)
    return JudgedRecord(
        series=series,
        points=points,
        record=record,
        flaws=(*_of_values(series), *(f for f in record.flaws if f.kind not in VALUES)),
        each=thin.each,
        baseline=baseline,
        segmentation=found,
        changes=matched,
        begin=begin,
        events=events,
        margin=margin,
    )


def _since(series: Series, at: int) -> Series:
    """Rows from an instant on."""
    return taken(series, series.ts >= at)


def _of_values(series: Series) -> tuple[Flaw, ...]:
    """Find flaws of single values: means of a device hide that the sensor was at its stop."""
    if np.count_nonzero(np.isfinite(series.value)) < LEAST:
        return ()
    found = record_of(series.ts, series.value, least=1).flaws
    return tuple(flaw for flaw in found if flaw.kind in VALUES)


def _tolerance(spec: SpecLimits | None, baseline: BaselineChoice, record: DriftRecord) -> float:
    width = float("inf") if spec is None else spec.upper - spec.lower
    if np.isfinite(width):
        return float(width)
    reference = baseline.reference if baseline.reference.size > 1 else record.y
    return SIGMAS * float(np.std(reference, ddof=1))


def _baseline(data: ProcessData, params: DriftParams, points: Series, as_of: int) -> BaselineChoice:
    """Choose the reference, its values made into points by the same rule."""
    where = {name: tuple(levels) for name, levels in params.where.items()}
    if params.tool:
        where[params.stream] = (params.tool,)
    made = tuple(
        one
        if one.series is None
        else replace(
            one, series=pointed(of_level(one.series, params.stream, params.tool), params.point)
        )
        for one in data.baselines
    )
    return choose_baseline(points, made, as_of=as_of, where=where)


def _events(data: ProcessData, tool: str, series: Series) -> tuple[PlantEvent, ...]:
    about = series.characteristic
    return tuple(
        event
        for event in data.events
        if event.site == about.site
        and event.tool in ("", tool)
        and event.characteristic in ("", about.code)
    )


def _changes(
    record: DriftRecord, events: tuple[PlantEvent, ...], params: DriftParams
) -> tuple[Segmentation | None, tuple[EventMatch, ...]]:
    """Find steps on top of straight lines, those that are sure, with what happened then."""
    if record.is_constant:
        return None, ()
    found = changepoints(record.y, cost="line")
    described = changes(record.t, record.y, found, confidence=params.confidence)
    sure: list[Change] = [c for c in described if c.p_value <= 1.0 - params.confidence]
    days = max(float(record.t[-1]), 1e-6)
    origin = int(record.ts[0])
    inside = [e for e in events if e.ts >= origin - MICROS_PER_DAY]
    matched = match_events(sure, inside, tool=params.tool, origin=origin, days=days)
    return found, matched


def _begin(record: DriftRecord, matched: tuple[EventMatch, ...], margin: float) -> int:
    """Index after the last step that counts and leaves enough points behind it.

    A step that may be smaller than the margin is nothing: to begin anew there would make slopes of
    a few days out of wear and lots.
    """
    enough = [
        m.change.index
        for m in matched
        if record.y.size - m.change.index >= SHORT and step_counts(record, m.change, margin)
    ]
    return max(enough, default=0)


def step_counts(record: DriftRecord, change: Change, margin: float) -> bool:
    """Whether the whole interval of a step is beyond the margin, and the step is there to stay.

    It stays if the level of the days after is surely off that of the days before, and by more than
    the margin, as far as there are such days.
    """
    sign = 1.0 if change.size >= 0 else -1.0
    if min(sign * change.size_lower, sign * change.size_upper) <= margin:
        return False
    lasts = lasting_step(record.t, record.y, change.t, confidence=change.confidence)
    return lasts is None or (
        sign * lasts.size > margin and min(sign * lasts.lower, sign * lasts.upper) > 0
    )


def family_points(data: ProcessData, params: DriftParams) -> dict[str, tuple[IntArray, FloatArray]]:
    """Points of every tool of the characteristic, at most 2000 of each."""
    series = series_of(data, params.characteristic)
    found: dict[str, tuple[IntArray, FloatArray]] = {}
    for tool in levels_of(series, params.stream):
        points = pointed(of_level(series, params.stream, tool), params.point)
        thin = thinned(points.ts, points.value)
        found[tool] = (thin.ts, thin.y)
    return found
