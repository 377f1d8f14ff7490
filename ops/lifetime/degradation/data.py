"""Degradation: a measure of damage of each unit, read again and again; its limit is the failure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

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

    def fingerprint(self) -> str:
        """SHA-256 of all readings: equal data, equal fingerprint."""
        names = (self.items, self.groups, self.unit, self.value_unit, dict(self.stress_units))
        digest = hashlib.sha256(repr(names).encode())
        for column in (self.item, self.time, self.value, self.group):
            digest.update(np.ascontiguousarray(column).tobytes())
        for name in sorted(self.stresses):
            digest.update(np.ascontiguousarray(self.stresses[name]).tobytes())
        return digest.hexdigest()
