"""Life of a population of paths, with bounds by resampling its units."""

from dataclasses import replace

import numpy as np

from ops.lifetime.degradation.paths import PathFit, refitted
from ops.lifetime.degradation.process import ProcessLife
from ops.values import FloatArray

DRAWS = 1000
FAR = 1e6  # times the last reading, beyond which no life is looked for


def path_life(
    fit: PathFit, p: float, *, rng: np.random.Generator, confidence: float = 0.95
) -> ProcessLife:
    """Find the age by which a share of units has met the limit.

    Bounds are percentiles over resamples of whole units (1000 draws); with fewer than 3 units
    there are none.
    """
    estimate = float(_solved(fit, fit.mean[None, :], fit.covariance[None], p)[0])
    k = fit.slope.size
    if k < 3 or not np.isfinite(estimate):
        return ProcessLife(p, estimate, None, None, None, confidence)
    drawn = rng.integers(0, k, (DRAWS, k))
    mean, covariance = refitted(fit, drawn)
    lives = _solved(fit, mean, covariance, p)
    tail = (1.0 - confidence) / 2.0
    ends = np.quantile(lives, (1.0 - confidence, tail, 1.0 - tail), method="nearest").tolist()
    lower, low, high = (end if np.isfinite(end) else None for end in ends)
    return ProcessLife(p, estimate, lower, low, high, confidence)


def _solved(fit: PathFit, mean: FloatArray, covariance: FloatArray, p: float) -> FloatArray:
    """Age at which each population's share reaches `p`, by halving on the logarithm."""
    last = float(fit.last.max())
    low, high = np.full(mean.shape[0], last * 1e-6), np.full(mean.shape[0], last * FAR)
    many = replace(fit, mean=mean.T, covariance=np.moveaxis(covariance, 0, -1))
    never = many.cdf(high) < p
    for _ in range(120):
        middle = np.sqrt(low * high)
        reached = many.cdf(middle) >= p
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.where(never, np.inf, high)
