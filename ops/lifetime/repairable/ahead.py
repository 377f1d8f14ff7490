"""How many events a fleet will have over a stretch of time to come, with what is not known of it.

Given the exponent, the scale of a power law has a gamma distribution, and the events to come are
negative binomial; the exponent itself is spread by its profile likelihood (a flat prior on its
logarithm). So the interval holds both chance and the uncertainty of the fit.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.repairable.data import RecurrentData
from ops.lifetime.repairable.power_law import power_law
from ops.values import FloatArray

NODES = 201  # exponents that the mixture is formed over
MOST = 2**40  # events beyond which nothing is counted
FAR = 10.0  # times the greatest age, beyond which a power law is not carried on


@dataclass(frozen=True, slots=True)
class EventsAhead:
    """Events of all systems together over the stretch: mean, and a predictive interval."""

    horizon: float
    mean: float
    lower: int
    upper: int
    confidence: float


def events_ahead(
    data: RecurrentData, horizon: float, *, confidence: float = 0.95, constant: bool = False
) -> EventsAhead:
    """Predict the events of every system from when it was last seen to `horizon` later.

    Parameters
    ----------
    horizon
        Length of the stretch, in the unit of the data, > 0.
    constant
        Whether the rate is taken not to change.

    Raises
    ------
    BadData
        If the stretch is not positive, or far longer than any system was watched.
    NotEnoughData
        With fewer than 3 events (1 where the rate is constant).
    """
    if not (horizon > 0 and np.isfinite(horizon)):
        problem = Problem("/horizon", f"{horizon:g} is not a length of time; give more than 0")
        raise BadData(f"the stretch ahead must be more than 0, got {horizon:g}", (problem,))
    far = FAR * float(data.end.max())
    if horizon > far:
        problem = Problem("/horizon", f"{horizon:g} is too far ahead; give at most {far:g}")
        raise BadData(
            f"the stretch ahead of {horizon:g} is more than {FAR:g} times the greatest age"
            f" {data.end.max():g}; give at most {far:g}",
            (problem,),
        )
    n = data.time.size
    if constant:
        if n < 1:
            raise NotEnoughData("no event was seen yet: a rate cannot be told")
        beta, weight = np.ones(1), np.ones(1)
    else:
        beta, weight = _exponents(data)
    unit = float(data.end.max() + horizon)
    start, end, later = data.start / unit, data.end / unit, (data.end + horizon) / unit
    past = np.sum(end[:, None] ** beta - start[:, None] ** beta, axis=0)
    ahead = np.sum(later[:, None] ** beta - end[:, None] ** beta, axis=0)
    share = past / (past + ahead)
    tail = (1.0 - confidence) / 2.0
    return EventsAhead(
        horizon=horizon,
        mean=float(np.sum(weight * n * ahead / past)),
        lower=_quantile(tail, n, share, weight),
        upper=_quantile(1.0 - tail, n, share, weight),
        confidence=confidence,
    )


def _exponents(data: RecurrentData) -> tuple[FloatArray, FloatArray]:
    """Exponents about the best one, weighted by the profile likelihood."""
    fit = power_law(data, confidence=0.9999)
    beta = np.geomspace(fit.lower, fit.upper, NODES)
    unit = float(data.end.max())
    start, end = data.start / unit, data.end / unit
    exposure = np.sum(end[:, None] ** beta - start[:, None] ** beta, axis=0)
    logs = float(np.log(data.time / unit).sum())
    level = data.time.size * np.log(beta / exposure) + (beta - 1.0) * logs
    weight = np.exp(level - level.max())
    return beta, weight / weight.sum()


def _quantile(p: float, n: int, share: FloatArray, weight: FloatArray) -> int:
    """Smallest count with at least `p` below or at it, of a mixture of negative binomials."""

    def below(count: int) -> float:
        return float(np.sum(weight * betainc(n, count + 1.0, share)))

    high = 1
    while below(high) < p and high < MOST:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if below(middle) >= p else (middle, high)
    return high
