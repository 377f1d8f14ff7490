"""How the signed root of a quantity scatters when the fit is the truth: a parametric bootstrap.

Units are drawn anew under the same plan: a cell that was censored at a time is censored there
again, one that was read out at times is read out at the same ones.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from ops.lifetime.accelerated.confidence_curve import Quantity, held
from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.accelerated.surface import Rows, Surface, climb, laid_out
from ops.lifetime.location_scale import standard_quantile
from ops.values import FloatArray, IntArray

MOST_UNITS = 200_000  # that are drawn anew each time; each is a row of its own
FEWEST = 40  # resamples with a maximum, below which nothing is calibrated
STEEP = 1e-3  # slope at which a climb has not arrived
BEYOND = 8.0  # signed root that chance does not reach: the resample has no maximum


@dataclass(frozen=True, slots=True)
class _Plan:
    """How units were watched: cell and end of each, readouts of the cells that had any."""

    cell: IntArray
    end: FloatArray
    readouts: tuple[FloatArray, ...]


def root_moments(
    fit: AcceleratedFit, quantity: Quantity, *, resamples: int, rng: np.random.Generator
) -> tuple[float, float] | None:
    """Mean and standard deviation of the signed root at the true value.

    None if too few exist, or where the test has more than `MOST_UNITS` units.

    The score at the truth has mean 0 and goes with the root: it is taken out of the mean, which
    then needs a fraction of the resamples.
    """
    if fit.stressed.data.units > MOST_UNITS:
        return None
    whole, theta, plan = fit.surface(), fit.theta, _plan(fit)
    first = np.unique(fit.stressed.cell, return_index=True)[1]
    design, offset = whole.design[first], whole.offset[first]  # one row a cell
    true = quantity.at(theta)
    slope = np.append(quantity.a, quantity.z * fit.sigma) @ fit.covariance
    slope = slope / quantity.error(theta, fit.covariance)
    location = (design @ theta[:-1] + offset)[plan.cell]
    roots: list[float] = []
    scores: list[float] = []
    for _ in range(resamples):
        w = standard_quantile(fit.family, rng.uniform(size=plan.cell.size))
        rows = _watched(fit, plan, np.exp(location + fit.sigma * w))
        drawn = Surface(rows, design, offset, np.zeros(first.size))
        root = _root(drawn, theta, quantity, true)
        if root is not None:
            roots.append(root)
            scores.append(float(slope @ drawn.derivatives(theta)[0]))
    if len(roots) < FEWEST:
        return None
    return float(np.mean(roots) + np.mean(scores)), float(np.std(roots))


def _root(drawn: Surface, theta: FloatArray, quantity: Quantity, true: float) -> float | None:
    """Signed root at the true value; None where the resample has no maximum."""
    if not _told_apart(drawn):
        return None
    top, height = climb(drawn, theta, tolerance=1e-7)
    units = float(drawn.rows.place[2].sum())
    if float(np.abs(drawn.derivatives(top)[0]).max()) > STEEP * units:
        return None
    _, low = held(drawn, top, quantity, true)
    root = sqrt(max(0.0, 2.0 * (height - low)))
    if not root < BEYOND:
        return None
    return root if true > quantity.at(top) else -root


def _plan(fit: AcceleratedFit) -> _Plan:
    """Read off how units were watched: one that failed would have lasted to the end of its cell."""
    data, cell = fit.stressed.data, fit.stressed.cell
    end, readouts = np.where(data.right, data.lower, np.inf), []
    for i in range(len(fit.stressed.cells)):
        rows = cell == i
        lasted = data.lower[rows & data.right]
        end[rows & data.failed] = lasted.max() if lasted.size else np.inf
        between = rows & data.failed & ~data.exact
        readouts.append(np.unique(np.concatenate([data.lower[between], data.upper[between]])))
    unit = np.repeat(np.arange(cell.size), np.rint(data.weight).astype(np.int64))
    return _Plan(cell[unit], end[unit], tuple(readouts))


def _watched(fit: AcceleratedFit, plan: _Plan, life: FloatArray) -> Rows:
    """Rows of lives that are watched under the plan."""
    low, high = life.copy(), life.copy()
    for i, readouts in enumerate(plan.readouts):
        if readouts.size:
            mine = plan.cell == i
            low[mine], high[mine] = _read(life[mine], readouts)
    out = life > plan.end
    with np.errstate(divide="ignore"):
        low = np.log(np.where(out, plan.end, low))
        high = np.log(np.where(out, np.inf, high))
    return laid_out(fit.family, low, high, np.ones(life.size), plan.cell)


def _read(life: FloatArray, readouts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Readouts between which a life ends; the last one and infinity beyond."""
    edges = np.concatenate([[0.0], readouts[readouts > 0], [np.inf]])
    place = np.searchsorted(edges, life, side="left")
    return edges[place - 1], edges[place]


def _told_apart(drawn: Surface) -> bool:
    """Whether cells with failures are enough for the coefficients."""
    failing = np.unique(drawn.rows.source[drawn.rows.failed])
    if failing.size < drawn.design.shape[1] or drawn.rows.failed.sum() <= drawn.design.shape[1]:
        return False
    scaled = drawn.design / np.maximum(np.abs(drawn.design).max(axis=0), 1e-300)
    return bool(np.linalg.matrix_rank(scaled[failing], tol=1e-6) == scaled.shape[1])
