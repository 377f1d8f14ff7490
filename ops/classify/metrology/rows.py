"""Rows whose label is a number that was measured, or is not known yet."""

from dataclasses import dataclass

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import FloatArray, IntArray

FEWEST = 20  # measured rows: below, neither splits nor intervals mean anything


@dataclass(frozen=True, slots=True)
class MeasuredRows:
    """Rows of a dataset with a numeric label.

    Parameters
    ----------
    y : shape (n,)
        Measured values; NaN where the row was not measured.
    label, unit
        Name of the column and its unit.
    order : shape (n,)
        Rows in the order of time, or None where they have no times.
    groups : shape (n,)
        Number of the group of each row, -1 for none; None without a column of groups.
    """

    table: DataTable
    y: FloatArray
    label: str
    unit: str
    order: IntArray | None
    groups: IntArray | None

    @property
    def measured(self) -> IntArray:
        """Rows that were measured."""
        return np.flatnonzero(np.isfinite(self.y))

    @property
    def waiting(self) -> IntArray:
        """Rows that were not."""
        return np.flatnonzero(~np.isfinite(self.y))


def measured_rows(table: DataTable, document: DatasetDocument) -> MeasuredRows:
    """Rows with their measured values.

    Raises
    ------
    NotEnoughData
        If fewer than `FEWEST` rows were measured, or all values are the same.
    BadData
        If no column of numbers is the label.
    """
    label = document.one("label")
    if not len(table):
        raise NotEnoughData("the dataset has no rows; upload or build some")
    if label is None or label not in table.numbers:
        told = "give one column of numbers the role 'label'"
        raise BadData(f"virtual metrology needs a measured number: {told}",
                      (Problem("/document/columns", told),))  # fmt: skip
    y = np.where(np.isfinite(table.numbers[label]), table.numbers[label], np.nan)
    known = y[np.isfinite(y)]
    if known.size < FEWEST:
        raise NotEnoughData(f"{known.size} of {y.size} rows are measured, {FEWEST} are needed")
    if np.ptp(known) == 0:
        raise NotEnoughData(f"all {known.size} measured values of {label!r} are {known[0]:g}")
    said = next((c.unit for c in document.columns if c.name == label), "")
    unit = table.units.get(label, "") or said
    return MeasuredRows(table, y, label, unit, _order(table, document), _groups(table, document))


def _order(table: DataTable, document: DatasetDocument) -> IntArray | None:
    name = document.one("time")
    if name is None or name not in table.times:
        return None
    times = table.times[name]
    if not (times != NO_TIME).any():
        return None
    return np.argsort(times, kind="stable")


def _groups(table: DataTable, document: DatasetDocument) -> IntArray | None:
    name = document.one("group")
    if name is None:
        return None
    if name in table.categories:
        return table.category(name).codes
    return np.unique(table.number(name), return_inverse=True)[1].astype(np.int64)
