"""Ways out of an infeasible scenario in business words: what is short, and what would mend it."""

from ops.analyses.network_plan_reasons import PlanBending, PlanWayOut
from ops.analyses.network_plan_result import NetworkPlanResult
from ops.page import Block, Text, Verdict
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

NAMED = 2  # bends of a way that a sentence names
_CAPACITIES = ("throughput", "hours", "lane", "supply", "production", "stock")
_NAMES = {
    "anything": "the cheapest of all",
    "less-demand": "serve less demand",
    "more-capacity": "more capacity",
    "looser-rules": "looser rules",
    "more-lanes": "more lanes",
}


def way_verdicts(result: NetworkPlanResult) -> tuple[Verdict, ...]:
    """Say what is short, then each way out with what the plan costs after it."""
    ways = result.reasons.ways_out
    short = next((way for way in ways if way.name == "less-demand" and way.bendings), None)
    found = [] if short is None else [_shortage(short)]
    return (*found, *(_way(way, i, result.money) for i, way in enumerate(ways)))


def _shortage(way: PlanWayOut) -> Verdict:
    first, *others = way.bendings[:NAMED]
    said = [
        _short(first, "Short {amount} {unit} ({share}) of {commodity} at {customer} in {period}")
    ]
    said += [
        _short(b, "{amount} {unit} ({share}) of {commodity} at {customer} in {period}")
        for b in others
    ]
    more = len(way.bendings) - NAMED
    if more > 0:
        said.append(Phrase.of("and {n} more", n=Number(value=more, decimals=0)))
    return Verdict.of("bad", *said)


def _short(bending: PlanBending, template: str) -> Phrase:
    customer, _, commodity = bending.code.rpartition("/")
    return Phrase.of(
        template,
        commodity=commodity,
        customer=customer,
        **_values(bending),
    )


def _decimals(amount: float) -> int:
    return 0 if abs(amount - round(amount)) < 1e-6 * (1.0 + amount) else 1 if amount >= 10 else 3


def _values(bending: PlanBending) -> dict[str, Number | str]:
    return {
        "amount": Number(value=bending.amount, decimals=_decimals(bending.amount)),
        "unit": bending.unit,
        "share": Number(value=bending.share, decimals=1, percent=True),
        "period": bending.period or "all periods",
    }


def _way(way: PlanWayOut, place: int, money: str) -> Verdict:
    said = [_bend(bending) for bending in way.bendings[:NAMED]]
    more = len(way.bendings) - NAMED
    if more > 0:
        said.append(Phrase.of("further changes: {n}", n=Number(value=more, decimals=0)))
    number = Number(value=place + 1, decimals=0)
    said.insert(0, Phrase.of("Way out {n}: {name}", n=number, name=_NAMES.get(way.name, way.name)))
    return Verdict.of("info" if way.verified else "warn", *said, _outcome(way, money))


def _outcome(way: PlanWayOut, money: str) -> Phrase:
    if not way.verified:
        return Phrase.of("not confirmed: no plan was found after it within the limits")
    cost = Number(value=way.cost, decimals=0)
    return Phrase.of("then the plan costs {cost} {money}, planned again", cost=cost, money=money)


def _bend(bending: PlanBending) -> Phrase:
    values = _values(bending)
    if bending.kind == "demand":
        customer, _, commodity = bending.code.rpartition("/")
        values |= {"customer": customer, "commodity": commodity}
        return Phrase.of(
            "lose {amount} {unit} ({share}) of the demand of {customer} for {commodity}"
            " in {period}",
            **values,
        )
    if bending.kind == "closed-lane":
        return Phrase.of(
            "allow lane {code} ({amount} {unit} go over it)", code=bending.code, **values
        )
    if bending.kind in ("carbon", "budget"):
        what = "cap on CO2" if bending.kind == "carbon" else "budget"
        return Phrase.of("raise the {what} by {amount} {unit} ({share})", what=what, **values)
    if bending.kind == "site-count":
        return Phrase.of(
            "change the number of open sites of kind {code} by {amount} in {period}",
            code=bending.code,
            **values,
        )
    values |= {"code": bending.code, "kind": bending.kind.replace("-", " ")}
    if bending.kind in _CAPACITIES:
        return Phrase.of(
            "raise the {kind} of {code} by {amount} {unit} ({share}) in {period}", **values
        )
    return Phrase.of(
        "lower the {kind} of {code} by {amount} {unit} ({share}) in {period}", **values
    )


def way_blocks(result: NetworkPlanResult) -> tuple[Block, ...]:
    """Table of the ways out, every change of each."""
    rows = tuple(
        (
            place + 1,
            _NAMES.get(way.name, way.name),
            bending.kind,
            bending.code,
            bending.period or "all",
            bending.amount,
            bending.unit,
            100.0 * bending.share,
            way.verified,
            way.cost,
        )
        for place, way in enumerate(result.reasons.ways_out)
        for bending in way.bendings
    )
    columns = (
        Column(label="Way"),
        Column(label="What may change"),
        Column(label="Change of"),
        Column(label="Code"),
        Column(label="Period"),
        Column(label="By", decimals=2),
        Column(label="Unit"),
        Column(label="Share", unit="%", decimals=1),
        Column(label="Planned again"),
        Column(label="Cost then", unit=result.money, decimals=0),
    )
    table = Table(title="Ways out, the cheapest first", columns=columns, rows=rows)
    return (table, Text.of(Phrase.of(_METHOD))) if rows else ()


_METHOD = (
    "Cheapest is the least sum of weight times relative change; the weights are those of the soft"
    " tags of the scenario, or the default of the kind of constraint."
)
