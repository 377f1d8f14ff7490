"""The same wires measured twice: values of two series joined by unit and position."""

from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray, Series


@dataclass(frozen=True, slots=True)
class Pairs:
    """Joined values, in the time order of the second series.

    Parameters
    ----------
    x, y : shape (n,)
        Of the first and the second series, in their unit of measure.
    unit : shape (n,)
        Code of the unit.
    ts : shape (n,)
        When the second was measured, microseconds since 1970 UTC.
    row : shape (n,)
        Row of the second series.
    """

    x: FloatArray
    y: FloatArray
    unit: IntArray
    ts: IntArray
    row: IntArray


def joined(first: Series, second: Series) -> Pairs:
    """Join two series; of several values of one wire the newest counts, on either side."""
    units = sorted({*first.unit_id.levels} & {*second.unit_id.levels})
    places = sorted({*first.position.levels, *second.position.levels, ""})
    key_of = {level: i for i, level in enumerate(units)}
    at = {level: i for i, level in enumerate(places)}
    keys = [_keys(series, key_of, at) for series in (first, second)]
    newest = [_newest(key) for key in keys]
    both, a, b = np.intersect1d(keys[0][newest[0]], keys[1][newest[1]], return_indices=True)
    left, right = newest[0][a], newest[1][b]
    order = np.argsort(right, kind="stable")
    left, right = left[order], right[order]
    return Pairs(
        x=first.value[left],
        y=second.value[right],
        unit=both[order] // len(places),
        ts=second.ts[right],
        row=right,
    )


def _keys(series: Series, units: dict[str, int], places: dict[str, int]) -> IntArray:
    """One number for unit and position; -1 where the unit is not shared."""
    of_unit = np.array([units.get(level, -1) for level in (*series.unit_id.levels, "")])
    of_place = np.array([places[level] for level in (*series.position.levels, "")])
    unit, place = of_unit[series.unit_id.codes], of_place[series.position.codes]
    return np.where(unit < 0, -1, unit * len(places) + place)


def _newest(key: IntArray) -> IntArray:
    """Last row of each key that is not -1; series are in time order."""
    _, last = np.unique(key[::-1], return_index=True)
    rows = key.size - 1 - last
    return rows[key[rows] >= 0]
