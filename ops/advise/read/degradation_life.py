"""A life told from degradation as evidence.

Quantities: b10, life-share and their -lower bounds, limit, longest-time, first-unit-life, units,
verdict. Facts: life-test, model, first-unit.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.advise.read.told_life import ToldLife, life_test_title, tell_life
from ops.page import Subject
from ops.page_value import Phrase


class _Model(Stored):
    model: str = ""
    lives: tuple[ToldLife, ...] = ()


class _Unit(Stored):
    unit: str = ""
    life: float | None = None


class _Degradation(Stored):
    title: str = ""
    unit: str = ""
    value_unit: str = ""
    limit: float | None = None
    confidence: float | None = None
    units: int | None = None
    last: float | None = None
    chosen: str = ""
    models: tuple[_Model, ...] = ()
    members: tuple[_Unit, ...] = ()


def read_degradation_life(run: StoredRun) -> tuple[Case, ...]:
    """Case of a degradation test: when units meet the limit."""
    found = _Degradation.model_validate(run.result)
    code = str(run.params.get("life_test") or "")
    subject = Subject(site=run.site, factors={"life test": code} if code else {})
    of = Dossier(run, code or "degradation", "lifetime", subject)
    chosen = next((m for m in found.models if m.model == found.chosen), None)
    for life in () if chosen is None else sorted(chosen.lives, key=lambda one: abs(one.p - 0.1)):
        tell_life(of, life, found.unit, found.confidence)
    of.number("limit", "limit of the damage", found.limit, found.value_unit)
    of.number("longest-time", "longest age that was read", found.last, found.unit)
    first = found.members[0] if found.members else _Unit()
    of.number(
        "first-unit-life", Phrase.of("life of {unit}", unit=first.unit), first.life, found.unit
    )
    of.number("units", "units on test", found.units, decimals=0)
    level = tell_verdicts(of, run, found.title)
    facts = {"life-test": code, "model": found.chosen, "first-unit": first.unit}
    return (of.case(life_test_title(code), level, facts),)
