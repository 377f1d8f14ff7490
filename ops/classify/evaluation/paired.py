"""Whether one model is better than another on the same rows, or not told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import bdtr, ndtr, ndtri, stdtr, stdtrit

from ops.classify.evaluation.bootstrap import weightings
from ops.classify.evaluation.delong import ONE_CLASS, TOO_FEW, auc_covariance
from ops.classify.evaluation.discrimination import placements
from ops.classify.evaluation.score_name import LOW, ScoreName
from ops.values import BoolArray, FloatArray, IntArray

Verdict = Literal["better", "worse", "not told apart"]
PairedMethod = Literal["corrected t", "delong", "mcnemar", "bootstrap"]
FEW_FOLDS = "A test over folds needs two folds that both models have the score of."
NO_SPREAD = "The difference is the same in all folds or rows: no test."
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first model against the second.

    Parameters
    ----------
    difference, lower, upper
        First minus second, in the score's own unit; None where it does not exist.
    p
        Two-sided.
    verdict
        Of the first: better or worse only where p is below 1 - confidence.
    reason
        Why there is no test; "" where there is one.
    """

    score: ScoreName
    method: PairedMethod
    difference: float | None
    lower: float | None
    upper: float | None
    p: float | None
    verdict: Verdict
    reason: str = ""


def compare_folds(
    first: Sequence[float | None],
    second: Sequence[float | None],
    *,
    score: ScoreName,
    test_to_train: float,
    confidence: float = 0.95,
) -> Comparison:
    """Corrected resampled t-test of the scores of folds.

    Folds share training rows, so that the plain t-test calls noise a difference far too often: the
    variance s^2/J becomes s^2 (1/J + test rows / training rows).

    Parameters
    ----------
    first, second
        Score of each fold, None where it does not exist.
    test_to_train
        Test rows of a fold over its training rows.

    References
    ----------
    Nadeau and Bengio (2003), Machine Learning 52, 239-281; Bouckaert and Frank (2004), PAKDD, 3-12.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if len(pairs) < 2:
        gap = pairs[0][0] - pairs[0][1] if pairs else None
        return _untested(score, "corrected t", gap, FEW_FOLDS)
    gaps = np.array([a - b for a, b in pairs])
    mean, spread = float(np.mean(gaps)), float(np.std(gaps, ddof=1))
    if spread <= 1e-12 * max(1.0, abs(mean)):
        return _untested(score, "corrected t", mean, NO_SPREAD)
    error = spread * sqrt(1.0 / gaps.size + test_to_train)
    freedom = gaps.size - 1
    half = float(stdtrit(freedom, 0.5 + confidence / 2)) * error
    p = 2.0 * float(stdtr(freedom, -abs(mean) / error))
    return _tested(score, "corrected t", (mean, mean - half, mean + half), p, confidence)


def compare_auc(
    event: BoolArray, first: FloatArray, second: FloatArray, *, confidence: float = 0.95
) -> Comparison:
    """DeLong's test of two ROC AUCs on one test set of independent rows.

    Parameters
    ----------
    event, first, second : shape (n,)
        Whether it happened; score of each model.
    """
    events = int(event.sum())
    if events in (0, event.size):
        return _untested("roc_auc", "delong", None, ONE_CLASS)
    areas = [float(np.mean(placements(event, s).events)) for s in (first, second)]
    gap = areas[0] - areas[1]
    if min(events, event.size - events) < 2:
        return _untested("roc_auc", "delong", gap, TOO_FEW)
    covariance = auc_covariance(event, (first, second))
    variance = float(covariance[0, 0] + covariance[1, 1] - 2.0 * covariance[0, 1])
    if variance <= 1e-16:
        return _untested("roc_auc", "delong", gap, NO_SPREAD)
    error = sqrt(variance)
    half = float(ndtri(0.5 + confidence / 2)) * error
    p = 2.0 * float(ndtr(-abs(gap) / error))
    return _tested("roc_auc", "delong", (gap, gap - half, gap + half), p, confidence)


def compare_decided(
    y: IntArray, first: IntArray, second: IntArray, *, confidence: float = 0.95
) -> Comparison:
    """McNemar's exact test of called classes: rows that only one of the two calls rightly.

    The difference is that of the accuracies; its interval adds half a row to each of the four cells
    (Agresti and Min 2005, Statistics in Medicine 24, 729-740), p is exact.

    Parameters
    ----------
    y, first, second : shape (n,)
        True class; class called by each model.
    """
    only_first = int(((first == y) & (second != y)).sum())
    only_second = int(((first != y) & (second == y)).sum())
    unlike = only_first + only_second
    if unlike == 0:
        return _untested("accuracy", "mcnemar", 0.0 if y.size else None, NO_SPREAD)
    p = min(1.0, 2.0 * float(bdtr(min(only_first, only_second), unlike, 0.5)))
    rows = y.size + 2.0
    middle = (only_first - only_second) / rows
    error = sqrt(max((unlike + 1.0) / rows - middle**2, 0.0) / rows)
    half = float(ndtri(0.5 + confidence / 2)) * error
    gap = (only_first - only_second) / y.size
    return _tested("accuracy", "mcnemar", (gap, middle - half, middle + half), p, confidence)


def compare_losses(
    first: FloatArray,
    second: FloatArray,
    *,
    score: ScoreName,
    groups: IntArray | None = None,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Paired bootstrap of the mean loss of rows (Brier, log-loss), whole groups drawn.

    Parameters
    ----------
    first, second : shape (n,)
        Loss of each row by each model.
    groups : shape (n,)
        Group of each row, -1 for none.
    """
    gap = first - second
    if gap.size < 2 or np.ptp(gap) == 0:
        return _untested(score, "bootstrap", float(np.mean(gap)) if gap.size else None, NO_SPREAD)
    weights = weightings(gap.size, groups, draws=draws, seed=seed)
    drawn = np.array([float(w @ gap / w.sum()) for w in weights])
    return of_draws(score, float(np.mean(gap)), drawn, confidence)


def of_draws(score: ScoreName, gap: float, drawn: FloatArray, confidence: float) -> Comparison:
    """Comparison of a difference and of its bootstrap draws: quantiles, p = twice the lesser tail.

    Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13 and 15.
    """
    lower, upper = np.quantile(drawn, [0.5 - confidence / 2, 0.5 + confidence / 2])
    lesser = min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    p = min(1.0, 2.0 * (1 + lesser) / (1 + drawn.size))
    return _tested(score, "bootstrap", (gap, float(lower), float(upper)), p, confidence)


def _tested(
    score: ScoreName,
    method: PairedMethod,
    difference: tuple[float, float, float],
    p: float,
    confidence: float,
) -> Comparison:
    verdict: Verdict = "not told apart"
    if p < 1.0 - confidence:
        verdict = "better" if (difference[0] < 0) == (score in LOW) else "worse"
    return Comparison(score, method, *difference, p, verdict)


def _untested(score: ScoreName, method: PairedMethod, gap: float | None, why: str) -> Comparison:
    return Comparison(score, method, gap, None, None, None, "not told apart", why)
