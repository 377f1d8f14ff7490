"""Guard bands: acceptance limits inside the tolerance, and the risks of both sides.

The true value of a product of the process is normal (``process``), a measurement of it is normal
around it with the standard uncertainty of the gauge. *Consumer's risk* is the probability that a
product is outside the tolerance and accepted, *producer's risk* that it is inside and rejected
(global risks); the specific risk is the probability that a product measured as y is outside.

References
----------
JCGM 106:2012, Evaluation of measurement data - The role of measurement uncertainty in conformity
assessment: 7.3 (posterior), 8.3 (guarded acceptance), 9.3 (specific), 9.5 (global risks).
"""

from dataclasses import dataclass
from math import inf, isfinite, sqrt

import numpy as np
from scipy.special import ndtr

from ops.errors import BadData
from ops.values import FloatArray, SpecLimits

_TAIL = 9.0  # in sigmas; what lies beyond is below 1e-18
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution, in the unit of the data; `sd` is at least 0."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Risks:
    """Global risks of an acceptance rule, as probabilities of a product of the process.

    Parameters
    ----------
    consumer, producer
        Outside and accepted; inside and rejected.
    outside, accepted
        Outside the tolerance; accepted.
    """

    consumer: float
    producer: float
    outside: float
    accepted: float


def guarded_limits(tolerance: SpecLimits, width: float) -> SpecLimits:
    """Narrow the tolerance by `width` on each side that it has: the acceptance limits.

    Raises
    ------
    BadData
        If nothing is left between them.

    Examples
    --------
    >>> guarded_limits(SpecLimits(upper=10.0), 0.5).upper
    9.5
    """
    lower, upper = tolerance.lower + width, tolerance.upper - width
    if not lower < upper:
        raise BadData(
            f"a guard band of {width:.6g} leaves nothing of {tolerance.lower:.6g} to"
            f" {tolerance.upper:.6g}; measure more precisely"
        )
    return SpecLimits(lower, upper)


def specific_risk(y: float, tolerance: SpecLimits, *, process: Normal, uncertainty: float) -> float:
    """Probability that a product measured as `y` is outside the tolerance (JCGM 106, 9.3).

    Parameters
    ----------
    y
        Measured value, free of bias.
    process
        What is known before the measurement; an infinite `sd` means nothing is.
    uncertainty
        Standard uncertainty of the measurement, above 0.

    Examples
    --------
    >>> nothing = Normal(0.0, inf)
    >>> round(specific_risk(10.0, SpecLimits(upper=10.0), process=nothing, uncertainty=1.0), 3)
    0.5
    """
    if process.sd == inf:
        mean, sd = y, uncertainty
    else:
        weight = process.sd**2 / (process.sd**2 + uncertainty**2)
        mean, sd = process.mean + weight * (y - process.mean), uncertainty * sqrt(weight)
    if sd == 0:
        return float(not tolerance.lower <= mean <= tolerance.upper)
    return float(ndtr((tolerance.lower - mean) / sd) + ndtr((mean - tolerance.upper) / sd))


def global_risks(
    tolerance: SpecLimits,
    acceptance: SpecLimits,
    *,
    process: Normal,
    uncertainty: float,
    bias: float = 0.0,
) -> Risks:
    """Risks of both sides, integrated over the process (JCGM 106, 9.5).

    Parameters
    ----------
    acceptance
        A product is accepted when its measured value lies between them.
    process
        Distribution of true values; `sd` above 0.
    uncertainty, bias
        Of a measured value around the true one; an uncertainty of 0 is a perfect gauge.
    """
    true, weight = _nodes(tolerance, acceptance, process, uncertainty, bias)
    inside = (true >= tolerance.lower) & (true <= tolerance.upper)
    passes = _passes(true + bias, acceptance, uncertainty)
    return Risks(
        consumer=float(np.sum(weight * passes * ~inside)),
        producer=float(np.sum(weight * (1.0 - passes) * inside)),
        outside=_outside(tolerance, process),
        accepted=float(np.sum(weight * passes)),
    )


def width_for_risk(
    tolerance: SpecLimits, *, process: Normal, uncertainty: float, risk: float, bias: float = 0.0
) -> float | None:
    """Narrowest guard band, 0 or more, whose global consumer's risk is at most `risk`.

    Returns
    -------
    float or None
        In the unit of the tolerance; None where no band short of all of it suffices.
    """

    def consumer(width: float) -> float:
        return global_risks(
            tolerance,
            guarded_limits(tolerance, width),
            process=process,
            uncertainty=uncertainty,
            bias=bias,
        ).consumer

    if consumer(0.0) <= risk:
        return 0.0
    half = (tolerance.upper - tolerance.lower) / 2
    reach = abs(bias) + _TAIL * (process.sd + uncertainty)
    low, high = 0.0, min(half * (1 - 1e-9), reach) if isfinite(half) else reach
    if consumer(high) > risk:
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if consumer(middle) <= risk else (middle, high)
        if high - low <= 1e-9 * high:
            break
    return high


def _outside(tolerance: SpecLimits, process: Normal) -> float:
    low, high = ((tolerance.lower - process.mean), (process.mean - tolerance.upper))
    return float(ndtr(low / process.sd) + ndtr(high / process.sd))


def _passes(seen: FloatArray, acceptance: SpecLimits, uncertainty: float) -> FloatArray:
    if uncertainty == 0:
        return ((seen >= acceptance.lower) & (seen <= acceptance.upper)).astype(np.float64)
    above = (acceptance.upper - seen) / uncertainty
    below = (acceptance.lower - seen) / uncertainty
    middle = below + above > 0  # difference of the smaller tails: no cancellation
    return np.where(middle, ndtr(-below) - ndtr(-above), ndtr(above) - ndtr(below))


def _nodes(
    tolerance: SpecLimits,
    acceptance: SpecLimits,
    process: Normal,
    uncertainty: float,
    bias: float,
) -> tuple[FloatArray, FloatArray]:
    """Place Gauss-Legendre nodes between all true values where much changes; with weights."""
    start, end = process.mean - _TAIL * process.sd, process.mean + _TAIL * process.sd
    steps = np.arange(-_TAIL, _TAIL + 1)
    edges = [process.mean + process.sd * steps, np.array([tolerance.lower, tolerance.upper])]
    for limit in (acceptance.lower, acceptance.upper):
        if isfinite(limit):
            edges.append(limit - bias + uncertainty * steps)
    cuts = np.unique(np.concatenate(edges))
    cuts = np.unique(np.clip(cuts, start, end))
    node, gauss = np.polynomial.legendre.leggauss(16)
    half = np.diff(cuts)[:, None] / 2
    true = (cuts[:-1, None] + half + half * node).ravel()
    z = (true - process.mean) / process.sd
    return true, (half * gauss).ravel() * np.exp(-0.5 * z * z) / (process.sd * sqrt(2 * np.pi))
