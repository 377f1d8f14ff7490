"""Units side by side: all positions (the wires of a device) of each unit in one row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray, Series


@dataclass(frozen=True, slots=True)
class UnitMatrix:
    """Values of units, one row each, one column for each characteristic and position.

    Parameters
    ----------
    units
        Serials, by the first time they were measured.
    columns
        Characteristic code and position, sorted; the position is "" where none was given.
    first_ts : shape (units,)
        When the unit was first measured, microseconds since 1970 UTC.
    values : shape (units, columns)
        The newest value; NaN where there is none.
    """

    units: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    first_ts: IntArray
    values: FloatArray


def by_unit(series: Sequence[Series]) -> UnitMatrix:
    """Put the values of some characteristics side by side; those without a unit are left out.

    A unit that was measured more than once at a position keeps its newest value.
    """
    rows = [s for s in (_of_units(s) for s in series) if s.ts.size]
    serials = sorted({s.unit_id.levels[c] for s in rows for c in np.unique(s.unit_id.codes)})
    columns = sorted({(s.characteristic.code, p) for s in rows for p in _positions(s)})
    place = {serial: i for i, serial in enumerate(serials)}
    at = {column: i for i, column in enumerate(columns)}
    values = np.full((len(serials), len(columns)), np.nan)
    first = np.full(len(serials), np.iinfo(np.int64).max, dtype=np.int64)
    for s in rows:
        unit = np.array([place.get(level, -1) for level in s.unit_id.levels])[s.unit_id.codes]
        code = s.characteristic.code
        labels = (*s.position.levels, "")  # the last one is where code -1 points to
        column = np.array([at.get((code, label), -1) for label in labels])[s.position.codes]
        values[unit, column] = s.value  # in time order: the newest one stays
        np.minimum.at(first, unit, s.ts)
    order = np.argsort(first, kind="stable")
    units = tuple(serials[i] for i in order)
    return UnitMatrix(units, tuple(columns), first[order], values[order])


def _of_units(series: Series) -> Series:
    keep = series.unit_id.codes >= 0
    return Series(
        characteristic=series.characteristic,
        ts=series.ts[keep],
        value=series.value[keep],
        n=series.n[keep],
        subgroup=series.subgroup.take(keep),
        unit_id=series.unit_id.take(keep),
        position=series.position.take(keep),
        spec=series.spec,
    )


def _positions(series: Series) -> set[str]:
    labels = (*series.position.levels, "")
    return {labels[c] for c in np.unique(series.position.codes)}
