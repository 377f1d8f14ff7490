"""A network plan in sentences: how good, how sure, what binds, what CO2 costs."""

from itertools import pairwise

from ops.analyses.network_plan_result import NetworkPlanResult, PlanBottleneck, PlanFigures
from ops.analyses.network_plan_ways import way_verdicts
from ops.analyses.network_plan_why import entry_verdicts, worth_verdicts
from ops.page import Subject, Text, Verdict
from ops.page_value import Number, Phrase

SHOWN = 3
UNSOUND = ("not-a-number", "matrix-range", "cost-range", "tiny-side", "large-coefficient")
STOPS = {
    "time": "the time limit",
    "nodes": "the limit on nodes",
    "memory": "the memory limit",
    "cancelled": "a request to stop",
}


def verdicts(result: NetworkPlanResult) -> tuple[Verdict, ...]:
    """Sentences of a result, the answer first."""
    if result.figures is None:
        return (_without(result), *way_verdicts(result), *_unsound(result))
    found = [_answer(result, result.figures)]
    if result.breaches:
        found.append(_breach(result))
    found.append(_service(result.figures))
    found += worth_verdicts(result)
    measured = {(w.kind, w.code) for w in result.reasons.worths}
    binding = [b for b in result.bottlenecks if b.binding and (b.kind, b.code) not in measured]
    found += [_binding(b) for b in binding[:SHOWN]]
    if not any(b.binding for b in result.bottlenecks):
        found.append(_slack(result))
    found += entry_verdicts(result)
    found += _unsound(result)
    return tuple(found)


def _without(result: NetworkPlanResult) -> Verdict:
    flaws = Number(value=len(result.flaws), decimals=0)
    if result.status == "valid":
        return Verdict.of("good", Phrase.of("The scenario has no flaw; it was not planned"))
    if result.status == "invalid":
        return Verdict.of("bad", Phrase.of("Flaws of the scenario: {n}", n=flaws))
    if result.status == "infeasible":
        said = Phrase.of("No plan keeps all the rules of the scenario: it is infeasible")
        return Verdict.of("bad", said)
    if result.status == "unbounded":
        grows = ", ".join(result.grows) or "unknown"
        said = Phrase.of("Cost falls for ever: {what} can grow without a limit", what=grows)
        return Verdict.of("bad", said)
    if result.status == "numerical-error":
        said = Phrase.of("The solver failed on the numbers of this scenario")
        return Verdict.of("bad", said)
    why = STOPS.get(result.stop, result.stop)
    return Verdict.of("bad", Phrase.of("No plan was found before {why}", why=why))


def _unsound(result: NetworkPlanResult) -> tuple[Verdict, ...]:
    """Name the data that makes the solve unreliable."""
    return tuple(
        Verdict.of("warn", Phrase.of("Numerically bad data: {what}", what=remark.text.format()))
        for remark in result.remarks
        if remark.topic in UNSOUND
    )


def _answer(result: NetworkPlanResult, found: PlanFigures) -> Verdict:
    cost = Number(value=found.landed_cost, decimals=0)
    gap = Number(value=result.gap, decimals=2, percent=True)
    costs = Phrase.of("The plan costs {cost} {money}", cost=cost, money=result.money)
    if result.status == "optimal" and (result.gap is None or result.gap < 5e-7):
        return Verdict.of("good", costs, Phrase.of("it is proven optimal"))
    if result.status == "optimal":
        sure = Phrase.of("none is better by more than {gap}", gap=gap)
        return Verdict.of("good", costs, sure)
    why = STOPS.get(result.stop, result.stop)
    if result.gap is None:
        sure = Phrase.of("{why} ended the search before a bound was known", why=why)
    else:
        sure = Phrase.of("{why} ended the search at a gap of {gap}", why=why, gap=gap)
    return Verdict.of("warn", costs, sure)


def _breach(result: NetworkPlanResult) -> Verdict:
    said = Phrase.of(
        "Do not use it: rules that it breaks: {n}, the first is {rule}",
        n=Number(value=len(result.breaches), decimals=0),
        rule=result.breaches[0],
    )
    return Verdict.of("bad", said)


def _service(found: PlanFigures) -> Verdict:
    level = Number(value=found.service_level, decimals=1, percent=True)
    served = Phrase.of("It serves {level} of the demand", level=level)
    if found.lost > 0:
        lost = Phrase.of("units that are lost: {n}", n=Number(value=found.lost))
        return Verdict.of("warn", served, lost)
    rate = Number(value=found.fill_rate, decimals=1, percent=True)
    return Verdict.of("info", served, Phrase.of("{rate} in time", rate=rate))


def _binding(found: PlanBottleneck) -> Verdict:
    said = Phrase.of(
        "Nothing is left of the {kind} of {code} in {period}: {used} of {capacity} {unit} are used",
        kind=found.kind,
        code=found.code,
        period=found.period,
        used=Number(value=found.used),
        capacity=Number(value=found.capacity),
        unit=found.unit,
    )
    return Verdict.of("warn", said, subject=Subject(factors={found.kind: found.code}))


def _slack(result: NetworkPlanResult) -> Verdict:
    if not result.bottlenecks:
        return Verdict.of("info", Phrase.of("No capacity of the scenario is used"))
    first = result.bottlenecks[0]
    said = Phrase.of(
        "No capacity binds; the fullest is the {kind} of {code} at {share} in {period}",
        kind=first.kind,
        code=first.code,
        period=first.period,
        share=Number(value=first.utilisation, decimals=1, percent=True),
    )
    return Verdict.of("info", said)


def front_words(result: NetworkPlanResult) -> Text:
    """Say what each further step of CO2 costs, from the cheapest plan downwards."""
    downwards = result.front[::-1]
    if len(downwards) < 2 or downwards[0].co2_kg <= 0:
        return Text.of(Phrase.of("The cheapest plan is also the one with the least CO2."))
    most = downwards[0].co2_kg
    said = [
        Phrase.of(
            "The next {share} of CO2 cost {money} {currency} ({price} {currency} a tonne).",
            share=Number(value=(dirty.co2_kg - clean.co2_kg) / most, decimals=1, percent=True),
            money=Number(value=clean.cost - dirty.cost, decimals=0),
            price=Number(
                value=1000 * (clean.cost - dirty.cost) / (dirty.co2_kg - clean.co2_kg), decimals=0
            ),
            currency=result.money,
        )
        for dirty, clean in pairwise(downwards)
        if dirty.co2_kg > clean.co2_kg
    ]
    return Text.of(*said)
