"""Rows that are appended: those that are there are left out, exactly and only those."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.classify.stack import appended
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData
from ops.values import factor_of

Row = tuple[float, str | None, int]
_rows = st.lists(
    st.tuples(
        st.sampled_from([0.0, -0.0, 1.5, np.nan]),
        st.sampled_from(["a", "b", None]),
        st.sampled_from([0, 1, NO_TIME]),
    ),
    max_size=12,
)


def _table(rows: list[Row]) -> DataTable:
    return DataTable(
        {"x": np.array([r[0] for r in rows], float)},
        {"c": factor_of([r[1] for r in rows])},
        {"t": np.array([r[2] for r in rows], np.int64)},
    )


def _rows_of(table: DataTable) -> list[tuple[str, str | None, int]]:
    factor = table.categories["c"]
    texts = [None if code < 0 else factor.levels[code] for code in factor.codes]
    return [
        (repr(x + 0.0), text, int(t))
        for x, text, t in zip(table.numbers["x"].tolist(), texts, table.times["t"], strict=True)
    ]


@settings(max_examples=60)
@given(_rows, _rows)
def test_only_rows_that_are_there_are_left_out(old: list[Row], new: list[Row]) -> None:
    whole, repeated = appended(_table(old), _table(new))
    there = _rows_of(_table(old))
    fresh = [row for row in _rows_of(_table(new)) if row not in there]
    assert _rows_of(whole) == there + fresh
    assert repeated == len(new) - len(fresh)


def test_column_that_new_rows_lack_is_missing_in_them() -> None:
    old = DataTable({"x": np.array([1.0])}, {"y": factor_of(["a"])}, units={"x": "mm"})
    whole, _ = appended(old, DataTable({"x": np.array([2.0])}, units={"x": "mm"}))
    assert whole.categories["y"].codes.tolist() == [0, -1]
    assert whole.units == {"x": "mm"}


def test_shorter_traces_end_with_nothing() -> None:
    old, new = (DataTable(traces={"w": np.ones((1, 1, points))}) for points in (3, 2))
    whole, repeated = appended(old, new)
    assert (whole.traces["w"].shape, repeated) == ((2, 1, 3), 0)
    assert np.isnan(whole.traces["w"][1, 0, 2])
    with pytest.raises(BadData, match="2 channels"):
        appended(old, DataTable(traces={"w": np.ones((1, 2, 3))}))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (DataTable({"z": np.ones(1)}), "are not there"),
        (DataTable(categories={"x": factor_of(["a"])}), "are of another type"),
        (DataTable({"x": np.ones(1)}, units={"x": "m"}), "comes in m, not 'mm'"),
    ],
)
def test_strange_columns_are_refused(new: DataTable, said: str) -> None:
    with pytest.raises(BadData, match=said):
        appended(DataTable({"x": np.zeros(1)}, units={"x": "mm"}), new)
