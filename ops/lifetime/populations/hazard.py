"""Failures of each population beside what a common life leads one to expect.

The expectation of a unit is its cumulative hazard up to the age it reached; for a unit that failed
between two readouts it is the expectation given that interval. Failures less expectation are
martingale residuals: they add up to 0 over a common fit of proportional hazards, whatever the
censoring, and serve populations without a failure too.

References
----------
Therneau & Grambsch (2000), Modeling Survival Data, Springer, chapter 4; Farrington (2000),
Biometrics 56, 473-482 (interval-censored rows).
"""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import standard_log_sf, to_line
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Expected:
    """Units, failures and expected failures of each population, shape (k,)."""

    units: FloatArray
    failures: FloatArray
    expected: FloatArray


def expected_failures(data: LifeData, common: LifeFit, population: IntArray, k: int) -> Expected:
    """Add up failures and expected failures by population.

    Parameters
    ----------
    common
        Life of all populations together.
    population : shape (n,)
        Index of each row's population, 0 to k - 1.
    """
    failed = data.failed.astype(np.float64)
    hope = data.weight * (failed - _residual(data, common))
    return Expected(
        units=_sum(population, data.weight, k),
        failures=_sum(population, data.weight * failed, k),
        expected=np.maximum(_sum(population, hope, k), 1e-12),
    )


def _sum(population: IntArray, weight: FloatArray, k: int) -> FloatArray:
    return np.bincount(population, weights=weight, minlength=k).astype(np.float64)


def _residual(data: LifeData, common: LifeFit) -> FloatArray:
    """Martingale residual of each row: failed or not, less what was expected."""

    def log_alive(t: FloatArray) -> FloatArray:
        z = (to_line(common.family, t) - common.mu) / common.sigma
        return np.where(t > 0, standard_log_sf(common.family, z), 0.0)

    low, entry = log_alive(data.lower), log_alive(data.entry)
    high = log_alive(np.where(data.right, data.lower, data.upper))
    # mean of 1 + log S over the interval, by the integral of log S against S
    first, last = np.exp(low), np.exp(high)
    width = first - last
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (first * low - np.where(last > 0, last * high, 0.0)) / width
    between = ~data.right & ~data.exact & (width > 1e-12 * first)
    point = np.where(data.right, low, 1.0 + low)
    residual = np.where(between, spread, point)
    return residual - entry
