"""What is asked of a fit: a life at use, an acceleration factor, a constant."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.lifetime.accelerated.confidence_curve import Quantity
from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.location_scale import standard_quantile
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Target:
    """``y = one b0 + sum c_j x_j + z sigma + rest`` over all constants, assumed ones too.

    Parameters
    ----------
    one
        1 where the intercept takes part, else 0.
    x : shape (terms,)
        Multiplies the constants of the model.
    z
        Multiplies sigma.
    rest
        What is known.
    """

    one: float
    x: FloatArray
    z: float
    rest: float

    def quantity(self, fit: AcceleratedFit, assumed: Mapping[str, float] | None = None) -> Quantity:
        """See it as a function of what was estimated, at some values of the assumed constants."""
        value = assumed or {c: constant.value for c, constant in fit.assumed.items()}
        given, free = self.rest, [self.one]
        for j, c in enumerate(fit.model.constants):
            if c in value:
                given += value[c] * float(self.x[j])
            else:
                free.append(float(self.x[j]))
        return Quantity(np.array(free), self.z, given)


def log_life(
    fit: AcceleratedFit, p: float, use: Mapping[str, float], units: Mapping[str, str]
) -> Target:
    """Logarithm of the time by which the share `p` has failed at use conditions.

    Raises
    ------
    BadData
        If a stress is missing or a level cannot be.
    """
    at = fit.model.point(use, units)
    z = float(standard_quantile(fit.family, np.array(p)))
    return Target(1.0, fit.model.covariates(at)[0], z, float(fit.model.shift(at)[0]))


def log_factor(
    fit: AcceleratedFit,
    use: Mapping[str, float],
    test: Mapping[str, float],
    units: Mapping[str, str],
) -> Target:
    """Logarithm of the acceleration factor from `test` to `use`.

    Raises
    ------
    BadData
        If a stress is missing or a level cannot be.
    """
    there, here = fit.model.point(use, units), fit.model.point(test, units)
    x = fit.model.covariates(there)[0] - fit.model.covariates(here)[0]
    rest = float((fit.model.shift(there) - fit.model.shift(here))[0])
    return Target(0.0, x, 0.0, rest)


def constant_of(fit: AcceleratedFit, symbol: str) -> Target:
    """Value of one constant."""
    x = np.array([float(c == symbol) for c in fit.model.constants])
    return Target(0.0, x, 0.0, 0.0)
