"""Control-chart constants of the normal distribution, computed instead of read from a table.

For a sample of size n from a normal distribution with standard deviation sigma:
``E[range] = d2(n) sigma``, ``SD[range] = d3(n) sigma`` and ``E[s] = c4(n) sigma``.

References
----------
Tippett (1925), Biometrika 17, 364-387 (distribution of the range);
Montgomery, Introduction to Statistical Quality Control, Appendix VI (tables).
"""

from functools import lru_cache
from math import exp, lgamma, pi, sqrt

import numpy as np
from scipy.special import log_ndtr, ndtr

from ops.values import FloatArray

_HALF_WIDTH = 10.0  # the integrands vanish beyond: 1 - Phi(10) < 1e-23 for any practical n


def c4(n: int) -> float:
    """Return the expected sample standard deviation in units of sigma.

    Parameters
    ----------
    n
        Sample size, at least 2.

    Examples
    --------
    >>> round(c4(5), 6)
    0.939986
    """
    _require(n)
    return sqrt(2.0 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


@lru_cache(maxsize=4096)
def d2(n: int) -> float:
    """Return the expected range in units of sigma.

    It is the integral of 1 - Phi^n - (1 - Phi)^n (Tippett).

    Parameters
    ----------
    n
        Sample size, at least 2.

    Examples
    --------
    >>> round(d2(4), 6)
    2.058751
    """
    _require(n)
    x, weight = _grid()
    return float(np.sum(weight * (-np.expm1(n * log_ndtr(x)) - ndtr(-x) ** n)))


@lru_cache(maxsize=1024)
def d3(n: int) -> float:
    """Return the standard deviation of the range in units of sigma.

    E[range^2] is twice the integral of w (1 - F(w)), with the distribution of the range
    F(w) = n * integral of phi(x) (Phi(x + w) - Phi(x))^(n - 1) (Tippett).

    Parameters
    ----------
    n
        Sample size, at least 2.

    Examples
    --------
    >>> round(d3(4), 6)
    0.879808
    """
    _require(n)
    x, weight = _grid()
    nodes, gauss = np.polynomial.legendre.leggauss(120)
    w = _HALF_WIDTH * (nodes + 1.0)  # the range is below 2 * 10 sigma
    density = np.exp(-0.5 * x * x) / sqrt(2.0 * pi)
    covered = ndtr(x[:, None] + w[None, :]) - ndtr(x)[:, None]
    distribution = n * ((weight * density) @ covered ** (n - 1))
    square = 2.0 * _HALF_WIDTH * float(np.sum(gauss * w * (1.0 - distribution)))
    return sqrt(square - d2(n) ** 2)


@lru_cache(maxsize=1)
def _grid() -> tuple[FloatArray, FloatArray]:
    """Trapezoid rule: exponentially accurate for smooth integrands that vanish at the ends."""
    x = np.linspace(-_HALF_WIDTH, _HALF_WIDTH, 1601)
    weight = np.full(x.size, x[1] - x[0])
    return x, weight


def _require(n: int) -> None:
    if n < 2:
        raise ValueError(f"a sample has at least 2 values here, got n = {n}")
