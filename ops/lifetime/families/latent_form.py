"""Defective subpopulations and mixtures as forms, so that they stand beside the other families."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.families.defective import fit_defective
from ops.lifetime.families.fitted import FittedLife
from ops.lifetime.families.latent_class import Classes
from ops.lifetime.families.latent_life import LatentLife, component_parameters
from ops.lifetime.families.mixture import fit_mixture
from ops.values import FloatArray

Base = Literal["weibull", "lognormal"]
_NEVER = -700.0  # log odds of what has no share at all


@dataclass(frozen=True)
class LatentForm:
    """A population of several classes over the parameters of `Classes`.

    Parameters
    ----------
    family
        Name of the candidate.
    classes
        Which classes there are.
    """

    family: str
    classes: Classes

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the free parameters."""
        return self.classes.names()

    def log_density(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the density, 1/unit of time."""
        return self._each(theta, lambda life: np.log(life.density(t)))

    def log_survival(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the share that lasts beyond `t`."""
        return self._each(theta, lambda life: np.log(life.survival(t)))

    def tails(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shares that have failed by `t` and that last beyond it."""
        below = self._each(theta, lambda life: life.cdf(t))
        return below, self._each(theta, lambda life: life.survival(t))

    def quantile(self, p: FloatArray, theta: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed, infinite beyond the share that ever will."""
        return self.life(theta).quantile(p)

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Those of each component, and the shares."""
        life = self.life(theta)
        own = component_parameters(life.distribution, life.mu, life.sigma)
        if self.classes.immortal:
            return {**own, "p": float(life.shares.sum())}
        return {**own, **{f"share_{j + 1}": float(s) for j, s in enumerate(life.shares)}}

    def life(self, theta: FloatArray) -> LatentLife:
        """Turn one point of shape (k,) into the population that it stands for."""
        parts = self.classes.split(theta)
        shares, m = parts.shares, self.classes.components
        immortal = float(shares[-1]) if self.classes.immortal else 0.0
        sigma = np.exp(parts.log_sigma)
        return LatentLife(self.classes.family, parts.mu, sigma, shares[:m], 0.0, immortal)

    def _each(self, theta: FloatArray, value: Callable[[LatentLife], FloatArray]) -> FloatArray:
        with np.errstate(divide="ignore"):
            return np.array([value(self.life(point)) for point in theta])


def fit_defective_share(data: LifeData, base: Base = "weibull") -> FittedLife:
    """Fit a defective subpopulation as a candidate; a share of 1 lies on its boundary, told.

    Raises
    ------
    NotEnoughData
        As `fit_defective`.
    """
    found = fit_defective(data, base)
    odds = _NEVER if found.bounded else np.log(found.immortal / found.share)
    covariance = np.zeros((3, 3))
    covariance[: len(found.names), : len(found.names)] = found.covariance
    note = "the share of units that ever fail lies on its boundary 1: no subpopulation is seen"
    return FittedLife(
        form=LatentForm(f"defective_{base}", Classes(base, immortal=True)),
        theta=np.array([found.mu[0], np.log(found.sigma[0]), odds]),
        covariance=covariance,
        loglik=found.loglik,
        units=found.units,
        failures=found.failures,
        notes=(note,) if found.bounded else (),
    )


def fit_two_kinds(data: LifeData, base: Base = "weibull") -> FittedLife:
    """Fit a mixture of two components as a candidate.

    Raises
    ------
    NotEnoughData
        As `fit_mixture`.
    """
    found = fit_mixture(data, base)
    odds = np.log(found.shares[1:] / found.shares[0])
    return FittedLife(
        form=LatentForm(f"mixture_{base}", Classes(base, 2)),
        theta=np.concatenate([found.mu, np.log(found.sigma), odds]),
        covariance=found.covariance,
        loglik=found.loglik,
        units=found.units,
        failures=found.failures,
    )
