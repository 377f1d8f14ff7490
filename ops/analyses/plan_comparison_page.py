"""The page of a comparison: the verdict with the gate that failed, then plans side by side."""

from ops.analyses.network_savings import savings_blocks
from ops.analyses.plan_comparison_charts import capacity_chart, kpi_chart, waterfall
from ops.analyses.plan_comparison_layers_page import layer_section, layer_verdicts
from ops.analyses.plan_comparison_result import (
    CandidateChange,
    ComparedPlan,
    PlanComparisonResult,
)
from ops.analyses.plan_comparison_words import verdicts
from ops.page import Block, Page, Section, Text
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

SHOWN = 15  # flows in a table


def view(result: PlanComparisonResult) -> Page:
    """Show a comparison."""
    sections = [Section(title="Side by side", blocks=_side_by_side(result))]
    for change in result.changes:
        sections.append(Section(title=f"Plan {change.name}", blocks=_changed(result, change)))
    for plan in result.plans:
        if plan.savings is not None:
            blocks = savings_blocks(plan.savings, result.money)
            sections.append(Section(title=f"Savings: {plan.name}", blocks=blocks))
    said = verdicts(result)
    if result.layers is not None:
        sections.append(layer_section(result.layers))
        said = (*said, *layer_verdicts(result.layers))
    return Page(title="Plan comparison", verdicts=said, sections=tuple(sections))


def _side_by_side(result: PlanComparisonResult) -> tuple[Block, ...]:
    columns = (Column(label="Figure"), Column(label="Unit"),
               *(Column(label=plan.name) for plan in result.plans))  # fmt: skip
    rows = tuple(
        (label, unit, *(_value(plan, name, unit) for plan in result.plans))
        for name, label, unit in _figures(result)
    )
    blocks: list[Block] = [Table(title="Figures of the network", columns=columns, rows=rows)]
    if result.changes:
        blocks.append(kpi_chart(result))
    named = [
        Phrase.of("{name}: {title} (run {run}, {status}).", name=plan.name, title=plan.title,
                  run=plan.run, status=plan.status)
        for plan in result.plans
    ]  # fmt: skip
    blocks.append(Text.of(*named))
    return tuple(blocks)


def _figures(result: PlanComparisonResult) -> list[tuple[str, str, str]]:
    rows = [
        ("landed_cost", "Total landed cost", result.money),
        ("cost_per_unit", "Cost per unit served", result.money),
        ("service_level", "Service level", "%"),
        ("fill_rate", "Fill rate", "%"),
        ("lead_days", "Lead time to customers", "day"),
        ("distance_km", "Distance to customers", "km"),
        ("co2_kg", "CO2 of transport", "kg"),
        ("utilisation", "Utilisation", "%"),
        ("turns", "Inventory turns", "1/a"),
        ("open_sites", "Open sites, of those to decide", ""),
        ("bottleneck", "Bottleneck", ""),
    ]
    if any(plan.robustness is not None for plan in result.plans):
        rows += [
            ("expected", "Expected loss under stress", result.money),
            ("cvar", "CVaR under stress", result.money),
        ]
    if any(plan.savings is not None for plan in result.plans):
        rows += [("saving", "Saving against the past", result.money), ("status", "Baseline", "")]
    return rows


def _value(plan: ComparedPlan, name: str, unit: str) -> Cell:
    if name == "bottleneck":
        tight = plan.bottleneck
        return "" if tight is None else f"{tight.kind} {tight.code}"
    if name in ("expected", "cvar"):
        return None if plan.robustness is None else getattr(plan.robustness, name)
    if name in ("saving", "status"):
        return None if plan.savings is None else getattr(plan.savings, name)
    value: float | None = getattr(plan.figures, name)
    return None if value is None else 100.0 * value if unit == "%" else value


def _changed(result: PlanComparisonResult, change: CandidateChange) -> tuple[Block, ...]:
    reference = result.plans[0].figures.landed_cost
    blocks: list[Block] = [
        _gates(change),
        waterfall(change.categories, reference, result.money, change.name),
        _money(result, change),
        capacity_chart(change),
    ]
    if change.sites:
        blocks.append(_sites(change))
    if change.flows:
        blocks += [_flows(change), _of_all(change)]
    return tuple(blocks)


def _gates(change: CandidateChange) -> Table:
    columns = (
        Column(label="Gate"),
        Column(label="Unit"),
        Column(label="Figure"),
        Column(label="Condition"),
        Column(label="Limit"),
        Column(label="Result"),
    )
    rows = tuple(
        (
            gate.title,
            "%" if gate.unit == "share" else gate.unit,
            None if gate.value is None else gate.value * (100.0 if gate.unit == "share" else 1.0),
            "at least" if gate.at_least else "at most",
            gate.limit * (100.0 if gate.unit == "share" else 1.0),
            "passed" if gate.passed else "failed",
        )
        for gate in change.gates
    )
    return Table(title="Gates of acceptance", columns=columns, rows=rows)


def _money(result: PlanComparisonResult, change: CandidateChange) -> Table:
    columns = (
        Column(label="Category"),
        Column(label="Reference", unit=result.money, decimals=0),
        Column(label=change.name, unit=result.money, decimals=0),
        Column(label="Change", unit=result.money, decimals=0),
    )
    rows = tuple((c.category, c.reference, c.candidate, c.change) for c in change.categories)
    return Table(title="Money by category", columns=columns, rows=rows)


def _sites(change: CandidateChange) -> Table:
    columns = (Column(label="Site"), Column(label="Opened in"), Column(label="Closed in"))
    rows = tuple((s.site, ", ".join(s.opened), ", ".join(s.closed)) for s in change.sites)
    return Table(title="Sites that open or close", columns=columns, rows=rows)


def _flows(change: CandidateChange) -> Table:
    columns = (
        Column(label="Lane"),
        Column(label="Commodity"),
        Column(label="Reference", decimals=1),
        Column(label=change.name, decimals=1),
        Column(label="Change", decimals=1),
    )
    rows = tuple(
        (f.lane, f.commodity, f.reference, f.candidate, f.change) for f in change.flows[:SHOWN]
    )
    return Table(title="Flows that changed most, units", columns=columns, rows=rows)


def _of_all(change: CandidateChange) -> Text:
    return Text.of(
        Phrase.of(
            "Of {n} flows that changed, the largest are shown.",
            n=Number(value=change.flows_in_all, decimals=0),
        )
    )
