"""Conversion between units of measurement, exact where the definition is."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

import pint

# units and small powers of them, nothing that could be computed at length
_TERM = r"(?:1|[A-Za-zµμΩ°%_]+(?:(?:\*\*|\^)-?\d)?)"
_UNIT = re.compile(rf"{_TERM}(?:\s*[*/· ]\s*{_TERM}){{0,7}}")
_MIL = re.compile(r"\bmils?\b")  # on a bonder it is a length; pint reads an angle


@dataclass(frozen=True, slots=True)
class Conversion:
    """`y = factor * x + offset`."""

    factor: float = 1.0
    offset: float = 0.0


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    return pint.UnitRegistry(non_int_type=Fraction)  # pyright: ignore[reportArgumentType]


@lru_cache(maxsize=1024)
def conversion(source: str, target: str) -> Conversion | None:
    """How to turn `source` into `target`; None where there is no linear way.

    Examples
    --------
    >>> conversion("mil", "um")
    Conversion(factor=25.4, offset=0.0)
    >>> conversion("degC", "degF")
    Conversion(factor=1.8, offset=32.0)
    >>> conversion("g", "um") is None
    True
    """
    if source == target:
        return Conversion()
    if not (_is_unit(source) and _is_unit(target)):
        return None
    source, target = (_MIL.sub("thou", unit) for unit in (source, target))
    try:
        zero, one, two = (
            Fraction(_registry().Quantity(Fraction(x), source).to(target).magnitude)
            for x in (0, 1, 2)
        )
    except (pint.PintError, ArithmeticError, TypeError, ValueError, AttributeError):
        return None  # unknown to pint, of another dimension, or logarithmic
    if two - one != one - zero:
        return None
    return Conversion(float(one - zero), float(zero))


def _is_unit(text: str) -> bool:
    return len(text) <= 60 and _UNIT.fullmatch(text) is not None
