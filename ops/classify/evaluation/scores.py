"""Scores of out-of-fold predictions, each over folds and with its interval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ops.classify.evaluation.confusion import (
    accuracy,
    confusion_matrix,
    f1,
    mcc,
    mean_cost,
    precision,
    recall,
)
from ops.classify.evaluation.discrimination import (
    average_precision,
    hand_till,
    macro_auc,
    macro_average_precision,
    roc_auc,
)
from ops.classify.evaluation.estimate import Estimate, absent, over_folds
from ops.classify.evaluation.number_scores import mae, r2, rmse
from ops.classify.evaluation.one_test_set import interval_of_one_set
from ops.classify.evaluation.oof import NumbersOutOfFold, OutOfFold
from ops.classify.evaluation.proper import brier_losses, brier_skill, log_losses
from ops.classify.evaluation.reliability import expected_calibration_error
from ops.classify.evaluation.score_name import ENDS, LOW, ScoreName
from ops.values import FloatArray, IntArray

SOME_FOLDS = "Some folds do not have this score and are left out."
WHY_ABSENT: dict[ScoreName, str] = {
    "roc_auc": "The rows are of one class only.",
    "hand_till": "The rows are of one class only.",
    "average_precision": "There is no event among the rows.",
    "brier_skill": "The rows are of one class only.",
    "precision": "The event is never called.",
    "recall": "There is no event among the rows.",
    "f1": "There is no event among the rows, and none is called.",
    "mcc": "The rows are of one class only, or one class is always called.",
    "r2": "The measured values do not vary.",
}


@dataclass(frozen=True, slots=True)
class Score:
    """A score over folds.

    Parameters
    ----------
    estimate
        Mean over folds with its t interval; of a single fold, its own score with the interval that
        this score has on one test set (DeLong, bootstrap).
    pooled
        Score of all tested rows at once; None where it does not exist. Ranks of rows that several
        models scored: an AUC so pooled also judges whether the folds have one scale.
    folds
        Score of each fold, None where it does not exist.
    better
        Which way is better.
    """

    name: ScoreName
    estimate: Estimate
    pooled: float | None
    folds: tuple[float | None, ...]
    better: Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class ClassScores:
    """All scores of a classifier.

    Parameters
    ----------
    confusion : shape (classes, classes)
        Count by true class (row) and decided class (column), all tested rows.
    counts : shape (classes,)
        Tested rows of each class.
    """

    scores: tuple[Score, ...]
    confusion: IntArray
    counts: IntArray

    def of(self, name: ScoreName) -> Score:
        """Score of a name.

        Raises
        ------
        KeyError
            If it was not asked for: cost without costs, hand_till with two classes.
        """
        return {s.name: s for s in self.scores}[name]


def score_classes(
    found: OutOfFold,
    *,
    positive: int | None = None,
    decided: IntArray | None = None,
    costs: FloatArray | None = None,
    groups: IntArray | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> ClassScores:
    """All scores of a classifier.

    Parameters
    ----------
    found
        Predictions of rows by models that have not seen them, calibrated or not.
    positive
        Index of the event where there are two classes; None: class scores are means over the
        classes, each against the rest (`hand_till`: over pairs).
    decided : shape (m,)
        Class called for each tested row; default the likeliest.
    costs : shape (classes, classes)
        Cost by true class (row) and called class (column).
    groups : shape (m,)
        Group of each tested row; the bootstrap of a single test set draws whole groups.
    """
    called = np.argmax(found.probability, axis=1) if decided is None else decided
    calls = _Calls(found.y, found.probability, called.astype(np.int64), positive, costs)
    by_fold = [calls.take(found.fold == k).scores() for k in range(found.folds)]
    pooled = calls.scores()
    one = (
        interval_of_one_set(calls, groups, confidence=confidence, seed=seed)
        if found.folds == 1
        else {}
    )
    scores = tuple(
        _score(name, pooled[name], tuple(b[name] for b in by_fold), one, confidence)
        for name in pooled
    )
    confusion = confusion_matrix(found.y, calls.decided, calls.classes).astype(np.int64)
    return ClassScores(scores, confusion, np.bincount(found.y, minlength=calls.classes))


def score_numbers(found: NumbersOutOfFold, *, confidence: float = 0.95) -> tuple[Score, ...]:
    """RMSE, MAE (unit of the label) and R2 over folds."""
    parts = [(found.y[found.fold == k], found.value[found.fold == k]) for k in range(found.folds)]
    kinds: dict[ScoreName, Callable[[FloatArray, FloatArray], float | None]] = {
        "rmse": rmse,
        "mae": mae,
        "r2": r2,
    }
    return tuple(
        _score(name, of(found.y, found.value), tuple(of(*p) for p in parts), {}, confidence)
        for name, of in kinds.items()
    )


@dataclass(frozen=True, slots=True)
class _Calls:
    """Rows with their probabilities and called classes."""

    y: IntArray
    probability: FloatArray
    decided: IntArray
    positive: int | None
    costs: FloatArray | None

    @property
    def classes(self) -> int:
        return int(self.probability.shape[1])

    def take(self, rows: np.ndarray) -> "_Calls":
        return replace(
            self,
            y=self.y[rows], probability=self.probability[rows], decided=self.decided[rows],
        )  # fmt: skip

    def scores(self) -> dict[ScoreName, float | None]:
        """Every score of these rows, None where it does not exist."""
        counts = confusion_matrix(self.y, self.decided, self.classes)
        return {
            **self._ranks(),
            "brier": float(np.mean(brier_losses(self.y, self.probability))),
            "brier_skill": brier_skill(self.y, self.probability),
            "log_loss": float(np.mean(log_losses(self.y, self.probability))),
            "ece": self._ece(),
            "f1": f1(counts, self.positive),
            "precision": precision(counts, self.positive),
            "recall": recall(counts, self.positive),
            "mcc": mcc(counts),
            "accuracy": accuracy(counts),
            **({} if self.costs is None else {"cost": mean_cost(counts, self.costs)}),
        }

    def _ranks(self) -> dict[ScoreName, float | None]:
        if self.positive is None:
            return {
                "roc_auc": macro_auc(self.y, self.probability),
                "hand_till": hand_till(self.y, self.probability),
                "average_precision": macro_average_precision(self.y, self.probability),
            }
        event, score = self.y == self.positive, self.probability[:, self.positive]
        return {
            "roc_auc": roc_auc(event, score),
            "average_precision": average_precision(event, score),
        }

    def _ece(self) -> float | None:
        if self.positive is not None:
            event = self.y == self.positive
            return expected_calibration_error(event, self.probability[:, self.positive])
        likeliest = np.argmax(self.probability, axis=1)
        return expected_calibration_error(likeliest == self.y, self.probability.max(axis=1))


def _score(
    name: ScoreName,
    pooled: float | None,
    folds: tuple[float | None, ...],
    one: Mapping[ScoreName, Estimate],
    confidence: float,
) -> Score:
    better: Literal["high", "low"] = "low" if name in LOW else "high"
    if all(f is None for f in folds):
        estimate = absent(WHY_ABSENT.get(name, "There are no rows."))
    elif name in one:
        estimate = one[name]
    else:
        estimate = _within(over_folds(folds, confidence=confidence), ENDS.get(name, (0.0, 1.0)))
        if any(f is None for f in folds):
            estimate = replace(estimate, reason=SOME_FOLDS)
    return Score(name, estimate, pooled, folds, better)


def _within(estimate: Estimate, ends: tuple[float, float]) -> Estimate:
    """Cut an interval where the score itself ends."""
    if estimate.lower is None or estimate.upper is None:
        return estimate
    lower, upper = max(estimate.lower, ends[0]), min(estimate.upper, ends[1])
    return replace(estimate, lower=lower, upper=upper)
