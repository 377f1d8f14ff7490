"""A score with its interval, or the reason why it does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtri, stdtrit

IntervalMethod = Literal["none", "folds", "repeats", "delong", "bootstrap", "wilson", "paired"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and how surely it is known; each None where it does not exist.

    Parameters
    ----------
    value, lower, upper
        Estimate and its two-sided interval.
    method
        How the interval came about: `folds` is the t interval of fold scores, approximate, since
        folds share training rows.
    reason
        Why there is no value, or no interval; "" where there is one.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    method: IntervalMethod = "none"
    reason: str = ""


def absent(reason: str) -> Estimate:
    """No value, and why."""
    return Estimate(None, reason=reason)


def over_folds(scores: Sequence[float | None], *, confidence: float = 0.95) -> Estimate:
    """Mean of the scores of folds with its t interval, folds without a score left out.

    The interval takes folds as independent; they share training rows, so it is approximate and
    rather too narrow (Bengio and Grandvalet 2004: no unbiased estimate of that variance exists).

    Examples
    --------
    >>> round(over_folds([0.8, 0.9, 0.85]).value, 4)
    0.85
    """
    known = np.array([s for s in scores if s is not None], dtype=np.float64)
    if known.size == 0:
        return absent("No fold has this score.")
    mean = float(np.mean(known))
    if known.size < 2:
        return Estimate(mean, reason="One fold alone tells no spread.")
    half = float(
        stdtrit(known.size - 1, 0.5 + confidence / 2) * known.std(ddof=1) / sqrt(known.size)
    )
    return Estimate(mean, mean - half, mean + half, "folds")


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> Estimate:
    """Share with Wilson's score interval (Wilson 1927, JASA 22, 209-212).

    Examples
    --------
    >>> w = wilson(0, 10)
    >>> w.lower, round(w.upper, 4)
    (0.0, 0.2775)
    """
    if n == 0:
        return absent("There are no rows of this kind.")
    z = float(ndtri(0.5 + confidence / 2))
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    lower = 0.0 if successes == 0 else max(0.0, centre - half)
    upper = 1.0 if successes == n else min(1.0, centre + half)
    return Estimate(share, lower, upper, "wilson")
