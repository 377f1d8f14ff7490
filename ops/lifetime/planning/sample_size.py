"""Units and duration of a life test for a wanted precision of a percentile of life."""

from dataclasses import dataclass
from math import ceil, exp, inf, log, sqrt

import numpy as np
from scipy import special

from ops.errors import BadData, Problem
from ops.lifetime.location_scale import Family, standard_cdf, standard_quantile
from ops.lifetime.planning.binomial import check_share
from ops.lifetime.planning.information import unit_information
from ops.values import FloatArray

FEW = 3  # failures below which neither parameter can be told


@dataclass(frozen=True, slots=True)
class PlanningValues:
    """What the life is thought to be before the test: log T = mu + sigma W.

    Parameters
    ----------
    mu, sigma
        Location and scale of the logarithm of the time; a Weibull has eta = exp(mu), shape =
        1 / sigma.
    family
        weibull, lognormal or loglogistic.
    """

    mu: float
    sigma: float
    family: Family = "weibull"

    def standard(self, t: FloatArray) -> FloatArray:
        """Standardize times: (log t - mu) / sigma, shape as `t`."""
        return np.asarray((np.log(t) - self.mu) / self.sigma, dtype=np.float64)

    def failing(self, t: float) -> float:
        """Share that has failed by `t`."""
        return float(standard_cdf(self.family, self.standard(np.array([t])))[0])

    def life(self, p: float) -> float:
        """Time by which the share `p` has failed."""
        return exp(self.mu + self.sigma * float(standard_quantile(self.family, np.array([p]))[0]))


@dataclass(frozen=True, slots=True)
class PrecisionPlan:
    """A life test and how well it will tell a percentile.

    Parameters
    ----------
    units
        Units on test.
    duration
        When units that last are taken off; infinite if all are run to failure.
    standard_error
        Asymptotic, of the log of the percentile.
    factor
        Precision factor: the interval reaches from estimate / factor to estimate * factor.
    expected_failures
        By the end.
    few
        Probability of fewer than `FEW` failures.
    """

    units: int
    duration: float
    standard_error: float
    factor: float
    expected_failures: float
    few: float


def variance_factor(values: PlanningValues, p: float, duration: float) -> float:
    """Units times the asymptotic variance of the log of the percentile `p`, over sigma squared.

    Parameters
    ----------
    duration
        Time at which units that last are taken off (Type I); infinite for complete data. A test
        that ends with the r-th of n failures (Type II) is as good as one that ends at
        ``values.life(r / n)``.

    References
    ----------
    Meeker and Escobar (1998), section 10.2 and appendix C.

    Examples
    --------
    Median of complete lognormal data: a variance of sigma**2 / n.

    >>> round(variance_factor(PlanningValues(0.0, 1.0, "lognormal"), 0.5, inf), 6)
    1.0
    """
    check_share(p, "p")
    end = values.standard(np.array([duration]))
    return float(_variance(values.family, p, unit_information(values.family, end))[0])


def precision(
    values: PlanningValues, p: float, *, units: int, duration: float, confidence: float = 0.95
) -> PrecisionPlan:
    """How well `units` on test until `duration` will tell the percentile `p`.

    Raises
    ------
    BadData
        If the test ends before any failure can be expected to be seen.
    """
    variance = variance_factor(values, p, duration)
    if not np.isfinite(variance):
        said = f"by {duration:g} practically no unit has failed: test longer"
        raise BadData(said, (Problem("/duration", said),))
    error = values.sigma * sqrt(variance / units)
    failing = values.failing(duration)
    return PrecisionPlan(
        units=units,
        duration=duration,
        standard_error=error,
        factor=exp(min(_normal(confidence) * error, 700.0)),
        expected_failures=units * failing,
        few=float(special.bdtr(FEW - 1, units, failing)) if units >= FEW else 1.0,
    )


def units_for_precision(
    values: PlanningValues, p: float, *, factor: float, duration: float, confidence: float = 0.95
) -> PrecisionPlan:
    """Fewest units whose interval of the percentile `p` is within a factor of the estimate.

    ``n = z**2 sigma**2 V / log(factor)**2``, V the variance factor.

    Parameters
    ----------
    factor
        > 1; 1.5 means from two thirds of the estimate to one and a half of it.
    confidence
        Of the two-sided interval.

    Raises
    ------
    BadData
        If the factor is not above 1, or the test is too short.

    References
    ----------
    Meeker and Escobar (1998), equation 10.3.
    """
    check_share(confidence, "confidence")
    if not factor > 1.0:
        said = f"the precision factor is {factor:g}: it must be above 1, e.g. 1.5"
        raise BadData(said, (Problem("/factor", said),))
    one = precision(values, p, units=1, duration=duration, confidence=confidence)
    needed = (_normal(confidence) * one.standard_error / log(factor)) ** 2
    return precision(
        values, p, units=max(ceil(needed - 1e-9), 2), duration=duration, confidence=confidence
    )


def trade_off(
    values: PlanningValues,
    p: float,
    durations: FloatArray,
    *,
    factor: float,
    confidence: float = 0.95,
) -> tuple[PrecisionPlan, ...]:
    """Units against duration for one precision; durations that cannot do it are left out."""
    found: list[PrecisionPlan] = []
    for duration in durations:
        try:
            plan = units_for_precision(
                values, p, factor=factor, duration=float(duration), confidence=confidence
            )
        except BadData:
            continue
        if plan.units < MOST_UNITS:
            found.append(plan)
    return tuple(found)


MOST_UNITS = 10_000_000


def _variance(family: Family, p: float, information: FloatArray) -> FloatArray:
    """(1, z) inverse(F) (1, z)' of each row; infinite where the information is singular."""
    z = float(standard_quantile(family, np.array([p]))[0])
    f11, f12, f22 = information.T
    determinant = f11 * f22 - f12**2
    good = determinant > 1e-12 * np.maximum(f11 * f22, 1e-300)
    top = f22 - 2.0 * z * f12 + z * z * f11
    return np.where(good, top / np.where(good, determinant, 1.0), inf)


def _normal(confidence: float) -> float:
    return float(special.ndtri(0.5 * (1.0 + confidence)))
