"""Peaks over a threshold: a generalized Pareto tail, and the probability of what lies far in it.

The survival function of an excess z over the threshold is ``(1 + shape z / scale)^(-1/shape)``;
shape 0 is the exponential, below 0 the tail ends at ``scale / -shape``.

References
----------
Davison and Smith (1990), J. Royal Statistical Society B 52(3), 393-442 (peaks over thresholds);
Grimshaw (1993), Technometrics 35(2), 185-191 (the likelihood in one variable);
Coles (2001), An Introduction to Statistical Modeling of Extreme Values, 4.3 (profile likelihood).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, expm1, inf, log, sqrt

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray

LEAST_EXCESSES = 10
SHAPES = (-0.5, 1.5)  # below -0.5 the likelihood is not regular: longer tails are taken instead
_GOLDEN = (sqrt(5.0) - 1.0) / 2.0
_FARTHEST = 200.0  # of the logarithm of a probability: beyond it is none


@dataclass(frozen=True, slots=True)
class ParetoTail:
    """Generalized Pareto distribution of excesses.

    Parameters
    ----------
    shape
        In `SHAPES`; 0 is exponential.
    scale
        In the unit of the excesses, above 0.
    likelihood
        Logarithm of it, at these parameters.
    """

    shape: float
    scale: float
    likelihood: float

    def log_survival(self, excess: float) -> float:
        """Logarithm of the share of excesses beyond one; -inf where the tail has ended."""
        ratio = self.shape / self.scale
        if ratio * excess <= -1.0:
            return -inf
        return -_per(ratio, excess) * excess / self.scale if self.shape else -excess / self.scale


@dataclass(frozen=True, slots=True)
class FarShare:
    """Share of excesses beyond a distance, with the interval of the profile likelihood."""

    estimate: float
    lower: float
    upper: float


def fit_tail(excess: FloatArray) -> ParetoTail:
    """Fit by maximum likelihood, the shape kept within `SHAPES`.

    Parameters
    ----------
    excess : shape (k,)
        Above 0, over the threshold.

    Raises
    ------
    NotEnoughData
        With fewer than 10 excesses.

    Examples
    --------
    >>> steps = np.arange(1, 400) / 400.0
    >>> tail = fit_tail(-np.log(steps))
    >>> abs(round(tail.shape, 1)), round(tail.scale, 1)
    (0.0, 1.0)
    """
    if excess.size < LEAST_EXCESSES:
        raise NotEnoughData(
            f"a tail needs {LEAST_EXCESSES} values beyond its threshold, got {excess.size}"
        )
    unit = float(excess.mean())
    z = excess / unit
    low = _ratio_of_shape(z, SHAPES[0])
    high = _ratio_of_shape(z, SHAPES[1])

    def likelihood(ratio: float) -> float:
        shape = _shape(z, ratio)
        return -z.size * (log(shape / ratio if ratio else 1.0) + shape + 1.0)

    grid = np.linspace(low, high, 41)
    tried = [likelihood(float(ratio)) for ratio in grid]
    best = int(np.argmax(tried))
    ratio = _top(
        likelihood, float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)])
    )
    shape = _shape(z, ratio)
    scale = shape / ratio if ratio else 1.0
    if best == 0 and shape < SHAPES[0] + 1e-6:  # at the edge: the best scale for that shape
        shape = SHAPES[0]
        most = float(z.max())
        scale = _top(lambda s: _likelihood(z, shape, s), most / 2.0 * (1.0 + 1e-9), 4.0 * most)
    found = _likelihood(z, shape, scale) - z.size * log(unit)
    return ParetoTail(shape, scale * unit, found)


def far_share(excess: FloatArray, tail: ParetoTail, distance: float, *, drop: float) -> FarShare:
    """Share of excesses beyond a distance, and its interval.

    Parameters
    ----------
    excess, tail
        What `tail` was fitted to.
    distance
        Above 0, from the threshold.
    drop
        By how much the logarithm of the profile likelihood may fall: half the quantile of
        chi-square with 1 degree of freedom, times the design effect of dependent excesses.
    """
    unit = float(excess.mean())
    z, d = excess / unit, distance / unit
    top = tail.likelihood + z.size * log(unit)
    floor = top - drop

    def profile(log_share: float) -> float:
        return _profile(z, d, log_share)

    here = tail.log_survival(distance)
    start = max(here, -_FARTHEST)
    upper = _crossing(profile, floor, start, up=True)
    lower = -inf if here == -inf else _crossing(profile, floor, start, up=False)
    return FarShare(exp(here), exp(lower), exp(upper))


def _shape(z: FloatArray, ratio: float) -> float:
    """Shape that is best for a ratio of shape to scale."""
    return float(np.log1p(ratio * z).mean()) if ratio else 0.0


def _ratio_of_shape(z: FloatArray, shape: float) -> float:
    """Ratio at which the best shape is this one; the best shape grows with the ratio."""
    low, high = (-1.0 / float(z.max()) * (1.0 - 1e-12), 0.0) if shape < 0 else (0.0, 1.0)
    while _shape(z, high) < shape:
        low, high = high, 2.0 * high
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _shape(z, middle) < shape else (low, middle)
    return high


def _likelihood(z: FloatArray, shape: float, scale: float) -> float:
    ratio = shape / scale
    if ratio * float(z.max()) <= -1.0:
        return -inf
    inside = float(np.log1p(ratio * z).sum()) / shape if shape else float(z.sum()) / scale
    return -z.size * log(scale) - (1.0 + shape) * inside


def _profile(z: FloatArray, distance: float, log_share: float) -> float:
    """Best likelihood of all tails whose share beyond the distance is this one."""
    if log_share >= 0.0:
        return -inf

    def of_shape(shape: float) -> float:
        ratio = expm1(min(-shape * log_share, 700.0)) / distance
        if abs(shape) < 1e-9 or ratio == 0.0:
            return _likelihood(z, 0.0, -distance / log_share)
        return _likelihood(z, shape, shape / ratio)

    return of_shape(_top(of_shape, *SHAPES, steps=26))


def _crossing(profile: Callable[[float], float], floor: float, start: float, *, up: bool) -> float:
    """Where the profile falls below a floor, going up or down from its top."""
    step, inside = 0.25, start
    while True:
        outside = min(inside + step, 0.0) if up else inside - step
        if outside <= -_FARTHEST:
            return -inf
        if profile(outside) < floor:
            break
        if outside == 0.0:
            return 0.0
        inside, step = outside, 2.0 * step
    for _ in range(12):
        middle = (inside + outside) / 2.0
        inside, outside = (inside, middle) if profile(middle) < floor else (middle, outside)
    return outside


def _top(f: Callable[[float], float], low: float, high: float, *, steps: int = 48) -> float:
    """Place of the largest value of a function with one top, by golden section."""
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_a, at_b = f(a), f(b)
    for _ in range(steps):
        if at_a > at_b:
            high, b, at_b = b, a, at_a
            a = high - _GOLDEN * (high - low)
            at_a = f(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + _GOLDEN * (high - low)
            at_b = f(b)
    return max((low, a, b, high), key=f)


def _per(ratio: float, excess: float) -> float:
    """``log(1 + x) / x``, exact near 0."""
    x = ratio * excess
    return float(np.log1p(x)) / x if x else 1.0
