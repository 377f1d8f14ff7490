"""Altering an amount, from words: its subject, which of it, and how."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ops.advise.what_if.change import change_of
from ops.advise.what_if.clause import Clause
from ops.advise.what_if.lanes import lanes_meant, speaks_of_lanes
from ops.advise.what_if.unclear import Unclear
from ops.advise.what_if.what_if_words import COUNTRIES, words_for
from solvers.scenario.alteration import Alteration, split_amount
from solvers.scenario.document import Scenario
from solvers.scenario.units import factor

Found = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Subject:
    kind: str
    field: str


_SUBJECTS: Mapping[str, _Subject] = {  # by meaning
    "carbon price": _Subject("policy", "carbon_price"),
    "carbon cap": _Subject("policy", "carbon_cap"),
    "budget": _Subject("policy", "budget"),
    "service level": _Subject("policy", "service_level"),
    "max distance": _Subject("policy", "max_distance"),
    "capital rate": _Subject("policy", "capital_rate"),
    "tariff": _Subject("duty", ""),
    "safety stock": _Subject("inventories", "safety_stock"),
    "holding cost": _Subject("inventories", "holding_cost"),
    "storage": _Subject("inventories", "capacity"),
    "lost cost": _Subject("demands", "lost_cost"),
    "selling price": _Subject("demands", "price"),
    "fixed cost": _Subject("sites", "fixed_cost"),
    "labour": _Subject("sites", "labour"),
    "throughput": _Subject("sites", "throughput"),
    "transport cost": _Subject("lanes", "cost"),
    "lead time": _Subject("lanes", "lead_time"),
    "production cost": _Subject("productions", "unit_cost"),
    "yield": _Subject("productions", "yield"),
    "purchase price": _Subject("supplies", "unit_cost"),
    "supply": _Subject("supplies", "quantity"),
    "hours": _Subject("tools", "hours"),
    "oee": _Subject("tools", "oee"),
    "demand": _Subject("demands", "quantity"),
    "capacity": _Subject("capacity", ""),
}
_COUNTRY_NAMES = {name: code for code, names in COUNTRIES.items() for name in names}


def altering(clause: Clause, scenario: Scenario) -> Found:
    """Edits, as JSON, that alter what a clause is about.

    Raises
    ------
    Unclear
        If what, which or how cannot be told.
    """
    subject = _subject(clause)
    if subject.kind == "duty":
        return [_duty(clause)]
    change = _in_own_unit(change_of(clause.said), scenario)
    if subject.kind == "policy":
        return [_edit(subject, None, change, clause)]
    if subject.kind == "capacity":
        subject = _of_capacity(clause, scenario)
    if subject.kind == "lanes":
        bare = subject.field != "capacity" and not speaks_of_lanes(clause)
        where = lanes_meant(clause, scenario, all_if_bare=bare)
        if subject.field == "cost" and change.factor is None:
            subject = _Subject("lanes", "unit_cost")
        return [_edit(subject, where, change, clause)]
    return [_edit(subject, where, change, clause) for where in _wheres(subject, clause)]


def _in_own_unit(change: Alteration, scenario: Scenario) -> Alteration:
    """Change whose sum is a bare number, if its unit is one of the scenario's: days, money."""
    if not isinstance(change.add, str):
        return change
    value, unit = split_amount(change.add)
    if unit == scenario.units.money:
        return Alteration(add=value)
    one, own = factor(unit, "duration"), factor(scenario.units.duration, "duration")
    if one is None or own is None:
        return change
    return Alteration(add=float(f"{value * one / own:.12g}"))


def _subject(clause: Clause) -> _Subject:
    found = [meaning for meaning in _SUBJECTS if clause.means(meaning)]
    found = [m for m in found if m != "capacity"] or found
    if "lead time" in found and len(found) > 1 and "transport cost" not in found:
        found = [m for m in found if m != "lead time"]  # "slower" is said of much
    if len(found) == 1:
        return _SUBJECTS[found[0]]
    if found:
        raise Unclear(
            "it speaks of {subjects}: ask for one change at a time", subjects=" and ".join(found)
        )
    raise Unclear(
        "what is altered is not said: name one of {subjects}", subjects=", ".join(_SUBJECTS)
    )


def _edit(
    subject: _Subject, where: dict[str, Any] | None, change: Alteration, clause: Clause
) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": subject.kind, "field": subject.field}
    found |= {"where": where} if where is not None else {}
    found |= {"periods": clause.periods} if clause.periods else {}
    return found | {"change": change.model_dump(mode="json", exclude_none=True)}


def _of_capacity(clause: Clause, scenario: Scenario) -> _Subject:
    """Which amount "capacity" is: of a lane, or of whatever limits the sites that are named."""
    if speaks_of_lanes(clause):
        return _Subject("lanes", "capacity")
    if clause.of("tools"):
        return _Subject("tools", "hours")
    sites = [thing.code for thing in clause.of("site")]
    if not sites:
        raise Unclear("whose capacity is altered is not said: name a site or a lane")
    limits = [set(_limits(code, scenario)) for code in sites]
    common = [x for x in _limits(sites[0], scenario) if all(x in some for some in limits)]
    if len(common) == 1:
        return common[0]
    if not common:
        raise Unclear("{sites} have no capacity that limits both", sites=" and ".join(sites))
    names = " or ".join(f"{x.kind} {x.field}" for x in common)
    raise Unclear("which capacity of {site} is not said: {names}", site=sites[0], names=names)


def _limits(code: str, scenario: Scenario) -> Iterator[_Subject]:
    if any(s.code == code and s.throughput is not None for s in scenario.sites):
        yield _Subject("sites", "throughput")
    if any(g.site == code for g in scenario.tool_groups):
        yield _Subject("tools", "hours")
    if any(p.site == code and p.capacity is not None for p in scenario.productions):
        yield _Subject("productions", "capacity")
    if any(s.site == code and s.quantity is not None for s in scenario.supplies):
        yield _Subject("supplies", "quantity")
    if any(i.site == code and i.capacity is not None for i in scenario.inventories):
        yield _Subject("inventories", "capacity")


def _wheres(subject: _Subject, clause: Clause) -> list[dict[str, Any]]:
    """Which of them, one for each site and commodity that is named; nothing named: all."""
    sites = [thing.code for thing in clause.of("site")]
    if subject.kind == "sites":
        if sites:
            return [{"codes": tuple(sites)}]
        return [{"group": group.code} for group in clause.of("group")] or [{}]
    at: list[dict[str, Any]] = [{"site": code} for code in sites]
    if subject.kind in ("demands", "supplies", "inventories"):
        at += [{"site_group": group.code} for group in clause.of("group")]
    of: list[dict[str, Any]] = []
    if subject.kind != "tools":
        of = [{"commodity": thing.code} for thing in clause.of("commodity")]
    if subject.kind in ("demands", "supplies", "inventories"):
        of += [{"commodity_group": family.code} for family in clause.of("family")]
    on: list[dict[str, Any]] = []
    if subject.kind in ("tools", "productions"):
        on = [{"tool_group": thing.code} for thing in clause.of("tools")]
    return [a | b | c for a in at or [{}] for b in of or [{}] for c in on or [{}]]


def _duty(clause: Clause) -> dict[str, Any]:
    ends = {
        "origin": _country(clause, "from"),
        "destination": _country(clause, "into"),
    }
    change = change_of(clause.said)
    if change.to is not None and isinstance(change.to, float) and change.to <= 1:
        return {"kind": "duty", **ends, "to": change.to}
    if change.factor is not None:  # +25 % is 25 points of the value here
        return {"kind": "duty", **ends, "add": float(f"{change.factor - 1:.12g}")}
    raise Unclear("a tariff changes by or to a percentage of the value: write '+25 %'")


def _country(clause: Clause, meaning: str) -> str:
    names = "|".join(sorted(map(re.escape, _COUNTRY_NAMES), key=len, reverse=True))
    found = re.search(rf"{words_for(meaning)}\s*(?:the\s+|den\s+|die\s+)?({names})", clause.said)
    if found is not None:
        return _COUNTRY_NAMES[found[1]]
    code = re.search(rf"{words_for(meaning)}\s+([a-z]{{2}})(?![^\W_])", clause.said)
    if code is not None and re.search(rf"\b{code[1].upper()}\b", clause.text):
        return code[1].upper()
    raise Unclear("a tariff needs two countries: write 'from CN to US'")
