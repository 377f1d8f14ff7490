"""A qualification report as evidence: as a whole, then each stress that is not passed.

Quantities: fit-rate, early-ppm, shape, failures, units, cpk, verdict. Facts: life-test, stress,
status, shape-below-one, target-met.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Level, Phrase


class _Stress(Stored):
    code: str
    title: str = ""
    state: str = ""
    units: int | None = None
    failures: int | None = None
    accept: int | None = None
    cpk: float | None = None
    cpk_lower: float | None = None
    cpk_upper: float | None = None
    cpk_wanted: float | None = None


class _Bound(Stored):
    confidence: float
    upper: float | None = None


class _Shape(Stored):
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    state: str = ""
    confidence: float | None = None


class _Rate(Stored):
    code: str = ""
    estimate: float | None = None
    target: float | None = None
    bounds: tuple[_Bound, ...] = ()
    shape: _Shape | None = None


class _Qualified(Stored):
    title: str = ""
    life_test: str = ""
    stresses: tuple[_Stress, ...] = ()
    rates: tuple[_Rate, ...] = ()
    early: tuple[_Rate, ...] = ()


def read_qualification_report(run: StoredRun) -> Iterator[Case]:
    """Cases of a qualification."""
    found = _Qualified.model_validate(run.result)
    of = Dossier(run, found.life_test or "qualification", "lifetime", Subject(site=run.site))
    for rate in found.rates:
        _rate(of, rate, "fit-rate", "FIT")
    for rate in found.early:
        _rate(of, rate, "early-ppm", "ppm")
    level = tell_verdicts(of, run, found.title)
    states = {one.state for one in found.stresses}
    status = next((s for s in ("failed", "incomplete", "not tested") if s in states), "passed")
    facts = {
        "life-test": found.life_test, "status": status if states else "",
        "shape-below-one": _below_one(found), "target-met": _met(found),
    }  # fmt: skip
    yield of.case("qualification", level, facts)
    for place, stress in enumerate(found.stresses):
        if stress.state != "passed":
            yield _stress(run, stress, place)


def _rate(of: Dossier, rate: _Rate, quantity: str, unit: str) -> None:
    for bound in rate.bounds:
        of.number(
            quantity, Phrase.of("{rate} of {stress}", rate=unit, stress=rate.code),
            rate.estimate, unit, upper=bound.upper,
            confidence=bound.confidence, reference=rate.target,
            reference_label="" if rate.target is None else "target",
        )  # fmt: skip
    if rate.shape is not None:
        of.number(
            "shape", Phrase.of("Weibull shape of {stress}", stress=rate.code),
            rate.shape.value, lower=rate.shape.lower,
            upper=rate.shape.upper, confidence=rate.shape.confidence, reference=1.0,
            reference_label="constant rate",
        )  # fmt: skip


def _stress(run: StoredRun, stress: _Stress, place: int) -> Case:
    of = Dossier(
        run, f"stress/{place + 1}/{stress.code}", "lifetime",
        Subject(site=run.site, factors={"stress": stress.code}),
    )  # fmt: skip
    of.number(
        "failures", "failures", stress.failures, decimals=0, reference=stress.accept,
        reference_label="failures that still pass",
    )  # fmt: skip
    of.number("units", "units that reached the duration", stress.units, decimals=0)
    of.number(
        "cpk", "Cpk", stress.cpk, lower=stress.cpk_lower, upper=stress.cpk_upper,
        confidence=0.9, reference=stress.cpk_wanted,
        reference_label="" if stress.cpk_wanted is None else "Cpk to be reached",
    )  # fmt: skip
    level: Level = "bad" if stress.state == "failed" else "warn"
    facts = {"stress": stress.code, "status": stress.state}
    return of.case(Phrase.of("stress {stress}", stress=stress.code), level, facts)


def _below_one(found: _Qualified) -> str:
    states = {r.shape.state for r in (*found.rates, *found.early) if r.shape is not None}
    if "falling" in states:
        return "yes"
    return "no" if "rising" in states else "open"


def _met(found: _Qualified) -> str:
    asked = [r for r in (*found.rates, *found.early) if r.target is not None and r.bounds]
    if not asked:
        return ""
    kept = all(
        b.upper is not None and r.target is not None and b.upper <= r.target
        for r in asked
        for b in r.bounds[-1:]
    )
    return "yes" if kept else "no"
