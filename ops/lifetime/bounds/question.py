"""A question to a fitted life, and its answer by any of the methods.

A question is a line through the parameters, from what is worse to what is better: the quantile
itself, or the reliability by its standard quantile. Along it the signed root of the likelihood
ratio falls.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import isfinite

import numpy as np
from scipy.special import ndtri

from ops.lifetime.bounds.calibrated import Calibrated, Calibration, Line
from ops.lifetime.bounds.method import Choice
from ops.lifetime.bounds.pivot import Pivots, pivots
from ops.lifetime.bounds.profile import profile_of
from ops.lifetime.bounds.resampling import resampling
from ops.lifetime.bounds.wald import wald_line, wald_linear, wald_standard
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import from_line, is_log, standard_quantile, standard_sf, to_line

SAMPLES = 1999  # of a calibration: the quantiles asked for are order statistics
PIVOTS = 9999
FARTHEST = 30.0  # sigmas, or thirteen decades of time, beyond which a bound says nothing
BEGIN = 0.25  # sigmas that a search for a bound begins with


@dataclass(frozen=True, slots=True)
class Question:
    """What is bounded.

    Parameters
    ----------
    fit
        The maximum.
    start
        Place of the estimate on the line.
    step, reach
        Length that a search begins with, and that beyond which a bound is none.
    point
        From a place to what is held: mu + sigma z0 = y0.
    wald, pivot
        Place of the bound at a level, above 1/2 for a lower one.
    back
        From a place to what was asked.
    """

    fit: LifeFit
    start: float
    step: float
    reach: float
    point: Callable[[float], tuple[float, float]]
    wald: Callable[[float], float]
    pivot: Callable[[Pivots, float], float]
    back: Callable[[float], float]

    @classmethod
    def of_life(cls, fit: LifeFit, p: float, *, linear: bool) -> "Question":
        """Ask for the time by which the share `p` has failed; `linear` Wald bounds or not."""
        z0 = float(standard_quantile(fit.family, np.array(p)))
        return cls(
            fit=fit,
            start=fit.mu + fit.sigma * z0,
            step=BEGIN * fit.sigma,
            reach=FARTHEST * (max(fit.sigma, 1.0) if is_log(fit.family) else fit.sigma),
            point=lambda y: (y, z0),
            wald=partial(wald_linear if linear else wald_line, fit, z0),
            pivot=lambda drawn, level: drawn.line_bound(fit.mu, fit.sigma, z0, level),
            back=lambda y: float(from_line(fit.family, np.array(y))),
        )

    @classmethod
    def of_reliability(cls, fit: LifeFit, t: float) -> "Question":
        """Ask for the share that lasts beyond `t`."""
        y0 = float(to_line(fit.family, np.array(t)))
        return cls(
            fit=fit,
            start=(fit.mu - y0) / fit.sigma,
            step=BEGIN,
            reach=FARTHEST,
            point=lambda x: (y0, -x),
            wald=partial(wald_standard, fit, y0),
            pivot=lambda drawn, level: -drawn.standard_bound(fit.mu, fit.sigma, y0, level),
            back=lambda x: float(standard_sf(fit.family, np.array(-x))),
        )


@dataclass(frozen=True, slots=True)
class Bounds:
    """One-sided lower bound and two-sided interval, None where there is none.

    Parameters
    ----------
    left_out
        Largest share of drawn tests that had no maximum.
    """

    one_sided: float | None
    lower: float | None
    upper: float | None
    left_out: float = 0.0


def answer(
    data: LifeData,
    question: Question,
    choice: Choice,
    confidence: float,
    rng: np.random.Generator,
) -> Bounds:
    """Answer a question by the chosen method, at the one-sided level and at both two-sided ones."""
    half = (1.0 - confidence) / 2.0
    bound = _method(data, question, choice, rng)
    found = [bound(level) for level in (confidence, 1.0 - half, half)]
    one, low, high = (_finite(question.back, place.place) for place in found)
    if one is not None and low is not None:
        low = min(low, one)  # the chance of the drawn tests must not turn their order
    return Bounds(one, low, high, max(place.left_out for place in found))


def _method(
    data: LifeData, question: Question, choice: Choice, rng: np.random.Generator
) -> Callable[[float], Calibrated]:
    """Return what gives a place for a level."""
    fit = question.fit
    if choice.method == "wald":
        return lambda level: Calibrated(question.wald(level))
    if choice.scheme is not None and choice.method == "pivot":
        drawn = pivots(resampling(choice.scheme, fit.family, samples=PIVOTS, rng=rng))
        return lambda level: Calibrated(question.pivot(drawn, level))
    q = question
    line = Line(profile_of(data, fit), q.point, q.start, q.step, q.reach)
    if choice.scheme is None:
        return lambda level: Calibrated(line.place(float(ndtri(level))))
    tests = resampling(choice.scheme, fit.family, samples=SAMPLES, rng=rng)
    return Calibration(line, tests).bound


def _finite(back: Callable[[float], float], place: float | None) -> float | None:
    if place is None:
        return None
    found = back(place)
    return found if isfinite(found) and found != 0.0 else None
