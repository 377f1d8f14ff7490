"""Reliability of a system as evidence.

Quantities: reliability, reliability-lower, b10, life-share and their -lower bounds, criticality,
improvement, verdict. Facts: target-met, part, life-test.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.advise.read.told_life import ToldLife, meets, tell_life
from ops.page import Subject
from ops.page_value import Number, Phrase


class _Point(Stored):
    t: float
    reliability: float | None = None
    lower_one_sided: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Part(Stored):
    part: str = ""
    improvement: float | None = None
    criticality: float | None = None


class _System(Stored):
    unit: str = ""
    confidence: float | None = None
    points: tuple[_Point, ...] = ()
    lives: tuple[ToldLife, ...] = ()
    matters: tuple[_Part, ...] = ()
    target: float | None = None


def read_system_reliability(run: StoredRun) -> tuple[Case, ...]:
    """Case of a system: whether it lasts, and which part matters most."""
    found = _System.model_validate(run.result)
    of = Dossier(run, "system", "lifetime", Subject(site=run.site))
    for place, point in enumerate(found.points):
        _point(of, point, found, None if place else found.target)
    for life in found.lives:
        tell_life(of, life, found.unit, found.confidence, whose="system")
    worst = found.matters[0] if found.matters else _Part()
    label = Phrase.of("share of failures that {part} is to blame for", part=worst.part)
    of.number("criticality", label, worst.criticality, percent=True)
    label = Phrase.of("gain of reliability if {part} never failed", part=worst.part)
    of.number("improvement", label, worst.improvement)
    level = tell_verdicts(of, run)
    first = found.points[0].lower_one_sided if found.points else None
    facts = {
        "target-met": meets(first, found.target) if found.points else "", "part": worst.part,
        "life-test": str(run.params.get("life_test") or ""),
    }  # fmt: skip
    return (of.case("system", level, facts),)


def _point(of: Dossier, point: _Point, found: _System, target: float | None) -> None:
    at: dict[str, Number | str] = {"time": Number(value=point.t), "unit": found.unit}
    of.number(
        "reliability", Phrase.of("reliability at {time} {unit}", **at),
        point.reliability, lower=point.lower, upper=point.upper,
        confidence=found.confidence,
    )  # fmt: skip
    of.number(
        "reliability-lower", Phrase.of("lower bound of the reliability at {time} {unit}", **at),
        point.lower_one_sided,
        lower=point.lower_one_sided, confidence=found.confidence, reference=target,
        reference_label="" if target is None else "asked for",
    )  # fmt: skip
