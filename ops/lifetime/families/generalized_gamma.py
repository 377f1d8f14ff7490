"""The generalized gamma in Prentice's form, which holds Weibull, lognormal, gamma and exponential.

``log T = mu + sigma W`` with W log-gamma of shape lambda: Weibull at lambda = 1, lognormal at 0,
gamma at lambda = sigma, Frechet at -1. In this form the parameters stay apart and the likelihood
runs smoothly through the lognormal, where the older form tends to infinity.

References
----------
Prentice (1974), Biometrika 61(3), 539-544; Meeker and Escobar (1998), Statistical Methods for
Reliability Data, 4.13 and 5.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families import log_gamma
from ops.lifetime.families.fitted import FittedLife, fitted
from ops.lifetime.families.peak import Peak, climb, derivatives
from ops.lifetime.families.rows import LifeRows, life_rows, log_likelihood
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.location_scale import Family
from ops.values import FloatArray

FARTHEST = 5.0  # |lambda| beyond which the data ask for a limit of the family, not a member
_STARTS: tuple[tuple[Family, float], ...] = (("weibull", 1.0), ("lognormal", 0.0))


class GeneralizedGamma:
    """The generalized gamma over (mu, log sigma, lambda)."""

    family = "generalized_gamma"
    names: tuple[str, ...] = ("mu", "log_sigma", "lambda")

    def log_density(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the density, 1/unit of time."""
        w, sigma, lambda_ = self._standard(t, theta)
        return log_gamma.log_density(w, lambda_) - np.log(sigma) - np.log(t)

    def log_survival(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the share that lasts beyond `t`."""
        w, _, lambda_ = self._standard(t, theta)
        return log_gamma.log_survival(w, lambda_)

    def tails(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shares that have failed by `t` and that last beyond it."""
        w, _, lambda_ = self._standard(t, theta)
        return log_gamma.tails(w, lambda_)

    def quantile(self, p: FloatArray, theta: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed."""
        mu, log_sigma, lambda_ = self._free(theta[None, :])
        life: FloatArray = np.exp(mu + np.exp(log_sigma) * log_gamma.quantile(p, lambda_))
        return life

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Location and scale of log T, and the shape lambda."""
        return {"mu": float(theta[0]), "sigma": exp(theta[1]), "lambda": float(theta[2])}

    def _free(self, theta: FloatArray) -> FloatArray:
        """Location, log scale and shape, shape (3, m)."""
        return theta.T

    def _standard(
        self, t: FloatArray, theta: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        mu, log_sigma, lambda_ = self._free(theta)[:, :, None]
        sigma = np.exp(log_sigma)
        return (np.log(t) - mu) / sigma, sigma, lambda_


class Gamma(GeneralizedGamma):
    """The gamma distribution over (log of the mean life, log sigma), its shape 1/sigma^2."""

    family = "gamma"
    names = ("log_mean", "log_sigma")

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Shape, scale in the unit of time, and their product, the mean life."""
        shape, mean = exp(-2.0 * theta[1]), exp(theta[0])
        return {"shape": shape, "scale": mean / shape, "mean": mean}

    def _free(self, theta: FloatArray) -> FloatArray:
        mu, log_sigma = theta.T
        return np.array([mu, log_sigma, np.exp(log_sigma)])


def fit_gamma(data: LifeData) -> FittedLife:
    """Fit a gamma distribution by maximum likelihood, every kind of censoring.

    Raises
    ------
    NotEnoughData
        If the likelihood has no maximum.
    """
    rows, form = life_rows(data), Gamma()
    weibull = fit(data, "weibull")
    start = np.array([weibull.mu, log(weibull.sigma)])
    scale = np.array([weibull.sigma, 1.0])
    return fitted(form, climb(lambda theta: log_likelihood(form, rows, theta), start, scale), data)


def fit_generalized_gamma(data: LifeData) -> FittedLife:
    """Fit a generalized gamma by maximum likelihood, every kind of censoring.

    It climbs from the Weibull or the lognormal, whichever explains more; from the other one where
    that climb ends at no maximum.

    Raises
    ------
    NotEnoughData
        With fewer than 3 failures, or if the likelihood rises to a limit of the family, |lambda|
        above `FARTHEST`.
    """
    if data.failures < 3:
        raise NotEnoughData(f"three parameters need 3 failures, got {data.failures:g}")
    chart = _chart(data)
    rows = life_rows(data)
    members = [(fit(data, base), lambda_) for base, lambda_ in _STARTS]
    members.sort(key=lambda member: -member[0].loglik)
    best = _from(rows, chart, members[0][1], members[0][0])
    if not _is_inside(best):
        best = _from(rows, chart, members[1][1], members[1][0])
    if not _is_inside(best):
        raise NotEnoughData(
            f"the likelihood of the generalized gamma still rises at lambda = {best.theta[2]:.3g}:"
            " the data ask for a limit of the family, not for a member"
        )
    form = GeneralizedGamma()
    theta = chart.theta(best.theta[None, :])[0]
    scale = np.array([exp(theta[1]), 1.0, 1.0])
    found = derivatives(lambda points: log_likelihood(form, rows, points), theta, scale)
    return fitted(form, Peak(theta, *found, converged=True, steps=best.steps), data)


def _is_inside(peak: Peak) -> bool:
    return bool(peak.is_maximum and abs(peak.theta[2]) <= FARTHEST)


@dataclass(frozen=True, slots=True)
class _Chart:
    """Two quantiles of log T and lambda, in which the ridge of the likelihood is straight.

    Parameters
    ----------
    low, high
        Shares whose quantiles lie among the failures.
    """

    low: float
    high: float

    def theta(self, points: FloatArray) -> FloatArray:
        """(mu, log sigma, lambda) from (low quantile, log of what is between, lambda)."""
        first, log_between, lambda_ = points.T
        w_low = log_gamma.quantile(np.full(lambda_.shape, self.low), lambda_)
        w_high = log_gamma.quantile(np.full(lambda_.shape, self.high), lambda_)
        log_sigma = log_between - np.log(w_high - w_low)
        return np.column_stack([first - np.exp(log_sigma) * w_low, log_sigma, lambda_])

    def point(self, mu: float, sigma: float, lambda_: float) -> FloatArray:
        """Where a member lies in the chart."""
        w = log_gamma.quantile(np.array([self.low, self.high]), np.full(2, lambda_))
        return np.array([mu + sigma * w[0], log(sigma * (w[1] - w[0])), lambda_])


def _chart(data: LifeData) -> _Chart:
    """Shares at an early and a late failure, as the Weibull sees them."""
    ends = data.upper[data.failed]
    early, late = fit(data, "weibull").cdf(np.quantile(ends, [0.1, 0.8]))
    high = min(max(float(late), 1e-6), 0.95)
    return _Chart(min(max(float(early), 1e-9), 0.5 * high), high)


def _from(rows: LifeRows, chart: _Chart, lambda_: float, base: LifeFit) -> Peak:
    start = chart.point(base.mu, base.sigma, lambda_)

    def objective(points: FloatArray) -> FloatArray:
        near = np.abs(points[:, 2]) <= FARTHEST + 1.0
        theta = chart.theta(np.where(near[:, None], points, start))
        return np.where(near, log_likelihood(GeneralizedGamma(), rows, theta), -np.inf)

    return climb(objective, start, np.array([base.sigma, 1.0, 1.0]))
