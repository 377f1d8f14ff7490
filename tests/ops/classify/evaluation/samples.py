"""Predictions with known truth that several tests share."""

import numpy as np

from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.splits import stratified
from ops.values import FloatArray, IntArray


def true_probabilities(rng: np.random.Generator, n: int, classes: int = 2) -> FloatArray:
    """Probabilities of classes, ties among them, shape (n, classes)."""
    raw = rng.dirichlet(np.full(classes, 0.7), n).round(3) + 1e-3
    return raw / raw.sum(axis=1, keepdims=True)


def drawn(rng: np.random.Generator, probability: FloatArray) -> IntArray:
    """Classes drawn from probabilities, shape (n,)."""
    edges = np.cumsum(probability, axis=1)
    place = (rng.random(probability.shape[0])[:, None] > edges).sum(axis=1)
    return np.minimum(place, probability.shape[1] - 1)


def predicted(y: IntArray, probability: FloatArray, folds: int = 5) -> OutOfFold:
    """Out-of-fold predictions over stratified folds, or one fold that tests all rows."""
    if folds == 1:
        rows = np.arange(y.size)
        return OutOfFold(rows, y, probability, np.zeros(y.size, dtype=np.int64), (None,))  # type: ignore[arg-type]
    plan = stratified(y, folds, seed=1)
    rows = np.concatenate([s.test for s in plan.splits])
    fold = np.repeat(np.arange(folds), [s.test.size for s in plan.splits])
    return OutOfFold(rows, y[rows], probability[rows], fold, plan.splits)
