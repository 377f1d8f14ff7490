"""Tabular CUSUM: when a mean left its target, which way, and since when.

Design: `k` is half the shift that is to be found, in standard deviations; `h` follows from the
distance of false alarms that is wanted (`cusum_h`). ``k = 0.5, h = 4.77`` gives one in 370 values
and finds a shift of one sigma after ten (Hawkins 1993).
"""

from dataclasses import dataclass
from functools import cache
from math import pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

NODES = 60  # of the quadrature


@dataclass(frozen=True, slots=True)
class CusumChart:
    """A two-sided tabular CUSUM, in standard deviations.

    Parameters
    ----------
    upper, lower : shape (n,)
        One-sided sums C+ and C-, both at least 0.
    since_upper, since_lower : shape (n,)
        Number of values since the sum was last 0: the shift began so many values ago.
    h
        Decision interval.
    """

    upper: FloatArray
    lower: FloatArray
    since_upper: IntArray
    since_lower: IntArray
    h: float

    @property
    def outside(self) -> tuple[int, ...]:
        """Indices of values at which one of the sums exceeds `h`."""
        return tuple(int(i) for i in np.flatnonzero((self.upper > self.h) | (self.lower > self.h)))

    @property
    def began(self) -> int | None:
        """Index of the first value of the shift that the last value signals; None if it is calm."""
        if self.upper[-1] > self.h:
            return int(self.upper.size - self.since_upper[-1])
        return self.began_below

    @property
    def began_below(self) -> int | None:
        """The same for a shift below the target alone."""
        if self.lower[-1] > self.h:
            return int(self.lower.size - self.since_lower[-1])
        return None


def cusum_chart(
    x: FloatArray, *, target: float, sigma: float, k: float = 0.5, h: float = 4.77
) -> CusumChart:
    """Two-sided tabular CUSUM of individual values.

    Parameters
    ----------
    x : shape (n,)
        Measurements in time order, in the characteristic's unit.
    target, sigma
        In-control mean and standard deviation, same unit as `x`; `sigma` > 0.
    k, h
        Reference value and decision interval, in standard deviations.

    Raises
    ------
    NotEnoughData
        If `x` is empty.

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 9.1.2, equations (9.2) and (9.3).

    Examples
    --------
    >>> cusum_chart(np.array([0.0, 2.0, 2.0, 2.0, 2.0]), target=0.0, sigma=1.0).outside
    (4,)
    """
    if x.size == 0:
        raise NotEnoughData("a CUSUM needs 1 value, got 0")
    z = (x - target) / sigma
    upper, since_upper = _one_sided(z, k)
    lower, since_lower = _one_sided(-z, k)
    return CusumChart(upper, lower, since_upper, since_lower, h)


def _one_sided(z: FloatArray, k: float) -> tuple[FloatArray, IntArray]:
    total, since = np.zeros(z.size), np.zeros(z.size, dtype=np.int64)
    level, run = 0.0, 0
    for i, value in enumerate(z):
        level = max(0.0, level + float(value) - k)
        run = run + 1 if level > 0 else 0
        total[i], since[i] = level, run
    return total, since


def cusum_arl(*, k: float, h: float, shift: float = 0.0, headstart: float = 0.0) -> float:
    """Mean number of values until a two-sided CUSUM signals.

    Parameters
    ----------
    shift
        Of the mean, in standard deviations; 0 gives the distance of false alarms.
    headstart
        Value at which both sums start.

    References
    ----------
    Lucas and Crosier (1982), Technometrics 24(3), 199-205 (two sides, headstart); the integral
    equation of one side is Page's (1954), solved at the nodes of a Gauss-Legendre quadrature.
    """
    zero, started = np.zeros(1), np.full(1, headstart)
    up, up_started = _arl_of_side(k, h, shift, zero), _arl_of_side(k, h, shift, started)
    down, down_started = _arl_of_side(k, h, -shift, zero), _arl_of_side(k, h, -shift, started)
    return (up_started * down + up * down_started - up * down) / (up + down)


def _arl_of_side(k: float, h: float, shift: float, start: FloatArray) -> float:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    x, w = 0.5 * h * (nodes + 1.0), 0.5 * h * weights

    def step(level: FloatArray) -> FloatArray:
        """From `level` to 0 (first column) and to each node."""
        z = x[None, :] + k - shift - level[:, None]
        density = np.exp(-0.5 * z * z) / sqrt(2.0 * pi) * w[None, :]
        return np.hstack([ndtr(k - shift - level)[:, None], density])

    at = np.linalg.solve(
        np.eye(NODES + 1) - step(np.concatenate([np.zeros(1), x])), np.ones(NODES + 1)
    )
    return float(1.0 + (step(start) @ at)[0])


@cache
def cusum_h(arl0: float, *, k: float = 0.5) -> float:
    """Decision interval that gives a false alarm in `arl0` values.

    Examples
    --------
    >>> round(cusum_h(370.0), 2)
    4.77
    """
    above = 1.0
    while cusum_arl(k=k, h=above) < arl0:
        above *= 1.5  # not far: the integral equation is singular where no alarm ever comes
    return float(brentq(lambda h: cusum_arl(k=k, h=h) - arl0, 1e-3, above, xtol=1e-6))
