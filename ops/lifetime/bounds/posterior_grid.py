"""Grid over shape and hazard of a Weibull life, placed where the posterior has any weight.

The hazard is the cumulative one at the longest time, ``(longest / eta) ** beta``: for a given
shape the posterior of its log has one top, whatever the kinds of the rows.
"""

from math import inf
from typing import Literal

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.bounds.shape_prior import ShapePrior
from ops.lifetime.data import LifeData
from ops.values import FloatArray

Scale = Literal["log-scale", "hazard"]
COARSE = 60  # nodes of either to find where there is any weight
WIDE = 90.0  # no log hazard is beyond
NARROWINGS = 3  # of the grid around what has any weight
NOTHING = 30.0  # so far below its top, a log density counts for nothing


def _log_posterior(
    data: LifeData, prior: ShapePrior, scale: Scale, log_shape: FloatArray, x: FloatArray
) -> FloatArray:
    """Log density of log shape and log hazard at the nodes, shape (k, m), up to a constant."""
    shape = np.exp(log_shape)
    found = _loglik(data, shape, x) + (prior.log_density(shape) + log_shape)[:, None]
    if scale == "hazard":
        return found + x
    return found - log_shape[:, None]  # d log eta = d log hazard / shape


def longest(data: LifeData) -> float:
    """Longest time that a unit has lasted; hazards are told at it."""
    last = float(data.lower.max())
    if not last > 0.0:
        raise NotEnoughData("no unit has lasted any time; give one that was seen alive")
    return last


def _loglik(data: LifeData, shape: FloatArray, log_hazard: FloatArray) -> FloatArray:
    """Log-likelihood at each node, shape (k, m), up to a constant."""
    last = longest(data)
    hazard, exact = np.exp(log_hazard), data.exact
    alone = exact | data.right
    watched = data.weight[alone] @ (data.lower[alone, None] / last) ** shape
    found: FloatArray = -hazard * np.asarray(watched)[:, None]
    events = float(data.weight[exact].sum())
    if events:
        logs = float(data.weight[exact] @ np.log(data.lower[exact] / last))
        found += events * log_hazard + (events * np.log(shape) + (shape - 1.0) * logs)[:, None]
    between = data.failed & ~exact
    cut = (data.entry > 0) | np.isfinite(data.exit)
    for rows, sign, ends in (
        (between, 1.0, (data.lower, data.upper)),
        (cut, -1.0, (data.entry, data.exit)),
    ):
        for row in np.flatnonzero(rows):
            low, high = (float(end[row]) / last for end in ends)
            found += sign * data.weight[row] * _log_between(shape, hazard, low, high)
    return found


def _log_between(shape: FloatArray, hazard: FloatArray, low: float, high: float) -> FloatArray:
    """Log probability of a failure in (low, high], shape (k, m)."""
    begun = hazard * (low**shape)[:, None]
    if high == inf:
        return -begun
    with np.errstate(over="ignore", divide="ignore"):
        width = hazard * (high**shape - low**shape)[:, None]
        return np.asarray(-begun + np.log(-np.expm1(-width)))


def _where_any(x: FloatArray, grid: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find, for each shape, the ends of the nodes that have any weight, and one beyond."""
    some = grid > grid.max(axis=1, keepdims=True) - NOTHING
    last = grid.shape[1] - 1
    first = np.maximum(some.argmax(axis=1) - 1, 0)
    final = np.minimum(last - some[:, ::-1].argmax(axis=1) + 1, last)
    rows = np.arange(grid.shape[0])
    return x[rows, first], x[rows, final]


def log_sums(grid: FloatArray, x: FloatArray) -> FloatArray:
    """Log of the integral over the log hazard, for each shape."""
    top = grid.max(axis=1)
    inner = np.exp(grid - top[:, None])
    total = inner.sum(axis=1) - 0.5 * (inner[:, 0] + inner[:, -1])
    found: FloatArray = top + np.log(total * (x[:, 1] - x[:, 0]))
    return found


def narrowed(
    log_shape: FloatArray, log_mass: FloatArray, ends: tuple[float, float]
) -> tuple[float, float]:
    """Find the ends of the shapes that have any weight, within those of the prior."""
    some = np.flatnonzero(log_mass > log_mass.max() - NOTHING)
    first, last = int(some[0]) - 1, int(some[-1]) + 1
    low = ends[0] if first < 0 else float(log_shape[first])
    high = ends[1] if last >= log_shape.size else float(log_shape[last])
    return low, high


def nodes(ends: tuple[float, float], count: int) -> tuple[FloatArray, FloatArray]:
    """Gauss-Legendre nodes and weights between two ends."""
    nodes, weight = np.polynomial.legendre.leggauss(count)
    half = 0.5 * (ends[1] - ends[0])
    return 0.5 * (ends[0] + ends[1]) + half * nodes, half * weight


def around_top(
    data: LifeData, prior: ShapePrior, scale: Scale, log_shape: FloatArray, count: int
) -> tuple[FloatArray, FloatArray]:
    """Nodes of the log hazard where it has any weight, and the log posterior there."""
    k = log_shape.size
    low, high = np.full(k, -WIDE), np.full(k, WIDE)
    for _ in range(NARROWINGS):
        x = np.linspace(low, high, COARSE, axis=1)
        low, high = _where_any(x, _log_posterior(data, prior, scale, log_shape, x))
    x = np.linspace(low, high, count, axis=1)
    return x, _log_posterior(data, prior, scale, log_shape, x)
