"""Trends under noise that remembers: generalized least squares, the memory integrated out.

    y = intercept + slope t + u + e,  corr(u(s), u(t)) = exp(-|s - t| / correlation time)

with white noise e: on regular times an AR(1) where e is absent, else an ARMA(1,1). For given memory
the slope has Student's t with n - 2 degrees of freedom. Putting in the best memory would be too
sure of itself: at n = 60, phi = .6 it finds twice to thrice the trends that it may. Here slopes and
intervals are averaged over a grid of memories, each weighted by its restricted likelihood; half as
many white-noise worlds as others are expected beforehand, and any phi and any share of e alike.

References
----------
Harville (1974), Biometrika 61(2), 383-385 (restricted likelihood as an integral);
Cochrane and Orcutt (1949), J. American Statistical Association 44, 32-61;
Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114 (degrees of freedom by two moments).
"""

from dataclasses import dataclass
from math import asin, log, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.errors import NotEnoughData
from ops.values import FloatArray

LEAST = 8
SHARES = (1.0, 0.75, 0.5, 0.25)  # of the variance that remembers
PHIS = np.sin(np.linspace(0.0, asin(0.995), 24))[1:]  # between points a median spacing apart
WHITE = 1 / 3  # weight of noise without memory beforehand
STEPS = 60  # of the search of a quantile
EXACT = 1e-13  # residuals below this share of the values are rounding


@dataclass(frozen=True, slots=True)
class ArTrends:
    """Trends of many series at the same times.

    Parameters
    ----------
    slope, intercept : shape (m,)
        Unit of the values per day; value at t = 0.
    weight, slopes, errors : shape (k, m)
        For each kind of noise: its weight given the series, and the slope and its standard error
        if it were the true one.
    phi, share, correlation_days, sigma : shape (m,)
        Mean memory between points a median spacing apart, part of the variance that remembers,
        the median correlation time (0 for none), and the standard deviation of one value.
    effective : shape (m,)
        Independent values that would tell as much of the slope.
    n
        Values of each series.
    """

    slope: FloatArray
    intercept: FloatArray
    weight: FloatArray
    slopes: FloatArray
    errors: FloatArray
    phi: FloatArray
    share: FloatArray
    correlation_days: FloatArray
    sigma: FloatArray
    effective: FloatArray
    n: int

    def exceeds(self, margin: float | FloatArray = 0.0) -> FloatArray:
        """P-values, shape (m,), of the null |slope| <= `margin`; a point null where it is 0.

        The largest over the null, at its nearer end: both tails beyond the slope that was found.
        """
        ends = np.asarray(margin, dtype=np.float64)
        below = self.chance_below(ends) + self.chance_below(-ends)
        above = self.chance_above(ends) + self.chance_above(-ends)
        p: FloatArray = np.minimum(np.minimum(below, above), 1.0)
        return p

    def chance_below(self, slope: float | FloatArray) -> FloatArray:
        """Confidence, shape (m,), that the slope is below some value."""
        return self._chance(slope, 1.0)

    def chance_above(self, slope: float | FloatArray) -> FloatArray:
        """Confidence, shape (m,), that the slope is above some value."""
        return self._chance(slope, -1.0)

    def _chance(self, slope: float | FloatArray, side: float) -> FloatArray:
        distance = side * (np.asarray(slope, dtype=np.float64) - self.slopes)
        sure = np.select([distance > 0, distance < 0], [np.inf, -np.inf], 0.0)
        t = np.divide(distance, self.errors, out=sure, where=self.errors > 0)
        chance: FloatArray = np.sum(self.weight * stdtr(self.n - 2, t), axis=0)
        return chance

    def bound(self, chance: float, *, steps: int = STEPS) -> FloatArray:
        """Slope, shape (m,), that the true one is below with this confidence; a bit each step."""
        reach = self.errors * abs(float(stdtrit(self.n - 2, chance)))
        low, high = np.min(self.slopes - reach, axis=0), np.max(self.slopes + reach, axis=0)
        for _ in range(steps):
            middle = (low + high) / 2.0
            below = self.chance_below(middle) < chance
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found: FloatArray = (low + high) / 2.0
        return found

    def df(self) -> FloatArray:
        """Degrees of freedom, shape (m,), of the t that spreads most like the average."""
        nu = self.n - 2
        inverse = 1.0 / np.maximum(self.errors, 1e-150) ** 2
        inverse = inverse / inverse.max(axis=0)
        first = np.sum(self.weight * inverse, axis=0)
        second = np.sum(self.weight * inverse**2, axis=0) * (1.0 + 2.0 / nu)
        df: FloatArray = 2.0 * first**2 / (second - first**2)
        return df


def ar_trends(t: FloatArray, y: FloatArray) -> ArTrends:
    """Fit a line to each of many series at the same times.

    Parameters
    ----------
    t : shape (n,)
        Times in days, any order, gaps and ties allowed.
    y : shape (n, m)
        Series in columns, finite.

    Raises
    ------
    NotEnoughData
        With fewer than 8 times, or fewer than 3 different ones.
    """
    from ops.drift.ar_trend_kernel import fit_lines  # noqa: PLC0415  (numba loads slowly)

    order = np.argsort(t, kind="stable")
    t, y = np.asarray(t, dtype=np.float64)[order], np.asarray(y, dtype=np.float64)[order]
    gap = np.diff(t, prepend=t[:1])
    if t.size < LEAST or np.count_nonzero(gap) < 2:
        raise NotEnoughData(
            f"a trend under serial correlation needs {LEAST} values at 3 times,"
            f" got {t.size} at {np.count_nonzero(gap) + min(t.size, 1)}"
        )
    center, spacing = float(t.mean()), float(np.median(gap[gap > 0]))
    x = (t - center) / spacing
    nodes, prior = _noises()
    mean, first = y.mean(axis=0), x @ (y - y.mean(axis=0)) / (x @ x)
    rest = y - mean - x[:, None] * first
    scale = np.sqrt(np.mean(rest**2, axis=0))
    exact = scale <= EXACT * np.abs(y).max(axis=0)
    rest, scale = np.where(exact, 0.0, rest), np.where(exact, 0.0, scale)
    nodes, prior = _noises()
    unit = rest / np.where(exact, 1.0, scale)
    at, slopes, squares, factor, log_dets = fit_lines(gap / spacing, x, unit, nodes)
    squares = np.maximum(squares, np.where(exact, 1.0, 1e-300))
    fit = -0.5 * ((t.size - 2) * np.log(squares) + log_dets[:, None]) + np.log(prior)[:, None]
    fit[1:, exact] = -np.inf  # nothing left to remember
    weight = np.exp(fit - fit.max(axis=0))
    weight /= weight.sum(axis=0)
    variance = squares / (t.size - 2) * scale**2
    slope = (first + scale * np.sum(weight * slopes, axis=0)) / spacing
    spread = np.sum(weight * variance * factor[:, None], axis=0)
    sigma = np.sqrt(np.sum(weight * variance, axis=0))
    white = sigma**2 / float(x @ x)
    effective = t.size * np.divide(white, spread, out=np.ones_like(white), where=spread > 0)
    phi, share, memory = _memory(nodes, weight)
    return ArTrends(
        slope=slope,
        intercept=mean + scale * np.sum(weight * at, axis=0) - slope * center,
        weight=weight,
        slopes=(first + scale * slopes) / spacing,
        errors=np.sqrt(variance * factor[:, None]) / spacing,
        phi=phi,
        share=share,
        correlation_days=memory * spacing,
        sigma=sigma,
        effective=effective,
        n=t.size,
    )


def _noises() -> tuple[FloatArray, FloatArray]:
    """Rates and shares of the kinds of noise, and their weights beforehand; white noise first."""
    pairs = [(-log(phi), share) for phi in PHIS for share in SHARES]
    weight = np.array([sqrt(1.0 - phi * phi) for phi in PHIS for _ in SHARES])
    prior = np.concatenate([[WHITE], (1.0 - WHITE) * weight / weight.sum()])
    return np.array([(1.0, 0.0), *pairs]), prior


def _memory(nodes: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean memory of one step, mean share that remembers, median correlation time in steps."""
    rate, share = nodes[:, 0], nodes[:, 1]
    phi = np.where(share > 0, np.exp(-rate), 0.0)
    time = np.where(share > 0, 1.0 / rate, 0.0)
    order = np.argsort(time)
    half = np.argmax(np.cumsum(weight[order], axis=0) >= 0.5, axis=0)
    return phi @ weight, share @ weight, time[order][half]
