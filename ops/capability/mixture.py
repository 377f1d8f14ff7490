"""Two populations in one sample: found, named, and told apart by a factor.

A mixture of two normals is fitted by expectation maximization. It is named only where it beats
every single family by 10 in BIC, its components are more than two sigmas apart, and its density has
two modes: a skewed process alone does not look like that.

References
----------
Dempster, Laird and Rubin (1977), J. Royal Statistical Society B 39(1), 1-38 (EM);
Kass and Raftery (1995), J. Am. Statistical Association 90, 773-795 (differences of BIC);
Ashman, Bird and Zepf (1994), Astronomical Journal 108, 2348-2361 (separation D > 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.special import logsumexp

from ops.values import BoolArray, Factor, FloatArray

BETTER = 10.0  # BIC by which the mixture has to win
APART = 2.0
_SMALLEST = 0.02  # share of the smaller population
_EXPLAINS = 0.5  # share of the variance of the membership, at least
_CUTS = (0.5, 0.2, 0.8, 0.05, 0.95)
_FIRST, _TURNS = 15, 200


@dataclass(frozen=True, slots=True)
class Mixture:
    """Two normal populations; the lower one first.

    Parameters
    ----------
    separation
        Ashman's D: distance of the means over the root mean square of the sigmas.
    bic
        Of the five parameters; less is better.
    """

    share: tuple[float, float]
    mean: tuple[float, float]
    sigma: tuple[float, float]
    separation: float
    bic: float
    bimodal: bool

    def upper(self, x: FloatArray) -> FloatArray:
        """Chance that each value is of the upper population."""
        low, high = (_log_part(x, s, m, d) for s, m, d in zip(*self._parts, strict=True))
        return np.asarray(np.exp(high - np.logaddexp(low, high)), dtype=np.float64)

    @property
    def _parts(self) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
        return self.share, self.mean, self.sigma


@dataclass(frozen=True, slots=True)
class Explanation:
    """A factor that tells the populations apart: the share it explains, and levels above."""

    factor: str
    explained: float
    levels: tuple[str, ...]


def two_populations(x: FloatArray) -> Mixture | None:
    """Fit two normals; None where one of them vanishes.

    Parameters
    ----------
    x : shape (n,)
        At least 20 values, not all equal.
    """
    if x.size < 20 or not float(x.std()) > 0:
        return None
    center, scale = float(x.mean()), float(x.std())
    u = np.sort((x - center) / scale)
    cuts = [(u > u[round(cut * u.size)]).astype(np.float64) for cut in _CUTS]
    starts = [one for one in (_em(u, cut, _FIRST) for cut in cuts) if one is not None]
    if not starts:
        return None
    best = max(starts, key=lambda one: one[3])
    share, mean, sigma, loglik, _ = _em(u, best[4], _TURNS) or best
    if mean[0] > mean[1]:
        share, mean, sigma = share[::-1], mean[::-1], sigma[::-1]
    apart = sqrt(2.0) * (mean[1] - mean[0]) / sqrt(sigma[0] ** 2 + sigma[1] ** 2)
    bic = 5.0 * log(u.size) - 2.0 * (loglik - u.size * log(scale))
    grid = np.linspace(mean[0], mean[1], 201)
    parts = [_log_part(grid, s, m, d) for s, m, d in zip(share, mean, sigma, strict=True)]
    density = np.logaddexp(*parts)
    valley = float(density.min()) < min(float(density[0]), float(density[-1])) - 1e-3
    return Mixture(
        (float(share[0]), float(share[1])),
        (center + scale * float(mean[0]), center + scale * float(mean[1])),
        (scale * float(sigma[0]), scale * float(sigma[1])),
        float(apart),
        bic,
        bool(valley and apart > APART and min(share) >= _SMALLEST),
    )


_Parts = tuple[FloatArray, FloatArray, FloatArray, float, FloatArray]


def _em(u: FloatArray, of_high: FloatArray, turns: int) -> _Parts | None:
    loglik = -np.inf
    share = mean = sigma = np.zeros(2)
    for _ in range(turns):
        weight = np.stack((1.0 - of_high, of_high))
        size = weight.sum(axis=1)
        if size.min() < 3.0:
            return None
        share, mean = size / u.size, weight @ u / size
        square = np.sum(weight * (u - mean[:, None]) ** 2, axis=1) / size
        sigma = np.sqrt(np.maximum(square, 1e-4))  # a population of equal values is none
        parts = np.stack([_log_part(u, share[i], mean[i], sigma[i]) for i in (0, 1)])
        whole = np.asarray(logsumexp(parts, axis=0))
        of_high = np.exp(parts[1] - whole)
        gained, loglik = float(whole.sum()) - loglik, float(whole.sum())
        if gained < 1e-3:
            break
    return share, mean, sigma, loglik, of_high


def _log_part(x: FloatArray, share: float, mean: float, sigma: float) -> FloatArray:
    z = (x - mean) / sigma
    return np.asarray(log(share / (sigma * sqrt(2.0 * np.pi))) - 0.5 * z * z)


def explain(
    found: Mixture, x: FloatArray, factors: Mapping[str, Factor], rows: BoolArray | None = None
) -> Explanation | None:
    """Find the factor whose levels tell the populations apart best; None where none does.

    The share explained is omega squared of the chance of membership, so that a factor of many
    levels has no advantage.

    Parameters
    ----------
    x : shape (n,)
    factors
        Each of shape (n,).
    rows : shape (n,)
        Values that count; absent: all.
    """
    of = found.upper(x)
    best: Explanation | None = None
    for name, factor in factors.items():
        known = factor.codes >= 0 if rows is None else (factor.codes >= 0) & rows
        codes, y = factor.codes[known], of[known]
        size = np.bincount(codes, minlength=len(factor.levels)).astype(np.float64)
        used = int(np.count_nonzero(size))
        if used < 2 or used > y.size / 2:
            continue
        mean = np.bincount(codes, y, len(factor.levels)) / np.maximum(size, 1.0)
        between = float(np.sum(size * (mean - y.mean()) ** 2))
        total = float(np.sum((y - y.mean()) ** 2))
        noise = (total - between) / max(y.size - used, 1)
        explained = (between - (used - 1) * noise) / (total + noise) if total > 0 else 0.0
        if explained >= _EXPLAINS and (best is None or explained > best.explained):
            high = tuple(factor.levels[i] for i in np.flatnonzero((mean > 0.5) & (size > 0)))
            best = Explanation(name, explained, high)
    return best
