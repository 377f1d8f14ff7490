"""What a chart promises: how far apart its false alarms are, and what limits from few points do."""

from math import isfinite

import numpy as np

from api.chart_view import Arl0View, CorrelationView, ShortPhaseView
from ops.page_value import Number, Phrase
from ops.spc.autocorrelation import Autocorrelation
from ops.spc.chart import Chart
from ops.spc.design import ChartSettings
from ops.spc.designed import MEMORY, counted
from ops.spc.rules import Rule
from ops.spc.run_length.chain import arl
from ops.spc.run_length.cusum import CusumScheme
from ops.spc.run_length.estimated import Baseline, estimated_run_length
from ops.spc.run_length.ewma import EwmaScheme
from ops.spc.run_length.rules import arl0_of
from ops.spc.run_length.shewhart import ShewhartScheme

BY_STEP = ("trend", "alternating")
SHEWHART = frozenset({"individuals", "xbar-r", "xbar-s", "three-way"})
LONGEST, MOST = 15, 10  # points of a rule, and rules, of a chain that a request waits for
LEAST_WEIGHT = 0.01  # of an EWMA: below, its chain takes seconds
FEW, MANY = 5, 300  # points of a phase I whose effect is worth a sentence
WORTH_SAYING = 0.1  # correlation that spoils limits: it makes moving ranges 5 % too small


def arl0(settings: ChartSettings) -> Arl0View:
    """Mean number of points between two false alarms of the main chart, or why it is not known."""
    rules = counted(settings)
    limits = [rule for rule in rules if is_limit(rule)]
    if not rules or (settings.kind in MEMORY and not limits):
        return _unknown("no rule is switched on that would judge this chart")
    if settings.kind == "ewma":
        return _ewma(settings)
    if settings.kind == "cusum":
        return _cusum(settings)
    if settings.kind not in SHEWHART and not settings.kind.startswith("short-run"):
        return _unknown(
            "worked out for normal values: the distance of false alarms of this kind depends on"
            " the mean, the size of the samples and how they overlap"
        )
    if len(rules) > MOST or max(rule.n for rule in rules) > LONGEST:
        return _unknown("rules that span so many points are not worked out within a request")
    by_step = any(rule.pattern in BY_STEP for rule in rules)
    return Arl0View(
        value=arl0_of(rules),
        method="Markov chain with the last value on nodes" if by_step else "exact Markov chain",
        reason=None,
    )


def is_limit(rule: Rule) -> bool:
    """Whether a rule is that of one point beyond a limit."""
    return rule.pattern == "beyond" and rule.n == 1


def _ewma(settings: ChartSettings) -> Arl0View:
    if settings.lambda_ < LEAST_WEIGHT:
        return _unknown(f"worked out for weights from {LEAST_WEIGHT:g}")
    return _solved(EwmaScheme(settings.lambda_, settings.width, 2, "exact"))


def _cusum(settings: ChartSettings) -> Arl0View:
    if settings.headstart > 0.5 * settings.h + settings.k:
        return _unknown("worked out for a headstart up to h / 2 + k")
    if settings.h > 20:
        return _unknown("worked out for decision intervals up to 20 sigma")
    return _solved(CusumScheme(settings.k, settings.h, settings.headstart))


def _solved(scheme: EwmaScheme | CusumScheme) -> Arl0View:
    value = arl(scheme)
    if not isfinite(value) or value > 1e12:
        return _unknown("it practically never gives a false alarm")
    return Arl0View(value=value, method="integral equation", reason=None)


def _unknown(reason: str) -> Arl0View:
    return Arl0View(value=None, method="", reason=reason)


def short_phase(chart: Chart) -> ShortPhaseView | None:
    """Effect of limits from few points; None where they are frozen, many, or not of that kind."""
    if chart.estimator is None or chart.settings.kind not in SHEWHART - {"three-way"}:
        return None
    stages = [(stage.limits.n, stage) for stage in chart.stages if stage.limits is not None]
    if not stages:
        return None
    points, stage = min(stages, key=lambda pair: pair[0])
    if not FEW <= points < MANY:
        return None
    size = int(np.median(chart.size[stage.first : stage.after]))
    scheme = ShewhartScheme(chart.settings.width, 2)
    found = estimated_run_length(scheme, Baseline(points, size))
    alarm = 1.0 / arl(scheme)
    known = float(np.ceil(np.log(0.5) / np.log1p(-alarm)))
    low, high = found.conditional(0.1), found.conditional(0.9)
    return ShortPhaseView(
        points=points,
        median=found.quantile(0.5),
        median_known=known,
        arl0_lower=low,
        arl0_upper=high,
        phrase=Phrase.of(
            "Limits from {n} points: median run length {median} (known: {known}), conditional ARL0"
            " {low} to {high} in 80 % of such windows",
            n=Number(value=points),
            median=Number(value=found.quantile(0.5), decimals=0),
            known=Number(value=known, decimals=0),
            low=Number(value=float(f"{low:.2g}")),
            high=Number(value=float(f"{high:.2g}")),
        ),
    )


def correlation(found: Autocorrelation | None) -> CorrelationView | None:
    """Correlation of neighbouring points; the phrase only where it spoils limits."""
    if found is None:
        return None
    said = Phrase.of(
        "Neighbouring points are correlated by {r} (95 % {lower} to {upper}): limits and rules take"
        " them as independent, false alarms come more often than said",
        r=Number(value=found.phi, decimals=2),
        lower=Number(value=found.lower, decimals=2),
        upper=Number(value=found.upper, decimals=2),
    )
    return CorrelationView(
        lag_one=found.phi,
        lower=found.lower,
        upper=found.upper,
        points=found.n,
        phrase=said if found.lower > 0 and found.phi >= WORTH_SAYING else None,
    )
