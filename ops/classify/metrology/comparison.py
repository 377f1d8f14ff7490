"""Scores of predicted numbers over folds, and one model against another on the same rows."""

from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.bootstrap import weightings
from ops.classify.evaluation.estimate import Estimate, over_folds
from ops.classify.evaluation.number_scores import mae, r2, rmse
from ops.classify.evaluation.oof import NumbersOutOfFold
from ops.classify.evaluation.paired import Comparison, compare_losses, of_draws
from ops.classify.evaluation.score_name import ENDS, ScoreName
from ops.values import FloatArray, IntArray

_SCORES = {"rmse": rmse, "mae": mae, "r2": r2}
_BETTER = {"rmse": "low", "mae": "low", "r2": "high"}


@dataclass(frozen=True, slots=True)
class NumberScore:
    """A score of predicted numbers: mean over folds with its interval, and of all rows at once."""

    name: ScoreName
    estimate: Estimate
    pooled: float | None

    @property
    def better(self) -> str:
        """Whether high or low is better."""
        return _BETTER[self.name]


def score_numbers(found: NumbersOutOfFold) -> tuple[NumberScore, ...]:
    """Root mean squared error, mean absolute error, and share of variance explained."""
    return tuple(_scored(found, name) for name in ("rmse", "mae", "r2"))


def _scored(found: NumbersOutOfFold, name: ScoreName) -> NumberScore:
    of = _SCORES[name]
    folds = [of(found.y[found.fold == i], found.value[found.fold == i]) for i in range(found.folds)]
    told = over_folds(folds)
    low, high = ENDS[name]
    if told.lower is not None and told.upper is not None:
        told = Estimate(
            told.value, max(told.lower, low), min(told.upper, high), told.method, told.reason
        )
    return NumberScore(name, told, of(found.y, found.value))


def compare_numbers(
    first: NumbersOutOfFold,
    second: NumbersOutOfFold,
    *,
    groups: IntArray | None = None,
    draws: int = 500,
    seed: int = 0,
) -> tuple[Comparison, ...]:
    """Paired bootstrap of two models on the same rows: RMSE and mean absolute error.

    Parameters
    ----------
    groups : shape (m,)
        Group of each tested row, -1 for none; whole groups are drawn.

    Raises
    ------
    ValueError
        If the two were tested on different rows.
    """
    if not np.array_equal(first.rows, second.rows):
        raise ValueError("two models are compared on the same tested rows only")
    a, b = first.value - first.y, second.value - second.y
    absolute = compare_losses(
        np.abs(a), np.abs(b), score="mae", groups=groups, draws=draws, seed=seed
    )
    return (_by_rmse(np.square(a), np.square(b), groups, draws, seed), absolute)


def _by_rmse(
    a: FloatArray, b: FloatArray, groups: IntArray | None, draws: int, seed: int
) -> Comparison:
    if a.size < 2 or np.array_equal(a, b):
        return compare_losses(a, a, score="rmse", groups=groups, draws=draws, seed=seed)
    gap = float(np.sqrt(a.mean()) - np.sqrt(b.mean()))
    drawn = np.array([
        float(np.sqrt(w @ a / w.sum()) - np.sqrt(w @ b / w.sum()))
        for w in weightings(a.size, groups, draws=draws, seed=seed)
    ])  # fmt: skip
    return of_draws("rmse", gap, drawn, 0.95)
