"""Demonstrate a reliability by tests longer or shorter than the life: units against duration."""

from math import exp, log

import numpy as np
from scipy import special

from ops.errors import BadData, Problem
from ops.lifetime.location_scale import Family, standard_quantile, standard_sf
from ops.lifetime.planning.binomial import (
    PassPlan,
    check_share,
    demonstrated_reliability,
    operating_characteristic,
    units_needed,
)
from ops.values import FloatArray

LOG_TIME: tuple[Family, ...] = ("weibull", "lognormal", "loglogistic")


def survival_at_multiple(
    reliability: FloatArray, multiple: float, *, sigma: float, family: Family = "weibull"
) -> FloatArray:
    """Share that lasts `multiple` lives, where `reliability` lasts one.

    Parameters
    ----------
    reliability : shape (n,)
        In (0, 1).
    multiple
        Time over the life that is asked for, > 0.
    sigma
        Scale of the logarithm of the time, > 0: 1 / shape of a Weibull.
    family
        One of `LOG_TIME`.

    Returns
    -------
    shape (n,)
        ``S(z + log(multiple) / sigma)`` with ``S(z) = reliability``; for a Weibull this is
        ``reliability ** multiple ** shape``.

    Raises
    ------
    BadData
        If the family is not of the logarithm of time, or a number is not positive.
    """
    _check(multiple, sigma, family)
    fails = 1.0 - np.asarray(reliability, dtype=np.float64)
    moved = standard_quantile(family, fails) + log(multiple) / sigma
    return np.asarray(standard_sf(family, moved), dtype=np.float64)


def units_at_multiple(
    reliability: float,
    confidence: float,
    multiple: float,
    *,
    sigma: float,
    accept: int = 0,
    family: Family = "weibull",
) -> PassPlan:
    """Fewest units that show a reliability at one life by a test of `multiple` lives.

    The plan's `reliability` is what must be shown at the end of the test.

    References
    ----------
    Meeker and Escobar (1998), section 10.6.2; Abernethy (2006), The New Weibull Handbook, ch. 6.

    Examples
    --------
    Three lives of an exponential: a third of 2995 units.

    >>> units_at_multiple(0.999, 0.95, 3.0, sigma=1.0).units
    999
    """
    check_share(reliability, "reliability")
    there = survival_at_multiple(np.array([reliability]), multiple, sigma=sigma, family=family)
    lasts = min(float(there[0]), 1.0 - 1e-12)
    if lasts <= 0.0:
        return PassPlan(units=accept + 1, accept=accept, reliability=0.0, confidence=1.0)
    return units_needed(lasts, confidence, accept)


def multiple_needed(
    units: int,
    reliability: float,
    confidence: float,
    *,
    sigma: float,
    accept: int = 0,
    family: Family = "weibull",
) -> float:
    """Lives that each of `units` must be tested for, so that `accept` failures show it.

    Raises
    ------
    BadData
        If there are not more units than failures accepted.

    Examples
    --------
    >>> round(multiple_needed(59, 0.95, 0.95, sigma=0.5), 3)
    0.995
    """
    check_share(reliability, "reliability")
    check_share(confidence, "confidence")
    _check(1.0, sigma, family)
    if units <= accept:
        said = f"{units} units cannot show anything with {accept} failures accepted: take more"
        raise BadData(said, (Problem("/units", said),))
    shown = demonstrated_reliability(units, accept, confidence)
    ends = standard_quantile(family, np.array([1.0 - shown, 1.0 - reliability]))
    return exp(sigma * float(ends[0] - ends[1]))


def weibayes_multiple(
    lives: FloatArray, reliability: float, confidence: float, *, shape: float, failures: int = 0
) -> float:
    """How far times on test carry: the life shown, in the unit of `lives`.

    Parameters
    ----------
    lives : shape (n,)
        Time on test of every unit, failed or not, > 0.
    reliability
        Share that must last the life.
    shape
        Weibull shape, taken as known.
    failures
        Units that failed.

    Returns
    -------
    float
        Largest t with P(T > t) >= reliability at this confidence:
        ``(-2 log R * sum(lives ** shape) / chi2(confidence; 2 failures + 2)) ** (1 / shape)``.

    References
    ----------
    Nelson (1985), Journal of Quality Technology 17(3), 140-146.
    """
    check_share(reliability, "reliability")
    check_share(confidence, "confidence")
    _check(1.0, 1.0 / shape, "weibull")
    needed = float(special.gammaincinv(failures + 1, confidence))
    longest = float(np.max(lives))
    total = float(np.sum((np.asarray(lives) / longest) ** shape))
    return longest * float((-log(reliability) * total / needed) ** (1.0 / shape))


def pass_probability_at_multiple(
    plan: PassPlan,
    reliability: FloatArray,
    multiple: float,
    *,
    sigma: float,
    family: Family = "weibull",
) -> FloatArray:
    """Probability to pass against the true reliability at one life, shape as `reliability`."""
    there = survival_at_multiple(reliability, multiple, sigma=sigma, family=family)
    return operating_characteristic(plan.units, plan.accept, there)


def _check(multiple: float, sigma: float, family: Family) -> None:
    if family not in LOG_TIME:
        said = f"a test of several lives needs a family of {', '.join(LOG_TIME)}, not {family}"
        raise BadData(said, (Problem("/family", said),))
    for name, value in (("multiple", multiple), ("sigma", sigma)):
        if not 0.0 < value < np.inf:
            said = f"{name} is {value:g}: it must be above 0"
            raise BadData(said, (Problem(f"/{name}", said),))
