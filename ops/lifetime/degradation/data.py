"""Degradation: a measure of damage of each unit, read again and again; its limit is the failure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ops.errors import BadData, Problem
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class DegradationData:
    """What was read of units on test.

    Parameters
    ----------
    item : shape (n,)
        Index into `items` of each reading.
    time : shape (n,)
        Age of the unit at the reading, in `unit`, >= 0.
    value : shape (n,)
        What was read, in `value_unit`.
    items
        Names of the units on test.
    stresses
        Name to its level for each unit on test, shape (k,).
    group : shape (k,)
        Index into `groups` of each unit on test.
    """

    item: IntArray
    time: FloatArray
    value: FloatArray
    items: tuple[str, ...]
    group: IntArray
    groups: tuple[str, ...] = ("",)
    stresses: Mapping[str, FloatArray] = field(default_factory=dict[str, FloatArray])
    stress_units: Mapping[str, str] = field(default_factory=dict[str, str])
    unit: str = "h"
    value_unit: str = ""

    @property
    def order(self) -> IntArray:
        """Rows by unit on test, then by age, shape (n,)."""
        return np.lexsort((self.time, self.item))

    def fingerprint(self) -> str:
        """SHA-256 of all readings: equal data, equal fingerprint."""
        names = (self.items, self.groups, self.unit, self.value_unit, dict(self.stress_units))
        digest = hashlib.sha256(repr(names).encode())
        for column in (self.item, self.time, self.value, self.group):
            digest.update(np.ascontiguousarray(column).tobytes())
        for name in sorted(self.stresses):
            digest.update(np.ascontiguousarray(self.stresses[name]).tobytes())
        return digest.hexdigest()


def check(data: DegradationData) -> None:
    """Refuse readings that cannot be; the unit on test and the age are named.

    Raises
    ------
    BadData
        If a value is not a number, an age is negative, or a unit was read twice at one age.
    """
    names = np.array(data.items, dtype=object)[data.item]
    wrong = np.flatnonzero(~(np.isfinite(data.value) & (data.time >= 0) & np.isfinite(data.time)))
    problems = [
        Problem(f"/rows/{at}", f"{names[at]} reads {data.value[at]:g} at {data.time[at]:g}: give"
                " numbers, and ages from 0 on")
        for at in wrong[:20]
    ]  # fmt: skip
    order = data.order
    item, time = data.item[order], data.time[order]
    twice = np.flatnonzero((item[1:] == item[:-1]) & (time[1:] == time[:-1]))
    problems += [
        Problem(f"/rows/{order[at + 1]}", f"{names[order[at]]} was read twice at {time[at]:g}: keep"
                " one, or their mean")
        for at in twice[:20]
    ]  # fmt: skip
    if problems:
        raise BadData(problems[0].detail, tuple(problems))


def degradation_data(
    readings: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    unit: str = "h",
    value_unit: str = "",
) -> DegradationData:
    """Degradation data from the ages and values of each unit on test; checked.

    Raises
    ------
    BadData
        As `check`.
    """
    names = tuple(readings)
    counts = [len(readings[name][0]) for name in names]
    data = DegradationData(
        item=np.repeat(np.arange(len(names)), counts),
        time=np.array([t for name in names for t in readings[name][0]], dtype=np.float64),
        value=np.array([v for name in names for v in readings[name][1]], dtype=np.float64),
        items=names,
        group=np.zeros(len(names), dtype=np.int64),
        unit=unit,
        value_unit=value_unit,
    )
    check(data)
    return data
