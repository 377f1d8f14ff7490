"""Characteristics of the same units side by side: one row a unit, one column a characteristic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray, Series


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Values of a group, joined by unit.

    Parameters
    ----------
    columns
        Code of the characteristic, with the position where it has several: all wires of a device.
    ts : shape (n,)
        First measurement of each unit, microseconds since 1970 UTC, ascending.
    value : shape (n, p)
        NaN where a unit lacks a column; the mean where it was measured several times.
    units
        Serial of the unit of each row.
    left_out
        Values that belong to no unit.
    """

    columns: tuple[str, ...]
    ts: IntArray
    value: FloatArray
    units: tuple[str, ...]
    left_out: int

    def between(self, start: int, end: int) -> FloatArray:
        """Rows whose unit was first measured in a half-open window, shape (m, p)."""
        return self.value[(self.ts >= start) & (self.ts < end)]


def join_units(series: Sequence[Series]) -> GroupTable:
    """Join measured series by the serial of the unit.

    Raises
    ------
    NotEnoughData
        If there are fewer than 2 columns of values that belong to a unit.
    """
    names = sorted({u for one in series for u in one.unit_id.levels})
    place = {name: i for i, name in enumerate(names)}
    columns, parts = list[str](), list[tuple[IntArray, IntArray, FloatArray]]()
    left_out = 0
    for one in series:
        row_of = np.array([place[u] for u in one.unit_id.levels] + [-1], dtype=np.int64)
        row = row_of[one.unit_id.codes]
        left_out += int(np.count_nonzero(row < 0))
        for name, here in _columns(one, several=len(series) > 1):
            kept = here & (row >= 0) & np.isfinite(one.value)
            if kept.any():
                columns.append(name)
                parts.append((row[kept], one.ts[kept], one.value[kept]))
    if len(columns) < 2:
        raise NotEnoughData(
            f"a group needs 2 characteristics (or positions) joined by unit, got {len(columns)};"
            f" {left_out} values name no unit"
        )
    return _joined(tuple(columns), parts, names, left_out)


def in_sigmas(reference: FloatArray, current: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Divide both windows by the standard deviations of the reference: members of any unit.

    A member that is constant or missing in the reference is left as it is.
    """
    there = np.isfinite(reference)
    n = np.maximum(there.sum(axis=0), 1)
    mean = np.where(there, reference, 0.0).sum(axis=0) / n
    sd = np.sqrt((np.where(there, reference - mean, 0.0) ** 2).sum(axis=0) / n)
    scale = np.where(sd > 0, sd, 1.0)
    return reference / scale, current / scale


def _columns(one: Series, *, several: bool) -> list[tuple[str, np.ndarray]]:
    code = one.characteristic.code
    used = np.unique(one.position.codes)
    if used.size < 2:
        return [(code, np.ones(one.value.size, dtype=np.bool_))]
    labels = (*one.position.levels, "?")
    return [
        (f"{code} {labels[i]}" if several else labels[i], one.position.codes == i) for i in used
    ]


def _joined(
    columns: tuple[str, ...],
    parts: Sequence[tuple[IntArray, IntArray, FloatArray]],
    names: Sequence[str],
    left_out: int,
) -> GroupTable:
    n = len(names)
    first = np.full(n, np.iinfo(np.int64).max)
    value = np.full((n, len(columns)), np.nan)
    for j, (row, ts, x) in enumerate(parts):
        np.minimum.at(first, row, ts)
        count = np.bincount(row, minlength=n)
        there = count > 0
        value[there, j] = np.bincount(row, x, n)[there] / count[there]
    order = np.argsort(first, kind="stable")
    order = order[np.isfinite(value[order]).any(axis=1)]
    units = tuple(names[int(i)] for i in order)
    return GroupTable(columns, first[order], value[order], units, left_out)
