"""Mann-Kendall test of a trend by ranks, with ties, serial correlation and seasons.

`original` takes the values for independent. `hamed-rao` and `yue-wang` widen the variance of S by
the autocorrelation of the values without their trend; `pre-whitening` takes a first-order
autoregression out first, and a part of the trend with it; `trend-free-pre-whitening` keeps that.
None of them holds its level exactly under strong correlation: `ar_trend` does.

References
----------
Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank Correlation Methods, 4th ed., ch. 4;
Hamed and Rao (1998), J. Hydrology 204, 182-196;
Yue and Wang (2004), Water Resources Management 18, 201-218;
von Storch (1995) in Analysis of Climate Variability, Springer, 11-26 (pre-whitening);
Yue, Pilon, Phinney and Cavadias (2002), Hydrological Processes 16, 1807-1829 (trend-free).
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from ops.drift.evidence import Evidence
from ops.drift.theil_sen import LEAST, checked_points, score_variance, theil_sen, tie_sizes
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

Variant = Literal["original", "hamed-rao", "yue-wang", "pre-whitening", "trend-free-pre-whitening"]
CLEAR = 0.05  # level at which Hamed and Rao let an autocorrelation count


@dataclass(frozen=True, slots=True)
class MannKendall:
    """Score of a trend and its test.

    Parameters
    ----------
    s, variance
        Pairs that rise less pairs that fall, and its variance if there is no trend.
    z, p_value
        Score over its standard deviation, one step nearer to 0 for continuity; two-sided.
    tau
        Kendall's tau-b between value and order.
    n, effective
        Values that were ranked, and how many independent ones they are worth.
    """

    s: int
    variance: float
    z: float
    p_value: float
    tau: float
    n: int
    effective: float
    variant: str = "original"

    def evidence(self, *, level: float = 0.05) -> Evidence:
        """State the rank correlation as evidence of a trend."""
        return Evidence(
            "trend",
            f"mann-kendall {self.variant}",
            self.tau,
            "share",
            self.n,
            p_value=self.p_value,
            effective=self.effective,
            present=self.p_value <= level,
        )


def mann_kendall(
    y: FloatArray,
    *,
    variant: Variant = "original",
    lags: int | None = None,
    slope: float | None = None,
) -> MannKendall:
    """Test whether values rise or fall with their order.

    Constant values give S = 0 and p = 1.

    Parameters
    ----------
    y : shape (n,)
        Values in time order; their spacing does not count.
    variant
        What is done about serial correlation.
    lags
        Autocorrelations that `hamed-rao` and `yue-wang` look at; all n - 1 unless told. Sample
        autocorrelations of all lags nearly cancel in `yue-wang`: a few lags are the wiser choice.
    slope
        Theil-Sen slope from one value to the next, for `hamed-rao` and `yue-wang`, where it is
        known already; found anew unless told.

    Raises
    ------
    BadData
        If a value is not finite.
    NotEnoughData
        With fewer than 3 values, or 4 for the two that whiten.

    Examples
    --------
    >>> mann_kendall(np.array([1.0, 2.0, 2.0, 4.0, 3.0])).s
    7
    """
    _, y = checked_points(np.arange(np.size(y), dtype=np.float64), y)
    if variant.endswith("whitening"):
        y = _whitened(y, keeps_trend=variant.startswith("trend"))
    s, variance, ties = _score(y)
    factor = 1.0
    if variant in ("hamed-rao", "yue-wang") and variance > 0:
        rest = _detrended(y)[0] if slope is None else y - slope * np.arange(1.0, y.size + 1.0)
        factor = _growth(rest, variant == "hamed-rao", y.size - 1 if lags is None else lags)
    pairs = y.size * (y.size - 1) / 2
    tau = s / sqrt(pairs * (pairs - ties)) if pairs > ties else 0.0
    return _tested(s, variance * factor, tau, y.size, y.size / factor, variant)


def seasonal_mann_kendall(
    y: FloatArray, season: IntArray, *, correlated: bool = False
) -> MannKendall:
    """Test for a trend within seasons: shifts, weekdays, months, products.

    Values are compared with those of their own season only, and the scores add up.

    Parameters
    ----------
    y : shape (n,)
        Values in time order.
    season : shape (n,)
        Code of each value's season.
    correlated
        Whether the seasons of one cycle depend on each other: covariances of their scores are
        estimated too. Each season then has one value in each cycle.

    Raises
    ------
    BadData
        If a value is not finite, or `correlated` and the seasons differ in their number of values.
    NotEnoughData
        With fewer than 3 values, or where no season has two.

    References
    ----------
    Hirsch, Slack and Smith (1982), Water Resources Research 18(1), 107-121;
    Hirsch and Slack (1984), Water Resources Research 20(6), 727-732 (correlated seasons).
    """
    _, y = checked_points(np.arange(np.size(y), dtype=np.float64), y)
    groups = [y[season == code] for code in np.unique(season)]
    scores = [_score(group) for group in groups]
    if sum(variance for _, variance, _ in scores) == 0 and all(g.size < 2 for g in groups):
        raise NotEnoughData("a seasonal trend needs a season with two values, each has one")
    s = sum(score for score, _, _ in scores)
    independent = sum(variance for _, variance, _ in scores)
    variance = _correlated_variance(groups) if correlated else independent
    pairs = np.array([g.size * (g.size - 1) / 2 for g in groups])
    ties = np.array([tied for _, _, tied in scores])
    most = float(np.sum(np.sqrt(pairs * (pairs - ties))))
    worth = y.size * independent / variance if variance > 0 else float(y.size)
    return _tested(s, variance, s / most if most else 0.0, y.size, worth, "seasonal")


def _tested(
    s: int, variance: float, tau: float, n: int, effective: float, variant: str
) -> MannKendall:
    """Standardize a score, one step nearer to 0 for continuity."""
    z = float(np.sign(s)) * (abs(s) - 1) / sqrt(variance) if s and variance > 0 else 0.0
    p = 2.0 * float(ndtr(-abs(z)))
    return MannKendall(s, variance, z, min(p, 1.0), tau, n, effective, variant)


def _score(y: FloatArray) -> tuple[int, float, float]:
    """Score of a series, its variance without a trend, and its pairs of equal values."""
    from ops.drift.inversion_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        count_inversions,
        stable_places,
    )

    n = y.size
    order = np.argsort(y)
    ordered = y[order]
    sizes = tie_sizes(ordered)
    if sizes.size:
        code = np.cumsum(np.r_[False, ordered[1:] != ordered[:-1]])
        places = stable_places(order, code)
    else:
        places = order.astype(np.int32)
    tied = int(np.sum(sizes * (sizes - 1) // 2))
    s = n * (n - 1) // 2 - tied - 2 * int(count_inversions(places))
    return s, score_variance(np.array([n])) - score_variance(sizes), float(tied)


def _correlations(y: FloatArray, lags: int) -> FloatArray:
    """Sample autocorrelations of lags 1, 2 ...; 0 for constant values."""
    centered = y - y.mean()
    size = 1 << (2 * y.size - 1).bit_length()
    spectrum = np.fft.rfft(centered, size)
    products = np.fft.irfft((spectrum * spectrum.conj()).real, size)[: lags + 1]
    return products[1:] / products[0] if products[0] > 0 else np.zeros(lags)


def _detrended(y: FloatArray) -> tuple[FloatArray, float]:
    """Values less their Theil-Sen line through the time 0, and its slope per step."""
    step = np.arange(1.0, y.size + 1.0)
    slope = theil_sen(step, y).slope
    return y - slope * step, slope


def _growth(rest: FloatArray, by_rank: bool, lags: int) -> float:
    """Growth of the variance of S by the serial correlation of what the trend leaves.

    No less than one value's share. Hamed and Rao, equation 12, with the ranks of the detrended
    values and the correlations that are clear; Yue and Wang, equation 10, with all.
    """
    n = rest.size
    k = np.arange(1, min(lags, n - 1) + 1)
    if by_rank:
        r = _correlations(_ranks(rest), k.size)
        r[np.abs(r) <= -float(ndtri(CLEAR / 2)) / sqrt(n)] = 0.0
        weight = (n - k) * (n - k - 1.0) * (n - k - 2.0) / (n * (n - 1.0) * (n - 2.0))
    else:
        r, weight = _correlations(rest, k.size), 1.0 - k / n
    return max(1.0 + 2.0 * float(weight @ r), 1.0 / n)


def _ranks(y: FloatArray) -> FloatArray:
    """Ranks from 1, the mean rank where values are equal."""
    _, of, sizes = np.unique(y, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    return (last - (sizes - 1) / 2.0)[of]


def _whitened(y: FloatArray, *, keeps_trend: bool) -> FloatArray:
    """Values less their first autocorrelation times the one before."""
    if y.size < LEAST + 1:
        raise NotEnoughData(f"whitening needs {LEAST + 1} values, got {y.size}")
    rest, slope = _detrended(y) if keeps_trend else (y, 0.0)
    phi = float(_correlations(rest, 1)[0])
    return rest[1:] - phi * rest[:-1] + slope * np.arange(1.0, y.size)


def _correlated_variance(groups: list[FloatArray]) -> float:
    """Variance of the summed scores of seasons that depend on each other (equation 11)."""
    m = groups[0].size
    if any(group.size != m for group in groups):
        sizes = sorted({group.size for group in groups})
        raise BadData(f"correlated seasons need equally many values each, got {sizes}")
    above, below = np.triu_indices(m, 1)
    signs = np.array([np.sign(g[below] - g[above]) for g in groups])
    ranks = np.array([_ranks(g) for g in groups])
    covariance = (signs @ signs.T + 4.0 * ranks @ ranks.T - m * (m + 1.0) ** 2) / 3.0
    return float(covariance.sum())
