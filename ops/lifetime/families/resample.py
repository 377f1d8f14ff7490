"""Samples of a fitted life distribution, seen as the units of a test were seen."""

from dataclasses import replace

import numpy as np

from ops.lifetime.data import LifeData, life_data
from ops.lifetime.model import LifeModel
from ops.values import FloatArray


def resample(data: LifeData, model: LifeModel, rng: np.random.Generator) -> LifeData:
    """Draw as many lives as there are units and look at them as at the units.

    A unit is watched until a time drawn from those at which units were censored, beyond its own
    failure (Kaplan-Meier of the censoring); truncation is kept; where any failure was found
    between readouts, every failure is, at the readouts of the data.

    References
    ----------
    Efron (1981), J. Am. Stat. Assoc. 76, 312-319 (bootstrap of censored data).
    """
    row = np.repeat(np.arange(data.lower.size), np.rint(data.weight).astype(np.int64))
    ends = _ends(data, row, rng)
    first = 1.0 - model.survival(data.entry)
    last = np.where(np.isinf(data.exit), 1.0, 1.0 - _finite(model, data.exit))
    drawn = first[row] + rng.uniform(size=row.size) * (last - first)[row]
    lives = np.maximum(model.quantile(drawn), np.finfo(np.float64).tiny)
    alive = lives > ends
    lower = np.where(alive, ends, lives)
    upper = np.where(alive, np.inf, lives)
    edges = readouts(data)
    if edges.size:
        lower, upper = _read(edges, lives, ends)
    return _counted(lower, upper, data, row)


def readouts(data: LifeData) -> FloatArray:
    """Collect the times at which units were looked at, shape (m,); none if failures are exact."""
    between = data.failed & ~data.exact
    edges = np.concatenate([data.lower[between], data.upper[between]])
    return np.asarray(np.unique(edges[edges > 0]))


def _finite(model: LifeModel, t: FloatArray) -> FloatArray:
    return np.asarray(model.survival(np.where(np.isinf(t), 1.0, t)))


def _ends(data: LifeData, row: np.ndarray, rng: np.random.Generator) -> FloatArray:
    """When each unit would have been taken off, had it not failed."""
    right = data.right
    times, at = np.unique(data.lower[right], return_inverse=True)
    ends = np.where(right, data.lower, np.inf)[row]
    if times.size == 0:
        return np.asarray(ends)
    last = np.where(right, data.lower, data.upper)
    taken = np.bincount(at, weights=data.weight[right], minlength=times.size)
    order = np.argsort(last)
    total = np.concatenate([[0.0], np.cumsum(data.weight[order])])
    at_risk = total[-1] - total[np.searchsorted(last[order], times, side="left")]
    stays = np.concatenate([[1.0], np.cumprod(np.maximum(1.0 - taken / at_risk, 0.0))])
    failed = np.flatnonzero(~right[row])
    beyond = np.searchsorted(times, data.upper[row[failed]], side="left")
    left = stays[beyond] * rng.uniform(size=failed.size)  # share still watched at the drawn end
    chosen = np.searchsorted(-stays[1:], -left, side="left")
    ends[failed] = times[np.clip(np.maximum(chosen, beyond), None, times.size - 1)]
    never = beyond >= times.size  # it failed after the last unit was taken off
    ends[failed[never]] = np.inf
    return np.asarray(ends)


def _read(edges: FloatArray, lives: FloatArray, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Between which readouts a unit failed; alive at its last one where none came after."""
    place = np.searchsorted(edges, lives, side="left")
    upper = np.append(edges, np.inf)[place]
    lower = np.concatenate([[0.0], edges])[place]
    late = upper > ends
    lower = np.where(late, np.where(np.isinf(ends), lower, ends), lower)
    return lower, np.where(late, np.inf, upper)


def _counted(lower: FloatArray, upper: FloatArray, data: LifeData, row: np.ndarray) -> LifeData:
    """Equal units as one row."""
    entry, end = data.entry[row], data.exit[row]
    lower = np.maximum(lower, entry)
    upper = np.where(np.isinf(upper), upper, np.minimum(upper, end))
    columns = np.stack([lower, upper, entry, end], axis=1)
    columns = columns[columns[:, 0] + np.where(np.isinf(columns[:, 1]), 0.0, 1.0) > 0]
    found, count = np.unique(columns, axis=0, return_counts=True)
    seen = life_data(found[:, 0], found[:, 1], weight=count, unit=data.unit)
    return replace(seen, entry=found[:, 2], exit=found[:, 3])
