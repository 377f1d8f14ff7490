"""What a further change must save to count: a stated multiple of the noise, robustly estimated.

The penalty of squared loss is ``factor * variance * log n``. Its variance is the long-run variance
of the noise, ``sigma^2`` times the sum of all autocorrelations: what the mean of a long stretch
varies by. With the variance of one value instead, serial correlation is taken for steps. All
estimates are from differences, which a few steps hardly touch.

References
----------
Yao (1988), Statistics and Probability Letters 6, 181-189 (log n is consistent);
Romano, Rigaill, Runge and Fearnhead (2022), J. American Statistical Association 117, 2147-2162
(phi from the differences of lag 1 and 2);
Lavielle and Moulines (2000), J. Time Series Analysis 21, 33-59 (dependent noise).
"""

from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray

Cost = Literal["mean", "robust", "autocorrelated", "mean-variance", "line"]
FACTOR = 3.0  # of the penalty of a mean; a change has a place and a size, 2 is the least that holds
SPREAD_FACTOR = 4.0  # a change of mean and variance has a place and two sizes
BOUND = 3.0  # sigmas from which a deviation counts no more in the robust cost
_FAR = 2.0  # sigmas from which a difference counts no more
_KEPT = 0.9205369257  # mean of min(z^2, 4) of a normal z
_FEW = 8  # differences that may be steps: as many, and most of the rest 0, are no noise
LEAST = 12  # values without which a correlation says nothing
_PHI = 0.95  # largest phi; beyond it, level and noise cannot be told apart
_BLOCKS = 24  # fewer blocks say nothing of the long run
_QUANTILES = ((0.5, 0.67449), (0.75, 1.15035), (0.9, 1.64485))


@dataclass(frozen=True, slots=True)
class Noise:
    """Noise about a level that may step.

    Parameters
    ----------
    sigma
        Standard deviation of one value, in the unit of the data.
    phi
        First-order autocorrelation coefficient.
    long_run
        Long-run variance: n times the variance of the mean of n values, n large.
    """

    sigma: float
    phi: float
    long_run: float

    @property
    def innovation(self) -> float:
        """Standard deviation of what is new in a value of a first-order autoregression."""
        return self.sigma * sqrt(1.0 - self.phi**2)

    @property
    def inflation(self) -> float:
        """Long-run variance over that of one value; 1 without noise."""
        return self.long_run / self.sigma**2 if self.sigma > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Penalty:
    """What each further change costs, and how that was set.

    Parameters
    ----------
    value
        In the unit of the cost: squared unit of the data, or a plain number for mean-variance.
    rule
        How it was set, e.g. ``3 x long-run variance x log n``; ``given`` if the caller said.
    factor, variance, n
        What was multiplied: `factor`, `variance` and the logarithm of `n`; None where given.
    """

    value: float
    rule: str
    factor: float | None = None
    variance: float | None = None
    n: int | None = None


def noise(y: FloatArray) -> Noise:
    """Estimate the noise of a series from its differences.

    With ``D_k`` half the mean square of differences of lag k, ``D_k / D_far = 1 - rho_k`` where a
    far lag has no correlation left; ``rho_2 / rho_1`` says how it dies out (first-order mixed
    model). The long-run variance is of that model or, if larger, by differences of block means:
    noise that is of another kind is not underrated.

    Parameters
    ----------
    y : shape (n,)
        Finite values in time order.

    Examples
    --------
    >>> noise(np.ones(50))
    Noise(sigma=0.0, phi=0.0, long_run=0.0)
    """
    if y.size < LEAST:
        sigma = _scale(np.diff(y)) / sqrt(2.0)
        return Noise(sigma, 0.0, sigma**2)
    far = min(max(y.size // 20, 4), 15)
    variance = float(np.mean([_half_square(y, k) for k in range(far, far + 3)]))
    near = _half_square(y, 1)
    if not near > 0 or not variance > 0:
        return Noise(0.0, 0.0, 0.0)
    error = 2.0 / sqrt(y.size)
    rho = _told(1.0 - near / variance, error)
    second = 1.0 - _half_square(y, 2) / variance
    dies = min(max(second / rho, 0.0), _PHI) if rho > 2.0 * error else min(max(rho, 0.0), _PHI)
    long_run = variance * max(1.0 + 2.0 * rho / (1.0 - dies), (1.0 + rho) / (1.0 - rho), 0.05)
    return Noise(sqrt(variance), rho, max(long_run, _of_blocks(y)))


def stated_penalty(y: FloatArray, cost: Cost, noise: Noise) -> Penalty:
    """Penalty of a cost on `y`, by the one rule of the house.

    Parameters
    ----------
    y : shape (n,)
        Finite values.
    noise
        Of `y`, as `noise` estimates it.
    """
    n = max(y.size, 2)
    if cost == "mean-variance":
        inflation = max(noise.inflation, 1.0)
        rule = f"{SPREAD_FACTOR:g} x long-run variance over variance x log n"
        return Penalty(SPREAD_FACTOR * inflation * log(n), rule, SPREAD_FACTOR, inflation, n)
    long_run = max(noise.long_run, noise.sigma**2)  # the mean of few values varies as they do
    rule = f"{FACTOR:g} x long-run variance x log n"
    if cost == "autocorrelated":  # its residuals are innovations: the part phi explains is out
        long_run = max(noise.long_run * (1.0 - noise.phi) ** 2, noise.innovation**2)
        rule = f"{FACTOR:g} x long-run variance of the innovations x log n"
    least = 1e-12 * float(np.ptp(y)) ** 2  # without noise, every step that is one counts
    return Penalty(max(FACTOR * long_run * log(n), least), rule, FACTOR, long_run, n)


def given_penalty(value: float) -> Penalty:
    """Penalty that the caller set.

    Raises
    ------
    BadData
        If it is not above 0.
    """
    if not value > 0:
        raise BadData(f"penalty {value} is not above 0; leave it out for the stated one")
    return Penalty(value, "given")


def _scale(d: FloatArray) -> float:
    """Root mean square of `d`, what lies beyond 2 sigmas counted as 2; robust start."""
    start = _start(np.abs(d))
    if not start > 0:
        return 0.0
    return start * sqrt(float(np.mean(np.minimum((d / start) ** 2, _FAR**2))) / _KEPT)


def _start(size: FloatArray) -> float:
    """Sigma by the median of sizes, or by the first higher quantile that is not 0 (coarse data)."""
    if size.size == 0:
        return 0.0
    tiny = 1e-12 * float(size.max())
    found = np.quantile(size, [q for q, _ in _QUANTILES])
    for value, (_, z) in zip(found, _QUANTILES, strict=True):
        if value > tiny:
            return float(value) / z
    moved = size[size > tiny]
    return float(np.sqrt(np.mean(size**2))) if moved.size > _FEW else 0.0


def _half_square(y: FloatArray, lag: int) -> float:
    """Half the mean square of the differences of a lag, robustly."""
    return _scale(y[lag:] - y[:-lag]) ** 2 / 2.0


def _told(rho: float, error: float) -> float:
    """Shrink a correlation that its error may have made."""
    within = min(max(rho, -_PHI), _PHI)
    return within**3 / (within**2 + (error / 2.0) ** 2) if within else 0.0


def _of_blocks(y: FloatArray) -> float:
    """Long-run variance by differences of means of blocks that leave one block between them."""
    length = max(round(y.size ** (1.0 / 3.0)), 2)
    blocks = y.size // length
    if blocks < _BLOCKS:
        return 0.0
    means = y[: blocks * length].reshape(blocks, length).mean(axis=1)
    return float(length * _half_square(means, 2))
