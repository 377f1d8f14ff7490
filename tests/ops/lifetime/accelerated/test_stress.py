"""Stresses: converted to the unit of the model, and refused where they cannot be."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.accelerated.stress import (
    CURRENT_DENSITY,
    FIELD,
    FREQUENCY,
    HUMIDITY,
    LEVEL,
    RANGE,
    TEMPERATURE,
    VOLTAGE,
    Stress,
)


@pytest.mark.parametrize(
    ("stress", "level", "unit", "converted"),
    [
        (TEMPERATURE, 125.0, "degC", 398.15),
        (TEMPERATURE, 125.0, "°C", 398.15),
        (TEMPERATURE, 32.0, "degF", 273.15),
        (TEMPERATURE, 300.0, "K", 300.0),
        (HUMIDITY, 85.0, "%RH", 85.0),
        (HUMIDITY, 85.0, "% r.h.", 85.0),
        (HUMIDITY, 0.85, "1", 85.0),
        (VOLTAGE, 26.0, "kV", 26000.0),
        (RANGE, 165.0, "degC", 165.0),  # a difference: 165 degC are 165 K
        (RANGE, 9.0, "degF", 5.0),
        (FREQUENCY, 2.0, "cycles/h", 48.0),
        (FREQUENCY, 2.0, "1/d", 2.0),
        (CURRENT_DENSITY, 2.0, "MA/cm2", 2.0),
        (CURRENT_DENSITY, 2e10, "A/m2", 2.0),
        (FIELD, 1e9, "V/m", 10.0),
        (LEVEL, 7.0, "kgf", 7.0),  # any unit as it is
    ],
)
def test_levels_are_converted(stress: Stress, level: float, unit: str, converted: float) -> None:
    assert stress.convert(np.array([level]), unit) == pytest.approx([converted], rel=1e-12)


@pytest.mark.parametrize(
    ("stress", "level", "unit", "words"),
    [
        (HUMIDITY, 101.0, "%", "relative humidity of 101 % cannot be"),
        (HUMIDITY, 0.0, "%", "above 0"),
        (TEMPERATURE, -280.0, "degC", "absolute zero"),
        (TEMPERATURE, float("nan"), "degC", "cannot be"),
        (VOLTAGE, -5.0, "V", "above 0 V"),
        (RANGE, 0.0, "K", "above 0 K"),
        (TEMPERATURE, 20.0, "V", "measured in K or a unit of the same kind, not in V"),
        (TEMPERATURE, 20.0, "", "not in no unit"),
        (VOLTAGE, 20.0, "__import__('os')", "measured in V"),
    ],
)
def test_what_cannot_be_is_refused(stress: Stress, level: float, unit: str, words: str) -> None:
    with pytest.raises(BadData, match=words):
        stress.convert(np.array([level]), unit)


def test_each_wrong_level_is_named() -> None:
    with pytest.raises(BadData) as refused:
        HUMIDITY.convert(np.array([85.0, 120.0, -1.0]), "percent")
    assert [p.pointer for p in refused.value.problems] == [
        "/stresses/humidity/1", "/stresses/humidity/2",
    ]  # fmt: skip
