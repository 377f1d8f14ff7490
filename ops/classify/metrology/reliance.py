"""How far a predicted number may be relied on, 0 (measure instead) to 1.

The index is the product of shares, each 1 where nothing speaks against the prediction:
agreement of two different models, likeness to the rows of training, and sharpness of the interval.

References
----------
Cheng, Chen, Su and Zeng (2008), Evaluating reliance level of a virtual metrology system, IEEE
Transactions on Semiconductor Manufacturing 21(1), 92-103 (reliance index and similarity index,
which are kept apart there); Kang, Kim and Cho (2012), Expert Systems with Applications 39(16).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from ops.classify.evaluation.estimate import Estimate, wilson
from ops.values import BoolArray, FloatArray, IntArray

THIRDS = 3
BLUNDER = 3.0  # robust standard deviations of the errors
USUAL = 0.99  # share of the errors relied on that are smaller
_ROBUST = 1.4826  # standard deviation over median absolute error of a normal distribution


def agreement(value: FloatArray, other: FloatArray, spread: float) -> FloatArray:
    """Overlap of two normal distributions around two answers, 2 Phi(-|a - b| / (2 spread)).

    Examples
    --------
    >>> agreement(np.array([1.0, 5.0]), np.array([1.0, 1.0]), 1.0).round(3)
    array([1.   , 0.046])
    """
    return np.asarray(2.0 * ndtr(-np.abs(value - other) / (2.0 * spread)))


def sharpness(lower: FloatArray, upper: FloatArray, allowed: float) -> FloatArray:
    """Hold the allowed half-width against that of the interval, at most 1; 1 without one.

    Examples
    --------
    >>> sharpness(np.array([0.0, np.nan]), np.array([4.0, np.nan]), 1.0)
    array([0.5, 1. ])
    """
    half = (upper - lower) / 2.0
    known = np.isfinite(half) & (half > 0)
    return np.where(known, np.minimum(1.0, allowed / np.where(known, half, 1.0)), 1.0)


@dataclass(frozen=True, slots=True)
class Third:
    """Rows of like reliance: what their errors are.

    Parameters
    ----------
    low, high
        Reliance of the rows.
    rmse
        Root of the mean squared error, in the label's unit.
    within
        Share of the rows inside of their interval.
    """

    rows: int
    low: float
    high: float
    rmse: float
    mae: float
    within: Estimate


def by_third(error: FloatArray, reliance: FloatArray, inside: BoolArray) -> tuple[Third, ...]:
    """Errors by third of reliance, the least reliable first; of equal ones earlier rows first."""
    order = np.argsort(reliance, kind="stable")
    found: list[Third] = []
    for rows in np.array_split(order, THIRDS):
        if not rows.size:
            continue
        part = error[rows]
        found.append(
            Third(
                int(rows.size),
                float(reliance[rows].min()),
                float(reliance[rows].max()),
                float(np.sqrt(np.mean(np.square(part)))),
                float(np.mean(np.abs(part))),
                wilson(int(inside[rows].sum()), int(rows.size)),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Threshold:
    """Reliance below which to measure, and what it does on rows that did not choose it.

    Parameters
    ----------
    least
        Of all tested rows; what is served.
    relied : shape (n,)
        Rows that the threshold of the *other* pieces lets stand.
    reached
        Whether the wanted share of small errors was reached; False: nothing reached it, and the
        share of rows chose.
    """

    least: float
    relied: BoolArray
    reached: bool


def choose_threshold(
    error: FloatArray,
    reliance: FloatArray,
    pieces: IntArray,
    *,
    measure: float,
    tolerance: float | None = None,
    share: float = 0.95,
) -> Threshold:
    """Choose the least reliance by the errors of the rows above it.

    Parameters
    ----------
    error, reliance : shape (n,)
        Out of fold.
    pieces : shape (n,)
        Parts of the rows: each is judged by the threshold of the others.
    measure
        Share of the rows that is measured where no threshold does what is wanted.
    tolerance
        Largest error that does no harm, in the label's unit: the threshold is the lowest above
        which `share` of the rows keep it. None: the lowest above which 99 % of the errors are
        within three robust standard deviations (1.4826 x median) of all of them.
    """
    relied = np.zeros(error.size, dtype=np.bool_)
    for piece in np.unique(pieces).tolist():
        here = pieces == piece
        others = ~here if (~here).any() else here
        least, _ = _least(error[others], reliance[others], measure, tolerance, share)
        relied[here] = reliance[here] >= least
    least, reached = _least(error, reliance, measure, tolerance, share)
    return Threshold(least, relied, reached)


def _least(
    error: FloatArray, reliance: FloatArray, measure: float, tolerance: float | None, share: float
) -> tuple[float, bool]:
    by_share = float(np.quantile(reliance, measure))
    if tolerance is None:
        tolerance = BLUNDER * _ROBUST * float(np.median(np.abs(error)))
        share = USUAL
    order = np.argsort(-reliance, kind="stable")
    small = np.abs(error[order]) <= tolerance
    kept = np.cumsum(small) / np.arange(1, error.size + 1)
    last = np.append(np.diff(reliance[order]) != 0, True)  # rows of equal reliance stay together
    good = np.flatnonzero((kept >= share) & last & small)  # the last one itself is fine
    if not good.size:
        return by_share, False
    return float(reliance[order][good[-1]]), True
