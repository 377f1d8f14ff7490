"""Whether a calibration is worth having: only if it helps rows that it was not fitted on."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from ops.classify.evaluation.calibration import Calibration, CalibrationKind, fit_calibration
from ops.classify.evaluation.clusters import cluster_codes
from ops.classify.evaluation.estimate import Estimate
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.proper import brier_losses, log_losses
from ops.values import FloatArray, IntArray

KINDS: tuple[CalibrationKind, ...] = ("sigmoid", "isotonic", "temperature")
ONE_ROW = "One row or one group alone tells no spread."


@dataclass(frozen=True, slots=True)
class CalibrationTrial:
    """One map, cross-fitted over the folds.

    Parameters
    ----------
    brier, log_loss
        Of the tested rows after the map of the other folds.
    brier_gain, log_loss_gain
        How much smaller than before, with the paired interval; positive is better. The interval
        is widened for the number of maps and losses tried (Bonferroni).
    accepted
        One of the two gains lies above 0 with its whole interval, and the other does not lie below
        0 with its whole interval.
    """

    kind: CalibrationKind
    brier: float
    log_loss: float
    brier_gain: Estimate
    log_loss_gain: Estimate
    accepted: bool


@dataclass(frozen=True, slots=True)
class CalibrationChoice:
    """The map that is kept.

    Parameters
    ----------
    calibration
        Fitted on all tested rows; kind none if no trial is accepted.
    probability : shape (m, classes)
        Cross-fitted: what scores, decisions and conformal sets are to be computed from.
    trials
        What was tried, with figures.
    """

    calibration: Calibration
    probability: FloatArray
    trials: tuple[CalibrationTrial, ...]


def choose_calibration(
    found: OutOfFold,
    *,
    kinds: tuple[CalibrationKind, ...] = KINDS,
    groups: IntArray | None = None,
    confidence: float = 0.95,
) -> CalibrationChoice:
    """Try maps across folds, keep the one of least log-loss that is told apart from none.

    Parameters
    ----------
    found
        Probabilities as the models gave them.
    kinds
        Maps to be tried.
    groups : shape (m,)
        Group of each tested row, -1 for none: gains of a group count as one observation.
    """
    level = 1.0 - (1.0 - confidence) / (2 * max(len(kinds), 1))
    mapped = {kind: cross_calibrated(kind, found) for kind in kinds}
    trials = tuple(_trial(kind, found, mapped[kind], groups, level) for kind in kinds)
    accepted = [t for t in trials if t.accepted]
    if not accepted:
        return CalibrationChoice(Calibration(), found.probability, trials)
    best = min(accepted, key=lambda t: t.log_loss).kind
    kept = fit_calibration(best, found.y, found.probability)
    return CalibrationChoice(kept, mapped[best], trials)


def cross_calibrated(kind: CalibrationKind, found: OutOfFold) -> FloatArray:
    """Probabilities after the map that the other folds gave, shape (m, classes)."""
    calibrated = np.empty_like(found.probability)
    pieces = found.pieces
    for piece in np.unique(pieces):
        here = pieces == piece
        fitted = fit_calibration(kind, found.y[~here], found.probability[~here])
        calibrated[here] = fitted.apply(found.probability[here])
    return calibrated


def paired_mean(gain: FloatArray, groups: IntArray | None, confidence: float) -> Estimate:
    """Mean of paired differences of rows, t interval over rows or over sums of groups."""
    mean = float(np.mean(gain))
    rest: FloatArray = gain - mean
    if groups is not None:
        rest = np.bincount(cluster_codes(groups), weights=rest).astype(np.float64)
    count = rest.size
    if count < 2:
        return Estimate(mean, reason=ONE_ROW)
    error = sqrt(float(rest @ rest) * count / (count - 1)) / gain.size
    half = float(stdtrit(count - 1, 0.5 + confidence / 2)) * error
    return Estimate(mean, mean - half, mean + half, "paired")


def _trial(
    kind: CalibrationKind,
    found: OutOfFold,
    after: FloatArray,
    groups: IntArray | None,
    confidence: float,
) -> CalibrationTrial:
    brier, log_loss = brier_losses(found.y, after), log_losses(found.y, after)
    gains = (
        paired_mean(brier_losses(found.y, found.probability) - brier, groups, confidence),
        paired_mean(log_losses(found.y, found.probability) - log_loss, groups, confidence),
    )
    helps = any(g.lower is not None and g.lower > 0 for g in gains)
    harms = any(g.upper is not None and g.upper < 0 for g in gains)
    return CalibrationTrial(
        kind, float(np.mean(brier)), float(np.mean(log_loss)), *gains, helps and not harms
    )
