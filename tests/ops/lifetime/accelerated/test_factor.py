"""Acceleration factors: closed forms, ranges of the constants, how they compose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData
from ops.lifetime.accelerated.catalog import ARRHENIUS, EYRING, PECK
from ops.lifetime.accelerated.constant import Constant, exactly
from ops.lifetime.accelerated.factor import acceleration_factor
from ops.lifetime.accelerated.material import CORROSION
from ops.validation.life_acceleration import cases
from tests.strategies import few

DEGREES = {"temperature": "degC"}
EA = {"Ea": Constant(0.7, 0.6, 0.8, "a book")}
TEMPERATURES = st.floats(-50.0, 300.0)


def test_closed_forms_are_met() -> None:
    case = next(c for c in cases() if c.id == "life_acceleration/acceleration_factors")
    assert case.obtain() == pytest.approx(case.expected, rel=1e-9)


def test_the_range_of_a_constant_is_the_range_of_the_factor() -> None:
    at = {"use": {"temperature": 55.0}, "test": {"temperature": 125.0}}
    found = acceleration_factor(ARRHENIUS, EA, **at, units=DEGREES)
    ends = [
        acceleration_factor(ARRHENIUS, {"Ea": exactly(e, "x")}, **at, units=DEGREES).value
        for e in (0.6, 0.8)
    ]
    assert [found.lower, found.upper] == pytest.approx(ends)
    assert found.parts == (("Ea", pytest.approx(found.value)),)


def test_the_parts_of_a_factor_multiply_to_it() -> None:
    found = acceleration_factor(
        PECK,
        CORROSION[0].constants,
        {"temperature": 303.15, "humidity": 60.0},
        {"temperature": 358.15, "humidity": 85.0},
    )
    product = 1.0
    for _, factor in found.parts:
        product *= factor
    assert product == pytest.approx(found.value)
    assert found.lower < found.value < found.upper


def test_eyring_divides_by_the_temperature_too() -> None:
    at = {"use": {"temperature": 300.0}, "test": {"temperature": 400.0}}
    plain = acceleration_factor(ARRHENIUS, EA, **at)
    found = acceleration_factor(EYRING, EA, **at)
    assert found.value == pytest.approx(plain.value * 400.0 / 300.0)


def test_a_missing_constant_is_named() -> None:
    with pytest.raises(BadData, match="Peck needs the constants n"):
        acceleration_factor(PECK, EA, {"temperature": 300.0}, {"temperature": 400.0})


@few(40)
@given(a=TEMPERATURES, b=TEMPERATURES, c=TEMPERATURES)
def test_factors_compose(a: float, b: float, c: float) -> None:
    def factor(use: float, test: float) -> float:
        at = ({"temperature": use}, {"temperature": test})
        return acceleration_factor(ARRHENIUS, EA, *at, units=DEGREES).value

    assert factor(a, b) * factor(b, c) == pytest.approx(factor(a, c), rel=1e-9)
    assert (factor(a, b) >= 1.0) == (b >= a) or a == pytest.approx(b)
