"""Cumulative incidence of each failure mode beside the others (Aalen-Johansen)."""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.kaplan_meier import survival_bounds
from ops.lifetime.nonparametric.risk_set import risk_set
from ops.values import FloatArray

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Incidence:
    """Share of the units that have failed by each mode, a step at each time of failure.

    Parameters
    ----------
    modes
        Names of the modes; failures whose mode nobody knows are one of their own, the last.
    time : shape (m,)
        Distinct times of failure of any mode.
    incidence, std_error, lower, upper : shape (k, m)
        Of each mode; the incidences and `survival` add up to 1. The bounds are pointwise and
        normal on the scale log(-log); NaN where the incidence is 0.
    survival : shape (m,)
        Share that has not failed.
    failed : shape (k, m)
        Units that failed by each mode then.
    at_risk : shape (m,)
        Units at risk just before.
    confidence
        Of `lower` and `upper` together.
    unit
        Of the times.
    """

    modes: tuple[str, ...]
    time: FloatArray
    incidence: FloatArray
    std_error: FloatArray
    lower: FloatArray
    upper: FloatArray
    survival: FloatArray
    failed: FloatArray
    at_risk: FloatArray
    confidence: float
    unit: str


def incidence(data: LifeData, *, confidence: float = 0.95) -> Incidence:
    """Cumulative incidence of each failure mode.

    One minus the Kaplan-Meier estimate of one mode, the others taken as censoring, answers what
    would be if the others did not exist; this answers what happens.

    Parameters
    ----------
    data
        Exact failures with their modes, and right-censored units.
    confidence
        Two-sided, pointwise.

    Raises
    ------
    NotEnoughData
        If nothing failed.
    BadData
        If a failure is only known to lie in an interval.

    References
    ----------
    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150; Andersen, Borgan,
    Gill and Keiding (1993), section 4.4.1 (covariance of Greenwood's kind).
    """
    found = risk_set(data)
    modes = data.modes or ("",)
    mode = data.mode[found.row] if data.modes else np.zeros(found.row.size, dtype=np.int64)
    if (mode < 0).any():
        modes = (*modes, UNKNOWN)
    failed = np.zeros((len(modes), found.time.size))
    np.add.at(failed, (mode, found.place), data.weight[found.row])
    share = failed / found.at_risk
    hazard = np.minimum(found.failed / found.at_risk, 1.0)
    survival: FloatArray = np.cumprod(1.0 - hazard, dtype=np.float64)
    before = np.concatenate([[1.0], survival[:-1]])
    cumulative = np.cumsum(before * share, axis=1)
    std_error = np.sqrt(_variance(share, hazard, before, found.at_risk))
    lower, upper = survival_bounds(cumulative, std_error, confidence)
    return Incidence(
        modes, found.time, cumulative, std_error, lower, upper, survival, failed, found.at_risk,
        confidence, data.unit,
    )  # fmt: skip


def _variance(
    share: FloatArray, hazard: FloatArray, before: FloatArray, at_risk: FloatArray
) -> FloatArray:
    """Variance of each incidence, carried from step to step together with that of survival.

    Parameters
    ----------
    share : shape (k, m)
        Share of those at risk that fails by each mode at each time.
    hazard, before, at_risk : shape (m,)
        Share that fails by any mode, survival just before, units at risk.
    """
    of_survival = 0.0
    mixed, own = np.zeros(share.shape[0]), np.zeros(share.shape[0])
    found = np.empty_like(share)
    for j in range(share.shape[1]):
        a, h, scale = share[:, j], hazard[j], before[j] ** 2 / at_risk[j]
        own = own + 2.0 * a * mixed + a**2 * of_survival + scale * a * (1.0 - a)
        mixed = (1.0 - h) * (mixed + a * of_survival - scale * a)
        of_survival = (1.0 - h) ** 2 * of_survival + scale * h * (1.0 - h)
        found[:, j] = own
    return np.maximum(found, 0.0)
