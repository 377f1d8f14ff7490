"""EWMA control chart: small, lasting shifts of the mean, and how long it takes to see them."""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray

NODES = 60  # of the quadrature: published tables to their last digit


@dataclass(frozen=True, slots=True)
class EwmaChart:
    """An EWMA chart.

    Parameters
    ----------
    statistic, lower, upper : shape (n,)
        Weighted average and its limits, in the unit of the data.
    outside
        Indices of points beyond a limit.
    """

    statistic: FloatArray
    lower: FloatArray
    upper: FloatArray
    outside: tuple[int, ...]


def ewma_chart(
    x: FloatArray, *, target: float, sigma: float, lambda_: float = 0.2, width: float = 2.859
) -> EwmaChart:
    """EWMA control chart of individual values, with exact limits that widen at the start.

    Parameters
    ----------
    x : shape (n,)
        Measurements in time order, in the characteristic's unit.
    target, sigma
        In-control mean and standard deviation, same unit as `x`; `sigma` > 0.
    lambda_
        Weight of the newest value, in (0, 1]. 0.05-0.25 finds shifts of 0.5-1.5 sigma.
    width
        Half-width of the limits in standard deviations of the statistic; at a weight of 0.2,
        2.859 gives a false alarm in 370 values once the limits are wide.

    Raises
    ------
    NotEnoughData
        If `x` is empty.

    References
    ----------
    Lucas and Saccucci (1990), Technometrics 32(1), 1-12 (exact, time-varying limits).

    Examples
    --------
    >>> ewma_chart(np.array([10.0, 10.2, 13.0]), target=10.0, sigma=0.5).outside
    (2,)
    """
    if x.size == 0:
        raise NotEnoughData("an EWMA chart needs 1 value, got 0")
    statistic = np.empty(x.size)
    level = target
    for i, value in enumerate(x):
        level += lambda_ * (float(value) - level)
        statistic[i] = level
    grown = 1.0 - (1.0 - lambda_) ** (2.0 * np.arange(1, x.size + 1))
    half = width * sigma * np.sqrt(lambda_ / (2.0 - lambda_) * grown)
    outside = np.flatnonzero(np.abs(statistic - target) > half)
    return EwmaChart(statistic, target - half, target + half, tuple(int(i) for i in outside))


def ewma_arl(*, lambda_: float, width: float, shift: float = 0.0) -> float:
    """Mean number of values until a chart with fixed limits signals, from a start at the target.

    Parameters
    ----------
    shift
        Of the mean, in standard deviations; 0 gives the distance of false alarms.

    References
    ----------
    Crowder (1987), Technometrics 29(4), 401-407, integral equation (3), solved at the nodes of a
    Gauss-Legendre quadrature.
    """
    half = width * sqrt(lambda_ / (2.0 - lambda_))
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    y, w = half * nodes, half * weights

    def kernel(start: FloatArray) -> FloatArray:
        z = (y[None, :] - (1.0 - lambda_) * start[:, None]) / lambda_ - shift
        density: FloatArray = np.exp(-0.5 * z * z) / sqrt(2.0 * pi) * w[None, :] / lambda_
        return density

    at_nodes = np.linalg.solve(np.eye(NODES) - kernel(y), np.ones(NODES))
    return float(1.0 + (kernel(np.zeros(1)) @ at_nodes)[0])
