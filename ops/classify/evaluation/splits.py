"""Splits of rows into training and test rows: by time, by group, at random."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.classify.evaluation.clusters import cluster_codes
from ops.classify.table import NO_TIME
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

SplitKind = Literal["time-ordered", "chronological", "grouped", "stratified"]

LATER_ROWS = "Each fold is tested on rows that came later than all of its training rows."
LATER_GROUPS = (
    "Each fold is tested on rows that came later than all of its training rows, and no group has"
    " rows on both sides."
)
WHOLE_GROUPS = "The rows of a group stay together: no group has rows on both sides."
AT_RANDOM = "Rows are drawn at random, with the same share of each class in every fold."


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to learn from and rows to be tested on; no row is in both.

    Parameters
    ----------
    train, test
        Row numbers, ascending.
    name
        What the split is called: "fold 2 of 5".
    """

    train: IntArray
    test: IntArray
    name: str


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """Splits and why they are the right ones.

    Parameters
    ----------
    reason
        Whole sentence without numbers: why rows are split so.
    purged
        Earlier rows left out of the training of each split, since their label was not known when
        its test rows began, or they lie within the gap, or they share a group with test rows.
    left_out
        Rows that take part in no split: without a time, or without a label.
    """

    kind: SplitKind
    splits: tuple[Split, ...]
    reason: str
    purged: tuple[int, ...] = ()
    left_out: int = 0


def time_ordered(
    times: IntArray,
    folds: int = 5,
    *,
    known: IntArray | None = None,
    gap: int = 0,
    groups: IntArray | None = None,
) -> SplitPlan:
    """Stretches of time, `folds` of them, each tested on what came before it (expanding window).

    Parameters
    ----------
    times : shape (n,)
        When each row happened, microseconds; `NO_TIME` leaves it out. Equal times stay together.
    folds
        Number of test stretches, of about n / (folds + 1) rows each.
    known : shape (n,)
        When its label became known; a row learns nothing to a test that began before, and
        `NO_TIME` is never learned from.
    gap
        Microseconds before the test rows that are not learned from.
    groups : shape (n,)
        Codes; earlier rows of a group that is tested are not learned from. -1: a group of its own.

    Raises
    ------
    NotEnoughData
        If all rows have one time.
    """
    present = np.sort(times[times != NO_TIME])
    places = np.arange(1, folds + 1) * present.size // (folds + 1)
    starts = np.unique(present[places]) if present.size else present
    starts = starts[starts > present[0]] if present.size else starts
    return _expanding("time-ordered", times, starts, known, gap, groups)


def chronological(
    times: IntArray,
    share: float = 0.7,
    *,
    known: IntArray | None = None,
    gap: int = 0,
    groups: IntArray | None = None,
) -> SplitPlan:
    """One holdout: the first `share` of the rows to learn from, the rest to be tested on.

    Parameters and errors are those of `time_ordered`. Rows at the time of the cut are tested.
    """
    present = np.sort(times[times != NO_TIME])
    place = min(round(share * present.size), present.size - 1)
    starts = present[place : place + 1] if present.size else present
    starts = starts[starts > present[0]] if present.size else starts
    return _expanding("chronological", times, starts, known, gap, groups)


def grouped(groups: IntArray, y: IntArray, folds: int = 5, *, seed: int = 0) -> SplitPlan:
    """Folds that keep the rows of a group together, with classes spread as evenly as may be.

    Groups are dealt out one by one, those that would unbalance most first, each to the fold that
    has least of its classes.

    Parameters
    ----------
    groups : shape (n,)
        Codes; -1: the row is a group of its own.
    y : shape (n,)
        Class of each row, at least 0.
    folds
        Fewer are made where there are fewer groups.

    Raises
    ------
    NotEnoughData
        If there are not two groups.
    """
    code = cluster_codes(groups)
    count = int(code.max(initial=-1)) + 1
    if count < 2:
        raise NotEnoughData(f"splits by group need 2 groups, got {count}")
    folds = min(folds, count)
    per_group = np.zeros((count, int(y.max()) + 1))
    np.add.at(per_group, (code, y), 1.0)
    share = per_group / np.maximum(per_group.sum(axis=0), 1.0)
    order = np.random.default_rng(seed).permutation(count)
    order = order[np.argsort(-share.max(axis=1)[order], kind="stable")]
    fold = _dealt(share, per_group.sum(axis=1), order, folds)[code]
    return SplitPlan("grouped", _by_fold(fold, folds), WHOLE_GROUPS, (0,) * folds)


def stratified(y: IntArray, folds: int = 5, *, seed: int = 0) -> SplitPlan:
    """Random folds with the same share of each class, to one row.

    Parameters
    ----------
    y : shape (n,)
        Class of each row.
    folds
        Fewer are made where there are fewer rows.

    Raises
    ------
    NotEnoughData
        If there are not two rows.
    """
    if y.size < 2:
        raise NotEnoughData(f"random splits need 2 rows, got {y.size}")
    folds = min(folds, y.size)
    order = np.random.default_rng(seed).permutation(y.size)
    order = order[np.argsort(y[order], kind="stable")]
    fold = np.empty(y.size, dtype=np.int64)
    fold[order] = np.arange(y.size) % folds
    return SplitPlan("stratified", _by_fold(fold, folds), AT_RANDOM, (0,) * folds)


def _expanding(
    kind: SplitKind,
    times: IntArray,
    starts: IntArray,
    known: IntArray | None,
    gap: int,
    groups: IntArray | None,
) -> SplitPlan:
    if starts.size == 0:
        raise NotEnoughData("splits by time need rows of 2 different times")
    present = times != NO_TIME
    code = None if groups is None else cluster_codes(groups)
    splits: list[Split] = []
    purged: list[int] = []
    for i, start in enumerate(starts):
        later = present & (times >= start)
        test = later & (times < starts[i + 1]) if i + 1 < starts.size else later
        earlier = present & (times < start)
        train = earlier & (times < start - gap)
        if known is not None:
            train &= (known != NO_TIME) & (known <= start)
        if code is not None:
            train &= ~np.isin(code, code[test])
        purged.append(int(earlier.sum() - train.sum()))
        name = f"fold {i + 1} of {starts.size}"
        splits.append(Split(np.flatnonzero(train), np.flatnonzero(test), name))
    reason = LATER_ROWS if groups is None else LATER_GROUPS
    return SplitPlan(kind, tuple(splits), reason, tuple(purged), int((~present).sum()))


def _dealt(share: FloatArray, size: FloatArray, order: IntArray, folds: int) -> IntArray:
    """Fold of each group: the one whose squared shares grow least, then the smallest."""
    held = np.zeros((folds, share.shape[1]))
    rows = np.zeros(folds)
    fold = np.zeros(size.size, dtype=np.int64)
    for group in order:
        growth = held @ share[group]
        best = np.flatnonzero(growth <= growth.min() + 1e-12)
        chosen = best[np.argmin(rows[best])]
        fold[group] = chosen
        held[chosen] += share[group]
        rows[chosen] += size[group]
    return fold


def _by_fold(fold: IntArray, folds: int) -> tuple[Split, ...]:
    return tuple(
        Split(np.flatnonzero(fold != k), np.flatnonzero(fold == k), f"fold {k + 1} of {folds}")
        for k in range(folds)
    )
