"""Drift of one characteristic of one tool: evidence, forecast to the limits, what to do."""

import hashlib
from dataclasses import replace
from math import isfinite

import numpy as np

from ops.analyses.drift_decision import told_decision
from ops.analyses.drift_evidence import Found, anchored, find_evidence
from ops.analyses.drift_future import Future, look_ahead
from ops.analyses.drift_group import find_group
from ops.analyses.drift_lead import leading
from ops.analyses.drift_page import view
from ops.analyses.drift_params import DriftParams, needs
from ops.analyses.drift_past import Past, find_past
from ops.analyses.drift_predictions import predictions_of
from ops.analyses.drift_record import JudgedRecord, judged_record
from ops.analyses.drift_result import DriftEvent, DriftResult
from ops.analyses.drift_sample import sample_drift
from ops.analyses.drift_told import (
    sixes,
    told_backtest,
    told_changes,
    told_effects,
    told_evidence,
    told_forecast,
    told_group,
    told_memory,
    told_remarks,
)
from ops.analysis import Analysis, Example, Progress
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.group_drift import GroupDrift
from ops.drift.policy import ActionPolicy
from ops.query import ProcessData
from ops.spc.decimate import decimate
from ops.timing.window import LastDuration
from ops.values import FloatArray

STRETCHES = 200  # of the chart
EVENTS = 200


def compute(data: ProcessData, params: DriftParams, progress: Progress) -> DriftResult:
    """Gather the evidence, forecast the limits, remember, decide.

    Raises
    ------
    NotEnoughData
        If the tool has fewer than 12 points.
    BadData
        If the code is that of several sites, or the policy that is stored cannot be read.
    """
    rng = np.random.default_rng(_seed(params))
    as_of = max((int(s.ts[-1]) for s in data.measurements.series if s.ts.size), default=0)
    judged = judged_record(data, params, as_of)
    policy = DEFAULT_POLICY if data.policy is None else ActionPolicy.model_validate(data.policy)
    progress(0.15, f"{judged.points.value.size} points, {len(judged.changes)} steps")
    group = find_group(data, judged, params, rng)
    progress(0.3, "group")
    found = find_evidence(data, judged, params, group, rng)
    progress(0.5, f"{len(found.evidence)} pieces of evidence")
    lead = leading(found.evidence)
    past = find_past(data, judged, params, policy, None if lead is None else lead.since, rng)
    progress(0.75, "earlier episodes")
    anchor = None if past.recurrence is None else past.recurrence.anchor
    again = anchored(judged, anchor, params, rng)
    found = replace(found, evidence=(*found.evidence, *again))
    future = look_ahead(judged, found, past, policy, params, rng)
    progress(1.0, "decision")
    return _result(judged, params, (found, group), past, future)


def _seed(params: DriftParams) -> int:
    """Seed of what is random: equal parameters, equal result."""
    digest = hashlib.sha256(params.model_dump_json().encode()).digest()
    return int.from_bytes(digest[:8], "little")


def _result(
    judged: JudgedRecord,
    params: DriftParams,
    found: tuple[Found, GroupDrift | None],
    past: Past,
    future: Future,
) -> DriftResult:
    evidence, group = found
    about, spec, record = judged.series.characteristic, judged.spec, judged.record
    reference = judged.baseline.reference
    nothing = np.zeros(record.y.size, dtype=np.bool_)
    drawn = decimate(record.ts, record.y, nothing, stretches=STRETCHES)
    crow, chosen = past.crow, judged.baseline.baseline
    return DriftResult(
        site=about.site,
        code=about.code,
        title=about.title,
        unit=about.unit,
        stream=params.stream,
        tool=params.tool,
        lsl=spec.lower if isfinite(spec.lower) else None,
        usl=spec.upper if isfinite(spec.upper) else None,
        target=spec.target,
        values=judged.series.value.size,
        points=judged.points.value.size,
        each=judged.each,
        begin=int(record.ts[0]),
        end=int(record.ts[-1]),
        since=judged.since,
        margin=judged.margin,
        confidence=params.confidence,
        phi=None if evidence.trend is None else evidence.trend.phi,
        remarks=told_remarks(judged, past),
        baseline="" if chosen is None else chosen.name,
        baseline_kind=judged.baseline.kind,
        baseline_level=float(np.mean(reference)) if reference.size else None,
        evidence=told_evidence(evidence.evidence, about.unit),
        changes=told_changes(judged),
        group=told_group(group),
        forecast=None if future.forecast is None else told_forecast(future.forecast, judged),
        backtest=told_backtest(future.backtest),
        memory=told_memory(past.recurrence),
        effects=told_effects(past),
        crow_beta=None if crow is None else crow.beta,
        crow_lower=None if crow is None else crow.lower,
        crow_upper=None if crow is None else crow.upper,
        decision=told_decision(future),
        events=tuple(
            DriftEvent(at=e.ts, kind=e.kind, title=e.title)
            for e in judged.events[-EVENTS:]
            if record.ts[0] <= e.ts <= record.ts[-1]
        ),
        ts=tuple(record.ts[drawn].tolist()),
        value=sixes(record.y[drawn]),
        fitted=sixes(_fitted(judged)[drawn]),
    )


def _fitted(judged: JudgedRecord) -> FloatArray:
    """Level by the straight lines between steps."""
    y, found = judged.record.y, judged.segmentation
    if found is None:
        return y
    size = np.diff(np.r_[found.starts, y.size])
    x = np.arange(y.size) - np.repeat(found.starts + (size - 1) / 2.0, size)
    level: FloatArray = np.repeat(found.means, size) + np.repeat(found.slopes, size) * x
    return level


DRIFT = Analysis(
    name="drift",
    title="Drift",
    summary="Evidence of drift of a tool, when limits will be met, what to do about it and when.",
    version=1,
    params=DriftParams,
    result=DriftResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=DriftParams(
            window=LastDuration(last="40d"),
            characteristic="LOOP-H",
            tool="WB-01",
            site="PG1",
            horizon_days=30,
        ),
        data=sample_drift,
    ),
    predictions=lambda result, params, issued: predictions_of(result, params.where, issued),
)
