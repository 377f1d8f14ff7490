"""A plan of a network as evidence.

Quantities: total-cost, cost-per-unit, service-level, fill-rate, lost, lead-time, carbon, gap,
bottleneck (its utilisation), shadow-price, cost-category, violated-rule (by how much it has to
bend), relax-share, way-out-cost, saving, saving-share, lane-enters-at, verdict. Facts: scenario,
status, stop, objective, bottleneck-kind, bottleneck, bottleneck-binding, shadow-price-kind,
shadow-price-of, reason-kind, reason, way-out, baseline, edits.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.planned import (
    Bending,
    Figures,
    PlanBottleneck,
    Savings,
    tell_bottlenecks,
    tell_figures,
    tell_savings,
)
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase

MOST_COSTS, MOST_WAYS, MOST_WORTHS = 6, 3, 5


class _Cost(Stored):
    category: str
    amount: float | None = None


class _Worth(Stored):
    kind: str = ""
    code: str = ""
    unit: str = ""
    gain: float | None = None
    gain_least: float | None = None
    gain_most: float | None = None


class _Way(Stored):
    name: str = ""
    bendings: tuple[Bending, ...] = ()
    verified: bool = False
    cost: float | None = None


class _Entry(Stored):
    lane: str = ""
    commodity: str = ""
    unit: str = ""
    cost: float | None = None
    enters_at: float | None = None


class _Reasons(Stored):
    worths: tuple[_Worth, ...] = ()
    entries: tuple[_Entry, ...] = ()
    ways_out: tuple[_Way, ...] = ()


class _Flaw(Stored):
    pointer: str = ""
    detail: str = ""


class _Plan(Stored):
    scenario: str = ""
    title: str = ""
    money: str = ""
    edits: tuple[str, ...] = ()
    objective: str = ""
    status: str = ""
    stop: str = ""
    gap: float | None = None
    figures: Figures | None = None
    costs: tuple[_Cost, ...] = ()
    savings: Savings | None = None
    bottlenecks: tuple[PlanBottleneck, ...] = ()
    reasons: _Reasons | None = None
    flaws: tuple[_Flaw, ...] = ()
    breaches: tuple[str, ...] = ()


def read_network_plan(run: StoredRun) -> tuple[Case, ...]:
    """Case of a plan: what it costs and serves, what binds it, or what stands in its way."""
    plan = _Plan.model_validate(run.result)
    subject = Subject(site=run.site, factors={"scenario": plan.scenario} if plan.scenario else {})
    of = Dossier(run, plan.scenario or "plan", "plan", subject)
    reasons = plan.reasons or _Reasons()
    tell_figures(of, plan.figures or Figures(), plan.money)
    of.number("gap", "gap to the bound", plan.gap, percent=True)
    tell_bottlenecks(of, plan.bottlenecks)
    _worths(of, reasons, plan.money)
    for cost in sorted(plan.costs, key=lambda c: -(c.amount or 0.0))[:MOST_COSTS]:
        of.number(
            "cost-category",
            Phrase.of("cost of {category}", category=cost.category),
            cost.amount,
            plan.money,
        )
    tell_savings(of, plan.savings, plan.money)
    for way in reasons.ways_out[:MOST_WAYS]:
        _way(of, way, plan.money)
    for flaw in plan.flaws[:3]:
        of.text(
            "flaw",
            Phrase.of("flaw at {pointer}", pointer=flaw.pointer),
            flaw.detail,
            quoted=True,
            level="bad",
        )
    for breach in plan.breaches[:3]:
        of.text("violated-rule", "rule that the plan breaks", breach, level="bad")
    level = tell_verdicts(of, run, plan.title)
    return (
        of.case(
            Phrase.of("plan of {scenario}", scenario=plan.scenario), level, _facts(plan, reasons)
        ),
    )


def _worths(of: Dossier, reasons: _Reasons, money: str) -> None:
    for worth in sorted(reasons.worths, key=lambda w: -(w.gain or 0.0))[:MOST_WORTHS]:
        of.number(
            "shadow-price", Phrase.of(
                "saved by one unit more of {kind} {code}", kind=worth.kind, code=worth.code
            ), worth.gain,
            f"{money}/{worth.unit}", lower=worth.gain_least, upper=worth.gain_most,
        )  # fmt: skip
    for entry in reasons.entries[:3]:
        of.number(
            "lane-enters-at", Phrase.of(
                "freight at which {lane} is used for {commodity}",
                lane=entry.lane, commodity=entry.commodity,
            ),
            entry.enters_at, f"{money}/{entry.unit}", reference=entry.cost,
            reference_label="freight now",
        )  # fmt: skip


def _way(of: Dossier, way: _Way, money: str) -> None:
    for bend in way.bendings[:3]:
        at = " ".join(filter(None, (bend.code, bend.period)))
        bends = Phrase.of("{kind} {code} has to bend by", kind=bend.kind, code=at)
        relative = Phrase.of("{kind} {code}, relative", kind=bend.kind, code=at)
        of.number("violated-rule", bends, bend.amount, bend.unit, level="bad")
        of.number("relax-share", relative, bend.share, percent=True, level="bad")
    of.number(
        "way-out-cost", Phrase.of("cost of the plan after {way}", way=way.name), way.cost, money
    )


def _facts(plan: _Plan, reasons: _Reasons) -> dict[str, str]:
    tight = plan.bottlenecks[0] if plan.bottlenecks else PlanBottleneck()
    ways = sorted(reasons.ways_out, key=lambda w: not w.verified)
    bends = ways[0].bendings if ways else ()
    worth = max(reasons.worths, key=lambda w: w.gain or 0.0, default=_Worth())
    return {
        "scenario": plan.scenario, "status": plan.status, "stop": plan.stop,
        "objective": plan.objective, "bottleneck-kind": tight.kind, "bottleneck": tight.code,
        "bottleneck-binding": {None: "", True: "yes", False: "no"}[tight.binding],
        "shadow-price-kind": worth.kind, "shadow-price-of": worth.code,
        "reason-kind": bends[0].kind if bends else "", "reason": bends[0].code if bends else "",
        "way-out": ways[0].name if ways else "",
        "baseline": plan.savings.status if plan.savings else "", "edits": "; ".join(plan.edits),
    }  # fmt: skip
