"""Variance of ROC AUCs on one test set, of one model or of two: DeLong's placement values."""

from math import exp, log, sqrt

import numpy as np
from scipy.special import ndtri

from ops.classify.evaluation.discrimination import Placements, placements
from ops.classify.evaluation.estimate import Estimate, absent
from ops.values import BoolArray, FloatArray

ONE_CLASS = "The rows are of one class only."
TOO_FEW = "A variance needs two events and two other rows."
SEPARATED = "All events lie on one side of all others: the variance is zero, no interval."


def auc_covariance(event: BoolArray, scores: tuple[FloatArray, ...]) -> FloatArray:
    """Covariance matrix of the AUCs of several scores of the same rows, shape (s, s).

    Parameters
    ----------
    event : shape (n,)
        At least two events and two others.
    scores
        Each of shape (n,).

    References
    ----------
    DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44, 837-845, eq. 4-6; by sorting, after
    Sun and Xu (2014), IEEE Signal Processing Letters 21, 1389-1393.
    """
    return _covariance([placements(event, s) for s in scores])


def _covariance(found: list[Placements]) -> FloatArray:
    events = np.atleast_2d(np.cov(np.stack([p.events for p in found])))
    others = np.atleast_2d(np.cov(np.stack([p.others for p in found])))
    return events / found[0].events.size + others / found[0].others.size


def auc_interval(event: BoolArray, score: FloatArray, *, confidence: float = 0.95) -> Estimate:
    """ROC AUC with DeLong's interval, taken on the logit scale, so that it stays within 0 and 1.

    Rows are taken as independent.
    """
    events = int(event.sum())
    if events in (0, event.size):
        return absent(ONE_CLASS)
    # one score alone: the order of rows says nothing, and sorted ones are found much faster
    ordered = np.concatenate([np.sort(score[event]), np.sort(score[~event])])
    placed = placements(np.arange(event.size) < events, ordered)
    auc = float(np.mean(placed.events))
    if min(events, event.size - events) < 2:
        return Estimate(auc, reason=TOO_FEW)
    variance = float(_covariance([placed])[0, 0])
    if not 0.0 < auc < 1.0 or variance <= 0.0:
        return Estimate(auc, reason=SEPARATED)
    middle = log(auc / (1.0 - auc))
    half = float(ndtri(0.5 + confidence / 2)) * sqrt(variance) / (auc * (1.0 - auc))
    return Estimate(auc, _expit(middle - half), _expit(middle + half), "delong")


def _expit(value: float) -> float:
    return 1.0 / (1.0 + exp(-value)) if value > -700 else 0.0
