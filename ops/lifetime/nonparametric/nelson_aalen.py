"""The cumulative hazard, failure by failure (Nelson-Aalen)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import digamma, ndtri, polygamma

from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.risk_set import risk_set
from ops.values import FloatArray

Ties = Literal["together", "one-by-one"]


@dataclass(frozen=True, slots=True)
class NelsonAalen:
    """Cumulative hazard, a step at each time of failure; 0 before the first.

    Parameters
    ----------
    time, hazard : shape (m,)
        Distinct times of failure, and the cumulative hazard from each on.
    std_error, lower, upper : shape (m,)
        Of `hazard`; the bounds are pointwise and normal in its logarithm.
    failed, at_risk : shape (m,)
        Units that failed then, and that were at risk just before.
    confidence
        Of `lower` and `upper` together.
    unit
        Of the times.
    """

    time: FloatArray
    hazard: FloatArray
    std_error: FloatArray
    lower: FloatArray
    upper: FloatArray
    failed: FloatArray
    at_risk: FloatArray
    confidence: float
    unit: str


def nelson_aalen(
    data: LifeData, *, confidence: float = 0.95, ties: Ties = "together"
) -> NelsonAalen:
    """Nelson-Aalen estimate of the cumulative hazard.

    Parameters
    ----------
    data
        Exact failures and right-censored units; entry (left truncation) is taken into account.
    confidence
        Two-sided, pointwise.
    ties
        Whether `d` failures at one time add d/n at once, or 1/n + 1/(n-1) + ..., as if they had
        followed each other (Fleming and Harrington 1984).

    Raises
    ------
    NotEnoughData
        If nothing failed.
    BadData
        If a failure is only known to lie in an interval.

    References
    ----------
    Nelson (1972), Technometrics 14, 945-966; Aalen (1978), Annals of Statistics 6, 701-726;
    Klein and Moeschberger (2003), eq. 4.2.1, 4.2.2 and section 4.4 (bounds).
    """
    found = risk_set(data)
    d, n = found.failed, found.at_risk
    if ties == "together":
        step, variance = d / n, d / n**2
    else:  # sums of 1/k and 1/k^2 from n-d+1 to n, also for weights that are no whole numbers
        left = np.maximum(n - d, 0.0)
        step = np.asarray(digamma(n + 1.0) - digamma(left + 1.0))
        variance = np.asarray(polygamma(1, left + 1.0) - polygamma(1, n + 1.0))
    hazard, std_error = np.cumsum(step), np.sqrt(np.cumsum(variance))
    wide = np.exp(float(ndtri(0.5 + confidence / 2.0)) * std_error / hazard)
    return NelsonAalen(
        found.time, hazard, std_error, hazard / wide, hazard * wide, d, n, confidence, data.unit
    )
