"""Scores of called classes: confusion matrix, precision, recall, F1, MCC, cost."""

import numpy as np

from ops.values import FloatArray, IntArray


def confusion_matrix(
    y: IntArray, decided: IntArray, classes: int, weight: FloatArray | None = None
) -> FloatArray:
    """Count by true class (row) and called class (column), shape (classes, classes)."""
    flat = np.bincount(y * classes + decided, weights=weight, minlength=classes * classes)
    return flat.reshape(classes, classes).astype(np.float64)


def precision(counts: FloatArray, positive: int | None = None) -> float | None:
    """Share of calls of the event that are right; None where it is never called.

    Parameters
    ----------
    counts : shape (classes, classes)
        As `confusion_matrix`.
    positive
        Index of the event; None: mean over the classes that occur or are called, 0 for one that is
        never called (macro).
    """
    return _ratio(counts, counts.sum(axis=0), positive)


def recall(counts: FloatArray, positive: int | None = None) -> float | None:
    """Share of the events that are called; None where there is none. Macro as `precision`."""
    return _ratio(counts, counts.sum(axis=1), positive)


def f1(counts: FloatArray, positive: int | None = None) -> float | None:
    """Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN). Macro as `precision`."""
    return _ratio(counts, (counts.sum(axis=0) + counts.sum(axis=1)) / 2.0, positive)


def accuracy(counts: FloatArray) -> float | None:
    """Share of the rows whose class is called; None without rows."""
    total = counts.sum()
    return float(np.trace(counts) / total) if total > 0 else None


def mcc(counts: FloatArray) -> float | None:
    """Correlation of true and called classes (Matthews 1975; Gorodkin 2004 for more than two).

    None where all rows are of one class or one class is always called.
    """
    total, right = counts.sum(), np.trace(counts)
    true, called = counts.sum(axis=1), counts.sum(axis=0)
    spread = (total**2 - true @ true) * (total**2 - called @ called)
    return float((right * total - true @ called) / np.sqrt(spread)) if spread > 0 else None


def mean_cost(counts: FloatArray, costs: FloatArray) -> float | None:
    """Cost of a row by a matrix of costs, true class by row, shape (classes, classes)."""
    total = counts.sum()
    return float((counts * costs).sum() / total) if total > 0 else None


def _ratio(counts: FloatArray, base: FloatArray, positive: int | None) -> float | None:
    hits = np.diagonal(counts)
    if positive is not None:
        return float(hits[positive] / base[positive]) if base[positive] > 0 else None
    occurs = counts.sum(axis=0) + counts.sum(axis=1) > 0
    if not occurs.any():
        return None
    return float(np.mean((hits / np.where(base > 0, base, 1.0))[occurs]))
