"""Joining by unit: wires of devices, several characteristics, what belongs to no unit."""

import numpy as np
import pytest

from ops.drift.group_table import join_units
from ops.errors import NotEnoughData
from ops.values import Characteristic, Factor, Series, factor_of

_NONE = Factor(np.zeros(0, dtype=np.int64), ())


def _series(
    code: str, values: list[float], units: list[str | None], positions: list[str | None]
) -> Series:
    n = len(values)
    return Series(
        Characteristic(1, "PG1", code, code, "um"), np.arange(n, dtype=np.int64), np.array(values),
        np.ones(n), _NONE, factor_of(units), factor_of(positions),
    )  # fmt: skip


def test_wires_of_a_device_are_columns_by_position() -> None:
    one = _series(
        "LOOP-H", [1.0, 2.0, 3.0, 4.0, 6.0], ["b", "b", "a", "a", "a"],
        ["W1", "W2", "W1", "W2", "W2"],
    )  # fmt: skip
    found = join_units([one])
    assert found.columns == ("W1", "W2")
    assert found.units == ("b", "a")
    assert found.value.tolist() == [[1.0, 2.0], [3.0, 5.0]]
    assert found.ts.tolist() == [0, 2]
    assert found.between(1, 9).tolist() == [[3.0, 5.0]]


def test_characteristics_are_columns_and_a_missing_one_is_nan() -> None:
    first = _series("PULL", [1.0, 2.0], ["a", "b"], [None, None])
    second = _series("SHEAR", [5.0, 6.0], ["b", None], [None, None])
    found = join_units([first, second])
    assert found.columns == ("PULL", "SHEAR")
    assert np.array_equal(found.value, [[1.0, np.nan], [2.0, 5.0]], equal_nan=True)
    assert found.left_out == 1


def test_one_column_is_no_group() -> None:
    with pytest.raises(NotEnoughData, match="2 characteristics"):
        join_units([_series("PULL", [1.0, 2.0], ["a", "b"], [None, None])])
    with pytest.raises(NotEnoughData, match="3 values name no unit"):
        join_units([_series("PULL", [1.0, 2.0, 3.0], [None] * 3, ["W1", "W2", "W3"])])
