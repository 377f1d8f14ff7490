"""Studies of parts and operators: from rows to components, ratios and guard bands."""

from math import isfinite, sqrt
from typing import Any

import numpy as np

from ops.analyses.gauge_study_params import GaugeStudyParams
from ops.analyses.gauge_study_result import (
    GaugeCell,
    GaugeEstimate,
    GaugeMeanSquare,
    GaugeSource,
    GuardRow,
)
from ops.analyses.gauge_study_words import variance_verdict
from ops.capability.index import Interval
from ops.errors import BadData
from ops.gauge.average_range import average_range_study
from ops.gauge.breakdown import Breakdown, share_of
from ops.gauge.crossed import crossed_study
from ops.gauge.decision import (
    Decision,
    decide,
    part_variance,
    process_ratio,
    tolerance_ratio,
    worst,
)
from ops.gauge.expanded import expanded_study
from ops.gauge.guard_band import Normal, global_risks, guarded_limits, width_for_risk
from ops.gauge.nested import nested_study
from ops.values import Factor, FloatArray, IntArray, Series, SpecLimits

SEED = 20_100_601  # of the draws behind generalized intervals: equal data, equal result
MOST_LEVELS = 1500
MOST_CELLS = 400


def variance_fields(
    series: Series, factors: dict[str, Factor], params: GaugeStudyParams, tolerance: float | None
) -> dict[str, Any]:
    """Fields of the result of a crossed, nested or expanded study.

    Parameters
    ----------
    factors
        ``part``, ``operator`` and the further ones; every value has a level of each.
    """
    y = series.value
    codes = {name: factor.codes for name, factor in factors.items()}
    found = _split(y, codes, params)
    of_tolerance = (
        None if tolerance is None else tolerance_ratio(found.gauge, tolerance, width=params.width)
    )
    sigma = params.process_sigma
    of_process = None if sigma is None else process_ratio(found.gauge, sigma)
    judged = [r for r in (of_tolerance, of_process) if r is not None] or [found.share]
    decisions: list[Decision] = [
        decide(r.value, accept=params.accept, reject=params.reject)
        for r in judged
        if isfinite(r.value)
    ]
    return {
        "method": found.method,
        "note": found.note,
        "sources": _sources(found, tolerance, params.width),
        "squares": tuple(
            GaugeMeanSquare(name=s.name, df=s.df, mean_square=s.value, f=s.f, p=s.p)
            for s in found.squares
        ),
        "of_study": GaugeEstimate.of(found.share),
        "of_process": None if of_process is None else GaugeEstimate.of(of_process),
        "of_tolerance": None if of_tolerance is None else GaugeEstimate.of(of_tolerance),
        "categories": GaugeEstimate.of(found.categories),
        "distinct": found.distinct,
        "cells": _cells(y, factors),
        "guard": _guard(series.spec, y, found, params),
        "verdict": variance_verdict(
            series, found, (of_tolerance, of_process), worst(decisions), params
        ),
    }


def _split(y: FloatArray, codes: dict[str, IntArray], params: GaugeStudyParams) -> Breakdown:
    part, operator, confidence = codes["part"], codes["operator"], params.confidence
    if params.method == "range":
        return average_range_study(y, part, operator, confidence=confidence)
    rng = np.random.default_rng(SEED)
    wants_reml = params.method == "reml" or params.study == "expanded"
    if not wants_reml:
        try:
            if params.study == "nested":
                return nested_study(y, part, operator, rng=rng, confidence=confidence)
            return crossed_study(
                y, part, operator, rng=rng, interaction=params.interaction, confidence=confidence
            )
        except BadData:  # unbalanced
            if params.method == "anova":
                raise
    if params.study == "nested":
        codes = codes | {
            "part": np.unique(np.stack((operator, part)), axis=1, return_inverse=True)[1].ravel()
        }
    return _reml(y, codes, params)


def _reml(y: FloatArray, codes: dict[str, IntArray], params: GaugeStudyParams) -> Breakdown:
    levels = sum(int(np.unique(c).size) for c in codes.values())
    if levels > MOST_LEVELS:
        raise BadData(
            f"parts and factors have {levels} levels, reml takes at most {MOST_LEVELS};"
            " choose the window of the study"
        )
    crossing = [name for name in codes if name != "part"]
    pairs = tuple((name, "part") for name in crossing)
    plain = params.study == "nested" or params.interaction == "drop"
    return expanded_study(
        y,
        codes,
        part="part",
        interactions=() if plain else pairs,
        confidence=params.confidence,
    )


def _sources(found: Breakdown, tolerance: float | None, width: float) -> tuple[GaugeSource, ...]:
    total = found.total.value
    sums = ("repeatability", "reproducibility", "gauge", "part", "total")
    rows: list[tuple[str, Any, Interval]] = [(c.name, c.role, c.variance) for c in found.components]
    rows += [(name, "sum", getattr(found, name)) for name in sums]
    made: list[GaugeSource] = []
    for name, role, variance in rows:
        value = variance.value
        known = isfinite(value)
        made.append(
            GaugeSource(
                name=name,
                role=role,
                sd=GaugeEstimate.root_of(variance),
                share=value / total if known and total > 0 else None,
                of_study=share_of(value, total) if known and total > 0 else None,
                of_tolerance=width * sqrt(value) / tolerance if known and tolerance else None,
            )
        )
    return tuple(made)


def _cells(y: FloatArray, factors: dict[str, Factor]) -> tuple[GaugeCell, ...]:
    part, operator = factors["part"], factors["operator"]
    cell = operator.codes * len(part.levels) + part.codes
    made: list[GaugeCell] = []
    for code in np.unique(cell)[:MOST_CELLS]:
        values = y[cell == code]
        who, what = divmod(int(code), len(part.levels))
        made.append(
            GaugeCell(
                part=part.levels[what],
                operator=operator.levels[who],
                n=values.size,
                mean=float(values.mean()),
                range=float(np.ptp(values)),
            )
        )
    return tuple(made)


def _guard(
    spec: SpecLimits | None, y: FloatArray, found: Breakdown, params: GaugeStudyParams
) -> tuple[GuardRow, ...]:
    """No guard band, one and two standard uncertainties, and what the consumer's risk asks for."""
    if spec is None or not (isfinite(spec.lower) or isfinite(spec.upper)):
        return ()
    variance = found.part.value
    if params.process_sigma is not None:
        variance = part_variance(found.gauge.value, params.process_sigma)
    if not (variance > 0 and isfinite(found.gauge.value)):
        return ()
    mean = float(y.mean()) if params.process_mean is None else params.process_mean
    process, u = Normal(mean, sqrt(variance)), sqrt(found.gauge.value)
    widths = [("none", 0.0), ("1 standard uncertainty", u), ("2 standard uncertainties", 2 * u)]
    needed = width_for_risk(spec, process=process, uncertainty=u, risk=params.consumer_risk)
    if needed is not None:
        widths.append(("for the consumer's risk allowed", needed))
    rows: list[GuardRow] = []
    for rule, width in widths:
        if not spec.lower + width < spec.upper - width:
            continue
        limits = guarded_limits(spec, width)
        risks = global_risks(spec, limits, process=process, uncertainty=u)
        rows.append(
            GuardRow(
                rule=rule,
                width=width,
                lower=limits.lower if isfinite(limits.lower) else None,
                upper=limits.upper if isfinite(limits.upper) else None,
                consumer=risks.consumer,
                producer=risks.producer,
            )
        )
    return tuple(rows)
