"""Plans side by side as evidence: the reference and each candidate.

Quantities: those of `planned`, cost-change, cost-change-share, cost-category-change, gate,
isolation-price, verdict. Facts: candidate, accepted, status, bottleneck-kind, bottleneck,
bottleneck-moved, broken.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.planned import (
    Figures,
    PlanBottleneck,
    Savings,
    tell_bottlenecks,
    tell_figures,
    tell_savings,
)
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Level, Phrase


class _Plan(Stored):
    name: str = ""
    status: str = ""
    figures: Figures | None = None
    bottleneck: PlanBottleneck | None = None
    savings: Savings | None = None


class _Change(Stored):
    category: str = ""
    change: float | None = None


class _Gate(Stored):
    name: str = ""
    title: str = ""
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    passed: bool = True


class _Candidate(Stored):
    name: str = ""
    cost: float | None = None
    cost_share: float | None = None
    categories: tuple[_Change, ...] = ()
    bottleneck_moved: bool = False
    gates: tuple[_Gate, ...] = ()
    accepted: bool | None = None


class _Way(Stored):
    order: tuple[str, ...] = ()
    price: float | None = None


class _Layers(Stored):
    ways: tuple[_Way, ...] = ()


class _Comparison(Stored):
    money: str = ""
    plans: tuple[_Plan, ...] = ()
    changes: tuple[_Candidate, ...] = ()
    layers: _Layers | None = None


def read_plan_comparison(run: StoredRun) -> Iterator[Case]:
    """Cases of a comparison: all plans, then each candidate."""
    found = _Comparison.model_validate(run.result)
    of = Dossier(run, "comparison", "plan", Subject(site=run.site))
    for plan in found.plans[:1]:
        tell_figures(of, plan.figures or Figures(), found.money, "{figure} of the reference")
    for way in found.layers.ways if found.layers else ():
        label = _order(way.order)
        of.number("isolation-price", label, way.price, found.money)
    yield of.case("comparison of plans", tell_verdicts(of, run), {})
    plans = {plan.name: plan for plan in found.plans}
    for place, change in enumerate(found.changes):
        yield _candidate(run, found, change, plans.get(change.name, _Plan()), place)


def _order(layers: tuple[str, ...]) -> Phrase:
    """Name of what it costs to decide layer by layer; as a rule there are four."""
    if len(layers) != 4:
        order = ", ".join(layers)
        return Phrase.of("price of deciding in the order {order}", order=order)
    template = "price of deciding in the order {first}, {second}, {third}, {fourth}"
    named = dict(zip(("first", "second", "third", "fourth"), layers, strict=True))
    return Phrase.of(template, **named)


def _candidate(
    run: StoredRun, found: _Comparison, change: _Candidate, plan: _Plan, place: int
) -> Case:
    name = change.name or str(place + 1)
    of = Dossier(run, f"plan/{place + 1}/{name}", "plan", Subject(site=run.site))
    of.number("cost-change", "landed cost beyond the reference", change.cost, found.money)
    of.number("cost-change-share", "the same, relative", change.cost_share, percent=True)
    for gate in sorted(change.gates, key=lambda g: g.passed):
        share = gate.unit == "share"
        of.number(
            "gate", gate.title or gate.name, gate.value, "" if share else gate.unit,
            percent=share, reference=gate.limit, reference_label="limit",
            level="good" if gate.passed else "bad",
        )  # fmt: skip
    tell_figures(of, plan.figures or Figures(), found.money, "{figure} of plan {plan}", name)
    tell_bottlenecks(of, (plan.bottleneck,) if plan.bottleneck else ())
    for one in change.categories[:3]:
        of.number(
            "cost-category-change",
            Phrase.of("change of {category}", category=one.category),
            one.change,
            found.money,
        )
    tell_savings(of, plan.savings, found.money)
    tight = plan.bottleneck or PlanBottleneck()
    levels: dict[bool | None, Level] = {None: "info", True: "good", False: "bad"}
    facts = {
        "candidate": change.name, "status": plan.status, "bottleneck-kind": tight.kind,
        "accepted": {None: "", True: "yes", False: "no"}[change.accepted],
        "bottleneck": tight.code, "bottleneck-moved": "yes" if change.bottleneck_moved else "no",
        "broken": " ".join(g.name for g in change.gates if not g.passed),
    }  # fmt: skip
    return of.case(Phrase.of("plan {name}", name=name), levels[change.accepted], facts)
