"""Scores of each stratum (product, line, tool), with counts and a caution where events are few."""

from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.delong import auc_interval
from ops.classify.evaluation.discrimination import average_precision
from ops.classify.evaluation.estimate import Estimate, wilson
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.proper import brier_losses
from ops.values import Factor, IntArray

FEW = 10  # events, or others, below which a score is hardly more than an anecdote
NO_LEVEL = ""


@dataclass(frozen=True, slots=True)
class StratumScores:
    """Scores of the rows of one level.

    Parameters
    ----------
    level
        "" for rows without one.
    auc
        With DeLong's interval; several folds are pooled.
    recall, precision
        Of the called classes, with Wilson's interval.
    few
        Fewer than ten events or ten others.
    """

    level: str
    rows: int
    events: int
    auc: Estimate
    average_precision: float | None
    brier: float
    recall: Estimate
    precision: Estimate
    few: bool


def score_strata(
    found: OutOfFold,
    stratum: Factor,
    *,
    positive: int,
    decided: IntArray | None = None,
    confidence: float = 0.95,
) -> tuple[StratumScores, ...]:
    """Scores by level of `stratum`, in the order of its levels; levels without rows are left out.

    Parameters
    ----------
    stratum
        Of the tested rows: `column.take(found.rows)`.
    positive
        Index of the event.
    decided : shape (m,)
        Class called for each tested row; default the likeliest.
    """
    called = np.argmax(found.probability, axis=1) if decided is None else decided
    scores: list[StratumScores] = []
    for code in range(-1, len(stratum.levels)):
        rows = np.flatnonzero(stratum.codes == code)
        if rows.size:
            level = NO_LEVEL if code < 0 else stratum.levels[code]
            scores.append(_scored(found.take(rows), level, positive, called[rows], confidence))
    return tuple(scores)


def _scored(
    part: OutOfFold, level: str, positive: int, called: IntArray, confidence: float
) -> StratumScores:
    event, score = part.y == positive, part.probability[:, positive]
    calls = called == positive
    events, right = int(event.sum()), int((event & calls).sum())
    return StratumScores(
        level,
        part.y.size,
        events,
        auc_interval(event, score, confidence=confidence),
        average_precision(event, score),
        float(np.mean(brier_losses(part.y, part.probability))),
        wilson(right, events, confidence=confidence),
        wilson(right, int(calls.sum()), confidence=confidence),
        min(events, part.y.size - events) < FEW,
    )
