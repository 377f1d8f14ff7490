"""Numbers of one unit in another."""

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from ops.errors import BadData, Problem

# units and small powers of them, nothing that could be computed at length
_TERM = r"(?:1|[A-Za-zµμΩ°%_]+(?:(?:\*\*|\^)-?\d)?)"
_UNIT = re.compile(rf"{_TERM}(?:\s*[*/· ]\s*{_TERM}){{0,7}}")
_MIL = re.compile(r"\bmils?\b")  # a length here, an angle to pint


def turning(source: str, target: str, column: str) -> tuple[float, float]:
    """Factor and offset from one unit to another; 1 and 0 if a unit is not known.

    Raises
    ------
    BadData
        If there is no linear way from the one to the other.

    Examples
    --------
    >>> turning("degC", "K", "oven")
    (1.0, 273.15)
    """
    if source == target or not source or not target:
        return 1.0, 0.0
    way = _linear(source, target)
    if way is None:
        text = f"{column} is in {source!r}, which cannot be turned into {target!r}"
        mend = f"{text}: give it in {target!r} or in a unit of the same kind"
        raise BadData(text, (Problem(f"/{column}", mend),))
    return way


@cache
def _registry() -> Any:
    import pint  # noqa: PLC0415  (its registry loads in 0.4 s)

    return pint.UnitRegistry(non_int_type=Fraction)  # pyright: ignore[reportArgumentType]


@lru_cache(maxsize=1024)
def _linear(source: str, target: str) -> tuple[float, float] | None:
    """Factor and offset from one unit to another; None where there are none."""
    if not (_is_unit(source) and _is_unit(target)):
        return None
    source, target = (_MIL.sub("thou", unit) for unit in (source, target))
    try:
        zero, one, two = (
            Fraction(_registry().Quantity(Fraction(x), source).to(target).magnitude)
            for x in (0, 1, 2)
        )
    except Exception as unknown:  # noqa: BLE001  (pint raises a dozen kinds for words it does not know)
        del unknown
        return None
    return (float(one - zero), float(zero)) if two - one == one - zero else None


def _is_unit(text: str) -> bool:
    return len(text) <= 60 and _UNIT.fullmatch(text) is not None
