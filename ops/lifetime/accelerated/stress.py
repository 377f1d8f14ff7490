"""Stresses of acceleration models: unit, what is physically possible, conversion to that unit."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from ops.errors import BadData, Problem
from ops.values import FloatArray

SHOWN = 20  # wrong levels that are named
ABSOLUTE_ZERO_C = -273.15
HOTTEST_K = 2000.0  # above it no bonded device is solid

_AREA = re.compile(r"(cm|mm|um|m)2\b")
_CYCLES = re.compile(r"\bcycles?\b")  # pint takes a cycle for 2 pi
_HUMIDITY = re.compile(r"^\s*%?\s*r\.?h\.?\s*%?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stress:
    """One stress of a model.

    Parameters
    ----------
    name
        Key of the stress, e.g. ``temperature``.
    title
        Its name in words.
    unit
        In which the model computes; any unit of the same dimension is taken. Empty: every unit
        is taken as it is, and test and use must be given in the same one.
    lower, upper
        What is physically possible, in `unit`: lower < level <= upper.
    why
        What a level outside would mean.
    difference
        Whether it is a difference: 10 degC are then 10 K, not 283 K.
    """

    name: str
    title: str
    unit: str
    lower: float
    upper: float
    why: str
    difference: bool = False

    def convert(self, levels: FloatArray, unit: str) -> FloatArray:
        """Levels in the unit of the model, each physically possible.

        Parameters
        ----------
        levels : shape (n,)
            Levels in `unit`.

        Raises
        ------
        BadData
            If `unit` has another dimension, or a level cannot be; each is named.
        """
        way = _linear(_spelled(unit), _spelled(self.unit)) if self.unit else (1.0, 0.0)
        factor, offset = way or (None, 0.0)
        if factor is None:
            raise BadData(
                f"{self.title} is measured in {self.unit} or a unit of the same kind, not in"
                f" {unit or 'no unit'}",
                (Problem(f"/stress_units/{self.name}", f"give a unit like {self.unit}"),),
            )
        given = np.asarray(levels, dtype=np.float64)
        converted = given * factor + (0.0 if self.difference else offset)
        self._check(given, converted, unit)
        return converted

    def _check(self, given: FloatArray, converted: FloatArray, unit: str) -> None:
        wrong = np.flatnonzero(~((converted > self.lower) & (converted <= self.upper)))
        if not wrong.size:
            return
        problems = tuple(
            Problem(f"/stresses/{self.name}/{i}", f"{given[i]:g} {unit}: {self.why}")
            for i in wrong[:SHOWN]
        )
        first = f"{self.title} of {given[wrong[0]]:g} {unit} cannot be: {self.why}"
        raise BadData(first, problems)


def temperature(name: str = "temperature", title: str = "temperature") -> Stress:
    """Absolute temperature."""
    why = f"it must lie above absolute zero ({ABSOLUTE_ZERO_C} degC) and below 2000 K"
    return Stress(name, title, "K", 0.0, HOTTEST_K, why)


TEMPERATURE = temperature()
MAX_TEMPERATURE = temperature("max_temperature", "highest temperature of the cycle")
HUMIDITY = Stress(
    "humidity", "relative humidity", "percent", 0.0, 100.0, "it must lie above 0 and up to 100 %"
)
VOLTAGE = Stress("voltage", "voltage", "V", 0.0, 1e7, "it must lie above 0 V")
RANGE = Stress(
    "temperature_range",
    "temperature range of the cycle",
    "K",
    0.0,
    HOTTEST_K,
    "the range from the coldest to the hottest point must lie above 0 K",
    difference=True,
)
FREQUENCY = Stress("frequency", "cycles a day", "1/d", 0.0, 1e12, "it must lie above 0 a day")
CURRENT_DENSITY = Stress(
    "current_density", "current density", "MA/cm**2", 0.0, 1e3, "it must lie above 0 MA/cm2"
)
FIELD = Stress("field", "electric field", "MV/cm", 0.0, 1e3, "it must lie above 0 MV/cm")
LEVEL = Stress("level", "stress level", "", 0.0, 1e300, "a power needs a level above 0")


@cache
def _quantity() -> "Callable[[float, str], object]":
    import pint  # noqa: PLC0415  (its registry loads in 0.4 s)

    return pint.UnitRegistry().Quantity


@cache
def _linear(source: str, target: str) -> tuple[float, float] | None:
    """Factor and offset from one unit to another; None where there are none."""
    if source == target:
        return 1.0, 0.0
    if not source or len(source) > 60 or not re.fullmatch(r"[\w%°µΩ*/^.\- ]+", source):
        return None
    try:
        zero, one = (float(_quantity()(x, source).to(target).magnitude) for x in (0.0, 1.0))  # type: ignore[attr-defined]  # pint's quantity
    except Exception as unknown:  # noqa: BLE001  (pint raises a dozen kinds for words it does not know)
        del unknown
        return None
    return one - zero, zero


def _spelled(unit: str) -> str:
    """Spell a unit as pint knows it."""
    unit = unit.strip()
    if unit == "%" or _HUMIDITY.match(unit):
        return "percent"
    return _CYCLES.sub("1", _AREA.sub(r"\1**2", unit)).replace("°C", "degC")
