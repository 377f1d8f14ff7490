"""Competing modes at use: a unit fails by whichever comes first, each by its own relation."""

from collections.abc import Mapping, Sequence
from math import exp

import numpy as np

from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.accelerated.life_bound import Bounded, Chance
from ops.lifetime.accelerated.step_stress import ENOUGH
from ops.lifetime.accelerated.target import log_life
from ops.lifetime.location_scale import Family, standard_log_sf
from ops.values import FloatArray

DRAWS = 2000


def competing_life(
    fits: Sequence[AcceleratedFit],
    use: Mapping[str, float],
    p: float,
    *,
    chance: Chance,
    units: Mapping[str, str] | None = None,
    confidence: float = 0.95,
) -> Bounded:
    """Time by which the share `p` has failed at use conditions by any of the modes.

    Modes are independent risks. Bounds are those of normal draws of the estimates of each mode
    and of draws of the assumed constants.

    Raises
    ------
    BadData
        If a stress is missing or a level cannot be.
    """
    at = [_draws(fit, use, units or {}, chance) for fit in fits]
    location = np.array([mu for mu, _ in at])
    scale = np.array([sigma for _, sigma in at])
    families: list[Family] = [fit.family for fit in fits]
    low, high = (location - 40.0 * scale).min(axis=0), (location + 5.0 * scale).min(axis=0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        lasting = sum(
            standard_log_sf(family, (middle - mu) / sigma)
            for family, mu, sigma in zip(families, location, scale, strict=True)
        )
        early = lasting > np.log1p(-p)
        low, high = np.where(early, middle, low), np.where(early, high, middle)
    log_t = 0.5 * (low + high)
    levels = (1.0 - confidence, 0.5 * (1.0 - confidence), 0.5 * (1.0 + confidence))
    one, lower, upper = np.quantile(log_t[1:], levels).tolist()
    return Bounded(
        estimate=exp(log_t[0]),
        lower_one_sided=exp(one),
        lower=exp(lower),
        upper=exp(min(upper, 700.0)),
        method="normal draws of the estimates of each mode",
        approximate=min(fit.failures for fit in fits) < ENOUGH,
    )


def _draws(
    fit: AcceleratedFit, use: Mapping[str, float], units: Mapping[str, str], chance: Chance
) -> tuple[FloatArray, FloatArray]:
    """Location and sigma at use: the estimate first, then draws, each of shape (1 + DRAWS,)."""
    rng = chance.rng
    theta = rng.multivariate_normal(fit.theta, fit.covariance, DRAWS, method="cholesky")
    theta = np.vstack([fit.theta, theta])
    target = log_life(fit, 0.5, use, units)
    location = theta[:, 0] + target.rest
    for j, c in enumerate(fit.model.constants):
        if c in fit.estimated:
            location = location + theta[:, 1 + fit.estimated.index(c)] * target.x[j]
        else:
            constant = fit.assumed[c]
            drawn = constant.draw(rng.uniform(size=DRAWS), chance.spread)
            value = np.append(constant.value, drawn)
            here = np.average(
                fit.stressed.covariates[:, j],
                weights=fit.stressed.data.weight * fit.stressed.data.failed,
            )
            location = location + constant.value * target.x[j]
            location = location + (value - constant.value) * (target.x[j] - float(here))
    return location, np.exp(np.clip(theta[:, -1], -50.0, 50.0))
