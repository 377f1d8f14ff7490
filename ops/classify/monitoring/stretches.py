"""Stretches of later rows, the newest last: what was foretold of each and what labels showed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from ops.classify.evaluation.estimate import Estimate
from ops.classify.monitoring.honesty import Honesty, honesty
from ops.classify.monitoring.performance import foretold, realised
from ops.classify.training.plan import Headline
from ops.values import BoolArray, FloatArray, IntArray

MOST = 24
FEWEST = 20  # labels of a stretch from which its score is told
_SHARE = 0.5  # of the rows of a stretch whose label must be known


@dataclass(frozen=True, slots=True)
class Watched:
    """Answers for rows later than what a model learned from, in time order.

    Parameters
    ----------
    times : shape (n,)
        Microseconds since 1970 UTC.
    y : shape (n,)
        Class, -1 where it is not known.
    probability : shape (n, classes)
    judged : shape (n,)
        Rows whose label is known and that are old enough to be judged by it.
    positive
        Index of the event; None: that the likeliest class is the true one counts as the event.
    """

    times: IntArray
    y: IntArray
    probability: FloatArray
    judged: BoolArray
    positive: int | None

    @property
    def score(self) -> FloatArray:
        """Probability of what counts as the event."""
        if self.positive is None:
            return np.asarray(self.probability.max(axis=1))
        return self.probability[:, self.positive]

    @property
    def event(self) -> BoolArray:
        """Whether it happened; False where the label is not known."""
        if self.positive is None:
            return np.asarray(self.y == self.probability.argmax(axis=1), dtype=np.bool_)
        return np.asarray(self.y == self.positive, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of later rows.

    Parameters
    ----------
    start, end
        First and last row, microseconds since 1970 UTC.
    mean_score
        Mean probability of the event.
    foretold
        Score to be expected of all of its rows if the probabilities are true.
    realised, honesty
        By its judged rows; None where their labels are too few.
    """

    start: int
    end: int
    rows: int
    judged: int
    mean_score: float
    foretold: float | None
    realised: Estimate | None
    honesty: Honesty | None


@dataclass(frozen=True, slots=True)
class EstimateRecord:
    """How well label-free estimates did where labels came later.

    Parameters
    ----------
    stretches
        With both.
    bias
        Mean of realised less foretold.
    typical
        Root mean square of that.
    held
        Stretches whose realised interval holds the estimate.
    """

    stretches: int
    bias: float
    typical: float
    held: int


def stretches_of(rows: Watched, size: int, name: Headline, *, seed: int) -> tuple[Stretch, ...]:
    """Cut later rows into stretches of `size`, counted back from the newest; at most 24.

    What is left over at the old end joins the first stretch where it is less than half of one.
    """
    n = rows.times.size
    count = min(MOST, max(1, round(n / size)))
    edges = [max(0, n - size * k) for k in range(count, 0, -1)] + [n]
    if edges[0] < size:
        edges[0] = 0
    return tuple(_stretch(rows, slice(a, b), name, seed) for a, b in pairwise(edges) if b > a)


def _stretch(rows: Watched, part: slice, name: Headline, seed: int) -> Stretch:
    times, judged = rows.times[part], rows.judged[part]
    probability, score = rows.probability[part], rows.score[part]
    found, honest = None, None
    if judged.sum() >= max(FEWEST, _SHARE * judged.size):
        found = realised(name, rows.y[part][judged], probability[judged], rows.positive, seed=seed)
        honest = honesty(rows.event[part][judged], score[judged])
    return Stretch(
        int(times[0]), int(times[-1]), int(times.size), int(judged.sum()), float(score.mean()),
        foretold(name, probability, rows.positive), found, honest,
    )  # fmt: skip


def estimate_record(stretches: Sequence[Stretch]) -> EstimateRecord | None:
    """Hold what was foretold against what labels showed; None where no stretch has both."""
    gaps: list[float] = []
    held = 0
    for one in stretches:
        seen = one.realised
        if seen is None or seen.value is None or one.foretold is None:
            continue
        gaps.append(seen.value - one.foretold)
        if seen.lower is not None and seen.upper is not None:
            held += seen.lower <= one.foretold <= seen.upper
    if not gaps:
        return None
    return EstimateRecord(
        len(gaps), float(np.mean(gaps)), sqrt(float(np.mean(np.square(gaps)))), int(held)
    )
