"""Drift of what a model says: its probabilities, the share it calls, the share it finds unusual."""

from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.estimate import Estimate, wilson
from ops.classify.monitoring.column_drift import ColumnDrift, Practical, number_drift
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Said:
    """What a model says of some rows.

    Parameters
    ----------
    score : shape (n,)
        Probability of the event; with several classes and no event, of the likeliest.
    called, unusual : shape (n,)
        Whether the event is called; whether the row is unlike what it has learned from.
    """

    score: FloatArray
    called: BoolArray
    unusual: BoolArray


@dataclass(frozen=True, slots=True)
class ScoreDrift:
    """What is said of the newest rows, beside what was said before.

    Parameters
    ----------
    before, now
        Mean probability.
    called_before, called, unusual_before, unusual
        Shares, the newest with Wilson's interval.
    drift
        Of the log-odds; None with too few rows.
    learned
        Whether the rows before are those that the model has learned from: it is surer of them.
    """

    before: float
    now: float
    called_before: float
    called: Estimate
    unusual_before: float
    unusual: Estimate
    drift: ColumnDrift | None
    learned: bool

    def is_found(self, level: float) -> bool:
        """Whether it is beyond chance and large enough for a word."""
        drift = self.drift
        return drift is not None and drift.p is not None and drift.p <= level and drift.size >= 1.0


def score_drift(
    before: Said, now: Said, *, learned: bool, seed: int, practical: Practical | None = None
) -> ScoreDrift:
    """Compare what is said of two windows, each in time order."""
    clipped = [np.clip(s.score, 1e-6, 1.0 - 1e-6) for s in (before, now)]
    odds = [np.log(p / (1.0 - p)) for p in clipped]
    drift = None
    if min(before.score.size, now.score.size) >= 20 and float(np.std(odds[0])) > 0:
        rng = np.random.default_rng(seed)
        drift = number_drift("score", odds[0], odds[1], rng=rng, practical=practical)
    return ScoreDrift(
        before=float(before.score.mean()), now=float(now.score.mean()),
        called_before=float(before.called.mean()), called=_share(now.called),
        unusual_before=float(before.unusual.mean()), unusual=_share(now.unusual),
        drift=drift, learned=learned,
    )  # fmt: skip


def _share(of: BoolArray) -> Estimate:
    return wilson(int(of.sum()), int(of.size))
