import math
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.ingest.number import parse_integers, parse_numbers


def read(values: list[Any], **written: Any) -> list[float | str]:
    parsed = parse_numbers(pa.array(values), **written)
    found: list[float | str] = [float(v) for v in parsed.values]
    for wrong, reason in ((parsed.empty, "is empty"), *parsed.faults):
        for i in np.flatnonzero(wrong):
            found[i] = reason
    return found


@given(x=st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read_exactly(x: float) -> None:
    for values in ([repr(x)], [repr(x), "x"]):
        assert read(values)[0] == x
    assert read([repr(x).replace(".", ",")], decimal=",") == [x]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" 1.5 ", 1.5),
        ("+1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-3", 0.001),
        ("nan", "is not a finite number"),
        ("-Infinity", "is not a finite number"),
        ("1e999", "is not a finite number"),
        ("", "is empty"),
        ("  ", "is empty"),
        (None, "is empty"),
        (
            "1,5",
            "is not a number with a decimal point; if the comma is the decimal mark, set decimal"
            " in the mapping",
        ),
        ("0x10", "is not a number"),
        ("1_000", "is not a number"),
        ("ok", "is not a number"),
    ],
)
def test_each_way_to_write_a_number(text: str | None, found: float | str) -> None:
    assert read([text, "x"])[0] == found


@pytest.mark.parametrize(
    ("text", "found"), [("1.234,5", 1234.5), ("1234,5", 1234.5), ("-1.234.567", -1234567.0)]
)
def test_decimal_comma_and_thousands(text: str, found: float) -> None:
    assert read([text], decimal=",", thousands=".") == [found]


@pytest.mark.parametrize("text", ["1.5", "12.34,5", "1,5,5"])
def test_a_mark_in_the_wrong_place_is_refused_not_guessed(text: str) -> None:
    assert isinstance(read([text], decimal=",", thousands=".")[0], str)


def test_a_point_is_refused_where_the_comma_is_agreed() -> None:
    assert read(["1.5"], decimal=",") == ["is not a number with the decimal mark ','"]


@pytest.mark.parametrize(
    "values", [[1, 2], [1.0, 2.0], [Decimal("1"), Decimal("2")], [np.float32(1), np.float32(2)]]
)
def test_typed_columns_are_taken_as_they_are(values: list[Any]) -> None:
    assert read(values) == [1.0, 2.0]


def test_typed_columns_that_are_no_numbers_are_refused() -> None:
    assert read([True]) == ["is of type bool, not a number"]
    assert read([math.nan]) == ["is not a finite number"]


def test_whole_numbers_are_exact() -> None:
    largest = 2**63 - 1
    for also in ([], ["x"]):
        values, faults = parse_integers(pa.array([str(largest), " 7", *also]))
        assert values[:2].tolist() == [largest, 7]
        assert not any(wrong[:2].any() for wrong, _ in faults)


def test_what_is_no_whole_number_is_refused() -> None:
    _, faults = parse_integers(pa.array(["1", "", "2.5", "x", str(2**63)]))
    assert [wrong.tolist() for wrong, _ in faults] == [
        [False, True, False, False, False],
        [False, False, True, True, True],
    ]
