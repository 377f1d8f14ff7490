"""Life data: when units failed, between which readouts, or how long they have lasted so far."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np

from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray

SHOWN = 20  # wrong rows that are named, one by one


@dataclass(frozen=True)
class LifeData:
    """Rows of a life test; a row is `weight` equal units.

    Parameters
    ----------
    lower, upper : shape (n,)
        Between which times the unit failed, in `unit`: equal for an exact time, `upper` infinite
        for one that has not failed (right-censored at `lower`), `lower` 0 for one that was found
        failed at `upper` (left-censored), else the interval (lower, upper].
    weight : shape (n,)
        How many units the row stands for, > 0.
    entry, exit : shape (n,)
        The unit is in the data only because it failed, or would have, within (entry, exit]
        (truncation); 0 and infinity where it would be there anyhow.
    mode : shape (n,)
        Index into `modes` of what it failed by; -1 where it has not failed or nobody knows.
    modes
        Names of the failure modes.
    group : shape (n,)
        Index into `groups`: lot, supplier, part number ...
    groups
        Names of the groups; one empty name where nothing is told apart.
    stresses
        Name to its level for each row, shape (n,), in the unit of `stress_units`.
    stress_units
        Name of a stress to its unit, e.g. ``{"temperature": "degC"}``.
    unit
        Of every time: h, d, cycles, km ...
    """

    lower: FloatArray
    upper: FloatArray
    weight: FloatArray
    entry: FloatArray
    exit: FloatArray
    mode: IntArray
    group: IntArray
    modes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("",)
    stresses: Mapping[str, FloatArray] = field(default_factory=dict[str, FloatArray])
    stress_units: Mapping[str, str] = field(default_factory=dict[str, str])
    unit: str = "h"

    def __getstate__(self) -> dict[str, object]:
        """Send the fields alone: what is cached of them is no part of the data."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @cached_property
    def exact(self) -> BoolArray:
        """Rows whose time of failure is known exactly, shape (n,)."""
        return np.asarray(self.lower == self.upper)

    @cached_property
    def right(self) -> BoolArray:
        """Rows that have not failed, shape (n,)."""
        return np.isinf(self.upper)

    @cached_property
    def failed(self) -> BoolArray:
        """Rows that have failed, exactly or between readouts, shape (n,)."""
        return ~self.right

    @property
    def units(self) -> float:
        """How many units there are."""
        return float(self.weight.sum())

    @property
    def failures(self) -> float:
        """How many units have failed."""
        return float(self.weight[self.failed].sum())

    @property
    def truncated(self) -> bool:
        """Whether any unit is seen only because it failed within limits."""
        return bool((self.entry > 0).any() or np.isfinite(self.exit).any())

    def take(self, rows: IntArray | BoolArray) -> "LifeData":
        """Only these rows, in this order."""
        return LifeData(
            lower=self.lower[rows],
            upper=self.upper[rows],
            weight=self.weight[rows],
            entry=self.entry[rows],
            exit=self.exit[rows],
            mode=self.mode[rows],
            group=self.group[rows],
            modes=self.modes,
            groups=self.groups,
            stresses={name: level[rows] for name, level in self.stresses.items()},
            stress_units=self.stress_units,
            unit=self.unit,
        )

    def of_group(self, name: str) -> "LifeData":
        """Only the rows of one group."""
        return self.take(self.group == self.groups.index(name))

    def of_mode(self, name: str) -> "LifeData":
        """Look at one failure mode: units that failed by another are censored.

        One that failed by another mode between two readouts is censored at the earlier one; one
        whose mode is not known counts as a failure of this mode.
        """
        other = self.failed & (self.mode >= 0) & (self.mode != self.modes.index(name))
        known = ~(other & (self.lower == 0.0))  # failed by the other before anything was seen
        seen = self.take(known)
        return replace(seen, upper=np.where(other[known], np.inf, seen.upper))

    def fingerprint(self) -> str:
        """SHA-256 of all rows: equal data, equal fingerprint."""
        digest = hashlib.sha256(repr((self.modes, self.groups, self.unit)).encode())
        columns = (self.lower, self.upper, self.weight, self.entry, self.exit)
        for column in (*columns, self.mode, self.group):
            digest.update(np.ascontiguousarray(column).tobytes())
        for name in sorted(self.stresses):
            digest.update(f"{name}\0{self.stress_units.get(name, '')}\0".encode())
            digest.update(np.ascontiguousarray(self.stresses[name], dtype=np.float64).tobytes())
        return digest.hexdigest()


def life_data(
    lower: object,
    upper: object | None = None,
    *,
    weight: object | None = None,
    entry: object | None = None,
    exit: object | None = None,
    unit: str = "h",
) -> LifeData:
    """Life data of one group, from columns; checked.

    Parameters
    ----------
    lower, upper : shape (n,)
        As in `LifeData`; without `upper` every time is exact.
    weight, entry, exit : shape (n,)
        As in `LifeData`; one unit a row and no truncation if absent.

    Raises
    ------
    BadData
        If a row cannot be: each such row is named.
    """
    low = np.asarray(lower, dtype=np.float64).ravel()
    high = low.copy() if upper is None else np.asarray(upper, dtype=np.float64).ravel()
    n = low.size
    data = LifeData(
        lower=low,
        upper=high,
        weight=_column(weight, n, 1.0),
        entry=_column(entry, n, 0.0),
        exit=_column(exit, n, np.inf),
        mode=np.full(n, -1),
        group=np.zeros(n, dtype=np.int64),
        unit=unit,
    )
    check(data)
    return data


def failures_and_suspensions(
    failures: object, suspensions: object = (), *, unit: str = "h"
) -> LifeData:
    """Life data of exact times to failure and of times that units have lasted without one."""
    failed = np.asarray(failures, dtype=np.float64).ravel()
    lasted = np.asarray(suspensions, dtype=np.float64).ravel()
    lower = np.concatenate([failed, lasted])
    return life_data(lower, np.concatenate([failed, np.full(lasted.size, np.inf)]), unit=unit)


def check(data: LifeData) -> None:
    """Refuse rows that cannot be; the first `SHOWN` are named.

    Raises
    ------
    BadData
        With a problem for each wrong row; its pointer is ``/rows/<index>``.
    """
    low, high = data.lower, data.upper
    rules = (
        (~np.isfinite(low) | np.isnan(high), "a time must be a number"),
        ((low < 0) | (high < 0), "a time cannot be negative"),
        (
            (high == 0) | ((low == 0) & np.isinf(high)),
            "zero is not a time to failure nor on test: a unit that was dead on arrival is"
            " left-censored at the first readout, or belongs to a zero-inflated model",
        ),
        (high < low, "the interval ends before it begins"),
        (~(data.weight > 0) | np.isinf(data.weight), "a row stands for more than 0 units"),
        (~(data.entry >= 0) | ~(data.exit > data.entry), "truncation must be 0 <= entry < exit"),
        (low < data.entry, "it lies before its entry"),
        (np.isfinite(high) & (high > data.exit), "it lies after its exit"),
    )
    problems = [
        Problem(f"/rows/{row}", f"row {row + 1} ({low[row]:g} to {high[row]:g}): {why}")
        for wrong, why in rules
        for row in np.flatnonzero(wrong)[:SHOWN]
    ]
    if problems:
        raise BadData(problems[0].detail, tuple(problems[:SHOWN]))


def _column(values: object | None, n: int, absent: float) -> FloatArray:
    if values is None:
        return np.full(n, absent)
    column = np.asarray(values, dtype=np.float64).ravel()
    if column.size != n:
        raise BadData(f"{column.size} values stand beside {n} rows; give one for each row")
    return column
