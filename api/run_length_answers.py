"""Answers about run lengths: from bodies to charts, and from numbers to bodies."""

from math import isfinite

from api.run_length_bodies import (
    BaselineBody,
    ChartBody,
    CusumBody,
    DriftPoint,
    EstimatedPoint,
    EwmaBody,
    RivalView,
    RulesBody,
    RunLengthDesignDraft,
    RunLengthDesignView,
    RunLengthDraft,
    RunLengthPoint,
    RunLengthView,
    ShewhartBody,
)
from ops.errors import BadData, Problem
from ops.spc.rules import RULES
from ops.spc.run_length.autocorrelated import Ar1Ewma, Ar1Shewhart
from ops.spc.run_length.chain import Scheme
from ops.spc.run_length.cusum import CusumScheme
from ops.spc.run_length.drift import drift_run_length
from ops.spc.run_length.estimated import Baseline, estimated_run_length
from ops.spc.run_length.ewma import EwmaScheme
from ops.spc.run_length.profile import QUANTILES, profile
from ops.spc.run_length.rules import RuleScheme
from ops.spc.run_length.search import Candidate, rivals
from ops.spc.run_length.shewhart import ShewhartScheme

SHIFTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
MOST_STATES = 1000  # of an autocorrelated EWMA within a request
SHARES = (0.1, 0.5, 0.9)
BY_STEP = ("trend", "alternating")


def profiled(draft: RunLengthDraft) -> RunLengthView:
    """Run lengths of a chart.

    Raises
    ------
    BadData
        If parts of the question do not go together.
    """
    scheme = scheme_of(draft)
    return RunLengthView(
        chart=draft.chart,
        method=_method(scheme),
        points=_points(scheme, draft.shifts),
        drifts=[_drift(scheme, slope) for slope in draft.slopes],
        estimated=None if draft.baseline is None else _estimated(scheme, draft.baseline),
    )


def designed(draft: RunLengthDesignDraft) -> RunLengthDesignView:
    """Find the chart that keeps a promise, and the best of the other families."""
    found = rivals(draft.arl0, draft.shift, state=draft.state)
    chosen = next(one for one in found if one.family == draft.family)
    shifts = tuple(sorted({*SHIFTS, draft.shift}))
    return RunLengthDesignView(
        chosen=_rival(chosen),
        points=_points(chosen.scheme, shifts),
        rivals=[_rival(one) for one in found if one is not chosen],
    )


def scheme_of(draft: RunLengthDraft) -> Scheme:
    """Build the chart of a question."""
    chart = draft.chart
    if draft.phi != 0.0:
        return _autocorrelated(draft)
    if isinstance(chart, ShewhartBody):
        return ShewhartScheme(chart.width, chart.sides)
    if isinstance(chart, EwmaBody):
        if draft.baseline is not None and chart.limits == "exact":
            raise _refused("/baseline", "answered for fixed limits only; leave one of them out")
        return EwmaScheme(chart.lambda_, chart.width, chart.sides, chart.limits)
    if isinstance(chart, CusumBody):
        return _cusum(chart)
    scheme = _rules(chart)
    by_step = any(rule.pattern in BY_STEP for rule in scheme.rules)
    for asked, pointer in ((draft.baseline, "/baseline"), (draft.slopes, "/slopes")):
        if by_step and asked:
            raise _refused(pointer, "not answered for trend and alternation; leave these rules out")
    return scheme


def _cusum(chart: CusumBody) -> CusumScheme:
    if chart.headstart > 0.5 * chart.h + chart.k:
        most = 0.5 * chart.h + chart.k
        raise _refused("/chart/headstart", f"at most h / 2 + k = {most:g}, got {chart.headstart:g}")
    return CusumScheme(chart.k, chart.h, chart.headstart, chart.sides)


def _rules(chart: RulesBody) -> RuleScheme:
    known = {rule.name: rule for rule in RULES[chart.rule_set]}
    for place, name in enumerate(chart.names):
        if name not in known:
            having = ", ".join(known)
            raise _refused(
                f"/chart/names/{place}", f"{chart.rule_set} has the rules {having}, got {name}"
            )
    return RuleScheme(tuple(known[name] for name in sorted(set(chart.names or known))))


def _autocorrelated(draft: RunLengthDraft) -> Scheme:
    chart = draft.chart
    if draft.baseline is not None:
        raise _refused("/baseline", "not answered together with phi; leave one of them out")
    if isinstance(chart, ShewhartBody) and chart.sides == 2:
        return Ar1Shewhart(chart.width, draft.phi, draft.sigma)
    if isinstance(chart, EwmaBody) and (chart.sides, chart.limits) == (2, "fixed"):
        scheme = Ar1Ewma(chart.lambda_, chart.width, draft.phi)
        values, levels = scheme.nodes
        if values * levels <= MOST_STATES:
            return scheme
        raise _refused(
            "/chart/lambda_",
            f"with phi {draft.phi:g} it needs {values * levels} states, a request solves"
            f" {MOST_STATES}: a larger weight needs fewer",
        )
    raise _refused("/phi", "answered for Shewhart and EWMA charts of two sides with fixed limits")


def _refused(pointer: str, detail: str) -> BadData:
    return BadData(f"{pointer}: {detail}", (Problem(pointer, detail),))


def _method(scheme: Scheme) -> str:
    if isinstance(scheme, ShewhartScheme):
        return "closed form"
    if isinstance(scheme, RuleScheme):
        if any(rule.pattern in BY_STEP for rule in scheme.rules):
            return "Markov chain with the last value on Gauss-Legendre nodes, 1e-6 relative"
        return "exact Markov chain"
    if isinstance(scheme, Ar1Ewma):
        return "collocation in last value and statistic, 1e-3 relative"
    return "integral equation on Gauss-Legendre nodes, 1e-9 relative"


def _points(scheme: Scheme, shifts: tuple[float, ...]) -> list[RunLengthPoint]:
    return [
        RunLengthPoint(
            shift=point.shift,
            zero_state=_finite(point.zero_state),
            steady_state=_finite(point.steady_state),
            quantiles={
                f"{p:g}": _finite(t) for p, t in zip(QUANTILES, point.quantiles, strict=True)
            },
        )
        for point in profile(scheme, shifts)
    ]


def _drift(scheme: Scheme, slope: float) -> DriftPoint:
    length = drift_run_length(scheme, slope)
    return DriftPoint(slope=slope, mean=length.mean, median=length.quantile(0.5))


def _estimated(scheme: Scheme, baseline: BaselineBody) -> EstimatedPoint:
    found = estimated_run_length(scheme, Baseline(baseline.points, baseline.size))
    return EstimatedPoint(
        mean=_finite(found.mean),
        median=_finite(found.quantile(0.5)),
        arl0={f"{p:g}": found.conditional(p) for p in SHARES},
    )


def _rival(candidate: Candidate) -> RivalView:
    return RivalView(
        family=candidate.family,
        chart=_body(candidate.scheme),
        arl0=candidate.arl0,
        arl1=_finite(candidate.arl1),
    )


def _body(scheme: Scheme) -> ChartBody:
    # not checked again: a search may go further than a question may
    if isinstance(scheme, EwmaScheme):
        return EwmaBody.model_construct(
            kind="ewma", lambda_=scheme.lambda_, width=scheme.width, sides=2, limits="fixed"
        )
    if isinstance(scheme, CusumScheme):
        return CusumBody.model_construct(
            kind="cusum", k=scheme.k, h=scheme.h, headstart=0.0, sides=2
        )
    if isinstance(scheme, ShewhartScheme):
        return ShewhartBody.model_construct(kind="shewhart", width=scheme.width, sides=2)
    return RulesBody(kind="rules", rule_set="western-electric")


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
