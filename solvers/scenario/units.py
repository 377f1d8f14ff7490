"""Units of amounts: a text such as "420 t" or "12.5 EUR/kg", its number and what it measures."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

NUMBER = re.compile(r"\s*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*?)\s*")
NAME = re.compile(r"[^\W\d]+(?: ?\^ ?|\*\*)?[1-4]?")  # kg, m^3, m3: no expression to evaluate
BASES = {
    "weight": "kilogram",
    "volume": "meter ** 3",
    "distance": "kilometer",
    "duration": "day",
    "hours": "hour",
    "share": "",
    "count": "",  # of things: only bare numbers are one
}
CURRENCY = re.compile(r"[A-Z]{3}")


class UnitError(ValueError):
    """An amount whose text, or whose unit, does not fit; says the value and the mend."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with the names of its unit: "12.5 EUR/kg" is 12.5, "EUR", "kg"."""

    value: float
    unit: str = ""
    per: str = ""


@cache
def registry() -> "pint.UnitRegistry[Any]":
    """All units of pint; built at the first text that carries a unit."""
    import pint  # noqa: PLC0415  (a tenth of a second that bare numbers need not pay)

    return pint.UnitRegistry(cache_folder=None)


@lru_cache(maxsize=100_000)
def parsed(text: str) -> Measured:
    """Read the text of an amount.

    Raises
    ------
    UnitError
        If it does not begin with a number.

    Examples
    --------
    >>> parsed("12.5 EUR/kg")
    Measured(value=12.5, unit='EUR', per='kg')
    """
    found = NUMBER.fullmatch(text)
    if found is None:
        raise UnitError(f"{text!r} is not a number with a unit; write it like '420 t'")
    if not isfinite(float(found[1])):
        raise UnitError(f"{text!r} is too large a number; give a smaller one, or null for no limit")
    unit, _, per = found[2].partition("/")
    return Measured(float(found[1]), unit.strip(), per.strip())


@lru_cache(maxsize=10_000)
def factor(unit: str, kind: str) -> float | None:
    """How many base units of a kind one unit is; None if it measures something else.

    Parameters
    ----------
    unit
        Name of a unit as pint knows it: "t", "m^3"; "%" is a share of 0.01.
    kind
        Key of `BASES`: weight (kg), volume (m^3), distance (km), duration (days), hours, share,
        count.

    Examples
    --------
    >>> factor("t", "weight"), factor("t", "volume")
    (1000.0, None)
    """
    if kind in {"share", "count"} and not unit:
        return 1.0
    if kind == "share" and unit == "%":
        return 0.01
    if kind == "count" or not NAME.fullmatch(unit):
        return None
    units = registry()
    try:
        one = units.Quantity(1.0, units.parse_units(_spelled(unit)))
        base = one.to(units.parse_units(BASES[kind])) if BASES[kind] else one.to("")
    except (ArithmeticError, AttributeError, TypeError, ValueError, AssertionError):
        return None  # pint's own errors for unknown or unfit units are among these
    return float(base.magnitude)


def kind_of(unit: str) -> str | None:
    """Kind of `BASES` that a unit measures; None for words that pint does not know.

    Examples
    --------
    >>> kind_of("lb"), kind_of("wafer")
    ('weight', None)
    """
    kinds = ("weight", "volume", "distance", "duration")
    return next((kind for kind in kinds if factor(unit, kind)), None)


def _spelled(unit: str) -> str:
    return re.sub(r" ?\^ ?", "**", re.sub(r"([^\W\d])([1-4])$", r"\1**\2", unit))
