"""Strength of the penalty of a logistic regression: a path of fits, chosen over folds.

Each fit starts from its neighbour's optimum. A fold's training rows are fewer than all rows, so
their strength is taken in proportion: the weight of the penalty against the mean loss stays.

References
----------
Friedman, Hastie and Tibshirani (2010), J. Stat. Software 33(1), section 2.5 (grid);
Hastie, Tibshirani and Friedman (2009), Elements of Statistical Learning, section 7.10 (one
standard error).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ops.classify.models.likelihood import derivatives, probabilities
from ops.classify.models.logistic import l1_ratio, optimum
from ops.classify.models.newton import frequencies_alone
from ops.classify.models.settings import LogisticSettings
from ops.classify.models.thread import one_thread
from ops.classify.models.training import Training, training
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

Score = Literal["log-loss", "brier"]
Rule = Literal["best", "one-standard-error"]
Fold = tuple[IntArray, IntArray]
_LOWEST = 1e-4  # of the highest strength
PATIENCE = 6  # strengths without a lower mean after which the path ends
_SMOOTH = 10.0  # times the curvature of a standardised feature: an l2 penalty leaves a tenth
_TINY = 1e-15  # of a probability in a log-loss


@dataclass(frozen=True, slots=True)
class StrengthPath:
    """Coefficients and scores along falling strengths.

    Parameters
    ----------
    strengths : shape (s,)
        Falling, as far down as was looked.
    coefficients : shape (s, outputs, k)
        Of the fit on all rows; one output for two classes, else one per class.
    intercepts : shape (s, outputs)
    scores : shape (s, folds)
        Mean score of the test rows of each fold, lower is better.
    best, chosen
        Index of the lowest mean score, and of the strength that the rule takes.
    """

    strengths: FloatArray
    coefficients: FloatArray
    intercepts: FloatArray
    scores: FloatArray
    best: int
    chosen: int

    @property
    def strength(self) -> float:
        """The chosen strength."""
        return float(self.strengths[self.chosen])

    def mean(self) -> FloatArray:
        """Mean score of each strength over the folds, shape (s,)."""
        return _mean(self.scores)

    def standard_error(self) -> FloatArray:
        """Compute the standard error of each mean over the folds, shape (s,); 0 for one fold."""
        return _standard_error(self.scores)


def choose_strength(
    x: FloatArray,
    y: IntArray,
    classes: tuple[str, ...],
    settings: LogisticSettings,
    folds: Sequence[Fold],
    *,
    score: Score = "log-loss",
    rule: Rule = "best",
    strengths: FloatArray | None = None,
) -> StrengthPath:
    """Fit the path on each fold's training rows, score it on its test rows, choose.

    Parameters
    ----------
    settings
        Penalty, ratio and class weights; its own strength is not used.
    folds
        Row numbers to train on and to test on.
    rule
        best: lowest mean score; one-standard-error: the strongest penalty whose mean is within
        one standard error of the lowest.
    strengths : shape (s,)
        `strength_grid` by default.

    Raises
    ------
    BadData
        If the settings have no penalty, or the rule needs more folds.
    NotEnoughData
        If a fold lacks test rows, or a class to train on.
    """
    if settings.penalty == "none":
        raise BadData("without a penalty there is no strength to choose")
    if not folds or (rule == "one-standard-error" and len(folds) < 2):
        raise BadData(f"the rule {rule} needs more folds, got {len(folds)}")
    rows = training(x, y, classes, seed=0)
    ratio = l1_ratio(settings)
    if strengths is None:
        strengths = strength_grid(x, y, len(classes), l1_ratio=ratio)
    grid = np.sort(np.asarray(strengths, dtype=np.float64))[::-1]
    with one_thread():
        scores = _scores(rows, settings, grid, ratio, folds, score)
        grid = grid[: len(scores)]
        path = _path(_weighed(rows, settings), grid, ratio)
    best = int(np.argmin(_mean(scores)))
    chosen = best if rule == "best" else _strongest(scores, best)
    return StrengthPath(grid, path[:, :, 1:], path[:, :, 0], scores, best, chosen)


def strength_grid(
    x: FloatArray, y: IntArray, n_classes: int, *, l1_ratio: float, count: int = 25
) -> FloatArray:
    """Falling strengths, evenly spaced in logarithm, shape (count,).

    The highest leaves no coefficient if the penalty has absolute values, and about a tenth of
    each if it has none; the lowest is 1/10000 of it.
    """
    theta = frequencies_alone(x.shape[1], y, n_classes, None)
    gradient, hessian = derivatives(theta, x, y, None)
    if l1_ratio > 0.0:
        highest = float(np.abs(gradient[:, 1:]).max()) / l1_ratio
    else:
        highest = _SMOOTH * float(np.diag(hessian).max())
    return max(highest, 1e-9) * np.geomspace(1.0, _LOWEST, count)


def _weighed(rows: Training, settings: LogisticSettings) -> Training:
    return rows.balanced() if settings.class_weights == "balanced" else rows


def _path(rows: Training, strengths: FloatArray, ratio: float) -> FloatArray:
    """Optimum at each strength, shape (s, outputs, k + 1)."""
    found: list[FloatArray] = []
    for strength in strengths:
        start = found[-1] if found else None
        found.append(optimum(rows, float(strength), ratio, start)[0])
    return np.stack(found)


def _scores(
    rows: Training,
    settings: LogisticSettings,
    strengths: FloatArray,
    ratio: float,
    folds: Sequence[Fold],
    score: Score,
) -> FloatArray:
    """Score of each falling strength on each fold, shape (s, folds).

    It ends where the mean has been above the lowest for `PATIENCE` strengths: the weaker the
    penalty the dearer the fit, and there is nothing to be found beyond the valley.
    """
    parts = [_fold(rows, settings, fold) for fold in folds]
    starts: list[FloatArray | None] = [None] * len(parts)
    found: list[list[float]] = []
    best, since = np.inf, 0
    for strength in strengths:
        line: list[float] = []
        for i, (part, test) in enumerate(parts):
            share = len(part.y) / len(rows.y)
            theta = optimum(part, float(strength) * share, ratio, starts[i])[0]
            starts[i] = theta
            line.append(_score(theta, rows.x[test], rows.y[test], score))
        found.append(line)
        mean = float(np.mean(line))
        best, since = (mean, 0) if mean < best else (best, since + 1)
        if since == PATIENCE:
            break
    return np.array(found)


def _fold(rows: Training, settings: LogisticSettings, fold: Fold) -> tuple[Training, IntArray]:
    train, test = fold
    x, y = rows.x[train], rows.y[train]
    if len(test) == 0 or np.bincount(y, minlength=rows.n_classes).min() == 0:
        raise NotEnoughData("each fold needs rows to test on and every class to train on")
    return _weighed(replace(rows, x=x, y=y), settings), test


def _score(theta: FloatArray, x: FloatArray, y: IntArray, score: Score) -> float:
    """Mean log-loss, or Brier score: of the second of two classes, summed over more."""
    probability = probabilities(theta, x)
    if score == "log-loss":
        return -float(np.log(np.maximum(probability[np.arange(len(y)), y], _TINY)).mean())
    probability[np.arange(len(y)), y] -= 1.0
    square = np.square(probability).sum(axis=1).mean()
    return float(square) / (2.0 if len(theta) == 1 else 1.0)


def _mean(scores: FloatArray) -> FloatArray:
    found: FloatArray = scores.mean(axis=1)
    return found


def _standard_error(scores: FloatArray) -> FloatArray:
    folds = scores.shape[1]
    if folds < 2:
        return np.zeros(len(scores))
    found: FloatArray = scores.std(axis=1, ddof=1) / np.sqrt(folds)
    return found


def _strongest(scores: FloatArray, best: int) -> int:
    limit = _mean(scores)[best] + _standard_error(scores)[best]
    return int(np.flatnonzero(_mean(scores) <= limit)[0])
