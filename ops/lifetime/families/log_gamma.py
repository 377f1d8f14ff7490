"""The standard log-gamma variable W of Prentice: density and tails, exact through lambda = 0.

With a = 1/lambda^2, W is ln(G/a)/lambda for a gamma variable G of shape a: lambda = 1 is the
smallest extreme value, -1 the largest, and 0, its limit, the normal. Where a is large the
incomplete gamma function is taken from its uniform expansion, in which nothing cancels.

References
----------
Prentice (1974), Biometrika 61(3), 539-544 (the form, and why it is the stable one);
Temme (1979), SIAM J. Math. Anal. 10(4), 757-766; DiDonato and Morris (1986), ACM Trans. Math.
Softw. 12(4), 377-393 (uniform expansion of the incomplete gamma function and its coefficients).
"""

import numpy as np
from scipy.special import erfc, gammainc, gammaincc, gammainccinv, gammaincinv, gammaln, ndtri

from ops.values import FloatArray

_HALF_LOG_2PI = 0.9189385332046727
_NORMAL = 0.02  # |lambda| below which the expansion serves; a is 2500 there
_EXPANSION = (  # of the remainder, in eta, for each power of 1/a
    (
        -3.3333333333333333e-1,
        8.3333333333333333e-2,
        -1.4814814814814815e-2,
        1.1574074074074074e-3,
        3.527336860670194e-4,
        -1.7875514403292181e-4,
    ),
    (
        -1.8518518518518519e-3,
        -3.4722222222222222e-3,
        2.6455026455026455e-3,
        -9.9022633744855967e-4,
    ),
    (4.1335978835978836e-3, -2.6813271604938272e-3),
)


def log_density(w: FloatArray, lambda_: FloatArray) -> FloatArray:
    """Logarithm of the density of W.

    Parameters
    ----------
    w, lambda_
        Arrays that broadcast.
    """
    x = lambda_ * w
    small = np.abs(x) < 1e-2
    near = w * w * (0.5 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x / 720))))
    square = np.where(np.abs(lambda_) < 1e-150, 1.0, lambda_**2)  # where it underflows
    far = (np.expm1(x) - x) / square
    return -_HALF_LOG_2PI - _stirling(lambda_**2) - np.where(small, near, far)


def tails(w: FloatArray, lambda_: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Shares of W below and above `w`, each exact where it is small; arrays that broadcast."""
    w, lambda_ = np.broadcast_arrays(w, lambda_)
    far = np.abs(lambda_) >= _NORMAL
    if far.all():
        below, above = np.empty(w.shape), np.empty(w.shape)
    else:
        below, above = _expanded(w, np.where(far, 0.0, lambda_))
    if far.any():
        shape = lambda_[far] ** -2.0
        u = shape * np.exp(lambda_[far] * w[far])
        lower, upper = gammainc(shape, u), gammaincc(shape, u)
        rising = lambda_[far] > 0
        below[far] = np.where(rising, lower, upper)
        above[far] = np.where(rising, upper, lower)
    return below, above


def log_survival(w: FloatArray, lambda_: FloatArray) -> FloatArray:
    """Logarithm of the share of W above `w`; arrays that broadcast."""
    below, above = tails(w, lambda_)
    return np.where(below < 0.5, np.log1p(-below), np.log(above))


def quantile(p: FloatArray, lambda_: FloatArray) -> FloatArray:
    """Value of W below which the share `p` lies; arrays that broadcast."""
    share, scale = np.broadcast_arrays(
        np.asarray(p, dtype=np.float64), np.asarray(lambda_, dtype=np.float64)
    )
    near = np.abs(scale) < _NORMAL
    w = np.empty(share.shape)
    if near.any():
        w[near] = _near_normal(share[near], scale[near])
    if not near.all():
        far, lower = scale[~near], share[~near]
        shape = far**-2.0
        g = np.where(far > 0, gammaincinv(shape, lower), gammainccinv(shape, lower))
        w[~near] = np.log(g / shape) / far
    return w


def _near_normal(p: FloatArray, lambda_: FloatArray) -> FloatArray:
    z = np.asarray(ndtri(p), dtype=np.float64)
    w = z - lambda_ * (z * z + 2) / 6  # Cornish-Fisher, then two steps of Newton
    for _ in range(2):
        below, above = tails(w, lambda_)
        missed = np.where(below < 0.5, below - p, (1.0 - p) - above)
        w = w - missed * np.exp(-log_density(w, lambda_))
    return w


def _stirling(square: FloatArray) -> FloatArray:
    """How far ln Gamma(a) lies from its first approximation, at a = 1/`square`."""
    small = square < 0.02
    near = square * (1 / 12 - square**2 * (1 / 360 - square**2 * (1 / 1260 - square**2 / 1680)))
    a = 1.0 / np.where(small, 1.0, square)
    far = gammaln(a) - (a - 0.5) * np.log(a) + a - _HALF_LOG_2PI
    return np.where(small, near, far)


def _expanded(w: FloatArray, lambda_: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Tails by the uniform expansion, |lambda| small."""
    x = lambda_ * w
    near = w * w * (0.5 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x / 720))))
    square = np.where(np.abs(lambda_) < 1e-150, 1.0, lambda_**2)  # where it underflows
    half = np.where(np.abs(x) < 1e-2, near, (np.expm1(x) - x) / square)  # a eta^2 / 2
    z = np.sign(w) * np.sqrt(2 * half)
    eta = lambda_ * z
    series = sum(
        lambda_ ** (2 * power) * np.polynomial.polynomial.polyval(eta, coefficients)
        for power, coefficients in enumerate(_EXPANSION)
    )
    # with lambda < 0 the gamma variable falls as W rises: its upper tail is W's lower one
    rest = lambda_ * np.exp(-half - _HALF_LOG_2PI) * series
    root = np.sqrt(0.5)
    return 0.5 * erfc(-z * root) - rest, 0.5 * erfc(z * root) + rest
