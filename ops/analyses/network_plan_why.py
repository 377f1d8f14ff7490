"""The reasons of a network plan in business words, and as tables."""

from ops.analyses.network_plan_reasons import PlanEntry, PlanReasons, PlanWorth
from ops.analyses.network_plan_result import NetworkPlanResult
from ops.page import Block, Subject, Text, Verdict
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

SHOWN = 3


def _price(value: float) -> Number:
    """Money of one unit: cents, or three digits where it is less than ten of them."""
    return Number(value=_rate(value), decimals=2 if abs(value) >= 0.1 else None)


def _rate(value: float) -> float:
    return round(value, 2) if abs(value) >= 0.1 else float(f"{value:.3g}")


def worth_verdicts(result: NetworkPlanResult) -> tuple[Verdict, ...]:
    """Say which site is the bottleneck, and what more of the binding capacities is worth."""
    found = result.reasons.worths
    if not found or found[0].gain <= 0:
        return ()
    verdicts = [] if not found[0].site else [_bottleneck(found[0], result.money)]
    verdicts += [_worth(worth, result.money) for worth in found[:SHOWN] if worth.gain > 0]
    return tuple(verdicts)


def _bottleneck(worth: PlanWorth, money: str) -> Verdict:
    said = Phrase.of(
        "{site} is the bottleneck: with the {kind} of {code} raised by {step} {unit} the plan costs"
        " {saved} {money} less",
        site=worth.site,
        kind=worth.kind,
        code=worth.code,
        step=Number(value=worth.step),
        unit=worth.unit,
        saved=Number(value=worth.saved, decimals=2),
        money=money,
    )
    return Verdict.of("warn", said, subject=Subject(factors={worth.kind: worth.code}))


def _worth(worth: PlanWorth, money: str) -> Verdict:
    said = Phrase.of(
        "One {unit} more of the {kind} of {code} in {periods} is worth {gain} {money}",
        unit=worth.unit,
        kind=worth.kind,
        code=worth.code,
        periods=", ".join(worth.periods),
        gain=_price(worth.gain),
        money=money,
    )
    how = Phrase.of(
        "measured with {step} {unit} more, between {least} and {most}",
        step=Number(value=worth.step),
        unit=worth.unit,
        least=_price(worth.gain_least),
        most=_price(worth.gain_most),
    )
    exact = Phrase.of(
        "measured with {step} {unit} more", step=Number(value=worth.step), unit=worth.unit
    )
    sure = worth.gain_most - worth.gain_least <= 0.01 * worth.gain
    return Verdict.of("info", said, exact if sure else how)


def entry_verdicts(result: NetworkPlanResult) -> tuple[Verdict, ...]:
    """Say what unused lanes must cost before they are used."""
    return tuple(_entry(entry, result.money) for entry in result.reasons.entries[:SHOWN])


def _entry(entry: PlanEntry, money: str) -> Verdict:
    low, high = _price(entry.enters_at), _price(entry.stays_out_at)
    ends = {"low": low, "high": high} if low != high else {"low": low}
    text = "Lane {lane} carries {commodity} once it costs {low} {money} for one {unit}"
    if low != high:
        text = (
            "Lane {lane} carries {commodity} once it costs {low} to {high} {money} for one {unit}"
        )
    said = Phrase.of(
        text,
        lane=entry.lane,
        commodity=entry.commodity,
        money=money,
        unit=entry.unit,
        **ends,
    )
    now = Phrase.of("it costs {cost} now", cost=_price(entry.cost))
    return Verdict.of("info", said, now)


def reason_blocks(result: NetworkPlanResult) -> tuple[Block, ...]:
    """Tables of what more capacity is worth, and of lanes near to being used."""
    reasons, blocks = result.reasons, list[Block]()
    if reasons.worths:
        blocks.append(_worth_table(reasons, result.money))
    if reasons.entries:
        blocks.append(_entry_table(reasons, result.money))
    if reasons.worths or reasons.entries:
        blocks.append(Text.of(Phrase.of(_METHOD)))
    if reasons.skipped and result.figures is not None:
        blocks.append(
            Text.of(Phrase.of("Not everything was measured: {why}.", why=reasons.skipped))
        )
    return tuple(blocks)


_METHOD = (
    "Every figure is measured: the network is planned again with another capacity or freight."
    " A step is 1 % of the capacity, in each period in which it binds."
)


def _worth_table(reasons: PlanReasons, money: str) -> Table:
    rows = tuple(
        (
            w.kind,
            w.code,
            ", ".join(w.periods),
            w.unit,
            w.step,
            w.saved,
            _rate(w.gain),
            _rate(w.gain_least),
            _rate(w.gain_most),
            None if w.loss is None else _rate(w.loss),
        )
        for w in reasons.worths
    )
    columns = (
        Column(label="Capacity of"),
        Column(label="Code"),
        Column(label="Binds in"),
        Column(label="Unit"),
        Column(label="Step"),
        Column(label="A step more saves", unit=money, decimals=2),
        Column(label="One more saves", unit=money),
        Column(label="At least", unit=money),
        Column(label="At most", unit=money),
        Column(label="One less costs", unit=money),
    )
    return Table(title="What more capacity is worth", columns=columns, rows=rows)


def _entry_table(reasons: PlanReasons, money: str) -> Table:
    rows = tuple(
        (e.lane, e.commodity, e.unit, *map(_rate, (e.cost, e.stays_out_at, e.enters_at)))
        for e in reasons.entries
    )
    columns = (
        Column(label="Lane"),
        Column(label="Commodity"),
        Column(label="Unit"),
        Column(label="Costs now", unit=money),
        Column(label="Still unused at", unit=money),
        Column(label="Used at", unit=money),
    )
    return Table(title="Unused lanes that are nearest to being used", columns=columns, rows=rows)
