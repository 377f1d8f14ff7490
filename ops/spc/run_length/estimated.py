"""Run length of a chart whose limits were estimated from few values.

Given the estimates, the chart is the same one on values with another mean and standard deviation:
its conditional run length. Estimates of mean and sigma are independent (a mean is independent of
differences), so that what is unconditional is a double quadrature over both.

References
----------
Quesenberry (1993), J. Quality Technology 25(4), 237-247 (individuals);
Jones, Champ and Rigdon (2001), Technometrics 43(2), 156-167 (EWMA), and (2004), J. Quality
Technology 36(1), 95-108 (CUSUM); Patnaik (1950), Biometrika 37, 78-87 (chi approximation);
Saleh et al. (2015), J. Quality Technology 47(3), 247-259 (conditional distribution).
"""

from dataclasses import dataclass
from functools import lru_cache
from math import inf, pi, sqrt

import numpy as np
from scipy.special import gammaincinv, gammaln

from ops.spc.run_length.chain import Scheme, arl, legendre
from ops.spc.run_length.lagrange import cardinals
from ops.spc.run_length.quantile import RunLength, run_length
from ops.values import FloatArray

MOVING_RANGE_POWER = 0.77  # gives the skewness of the average moving range, 1.7 times its spread
MEANS, SIGMAS = 9, 16  # nodes
REACH = 4.5  # standard errors of the mean
RARE = 1e-7  # share of sigmas left out at either end
FINE = 400  # points of the conditional distribution, each way
HEAVY = 1e-3  # share of the mean that the last sigmas may hold


@dataclass(frozen=True, slots=True)
class Baseline:
    """What limits were estimated from.

    Parameters
    ----------
    points
        Plotted points, at least 3.
    size
        Values in each. One: sigma from the average moving range; more: pooled standard deviation.
    """

    points: int
    size: int = 1

    def __post_init__(self) -> None:
        if self.points < 3 or self.size < 1:
            raise ValueError(f"a baseline has 3 points or more, got {self.points} of {self.size}")

    @property
    def power(self) -> float:
        """Sigma is this power of a chi-square over its degrees of freedom."""
        return 0.5 if self.size > 1 else MOVING_RANGE_POWER

    @property
    def df(self) -> float:
        """Degrees of freedom of the chi-square; of moving ranges those that fit its variance."""
        if self.size > 1:
            return float(self.points * (self.size - 1))
        return _df_of(moving_range_variance(self.points))

    @property
    def log_ends(self) -> tuple[float, float]:
        """Logarithms of the rare chi-squares at either end, over their degrees of freedom."""
        low, high = gammaincinv(0.5 * self.df, [RARE, 1.0 - RARE]) * 2.0 / self.df
        return float(np.log(low)), float(np.log(high))

    def sigmas(self) -> tuple[FloatArray, FloatArray]:
        """Estimated over true sigma, at quadrature nodes, and their weights."""
        low, high = self.log_ends
        nodes, weights = legendre(SIGMAS)
        x = 0.5 * (low + high) + 0.5 * (high - low) * nodes
        share = np.exp(0.5 * self.df * (x - np.exp(x) + 1.0)) * weights
        scale = 1.0 if self.size > 1 else _moment(self.df, self.power)
        return np.exp(self.power * x) / scale, share / share.sum()

    def means(self) -> tuple[FloatArray, FloatArray]:
        """Estimated less true mean, in sigmas of a plotted point, and weights."""
        nodes, weights = legendre(MEANS)
        share = weights * np.exp(-0.5 * (REACH * nodes) ** 2)
        return REACH * nodes / sqrt(self.points), share / share.sum()


def moving_range_variance(points: int) -> float:
    """Variance of sigma from the average moving range of two, in sigma squared; exact.

    References
    ----------
    Cryer and Ryan (1990), J. Quality Technology 22(3), 187-192.

    Examples
    --------
    >>> round(moving_range_variance(25), 4)
    0.034
    """
    steps = points - 1
    own = pi / 2.0 - 1.0
    shared = sqrt(0.75) + pi / 12.0 - 1.0  # two ranges with a value in common
    return (steps * own + 2.0 * (steps - 1) * shared) / steps**2


@dataclass(frozen=True, slots=True, eq=False)
class EstimatedRunLength:
    """Run length of a chart with estimated limits.

    Parameters
    ----------
    mean
        Over baselines and series; inf where rare baselines with wide limits decide it.
    runs, weights
        Conditional distributions and their weights.
    levels, arls : shape (n,)
        Share of baselines, ascending, whose conditional mean run length is at most so much.
    """

    mean: float
    runs: tuple[RunLength, ...]
    weights: FloatArray
    levels: FloatArray
    arls: FloatArray

    def survival(self, t: int) -> float:
        """P(N > t) over baselines and series."""
        return float(self.weights @ np.array([run.survival(t) for run in self.runs]))

    def quantile(self, p: float) -> float:
        """Smallest t with P(N <= t) >= p."""
        low, high = 0, 1
        while self.survival(high) > 1.0 - p:
            low, high = high, 2 * high
            if high > 2**40:
                return inf
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.survival(middle) > 1.0 - p else (low, middle)
        return float(high)

    def conditional(self, p: float) -> float:
        """Mean run length that a share `p` of baselines stays below."""
        return float(np.exp(np.interp(p, self.levels, np.log(self.arls))))


def estimated_run_length(
    scheme: Scheme, baseline: Baseline, shift: float = 0.0
) -> EstimatedRunLength:
    """Run length over all baselines that might have been drawn.

    Parameters
    ----------
    shift
        Of the mean, in true sigmas of a plotted point.
    """
    (d, wd), (r, wr) = baseline.means(), baseline.sigmas()
    cells = [(float((shift - a) / b), float(1.0 / b)) for a in d for b in r]
    runs = tuple(run_length(scheme, mean, sd=sd, tolerance=1e-6) for mean, sd in cells)
    lengths = np.array([min(1e12, arl(scheme, mean, sd=sd)) for mean, sd in cells])
    weights = np.outer(wd, wr)
    by_sigma = (weights * lengths.reshape(weights.shape)).sum(axis=0)
    mean = float(by_sigma.sum())
    levels, arls = _conditional(baseline, np.log(lengths).reshape(weights.shape))
    heavy = by_sigma[-2:].sum() > HEAVY * mean
    return EstimatedRunLength(inf if heavy else mean, runs, weights.ravel(), levels, arls)


def _conditional(baseline: Baseline, log_arl: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distribution of the conditional mean, from the polynomial through its logarithms."""
    at = (np.arange(FINE) + 0.5) / FINE
    low, high = baseline.log_ends
    log = np.log(2.0 / baseline.df * gammaincinv(0.5 * baseline.df, at))
    sigma = cardinals(SIGMAS, (2.0 * log - low - high) / (high - low))
    u = 2.0 * at - 1.0
    mean = cardinals(MEANS, u)
    share = np.exp(-0.5 * (REACH * u) ** 2)
    arls = (mean @ log_arl @ sigma.T).ravel()
    weights = np.repeat(share / (share.sum() * FINE), FINE)
    order = np.argsort(arls)
    return np.cumsum(weights[order]) - 0.5 * weights[order], np.exp(arls[order])


def _moment(df: float, power: float) -> float:
    """Mean of a power of a chi-square over its degrees of freedom."""
    ratio = np.exp(gammaln(0.5 * df + power) - gammaln(0.5 * df))
    return float((2.0 / df) ** power * ratio)


@lru_cache(maxsize=256)
def _df_of(variance: float) -> float:
    def excess(df: float) -> float:
        first = _moment(df, MOVING_RANGE_POWER)
        return _moment(df, 2.0 * MOVING_RANGE_POWER) / first**2 - 1.0 - variance

    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(excess, 0.5, 1e7))
