"""Straight lines through a probability plot: regression of time on rank, or of rank on time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, inf, log, sqrt
from typing import Literal

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.likelihood import loglik
from ops.lifetime.location_scale import (
    Family,
    from_line,
    is_log,
    named_parameters,
    standard_log_pdf,
    standard_quantile,
    standard_sf,
    to_line,
)
from ops.lifetime.nonparametric.plotting import (
    PlottingPositions,
    Ranks,
    Ties,
    plotting_positions,
)
from ops.values import FloatArray

On = Literal["x", "y"]
_GRID = 241  # thresholds that are tried before the best is refined
_NEAREST, _FARTHEST = 1e-6, 1e4  # of a threshold to the first failure, in ranges of the failures


@dataclass(frozen=True, slots=True)
class RankRegression:
    """A life distribution read off a straight line; it is no maximum of the likelihood.

    Parameters
    ----------
    mu, sigma
        The time beyond the threshold, or its logarithm, is mu + sigma W.
    threshold
        Time before which nothing fails; 0 unless it was asked for.
    correlation
        Of the plotted points.
    on, ranks
        Which variable was regressed (``x``: horizontal distances are least), and the positions.
    points
        Plotted failures.
    loglik
        Log-likelihood at the line.
    """

    family: Family
    mu: float
    sigma: float
    threshold: float
    correlation: float
    on: On
    ranks: Ranks
    points: PlottingPositions
    loglik: float = -inf

    @property
    def parameters(self) -> Mapping[str, float]:
        """Parameters by the field's names; ``gamma`` is the threshold, if there is one."""
        named = dict(named_parameters(self.family, self.mu, self.sigma))
        return named | ({"gamma": self.threshold} if self.threshold else {})

    def survival(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`, shape as `t`."""
        return standard_sf(self.family, self._z(t))

    def density(self, t: FloatArray) -> FloatArray:
        """Density of the life at `t`, 1/unit of time, shape as `t`."""
        past = np.asarray(t, dtype=np.float64) - self.threshold
        height = np.exp(standard_log_pdf(self.family, self._z(t))) / self.sigma
        if not is_log(self.family):
            return height
        return np.where(past > 0.0, height / np.where(past > 0.0, past, 1.0), 0.0)

    def quantile(self, p: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed, shape as `p`."""
        line = self.mu + self.sigma * standard_quantile(self.family, p)
        return self.threshold + from_line(self.family, line)

    def _z(self, t: FloatArray) -> FloatArray:
        past = np.asarray(t, dtype=np.float64) - self.threshold
        return np.asarray((to_line(self.family, past) - self.mu) / self.sigma)


def rank_regression(
    data: LifeData,
    family: Family = "weibull",
    *,
    on: On = "x",
    ranks: Ranks = "median",
    ties: Ties = "each",
    threshold: float | Literal["estimate"] = 0.0,
) -> RankRegression:
    """Fit a straight line to the plotting positions; every point counts once.

    Parameters
    ----------
    data
        Exact failures and right-censored units, not truncated.
    on
        ``x``: time on rank (RRX); ``y``: rank on time (RRY). They agree where the points lie on a
        line.
    ranks, ties
        As in `plotting_positions`.
    threshold
        Time before which nothing fails; ``estimate`` takes the one of the largest correlation
        (the three-parameter line), which exists only where the points bend the right way.

    Raises
    ------
    NotEnoughData
        If fewer than 2 distinct times of failure are there (3 with an estimated threshold), or no
        threshold has the largest correlation.

    References
    ----------
    Abernethy (2006), The New Weibull Handbook, chapters 2 and 5; NIST/SEMATECH e-Handbook 8.2.2.1.
    """
    points = plotting_positions(data, ranks=ranks, ties=ties)
    distinct = np.unique(points.time).size
    needed = 3 if threshold == "estimate" else 2
    if distinct < needed:
        raise NotEnoughData(
            f"a line through ranks needs {needed} different times of failure, got {distinct}"
        )
    gamma = _threshold(family, points) if threshold == "estimate" else threshold
    x, y = _coordinates(family, points, gamma)
    sxx, syy, sxy = _moments(x, y)
    sigma = sxy / syy if on == "x" else sxx / sxy
    line = RankRegression(
        family=family,
        mu=float(x.mean() - sigma * y.mean()),
        sigma=sigma,
        threshold=gamma,
        correlation=sxy / sqrt(sxx * syy),
        on=on,
        ranks=ranks,
        points=points,
    )
    return replace(line, loglik=loglik(data, line))


def _coordinates(
    family: Family, points: PlottingPositions, gamma: float
) -> tuple[FloatArray, FloatArray]:
    return to_line(family, points.time - gamma), standard_quantile(family, points.probability)


def _moments(x: FloatArray, y: FloatArray) -> tuple[float, float, float]:
    dx, dy = x - x.mean(), y - y.mean()
    return float(dx @ dx), float(dy @ dy), float(dx @ dy)


def _threshold(family: Family, points: PlottingPositions) -> float:
    """Threshold before the first failure at which the points lie nearest to a line."""
    from scipy.optimize import minimize_scalar  # noqa: PLC0415  (a tenth of a second to load)

    first, last = float(points.time.min()), float(points.time.max())

    def bend(before: float) -> float:
        sxx, syy, sxy = _moments(*_coordinates(family, points, first - exp(before)))
        return -sxy / sqrt(sxx * syy)

    span = last - first
    tried = np.linspace(log(_NEAREST * span), log(_FARTHEST * span), _GRID)
    best = int(np.argmin([bend(before) for before in tried]))
    if best in (0, _GRID - 1):
        raise NotEnoughData(
            "no threshold straightens the points: they bend the other way; use two parameters"
        )
    found = minimize_scalar(
        bend, bounds=(tried[best - 1], tried[best + 1]), method="bounded", options={"xatol": 1e-10}
    )
    return first - exp(float(found.x))
