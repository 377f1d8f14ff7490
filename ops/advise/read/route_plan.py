"""A route plan as evidence: the routes, then what stands in the way of visits that are left.

Quantities: total-cost, distance, duty-hours, visits, vehicles, needed, prize-missed, verdict.
Facts: scenario, feasible, visit, reason-kind, vehicle, required.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase

MOST = 15  # visits that are left, required ones first


class _Unserved(Stored):
    visit: str
    required: bool = False
    reason: str = ""
    needed: float | None = None
    available: float | None = None
    vehicle: str | None = None


class _Routes(Stored):
    scenario: str = ""
    money: str = ""
    unserved: tuple[_Unserved, ...] = ()
    visits: int | None = None
    vehicles: int | None = None
    cost: float | None = None
    prizes_missed: float | None = None
    distance_km: float | None = None
    duration_h: float | None = None
    feasible: bool | None = None


def read_route_plan(run: StoredRun) -> Iterator[Case]:
    """Cases of a route plan."""
    found = _Routes.model_validate(run.result)
    factors = {"scenario": found.scenario} if found.scenario else {}
    of = Dossier(run, found.scenario or "routes", "plan", Subject(site=run.site, factors=factors))
    of.number("total-cost", "cost of all routes", found.cost, found.money)
    of.number("distance", "length of all routes", found.distance_km, "km")
    of.number("duty-hours", "hours of duty", found.duration_h, "h")
    of.number("visits", "visits asked for", found.visits, decimals=0)
    of.number("vehicles", "vehicles there are", found.vehicles, decimals=0)
    of.number("prize-missed", "prizes of visits not made", found.prizes_missed, found.money)
    level = tell_verdicts(of, run)
    left = found.unserved[0] if found.unserved else None
    facts = {
        "scenario": found.scenario,
        "feasible": {None: "", True: "yes", False: "no"}[found.feasible],
        "status": {None: "", True: "feasible", False: "infeasible"}[found.feasible],
        "reason-kind": left.reason if left else "",
    }  # fmt: skip
    yield of.case(Phrase.of("routes of {scenario}", scenario=found.scenario), level, facts)
    for place, one in enumerate(found.unserved[:MOST]):
        yield _left(run, found, one, place)


def _left(run: StoredRun, found: _Routes, one: _Unserved, place: int) -> Case:
    subject = Subject(site=run.site, factors={"visit": one.visit})
    what = f"{found.scenario or 'routes'}/{place + 1}/{one.visit}"
    of = Dossier(run, what, "plan", subject)
    unit = {"distance": "km", "window": "h", "shift": "h", "cost": found.money}
    of.number(
        "needed", Phrase.of("{need} that it takes", need=one.reason),
        one.needed, unit.get(one.reason, ""),
        reference=one.available, reference_label="" if one.available is None else "there is",
    )  # fmt: skip
    facts = {
        "visit": one.visit, "reason-kind": one.reason, "vehicle": one.vehicle or "",
        "required": "yes" if one.required else "no", "scenario": found.scenario,
    }  # fmt: skip
    return of.case(
        Phrase.of("visit {visit}", visit=one.visit), "bad" if one.required else "info", facts
    )
