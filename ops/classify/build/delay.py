"""How long after an event one knows of it, corrected for what is not known yet.

Of an event that is heard of only when it is known, the slow ones of late are missing: its delay is
right-truncated. In reversed time that is left truncation, and the product-limit estimate holds
(Lagakos, Barraj and De Gruttola 1988, Biometrika 75, 515-523, eq. 2.2), given that no delay is
longer than the longest that was seen. An alert that is open is known to be waited for: its delay is
right-censored, and the estimate is that of Kaplan and Meier.
"""

import numpy as np

from ops.classify.build.columns import HOUR_US
from ops.classify.build.report import LabelDelay
from ops.lifetime.data import failures_and_suspensions
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.values import FloatArray, IntArray

LEVELS = (0.5, 0.9, 0.99)
_SHORTEST = 1e-6  # hours; a life of zero is no life


def truncated_delay(delay: FloatArray, age: FloatArray, *, recent: float) -> LabelDelay:
    """Delays of events that one hears of when they are known.

    Parameters
    ----------
    delay, age : shape (n,)
        Hours from each event until it was known, and until the instant of the build; delay <= age.
    recent
        Hours before the instant for which the share that is not known yet is estimated.
    """
    if delay.size == 0:
        return LabelDelay()
    times, cdf = reversed_product_limit(delay, age)
    reached = {f"{p:g}": float(times[np.searchsorted(cdf, p - 1e-12)]) for p in LEVELS}
    late = age <= recent
    share = _at(times, cdf, age[late])
    unsettled = None if not late.any() or (share <= 0).any() else 1 - late.sum() / (1 / share).sum()
    return LabelDelay(
        known=int(delay.size),
        quantiles=reached,
        method="truncated",
        unsettled=None if unsettled is None else float(unsettled),
    )


def reversed_product_limit(delay: FloatArray, age: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distinct delays, and the share of the events whose delay is not longer; the last is 1."""
    times, died = np.unique(delay, return_counts=True)
    at_risk = np.searchsorted(np.sort(delay), times, side="right") - np.searchsorted(
        np.sort(age), times, side="left"
    )
    stays = 1 - died / at_risk
    later = np.append(np.cumprod(stays[::-1])[::-1][1:], 1.0)
    return times, later


def censored_delay(delay: FloatArray, waiting: FloatArray) -> LabelDelay:
    """Delays of which some are still going on: hours so far in `waiting`."""
    quantiles: dict[str, float | None] = {f"{p:g}": None for p in LEVELS}
    if delay.size:
        lasted = np.maximum(waiting, _SHORTEST)
        curve = kaplan_meier(failures_and_suspensions(np.maximum(delay, _SHORTEST), lasted))
        for p in LEVELS:
            reached = curve.quantile(p)[0]
            quantiles[f"{p:g}"] = reached if np.isfinite(reached) else None
    return LabelDelay(int(delay.size), quantiles, "censored", int(waiting.size))


def hours(microseconds: IntArray) -> FloatArray:
    """Microseconds as hours."""
    return np.asarray(microseconds, dtype=np.float64) / HOUR_US


def _at(times: FloatArray, cdf: FloatArray, x: FloatArray) -> FloatArray:
    place = np.searchsorted(times, x, side="right") - 1
    return np.where(place >= 0, cdf[np.maximum(place, 0)], 0.0)
