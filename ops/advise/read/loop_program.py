"""Calibration of bond programs as cases: all of them, each that is off, each that hides a creep.

Further quantities: error, correction, dead-band, correction-last, programs-off, programs.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.pace import add_pace
from ops.advise.read.stored import Bounds, Stored, level_of, verdicts_of
from ops.page import Subject, Verdict
from ops.page_value import Phrase


class _Correction(Stored):
    tool: str
    program: str
    site: str
    lots: int
    set_point: float
    error: Bounds | None
    dead_band: float | None
    correction: float
    state: str


class _Made(Stored):
    tool: str
    site: str
    corrections: int
    last: float
    slope: Bounds | None
    p: float | None
    hidden_drift: bool


class _Programs(Stored):
    state: str
    unit: str
    confidence: float
    corrections: tuple[_Correction, ...]
    programs: int
    made: tuple[_Made, ...]


def loop_program_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of program calibration: all, then programs to correct, then hidden creeps."""
    result = _Programs.model_validate(run.result)
    verdicts = verdicts_of(run)
    yield _summary(run, result, verdicts)
    for one in result.corrections:
        if one.state == "correct":
            yield _off(run, result, one)
    for made in result.made:
        if made.hidden_drift:
            yield _hidden(run, result, made, verdicts)


def _summary(run: StoredRun, result: _Programs, verdicts: tuple[Verdict, ...]) -> Case:
    of = Dossier(run, "", "drift", Subject(site=run.site))
    off = sum(one.state == "correct" for one in result.corrections)
    hidden = sum(one.hidden_drift for one in result.made)
    of.number("programs-off", "programs that need a correction", off, decimals=0)
    of.number("programs", "programs judged", result.programs, decimals=0)
    of.number("hidden-drifts", "bonders whose corrections hide a creep", hidden, decimals=0)
    for verdict in verdicts:
        of.verdict(verdict)
    facts = {"scope": "fleet", "status": result.state}
    return of.case("Bond programs", level_of(verdicts), facts)


def _off(run: StoredRun, result: _Programs, one: _Correction) -> Case:
    subject = Subject(site=one.site, factors={"tool": one.tool})
    of = Dossier(run, f"{one.site}/{one.tool}/{one.program}", "drift", subject)
    error = None if one.error is None else one.error.value
    band = one.dead_band
    signed = None if band is None or error is None else band if error >= 0 else -band
    of.estimate(
        "error", "height over its set-point", one.error, result.unit,
        confidence=result.confidence, reference=signed,
        reference_label="" if signed is None else "dead band", level="warn",
    )  # fmt: skip
    of.number("correction", "correction that is advised", one.correction, result.unit)
    of.number("dead-band", "dead band", one.dead_band, result.unit)
    of.number("target", "set-point", one.set_point, result.unit)
    of.number("lots", "lots behind it", one.lots, decimals=0)
    facts = {
        "site": one.site, "tool": one.tool, "program": one.program, "status": "off",
        "mechanism": "level", "direction": "up" if (error or 0.0) > 0 else "down",
    }  # fmt: skip
    return of.case(f"{one.tool} {one.program}", "warn", facts)


def _hidden(run: StoredRun, result: _Programs, made: _Made, verdicts: tuple[Verdict, ...]) -> Case:
    subject = Subject(site=made.site, factors={"tool": made.tool}, mechanism="corrections")
    of = Dossier(run, f"{made.site}/{made.tool}/corrections", "drift", subject)
    slope = made.slope
    if slope is not None:
        add_pace(
            of, "drift that corrections hide", slope.value, f"{result.unit}/d",
            lower=slope.lower, upper=slope.upper, confidence=result.confidence, level="warn",
        )  # fmt: skip
    of.number("correction-last", "newest correction", made.last, result.unit)
    of.number("corrections", "corrections on record", made.corrections, decimals=0)
    of.number("p-value", "p of corrections that do not move", made.p)
    said = [v for v in verdicts if v.sentence.startswith(f"{made.tool}: ")]
    for verdict in said:
        of.verdict(verdict)
    facts = {
        "site": made.site, "tool": made.tool, "status": "drifts", "mechanism": "corrections",
        "hidden": "yes", "direction": "up" if ((slope and slope.value) or 0.0) > 0 else "down",
    }  # fmt: skip
    return of.case(
        Phrase.of("{tool}: corrections", tool=made.tool),
        level_of(tuple(said)) if said else "warn",
        facts,
    )
