"""A plan of a life test as evidence.

Quantities: units, test-duration, further-time, failures, precision-factor, verdict. Facts: goal,
family, life-test, aim-reached.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase


class _Test(Stored):
    units: int | None = None
    duration: float | None = None
    factor: float | None = None


class _Plan(Stored):
    plan: _Test | None = None
    needed: _Test | None = None


class _Design(Stored):
    name: str = ""
    needed: int | None = None
    factor: float | None = None


class _Accelerated(Stored):
    designs: tuple[_Design, ...] = ()


class _Further(Stored):
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Remaining(Stored):
    code: str = ""
    units: float | None = None
    failures: float | None = None
    reached: bool | None = None
    rows: tuple[_Further, ...] = ()


class _Planned(Stored):
    goal: str = ""
    unit: str = ""
    family: str = ""
    demonstration: _Plan | None = None
    estimation: _Plan | None = None
    accelerated: _Accelerated | None = None
    remaining: _Remaining | None = None


def read_life_test_plan(run: StoredRun) -> tuple[Case, ...]:
    """Case of a plan: how many units, for how long."""
    found = _Planned.model_validate(run.result)
    left = found.remaining or _Remaining()
    factors = {"life test": left.code} if left.code else {}
    subject = Subject(site=run.site, factors=factors)
    of = Dossier(run, left.code or "plan", "lifetime", subject)
    for part in (found.demonstration, found.estimation):
        _test(of, part or _Plan(), found.unit)
    for design in found.accelerated.designs[:1] if found.accelerated else ():
        of.number(
            "units",
            Phrase.of("units that the {design} plan needs", design=design.name),
            design.needed,
            decimals=0,
        )
        of.number("precision-factor", "precision factor", design.factor)
    for row in left.rows[:1]:
        of.number(
            "further-time", "further time on test", row.estimate, found.unit,
            lower=row.lower, upper=row.upper,
        )  # fmt: skip
    of.number("failures", "units that failed", left.failures, decimals=0)
    of.number("units", "units on test", left.units, decimals=0)
    level = tell_verdicts(of, run)
    facts = {
        "goal": found.goal, "family": found.family, "life-test": left.code,
        "aim-reached": {None: "", True: "yes", False: "no"}[left.reached],
    }  # fmt: skip
    return (
        of.case(
            Phrase.of("plan of a life test {code}", code=left.code)
            if left.code
            else "plan of a life test",
            level,
            facts,
        ),
    )


def _test(of: Dossier, part: _Plan, unit: str) -> None:
    plan = part.plan or _Test()
    of.number("units", "units on test", plan.units, decimals=0)
    of.number("test-duration", "duration of each unit", plan.duration, unit)
    of.number("precision-factor", "precision factor", plan.factor)
    if part.needed is not None:
        of.number("units-needed", "units that are needed", part.needed.units, decimals=0)
