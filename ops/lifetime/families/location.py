"""The families of location and scale, and the exponential, as forms beside the other families."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.families.fitted import FittedLife
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import (
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
from ops.values import FloatArray


@dataclass(frozen=True)
class LocationScale:
    """A family of location and scale over (mu, log sigma).

    Parameters
    ----------
    family
        Which one.
    """

    family: Family

    names = ("mu", "log_sigma")

    def log_density(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the density, 1/unit of time."""
        x, z, log_sigma = self._standard(t, theta)
        inner = standard_log_pdf(self.family, z) - log_sigma
        return inner - x if is_log(self.family) else inner

    def log_survival(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the share that lasts beyond `t`."""
        return standard_log_sf(self.family, self._standard(t, theta)[1])

    def tails(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shares that have failed by `t` and that last beyond it."""
        z = self._standard(t, theta)[1]
        return standard_cdf(self.family, z), standard_sf(self.family, z)

    def quantile(self, p: FloatArray, theta: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed."""
        z = standard_quantile(self.family, p)
        return from_line(self.family, theta[0] + exp(theta[1]) * z)

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Parameters by the field's names."""
        return named_parameters(self.family, float(theta[0]), exp(theta[1]))

    def _standard(
        self, t: FloatArray, theta: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        x = to_line(self.family, t)
        log_sigma = theta[:, 1:2]
        return x, (x - theta[:, :1]) / np.exp(log_sigma), log_sigma


class Exponential:
    """The exponential distribution over the logarithm of its mean life."""

    family = "exponential"
    names = ("log_mean",)

    def log_density(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the density, 1/unit of time."""
        return -theta - t * np.exp(-theta)

    def log_survival(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the share that lasts beyond `t`."""
        return -t * np.exp(-theta)

    def tails(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shares that have failed by `t` and that last beyond it."""
        spent = t * np.exp(-theta)
        return -np.expm1(-spent), np.exp(-spent)

    def quantile(self, p: FloatArray, theta: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed."""
        return -np.log1p(-p) * exp(theta[0])

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Mean life in the unit of time, and its inverse, the constant rate."""
        return {"mean": exp(theta[0]), "rate": exp(-theta[0])}


def fit_plain(data: LifeData, family: Family) -> FittedLife:
    """Fit a family of location and scale by maximum likelihood.

    Raises
    ------
    NoMaximum
        If the likelihood has none; `reason` says why.
    """
    found = fit(data, family)
    return FittedLife(
        form=LocationScale(family),
        theta=np.array([found.mu, log(found.sigma)]),
        covariance=found.covariance,
        loglik=found.loglik,
        units=found.units,
        failures=found.failures,
        plain=found,
    )


def fit_exponential(data: LifeData) -> FittedLife:
    """Fit a constant failure rate: a Weibull distribution whose sigma is known to be 1.

    Raises
    ------
    NoMaximum
        If no unit has failed.
    """
    found = fit(data, "weibull", sigma=1.0)
    return FittedLife(
        form=Exponential(),
        theta=np.array([found.mu]),
        covariance=found.covariance[:1, :1],
        loglik=found.loglik,
        units=found.units,
        failures=found.failures,
    )
