"""Intervals of scores where there is one test set: DeLong for the AUC, bootstrap for the rest."""

from typing import Protocol

import numpy as np

from ops.classify.evaluation.bootstrap import percentile_interval, weightings
from ops.classify.evaluation.confusion import (
    accuracy,
    confusion_matrix,
    f1,
    mcc,
    mean_cost,
    precision,
    recall,
)
from ops.classify.evaluation.delong import auc_interval
from ops.classify.evaluation.discrimination import SortedScores
from ops.classify.evaluation.estimate import Estimate
from ops.classify.evaluation.proper import base_brier_of, brier_losses, log_losses
from ops.classify.evaluation.score_name import ScoreName
from ops.values import FloatArray, IntArray

DRAWS = 400
NO_INTERVAL = "Most draws do not have this score: no interval."
BIASED = "No interval: drawing rows anew widens this score by itself."


class Calls(Protocol):
    """Rows with their probabilities and called classes, and the scores of all of them."""

    @property
    def y(self) -> IntArray: ...  # noqa: D102  (shape (n,))
    @property
    def probability(self) -> FloatArray: ...  # noqa: D102  (shape (n, classes))
    @property
    def decided(self) -> IntArray: ...  # noqa: D102  (shape (n,))
    @property
    def positive(self) -> int | None: ...  # noqa: D102  (index of the event)
    @property
    def costs(self) -> FloatArray | None: ...  # noqa: D102  (shape (classes, classes))
    def scores(self) -> dict[ScoreName, float | None]: ...  # noqa: D102


def interval_of_one_set(
    calls: Calls, groups: IntArray | None, *, confidence: float, seed: int, draws: int = DRAWS
) -> dict[ScoreName, Estimate]:
    """Each score of one test set with its interval.

    The bootstrap draws rows, or whole groups where there are groups, and takes quantiles. Rows
    that are all independent have DeLong's interval for the AUC of two classes.
    """
    weighted = _Weighted(calls)
    drawn = [weighted.scores(w) for w in weightings(calls.y.size, groups, draws=draws, seed=seed)]
    found: dict[ScoreName, Estimate] = {}
    for name, value in calls.scores().items():
        if name not in drawn[0]:
            found[name] = Estimate(value, reason=BIASED)
            continue
        ends = percentile_interval(np.array([d[name] for d in drawn], dtype=float), confidence)
        found[name] = (
            Estimate(value, reason=NO_INTERVAL)
            if ends is None
            else Estimate(value, *ends, "bootstrap")
        )
    if groups is None and calls.positive is not None:
        event, score = calls.y == calls.positive, calls.probability[:, calls.positive]
        found["roc_auc"] = auc_interval(event, score, confidence=confidence)
    return found


class _Weighted:
    """Scores of rows under weightings; ECE and pairs of classes are left out."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._classes = calls.probability.shape[1]
        ranked = range(self._classes) if calls.positive is None else (calls.positive,)
        self._sorted = [SortedScores(calls.y == k, calls.probability[:, k]) for k in ranked]
        self._brier = brier_losses(calls.y, calls.probability)
        self._log = log_losses(calls.y, calls.probability)

    def scores(self, weight: FloatArray) -> dict[ScoreName, float | None]:
        calls = self._calls
        total = weight.sum()
        counts = confusion_matrix(calls.y, calls.decided, self._classes, weight)
        brier = float(weight @ self._brier / total)
        base = base_brier_of(counts.sum(axis=1) / total)
        return {
            "roc_auc": _mean([s.auc(weight) for s in self._sorted]),
            "average_precision": _mean([s.average_precision(weight) for s in self._sorted]),
            "brier": brier,
            "brier_skill": 1.0 - brier / base if base > 0 else None,
            "log_loss": float(weight @ self._log / total),
            "f1": f1(counts, calls.positive),
            "precision": precision(counts, calls.positive),
            "recall": recall(counts, calls.positive),
            "mcc": mcc(counts),
            "accuracy": accuracy(counts),
            **({} if calls.costs is None else {"cost": mean_cost(counts, calls.costs)}),
        }


def _mean(values: list[float]) -> float | None:
    known = [v for v in values if np.isfinite(v)]
    return float(np.mean(known)) if known else None
