"""Intervals of the parameters of a fitted life: likelihood ratio, or Wald on a named scale.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, sections 8.2-8.4.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isfinite, log
from typing import Literal

import numpy as np
from scipy.special import ndtri

from ops.errors import BadData, Problem
from ops.lifetime.bounds.method import MANY, WALD_GOOD, WALD_LEAST
from ops.lifetime.bounds.profile import cross, profile_of
from ops.lifetime.bounds.question import BEGIN, FARTHEST
from ops.lifetime.bounds.wald import Scale, estimate_of, wald_parameter
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import from_line, is_log

LOCATIONS = ("eta", "alpha")


@dataclass(frozen=True, slots=True)
class ParameterBound:
    """A parameter with its two-sided interval.

    Parameters
    ----------
    name
        ``eta``, ``alpha``, ``beta``, ``mu`` or ``sigma``.
    lower, upper
        None where the data set no bound on that side.
    scale
        Of a Wald interval; ``invariant`` of a likelihood ratio.
    approximate
        Whether there are too few failures for the method to hold its confidence.
    """

    name: str
    estimate: float
    lower: float | None
    upper: float | None
    confidence: float
    method: Literal["likelihood-ratio", "wald"]
    scale: str
    approximate: bool


def parameter_bound(
    data: LifeData,
    fit: LifeFit,
    name: str,
    *,
    confidence: float = 0.95,
    method: Literal["likelihood-ratio", "wald"] = "likelihood-ratio",
    scale: Scale = "log",
    as_in: bool = False,
) -> ParameterBound:
    """Interval of one parameter, whatever the other.

    Parameters
    ----------
    name
        One of ``fit.parameters``, or ``mu`` or ``sigma`` of any family.
    scale, as_in
        As `life_bound`.

    Raises
    ------
    BadData
        If the family has no such parameter, sigma was given, or there are too few failures for a
        Wald interval.
    """
    _check(data, fit, name, method, as_in)
    ends: tuple[float | None, float | None]
    if method == "wald":
        ends = wald_parameter(fit, name, confidence=confidence, scale=scale)
    else:
        ends = _likelihood(data, fit, name, float(ndtri(0.5 + confidence / 2.0)))
    return ParameterBound(
        name=name,
        estimate=estimate_of(fit, name),
        lower=ends[0],
        upper=ends[1],
        confidence=confidence,
        method=method,
        scale=("linear" if name == "mu" else scale) if method == "wald" else "invariant",
        approximate=data.failures < (WALD_GOOD if method == "wald" else MANY),
    )


def _likelihood(
    data: LifeData, fit: LifeFit, name: str, root: float
) -> tuple[float | None, float | None]:
    """Places below and above the estimate at which the signed root is `root`, and its negative."""
    profile = profile_of(data, fit)
    if name in (*LOCATIONS, "mu"):
        return _ends(
            lambda y: profile.hold(y, 0.0).root,
            fit.mu,
            BEGIN * (max(fit.sigma, 1.0) if is_log(fit.family) else fit.sigma),
            root,
            (lambda y: y) if name == "mu" else lambda y: float(from_line(fit.family, np.array(y))),
        )
    low, high = _ends(lambda s: profile.hold_sigma(exp(s)).root, log(fit.sigma), BEGIN, root, exp)
    if name == "sigma":
        return low, high
    return None if high is None else 1.0 / high, None if low is None else 1.0 / low


def _ends(
    falls: Callable[[float], float],
    start: float,
    step: float,
    root: float,
    back: Callable[[float], float],
) -> tuple[float | None, float | None]:
    """Both ends of an interval at which a falling root is `root` and its negative."""
    reach = step * (FARTHEST / BEGIN)

    def near(x: float) -> float:
        return falls(x) if abs(x - start) <= reach else inf

    low, high = cross(near, start, -step, root), cross(near, start, step, -root)
    return _finite(back, low), _finite(back, high)


def _finite(back: Callable[[float], float], place: float | None) -> float | None:
    if place is None:
        return None
    found = back(place)
    return found if isfinite(found) else None


def _check(data: LifeData, fit: LifeFit, name: str, method: str, as_in: bool) -> None:
    names = tuple(dict.fromkeys((*fit.parameters, "mu", "sigma")))
    if name not in names:
        raise _bad("/name", f"{fit.family} has no {name}; ask for one of {', '.join(names)}")
    if fit.sigma_known:
        raise _bad("/fit", "the fit was made with sigma given; bound it by Weibayes instead")
    if method == "wald" and data.failures < WALD_LEAST and not as_in:
        raise _bad("/method", f"Wald intervals of {data.failures:g} failures mislead; ask for"
                   " 'likelihood-ratio', or say that an old report is reproduced")  # fmt: skip


def _bad(pointer: str, detail: str) -> BadData:
    return BadData(detail, (Problem(pointer, detail),))
