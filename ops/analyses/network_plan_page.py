"""The page of a network plan: the answer in sentences, then figures, money, sites and flows."""

from ops.analyses.network_plan_charts import climb, cost_chart, front_chart
from ops.analyses.network_plan_map import map_blocks
from ops.analyses.network_plan_result import NetworkPlanResult, PlanFigures
from ops.analyses.network_plan_tables import (
    bottleneck_table,
    cost_table,
    flow_table,
    front_table,
    making_tables,
    service_table,
    site_table,
)
from ops.analyses.network_plan_ways import way_blocks
from ops.analyses.network_plan_why import reason_blocks
from ops.analyses.network_plan_words import front_words, verdicts
from ops.analyses.network_savings import savings_blocks, savings_verdicts
from ops.page import Block, Figure, Page, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def view(result: NetworkPlanResult) -> Page:
    """Show a network plan."""
    sections: list[Section] = []
    if result.reasons.ways_out:
        sections.append(Section(title="Ways out", blocks=way_blocks(result)))
    if result.flaws:
        sections.append(Section(title="Flaws", blocks=(_flaws(result),)))
    if result.figures is not None:
        sections += _plan(result, result.figures)
    if result.savings is not None:
        saved = savings_blocks(result.savings, result.money)
        sections.append(Section(title="Savings", blocks=saved))
    if result.front:
        blocks: tuple[Block, ...] = (front_chart(result), front_words(result), front_table(result))
        sections.append(Section(title="Cost against CO2", blocks=blocks))
    if result.status not in ("valid", "invalid"):
        sections.append(Section(title="How it was solved", blocks=_solve(result)))
    if result.remarks or result.edits:
        sections.append(Section(title="Assumptions", blocks=_assumptions(result)))
    title = f"Network plan: {result.title or result.scenario}"
    said = (*verdicts(result), *savings_verdicts(result.savings, result.money))
    return Page(title=title, verdicts=said, sections=tuple(sections))


def _plan(result: NetworkPlanResult, found: PlanFigures) -> list[Section]:
    sections = [
        Section(title="Figures", blocks=_figures(result, found)),
        Section(title="Network", blocks=map_blocks(result)),
        Section(title="Money", blocks=(cost_chart(result), cost_table(result))),
        Section(
            title="Bottlenecks and reasons",
            blocks=(bottleneck_table(result), *reason_blocks(result)),
        ),
        Section(title="Sites", blocks=(site_table(result),)),
        Section(title="Flows", blocks=(flow_table(result), *_left_out(result))),
    ]
    made = making_tables(result)
    if made:
        sections.append(Section(title="Production, purchases, stock", blocks=made))
    sections.append(Section(title="Service", blocks=(service_table(result),)))
    return sections


def _figures(result: NetworkPlanResult, found: PlanFigures) -> tuple[Block, ...]:
    money = result.money

    def share(value: float | None) -> float | None:
        return None if value is None else 100.0 * value

    return (
        Figure(label="Total landed cost", value=found.landed_cost, unit=money, decimals=0),
        Figure(label="Cost per unit served", value=found.cost_per_unit, unit=money, decimals=2),
        Figure(label="Service level", value=share(found.service_level), unit="%", decimals=2),
        Figure(label="Fill rate", value=share(found.fill_rate), unit="%", decimals=2),
        Figure(label="Lead time to customers", value=found.lead_days, unit="day", decimals=2),
        Figure(
            label="Distance to customers", value=found.distance_km or None, unit="km", decimals=0
        ),
        Figure(label="CO2 of transport", value=found.co2_kg, unit="kg", decimals=0),
        Figure(label="Utilisation", value=share(found.utilisation), unit="%", decimals=1),
        Figure(label="Inventory turns", value=found.turns, unit="1/a", decimals=1),
        Figure(label="Open sites, of those to decide", value=found.open_sites, decimals=1),
    )


def _left_out(result: NetworkPlanResult) -> tuple[Text, ...]:
    return tuple(
        Text.of(
            Phrase.of(
                "The table of {table} keeps the largest rows; left out: {n}.",
                table=name,
                n=Number(value=missing, decimals=0),
            )
        )
        for name, missing in result.tables.left_out.items()
    )


def _flaws(result: NetworkPlanResult) -> Table:
    return Table(
        title="What is wrong with the scenario",
        columns=(Column(label="Pointer"), Column(label="Mend")),
        rows=tuple((flaw.pointer or "/", flaw.detail) for flaw in result.flaws),
    )


def _solve(result: NetworkPlanResult) -> tuple[Block, ...]:
    size = Phrase.of(
        "The model has {columns} variables ({integers} of them whole) and {rows} constraints;"
        " {nodes} nodes were searched in {iterations} simplex iterations.",
        columns=Number(value=result.columns, decimals=0),
        integers=Number(value=result.integers, decimals=0),
        rows=Number(value=result.rows, decimals=0),
        nodes=Number(value=result.nodes, decimals=0),
        iterations=Number(value=result.iterations, decimals=0),
    )
    blocks: list[Block] = [Text.of(size)]
    if result.improvements:
        blocks.append(climb(result))
    return tuple(blocks)


def _assumptions(result: NetworkPlanResult) -> tuple[Text, ...]:
    """Say what was edited and assumed when the scenario became arrays; and what is unsafe."""
    edits = [Phrase.of("Edited before planning: {edit}.", edit=edit) for edit in result.edits]
    assumed = (
        Phrase.of(
            r.text,
            **{k: v if isinstance(v, str) else Number(value=v) for k, v in r.values.items()},
        )
        for r in result.remarks
    )
    return (*((Text.of(*edits),) if edits else ()), *map(Text.of, assumed))
