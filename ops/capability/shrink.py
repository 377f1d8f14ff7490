"""Strata judged together: shrunken estimates, bounds for all at once, and what each one costs.

Of many strata some look bad by chance. Means and log sigmas are drawn toward what the strata have
in common (empirical Bayes), but never by more than one standard error, so that a stratum that truly
stands apart is not talked away. The upper bound of an index holds for all strata together.

References
----------
Efron and Morris (1972), J. American Statistical Association 67, 130-139 (limited translation);
DerSimonian and Laird (1986), Controlled Clinical Trials 7(3), 177-188 (variance between strata);
Zou and Donner (2008), Statistics in Medicine 27(10), 1693-1702 (bounds of a ratio, MOVER).
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import digamma, ndtr, ndtri, polygamma

from ops.errors import NotEnoughData
from ops.values import BoolArray, FloatArray, IntArray, SpecLimits

MOST_SHIFT = 1.0  # standard errors by which an estimate is drawn to the others at most


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Estimates drawn toward their common mean, their standard errors, the spread between."""

    value: FloatArray
    se: FloatArray
    common: float
    between: float


@dataclass(frozen=True, slots=True)
class Strata:
    """Indices of strata; every array of shape (strata,), None never, NaN where n is 0.

    Parameters
    ----------
    raw
        Index of each stratum from its own values alone; NaN with fewer than 2, or equal ones.
    index, upper
        From the shrunken mean and sigma, and its upper bound, for all strata together.
    mean, sigma
        Shrunken, in the unit of the limits.
    excess_ppm
        What of the pool's expected share outside would be gone if this stratum were like the rest.
    order
        Strata by `excess_ppm`, the costliest first.
    below
        Whether the upper bound is below the requirement.
    """

    raw: FloatArray
    index: FloatArray
    upper: FloatArray
    mean: FloatArray
    sigma: FloatArray
    excess_ppm: FloatArray
    order: IntArray
    below: BoolArray


def shrink(value: FloatArray, variance: FloatArray) -> Shrunk:
    """Draw estimates toward their weighted mean.

    Parameters
    ----------
    value, variance : shape (k,)
        Estimates and their sampling variances; an infinite variance says nothing.

    Examples
    --------
    >>> found = shrink(np.array([0.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0]))
    >>> found.value.tolist()
    [1.0, 1.0, 1.0]
    """
    weight = np.where(np.isfinite(variance) & (variance > 0), 1.0 / np.maximum(variance, 1e-300), 0)
    if not weight.any():
        raise NotEnoughData(f"none of {value.size} strata has an estimate")
    told = weight > 0
    between = _between(value[told], weight[told])
    pooled = np.zeros(value.size)
    pooled[told] = 1.0 / (1.0 / weight[told] + between)
    common = float(pooled[told] @ value[told] / pooled.sum())
    keep = np.where(told, between * pooled, 0.0)  # weight of the own estimate
    own_se = np.sqrt(np.where(told, variance, 0.0))
    drawn = np.where(told, common + keep * (value - common), common)
    limit = MOST_SHIFT * own_se
    limited = told & (np.abs(drawn - value) > limit)
    drawn = np.where(limited, value + np.sign(common - value) * limit, drawn)
    spread = np.where(told, keep * own_se**2, between) + (1.0 - keep) ** 2 / pooled.sum()
    se = np.where(limited, own_se, np.sqrt(spread))
    return Shrunk(drawn, se, common, float(np.sqrt(between)))


def _between(value: FloatArray, weight: FloatArray) -> float:
    mean = float(weight @ value / weight.sum())
    q = float(weight @ (value - mean) ** 2)
    scale = float(weight.sum() - (weight @ weight) / weight.sum())
    return max((q - (value.size - 1)) / scale, 0.0) if scale > 0 else 0.0


def judge_strata(
    n: FloatArray,
    mean: FloatArray,
    sigma: FloatArray,
    limits: SpecLimits,
    *,
    requirement: float,
    confidence: float = 0.95,
    effective: FloatArray | None = None,
    df: FloatArray | None = None,
) -> Strata:
    """Judge all strata of one factor.

    Parameters
    ----------
    n, mean, sigma : shape (k,)
        Values, their mean and standard deviation (n - 1), in the unit of the limits.
    limits
        At least one side finite.
    requirement
        Index required.
    confidence
        One-sided, for all strata together (Bonferroni).
    effective, df : shape (k,)
        Independent values that the mean is worth, and degrees of freedom of `sigma`, where values
        come in lots; absent: n and n - 1.

    Raises
    ------
    NotEnoughData
        If no stratum has two different values.
    """
    worth = n if effective is None else effective
    free = n - 1.0 if df is None else df
    known = (free > 0) & (sigma > 0) & np.isfinite(sigma)
    half = np.where(known, np.maximum(free, 0.5), 1.0) / 2.0
    bias = digamma(half) - np.log(half)  # E log s2 - log sigma2
    log_sigma = np.where(known, np.log(np.where(known, sigma, 1.0)) - bias / 2.0, 0.0)
    log_shrunk = shrink(log_sigma, np.where(known, polygamma(1, half) / 4.0, np.inf))
    scale: FloatArray = np.exp(log_shrunk.value)
    centre = shrink(mean, np.where(n > 0, scale**2 / np.maximum(worth, 1e-12), np.inf))
    z = float(ndtri(1.0 - (1.0 - confidence) / max(int(np.count_nonzero(n > 0)), 1)))
    raw = np.full(n.size, np.nan)
    raw[known] = _index(mean[known], sigma[known], limits)
    upper = _upper(centre, log_shrunk, limits, z)
    outside = ndtr((limits.lower - centre.value) / scale) + ndtr(
        (centre.value - limits.upper) / scale
    )
    excess = _excess_ppm(n, outside)
    return Strata(
        raw=raw,
        index=_index(centre.value, scale, limits),
        upper=upper,
        mean=centre.value,
        sigma=scale,
        excess_ppm=excess,
        order=np.argsort(-excess, kind="stable"),
        below=upper < requirement,
    )


def _index(mean: FloatArray, sigma: FloatArray, limits: SpecLimits) -> FloatArray:
    return np.minimum(limits.upper - mean, mean - limits.lower) / (3.0 * sigma)


def _upper(centre: Shrunk, log_sigma: Shrunk, limits: SpecLimits, z: float) -> FloatArray:
    """Upper bound of the smaller side, from those of distance and sigma (MOVER)."""
    three = 3.0 * np.exp(log_sigma.value)
    found = np.full(centre.value.size, np.inf)
    for limit, sign in ((limits.lower, 1.0), (limits.upper, -1.0)):
        if not isfinite(limit):
            continue
        side = sign * (centre.value - limit) / three
        turn = np.where(side > 0, z, -z) * log_sigma.se
        grown = np.expm1(np.minimum(turn, 50.0))
        half = np.sqrt((z * centre.se / three) ** 2 + (side * grown) ** 2)
        found = np.minimum(found, side + half)
    return found


def _excess_ppm(n: FloatArray, outside: FloatArray) -> FloatArray:
    total, hit = float(n.sum()), float(n @ outside)
    rest = total - n
    share = np.where(rest > 0, (hit - n * outside) / np.maximum(rest, 1.0), outside)
    excess: FloatArray = 1e6 * n / total * (outside - share)
    return excess
