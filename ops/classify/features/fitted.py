"""Features that have learned their fills, scales and levels: tables in, matrices out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ops.classify.features.derive import Columns
from ops.classify.features.part import CategoryPart, InputColumn, NumberPart, Part
from ops.classify.features.refusal import refuse_lacking, refuse_level, refuse_missing
from ops.classify.features.row import RowPlan, level_places
from ops.classify.spec import DerivedFeature
from ops.classify.table import DataTable
from ops.values import BoolArray, Factor, FloatArray


@dataclass(frozen=True)
class FittedFeatures:
    """Features of a model, fitted by `ops.classify.features.fit.fit_features`.

    Parameters
    ----------
    parts
        What was learned of each column, in the order of the matrix.
    derived
        Features made of columns, in the order in which they are made.
    inputs
        Columns that a caller must send.
    past
        Columns that only lags and the like are made of: not to be sent where these are.
    time
        Column of times by which lags and rolling statistics are ordered; None: there is none.
    """

    parts: tuple[Part, ...]
    derived: tuple[DerivedFeature, ...]
    inputs: tuple[InputColumn, ...]
    past: tuple[InputColumn, ...] = ()
    time: str | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the features, (k,): `torque`, `torque: missing`, `type = L`, `type: rare`."""
        return tuple(name for part in self.parts for name in part.names)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column of the dataset, or derived feature, that each feature comes from, (k,)."""
        return tuple(part.column for part in self.parts for _ in part.names)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Unit of each feature, (k,); "" for 0/1 features and where none is known."""
        return tuple(
            part.unit if isinstance(part, NumberPart) and i == 0 else ""
            for part in self.parts
            for i in range(len(part.names))
        )

    @cached_property
    def center(self) -> FloatArray:
        """What is taken from each feature, in its unit, (k,); 0 for 0/1 features."""
        return np.array([v for part in self.parts for v, _ in _scaling(part)])

    @cached_property
    def scale(self) -> FloatArray:
        """What each feature is divided by, in its unit, (k,); 1 for 0/1 features."""
        return np.array([v for part in self.parts for _, v in _scaling(part)])

    def matrix(self, table: DataTable) -> FloatArray:
        """Standardised features of each row, shape (n, k); never NaN.

        Lags, rolling statistics and hours since an event are read from the column of their name
        where the table has it, and made of the table's own rows otherwise: take rows of the
        matrix, not of the table, or the first of them have lost the rows before them
        (`ops.classify.features.fit.with_history` puts such columns into a table once).

        Raises
        ------
        BadData
            If a column is missing or of another kind, its unit cannot be converted, or a missing
            value or a new level is to be refused.
        """
        columns = self._columns_of(table)
        out = np.zeros((len(table), len(self.names)))
        at = 0
        for part in self.parts:
            if isinstance(part, NumberPart):
                _put_number(out, at, part, columns.number(part.column))
            else:
                _put_category(out, at, part, columns.category(part.column))
            at += len(part.names)
        return out

    def unusual(self, table: DataTable) -> BoolArray:
        """Whether a row has what no training row had, shape (n,).

        A value is missing that never was, a level is new, or a number lies further outside of
        the range seen than a tenth of it.
        """
        columns = self._columns_of(table)
        strange = np.zeros(len(table), np.bool_)
        for column in self.inputs:
            if column.type == "number":
                x = columns.sent(column.name)
                low, high = column.limits
                strange |= (x < low) | (x > high)
                strange |= False if column.seen_missing else np.isnan(x)
            else:
                factor = columns.category(column.name)
                seen = set(column.levels)
                new = [level not in seen for level in factor.levels]
                strange |= np.array([*new, not column.seen_missing])[factor.codes]
        return strange

    def row(self, values: Mapping[str, float | str | None]) -> FloatArray:
        """Standardised features of one row, shape (k,): as `matrix`, in microseconds.

        Parameters
        ----------
        values
            Value of each of `inputs`, in its unit; None or NaN where it is missing. Others are
            not read.

        Raises
        ------
        BadData
            If a column is not named, or holds what it must not.
        """
        return self._row(values)

    def remarks(self, values: Mapping[str, float | str | None]) -> tuple[str, ...]:
        """Say what is unusual of one row, a sentence each: as `unusual`."""
        return tuple(self._row.remarks(values))

    def to_document(self) -> dict[str, Any]:
        """As JSON; `ops.classify.features.stored.features_from` gives the same features back."""
        return {
            "parts": [{"kind": _kind(part), **asdict(part)} for part in self.parts],
            "derived": [made.model_dump(mode="json") for made in self.derived],
            "inputs": [asdict(column) for column in self.inputs],
            "past": [asdict(column) for column in self.past],
            "time": self.time,
        }

    @cached_property
    def _row(self) -> RowPlan:
        return RowPlan(self.parts, self.derived, self.inputs)

    def _columns_of(self, table: DataTable) -> Columns:
        given = table.names
        past = all(c.name in given for c in self.past)  # lags can be made here
        lacking = [c for c in self.inputs if c.name not in given and not (c.note and past)]
        if lacking:
            refuse_lacking(lacking)
        known = {c.name: c for c in (*self.inputs, *self.past)}
        return Columns(table, self.derived, known, self.time)

    def __getstate__(self) -> dict[str, Any]:
        """Fields alone: what was computed of them is made anew where it is needed."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _scaling(part: Part) -> list[tuple[float, float]]:
    plain = [(0.0, 1.0)] * len(part.names)
    return [(part.center, part.scale), *plain[1:]] if isinstance(part, NumberPart) else plain


def _kind(part: Part) -> str:
    return "number" if isinstance(part, NumberPart) else "category"


def _put_number(out: FloatArray, at: int, part: NumberPart, x: FloatArray) -> None:
    missing = np.isnan(x)
    if missing.any():
        if part.missing == "refuse":
            refuse_missing(part.column)
        x = np.where(missing, part.fill, x)
        if part.flag:
            out[:, at + 1] = missing
    out[:, at] = (x - part.center) / part.scale


def _put_category(out: FloatArray, at: int, part: CategoryPart, factor: Factor) -> None:
    places, unknown = level_places(part, at)
    used = np.unique(factor.codes)
    for code in used[used >= 0].tolist() if part.unknown == "refuse" else ():
        if factor.levels[code] not in places:
            known = sorted(level for level in places if level is not None)
            refuse_level(part.column, factor.levels[code], known)
    place = np.array([places.get(level, unknown) for level in (*factor.levels, None)])
    place = place[factor.codes]  # code -1 takes the last one
    hot = np.flatnonzero(place >= 0)
    out[hot, place[hot]] = 1.0
