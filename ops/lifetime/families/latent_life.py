"""Life distribution of a population of several classes: its curves, quantiles and draws."""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.location_scale import (
    named_parameters,
    standard_cdf,
    standard_log_pdf,
    standard_quantile,
    standard_sf,
)
from ops.values import FloatArray

_BISECTIONS = 64


@dataclass(frozen=True)
class LatentLife:
    """Shares of location-scale components of log T, of units that are dead, of ones that never die.

    Parameters
    ----------
    distribution
        Of each component.
    mu, sigma, shares : shape (m,)
        Location and scale of log T, and share in the whole population, of each component.
    dead
        Share that has failed at time 0.
    immortal
        Share that never fails.
    """

    distribution: LogFamily
    mu: FloatArray
    sigma: FloatArray
    shares: FloatArray
    dead: float
    immortal: float

    def survival(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`, shape as `t`."""
        return self.immortal + self._mix(standard_sf(self.distribution, self._z(t)))

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share that has failed by `t`, shape as `t`."""
        return self.dead + self._mix(standard_cdf(self.distribution, self._z(t)))

    def density(self, t: FloatArray) -> FloatArray:
        """Density of the life at `t` > 0, 1/unit of time, shape as `t`."""
        z = self._z(t)
        width = np.asarray(self.sigma).reshape(-1, *(1,) * (z.ndim - 1)) * t
        return self._mix(np.exp(standard_log_pdf(self.distribution, z)) / width)

    def hazard(self, t: FloatArray) -> FloatArray:
        """Rate of failure of those that have lasted until `t` > 0, 1/unit of time."""
        return self.density(t) / self.survival(t)

    def quantile(self, p: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed: 0 for the dead, infinite for the immortal.

        Between the quantiles of the components lies that of all: it is bisected in log time.
        """
        p = np.asarray(p, dtype=np.float64)
        of_mortal = (p - self.dead) / self.shares.sum()
        inside = (of_mortal > 0) & (p < 1.0 - self.immortal)
        share = np.where(inside, of_mortal, 0.5)
        standard = standard_quantile(self.distribution, share)
        each = self.mu.reshape(-1, *(1,) * p.ndim) + np.multiply.outer(self.sigma, standard)
        low, high = each.min(axis=0), each.max(axis=0)
        if self.mu.size > 1:
            low = high = self._bisect(
                np.where(inside, p, self.dead + 0.5 * self.shares.sum()), low, high
            )
        found = np.exp(0.5 * (low + high))
        return np.where(inside, found, np.where(p >= 1.0 - self.immortal, np.inf, 0.0))

    def simulate(self, rng: np.random.Generator, n: int) -> FloatArray:
        """Draw `n` lives: 0 for the dead, infinite for the immortal."""
        of = rng.choice(
            self.mu.size + 2, size=n, p=_whole([*self.shares, self.dead, self.immortal])
        )
        own = np.minimum(of, self.mu.size - 1)
        standard = standard_quantile(self.distribution, rng.uniform(size=n))
        lives = np.exp(self.mu[own] + self.sigma[own] * standard)
        return np.where(of == self.mu.size, 0.0, np.where(of > self.mu.size, np.inf, lives))

    def _bisect(self, p: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            t = np.exp(middle)
            late = np.where(p < 0.5, self.cdf(t) > p, self.survival(t) < 1.0 - p)
            low, high = np.where(late, low, middle), np.where(late, middle, high)
        return 0.5 * (low + high)

    def _z(self, t: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore"):
            log_t = np.log(np.asarray(t, dtype=np.float64))
        shape = (-1, *(1,) * log_t.ndim)
        return (log_t - self.mu.reshape(shape)) / self.sigma.reshape(shape)

    def _mix(self, each: FloatArray) -> FloatArray:
        return np.asarray(np.tensordot(self.shares, each, axes=1))


def component_parameters(family: LogFamily, mu: FloatArray, sigma: FloatArray) -> dict[str, float]:
    """Parameters of components by the field's names, numbered where there are several."""
    found: dict[str, float] = {}
    for j, (m, s) in enumerate(zip(mu, sigma, strict=True)):
        tag = "" if mu.size == 1 else f"_{j + 1}"
        own = named_parameters(family, float(m), float(s))
        found |= {f"{name}{tag}": value for name, value in own.items()}
    return found


def _whole(shares: list[float]) -> FloatArray:
    each = np.maximum(np.asarray(shares, dtype=np.float64), 0.0)
    return np.asarray(each / each.sum())
