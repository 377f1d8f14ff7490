"""Spare parts: how many are needed over a stretch so that demand is met with a probability.

The first failure of each unit is Poisson-binomial, as in a warranty forecast. A unit that was given
a new part may fail again: those repeats are few over a short stretch, and taken as Poisson with the
mean of the renewal process that begins at the first failure.
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.field.exposure import Exposure
from ops.lifetime.field.field_fit import FieldFit
from ops.lifetime.field.poisson_binomial import count_cdf, count_quantile
from ops.lifetime.field.warranty import FutureCohort, chances, cohorts
from ops.lifetime.location_scale import Family, standard_cdf, to_line
from ops.values import FloatArray

STEPS = 40  # of the stretch, for repeats


@dataclass(frozen=True, slots=True)
class SparesNeed:
    """Spares of a stretch.

    Parameters
    ----------
    days
        Length of the stretch.
    mean, repeats
        Demand expected, and what of it is of units that fail again.
    stock
        Fewest spares with which demand is met with probability `service`.
    reached
        Probability that the stock meets the demand, >= `service`.
    """

    days: float
    mean: float
    repeats: float
    stock: int
    service: float
    reached: float


def spares_need(
    seen: Exposure,
    fit: FieldFit,
    days: float,
    *,
    service: float = 0.95,
    future: tuple[FutureCohort, ...] = (),
) -> SparesNeed:
    """Find the spares that are needed from now over some days.

    Raises
    ------
    BadData
        If the service is not a probability below 1, or the stretch not ahead.
    """
    if not 0.0 < service < 1.0 or not days > 0:
        name, value = ("service", service) if days > 0 else ("days", days)
        problem = Problem(f"/{name}", f"{value:g} cannot be; give more than 0 (service below 1)")
        raise BadData(f"{name} {value:g} cannot be", (problem,))
    units, age = cohorts(seen, future)
    chance = chances(seen, fit.family, fit.draws, age, days)
    again = _repeats(seen, fit.family, fit.draws, (units, age), days)
    stock = int(count_quantile(units, chance, np.array([service]), more=again)[0])
    reached = float(count_cdf(units, chance, np.array([stock]), more=again)[0])
    mean = float(np.mean(chance @ units + again))
    return SparesNeed(days, mean, float(again.mean()), stock, service, reached)


def renewals(family: Family, draws: FloatArray, time: FloatArray) -> FloatArray:
    """Mean failures of a part that is renewed at each failure, from new, shape (b, k).

    Parameters
    ----------
    draws : shape (b, 2)
        mu and sigma.
    time : shape (k,)
        Evenly spaced from the first step on.

    References
    ----------
    Xie (1989), Reliability Engineering and System Safety 24, 19-30 (midpoint rule).
    """
    whole = _failed(family, draws, time)
    half = _failed(family, draws, time - 0.5 * time[0])
    found = np.zeros_like(whole)
    for k in range(time.size):
        total = whole[:, k].copy()
        for j in range(1, k + 1):
            step = found[:, j - 1] - (found[:, j - 2] if j > 1 else 0.0)
            total += half[:, k - j + 1] * step
        total -= half[:, 0] * (found[:, k - 1] if k else 0.0)
        found[:, k] = total / (1.0 - half[:, 0])
    return found


def _repeats(
    seen: Exposure,
    family: Family,
    draws: FloatArray,
    base: tuple[FloatArray, FloatArray],
    days: float,
) -> FloatArray:
    """Mean failures after the first one of each unit, shape (b,)."""
    units, age = base
    time = days * np.arange(1, STEPS + 1) / STEPS
    of_new = np.concatenate([np.zeros((draws.shape[0], 1)), renewals(family, draws, time)], axis=1)
    first = [chances(seen, family, draws, age, float(at)) @ units for at in time]
    failures = np.diff(np.stack([np.zeros(draws.shape[0]), *first], axis=1), axis=1)
    later = 0.5 * (of_new[:, :-1] + of_new[:, 1:])  # a first failure lies within its step
    found: FloatArray = np.sum(failures * later[:, ::-1], axis=1)
    return found


def _failed(family: Family, draws: FloatArray, time: FloatArray) -> FloatArray:
    return standard_cdf(family, (to_line(family, time) - draws[:, :1]) / draws[:, 1:])
