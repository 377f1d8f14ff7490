"""Serial correlation of the points of a chart: how much, with an interval, and the right sigma.

Moving ranges assume that neighbours are independent. Under a first-order autoregression with
coefficient phi they estimate ``sigma sqrt(1 - phi)``: limits from them are too narrow. The first
remedy is the marginal sigma, which does not care about order.

References
----------
Marriott and Pope (1954), Biometrika 41, 390-402; Kendall (1954), 403-404 (bias of r1);
Ljung and Box (1978), Biometrika 65(2), 297-303;
Maragah and Woodall (1992), J. Statistical Computation and Simulation 40, 29-42 (moving ranges).
"""

from dataclasses import dataclass
from math import asin, pi, sin, sqrt

import numpy as np
from scipy.special import chdtrc, ndtri

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray, stable_order

LEAST = 12  # points without which a correlation says nothing
LAGS = 10


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Serial correlation within streams.

    Parameters
    ----------
    phi, lower, upper
        First-order coefficient, corrected for its bias, and its interval.
    r : shape (lags,)
        Sample autocorrelations of lags 1, 2 ...
    p_value
        Of the Ljung-Box test that all of them are 0.
    n
        Points used.
    """

    phi: float
    lower: float
    upper: float
    r: FloatArray
    p_value: float
    n: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval of phi leaves out 0."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True, slots=True)
class MarginalSigma:
    """Standard deviation of a point about its stream's mean, whatever the order of the points.

    Parameters
    ----------
    value
        In the unit of the data, corrected for serial correlation.
    df
        Effective degrees of freedom of its square.
    """

    value: float
    df: float


def autocorrelation(
    value: FloatArray, stream: IntArray, *, confidence: float = 0.95
) -> Autocorrelation:
    """Correlate each point with those before it in its stream.

    The interval is symmetric in arcsin(phi), whose variance is 1/n whatever phi is.

    Parameters
    ----------
    value : shape (n,)
        Plotted points in time order; NaN is left out with its pairs, and parts no neighbours.
    stream : shape (n,)
        Code of the stream of each point; each has a mean of its own.

    Raises
    ------
    NotEnoughData
        With fewer than 12 points in the streams that have 3 or more, or when they are all equal.
    """
    deviation, of, means = _deviations(value, stream)
    n = int(np.count_nonzero(np.isfinite(deviation)))
    deviation = np.where(np.isfinite(deviation), deviation, 0.0)
    if n < LEAST:
        raise NotEnoughData(f"a serial correlation needs {LEAST} points, got {n}")
    square = float(deviation @ deviation)
    if not square > 0:
        raise NotEnoughData("a serial correlation needs points that differ; all are equal")
    whole = deviation.size / n  # of the pairs of neighbours, near enough, for each that is there
    r = np.array(
        [_lagged(deviation, of, lag) * whole / square for lag in range(1, min(LAGS, n // 4) + 1)]
    )
    phi = _unbiased(float(r[0]), n, means)
    half = float(ndtri(0.5 + confidence / 2)) * sqrt(n) / max(n - 3 * means, 4)
    lower, upper = (sin(min(max(asin(phi) + d, -pi / 2), pi / 2)) for d in (-half, half))
    counts = n - np.arange(1, r.size + 1)
    q = n * (n + 2) * float(np.sum(r**2 / counts))
    return Autocorrelation(phi, lower, upper, r, float(chdtrc(r.size, q)), n)


def marginal_sigma(value: FloatArray, stream: IntArray, phi: float) -> MarginalSigma:
    """Estimate sigma from all deviations about the streams' means, given their correlation.

    The squared deviations of n points of an AR(1) add up, on average, to ``sigma^2 (n - g)`` with
    g the variance of the sum over that of one point; the degrees of freedom match the variance of
    that sum of squares (Satterthwaite).

    Parameters
    ----------
    phi
        First-order coefficient, in (-1, 1).
    """
    deviation, of, _ = _deviations(value, stream)
    if deviation.size < 2:
        raise NotEnoughData(f"a sigma needs 2 points of one stream, got {deviation.size}")
    sizes = np.bincount(of)
    kept = sum(size - _grown(int(size), phi) for size in sizes[sizes > 0])
    spread = sum(2.0 * _pairs(int(size), phi) for size in sizes[sizes > 0])
    return MarginalSigma(sqrt(float(deviation @ deviation) / kept), 2.0 * kept**2 / spread)


def effective_size(n: int, phi: float) -> float:
    """Independent points whose mean varies as much as that of `n` points of an AR(1).

    Examples
    --------
    >>> round(effective_size(100, 0.5), 1)
    33.8
    """
    return n / _grown(n, phi)


def shrunken_shift(phi: float) -> float:
    """Return what is left of a lasting shift in the residuals of an AR(1), after the first one.

    Examples
    --------
    >>> shrunken_shift(0.6)
    0.4
    """
    return 1.0 - phi


def residuals(value: FloatArray, stream: IntArray, *, phi: float, mean: float) -> FloatArray:
    """One-step forecast errors of an AR(1); the first point of a stream keeps its deviation.

    Parameters
    ----------
    value, stream : shape (n,)
        Points in time order, and the code of their stream.
    mean
        In-control mean, in the unit of the data.

    Returns
    -------
    shape (n,)
    """
    order = stable_order(stream)
    deviation, of = value[order] - mean, stream[order]
    found = deviation.copy()
    follows = of[1:] == of[:-1]
    found[1:][follows] -= phi * deviation[:-1][follows]
    # a first point varies by the marginal sigma: scaled, so that one limit fits all
    first = np.ones(found.size, dtype=np.bool_)
    first[1:] = ~follows
    found[first] *= sqrt(1.0 - phi * phi)
    back = np.empty_like(found)
    back[order] = found
    return back


def _deviations(value: FloatArray, stream: IntArray) -> tuple[FloatArray, IntArray, int]:
    """Deviations from the mean of each stream of 3 or more points, stream by stream."""
    order = stable_order(stream)
    _, of = np.unique(stream[order], return_inverse=True)
    there = np.isfinite(value[order])
    size = np.bincount(of, there) if of.size else np.zeros(0)
    used = size[of] >= 3 if of.size else np.zeros(0, dtype=np.bool_)
    kept, group = value[order][used], of[used]
    if kept.size == 0:
        return kept, group, 0
    shifted = kept - np.nanmean(kept)
    mean = np.bincount(group, np.nan_to_num(shifted), size.size) / np.maximum(size, 1)
    return shifted - mean[group], group, int(np.count_nonzero(size >= 3))


def _lagged(deviation: FloatArray, of: IntArray, lag: int) -> float:
    same = of[lag:] == of[:-lag]
    return float(np.sum(deviation[lag:][same] * deviation[:-lag][same]))


def _unbiased(r: float, n: int, means: int) -> float:
    """Correct r1 for the means that were estimated: E[r1] = phi - (1 + 3 phi) means / n."""
    share = means / n
    return float(np.clip((r + share) / max(1.0 - 3.0 * share, 0.25), -0.99, 0.99))


def _grown(n: int, phi: float) -> float:
    """Variance of the sum of n points of an AR(1), over n times that of one."""
    if abs(phi) < 1e-12:
        return 1.0
    return (1 + phi) / (1 - phi) - 2 * phi * (1 - phi**n) / (n * (1 - phi) ** 2)


def _pairs(n: int, phi: float) -> float:
    """Sum of the squared correlations of all pairs of deviations, near enough: of the points."""
    if abs(phi) < 1e-12:
        return n - 1.0
    square = phi * phi
    return n * _grown(n, square) - _grown(n, phi) ** 2
