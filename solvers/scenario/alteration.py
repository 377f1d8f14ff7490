"""How an amount is altered: by a factor, by a sum, to a value, or freed of its limit."""

import re
from collections.abc import Collection, Mapping
from typing import Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.part import Amount, ByPeriod, Part

P = TypeVar("P", bound=Part)
_NUMBER = re.compile(r"\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(\S.*)")


class Alteration(Part):
    """One of: times a factor, plus a sum, to a value, no limit any more."""

    factor: float | None = Field(default=None, ge=0, description="Times this.")
    add: Amount | None = Field(default=None, description="Plus this; may be negative.")
    to: Amount | None = Field(default=None, description="This instead.")
    lift: bool = Field(default=False, description="True: no limit any more.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in ("factor", "add", "to") if getattr(self, name) is not None]
        if len(given) + self.lift != 1:
            raise ValueError("give exactly one of factor, add, to, lift")
        return self

    def of(self, amount: Amount | None) -> Amount | None:
        """Altered amount; no limit stays none unless a value is set.

        Raises
        ------
        ScenarioError
            If amounts of two units would be added.
        """
        if self.lift:
            return None
        if self.to is not None:
            return self.to
        if amount is None:
            return None
        value, unit = split_amount(amount)
        if self.factor is not None:
            return joined(value * self.factor, unit)
        assert self.add is not None
        more, other = split_amount(self.add)
        if unit != other:
            detail = f"{self.add!r} cannot be added to {amount!r}: write both in one unit"
            raise ScenarioError(detail, (Flaw("/change/add", detail),))
        return joined(value + more, unit)

    def sentence(self) -> str:
        """Say it as a planner does: ``+20 %``."""
        if self.factor is not None:
            return f"{100 * (self.factor - 1):+.6g} %"
        if self.add is not None:
            value, unit = split_amount(self.add)
            return f"{value:+.6g} {unit}".strip()
        return "to no limit" if self.lift else f"to {self.to}"


def split_amount(amount: Amount) -> tuple[float, str]:
    """Split an amount into number and unit; the unit of a bare number is empty.

    Examples
    --------
    >>> split_amount("420 t")
    (420.0, 't')
    """
    if not isinstance(amount, str):
        return float(amount), ""
    found = _NUMBER.fullmatch(amount)
    if found is None:
        raise ScenarioError(f"{amount!r} is not an amount: write a number and a unit, as '420 t'")
    return float(found[1]), found[2].rstrip()


def joined(value: float, unit: str) -> Amount:
    """Amount of a number and its unit; 15 digits, so that 0.1 x 3 shows as 0.3."""
    neat = float(f"{value:.15g}")
    return f"{neat:.15g} {unit}" if unit else neat


def rebuilt(part: P, changes: Mapping[str, object], place: str = "/change") -> P:
    """Part with some fields changed, checked anew.

    Raises
    ------
    ScenarioError
        If a value is not allowed there.
    """
    try:
        return type(part).model_validate(dict(part) | dict(changes))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        detail = f"{type(part).__name__}.{where} cannot be {first['input']!r}: {first['msg']}"
        raise ScenarioError(detail, (Flaw(place, detail),)) from error


def altered(part: P, field: str, change: Alteration, periods: Collection[str] = ()) -> P:
    """Part with one amount altered, in all periods or in some.

    A change of all periods alters the exceptions too; one that sets a value drops them.

    Raises
    ------
    ScenarioError
        If periods are named and the amount has no exceptions by period.
    """
    exceptions = f"{field.rstrip('_')}_by_period"
    now: Amount | None = getattr(part, field)
    if exceptions not in type(part).model_fields:
        if periods:
            detail = f"{field} is the same in every period: name no periods"
            raise ScenarioError(detail, (Flaw("/periods", detail),))
        return rebuilt(part, {field: change.of(now)})
    by: tuple[ByPeriod, ...] = getattr(part, exceptions)
    if periods:
        return rebuilt(part, {exceptions: _excepted(now, by, change, periods)})
    sets = change.to is not None or change.lift
    kept = () if sets else tuple(_made(e.period, change.of(e.amount)) for e in by)
    return rebuilt(part, {field: change.of(now), exceptions: kept})


def _excepted(
    now: Amount | None, by: tuple[ByPeriod, ...], change: Alteration, periods: Collection[str]
) -> tuple[ByPeriod, ...]:
    amounts = {e.period: e.amount for e in by}
    if change.lift:
        detail = "a limit is lifted in all periods or in none: name no periods"
        raise ScenarioError(detail, (Flaw("/periods", detail),))
    for period in periods:
        amount = change.of(amounts.get(period, now))
        if amount is not None:
            amounts[period] = amount
    return tuple(ByPeriod(period=p, amount=a) for p, a in amounts.items())


def _made(period: str, amount: Amount | None) -> ByPeriod:
    assert amount is not None  # of an amount that is there
    return ByPeriod(period=period, amount=amount)
