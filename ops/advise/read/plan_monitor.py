"""A watch over a plan as evidence: each gate with its limit.

Quantities: wape, bias, forecast-drift, service-level, service-drift, cost-over,
saving-by-replan (objective of the newest re-solve over the plan's, less 1), total-cost,
demand, verdict. Facts: scenario, advice, broken, status, plan-run.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase

_QUANTITIES = {
    "wape": "wape", "bias": "bias", "forecast-drift": "forecast-drift",
    "service": "service-level", "service-drift": "service-drift", "cost": "cost-over",
    "re-solve": "saving-by-replan",
}  # fmt: skip


class _Gate(Stored):
    name: str = ""
    title: str = ""
    value: float | None = None
    limit: float | None = None
    share: bool = False
    broken: bool = False


class _Watched(Stored):
    run_id: str = ""
    status: str = ""
    objective: float | None = None
    service_level: float | None = None
    demand: float | None = None


class _Monitor(Stored):
    scenario: str = ""
    plan: _Watched | None = None
    latest: _Watched | None = None
    advice: str = ""
    gates: tuple[_Gate, ...] = ()
    unit: str = ""


def read_plan_monitor(run: StoredRun) -> tuple[Case, ...]:
    """Case of a plan in force: which gates it breaks."""
    found = _Monitor.model_validate(run.result)
    subject = Subject(site=run.site, factors={"scenario": found.scenario} if found.scenario else {})
    of = Dossier(run, found.scenario or "plan", "plan", subject)
    for gate in sorted(found.gates, key=lambda g: not g.broken):
        of.number(
            _QUANTITIES.get(gate.name, "gate"), gate.title or gate.name, gate.value,
            percent=gate.share, reference=gate.limit,
            reference_label="" if gate.limit is None else "limit",
            level="bad" if gate.broken else "good",
        )  # fmt: skip
    plan, latest = found.plan or _Watched(), found.latest or _Watched()
    of.number("total-cost", "objective of the plan in force", plan.objective)
    of.number("total-cost", "objective of the newest re-solve", latest.objective)
    of.number("demand", "demand that the plan was made for", plan.demand, found.unit)
    of.number("demand", "demand of the newest re-solve", latest.demand, found.unit)
    level = tell_verdicts(of, run)
    facts = {
        "scenario": found.scenario, "advice": found.advice, "status": plan.status,
        "broken": " ".join(g.name for g in found.gates if g.broken), "plan-run": plan.run_id,
        "latest-status": latest.status,
    }  # fmt: skip
    return (
        of.case(Phrase.of("plan of {scenario} in force", scenario=found.scenario), level, facts),
    )
