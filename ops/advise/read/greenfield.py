"""A greenfield study as evidence.

Quantities: sites, total-cost, distance, gap, covered-share, verdict. Facts: scenario, objective,
why, status.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase


class _Point(Stored):
    sites: int
    total: float | None = None
    longest_km: float | None = None
    mean_km: float | None = None
    covered: float | None = None
    gap: float | None = None


class _Greenfield(Stored):
    scenario: str = ""
    money: str = ""
    objective: str = ""
    curve: tuple[_Point, ...] = ()
    chosen: int | None = None
    why: str | None = None


def read_greenfield(run: StoredRun) -> tuple[Case, ...]:
    """Case of a study: how many sites, what they cost."""
    found = _Greenfield.model_validate(run.result)
    factors = {"scenario": found.scenario} if found.scenario else {}
    subject = Subject(site=run.site, factors=factors)
    of = Dossier(run, found.scenario or "greenfield", "plan", subject)
    of.number("sites", "sites", found.chosen, decimals=0)
    best = next((one for one in found.curve if one.sites == found.chosen), None)
    if best is not None:
        of.number("total-cost", "transport and sites", best.total, found.money)
        of.number("distance", "longest way", best.longest_km, "km")
        of.number("distance", "mean way", best.mean_km, "km")
        of.number("covered-share", "quantity within reach", best.covered, percent=True)
        of.number("gap", "gap to the bound", best.gap, percent=True)
    level = tell_verdicts(of, run)
    facts = {
        "scenario": found.scenario, "objective": found.objective, "why": found.why or "",
        "status": "infeasible" if found.chosen is None else "feasible",
    }  # fmt: skip
    return (of.case(Phrase.of("new sites of {scenario}", scenario=found.scenario), level, facts),)
