"""A table of rows to learn from: typed columns of equal length, with their units."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ops.errors import BadData, Problem
from ops.values import BoolArray, Factor, FloatArray, IntArray

NO_TIME = np.iinfo(np.int64).min  # an instant that is not known


@dataclass(frozen=True)
class DataTable:
    """Columns of equal length by name; a name stands in one of the kinds only.

    Parameters
    ----------
    numbers : shape (n,) each
        float64; NaN where a value is missing.
    categories : shape (n,) each
        Texts by code; -1 where a value is missing.
    times : shape (n,) each
        Microseconds since 1970 UTC; `NO_TIME` where unknown.
    traces : shape (n, channels, points) each
        float64; a trace that is shorter ends with NaN.
    units
        Unit of a number or a trace, as text; "" or absent: it has none.
    """

    numbers: Mapping[str, FloatArray] = field(default_factory=dict[str, FloatArray])
    categories: Mapping[str, Factor] = field(default_factory=dict[str, Factor])
    times: Mapping[str, IntArray] = field(default_factory=dict[str, IntArray])
    traces: Mapping[str, FloatArray] = field(default_factory=dict[str, FloatArray])
    units: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        names = [*self.numbers, *self.categories, *self.times, *self.traces]
        if len(set(names)) < len(names):
            raise ValueError(f"a column stands in two kinds: {sorted(names)}")
        if len({len(column) for column in self._columns().values()}) > 1:
            lengths = {name: len(column) for name, column in self._columns().items()}
            raise ValueError(f"columns of unequal length: {lengths}")

    def __len__(self) -> int:
        return next((len(column) for column in self._columns().values()), 0)

    def __getstate__(self) -> dict[str, object]:
        """Columns alone: what was computed of them is made anew where it is needed."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all columns."""
        return frozenset(self._columns())

    def take(self, rows: IntArray | BoolArray | slice) -> "DataTable":
        """Rows of the table, in the order of `rows`."""
        return DataTable(
            {name: column[rows] for name, column in self.numbers.items()},
            {name: column.take(rows) for name, column in self.categories.items()},
            {name: column[rows] for name, column in self.times.items()},
            {name: column[rows] for name, column in self.traces.items()},
            self.units,
        )

    def number(self, name: str) -> FloatArray:
        """Column of numbers.

        Raises
        ------
        BadData
            If there is none of this name.
        """
        if name not in self.numbers:
            raise BadData(f"there is no column of numbers {name!r}", (self._lacking(name),))
        return self.numbers[name]

    def category(self, name: str) -> Factor:
        """Column of texts.

        Raises
        ------
        BadData
            If there is none of this name.
        """
        if name not in self.categories:
            raise BadData(f"there is no column of texts {name!r}", (self._lacking(name),))
        return self.categories[name]

    def fingerprint(self) -> str:
        """SHA-256 of names, units and values: equal tables, equal fingerprint."""
        digest = hashlib.sha256(repr(sorted(self.units.items())).encode())
        for name in sorted(self.numbers.keys() | self.times.keys() | self.traces.keys()):
            column = self._columns()[name]
            digest.update(f"{name}{column.dtype}{column.shape}".encode())
            digest.update(np.ascontiguousarray(column).tobytes())
        for name in sorted(self.categories):
            factor = self.categories[name]
            digest.update(f"{name}{factor.levels}".encode())
            digest.update(np.ascontiguousarray(factor.codes).tobytes())
        return digest.hexdigest()

    def _columns(self) -> dict[str, FloatArray | IntArray]:
        codes = {name: factor.codes for name, factor in self.categories.items()}
        return {**self.numbers, **codes, **self.times, **self.traces}

    def _lacking(self, name: str) -> Problem:
        kinds = (
            ("texts", self.categories), ("times", self.times), ("traces", self.traces),
            ("numbers", self.numbers),
        )  # fmt: skip
        for kind, columns in kinds:
            if name in columns:
                return Problem(f"/{name}", f"the column {name!r} holds {kind}")
        known = ", ".join(sorted(self.names)[:20])
        return Problem(f"/{name}", f"the table has the columns {known}")
