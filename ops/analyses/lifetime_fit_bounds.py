"""Bounds of lives under any candidate: the best that its family and the failures allow.

Families of location and scale have likelihood-ratio bounds, pivots or calibrated ones; an
exponential life of exact failures the chi-square; the others Wald bounds on the log scale, which
are approximate below 50 failures and not given below 10.
"""

from dataclasses import dataclass

import numpy as np

from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitLife, FitPrinted, FitSurvival
from ops.errors import NotEnoughData
from ops.lifetime.bounds.life_bound import life_bound, reliability_bound
from ops.lifetime.bounds.method import WALD_GOOD, WALD_LEAST, Asked
from ops.lifetime.bounds.parameter_bound import parameter_bound
from ops.lifetime.bounds.weibayes import weibayes
from ops.lifetime.choice.comparison import Rival
from ops.lifetime.data import LifeData
from ops.lifetime.families.fitted import WHOLE_LINE
from ops.values import FloatArray

_FEW = "fewer than 10 failures: no bounds of this family are given, and so no life"
_BEFORE_ZERO = "this family puts it before time 0: it is no life"
_NOT_CALIBRATED = "too few drawn tests have a maximum: the likelihood ratio is not calibrated"


@dataclass(frozen=True, slots=True)
class Bounded:
    """A life with bounds as the record takes them: 0 and infinity where there is none."""

    p: float
    estimate: float
    lower_one_sided: float
    lower: float
    upper: float
    method: str
    scale: str
    approximate: bool


def for_record(life: FitLife) -> Bounded:
    """Give a life with bounds to the record."""
    return Bounded(
        p=life.p,
        estimate=np.inf if life.estimate is None else life.estimate,
        lower_one_sided=life.lower_one_sided or 0.0,
        lower=life.lower or 0.0,
        upper=np.inf if life.upper is None else life.upper,
        method=life.method,
        scale=life.scale,
        approximate=life.approximate,
    )


def bounded(data: LifeData, rival: Rival, p: float, params: LifetimeFitParams) -> FitLife:
    """Bounds of the life of a candidate at a share, by the method that was asked for."""
    if rival.fit.plain is None:
        return _of_others(data, rival, p, params)
    try:
        return _positive(_by_likelihood(data, rival, p, params, params.method))
    except NotEnoughData:
        found = _by_likelihood(data, rival, p, params, "likelihood-ratio")
        more = {"reason": _NOT_CALIBRATED, "approximate": True}
        return _positive(found.model_copy(update=more))


def quick(data: LifeData, rival: Rival, p: float, params: LifetimeFitParams) -> FitLife:
    """Bounds that need no draws: the likelihood ratio where the family has one."""
    if rival.fit.plain is None:
        return _of_others(data, rival, p, params)
    return _positive(_by_likelihood(data, rival, p, params, "likelihood-ratio"))


def _of_others(data: LifeData, rival: Rival, p: float, params: LifetimeFitParams) -> FitLife:
    exact = _chi_square(data, rival, p, params)
    return _positive(_wald(rival, p, params.confidence)) if exact is None else exact


def _positive(life: FitLife) -> FitLife:
    """Withhold what lies before time 0: families over the whole line reach there."""
    if life.estimate is not None and life.estimate <= 0.0:
        ends = dict.fromkeys(("estimate", "lower_one_sided", "lower", "upper"))
        return life.model_copy(update={**ends, "words": _BEFORE_ZERO})
    names = ("lower_one_sided", "lower")
    gone = {name: None for name in names if (getattr(life, name) or 0.0) <= 0.0}
    return life.model_copy(update=gone) if gone else life


def survival_of(
    data: LifeData, rival: Rival, t: float, params: LifetimeFitParams
) -> FitSurvival | None:
    """Bounds of the share that lasts beyond a time; None for a family without such bounds."""
    fit = rival.fit.plain
    if fit is None:
        return None
    rng = np.random.default_rng([params.seed, 2])
    try:
        found = reliability_bound(
            data, fit, t, rng=rng, confidence=params.confidence, method=params.method
        )
    except NotEnoughData:
        found = reliability_bound(
            data, fit, t, rng=rng, confidence=params.confidence, method="likelihood-ratio"
        )
    return FitSurvival(
        family=rival.title,
        t=t,
        estimate=found.estimate,
        lower_one_sided=found.lower_one_sided,
        lower=found.lower,
        upper=found.upper,
        method=found.method,
    )


def _by_likelihood(
    data: LifeData, rival: Rival, p: float, params: LifetimeFitParams, method: Asked
) -> FitLife:
    assert rival.fit.plain is not None
    rng = np.random.default_rng([params.seed, 1])
    found = life_bound(
        data, rival.fit.plain, p, rng=rng, confidence=params.confidence, method=method
    )
    return FitLife(
        family=rival.title,
        p=p,
        estimate=finite(found.estimate),
        lower_one_sided=_finite(found.lower_one_sided),
        lower=_finite(found.lower),
        upper=_finite(found.upper),
        method=found.method,
        scale=found.scale,
        approximate=found.approximate,
        reason=found.reason,
        words=found.words,
    )


def _chi_square(
    data: LifeData, rival: Rival, p: float, params: LifetimeFitParams
) -> FitLife | None:
    if rival.name != "exponential" or data.truncated or (data.failed & ~data.exact).any():
        return None
    found = weibayes(data, 1.0, confidence=params.confidence).life(p)
    return FitLife(
        family=rival.title,
        p=p,
        estimate=found.estimate,
        lower_one_sided=found.lower_one_sided,
        lower=found.lower,
        upper=found.upper,
        method="chi-square",
        scale="invariant",
        approximate=False,
        reason="the total time on test of an exponential life is a chi-square",
        words="",
    )


def _wald(rival: Rival, p: float, confidence: float) -> FitLife:
    failures = rival.fit.failures
    none = failures < WALD_LEAST
    low, high = rival.fit.interval(p, confidence)
    one_sided = rival.fit.interval(p, 2.0 * confidence - 1.0)[0] if confidence > 0.5 else None
    told = not none and np.isfinite(high) and low > 0
    return FitLife(
        family=rival.title,
        p=p,
        estimate=finite(float(rival.fit.quantile(np.array([p]))[0])) if told else None,
        lower_one_sided=one_sided if told else None,
        lower=low if told else None,
        upper=high if told else None,
        method="wald",
        scale="linear" if rival.name in WHOLE_LINE else "log",
        approximate=failures < WALD_GOOD,
        reason="families with a threshold, hidden classes or a third shape have Wald bounds only",
        words=_FEW if none else ("" if told else "no bounds can be told, and so no life"),
    )


def parameters_of(data: LifeData, rival: Rival, confidence: float) -> tuple[FitPrinted, ...]:
    """Parameters, with likelihood-ratio intervals for families of location and scale."""
    fit = rival.fit.plain
    found: list[FitPrinted] = []
    for name, value in rival.fit.parameters.items():
        lower = upper = None
        if fit is not None:
            bound = parameter_bound(data, fit, name, confidence=confidence)
            lower, upper = _finite(bound.lower), _finite(bound.upper)
        if np.isfinite(value):
            found.append(FitPrinted(name=name, estimate=value, lower=lower, upper=upper))
    return tuple(found)


def drawn(data: LifeData, rival: Rival, p: FloatArray, confidence: float) -> list[FloatArray]:
    """Two-sided bounds of the times at shares, to be drawn: by the likelihood ratio, no draws."""
    low, high = np.full(p.shape, np.nan), np.full(p.shape, np.nan)
    assert rival.fit.plain is not None
    rng = np.random.default_rng(0)  # a likelihood ratio draws nothing
    for place, share in enumerate(p.tolist()):
        found = life_bound(
            data,
            rival.fit.plain,
            share,
            rng=rng,
            confidence=confidence,
            method="likelihood-ratio",
        )
        low[place] = np.nan if found.lower is None else found.lower
        high[place] = np.nan if found.upper is None else found.upper
    return [low, high]


def without_estimate(life: FitLife) -> FitLife:
    """Withhold the estimate of a life that has no bound at all."""
    bare = life.lower_one_sided is None and life.lower is None and life.upper is None
    return life.model_copy(update={"estimate": None}) if bare else life


def finite(value: float) -> float | None:
    """Give a number that JSON can say, None for what it cannot."""
    return value if np.isfinite(value) else None


def _finite(value: float | None) -> float | None:
    return None if value is None else finite(value)
