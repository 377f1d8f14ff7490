"""A capability study of one group of values: sigmas, indices, share outside, in one value."""

from dataclasses import dataclass, replace
from math import inf, isinf

import numpy as np

from ops.capability.dependent import total_cpm, total_indices
from ops.capability.effective import EffectiveSize, effective_size
from ops.capability.index import Indices, Interval, chi_interval, indices
from ops.capability.outside import Outside, expected_share, outside
from ops.capability.sigma import SigmaEstimate, WithinMethod, overall_sigma, within_sigma
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray, SpecLimits


@dataclass(frozen=True, slots=True)
class Study:
    """Result of `study`; a part is None where the data or the limits do not allow it."""

    n: int
    mean: float
    overall: SigmaEstimate
    within: SigmaEstimate | None
    capability: Indices | None
    performance: Indices | None
    cpm: Interval | None
    outside: Outside | None
    reason: str
    expected_within: float | None = None
    size: EffectiveSize | None = None
    varies: bool = True


def study(
    x: FloatArray,
    subgroup: IntArray,
    limits: SpecLimits | None,
    *,
    method: WithinMethod,
    confidence: float = 0.95,
    lot: IntArray | None = None,
) -> Study:
    """Study one group of values.

    Parameters
    ----------
    x : shape (n,)
        Finite values in time order.
    subgroup : shape (n,)
        Rational subgroup, or stream, of each value; see `within_sigma`.
    limits
        None where the characteristic has no specification.
    lot : shape (n,)
        Lot of each value, -1 for none: intervals allow for values of one lot being alike. Without
        lots they allow for neighbours in time being alike.

    Returns
    -------
    Study
        `reason` says in words why a part is absent; empty if all is there. `expected_within` is
        the share outside of a normal process of this mean and the within-subgroup sigma; `size`
        what the sample is worth, and `varies` whether its values are not all equal.

    Raises
    ------
    NotEnoughData
        With fewer than 2 values.
    """
    overall = overall_sigma(x)
    mean = float(x.mean())
    within, reason = _within(x, subgroup, method)
    absent = Study(x.size, mean, overall, within, None, None, None, None, reason)
    if limits is None or (isinf(limits.lower) and isinf(limits.upper)):
        bare = _because(absent, "no specification limits: define them to get indices")
        return replace(bare, varies=overall.value > _resolution(x))
    if not overall.value > _resolution(x):
        equal = _because(absent, "all values are equal: indices are undefined")
        return replace(equal, varies=False)
    n, size = x.size, effective_size(x, lot)
    performance = total_indices(mean, overall.value, limits, size=size, confidence=confidence)
    capability = expected_within = None
    if within is not None and within.value > _resolution(x):
        df = within.df * min(size.df / overall.df, 1.0) if size.method == "serial" else within.df
        capability = indices(
            mean, within.value, limits, n=size.n, df=max(df, 1.0), confidence=confidence
        )
        expected_within = expected_share(limits, mean=mean, sigma=within.value)
    return Study(
        n=n,
        mean=mean,
        overall=overall,
        within=within,
        capability=capability,
        performance=performance,
        cpm=_cpm(mean, overall, limits, size, confidence),
        outside=outside(x, limits, mean=mean, sigma=overall.value, confidence=confidence),
        reason=reason if capability is None else "",
        expected_within=expected_within,
        size=size,
    )


def sigma_interval(sigma: SigmaEstimate, confidence: float = 0.95) -> Interval:
    """Chi-square interval of a standard deviation."""
    if sigma.value == 0:
        return Interval(0.0, 0.0, 0.0)
    precision = chi_interval(1.0 / sigma.value, df=sigma.df, confidence=confidence)
    upper = 1.0 / precision.lower if precision.lower > 0 else inf
    return Interval(sigma.value, 1.0 / precision.upper, upper)


def _within(
    x: FloatArray, subgroup: IntArray, method: WithinMethod
) -> tuple[SigmaEstimate | None, str]:
    try:
        return within_sigma(x, subgroup, method), ""
    except NotEnoughData as error:
        return None, str(error)


def _cpm(
    mean: float,
    overall: SigmaEstimate,
    limits: SpecLimits,
    size: EffectiveSize,
    confidence: float,
) -> Interval | None:
    if limits.target is None or isinf(limits.lower) or isinf(limits.upper):
        return None
    return total_cpm(mean, overall.value, limits, size=size, confidence=confidence)


def _resolution(x: FloatArray) -> float:
    """Return the rounding noise of a sigma of values of this size: one below it is zero."""
    return 8.0 * float(np.finfo(np.float64).eps) * float(np.max(np.abs(x)))


def _because(found: Study, reason: str) -> Study:
    joined = "; ".join(part for part in (reason, found.reason) if part)
    return Study(found.n, found.mean, found.overall, found.within, None, None, None, None, joined)
