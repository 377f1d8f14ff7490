"""Studies of masters: type 1, linearity, stability, as fields of the result."""

from math import isfinite
from typing import Any

import numpy as np

from ops.analyses.gauge_study_params import GaugeStudyParams
from ops.analyses.gauge_study_result import (
    GaugeEstimate,
    LinearityOutcome,
    LinearityPoint,
    StabilityOutcome,
    TypeOneOutcome,
)
from ops.analyses.gauge_study_words import linearity_verdict, stability_verdict, type_one_verdict
from ops.errors import BadData
from ops.gauge.linearity import linearity_study
from ops.gauge.stability import stability_study
from ops.gauge.type_one import type_one_study
from ops.values import Factor, Series

MOST_POINTS = 500


def type_one_fields(series: Series, params: GaugeStudyParams, tolerance: float) -> dict[str, Any]:
    """Fields of the result of a type-1 study."""
    assert params.reference is not None  # the parameters saw to it
    found = type_one_study(
        series.value,
        reference=params.reference,
        tolerance=tolerance,
        k_percent=params.k_percent,
        spread=params.spread,
        resolution=params.resolution,
        confidence=params.confidence,
    )
    outcome = TypeOneOutcome(
        reference=params.reference,
        mean=found.mean,
        sd=GaugeEstimate.of(found.sd),
        bias=GaugeEstimate.of(found.bias),
        t=_known(found.t),
        p=_known(found.p),
        cg=GaugeEstimate.of(found.cg),
        cgk=_known(found.cgk),
        k_percent=params.k_percent,
        spread=params.spread,
        repeatability_percent=_known(found.repeatability_percent),
        total_percent=_known(found.total_percent),
        resolution_ok=found.resolution_ok,
        values=tuple(float(v) for v in series.value[-MOST_POINTS:]),
    )
    return {
        "method": f"type 1, K {params.k_percent:g} % of tolerance, L {params.spread:g} sigma",
        "note": "",
        "type_one": outcome,
        "verdict": type_one_verdict(series, found, params),
    }


def linearity_fields(series: Series, part: Factor, params: GaugeStudyParams) -> dict[str, Any]:
    """Fields of the result of a linearity study."""
    unknown = [level for level in part.levels if level not in params.references]
    if unknown:
        raise BadData(
            f"{len(unknown)} parts have no reference ({', '.join(unknown[:3])} ...); give one for"
            " each, or keep only the masters with `where`"
        )
    reference = np.array([params.references[level] for level in part.levels])[part.codes]
    found = linearity_study(series.value, reference, confidence=params.confidence)
    points = tuple(
        LinearityPoint(
            reference=at.reference,
            n=at.n,
            bias=GaugeEstimate.of(at.bias),
            p=_known(at.p),
            fit=float(found.fit[i]),
            lower=float(found.lower[i]),
            upper=float(found.upper[i]),
        )
        for i, at in enumerate(found.at)
    )
    outcome = LinearityOutcome(
        slope=GaugeEstimate.of(found.slope),
        intercept=GaugeEstimate.of(found.intercept),
        p_slope=_known(found.p_slope),
        p_intercept=_known(found.p_intercept),
        r_squared=_known(found.r_squared),
        percent=100 * abs(found.slope.value),
        bias=GaugeEstimate.of(found.bias),
        linear=found.linear,
        points=points,
    )
    return {
        "method": "regression of bias on the reference",
        "note": "",
        "linearity": outcome,
        "verdict": linearity_verdict(series, found),
    }


def stability_fields(series: Series, params: GaugeStudyParams) -> dict[str, Any]:
    """Fields of the result of a stability study."""
    found = stability_study(
        series.value,
        series.ts,
        series.subgroup.codes,
        reference=params.reference,
        confidence=params.confidence,
    )
    stage, size = found.chart.stages[0], found.chart.value.size
    shown = slice(max(0, size - MOST_POINTS), size)
    limits = [stage.limits(float(n)) for n in found.chart.size[shown]]
    outcome = StabilityOutcome(
        ts=tuple(int(t) for t in found.ts[shown]),
        value=tuple(float(v) for v in found.chart.value[shown]),
        signal=tuple(bool(f) for f in found.chart.flags[shown]),
        center=stage.center,
        lower=tuple(None if pair is None else pair[0] for pair in limits),
        upper=tuple(None if pair is None else pair[1] for pair in limits),
        broken=found.broken,
        drift_per_day=GaugeEstimate.of(found.drift_per_day),
        p=_known(found.p),
        bias=None if found.bias is None else GaugeEstimate.of(found.bias),
        left_out=max(0, size - MOST_POINTS),
    )
    return {
        "method": "control chart of a master, rules of Nelson, slope over time",
        "note": "" if stage.sigma is not None else "all points are equal: no limits",
        "stability": outcome,
        "verdict": stability_verdict(series, found, params),
    }


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None
