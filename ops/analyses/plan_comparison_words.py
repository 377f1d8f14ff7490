"""A comparison in sentences: accepted or not and why, what it costs, where the bottleneck moved."""

from ops.analyses.network_savings import savings_verdicts
from ops.analyses.plan_comparison_result import (
    CandidateChange,
    ComparedPlan,
    PlanComparisonResult,
)
from ops.page import Verdict
from ops.page_value import Number, Phrase


def verdicts(result: PlanComparisonResult) -> tuple[Verdict, ...]:
    """Sentences of a result, the acceptance first."""
    reference, found = result.plans[0], list[Verdict]()
    for change, plan in zip(result.changes, result.plans[1:], strict=True):
        found += [_accepted(change), _cost(result, change), _bottleneck(reference, plan)]
    if not result.changes:
        cost = Number(value=reference.figures.landed_cost, decimals=0)
        said = Phrase.of("One plan, nothing to compare: it costs {cost} {money}", cost=cost,
                         money=result.money)  # fmt: skip
        found.append(Verdict.of("info", said))
    for plan in result.plans[-1:]:
        found += savings_verdicts(plan.savings, result.money)
    found += [Verdict.of("warn", Phrase.of("{said}", said=said)) for said in result.warnings]
    return tuple(found)


def _accepted(change: CandidateChange) -> Verdict:
    name = change.name
    failed = [gate.phrase() for gate in change.gates if not gate.passed]
    if failed:
        return Verdict.of("bad", Phrase.of("Plan {name} is not accepted", name=name), *failed)
    if not change.gates:
        return Verdict.of("info", Phrase.of("Plan {name} is judged by no gate", name=name))
    count = Number(value=len(change.gates), decimals=0)
    said = Phrase.of("Plan {name} is accepted: it passes all gates ({n})", name=name, n=count)
    return Verdict.of("good", said)


def _cost(result: PlanComparisonResult, change: CandidateChange) -> Verdict:
    template = "Plan {name} costs {cost} {money} ({share}) more than the reference"
    if change.cost < 0:
        template = "Plan {name} costs {cost} {money} ({share}) less than the reference"
    said = Phrase.of(
        template,
        name=change.name,
        cost=Number(value=abs(change.cost), decimals=0),
        money=result.money,
        share=Number(
            value=None if change.cost_share is None else abs(change.cost_share),
            percent=True,
            decimals=1,
        ),
    )
    largest = change.categories[0] if change.categories else None
    if largest is None or not largest.change:
        return Verdict.of("info", said)
    part = Phrase.of(
        "the largest change is that of {category}: {amount} {money}",
        category=largest.category,
        amount=Number(value=largest.change, decimals=0),
        money=result.money,
    )
    return Verdict.of("info", said, part)


def _bottleneck(reference: ComparedPlan, plan: ComparedPlan) -> Verdict:
    was, now = reference.bottleneck, plan.bottleneck
    if was is None or now is None:
        said = Phrase.of("Plan {name}: a bottleneck cannot be told", name=plan.name)
        return Verdict.of("info", said)
    share = Number(value=now.utilisation, percent=True, decimals=1)
    before = Number(value=was.utilisation, percent=True, decimals=1)
    if (was.kind, was.code) == (now.kind, now.code):
        template = "Plan {name} keeps the bottleneck, the {kind} of {code}: {share}, was {before}"
        said = Phrase.of(template, name=plan.name, kind=now.kind, code=now.code, share=share,
                         before=before)  # fmt: skip
        return Verdict.of("info", said)
    said = Phrase.of(
        "Plan {name} moves the bottleneck from the {from_kind} of {from_code} ({before}) to the"
        " {kind} of {code} ({share})",
        name=plan.name,
        from_kind=was.kind,
        from_code=was.code,
        before=before,
        kind=now.kind,
        code=now.code,
        share=share,
    )
    return Verdict.of("warn" if now.binding else "info", said)
