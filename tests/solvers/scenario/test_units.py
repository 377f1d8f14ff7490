"""Units of amounts: published conversions, and texts that do not fit."""

import json
from pathlib import Path

import pytest

from solvers.scenario.units import Measured, UnitError, factor, kind_of, parsed

REFERENCE = Path(__file__).parents[2] / "reference" / "scenario.json"
HANDBOOK_44 = json.loads(REFERENCE.read_text())["units"]["cases"]


@pytest.mark.parametrize(("unit", "kind", "size"), HANDBOOK_44)
def test_conversions_are_those_of_the_handbook(unit: str, kind: str, size: float) -> None:
    assert factor(unit, kind) == pytest.approx(size, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("420 t", Measured(420.0, "t")),
        ("12.5EUR/kg", Measured(12.5, "EUR", "kg")),
        ("-1e-3 m^3", Measured(-0.001, "m^3")),
        (" .5 % ", Measured(0.5, "%")),
        ("12", Measured(12.0)),
        ("1e3", Measured(1000.0)),
    ],
)
def test_texts_are_a_number_and_a_unit(text: str, read: Measured) -> None:
    assert parsed(text) == read


@pytest.mark.parametrize("text", ["t 420", "", "..5 kg", "kg"])
def test_a_text_without_a_number_is_refused(text: str) -> None:
    with pytest.raises(UnitError, match="number with a unit"):
        parsed(text)


@pytest.mark.parametrize("unit", ["wafer", "9**9**9", "kg*kg", "", "(kg)", "__import__", "kg/m"])
def test_what_pint_does_not_know_or_what_is_an_expression_is_no_unit(unit: str) -> None:
    assert factor(unit, "weight") is None


def test_a_share_may_be_in_percent_and_a_count_is_bare() -> None:
    assert [factor(u, "share") for u in ("%", "percent", "")] == [0.01, 0.01, 1.0]
    assert [factor(u, "count") for u in ("%", "percent", "")] == [None, None, 1.0]


def test_kind_tells_what_a_unit_measures() -> None:
    assert [kind_of(u) for u in ("lb", "l", "km", "week", "die")] == [
        "weight", "volume", "distance", "duration", None,
    ]  # fmt: skip
