"""From scores to probabilities: the logistic function of one score, softmax of several."""

from math import exp

import numpy as np
from scipy.special import expit

from ops.values import FloatArray


def probabilities(score: FloatArray) -> FloatArray:
    """Probabilities of scores, shape (n, 1) for two classes, (n, classes) for more."""
    if score.shape[1] == 1:
        p = expit(score[:, 0])
        return np.column_stack([1 - p, p])
    raised = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def probability(score: FloatArray) -> FloatArray:
    """Probabilities of the scores of one row, shape (1,) or (classes,)."""
    if score.size == 1:
        return pair(float(score[0]))
    raised = np.exp(score - score.max())
    return np.asarray(raised / raised.sum())


def pair(score: float) -> FloatArray:
    """Probabilities of both classes at a score (log-odds of the second)."""
    if score >= 0:
        p = 1.0 / (1.0 + exp(-score))
    else:
        grown = exp(max(score, -745.0))
        p = grown / (1.0 + grown)
    return np.array((1.0 - p, p))
