"""What a change does to a plan: two results of `network-plan`, held against each other.

Quantities: total-cost, cost-change, cost-change-share, service-level, service-change, lost,
carbon-change, opened, closed, verdict; further cases are those of the changed plan itself. Facts:
scenario, status, base-status, edits, comparable (whether both plan the same revision for the same
goal), kind (``what-if``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ops.advise.case import Case, StoredRun
from ops.advise.read.cases import cases_of
from ops.advise.read.dossier import Dossier
from ops.advise.read.planned import Figures
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Level, Phrase

_OPEN = ("open", "opened")
_PLANNED = ("optimal", "feasible")
MOST_SITES = 20
_NOISE = 1e-6  # of a share of units: what a solver's tolerance may move


class _Place(Stored):
    site: str = ""
    kind: str = ""
    state: str = ""


class _Plan(Stored):
    scenario: str = ""
    revision: int | None = None
    money: str = ""
    objective: str = ""
    status: str = ""
    value: float | None = None
    bound: float | None = None
    figures: Figures | None = None
    places: tuple[_Place, ...] = ()

    @property
    def cost(self) -> float | None:
        return None if self.figures is None else self.figures.landed_cost

    @property
    def service(self) -> float | None:
        return None if self.figures is None else self.figures.service_level

    def open(self) -> frozenset[str]:
        """Codes of the sites that work."""
        return frozenset(p.site for p in self.places if p.state in _OPEN)


def plan_cases(
    base: StoredRun | None, changed: StoredRun, edits: Sequence[Mapping[str, Any]] = ()
) -> tuple[Case, ...]:
    """Cases of a what-if: the difference first, then the changed plan itself.

    The interval of the change of cost is what the gaps of both solves leave open: their values
    and bounds, not chance.

    Parameters
    ----------
    base
        Run of the plan as it is; None, or one of another scenario: nothing is held against it.
    changed
        Run of the plan with the edits.
    edits
        As JSON, for their number; in words they stand in the result.
    """
    own = cases_of(changed)
    try:
        new = _Plan.model_validate(changed.result)
        old = None if base is None else _Plan.model_validate(base.result)
    except ValidationError:
        return own
    if old is not None and (old.scenario, old.money) != (new.scenario, new.money):
        old = None
    return (_difference(changed, new, old, len(edits)), *own)


def _difference(run: StoredRun, new: _Plan, old: _Plan | None, count: int) -> Case:
    factors = {"scenario": new.scenario} if new.scenario else {}
    subject = Subject(site=run.site, factors=factors)
    of = Dossier(run, f"{new.scenario or 'plan'}/what-if", "plan", subject)
    comparable = old is not None and (old.revision, old.objective) == (new.revision, new.objective)
    _tell_cost(of, new, old if comparable else None)
    _tell_service(of, new, old)
    if old is not None and new.figures is not None and old.figures is not None:
        _tell_sites(of, new, old)
    facts = {
        "kind": "what-if", "scenario": new.scenario, "status": new.status,
        "base-status": "" if old is None else old.status,
        "comparable": "yes" if comparable else "no",
        "edits": "; ".join(str(e) for e in run.result.get("edits", ()) if isinstance(e, str)),
        "edit-count": str(count) if count else "",
    }  # fmt: skip
    return of.case(
        Phrase.of("what if: plan of {scenario}", scenario=new.scenario), _level(new, old), facts
    )


def _tell_cost(of: Dossier, new: _Plan, old: _Plan | None) -> None:
    before = None if old is None else old.cost
    of.number(
        "total-cost", "landed cost with the change", new.cost, new.money,
        reference=before, reference_label="" if before is None else "landed cost without it",
    )  # fmt: skip
    if old is None or before is None or new.cost is None:
        return
    change = new.cost - before
    lower, upper = _bounds(new, old)
    level: Level = "warn" if change > 0 else "good"
    of.number("cost-change", "change of the landed cost", change, new.money, lower=lower,
              upper=upper, level=level)  # fmt: skip
    if before > 0:
        of.number("cost-change-share", "change of the landed cost, relative", change / before,
                  percent=True, level=level)  # fmt: skip


def _bounds(new: _Plan, old: _Plan) -> tuple[float | None, float | None]:
    """Least and most that the optimum can differ, if cost is what both minimise."""
    values = (new.value, new.bound, old.value, old.bound)
    if new.objective != "cost" or any(value is None for value in values):
        return None, None
    value, bound, value_0, bound_0 = (float(v) for v in values if v is not None)
    lower, upper = bound - value_0, value - bound_0
    change = (new.cost or 0.0) - (old.cost or 0.0)
    return (lower, upper) if lower <= change <= upper else (None, None)


def _tell_service(of: Dossier, new: _Plan, old: _Plan | None) -> None:
    before = None if old is None else old.service
    of.number(
        "service-level", "share served with the change", new.service, percent=True,
        reference=before, reference_label="" if before is None else "share served without it",
        level=_service_level(new, old),
    )  # fmt: skip
    if new.service is not None and before is not None:
        of.number("service-change", "change of the share served", new.service - before,
                  percent=True, level=_service_level(new, old))  # fmt: skip
    if new.figures is None:
        return
    of.number("lost", "units never served with the change", new.figures.lost)
    if old is not None and old.figures is not None:
        now, then = new.figures.co2_kg, old.figures.co2_kg
        of.number("carbon-change", "change of the emission of transport",
                  None if now is None or then is None else now - then, "kg")  # fmt: skip


def _tell_sites(of: Dossier, new: _Plan, old: _Plan) -> None:
    for site in sorted(new.open() - old.open())[:MOST_SITES]:
        of.name("opened", "site that opens with the change", site)
    for site in sorted(old.open() - new.open())[:MOST_SITES]:
        of.name("closed", "site that closes with the change", site)


def _service_level(new: _Plan, old: _Plan | None) -> Level:
    if new.service is None or old is None or old.service is None:
        return "info"
    return "bad" if new.service < old.service - _NOISE else "good"


def _level(new: _Plan, old: _Plan | None) -> Level:
    if new.figures is None or new.status not in _PLANNED:
        return "bad"
    if _service_level(new, old) == "bad":
        return "bad"
    if old is None or old.cost is None or new.cost is None:
        return "info"
    return "warn" if new.cost > old.cost else "good"
