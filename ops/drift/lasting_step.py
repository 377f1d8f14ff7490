"""Whether a step lasts: the level of the days before and after it, a common slope apart.

Wear of consumables, lots and spools make lines of a day or two that begin with a jump and come back
by themselves. A step of the tool is still there days later.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from ops.values import FloatArray

REACH_DAYS, BIN_DAYS, LEAST = 7.0, 0.5, 4
MOST_PHI = 0.9


@dataclass(frozen=True, slots=True)
class LastingStep:
    """Level after less level before, with its interval."""

    size: float
    lower: float
    upper: float


def lasting_step(
    t: FloatArray,
    y: FloatArray,
    at: float,
    *,
    reach_days: float = REACH_DAYS,
    confidence: float = 0.95,
) -> LastingStep | None:
    """Measure a step over the days around it; None with fewer than 4 half days on a side.

    Parameters
    ----------
    t, y : shape (n,)
        Days, increasing, and finite values.
    at
        Day of the first value after the step.

    Examples
    --------
    >>> t = np.arange(0.0, 20.0, 0.1)
    >>> y = np.where(t < 10.0, 0.0, 3.0) + 0.1 * np.sin(40 * t)
    >>> round(lasting_step(t, y, 10.0).size, 1)
    3.0
    """
    kept = (t >= at - reach_days) & (t < at + reach_days)
    place = np.floor((t[kept] - at) / BIN_DAYS).astype(np.int64)
    bins, of = np.unique(place, return_inverse=True)
    after = (bins >= 0).astype(np.float64)
    if min(int(after.sum()), int(bins.size - after.sum())) < LEAST:
        return None
    mean = np.bincount(of, y[kept]) / np.bincount(of)
    x = np.column_stack((np.ones(bins.size), bins.astype(np.float64), after))
    beta = np.linalg.lstsq(x, mean, rcond=None)[0]
    rest = mean - x @ beta
    square = float(rest @ rest)
    n = bins.size
    first = float(rest[1:] @ rest[:-1]) / square if square > 0 else 0.0
    phi = float(np.clip(first + (3.0 + 3.0 * max(first, 0.0)) / n, 0.0, MOST_PHI))
    variance = square / (n - 3) * (1.0 + phi) / (1.0 - phi)
    error = sqrt(variance * float(np.linalg.pinv(x.T @ x)[2, 2]))
    df = max(n * (1.0 - phi) / (1.0 + phi) - 3.0, 2.0)
    half = float(stdtrit(df, 0.5 + confidence / 2)) * error
    return LastingStep(float(beta[2]), float(beta[2]) - half, float(beta[2]) + half)
