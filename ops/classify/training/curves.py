"""Curves of ranks, thinned to what a chart can show."""

import numpy as np

from ops.values import BoolArray, FloatArray

POINTS = 120


def roc_points(event: BoolArray, score: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of others called against share of events called, from (0, 0) to (1, 1).

    Points stand only where the score changes: rows of equal scores are called together.

    Examples
    --------
    >>> x, y = roc_points(np.array([True, False]), np.array([0.9, 0.1]))
    >>> x.tolist(), y.tolist()
    ([0.0, 0.0, 1.0], [0.0, 1.0, 1.0])
    """
    hits, alarms = _called(event, score)
    return _thinned(alarms / max(alarms[-1], 1.0), hits / max(hits[-1], 1.0))


def precision_recall_points(event: BoolArray, score: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Recall against precision, as the threshold falls.

    Examples
    --------
    >>> x, y = precision_recall_points(np.array([True, False]), np.array([0.9, 0.1]))
    >>> x.tolist(), y.tolist()
    ([1.0, 1.0], [1.0, 0.5])
    """
    hits, alarms = _called(event, score)
    recall, precision = hits[1:] / max(hits[-1], 1.0), hits[1:] / (hits[1:] + alarms[1:])
    return _thinned(recall, precision)


def _called(event: BoolArray, score: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Events and others called at each distinct score, the highest first; 0 before it."""
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(score[order])), score.size - 1)
    hits = np.cumsum(event[order])[ends].astype(np.float64)
    return np.append(0.0, hits), np.append(0.0, ends + 1.0 - hits)


def _thinned(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    if x.size <= POINTS:
        return x, y
    keep = np.unique(np.linspace(0, x.size - 1, POINTS).round().astype(np.int64))
    return x[keep], y[keep]
