"""How many returns are still to come: by when, of which cohort, with a predictive interval.

A unit that nothing is known of at age a is reported within h days with probability
(R(a + h) - R(a)) / (1 - R(a)), where R(a) = sum_j share_j F(min(a - delay_j, warranty)). The count
is Poisson-binomial given the parameters, and averaged over their pivotal bootstrap draws; holding
them at the estimate (the plug-in) leaves out what is not known of them and is too narrow, however
many units there are.

References
----------
Escobar & Meeker (1999), Technometrics 41(2), 113-124; Tian, Meng & Meeker (2022), JASA.
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.field.exposure import Exposure, ReportingDelay
from ops.lifetime.field.field_fit import FieldFit
from ops.lifetime.field.poisson_binomial import count_cdf, count_quantile
from ops.lifetime.location_scale import Family, standard_cdf, to_line
from ops.values import FloatArray

LARGEST_SHARE = 1.0 - 1e-12


@dataclass(frozen=True, slots=True)
class FutureCohort:
    """Units that will be shipped: days from now until then, and how many."""

    days: float
    quantity: float


@dataclass(frozen=True, slots=True)
class ReturnsAhead:
    """Returns up to some days from now, all cohorts together.

    `plug_in_*` hold the parameters at their estimates: shown beside, for what they leave out.
    """

    days: float
    mean: float
    lower: int
    upper: int
    upper_one_sided: int
    plug_in_lower: int
    plug_in_upper: int


def returns_ahead(
    seen: Exposure,
    fit: FieldFit,
    days: FloatArray,
    *,
    confidence: float = 0.95,
    future: tuple[FutureCohort, ...] = (),
) -> tuple[ReturnsAhead, ...]:
    """Predict how many returns will have come by each of some days from now.

    Raises
    ------
    BadData
        If a day is not ahead.
    NotEnoughData
        If no unit is left that could come back.
    """
    if not days.size or not (days > 0).all():
        problem = Problem("/ahead", "give days from now, each more than 0")
        raise BadData("the days up to which returns are predicted must lie ahead", (problem,))
    units, age = cohorts(seen, future)
    if not units.sum() > 0:
        raise NotEnoughData(
            "no unit is left that could come back: all that were shipped did; give shipments to"
            " come"
        )
    tail = (1.0 - confidence) / 2.0
    wanted = np.array([tail, 1.0 - tail, confidence])
    found: list[ReturnsAhead] = []
    for ahead in days.tolist():
        drawn = chances(seen, fit.family, fit.draws, age, ahead)
        point = chances(seen, fit.family, np.array([[fit.mu, fit.sigma]]), age, ahead)
        low, high, one = count_quantile(units, drawn, wanted).tolist()
        plain = count_quantile(units, point, wanted[:2]).tolist()
        mean = float(np.mean(drawn @ units))
        found.append(ReturnsAhead(ahead, mean, low, high, one, *plain))
    return tuple(found)


def chance_of_at_most(
    seen: Exposure, fit: FieldFit, ahead: float, most: int, future: tuple[FutureCohort, ...] = ()
) -> float:
    """Return the probability that no more than so many returns come within some days."""
    units, age = cohorts(seen, future)
    drawn = chances(seen, fit.family, fit.draws, age, ahead)
    return float(count_cdf(units, drawn, np.array([most]))[0])


def cohorts(seen: Exposure, future: tuple[FutureCohort, ...] = ()) -> tuple[FloatArray, FloatArray]:
    """Units that nothing is known of and their ages; those of future cohorts are below 0."""
    units = np.concatenate([seen.left, [cohort.quantity for cohort in future]])
    age = np.concatenate([seen.age, [-cohort.days for cohort in future]])
    return units.astype(np.float64), age.astype(np.float64)


def chances(
    seen: Exposure, family: Family, draws: FloatArray, age: FloatArray, ahead: float
) -> FloatArray:
    """Probability that a unit of each cohort is reported within the days ahead, (b, c)."""

    def reported(at: FloatArray) -> FloatArray:
        return _reported(family, draws, at, seen.delay, seen.warranty)

    before = np.minimum(reported(age), LARGEST_SHARE)
    after = reported(age + ahead)
    found: FloatArray = np.clip((after - before) / (1.0 - before), 0.0, 1.0)
    return found


def _reported(
    family: Family, draws: FloatArray, age: FloatArray, delay: ReportingDelay, warranty: float
) -> FloatArray:
    """Share of a cohort that has been reported by an age, shape (b, c)."""
    total = np.zeros((draws.shape[0], age.size))
    for days, share in zip(delay.days.tolist(), delay.share.tolist(), strict=True):
        at = np.minimum(age - days, warranty)
        line = to_line(family, np.maximum(at, 1e-300))
        z = (line - draws[:, :1]) / draws[:, 1:]
        total += share * np.where(at > 0, standard_cdf(family, z), 0.0)
    return total
