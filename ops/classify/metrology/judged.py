"""The kept model of numbers out of fold: intervals, reliance, and when to measure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.oof import PIECES, NumbersOutOfFold
from ops.classify.metrology.folds import left_out_spread, tuned_number
from ops.classify.metrology.intervals import (
    IntervalTrial,
    MarginRows,
    kept_interval,
    try_intervals,
)
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.reliance import Third, Threshold, by_third, choose_threshold
from ops.classify.metrology.similarity import fit_similarity
from ops.classify.models.fit import fit_number
from ops.classify.models.settings import NumberBoostingSettings, NumberSettings, RidgeSettings
from ops.classify.profile import profile_of
from ops.classify.regressor import Reliance
from ops.classify.training.folds import FoldMatrices, Inner
from ops.values import BoolArray, FloatArray, IntArray

REFERENCE_ROUNDS = 30
_LINEAR = ("ridge", "elastic-net")


@dataclass(frozen=True, slots=True)
class JudgedNumbers:
    """Out-of-fold answers as served, and what they are worth.

    Parameters
    ----------
    found
        Tested rows.
    trials, interval
        Kinds of intervals, and the one that is kept.
    reliance, inside : shape (m,)
        Reliance index of each tested row, and whether its interval holds what was measured.
    spread
        Root mean squared error of the tested rows.
    """

    found: NumbersOutOfFold
    trials: tuple[IntervalTrial, ...]
    interval: IntervalTrial
    reliance: FloatArray
    inside: BoolArray
    thirds: tuple[Third, ...]
    threshold: Threshold
    spread: float
    reference: NumberSettings


def reference_of(settings: NumberSettings) -> NumberSettings:
    """Choose the second model: trees beside a linear one, a ridge beside trees."""
    if settings.kind in _LINEAR:
        return NumberBoostingSettings(
            rounds=REFERENCE_ROUNDS, learning_rate=0.2, min_samples_leaf=10, max_leaves=8
        )
    return RidgeSettings(strength=10.0)


def judged_numbers(
    found: NumbersOutOfFold,
    folds: Sequence[FoldMatrices],
    y: FloatArray,
    settings: NumberSettings,
    plan: NumberPlan,
) -> JudgedNumbers:
    """Judge the kept candidate: everything that a row is told by is learned in its own split.

    Parameters
    ----------
    y : shape (n,)
        Measured value of every row of the table.
    """
    parts = [_of_fold(fold, y[fold.train], settings, plan) for fold in folds]
    value = np.concatenate([p.value for p in parts])
    second = np.concatenate([p.reference for p in parts])
    expected = np.concatenate([p.spread + np.abs(p.value - p.reference) for p in parts])
    quantiles = [p.quantiles for p in parts if p.quantiles is not None]
    pieces = _pieces(found.fold)
    tested = MarginRows(
        found.y, value, expected, np.vstack(quantiles) if quantiles else None, pieces
    )
    trials = try_intervals(tested, plan.level)
    kept = kept_interval(trials, plan.level)
    allowed = allowed_half_width(y, plan)
    reliance = np.empty(found.y.size)
    for i, part in enumerate(parts):
        here = found.fold == i
        reliance[here] = part.index.of(
            part.x, value[here], second[here], kept.lower[here], kept.upper[here], allowed
        )
    error = value - found.y
    inside = (kept.lower <= found.y) & (found.y <= kept.upper)
    threshold = choose_threshold(
        error, reliance, pieces,
        measure=plan.measure, tolerance=plan.tolerance, share=plan.share,
    )  # fmt: skip
    return JudgedNumbers(
        found=NumbersOutOfFold(found.rows, found.y, value, found.fold, found.splits),
        trials=trials,
        interval=kept,
        reliance=reliance,
        inside=inside,
        thirds=by_third(error, reliance, inside),
        threshold=threshold,
        spread=float(np.sqrt(np.mean(np.square(error)))) or 1e-12,
        reference=reference_of(settings),
    )


def allowed_half_width(y: FloatArray, plan: NumberPlan) -> float:
    """Half-width of an interval that does no harm: the tolerance, else the label's spread."""
    return plan.tolerance or float(np.nanstd(y))


@dataclass(frozen=True, slots=True)
class _Part:
    """What one split's models say of its tested rows."""

    x: FloatArray
    value: FloatArray
    reference: FloatArray
    quantiles: FloatArray | None
    spread: float
    index: Reliance


def _of_fold(
    fold: FoldMatrices, y: FloatArray, settings: NumberSettings, plan: NumberPlan
) -> _Part:
    x, inner = fold.x_train, fold.inner
    settings = tuned_number(x, y, settings, plan, inner)
    model = fit_number(x, y, settings, seed=plan.seed)
    second = fit_number(x, y, reference_of(settings), seed=plan.seed)
    spread = left_out_spread(x, y, settings, plan, last_only(inner))
    quantiles = model.quantiles(fold.x_test)[:, [0, -1]] if len(model.levels) > 1 else None
    index = Reliance(profile_of(x), fit_similarity(x), spread)
    return _Part(
        fold.x_test, model.value(fold.x_test), second.value(fold.x_test), quantiles, spread, index
    )


def last_only(inner: Inner) -> Inner:
    """Last inner split: the one that learns from most rows where they are in order of time."""
    return inner[-1:]


def _pieces(fold: IntArray) -> IntArray:
    """Parts that choose for each other: folds, or runs of rows of a single one."""
    if np.unique(fold).size > 1:
        return fold
    return (np.arange(fold.size) * PIECES // fold.size).astype(np.int64)
