"""Bounds of a life and of a reliability: one-sided lower ones are reported, two-sided beside them.

`life_bound` bounds the time by which a share has failed, `reliability_bound` the share that lasts
beyond a time. The method follows the data (`ops.lifetime.bounds.method`) and is told with its
reason. Where no maximum of the likelihood exists there is nothing to bound: see
`ops.lifetime.bounds.without_maximum`.
"""

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.bounds.method import Asked, Method, choose
from ops.lifetime.bounds.question import Bounds, Question, answer
from ops.lifetime.bounds.wald import Scale
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import is_log

INVARIANT = "invariant"  # the bound is the same on every scale
LEFT_OUT = 0.01  # share of drawn tests without a maximum that is worth a word


@dataclass(frozen=True, slots=True)
class LifeBound:
    """A life with its bounds.

    Parameters
    ----------
    p
        Share that has failed by it: 0.1 for B10.
    estimate
        Of maximum likelihood, in the unit of the data.
    lower_one_sided
        One-sided lower bound: what is reported. None where the data set none.
    lower, upper
        Two-sided interval; None where the data set no bound on that side.
    confidence
        Of the one-sided bound, and of the interval.
    method, scale
        What the bounds are made by, and the scale on which they are made.
    approximate
        Whether there are too few failures for the method to hold its confidence.
    reason
        Why this method, in words.
    words
        What else must be said of the bounds; empty if nothing.
    """

    p: float
    estimate: float
    lower_one_sided: float | None
    lower: float | None
    upper: float | None
    confidence: float
    method: Method
    scale: str
    approximate: bool
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class ReliabilityBound:
    """A share that lasts beyond a time, with its bounds; fields as in `LifeBound`.

    Parameters
    ----------
    t
        The time, in the unit of the data.
    """

    t: float
    estimate: float
    lower_one_sided: float | None
    lower: float | None
    upper: float | None
    confidence: float
    method: Method
    scale: str
    approximate: bool
    reason: str
    words: str


def life_bound(
    data: LifeData,
    fit: LifeFit,
    p: float,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
    method: Asked = "auto",
    scale: Scale = "log",
    as_in: bool = False,
) -> LifeBound:
    """Bounds of the time by which the share `p` has failed.

    Parameters
    ----------
    data, fit
        The sample, and its maximum (`ops.lifetime.fit.fit`).
    p
        In (0, 1).
    rng
        Chance of the drawn tests.
    confidence
        In (0, 1).
    method
        ``auto``: by the rules of `ops.lifetime.bounds.method`.
    scale
        Of Wald bounds.
    as_in
        Whether an old report is reproduced: Wald bounds are then given for few failures too.

    Raises
    ------
    BadData
        If `p` or the confidence is out of range, sigma was given, or the method cannot serve.

    References
    ----------
    Meeker and Escobar (1998), Statistical Methods for Reliability Data, chapters 8 and 9.
    """
    _check(fit, confidence)
    if not 0.0 < p < 1.0:
        raise _bad("/p", f"the share that has failed is {p:g}; give one between 0 and 1")
    linear = scale == "linear" or not is_log(fit.family)
    choice = choose(data, method, as_in=as_in)
    found = answer(data, Question.of_life(fit, p, linear=linear), choice, confidence, rng)
    return LifeBound(
        p=p,
        estimate=float(fit.quantile(np.array(p))),
        lower_one_sided=found.one_sided,
        lower=found.lower,
        upper=found.upper,
        confidence=confidence,
        method=choice.method,
        scale=("linear" if linear else "log") if choice.method == "wald" else INVARIANT,
        approximate=choice.approximate,
        reason=choice.reason,
        words=_words(found, choice.approximate),
    )


def reliability_bound(
    data: LifeData,
    fit: LifeFit,
    t: float,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
    method: Asked = "auto",
    as_in: bool = False,
) -> ReliabilityBound:
    """Bounds of the share that lasts beyond `t`; parameters as in `life_bound`.

    Parameters
    ----------
    t
        In the unit of the data, > 0.

    Raises
    ------
    BadData
        As `life_bound`.
    """
    _check(fit, confidence)
    if not 0.0 < t < inf:
        raise _bad("/t", f"the time is {t:g}; give one above 0")
    choice = choose(data, method, as_in=as_in)
    found = answer(data, Question.of_reliability(fit, t), choice, confidence, rng)
    return ReliabilityBound(
        t=t,
        estimate=float(fit.survival(np.array(t))),
        lower_one_sided=found.one_sided,
        lower=found.lower,
        upper=found.upper,
        confidence=confidence,
        method=choice.method,
        scale="standard quantile" if choice.method == "wald" else INVARIANT,
        approximate=choice.approximate,
        reason=choice.reason,
        words=_words(found, choice.approximate),
    )


def _words(found: Bounds, approximate: bool) -> str:
    said = [
        (approximate, "approximate: too few failures for this method to hold its confidence"),
        (found.one_sided is None, "the data set no lower bound at this confidence"),
        (found.lower is None, "the interval has no lower end"),
        (found.upper is None, "the interval has no upper end"),
        (found.left_out > LEFT_OUT, "drawn tests that have no maximum were left out"),
    ]
    return "; ".join(words for holds, words in said if holds)


def _check(fit: LifeFit, confidence: float) -> None:
    if not 0.0 < confidence < 1.0:
        raise _bad("/confidence", f"the confidence is {confidence:g}; give one between 0 and 1")
    if fit.sigma_known or not isfinite(fit.mu):
        raise _bad("/fit", "the fit was made with sigma given; bound it by Weibayes instead")


def _bad(pointer: str, detail: str) -> BadData:
    return BadData(detail, (Problem(pointer, detail),))
