"""Indices of any distribution from its 0.135 %, 50 % and 99.865 % points.

The distance from the median to a limit is divided by the distance to the percentile on that side:
for a normal distribution these are the usual indices. Bounds come from the fit (delta method, on
the logarithm), or from a bootstrap of the highest random level: lots where there are lots.

References
----------
ISO 22514-2:2017, 6.3.3 (percentile method); Clements (1989), Quality Progress 22(9), 95-100;
Hyndman and Fan (1996), American Statistician 50(4), 361-365 (sample quantiles);
Davison and Hinkley (1997), Bootstrap Methods and their Application, 3.8 (clusters).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isfinite, sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from ops.capability.distribution import Distribution
from ops.capability.effective import EffectiveSize
from ops.capability.families import Fit, covariance, delta
from ops.capability.index import Indices, Interval
from ops.capability.pearson import moments, pearson_quantiles
from ops.values import FloatArray, IntArray, SpecLimits

LOW = float(ndtr(-3.0))
_TYPES = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}
_RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Percentiles:
    """The 0.135 %, 50 % and 99.865 % points, in the unit of the data."""

    low: float
    median: float
    high: float


def of_fit(found: Fit) -> Percentiles:
    """Percentiles of a fitted family."""
    return Percentiles(found.quantile(LOW), found.quantile(0.5), found.quantile(1.0 - LOW, LOW))


def clements(x: FloatArray) -> Percentiles:
    """Percentiles of the Pearson curve with the moments of the values."""
    mean, sigma, skewness, kurtosis = moments(x)
    z = pearson_quantiles(skewness, kurtosis, np.array([LOW, 0.5, 1.0 - LOW]))
    return Percentiles(*(mean + sigma * float(q) for q in z))


def empirical(x: FloatArray, quantile_type: int = 8) -> Percentiles:
    """Sample quantiles of a type of Hyndman and Fan.

    Examples
    --------
    >>> empirical(np.arange(11.0)).median
    5.0
    """
    method = _TYPES[quantile_type]
    found = np.quantile(x, [LOW, 0.5, 1.0 - LOW], method=method)  # type: ignore[call-overload]
    return Percentiles(*(float(q) for q in found))


def values_of(at: Percentiles, limits: SpecLimits) -> dict[str, float]:
    """Make indices of percentiles: two_sided, lower, upper, minimum, as far as the limits go."""
    found: dict[str, float] = {}
    if isfinite(limits.lower):
        found["lower"] = _ratio(at.median - limits.lower, at.median - at.low)
    if isfinite(limits.upper):
        found["upper"] = _ratio(limits.upper - at.median, at.high - at.median)
    if len(found) == 2:
        found["two_sided"] = _ratio(limits.upper - limits.lower, at.high - at.low)
    found["minimum"] = (
        min(found["lower"], found.get("upper", inf)) if "lower" in found else (found["upper"])
    )
    return found


def _ratio(margin: float, spread: float) -> float:
    return margin / spread if spread > 0 and isfinite(spread) else 0.0


def percentile_indices(
    x: FloatArray,
    found: Distribution,
    limits: SpecLimits,
    *,
    size: EffectiveSize,
    lot: IntArray | None = None,
    quantile_type: int = 8,
    confidence: float = 0.95,
) -> Indices:
    """Make indices by percentiles, with intervals.

    Parameters
    ----------
    x : shape (n,)
    lot : shape (n,)
        Lots for the bootstrap of ``clements`` and ``empirical``; None: single values.
    size
        What the sample is worth: widens the intervals of fitted families.
    """
    if found.fit is not None:
        first = _fitted(found.fit, found.fitted, limits, size, confidence)
        others = [_fitted(one, found.fitted, limits, size, confidence) for one in found.rivals]
        return _indices(
            {name: _widest(at, [o[name] for o in others]) for name, at in first.items()}
        )
    made: Callable[[FloatArray], Percentiles] = clements
    if found.name == "empirical":
        made = lambda values: empirical(values, quantile_type)  # noqa: E731
    whole = values_of(made(x), limits)
    again = [values_of(made(one), limits) for one in _resampled(x, lot)]
    tail = (1.0 - confidence) / 2
    return _indices(
        {
            name: Interval(value, *_ends(np.array([a[name] for a in again]), value, tail))
            for name, value in whole.items()
        }
    )


def _ends(again: FloatArray, value: float, tail: float) -> tuple[float, float]:
    low, high = np.quantile(again, [tail, 1.0 - tail])
    return min(float(low), value), max(float(high), value)


def _resampled(x: FloatArray, lot: IntArray | None) -> list[FloatArray]:
    rng = np.random.default_rng(0)
    if lot is None or np.unique(lot).size < 2:
        return [x[rng.integers(0, x.size, x.size)] for _ in range(_RESAMPLES)]
    order = np.argsort(lot, kind="stable")
    parts = np.split(x[order], np.flatnonzero(np.diff(lot[order])) + 1)
    return [
        np.concatenate([parts[i] for i in rng.integers(0, len(parts), len(parts))])
        for _ in range(_RESAMPLES)
    ]


def _fitted(
    found: Fit, x: FloatArray, limits: SpecLimits, size: EffectiveSize, confidence: float
) -> dict[str, Interval]:
    spread = covariance(found, x)
    z = float(ndtri(0.5 + confidence / 2))
    whole = values_of(of_fit(found), limits)

    def bounds(name: str, value: float) -> Interval:
        error = delta(found, x, lambda one: values_of(of_fit(one), limits)[name], spread)
        if error is None:
            return Interval(value, -inf, inf)
        wide = z * error * widening(value, x.size, size)
        if value <= 0:
            return Interval(value, value - wide, value + wide)
        return Interval(value, value * exp(-wide / value), value * exp(wide / value))

    return {name: bounds(name, value) for name, value in whole.items()}


def _widest(first: Interval, others: list[Interval]) -> Interval:
    """Bounds that hold whichever of the families is right; the value is that of the first."""
    return Interval(
        first.value,
        min([first.lower, *(o.lower for o in others)]),
        max([first.upper, *(o.upper for o in others)]),
    )


def widening(index: float, n: int, size: EffectiveSize) -> float:
    """Return how much wider dependence makes the interval of an index of a normal process."""
    if size.method == "independent":
        return 1.0
    alone = 1.0 / (9 * n) + index**2 / (2 * (n - 1))
    return sqrt(max((1.0 / (9 * size.n) + index**2 / (2 * size.df)) / alone, 1.0))


def _indices(found: dict[str, Interval]) -> Indices:
    both, lower, upper = (found.get(name) for name in ("two_sided", "lower", "upper"))
    sides = [side for side in (lower, upper) if side is not None]
    return Indices(both, lower, upper, min(sides, key=lambda side: side.value))
