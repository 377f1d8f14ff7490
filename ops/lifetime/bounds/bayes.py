"""Bayesian Weibull life with a prior on the shape: quadrature on a grid, no chains.

What is known beforehand is the shape: of the mechanism, from earlier tests. The scale is left
open. Works with few failures and with none, where no maximum of the likelihood exists.

References
----------
Hamada, Wilson, Reese and Martz (2008), Bayesian Reliability, Springer, ch. 4;
Meeker, Escobar and Pascual (2022), Statistical Methods for Reliability Data, 2nd ed., ch. 10
(priors on the shape and flat ones on the log of a quantile).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, log1p

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.bounds.posterior_grid import (
    COARSE,
    NARROWINGS,
    Scale,
    around_top,
    log_sums,
    longest,
    narrowed,
    nodes,
)
from ops.lifetime.bounds.shape_prior import ShapePrior
from ops.lifetime.data import LifeData
from ops.values import FloatArray

SHAPES, HAZARDS = 80, 400  # nodes over the log of the shape, and over the log of the hazard


@dataclass(frozen=True, slots=True)
class Credible:
    """Posterior median, one-sided lower bound and two-sided interval."""

    median: float
    lower_one_sided: float
    lower: float
    upper: float
    confidence: float


@dataclass(frozen=True)
class WeibullPosterior:
    """Posterior of a Weibull life on a grid of shape and hazard.

    Parameters
    ----------
    shape : shape (k,)
        Nodes of the shape (beta), rising.
    weight, shape_density : shape (k,)
        Posterior probability of each, summing to 1, and density of its log, up to a constant.
    start, step : shape (k,)
        For each shape, first node of the log of ``(longest / eta) ** beta`` and their distance.
    density, share : shape (k, m)
        Posterior density of that log at its nodes, and the probability below, given the shape.
    longest
        Longest time in the data, in their unit.
    prior
        Of the shape.
    scale_prior
        ``log-scale``: flat in log eta; ``hazard``: flat in the cumulative hazard at the longest
        time, which for a given shape leads to the Weibayes bound.
    """

    shape: FloatArray
    weight: FloatArray
    shape_density: FloatArray
    start: FloatArray
    step: FloatArray
    density: FloatArray
    share: FloatArray
    longest: float
    prior: ShapePrior
    scale_prior: Scale

    def life(self, p: float, *, confidence: float = 0.95) -> Credible:
        """Time by which the share `p` has failed."""
        need = log(-log1p(-p))

        def earlier(log_time: float) -> float:  # the hazard at that time is above what p needs
            return 1.0 - self._below(need - self.shape * (log_time - log(self.longest)))

        return _credible(earlier, self._log_times(need), confidence, exp)

    def reliability(self, t: float, *, confidence: float = 0.95) -> Credible:
        """Share that lasts beyond `t`."""
        power = self.shape * log(t / self.longest)

        def lower(minus_log_hazard: float) -> float:
            return 1.0 - self._below(-minus_log_hazard - power)

        last = self.start + self.step * (self.density.shape[1] - 1) + power
        ends = (-float(last.max()), -float((self.start + power).min()))
        return _credible(lower, ends, confidence, lambda x: exp(-exp(-x)))

    def beta(self, *, confidence: float = 0.95) -> Credible:
        """Shape: what prior and data say of it together."""
        logs = np.log(self.shape)
        fine = np.linspace(logs[0], logs[-1], 4001)
        density = np.exp(np.interp(fine, logs, np.log(self.shape_density)))
        share = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
        found = share / share[-1]

        def below(log_shape: float) -> float:
            return float(np.interp(log_shape, fine, found))

        return _credible(below, (float(logs[0]), float(logs[-1])), confidence, exp)

    def _log_times(self, need: float) -> tuple[float, float]:
        last = self.start + self.step * (self.density.shape[1] - 1)
        low, high = (need - last) / self.shape, (need - self.start) / self.shape
        return log(self.longest) + float(low.min()), log(self.longest) + float(high.max())

    def _below(self, log_hazard: FloatArray) -> float:
        """Probability that the log hazard lies below a value for each shape: cubic between."""
        last = self.density.shape[1] - 1
        at = np.clip((log_hazard - self.start) / self.step, 0.0, float(last))
        j = np.minimum(at.astype(np.int64), last - 1)
        rows, u = np.arange(j.size), at - j
        f0, f1 = self.share[rows, j], self.share[rows, j + 1]
        d0, d1 = self.step * self.density[rows, j], self.step * self.density[rows, j + 1]
        rest = 1.0 - u
        cubic = rest**2 * ((1.0 + 2.0 * u) * f0 + u * d0) + u**2 * (
            (3.0 - 2.0 * u) * f1 - rest * d1
        )
        return float(self.weight @ cubic)


def weibull_posterior(
    data: LifeData, prior: ShapePrior, *, scale_prior: Scale | None = None
) -> WeibullPosterior:
    """Posterior of a Weibull life.

    Parameters
    ----------
    data
        Of one group; every kind of censoring and truncation, with failures or without.
    prior
        Of the shape.
    scale_prior
        As `WeibullPosterior`; if absent, ``log-scale`` with failures and ``hazard`` without, where
        the flat one in log eta has no posterior.

    Raises
    ------
    NotEnoughData
        If there are no rows, or no time on test.
    BadData
        If ``log-scale`` is asked for and nothing has failed.
    """
    if data.lower.size == 0:
        raise NotEnoughData("no units; give times to failure or times without one")
    scale: Scale = scale_prior or ("log-scale" if data.failures > 0 else "hazard")
    if scale == "log-scale" and data.failures == 0:
        detail = "nothing has failed: flat in log eta has no posterior; give scale_prior 'hazard'"
        raise BadData(detail, (Problem("/scale_prior", detail),))
    ends = prior.ends()
    for _ in range(NARROWINGS):
        log_shape, _ = nodes(ends, COARSE)
        x, grid = around_top(data, prior, scale, log_shape, COARSE)
        ends = narrowed(log_shape, log_sums(grid, x), ends)
    log_shape, quadrature = nodes(ends, SHAPES)
    x, grid = around_top(data, prior, scale, log_shape, HAZARDS)
    return _posterior(data, prior, scale, log_shape, x, grid, quadrature)


def _posterior(
    data: LifeData,
    prior: ShapePrior,
    scale: Scale,
    log_shape: FloatArray,
    x: FloatArray,
    grid: FloatArray,
    quadrature: FloatArray,
) -> WeibullPosterior:
    step = x[:, 1] - x[:, 0]
    log_mass = log_sums(grid, x)
    density = np.exp(grid - log_mass[:, None])
    pairs = 0.5 * (density[:, 1:] + density[:, :-1]) * step[:, None]
    slope = np.gradient(density, axis=1)  # a trapezoid's error is that of the slopes at its ends
    share = np.concatenate([np.zeros((x.shape[0], 1)), np.cumsum(pairs, axis=1)], axis=1)
    share -= (slope - slope[:, :1]) * step[:, None] / 12.0
    mass = quadrature * np.exp(log_mass - log_mass.max())
    return WeibullPosterior(
        shape=np.exp(log_shape),
        weight=mass / mass.sum(),
        shape_density=np.exp(np.maximum(log_mass - log_mass.max(), -700.0)),
        start=x[:, 0],
        step=step,
        density=density,
        share=share / share[:, -1:],
        longest=longest(data),
        prior=prior,
        scale_prior=scale,
    )


def _credible(
    below: Callable[[float], float],
    ends: tuple[float, float],
    confidence: float,
    back: Callable[[float], float],
) -> Credible:
    half = (1.0 - confidence) / 2.0
    levels = (0.5, 1.0 - confidence, half, 1.0 - half)
    median, one_sided, low, high = (back(_solved(below, ends, level)) for level in levels)
    return Credible(median, one_sided, low, high, confidence)


def _solved(below: Callable[[float], float], ends: tuple[float, float], level: float) -> float:
    """Where a rising distribution reaches a level, by halving."""
    low, high = ends
    for _ in range(60):
        middle = 0.5 * (low + high)
        if below(middle) < level:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
