"""Quantiles of the Pearson curve with given moments: Clements' method, without his tables.

Clements reads the standardized 0.135 % and 99.865 % points and the median of the Pearson system
from tables (Gruska) by skewness and kurtosis. Here the curve itself is integrated, from its
differential equation f'/f = -(c1 + a x) / (c0 + c1 x + c2 x^2) for mean 0 and variance 1.

References
----------
Clements (1989), Quality Progress 22(9), 95-100;
Pearson (1895), Phil. Trans. Royal Society A 186, 343-414;
Stuart and Ord (1994), Kendall's Advanced Theory of Statistics 1, 6.2-6.10 (the coefficients).
"""

from math import inf, sqrt

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray

_WIDE = 60.0  # sigmas; no standardized curve with a kurtosis has mass beyond that matters
_POINTS = 40_001


def moments(x: FloatArray) -> tuple[float, float, float, float]:
    """Mean, standard deviation (n), skewness and kurtosis (3 for a normal), by moments."""
    mean = float(x.mean())
    u = x - mean
    sigma = sqrt(float(np.mean(u * u)))
    z = u / sigma
    return mean, sigma, float(np.mean(z**3)), float(np.mean(z**4))


def pearson_quantiles(skewness: float, kurtosis: float, shares: FloatArray) -> FloatArray:
    """Quantiles of the standardized Pearson curve.

    Parameters
    ----------
    skewness, kurtosis
        Standardized third and fourth moment; a curve needs kurtosis > skewness^2 + 1.
    shares : shape (m,)
        In (0, 1).

    Raises
    ------
    BadData
        If there is no such curve.

    Examples
    --------
    >>> pearson_quantiles(0.0, 3.0, np.array([0.99865])).round(3).tolist()
    [3.0]
    """
    square = skewness**2
    if not kurtosis > square + 1.0 + 1e-6:
        raise BadData(f"no curve has skewness {skewness:.3g} and kurtosis {kurtosis:.3g}")
    top = 10.0 * kurtosis - 12.0 * square - 18.0  # Stuart and Ord's common divisor, kept above
    c0 = 4.0 * kurtosis - 3.0 * square
    c1 = skewness * (kurtosis + 3.0)
    c2 = 2.0 * kurtosis - 3.0 * square - 6.0
    low, high = _support(c0, c1, c2)
    x = _grid(low, high)
    middle = (x[1:] + x[:-1]) / 2
    slope = -(c1 + top * middle) / (c0 + c1 * middle + c2 * middle**2)
    log_f = np.concatenate(([0.0], np.cumsum(slope * np.diff(x))))
    f = np.exp(log_f - log_f.max())
    mass = np.concatenate(([0.0], np.cumsum((f[1:] + f[:-1]) / 2 * np.diff(x))))
    mass /= mass[-1]
    rising = np.concatenate(([True], np.diff(mass) > 0))
    return np.asarray(np.interp(shares, mass[rising], x[rising]), dtype=np.float64)


def _support(c0: float, c1: float, c2: float) -> tuple[float, float]:
    """Find the ends of the stretch around 0 on which the quadratic is positive."""
    if abs(c2) < 1e-9:
        end = -c0 / c1 if abs(c1) > 1e-9 else inf
        roots = [end]
    else:
        inside = c1**2 - 4.0 * c0 * c2
        root = sqrt(inside) if inside > 0 else inf
        roots = [] if inside <= 0 else [(-c1 + s * root) / (2.0 * c2) for s in (1, -1)]
    low = max((r for r in roots if r < 0), default=-inf)
    high = min((r for r in roots if r > 0), default=inf)
    return max(low, -_WIDE), min(high, _WIDE)


def _grid(low: float, high: float) -> FloatArray:
    """Points that crowd to within 1e-14 of the ends, where a curve may rise without bound."""
    t = np.linspace(-5.5, 5.5, _POINTS)
    place = 0.5 * (1.0 + np.tanh(0.5 * np.pi * np.sinh(t * 0.55)))
    inside = (place > 1e-14) & (place < 1.0 - 1e-14)
    return np.asarray(low + (high - low) * place[inside], dtype=np.float64)
