"""Cells of an accelerated test: the units that had the same stresses."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.data import LifeData
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Cell:
    """Units under equal stresses.

    Parameters
    ----------
    levels
        Level of each stress in the unit of the model.
    given
        The same in the unit of the data.
    units, failures
        How many there are, and of them how many have failed.
    longest
        Longest time on test.
    """

    levels: Mapping[str, float]
    given: Mapping[str, float]
    units: float
    failures: float
    longest: float


@dataclass(frozen=True, slots=True)
class StressedData:
    """Life data with what an acceleration model sees of their stresses.

    Parameters
    ----------
    data
        The rows; equal ones are one row with their weights added.
    covariates : shape (n, terms)
        x_j of the model.
    shift : shape (n,)
        What no constant multiplies.
    cell : shape (n,)
        Index into `cells`.
    cells
        From the mildest to the harshest by the first stress.
    units
        Name of each stress to the unit in which it was given.
    """

    data: LifeData
    covariates: FloatArray
    shift: FloatArray
    cell: IntArray
    cells: tuple[Cell, ...]
    units: Mapping[str, str]

    def take(self, cells: list[int]) -> "StressedData":
        """Only these cells, numbered anew in this order."""
        number = {old: new for new, old in enumerate(cells)}
        rows = np.flatnonzero(np.isin(self.cell, cells))
        return StressedData(
            data=self.data.take(rows),
            covariates=self.covariates[rows],
            shift=self.shift[rows],
            cell=np.array([number[int(c)] for c in self.cell[rows]], dtype=np.int64),
            cells=tuple(self.cells[c] for c in cells),
            units=self.units,
        )

    @property
    def dummies(self) -> FloatArray:
        """One column a cell, shape (n, cells): a location for each."""
        return np.asarray(self.cell[:, None] == np.arange(len(self.cells)), dtype=np.float64)


def stressed(
    data: LifeData, model: AccelerationModel, *, columns: Mapping[str, str] | None = None
) -> StressedData:
    """See life data as a model does.

    Parameters
    ----------
    data
        Rows with a column for each stress, in the units that it names.
    columns
        Name of a stress of the model to that of its column, where they differ.

    Raises
    ------
    NotEnoughData
        If there are no rows.
    BadData
        If a stress is missing, its unit is of another kind, or a level cannot be.
    """
    if not data.lower.size:
        raise NotEnoughData("an accelerated test needs units on test, got none")
    named = dict(columns or {})
    unknown = [s for s in named if s not in {m.name for m in model.stresses}]
    if unknown:
        known = ", ".join(s.name for s in model.stresses)
        raise BadData(f"{model.title} has no stress {', '.join(unknown)}; it has {known}")
    wanted = {s.name: named.get(s.name, s.name) for s in model.stresses}
    given = {s: data.stresses[c] for s, c in wanted.items() if c in data.stresses}
    units = {s: data.stress_units.get(c, "") for s, c in wanted.items()}
    units = {s.name: units[s.name] or s.unit for s in model.stresses}
    model.levels(given, units)  # every row is looked at before any is merged
    return _merged(data, model, given, units)


def _merged(
    data: LifeData,
    model: AccelerationModel,
    given: Mapping[str, FloatArray],
    units: Mapping[str, str],
) -> StressedData:
    names = [s.name for s in model.stresses]
    keys = np.column_stack([given[s] for s in names])
    rows = np.column_stack([keys, data.lower, data.upper, data.entry, data.exit])
    _, first, place = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    weight = np.zeros(first.size)
    np.add.at(weight, place.ravel(), data.weight)
    from_rows = data.take(first)
    kept = LifeData(
        lower=from_rows.lower,
        upper=from_rows.upper,
        weight=weight,
        entry=from_rows.entry,
        exit=from_rows.exit,
        mode=from_rows.mode,
        group=from_rows.group,
        modes=data.modes,
        groups=data.groups,
        unit=data.unit,
    )
    level, cell = np.unique(keys[first], axis=0, return_inverse=True)
    cell = cell.ravel()
    at = model.levels({s: keys[first][:, j] for j, s in enumerate(names)}, units)
    found: list[Cell] = []
    for i in range(level.shape[0]):
        of = np.flatnonzero(cell == i)
        row = int(of[0])
        last = np.where(kept.right[of], kept.lower[of], kept.upper[of])
        found.append(
            Cell(
                levels={s: float(at[s][row]) for s in names},
                given={s: float(level[i, j]) for j, s in enumerate(names)},
                units=float(weight[of].sum()),
                failures=float(weight[of][kept.failed[of]].sum()),
                longest=float(last.max()),
            )
        )
    return StressedData(kept, model.covariates(at), model.shift(at), cell, tuple(found), units)
