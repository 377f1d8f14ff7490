"""The page of an inventory positioning: who holds what and why, service, policies, assumptions."""

from ops.analyses.inventory_positioning_result import (
    InventoryPositioningResult,
    PositionedStage,
    SimulatedStage,
)
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

CHARTED = 20  # stages in the chart
EXPLAINED = 12  # reasons that are told in words

_PLACE = (Column(label="Site"), Column(label="Commodity"))


def view(result: InventoryPositioningResult) -> Page:
    """Show an inventory positioning."""
    sections = [
        Section(title="Summary", verdict=result.verdict, blocks=_summary(result)),
        Section(title="Who holds stock", blocks=(_chart(result), _stages(result), *_why(result))),
        Section(title="Achieved service", blocks=(_service(result), _said_of_service(result))),
    ]
    if result.rounds:
        blocks = (_rounds(result), _said_of_rounds(result))
        sections.append(Section(title="Flows and stock together", blocks=blocks))
    policies = _policies(result)
    if policies.rows:
        sections.append(Section(title="Policies", blocks=(policies, _said_of_policies())))
    sections.append(Section(title="Assumptions", blocks=(Text.of(*result.assumptions),)))
    if result.notes:
        notes = tuple(Text.of(note) for note in result.notes)
        sections.append(Section(title="Reading of the scenario", blocks=notes))
    return Page(
        title=f"Inventory positioning: {result.title or result.scenario}",
        verdicts=(result.verdict,),
        sections=tuple(sections),
    )


def _summary(result: InventoryPositioningResult) -> tuple[Block, ...]:
    unit = f"{result.money}/year"
    return (
        Figure(label="Cost of safety stock", value=result.cost, unit=unit, decimals=0),
        Figure(label="Proven lower bound", value=result.bound, unit=unit, decimals=0),
        Figure(
            label="If every place covers itself",
            value=result.decoupled_cost,
            unit=unit,
            decimals=0,
        ),
        Text.of(Phrase.of("Placed by {method}.", method=result.method)),
    )


def _holders(result: InventoryPositioningResult) -> list[PositionedStage]:
    return [stage for stage in result.stages if stage.role == "holds"]


def _chart(result: InventoryPositioningResult) -> Chart:
    can = [stage for stage in result.stages if stage.role != "cannot hold"]
    can.sort(key=lambda stage: -max(stage.cost, stage.decoupled_cost))
    shown = can[:CHARTED]
    names = tuple(f"{stage.commodity} @ {stage.site}" for stage in shown)
    return Chart(
        title="Cost of safety stock by place",
        x=Axis(label="Place", scale="category"),
        y=Axis(label="Cost", unit=f"{result.money}/year"),
        layers=(
            Layer(mark="bars", label="placed", x=names, y=tuple(s.cost for s in shown)),
            Layer(
                mark="points",
                label="each covers itself",
                role="center",
                x=names,
                y=tuple(s.decoupled_cost for s in shown),
            ),
        ),
    )


def _stages(result: InventoryPositioningResult) -> Table:
    columns = (
        *_PLACE,
        Column(label="Role"),
        Column(label="Promises", unit="days"),
        Column(label="Covers", unit="days"),
        Column(label="Safety stock", decimals=1),
        Column(label="Unit"),
        Column(label="Cover", unit="days", decimals=1),
        Column(label="Base stock", decimals=1),
        Column(label="Cost", unit=f"{result.money}/year", decimals=0),
        Column(label="If each covers itself", unit=f"{result.money}/year", decimals=0),
    )
    rows = tuple(
        (
            s.site, s.commodity, s.role, s.service, s.net, s.safety_stock, s.unit, s.cover,
            s.base_stock, s.cost, s.decoupled_cost,
        )
        for s in result.stages
    )  # fmt: skip
    return Table(title="Places, dearest first", columns=columns, rows=rows)


def _why(result: InventoryPositioningResult) -> tuple[Block, ...]:
    told = [s for s in result.stages if s.role != "cannot hold"][:EXPLAINED]
    blocks: list[Block] = [
        Text.of(Phrase.of("{commodity} at {site}:", commodity=s.commodity, site=s.site), s.why)
        for s in told
    ]
    if result.stages_left_out:
        n = Number(value=result.stages_left_out)
        blocks.append(Text.of(Phrase.of("Further places that are not listed: {n}.", n=n)))
    return tuple(blocks)


def _service(result: InventoryPositioningResult) -> Table:
    columns = (
        *_PLACE,
        Column(label="Ships to customers"),
        Column(label="Target", unit="%", decimals=1),
        Column(label="Cycle service", unit="%", decimals=1),
        Column(label="from", unit="%", decimals=1),
        Column(label="to", unit="%", decimals=1),
        Column(label="Fill rate", unit="%", decimals=1),
        Column(label="from", unit="%", decimals=1),
        Column(label="to", unit="%", decimals=1),
        Column(label="Mean backorders", decimals=2),
        Column(label="Mean stock", decimals=1),
        Column(label="Fill rate if each covers itself", unit="%", decimals=1),
    )
    rows = tuple(
        (s.site, s.commodity, s.ships, 100 * s.target, *_achieved(s.achieved, s.achieved_decoupled))
        for s in result.stages
        if s.achieved is not None and (s.ships or s.role == "holds")
    )
    return Table(title="Achieved service by simulation", columns=columns, rows=rows)


def _achieved(found: SimulatedStage | None, rival: SimulatedStage | None) -> tuple[Cell, ...]:
    if found is None:
        return (None,) * 9
    cycle, fill = found.cycle_service, found.fill_rate
    return (
        *(100 * share for share in (cycle.value, cycle.lower, cycle.upper)),
        *(100 * share for share in (fill.value, fill.lower, fill.upper)),
        found.backorders,
        found.stock,
        None if rival is None else 100 * rival.fill_rate.value,
    )


def _said_of_service(result: InventoryPositioningResult) -> Text:
    return Text.of(
        Phrase.of(
            "{n} replications of {days} days; late suppliers make late customers, which the model"
            " leaves out.",
            n=Number(value=result.replications),
            days=Number(value=result.days),
        ),
        Phrase.of(
            "Cycle service counts days that end with nothing overdue, fill rate the demand shipped"
            " when due; intervals hold at 95 %."
        ),
    )


def _rounds(result: InventoryPositioningResult) -> Table:
    columns = (
        Column(label="Round"),
        Column(label="Flows", unit=result.money, decimals=0),
        Column(label="Safety stock", unit=result.money, decimals=0),
        Column(label="End to end", unit=result.money, decimals=0),
        Column(label="Kept"),
    )
    rows = tuple(
        (number, at.flow_cost, at.stock_cost, at.total, at.best)
        for number, at in enumerate(result.rounds, start=1)
    )
    return Table(title="Cost of all periods, round by round", columns=columns, rows=rows)


def _said_of_rounds(result: InventoryPositioningResult) -> Text:
    first, best = result.rounds[0].total, min(at.total for at in result.rounds)
    return Text.of(
        Phrase.of(
            "The first round plans flows alone; weighing the stock that they need saves {saved} of"
            " the end-to-end cost. Safety stocks that the scenario sets itself are left out.",
            saved=Number(value=1 - best / first if first else 0.0, percent=True, decimals=2),
        )
    )


def _policies(result: InventoryPositioningResult) -> Table:
    columns = (
        *_PLACE,
        Column(label="Unit"),
        Column(label="Q", decimals=1),
        Column(label="R for cycle service", decimals=1),
        Column(label="Its fill rate", unit="%", decimals=1),
        Column(label="R for fill rate", decimals=1),
        Column(label="Its cycle service", unit="%", decimals=1),
        Column(label="s", decimals=1),
        Column(label="S", decimals=1),
        Column(label="Cycle service of (s, S)", unit="%", decimals=1),
        Column(label="Fill rate of (s, S)", unit="%", decimals=1),
    )
    rows: list[tuple[Cell, ...]] = []
    for s in _holders(result):
        if s.policies is None:
            continue
        cycle, fill, best = s.policies.by_cycle_service, s.policies.by_fill_rate, s.policies.min_max
        level: tuple[Cell, ...] = (None,) * 4
        if best is not None:
            level = (best.point, best.top, 100 * best.cycle_service, 100 * best.fill_rate)
        rows.append(
            (
                s.site, s.commodity, s.unit, cycle.quantity, cycle.point, 100 * cycle.fill_rate,
                fill.point, 100 * fill.cycle_service, *level,
            )
        )  # fmt: skip
    return Table(title="Policies of stocking points", columns=columns, rows=tuple(rows))


def _said_of_policies() -> Text:
    return Text.of(
        Phrase.of(
            "R and Q are for orders at any time, s and S for a look a day; each covers the net"
            " replenishment time of the place. As a rule a fill rate of the target needs less"
            " stock than a cycle service of it."
        )
    )
