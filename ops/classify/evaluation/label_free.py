"""Performance to be expected without labels, if the probabilities are true."""

from dataclasses import dataclass

import numpy as np
from scipy.special import entr

from ops.classify.evaluation.discrimination import SortedScores
from ops.errors import NotEnoughData
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class ExpectedPerformance:
    """What calibrated probabilities promise of rows whose labels are not known yet.

    It sees what a change of the rows does to the scores. It does not see a change of what the
    features mean for the label: then the probabilities are no longer true, and only labels tell.

    Parameters
    ----------
    rows, event_rate
        Rows, and the mean of their probabilities.
    auc, average_precision, brier, log_loss
        Expected scores; None where all probabilities are 0, or all are 1.
    precision, recall, f1
        Of the calls at the threshold, from the expected confusion matrix; None where not defined.
    """

    rows: int
    event_rate: float
    auc: float | None
    average_precision: float | None
    brier: float
    log_loss: float
    precision: float | None
    recall: float | None
    f1: float | None


def expected_performance(probability: FloatArray, threshold: float = 0.5) -> ExpectedPerformance:
    """Scores that are to be expected of probabilities that are true (CBPE).

    Each row is an event with weight p and none with weight 1 - p; AUC, average precision, F1 are
    ratios of expectations, exact as rows grow many. A row is not set against itself.

    Parameters
    ----------
    probability : shape (n,)
        Calibrated probability of the event.
    threshold
        The event is called from this probability on.

    Raises
    ------
    NotEnoughData
        Without rows.
    """
    if probability.size == 0:
        raise NotEnoughData("expected scores need 1 row, got 0")
    p = np.clip(probability, 0.0, 1.0)
    called = p >= threshold
    hits, alarms = float(p[called].sum()), float((1.0 - p)[called].sum())
    events = float(p.sum())
    return ExpectedPerformance(
        p.size,
        float(np.mean(p)),
        _expected_auc(p),
        _expected_precision(p),
        float(np.mean(p * (1.0 - p))),
        float(np.mean(entr(p) + entr(1.0 - p))),
        hits / (hits + alarms) if hits + alarms > 0 else None,
        hits / events if events > 0 else None,
        2.0 * hits / (hits + alarms + events) if hits + alarms + events > 0 else None,
    )


def _expected_auc(p: FloatArray) -> float | None:
    twice = np.concatenate([p, p])
    event = np.arange(twice.size) < p.size
    area = SortedScores(event, twice).auc(np.concatenate([p, 1.0 - p]))
    pairs = float(p.sum() * (1.0 - p).sum())
    own = float((p * (1.0 - p)).sum())  # a row against itself: half of its weight was counted
    if not np.isfinite(area) or pairs - own <= 1e-12 * pairs:
        return None
    return float(np.clip((area * pairs - own / 2.0) / (pairs - own), 0.0, 1.0))


def _expected_precision(p: FloatArray) -> float | None:
    twice = np.concatenate([p, p])
    event = np.arange(twice.size) < p.size
    found = SortedScores(event, twice).average_precision(np.concatenate([p, 1.0 - p]))
    return float(found) if np.isfinite(found) else None
