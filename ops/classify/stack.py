"""Rows put below those of another table; those that are there already are left out."""

import math

import numpy as np

from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData, Problem
from ops.values import BoolArray, Factor, FloatArray, IntArray

_WORD = np.uint64(0x9E3779B97F4A7C15)


def appended(old: DataTable, new: DataTable) -> tuple[DataTable, int]:
    """Rows of `old`, then those of `new` that equal none of them in every column.

    A column that `new` lacks is missing in its rows; a shorter trace ends with NaN. Rows of `new`
    that equal each other all stay: a file may say a thing twice.

    Returns
    -------
    tuple of DataTable, int
        All rows, and how many of `new` were there already.

    Raises
    ------
    BadData
        If `new` has a column that `old` lacks or holds as another kind, or another unit.
    """
    _refuse_strange(old, new)
    whole = DataTable(
        {n: np.concatenate((c, _numbers(new, n))) for n, c in old.numbers.items()},
        {n: _joined(c, new.categories.get(n), len(new)) for n, c in old.categories.items()},
        {n: np.concatenate((c, _times(new, n))) for n, c in old.times.items()},
        {n: _long(c, new.traces.get(n), len(new)) for n, c in old.traces.items()},
        {**new.units, **old.units},
    )
    again = _again(_cells(whole), len(old))
    keep = np.concatenate((np.ones(len(old), bool), ~again))
    return whole.take(keep), int(again.sum())


def _refuse_strange(old: DataTable, new: DataTable) -> None:
    problems: list[Problem] = []
    for kind in ("numbers", "categories", "times", "traces"):
        for name in getattr(new, kind):
            if name not in getattr(old, kind):
                said = "are of another type" if name in old.names else "are not there"
                detail = f"the rows of {name!r} {said} in the revision before; replace all rows"
                problems.append(Problem(f"/columns/{name}", detail))
            elif new.units.get(name, "") != old.units.get(name, ""):
                units = f"{new.units.get(name, '') or 'no unit'}, not {old.units.get(name, '')!r}"
                problems.append(Problem(f"/columns/{name}", f"{name!r} comes in {units}"))
    if problems:
        raise BadData(problems[0].detail, tuple(problems))


def _numbers(new: DataTable, name: str) -> FloatArray:
    return new.numbers.get(name, np.full(len(new), np.nan))


def _times(new: DataTable, name: str) -> IntArray:
    return new.times.get(name, np.full(len(new), NO_TIME))


def _joined(old: Factor, new: Factor | None, n: int) -> Factor:
    """Codes of both by common levels."""
    if new is None:
        return Factor(np.concatenate((old.codes, np.full(n, -1))), old.levels)
    levels = tuple(sorted({*old.levels, *new.levels}))
    place = {level: i for i, level in enumerate(levels)}
    codes = [
        np.array([*(place[level] for level in factor.levels), -1], np.int64)[factor.codes]
        for factor in (old, new)
    ]
    return Factor(np.concatenate(codes), levels)


def _long(old: FloatArray, new: FloatArray | None, n: int) -> FloatArray:
    """Traces of both, as long as the longest."""
    if new is None:
        new = np.full((n, *old.shape[1:]), np.nan)
    if new.shape[1] != old.shape[1]:
        detail = f"the traces have {new.shape[1]} channels, those before {old.shape[1]}"
        raise BadData(detail, (Problem("/file", detail),))
    points = max(old.shape[2], new.shape[2])
    parts = [
        np.pad(t, ((0, 0), (0, 0), (0, points - t.shape[2])), constant_values=np.nan)
        for t in (old, new)
    ]
    return np.concatenate(parts)


def _cells(table: DataTable) -> IntArray:
    """Each row as whole numbers, shape (n, cells): equal rows, equal numbers."""
    columns: list[IntArray] = []
    for number in (*table.numbers.values(), *table.traces.values()):
        flat = np.where(np.isnan(number), np.nan, number + 0.0)  # one NaN, and no negative zero
        wide = np.ascontiguousarray(flat).reshape(len(table), math.prod(number.shape[1:]))
        columns += list(wide.view(np.int64).T)
    columns += [factor.codes for factor in table.categories.values()]
    columns += list(table.times.values())
    if not columns:
        return np.empty((len(table), 0), np.int64)
    return np.stack(columns, axis=1)


def _again(cells: IntArray, n: int) -> BoolArray:
    """Which of the rows from `n` on equal one of the first `n`, exactly."""
    mark = _marks(cells)
    order = np.argsort(mark[:n], kind="stable")
    place = np.searchsorted(mark[:n][order], mark[n:])
    found = np.zeros(len(cells) - n, bool)
    near = np.flatnonzero(place < n)
    found[near] = np.all(cells[order[place[near]]] == cells[n + near], axis=1)
    return found


def _marks(cells: IntArray) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    """Mark each row with a number: equal for equal rows, and hardly ever otherwise."""
    mark = np.zeros(len(cells), np.uint64)
    for column in cells.T:
        mark ^= column.astype(np.uint64)
        mark *= _WORD
        mark ^= mark >> np.uint64(29)
    return mark
