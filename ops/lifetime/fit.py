"""Maximum likelihood of a location-scale life distribution, one population or thousands at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from ops.errors import BadData
from ops.lifetime.columns import ABSENT, Columns, columns_of, plain
from ops.lifetime.data import LifeData
from ops.lifetime.existence import NoMaximum, Reason
from ops.lifetime.location_scale import (
    STANDARD,
    STANDARDS,
    Family,
    from_line,
    is_log,
    named_parameters,
    standard_cdf,
    standard_log_pdf,
    standard_log_sf,
    standard_quantile,
    standard_sf,
    to_line,
)
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class LifeFit:
    """A fitted life distribution.

    Parameters
    ----------
    mu, sigma
        The time, or its logarithm, is mu + sigma W; Weibull: eta = exp(mu), beta = 1 / sigma.
    covariance : shape (2, 2)
        Of (mu, log sigma), from the observed information; zeros where `sigma_known`.
    loglik
        Full log-likelihood of the times, comparable across families.
    units, failures
        How many there are, and of them how many have failed.
    censored_share
        Share of the units that have not failed.
    iterations
        Steps of the climb.
    gradient
        Largest slope of the log-likelihood at the estimate, by mu / sigma and log sigma, a unit.
    sigma_known
        Whether sigma was given.
    """

    family: Family
    mu: float
    sigma: float
    covariance: FloatArray
    loglik: float
    units: float
    failures: float
    censored_share: float
    iterations: int = 0
    gradient: float = 0.0
    sigma_known: bool = False

    @property
    def parameters(self) -> Mapping[str, float]:
        """Parameters by the field's names."""
        return named_parameters(self.family, self.mu, self.sigma)

    def survival(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`, shape as `t`."""
        return standard_sf(self.family, self._z(t))

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share that has failed by `t`, shape as `t`."""
        return standard_cdf(self.family, self._z(t))

    def density(self, t: FloatArray) -> FloatArray:
        """Density of the life at `t`, 1/unit of time, shape as `t`."""
        return np.exp(self._log_density(t))

    def hazard(self, t: FloatArray) -> FloatArray:
        """Rate of failure at `t` among those that last until then, 1/unit, shape as `t`."""
        return np.exp(self._log_density(t) - standard_log_sf(self.family, self._z(t)))

    def quantile(self, p: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed, shape as `p`."""
        return from_line(self.family, self.mu + self.sigma * standard_quantile(self.family, p))

    def _z(self, t: FloatArray) -> FloatArray:
        return np.asarray((to_line(self.family, t) - self.mu) / self.sigma)

    def _log_density(self, t: FloatArray) -> FloatArray:
        x = to_line(self.family, t)
        inner = standard_log_pdf(self.family, (x - self.mu) / self.sigma) - np.log(self.sigma)
        if not is_log(self.family):
            return np.asarray(inner)
        gone = np.isneginf(x)
        return np.asarray(np.where(gone, -np.inf, inner - np.where(gone, 0.0, x)))


@dataclass(frozen=True, slots=True)
class LifeFits:
    """Fits of k populations by one family.

    Parameters
    ----------
    mu, sigma, loglik : shape (k,)
        As in `LifeFit`; NaN where no maximum exists.
    covariance : shape (k, 3)
        Variance of mu, covariance of (mu, log sigma), variance of log sigma.
    exists : shape (k,)
        Whether there is a maximum.
    reason : shape (k,)
        Code of `Reason`.
    units, failures : shape (k,)
        As in `LifeFit`.
    iterations, gradient : shape (k,)
        As in `LifeFit`.
    """

    family: Family
    mu: FloatArray
    sigma: FloatArray
    loglik: FloatArray
    covariance: FloatArray
    exists: BoolArray
    reason: IntArray
    units: FloatArray
    failures: FloatArray
    iterations: IntArray
    gradient: FloatArray
    sigma_known: bool = False

    def one(self, i: int) -> LifeFit:
        """Fit of population `i`.

        Raises
        ------
        NoMaximum
            If it has none.
        """
        if not self.exists[i]:
            raise NoMaximum(Reason(int(self.reason[i])))
        var_mu, cov, var_log_sigma = self.covariance[i].tolist()
        units, failures = float(self.units[i]), float(self.failures[i])
        return LifeFit(
            family=self.family,
            mu=float(self.mu[i]),
            sigma=float(self.sigma[i]),
            covariance=np.array([[var_mu, cov], [cov, var_log_sigma]]),
            loglik=float(self.loglik[i]),
            units=units,
            failures=failures,
            censored_share=1.0 - failures / units,
            iterations=int(self.iterations[i]),
            gradient=float(self.gradient[i]),
            sigma_known=self.sigma_known,
        )


def fit(data: LifeData, family: Family = "weibull", *, sigma: float | None = None) -> LifeFit:
    """Fit one population by maximum likelihood.

    Parameters
    ----------
    data
        Rows of any kind: exact, right-, left- and interval-censored, truncated, weighted.
    family
        Which distribution.
    sigma
        Known sigma (Weibayes: 1 / beta; exponential: 1), else it is estimated.

    Raises
    ------
    NoMaximum
        If the likelihood has no maximum; the reason is told.

    Examples
    --------
    >>> from ops.lifetime.data import failures_and_suspensions
    >>> round(fit(failures_and_suspensions([50.0], [100.0] * 9)).parameters["beta"], 6)
    1.499393
    """
    out = _answers(columns_of(data), np.array([0, data.lower.size]), family, sigma)
    return _one(family, out[0].tolist(), sigma is not None)


def fit_many(
    data: LifeData, offsets: IntArray, family: Family = "weibull", *, sigma: float | None = None
) -> LifeFits:
    """Fit many populations: population i is rows ``offsets[i]:offsets[i + 1]``.

    Parameters
    ----------
    offsets : shape (k + 1,)
        Ascending, from 0 to the number of rows.
    sigma
        Known sigma of all.
    """
    starts = np.ascontiguousarray(offsets, dtype=np.int64)
    return _many(family, _answers(columns_of(data), starts, family, sigma), sigma is not None)


def fit_samples(
    lower: FloatArray,
    upper: FloatArray,
    family: Family = "weibull",
    *,
    weight: FloatArray | None = None,
    sigma: float | None = None,
) -> LifeFits:
    """Fit samples of equal size, as a bootstrap draws them; nothing is checked nor truncated.

    Parameters
    ----------
    lower, upper : shape (b, n)
        As in `LifeData`, one sample a row.
    weight : shape (b, n)
        Units a row stands for, 0 or more; 1 if absent.
    sigma
        Known sigma of all.
    """
    b, n = lower.shape
    weights = ABSENT if weight is None else plain(weight)
    columns = (plain(lower), plain(upper), weights, ABSENT, ABSENT)
    out = _answers(
        columns, np.arange(0, b * n + 1, n) if n else np.zeros(b + 1, int), family, sigma
    )
    return _many(family, out, sigma is not None)


def _answers(
    columns: Columns,
    offsets: IntArray,
    family: Family,
    sigma: float | None,
) -> FloatArray:
    from ops.lifetime.population_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        ANSWERS,
        fit_populations,
    )

    if sigma is not None and not 0.0 < sigma < inf:
        raise BadData(f"sigma {sigma:g} is not a positive number")
    out = np.empty((offsets.size - 1, ANSWERS))
    standard = STANDARDS.index(STANDARD[family])
    fit_populations(columns, offsets, standard, is_log(family), sigma or 0.0, out)
    return out


def _one(family: Family, answer: list[float], sigma_known: bool) -> LifeFit:
    mu, sigma, loglik, var_mu, cov, var_log_sigma, reason, units, failures, steps, slope = answer
    if reason:
        raise NoMaximum(Reason(int(reason)))
    return LifeFit(
        family=family,
        mu=mu,
        sigma=sigma,
        covariance=np.array([[var_mu, cov], [cov, var_log_sigma]]),
        loglik=loglik,
        units=units,
        failures=failures,
        censored_share=1.0 - failures / units,
        iterations=int(steps),
        gradient=slope,
        sigma_known=sigma_known,
    )


def _many(family: Family, out: FloatArray, sigma_known: bool) -> LifeFits:
    mu, sigma, loglik, _, _, _, reason, units, failures, steps, slope = out.T.copy()
    return LifeFits(
        family=family,
        mu=mu,
        sigma=sigma,
        loglik=loglik,
        covariance=out[:, 3:6].copy(),
        exists=np.asarray(reason == 0.0),
        reason=reason.astype(np.int64),
        units=units,
        failures=failures,
        iterations=steps.astype(np.int64),
        gradient=slope,
        sigma_known=sigma_known,
    )
