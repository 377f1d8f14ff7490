"""Which splits a dataset asks for: by time if it has one, by group if it has one, else at random.

Splits at random beside them show by how much they would flatter.
"""

import numpy as np

from ops.classify.document import ColumnRole, DatasetDocument
from ops.classify.evaluation.splits import (
    Split,
    SplitPlan,
    chronological,
    grouped,
    stratified,
    time_ordered,
)
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData, Problem
from ops.values import BoolArray, IntArray

_LEVELS = 5  # classes of equal count that a number to be predicted is split into


def label_codes(table: DataTable, document: DatasetDocument) -> IntArray:
    """Class of each row, -1 without a label.

    A number of more than five values is cut into five classes of equal count: every fold is then
    tested on low and high ones.

    Raises
    ------
    BadData
        If the document names no label, or the table has no such column.
    """
    name = document.one("label")
    if name is None:
        where = Problem("/columns", "give one column the role label")
        raise BadData("no column of the dataset is the label", (where,))
    if name not in table.numbers:
        return table.category(name).codes
    value = table.number(name)
    known = np.isfinite(value)
    cuts = np.unique(value[known])[1:]
    if cuts.size >= _LEVELS:
        cuts = np.unique(np.quantile(value[known], np.arange(1, _LEVELS) / _LEVELS))
    return np.where(known, np.searchsorted(cuts, value, side="right"), -1).astype(np.int64)


def default_splits(
    table: DataTable, document: DatasetDocument, folds: int = 5, seed: int = 0
) -> SplitPlan:
    """Time-ordered where there is a time column, by group where there is a group, else random.

    Rows without a label take no part. A time column whose labelled rows have one time only is
    passed over. Labels that became known after a test began are not learned from for it.

    Raises
    ------
    BadData
        If there is no label.
    NotEnoughData
        If there are too few rows or groups.
    """
    y = label_codes(table, document)
    kept = np.flatnonzero(y >= 0)
    groups, times = _group_codes(table, document), _times(table, document)
    if times is not None and _has_order(times[kept]):
        known = _instants(table, document, "known_time")
        plan = time_ordered(times[kept], folds, known=_of(known, kept), groups=_of(groups, kept))
    elif groups is not None:
        plan = grouped(groups[kept], y[kept], folds, seed=seed)
    else:
        plan = stratified(y[kept], folds, seed=seed)
    return _in_table(plan, kept, y.size)


def random_splits(
    table: DataTable, document: DatasetDocument, folds: int = 5, seed: int = 0
) -> SplitPlan:
    """Random stratified folds of the labelled rows: what they flatter by is the gap to the others.

    Raises as `default_splits`.
    """
    y = label_codes(table, document)
    kept = np.flatnonzero(y >= 0)
    return _in_table(stratified(y[kept], folds, seed=seed), kept, y.size)


def holdout_split(
    table: DataTable, document: DatasetDocument, share: float = 0.7
) -> SplitPlan | None:
    """First `share` of the labelled rows to learn from, the rest to test; None without times.

    Raises as `default_splits`.
    """
    y = label_codes(table, document)
    kept = np.flatnonzero(y >= 0)
    groups, times = _group_codes(table, document), _times(table, document)
    if times is None or not _has_order(times[kept]):
        return None
    known = _instants(table, document, "known_time")
    plan = chronological(times[kept], share, known=_of(known, kept), groups=_of(groups, kept))
    return _in_table(plan, kept, y.size)


def _in_table(plan: SplitPlan, kept: IntArray, rows: int) -> SplitPlan:
    splits = tuple(Split(kept[s.train], kept[s.test], s.name) for s in plan.splits)
    left_out = plan.left_out + rows - kept.size
    return SplitPlan(plan.kind, splits, plan.reason, plan.purged, left_out)


def _has_order(times: IntArray) -> bool:
    return np.unique(times[times != NO_TIME]).size > 1


def _of(column: IntArray | None, rows: IntArray) -> IntArray | None:
    return None if column is None else column[rows]


def _times(table: DataTable, document: DatasetDocument) -> IntArray | None:
    """Instants of the time column; an order that is given as a number is taken by rank."""
    name = document.one("time")
    if name is None or name not in table.numbers:
        return _instants(table, document, "time")
    return _ranked(table, name, NO_TIME)


def _instants(table: DataTable, document: DatasetDocument, role: ColumnRole) -> IntArray | None:
    name = document.one(role)
    if name is None:
        return None
    if name not in table.times:
        where = Problem("/columns", f"give the column {name!r} the type time")
        raise BadData(f"the column {name!r} is no column of times", (where,))
    return table.times[name]


def _group_codes(table: DataTable, document: DatasetDocument) -> IntArray | None:
    name = document.one("group")
    if name is None:
        return None
    return _ranked(table, name, -1) if name in table.numbers else table.category(name).codes


def _ranked(table: DataTable, name: str, missing: int) -> IntArray:
    value = table.number(name)
    known: BoolArray = np.isfinite(value)
    ranks = np.full(value.size, missing, dtype=np.int64)
    ranks[known] = np.unique(value[known], return_inverse=True)[1]
    return ranks
