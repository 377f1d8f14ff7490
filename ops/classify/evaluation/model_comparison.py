"""Two models on the same splits: every score with the paired test that fits the splits."""

from collections.abc import Callable

import numpy as np

from ops.classify.evaluation.bootstrap import weightings
from ops.classify.evaluation.discrimination import SortedScores
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.paired import (
    DRAWS,
    Comparison,
    compare_auc,
    compare_decided,
    compare_folds,
    compare_losses,
    of_draws,
)
from ops.classify.evaluation.proper import brier_losses, log_losses
from ops.classify.evaluation.score_name import ScoreName
from ops.classify.evaluation.scores import score_classes
from ops.errors import BadData
from ops.values import BoolArray, FloatArray, IntArray

LOSSES: dict[ScoreName, Callable[[IntArray, FloatArray], FloatArray]] = {
    "brier": brier_losses,
    "log_loss": log_losses,
}
COMPARED: tuple[ScoreName, ...] = ("roc_auc", "average_precision", "brier", "log_loss")


def compare_models(
    first: OutOfFold,
    second: OutOfFold,
    *,
    positive: int | None = None,
    groups: IntArray | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> tuple[Comparison, ...]:
    """AUC, average precision, Brier and log-loss of two models on the same splits.

    Several folds: corrected resampled t-test. One test set: DeLong's test of the AUC, McNemar's of
    the likeliest class, paired bootstrap of the rest, whole groups drawn. Four tests at once: one
    of them is below 0.05 by chance more often than one time in twenty; decide by the score that
    was named beforehand.

    Parameters
    ----------
    positive
        Index of the event; None: AUC and average precision are means over classes, and are not
        tested on one test set.
    groups : shape (m,)
        Group of each tested row, -1 for none.

    Raises
    ------
    BadData
        If the two were not tested on the same rows of the same folds.
    """
    same = np.array_equal(first.rows, second.rows) and np.array_equal(first.fold, second.fold)
    if not same:
        raise BadData("two models are compared on the same splits, these were tested on others")
    if first.folds > 1:
        return _over_folds(first, second, positive, confidence)
    found: list[Comparison] = []
    if positive is not None:
        event = first.y == positive
        scores = (first.probability[:, positive], second.probability[:, positive])
        found += [compare_auc(event, *scores, confidence=confidence)] if groups is None else []
        found += _ranks(event, scores, groups, confidence, seed)
    called = (np.argmax(m.probability, axis=1) for m in (first, second))
    found.append(compare_decided(first.y, *called, confidence=confidence))
    for score, losses in LOSSES.items():
        pair = (losses(m.y, m.probability) for m in (first, second))
        found.append(
            compare_losses(*pair, score=score, groups=groups, confidence=confidence, seed=seed)
        )
    return tuple(found)


def _over_folds(
    first: OutOfFold, second: OutOfFold, positive: int | None, confidence: float
) -> tuple[Comparison, ...]:
    ratio = float(np.mean([s.test.size / s.train.size for s in first.splits]))
    scores = [score_classes(m, positive=positive, confidence=confidence) for m in (first, second)]
    return tuple(
        compare_folds(
            scores[0].of(name).folds, scores[1].of(name).folds,
            score=name, test_to_train=ratio, confidence=confidence,
        )
        for name in COMPARED
    )  # fmt: skip


def _ranks(
    event: BoolArray,
    scores: tuple[FloatArray, FloatArray],
    groups: IntArray | None,
    confidence: float,
    seed: int,
) -> list[Comparison]:
    """Paired bootstrap of average precision, and of the AUC where rows come in groups."""
    if not 0 < int(event.sum()) < event.size:
        return []
    one, other = (SortedScores(event, s) for s in scores)
    weights = [np.ones(event.size), *weightings(event.size, groups, draws=DRAWS, seed=seed)]
    kinds: list[tuple[ScoreName, list[float]]] = [
        (
            "average_precision",
            [one.average_precision(w) - other.average_precision(w) for w in weights],
        )
    ]
    if groups is not None:
        kinds.append(("roc_auc", [one.auc(w) - other.auc(w) for w in weights]))
    found: list[Comparison] = []
    for name, gaps in kinds:
        drawn = np.array(gaps[1:])
        found.append(of_draws(name, gaps[0], drawn[np.isfinite(drawn)], confidence))
    return found
