"""A baseline of a network as evidence.

Quantities: gap, booked-cost, total-cost, cost-per-unit, fill-rate, unexplained, verdict. Facts:
scenario, status, worst-category.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.planned import Figures, tell_figures
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase


class _Amount(Stored):
    name: str = ""
    booked: float | None = None
    unexplained: float | None = None


class _Baseline(Stored):
    scenario: str = ""
    title: str = ""
    money: str = ""
    status: str = ""
    tolerance: float | None = None
    gap: float | None = None
    booked: float | None = None
    kpis: Figures | None = None
    categories: tuple[_Amount, ...] = ()


def read_network_baseline(run: StoredRun) -> tuple[Case, ...]:
    """Case of a past: whether the model explains the books."""
    found = _Baseline.model_validate(run.result)
    factors = {"scenario": found.scenario} if found.scenario else {}
    subject = Subject(site=run.site, factors=factors)
    of = Dossier(run, found.scenario or "baseline", "plan", subject)
    of.number(
        "gap", "gap of the model to the books", found.gap, percent=True,
        reference=found.tolerance, reference_label="calibrated up to",
    )  # fmt: skip
    of.number("booked-cost", "money in the books", found.booked, found.money)
    tell_figures(of, found.kpis or Figures(), found.money, "{figure} of the past")
    told = [one for one in found.categories if one.unexplained is not None]
    told.sort(key=lambda one: -abs(one.unexplained or 0.0))
    for one in told[:3]:
        label = Phrase.of("unexplained cost of {category}", category=one.name)
        of.number(
            "unexplained", label, one.unexplained, found.money, reference=one.booked,
            reference_label="" if one.booked is None else "booked",
        )  # fmt: skip
    level = tell_verdicts(of, run, found.title)
    worst = told[0].name if told else ""
    facts = {"scenario": found.scenario, "status": found.status, "worst-category": worst}
    return (of.case(Phrase.of("past of {scenario}", scenario=found.scenario), level, facts),)
