"""What a model's answers were worth on rows whose labels are known, and what they promise."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import entr, ndtr, ndtri

from ops.classify.evaluation.bootstrap import percentile_interval, weightings
from ops.classify.evaluation.delong import auc_interval
from ops.classify.evaluation.discrimination import SortedScores
from ops.classify.evaluation.estimate import Estimate, absent
from ops.classify.evaluation.label_free import expected_performance
from ops.classify.evaluation.proper import brier_losses, log_losses
from ops.classify.training.plan import Headline
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

DRAWS = 200
LOWER_IS_BETTER = ("brier", "log_loss")


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether a promised score was kept.

    Parameters
    ----------
    difference, lower, upper
        Realised less promised, with the 95 % interval of both errors.
    p
        That it is no worse (one-sided); None where no interval tells.
    relative
        How much worse, as a share of the promise; below 0: better.
    """

    promised: Estimate
    realised: Estimate
    difference: float
    lower: float | None
    upper: float | None
    p: float | None
    relative: float


def realised(
    name: Headline, y: IntArray, probability: FloatArray, positive: int | None, *, seed: int
) -> Estimate:
    """Score of rows whose labels are known, with its 95 % interval.

    Parameters
    ----------
    y : shape (n,)
        Class of each row.
    probability : shape (n, classes)
    positive
        Index of the event; None: log-loss and Brier score only.
    """
    if y.size < 2:
        return absent("Fewer than 2 labels are known.")
    if name in LOWER_IS_BETTER:
        losses = (brier_losses if name == "brier" else log_losses)(y, probability)
        half = float(ndtri(0.975)) * float(losses.std(ddof=1)) / sqrt(losses.size)
        mean = float(losses.mean())
        return Estimate(mean, max(0.0, mean - half), mean + half, "none")
    if positive is None:
        return absent("This score needs an event.")
    event, score = y == positive, probability[:, positive]
    if name == "roc_auc":
        return auc_interval(event, score)
    if not 0 < int(event.sum()) < event.size:
        return absent("All known labels are of one class.")
    ranked = SortedScores(event, score)
    value = ranked.average_precision(np.ones(event.size))
    drawn = [
        ranked.average_precision(w) for w in weightings(event.size, None, draws=DRAWS, seed=seed)
    ]
    ends = percentile_interval(np.array(drawn), 0.95)
    if ends is None:
        return Estimate(value, reason="Most draws do not have this score: no interval.")
    return Estimate(value, *ends, "bootstrap")


def foretold(name: Headline, probability: FloatArray, positive: int | None) -> float | None:
    """Score that is to be expected if the probabilities are true; no label is asked for.

    Parameters
    ----------
    probability : shape (n, classes)
    """
    if not len(probability):
        raise NotEnoughData("expected scores need 1 row, got 0")
    if name == "log_loss":
        return float(entr(probability).sum(axis=1).mean())
    if name == "brier":
        squares = float((1.0 - np.square(probability).sum(axis=1)).mean())
        return squares / 2.0 if probability.shape[1] == 2 else squares
    if positive is None:
        return None
    found = expected_performance(probability[:, positive])
    return found.auc if name == "roc_auc" else found.average_precision


def kept(promised: Estimate, found: Estimate, *, low: bool) -> Kept | None:
    """Compare a realised score with the promised one; None where either has no value.

    Both errors are taken as normal and independent: their rows are different ones.

    Parameters
    ----------
    low
        Whether the score is better when low.
    """
    if promised.value is None or found.value is None:
        return None
    difference = found.value - promised.value
    worse = difference if low else -difference
    relative = worse / abs(promised.value) if promised.value else 0.0
    error = _error(found)
    if error is None:
        return Kept(promised, found, difference, None, None, None, relative)
    error = sqrt(error**2 + (_error(promised) or 0.0) ** 2)
    half = float(ndtri(0.975)) * error
    p = float(ndtr(-worse / error)) if error > 0 else float(worse <= 0)
    return Kept(promised, found, difference, difference - half, difference + half, p, relative)


def _error(of: Estimate) -> float | None:
    if of.lower is None or of.upper is None:
        return None
    return (of.upper - of.lower) / 2.0 / float(ndtri(0.975))
