"""A family of location and scale beyond a threshold: its form, and data counted from there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import exp
from typing import Literal

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.families.location import LocationScale
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True)
class Shifted:
    """Weibull or lognormal beyond gamma, over (mu, log sigma, log gap).

    Parameters
    ----------
    base
        Distribution of T - gamma.
    last
        Time that the threshold stays below, by the gap: ``gamma = last - exp(log gap)``.
    """

    base: Literal["weibull", "lognormal"]
    last: float

    names = ("mu", "log_sigma", "log_gap")

    @property
    def family(self) -> str:
        """Name of the family."""
        return f"{self.base}_3p"

    @cached_property
    def beyond(self) -> LocationScale:
        """Distribution of what lies beyond the threshold."""
        return LocationScale(self.base)

    def log_density(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the density, 1/unit of time."""
        beyond, late = self._beyond(t, theta)
        return np.where(late, self.beyond.log_density(beyond, theta[:, :2]), -np.inf)

    def log_survival(self, t: FloatArray, theta: FloatArray) -> FloatArray:
        """Logarithm of the share that lasts beyond `t`."""
        beyond, late = self._beyond(t, theta)
        return np.where(late, self.beyond.log_survival(beyond, theta[:, :2]), 0.0)

    def tails(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shares that have failed by `t` and that last beyond it."""
        beyond, late = self._beyond(t, theta)
        below, above = self.beyond.tails(beyond, theta[:, :2])
        return np.where(late, below, 0.0), np.where(late, above, 1.0)

    def quantile(self, p: FloatArray, theta: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed."""
        return self.threshold(theta) + self.beyond.quantile(p, theta[:2])

    def threshold(self, theta: FloatArray) -> float:
        """Give the failure-free time gamma; exactly 0 within rounding of it."""
        gamma = self.last - exp(theta[2])
        return 0.0 if abs(gamma) < 1e-12 * self.last else gamma

    def parameters(self, theta: FloatArray) -> Mapping[str, float]:
        """Those of what lies beyond, and the threshold gamma."""
        return {**self.beyond.parameters(theta[:2]), "gamma": self.threshold(theta)}

    def _beyond(self, t: FloatArray, theta: FloatArray) -> tuple[FloatArray, BoolArray]:
        beyond = t - (self.last - np.exp(theta[:, 2:]))
        late = beyond > 0
        return np.where(late, beyond, 1.0), late


def shift(data: LifeData, gamma: float) -> LifeData:
    """Count times from the threshold; units that were censored before it say nothing.

    A unit that was found failed at its first look stays one: its lower end remains 0.
    """
    seen = data.take(data.failed | (data.lower > gamma))
    return replace(
        seen,
        lower=np.where(seen.lower > 0, np.maximum(seen.lower - gamma, 0.0), 0.0),
        upper=seen.upper - gamma,
        entry=np.where(seen.entry > 0, np.maximum(seen.entry - gamma, 0.0), 0.0),
        exit=seen.exit - gamma,
    )
