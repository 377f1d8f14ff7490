"""All evidence of drift of one record, by every method, each with its own interval or p-value."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from ops.analyses.drift_corrections import corrections_evidence
from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_points import codes_of
from ops.analyses.drift_record import JudgedRecord, step_counts
from ops.analyses.drift_trends import MONTH, beyond, find_trends
from ops.drift.ar_trend import ArTrend
from ops.drift.baseline import BaselineComparison, Lots, compare_to_baseline
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.drift.group_drift import GroupDrift
from ops.drift.local_trend import LocalTrend
from ops.drift.monitor import Monitoring, monitor
from ops.drift.monitor_design import Kind
from ops.drift.near_limit import NearLimitRate, near_limit_rate
from ops.drift.revisit import Anchor
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData
from ops.values import IntArray

MONITORS: tuple[Kind, ...] = ("cusum", "ewma", "page-hinkley")
ENOUGH = 40  # points since the last step
NEAR = 0.05 / MONTH  # growth a day, of the share near a limit, that counts as nothing
_MOST_PHI, _PHI_STEP = 0.9, 0.1  # that monitors are designed for: each design takes a second


@dataclass(frozen=True, slots=True)
class Found:
    """What the methods found; None where one could not be applied."""

    trend: ArTrend | None = None
    local: LocalTrend | None = None
    comparison: BaselineComparison | None = None
    monitors: tuple[Monitoring, ...] = ()
    near: NearLimitRate | None = None
    group: GroupDrift | None = None
    evidence: tuple[Evidence, ...] = ()


def find_evidence(
    data: ProcessData,
    judged: JudgedRecord,
    params: DriftParams,
    group: GroupDrift | None,
    rng: np.random.Generator,
) -> Found:
    """Apply every method that the record allows.

    Parameters
    ----------
    group
        What the characteristics measured together did; None if there is but one.
    """
    trend, local, trends = find_trends(judged, params)
    line = next((one for one in trends if one.method == "ar-gls"), None)
    comparison = _comparison(judged, line, params, rng)
    monitors = _monitors(judged, comparison, params)
    near = _near(judged, params)
    begin = int(judged.record.ts[0])
    rows = current_rows(judged)
    current = int(judged.points.ts[rows[0]]) if rows.size else begin
    found = [*trends, *_steps(judged)]
    found += () if comparison is None else comparison.evidence(since=current)
    stamps = np.delete(judged.points.ts, judged.baseline.reference_rows)
    found += [_whole(m.evidence(stamps), judged.margin, params) for m in monitors]
    found += () if near is None else (_growing(near.evidence(since=begin), NEAR),)
    found += [*corrections_evidence(data, judged, params)]
    found += () if group is None else group.evidence(since=current)
    found = [_distance(one, params) for one in found]
    return Found(trend, local, comparison, monitors, near, group, tuple(found))


def _steps(judged: JudgedRecord) -> Iterator[Evidence]:
    """Yield each step, and whether it is larger than what counts as nothing."""
    origin = int(judged.record.ts[0])
    for match in judged.changes:
        change = match.change
        ends = change.size_lower, change.size_upper
        yield Evidence(
            mechanism="step",
            method="changepoint",
            estimate=change.size,
            measure="value",
            n=change.n,
            lower=change.size_lower,
            upper=change.size_upper,
            p_value=change.p_value,
            margin=judged.margin,
            since=origin + round(change.t * MICROS_PER_DAY),
            effective=change.effective,
            present=step_counts(judged.record, change, judged.margin),
            absent=max(abs(end) for end in ends) < judged.margin,
            confidence=change.confidence,
        )


def _comparison(
    judged: JudgedRecord, trend: Evidence | None, params: DriftParams, rng: np.random.Generator
) -> BaselineComparison | None:
    """Compare the stretch since the last step with the baseline; a trend is no spread."""
    choice = judged.baseline
    if choice.kind == "none":
        return None
    rows = current_rows(judged)
    current = judged.points.value[rows]
    if trend is not None and trend.present and trend.estimate is not None:
        t = judged.points.ts[rows] / MICROS_PER_DAY
        current = current - trend.estimate * (t - t.mean())
    with suppress(NotEnoughData):
        return compare_to_baseline(
            choice.reference,
            current,
            margin=judged.margin,
            rng=rng,
            lots=_lots(judged, rows),
            confidence=params.confidence,
        )
    return None


def anchored(
    judged: JudgedRecord, anchor: Anchor | None, params: DriftParams, rng: np.random.Generator
) -> tuple[Evidence, ...]:
    """Compare with the earlier level that the tool has returned to: a baseline of its own."""
    if anchor is None:
        return ()
    there = (judged.points.ts >= anchor.start) & (judged.points.ts < anchor.end)
    rows = current_rows(judged)
    with suppress(NotEnoughData):
        found = compare_to_baseline(
            judged.points.value[there],
            judged.points.value[rows[~there[rows]]],
            margin=judged.margin,
            rng=rng,
            confidence=params.confidence,
        )
        level = found.evidence(since=anchor.start)[0]
        return (replace(level, method="anchor-mean"),)
    return ()


def current_rows(judged: JudgedRecord) -> IntArray:
    """Points that are held against the baseline: since the last step, if they are enough."""
    rows = np.setdiff1d(np.arange(judged.points.ts.size), judged.baseline.reference_rows)
    late = rows[judged.points.ts[rows] >= judged.since]
    return late if late.size >= ENOUGH else rows


def _lots(judged: JudgedRecord, rows: IntArray) -> Lots | None:
    """Lots of reference and current points, where every point of both has one."""
    choice = judged.baseline
    current = codes_of(judged.points.factors.get("lot"))
    if choice.kind != "approved":
        return None if current is None else (current[choice.reference_rows], current[rows])
    window = None if choice.baseline is None else choice.baseline.series
    reference = None if window is None else codes_of(window.factors.get("lot"))
    if current is None or reference is None or window is None:
        return None
    apart = len(window.factors["lot"].levels)
    return reference, current[rows] + apart  # a lot in both windows is told apart: two blocks


def _monitors(
    judged: JudgedRecord, compared: BaselineComparison | None, params: DriftParams
) -> tuple[Monitoring, ...]:
    """Watch the points since the baseline for a lasting shift of half the margin or more."""
    if compared is None or not compared.sd_reference > 0:
        return ()
    steps = np.ceil(np.clip(compared.dependence.r1, 0.0, _MOST_PHI) / _PHI_STEP - 1e-9)
    phi = round(float(steps) * _PHI_STEP, 1)  # rather too high: alarms are rarer then
    made: list[Monitoring] = []
    for kind in MONITORS:
        with suppress(BadData, NotEnoughData):
            made.append(
                monitor(
                    judged.baseline.current,
                    kind=kind,
                    target=compared.reference.value,
                    sigma=compared.sd_reference,
                    phi=phi,
                    arl0=params.arl0,
                    headstart=0.5,
                )
            )
    return tuple(made)


def _whole(said: Evidence, margin: float, params: DriftParams) -> Evidence:
    """Count an alarm that is rare in such a record, of a shift that is beyond the margin."""
    p = said.p_value
    rare = bool(said.present) and p is not None and p <= 1 - params.confidence
    return replace(said, margin=margin, present=rare and beyond(said.lower, said.upper, margin))


def _growing(said: Evidence, margin: float) -> Evidence:
    """Count a growth only where its whole interval is beyond what counts as nothing."""
    return replace(said, margin=margin, present=bool(said.present) and (said.lower or 0.0) > margin)


def _distance(said: Evidence, params: DriftParams) -> Evidence:
    """Hold what has a distance but no margin, shapes and relations, to a fiftieth of the level."""
    if said.measure != "distance" or not said.present or said.mechanism == "trend":
        return said
    sure = said.p_value is not None and said.p_value <= (1.0 - params.confidence) / 50 + 1e-12
    return replace(said, present=sure)


def _near(judged: JudgedRecord, params: DriftParams) -> NearLimitRate | None:
    spec = judged.series.spec
    if spec is None or not (np.isfinite(spec.lower) or np.isfinite(spec.upper)):
        return None
    t = (judged.series.ts - judged.series.ts[0]) / MICROS_PER_DAY
    with suppress(NotEnoughData, BadData):
        return near_limit_rate(t, judged.series.value, spec, confidence=params.confidence)
    return None
