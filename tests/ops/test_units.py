"""All wires of a device stand side by side."""

import numpy as np

from ops.units import by_unit
from ops.values import Characteristic, Series, factor_of


def series(code: str, rows: list[tuple[int, float, str | None, str | None]]) -> Series:
    ts, value, unit, position = ([r[i] for r in rows] for i in range(4))
    return Series(
        characteristic=Characteristic(1, "HSV", code, code, "um"),
        ts=np.array(ts, dtype=np.int64),
        value=np.array(value, dtype=float),
        n=np.ones(len(rows)),
        subgroup=factor_of([None] * len(rows)),
        unit_id=factor_of(unit),
        position=factor_of(position),
    )


def test_wires_of_two_characteristics_stand_side_by_side() -> None:
    loop = series("LOOP", [(2, 1.0, "B", "W1"), (3, 2.0, "A", "W1"), (4, 3.0, "A", "W2")])
    shear = series("SHEAR", [(1, 9.0, "C", None), (9, 5.0, "A", "W1")])
    matrix = by_unit([shear, loop])
    assert matrix.units == ("C", "B", "A")
    assert matrix.columns == (("LOOP", "W1"), ("LOOP", "W2"), ("SHEAR", ""), ("SHEAR", "W1"))
    nan = np.nan
    np.testing.assert_array_equal(
        matrix.values, [[nan, nan, 9, nan], [1, nan, nan, nan], [2, 3, nan, 5]]
    )
    assert matrix.first_ts.tolist() == [1, 2, 3]


def test_the_newest_value_of_a_position_stays() -> None:
    matrix = by_unit([series("LOOP", [(1, 1.0, "A", "W1"), (2, 7.0, "A", "W1")])])
    assert matrix.values.tolist() == [[7.0]]


def test_values_without_a_unit_are_left_out() -> None:
    matrix = by_unit([series("LOOP", [(1, 1.0, None, "W1")]), series("SHEAR", [])])
    assert matrix.units == ()
    assert matrix.values.shape == (0, 0)
