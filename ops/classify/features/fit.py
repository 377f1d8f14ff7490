"""Learn medians, scales and levels of the columns that a spec names."""

from dataclasses import replace

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.features.derive import Columns, History
from ops.classify.features.fitted import FittedFeatures
from ops.classify.features.learn import category_part, number_part, told_apart
from ops.classify.features.part import InputColumn, Part
from ops.classify.features.plan import Plan, plan_of
from ops.classify.features.unit import turning
from ops.classify.spec import (
    DerivedFeature,
    Difference,
    FeatureSpec,
    Lag,
    NumberFeature,
    Rolling,
)
from ops.classify.table import DataTable
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import BoolArray, Factor, FloatArray, IntArray


def fit_features(
    table: DataTable, spec: FeatureSpec, document: DatasetDocument, rows: IntArray | None = None
) -> FittedFeatures:
    """Features of a spec, with what they learn from some rows of a table.

    Parameters
    ----------
    rows
        Rows to learn from; None: all. What the other rows hold never enters, except as the past
        of lags and rolling statistics.

    Raises
    ------
    BadData
        If the spec names what the table has not, or what must not be learned from.
    NotEnoughData
        If there are no rows.
    """
    plan = plan_of(table, spec, document)
    taken = np.arange(len(table)) if rows is None else rows
    if taken.size == 0:
        raise NotEnoughData("features need at least 1 row to learn from, there are 0")
    training = _Training(table, plan, document, taken)
    parts = training.parts()
    _refuse_same_names(parts)
    return FittedFeatures(
        parts,
        plan.derived,
        (
            *(training.input_number(name) for name in plan.numbers),
            *(training.input_category(name) for name in plan.categories),
        ),
        (
            *(training.input_number(name) for name in plan.past_numbers),
            *(training.input_category(name) for name in plan.past_categories),
        ),
        document.one("time"),
    )


def with_history(table: DataTable, spec: FeatureSpec, document: DatasetDocument) -> DataTable:
    """Table with the lags, rolling statistics and hours since events as columns of their own.

    Rows of it can be taken without losing the rows before them.
    """
    plan = plan_of(table, spec, document)
    columns = Columns(table, plan.derived, _turned(table, plan, document), document.one("time"))
    made = {d.name: columns.number(d.name) for d in plan.derived if isinstance(d, History)}
    return DataTable(
        {**table.numbers, **made}, table.categories, table.times, table.traces, table.units
    )


class _Training:
    """The training rows of a table, seen as the plan wants them."""

    def __init__(
        self, table: DataTable, plan: Plan, document: DatasetDocument, rows: IntArray
    ) -> None:
        self._plan = plan
        self._rows = rows
        self._units = _units(table, plan, document)
        self._turned = _turned(table, plan, document)
        self._columns = Columns(table, plan.derived, self._turned, document.one("time"))
        self._made = {d.name: d for d in plan.derived}

        _refuse_mixed_units(plan.derived, self._units)

    def number(self, name: str) -> FloatArray:
        return self._columns.number(name)[self._rows]

    def category(self, name: str) -> Factor:
        return self._columns.category(name).take(self._rows)

    def parts(self) -> tuple[Part, ...]:
        wanted: list[BoolArray | None] = [
            np.isnan(self.number(f.column))
            if isinstance(f, NumberFeature) and f.flag_missing
            else None
            for f in self._plan.features
        ]
        return tuple(
            number_part(f, self.number(f.column), self._units.get(f.column, ""), flag=flag)
            if isinstance(f, NumberFeature)
            else category_part(f, self.category(f.column))
            for f, flag in zip(self._plan.features, told_apart(wanted), strict=True)
        )

    def input_number(self, name: str) -> InputColumn:
        x = self._columns.sent(name)[self._rows]
        known = x[~np.isnan(x)]
        made = self._made.get(name)
        column = self._turned.get(name, InputColumn(name, "number", self._units.get(name, "")))
        return replace(
            column,
            low=float(known.min()) if known.size else None,
            high=float(known.max()) if known.size else None,
            seen_missing=known.size < x.size,
            note="" if made is None else _note(made),
        )

    def input_category(self, name: str) -> InputColumn:
        factor = self.category(name)
        levels = tuple(sorted(factor.levels[c] for c in np.unique(factor.codes) if c >= 0))
        missing = bool((factor.codes < 0).any())
        return InputColumn(name, "category", levels=levels, seen_missing=missing)


def _units(table: DataTable, plan: Plan, document: DatasetDocument) -> dict[str, str]:
    """Find the unit of each column of numbers in the features: the spec's, else the rows' own."""
    wanted = {f.column: f.unit for f in plan.features if isinstance(f, NumberFeature) and f.unit}
    hours = {d.name: "h" for d in plan.derived if d.make == "time_since"}
    return {**_own_units(table, document), **hours, **wanted}


def _turned(table: DataTable, plan: Plan, document: DatasetDocument) -> dict[str, InputColumn]:
    """Columns of numbers of the table: the unit that they are in, and the way to the features'."""
    own, wanted = _own_units(table, document), _units(table, plan, document)
    made = {d.name for d in plan.derived}
    found: dict[str, InputColumn] = {}
    for name in (*plan.numbers, *plan.past_numbers):
        if name not in made:
            unit = own.get(name, "") or wanted.get(name, "")
            factor, offset = turning(unit, wanted.get(name, ""), name)
            found[name] = InputColumn(name, "number", unit, factor, offset)
    return found


def _own_units(table: DataTable, document: DatasetDocument) -> dict[str, str]:
    """Units of the rows; those of the document where the rows are silent."""
    said = {c.name: c.unit for c in document.columns if c.unit}
    return {**said, **{name: unit for name, unit in table.units.items() if unit}}


def _refuse_mixed_units(derived: tuple[DerivedFeature, ...], units: dict[str, str]) -> None:
    for made in derived:
        if isinstance(made, Difference):
            of, minus = units.get(made.of, ""), units.get(made.minus, "")
            if of and minus and of != minus:
                text = f"{made.name!r} takes {made.minus!r} in {minus} from {made.of!r} in {of}"
                mend = f"{text}: name one unit for both in features"
                raise BadData(text, (Problem(f"/{made.name}", mend),))


def _note(made: DerivedFeature) -> str:
    within = f" within {made.by}" if isinstance(made, Lag | Rolling) and made.by else ""
    if isinstance(made, Lag):
        return f"{made.of} of {made.rows} row(s) before{within}"
    if isinstance(made, Rolling):
        return f"{made.statistic} of {made.of} over the {made.rows} rows before{within}"
    return f"hours since {made.since}" if made.make == "time_since" else ""


def _refuse_same_names(parts: tuple[Part, ...]) -> None:
    names = [name for part in parts for name in part.names]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        text = f"two features are called {twice!r}: rename the column or the level"
        raise BadData(text, (Problem("/features", text),))
