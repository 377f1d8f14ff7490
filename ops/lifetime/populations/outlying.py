"""Which populations stand out from the usual spread between populations.

Given its hazard ratio, a population's failures are Poisson about its expectation; the ratios of
usual populations follow a gamma distribution with mean `level` and variance `spread`. So counts are
negative binomial. The spread is that of the populations that do not stand out: it is estimated,
those beyond it are left out, and it is estimated anew.

References
----------
Clayton & Kaldor (1987), Biometrics 43, 671-681 (empirical Bayes of rates);
Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57, 289-300.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, gammaincinv, gammaln

from ops.lifetime.populations.hazard import Expected
from ops.spc.false_findings import adjusted
from ops.values import BoolArray, FloatArray

SPREAD = (1e-6, 10.0)  # where the variance of hazard ratios is looked for
ROUNDS = 4  # of estimating the spread without what stands out


@dataclass(frozen=True, slots=True)
class Outlying:
    """Populations beside each other; every array has shape (k,).

    Parameters
    ----------
    level, spread
        Mean and variance of the hazard ratios of usual populations.
    ratio, lower, upper
        Hazard ratio of each to the level: drawn towards 1 (posterior mean) for usual ones, as it
        is, with its exact Poisson interval, for those that stand out.
    p_value, adjusted
        Two-sided, against the usual spread; and over all populations (Benjamini-Hochberg).
    worse, better
        Which ones stand out, and to which side.
    """

    level: float
    spread: float
    ratio: FloatArray
    lower: FloatArray
    upper: FloatArray
    p_value: FloatArray
    adjusted: FloatArray
    worse: BoolArray
    better: BoolArray


def outlying(found: Expected, *, false_share: float = 0.1, confidence: float = 0.95) -> Outlying:
    """Screen populations.

    Parameters
    ----------
    false_share
        Share of false findings among those that stand out, at most.
    """
    r, hope = found.failures, found.expected
    usual = np.ones(r.size, dtype=np.bool_)
    level, spread = 1.0, SPREAD[0]
    p = above = np.ones(r.size)
    for _ in range(ROUNDS):
        level, spread = _usual(r[usual], hope[usual])
        p, above = _p_values(r, hope, level, spread)
        kept = adjusted(p) > false_share
        if (kept == usual).all() or kept.sum() < max(2, r.size // 2):
            break
        usual = kept
    over = adjusted(p)
    out = over <= false_share
    k = np.where(out, 0.0, 1.0 / spread)
    scale = 1.0 / (k + level * hope)
    tail = (1.0 - confidence) / 2.0
    low = np.where(k + r > 0, gammaincinv(np.maximum(k + r, 1e-12), tail), 0.0)
    return Outlying(
        level=level,
        spread=spread,
        ratio=(k + r) * scale,
        lower=low * scale,
        upper=gammaincinv(k + r + out, 1.0 - tail) * scale,
        p_value=p,
        adjusted=over,
        worse=out & (above < 0.5),
        better=out & (above >= 0.5),
    )


def _usual(r: FloatArray, hope: FloatArray) -> tuple[float, float]:
    """Mean and variance of hazard ratios, by maximum likelihood; the mean within the search."""
    level = float(r.sum() / hope.sum()) or 1e-12
    grid = np.geomspace(*SPREAD, 61)
    for _ in range(6):
        values = [_loglik(r, level * hope, float(spread)) for spread in grid]
        place = int(np.clip(np.argmax(values), 1, grid.size - 2))
        grid = np.geomspace(grid[place - 1], grid[place + 1], 21)
    return level, float(grid[10])


def _loglik(r: FloatArray, mean: FloatArray, spread: float) -> float:
    k = 1.0 / spread
    terms = gammaln(k + r) - gammaln(k) - gammaln(r + 1.0)
    terms = terms - k * np.log1p(mean * spread) + r * (np.log(mean) - np.log(mean + k))
    return float(terms.sum())


def _p_values(
    r: FloatArray, hope: FloatArray, level: float, spread: float
) -> tuple[FloatArray, FloatArray]:
    """Two-sided p-values by mid tails, and the mid tail above."""
    k = 1.0 / spread
    share = k / (k + level * hope)
    below = betainc(k, np.floor(r) + 1.0, share)  # P(count <= r)
    less = np.where(r >= 1, betainc(k, np.maximum(np.floor(r), 1.0), share), 0.0)  # P(count < r)
    above = 1.0 - 0.5 * (below + less)
    p = 2.0 * np.minimum(above, 1.0 - above)
    return np.clip(p, 1e-300, 1.0), np.asarray(above, dtype=np.float64)
