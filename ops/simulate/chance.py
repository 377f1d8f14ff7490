"""Sources of chance by name: each thing of the plant has its own, so none disturbs another."""

from itertools import accumulate
from zlib import crc32

import numpy as np

from ops.values import FloatArray


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Return the generator that belongs to `names`; equal seeds and names give equal numbers.

    Examples
    --------
    >>> a, b = stream(7, "bonder", 3), stream(7, "bonder", 3)
    >>> bool(a.normal() == b.normal())
    True
    """
    return np.random.default_rng([seed, *(crc32(str(name).encode()) for name in names)])


def offset(seed: int, sigma: float, *names: str | int) -> float:
    """One normal number with mean 0 that belongs to `names`, whatever else is simulated."""
    return float(stream(seed, *names).normal(0.0, sigma))


def offsets(seed: int, sigma: float, kind: str, first: int, count: int) -> FloatArray:
    """Draw normal numbers of things `first`, `first + 1` ... of a kind, each of its own source.

    Returns
    -------
    shape (count,)
    """
    return np.array([offset(seed, sigma, kind, first + i) for i in range(count)])


def autoregressive(n: int, *, phi: float, sigma: float, rng: np.random.Generator) -> FloatArray:
    """Stationary AR(1) series: ``x[i] = phi x[i-1] + e[i]`` with the standard deviation `sigma`.

    Parameters
    ----------
    phi
        Correlation of neighbours, between -1 and 1.
    sigma
        Standard deviation of the series, not of its innovations.

    Returns
    -------
    shape (n,)

    References
    ----------
    Box, Jenkins, Reinsel, Time Series Analysis, 4th ed., section 3.2.3.
    """
    innovation = rng.normal(0.0, sigma * np.sqrt(1 - phi**2), n)
    innovation[:1] /= np.sqrt(1 - phi**2)  # the first value has the stationary spread at once

    def follow(x: float, e: float) -> float:
        return phi * x + e

    steps: list[float] = innovation.tolist()
    return np.array(list(accumulate(steps, follow)))
