"""How well one column alone tells a class: almost perfectly is too good to be true."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.values import BoolArray, Factor, FloatArray, IntArray

_BINS = 20  # of equal numbers of rows: finds a relation that does not only rise or only fall
LEAST = 5  # rows of either class: with fewer, chance alone finds a column among hundreds
How = Literal["value", "range", "level", "missing"]


@dataclass(frozen=True, slots=True)
class Suspect:
    """The best that one column does for one class against the others.

    Parameters
    ----------
    auc
        Area under the ROC curve, turned so that it is .5 or more.
    how
        By its `value` (higher or lower), its `range` (one of 20), its `level`, or by whether it is
        `missing`.
    """

    auc: float
    label: str
    how: How


def of_numbers(x: FloatArray, label: Factor) -> Suspect | None:
    """Tell classes by a column of numbers; None if no class has enough rows.

    Parameters
    ----------
    x : shape (n,)
        NaN where missing.
    label
        A class for each of the n rows.
    """
    missing = np.isnan(x)
    known = np.flatnonzero(~missing)
    rank = midranks(x[known])
    bins = np.minimum((rank - 0.5) * _BINS / max(known.size, 1), _BINS - 1).astype(np.int64)
    found: list[Suspect] = []
    for code, name in enumerate(label.levels):
        event = label.codes == code
        if enough(event[known]):
            found.append(Suspect(_turned(auc_of_ranks(rank, event[known])), name, "value"))
            found.append(Suspect(_by_level(bins, event[known]), name, "range"))
        found += _by_missing(missing, event, name)
    return max(found, key=lambda s: s.auc, default=None)


def of_texts(factor: Factor, label: Factor) -> Suspect | None:
    """Tell classes by a column of texts; None if no class has enough rows."""
    missing = factor.codes < 0
    found: list[Suspect] = []
    for code, name in enumerate(label.levels):
        event = label.codes == code
        if enough(event):
            found.append(Suspect(_by_level(factor.codes + 1, event), name, "level"))
        found += _by_missing(missing, event, name)
    return max(found, key=lambda s: s.auc, default=None)


def midranks(x: FloatArray) -> FloatArray:
    """Ranks from 1; equal values share the mean of theirs, shape (n,).

    Examples
    --------
    >>> midranks(np.array([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    order = np.argsort(x, kind="stable")
    first = np.flatnonzero(np.append(True, np.diff(x[order]) > 0)[: x.size])
    count = np.diff(np.append(first, x.size))
    ranks = np.empty(x.size)
    ranks[order] = np.repeat(first + (count + 1) / 2, count)
    return ranks


def auc_of_ranks(rank: FloatArray, event: BoolArray) -> float:
    """Area under the ROC curve of a score by its midranks (Mann and Whitney 1947)."""
    positive = int(event.sum())
    negative = event.size - positive
    return float((rank[event].sum() - positive * (positive + 1) / 2) / (positive * negative))


def rank_correlation(x: FloatArray, y: FloatArray) -> float:
    """Rank correlation of two columns where both are known (Spearman 1904); 0 for a constant."""
    known = ~np.isnan(x) & ~np.isnan(y)
    a, b = (midranks(v[known]) for v in (x, y))
    if a.size < 2 * LEAST or np.ptp(a) == 0.0 or np.ptp(b) == 0.0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def enough(event: BoolArray) -> bool:
    """Whether a class and the rest have rows enough for an area to mean something."""
    return LEAST <= int(event.sum()) <= event.size - LEAST


def _turned(auc: float) -> float:
    return max(auc, 1.0 - auc)


def _by_missing(missing: BoolArray, event: BoolArray, name: str) -> list[Suspect]:
    if not enough(event) or not missing.any():
        return []
    auc = 0.5 + 0.5 * (missing[event].mean() - missing[~event].mean())
    return [Suspect(_turned(float(auc)), name, "missing")]


def _by_level(codes: IntArray, event: BoolArray) -> float:
    """Area by the share of events of each level, learned on one half, told on the other.

    Within each class every second row goes to the second half. A column with a level of its own
    for each row knows nothing there, and gets .5.
    """
    half = np.zeros(event.size, np.int64)
    for side in (event, ~event):
        half[side] = np.arange(int(side.sum())) % 2
    areas: list[float] = []
    for told in (0, 1):
        learn, test = half != told, half == told
        size = int(codes.max(initial=0)) + 1
        events = np.bincount(codes[learn & event], minlength=size)
        rows = np.bincount(codes[learn], minlength=size)
        base = event[learn].mean()
        share = (events + base) / (rows + 1.0)  # a level that is new has the share of all
        areas.append(auc_of_ranks(midranks(share[codes[test]]), event[test]))
    return float(np.mean(areas))
