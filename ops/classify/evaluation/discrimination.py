"""How well a score puts events before others: ROC AUC and average precision.

Without weights both come from sorted scores of events and of others and a search of the one in the
other, ties by midranks. `SortedScores` sorts once and scores many weightings (bootstrap).
"""

from dataclasses import dataclass

import numpy as np

from ops.values import BoolArray, FloatArray, IntArray


def roc_auc(event: BoolArray, score: FloatArray) -> float | None:
    """Chance that an event scores above another row, ties counted half; None with one class only.

    Parameters
    ----------
    event, score : shape (n,)
        Whether the event happened; higher scores for likelier ones.

    References
    ----------
    Hanley and McNeil (1982), Radiology 143, 29-36: the area is Mann and Whitney's statistic.

    Examples
    --------
    >>> roc_auc(np.array([False, True, True]), np.array([0.1, 0.1, 0.7]))
    0.75
    """
    events, others = np.sort(score[event]), np.sort(score[~event])
    if events.size == 0 or others.size == 0:
        return None
    few, many = (events, others) if events.size < others.size else (others, events)
    below = np.searchsorted(many, few, side="left").sum(dtype=np.int64)
    up_to = np.searchsorted(many, few, side="right").sum(dtype=np.int64)
    share = float(below + up_to) / (2.0 * events.size * others.size)
    return share if few is events else 1.0 - share


def average_precision(event: BoolArray, score: FloatArray) -> float | None:
    """Mean over events of the precision among the rows that score as high; None without events.

    It is the sum of the steps of recall times the precision at each, without interpolation (the
    convention of scikit-learn). A score that says nothing reaches the share of events.

    Examples
    --------
    >>> average_precision(np.array([False, True, True]), np.array([0.8, 0.1, 0.9]))
    0.8333333333333333
    """
    events, others = np.sort(score[event]), np.sort(score[~event])
    if events.size == 0:
        return None
    hits = events.size - np.searchsorted(events, events, side="left")
    alarms = others.size - np.searchsorted(others, events, side="left")
    return float(np.mean(hits / (hits + alarms)))


@dataclass(frozen=True, slots=True)
class Placements:
    """Where each event lies among the others, and each other row among the events.

    Parameters
    ----------
    events : shape (events,)
        Share of the other rows below it, ties counted half; the mean is the AUC.
    others : shape (others,)
        Share of the events above it, ties counted half; the mean is the AUC too.
    """

    events: FloatArray
    others: FloatArray


def placements(event: BoolArray, score: FloatArray) -> Placements:
    """Placement values of all rows, in the order of the rows; there must be both kinds."""
    events, others = score[event], score[~event]
    return Placements(_share_below(others, events), 1.0 - _share_below(events, others))


def macro_auc(y: IntArray, probability: FloatArray) -> float | None:
    """Mean AUC of each class against the rest, over the classes that have rows.

    Parameters
    ----------
    y : shape (n,)
        Class of each row.
    probability : shape (n, classes)
    """
    found = [roc_auc(y == k, probability[:, k]) for k in np.unique(y)]
    known = [f for f in found if f is not None]
    return float(np.mean(known)) if known else None


def macro_average_precision(y: IntArray, probability: FloatArray) -> float | None:
    """Mean average precision of each class against the rest, over the classes that have rows."""
    found = [average_precision(y == k, probability[:, k]) for k in np.unique(y)]
    known = [f for f in found if f is not None]
    return float(np.mean(known)) if len(known) > 1 else None


def hand_till(y: IntArray, probability: FloatArray) -> float | None:
    """Mean AUC over pairs of classes: M of Hand and Till (2001), Machine Learning 45, eq. 7.

    It does not change with the shares of the classes; None with one class only.
    """
    present = np.unique(y)
    found: list[float] = []
    for place, first in enumerate(present):
        for second in present[place + 1 :]:
            pair = (y == first) | (y == second)
            event = y[pair] == first
            for event_of_pair, column in ((event, first), (~event, second)):
                area = roc_auc(event_of_pair, probability[pair, column])
                found += [] if area is None else [area]
    return float(np.mean(found)) if found else None


class SortedScores:
    """Scores sorted once, to be scored under many weightings of the rows.

    Parameters
    ----------
    event, score : shape (n,)
    """

    def __init__(self, event: BoolArray, score: FloatArray) -> None:
        self._order = np.argsort(score, kind="stable")
        ordered = score[self._order]
        self._first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        self._event = event[self._order].astype(np.float64)

    def _by_tie(self, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
        w = weight[self._order]
        events = np.add.reduceat(w * self._event, self._first)
        return events, np.add.reduceat(w, self._first) - events

    def auc(self, weight: FloatArray) -> float:
        """ROC AUC with row weights, shape (n,); NaN where one side has none."""
        events, others = self._by_tie(weight)
        area = events @ (np.cumsum(others) - others / 2)
        total = events.sum() * others.sum()
        return float(area / total) if total > 0 else np.nan

    def average_precision(self, weight: FloatArray) -> float:
        """Average precision with row weights, shape (n,); NaN where no event has weight."""
        events, others = self._by_tie(weight)
        hits, alarms = np.cumsum(events[::-1]), np.cumsum(others[::-1])
        called = np.where(events[::-1] > 0, hits + alarms, 1.0)
        return float(events[::-1] @ (hits / called) / hits[-1]) if hits[-1] > 0 else np.nan


def _share_below(many: FloatArray, few: FloatArray) -> FloatArray:
    ordered = np.sort(many)
    below = np.searchsorted(ordered, few, side="left")
    return (below + np.searchsorted(ordered, few, side="right")) / (2.0 * many.size)
