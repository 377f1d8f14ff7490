"""Sections of a life-test plan: precision, accelerated cells, time that remains."""

from ops.analyses.life_test_plan_result import (
    AcceleratedDesign,
    AcceleratedPlan,
    EstimationPlan,
    LifeTestPlanResult,
    RemainingPlan,
)
from ops.page import Block, Figure, Section
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table

_TITLE = {"optimum": "Optimum design", "compromise": "Compromise design", "own": "Your own cells"}


def estimation(result: LifeTestPlanResult, found: EstimationPlan) -> list[Section]:
    """Show units, duration and precision."""
    plan = found.plan
    rows = tuple((r.duration, r.units, r.factor, r.expected, 100 * r.few) for r in found.rows)
    table = Table(
        title="Units against duration for the factor",
        columns=(
            Column(label="Duration", unit=result.unit, decimals=1),
            Column(label="Units"),
            Column(label="Precision factor", decimals=3),
            Column(label="Failures expected", decimals=1),
            Column(label="Fewer than 3 failures", unit="%", decimals=2),
        ),
        rows=rows,
    )
    chart = Chart(
        title="Units against duration",
        x=Axis(label="Duration", unit=result.unit, scale="log"),
        y=Axis(label="Units", scale="log"),
        layers=(
            Layer(
                mark="line",
                label="units for the factor",
                role="fit",
                x=tuple(r.duration for r in found.rows),
                y=tuple(r.units for r in found.rows),
            ),
            Layer(mark="points", label="plan", role="signal", x=(plan.duration,), y=(plan.units,)),
        ),
    )
    figures: tuple[Block, ...] = (
        Figure(label="Units", value=plan.units, decimals=0),
        Figure(label="Duration", value=plan.duration, unit=result.unit, decimals=1),
        Figure(
            label="Life to be told",
            value=found.assumed_life,
            unit=result.unit,
            lower=found.lower,
            upper=found.upper,
            decimals=1,
        ),
        Figure(label="Failures expected", value=plan.expected, decimals=1),
        Figure(label="Units that the factor needs", value=found.needed.units, decimals=0),
    )
    return [Section(title="Plan", verdict=result.verdicts[0], blocks=(*figures, table, chart))]


def accelerated(result: LifeTestPlanResult, found: AcceleratedPlan) -> list[Section]:
    """Show the cells of each design, and the designs side by side."""
    life = found.assumed_life
    sections = [
        Section(
            title="Designs",
            verdict=result.verdicts[0],
            blocks=(_side_by_side(result, found), _expected(found)),
        )
    ]
    for i, design in enumerate(found.designs):
        sections.append(
            Section(
                title=_TITLE[design.name],
                verdict=result.verdicts[1] if i == 0 else None,
                blocks=(
                    Figure(
                        label="Life at use",
                        value=life,
                        unit=result.unit,
                        lower=life / design.factor,
                        upper=life * design.factor,
                        decimals=0,
                    ),
                    _cells(found, design),
                ),
            )
        )
    return sections


def _side_by_side(result: LifeTestPlanResult, found: AcceleratedPlan) -> Table:
    return Table(
        title="Designs side by side",
        columns=(
            Column(label="Design"),
            Column(label="Units"),
            Column(label="Precision factor", decimals=3),
            Column(label="Life from", unit=result.unit, decimals=0),
            Column(label="Life to", unit=result.unit, decimals=0),
            Column(label="Too few failures in a cell", unit="%", decimals=1),
            Column(label="Units that the factor needs"),
        ),
        rows=tuple(
            (
                d.name,
                d.units,
                d.factor,
                found.assumed_life / d.factor,
                found.assumed_life * d.factor,
                100 * d.any_few,
                d.needed,
            )
            for d in found.designs
        ),
    )


def _expected(found: AcceleratedPlan) -> Chart:
    design = found.designs[0]
    names = tuple(_name(found, cell.levels) for cell in design.cells)
    return Chart(
        title="Failures expected in each cell",
        x=Axis(label="Cell", scale="category"),
        y=Axis(label="Failures expected"),
        layers=(
            Layer(
                mark="bars",
                label=design.name,
                x=names,
                y=tuple(cell.expected for cell in design.cells),
            ),
            Layer(mark="rule", label="wanted", role="limit", y=(float(found.wanted),)),
        ),
    )


def _name(found: AcceleratedPlan, levels: tuple[float, ...]) -> str:
    return ", ".join(f"{x:.4g} {unit}" for x, unit in zip(levels, found.units, strict=True))


def _cells(found: AcceleratedPlan, design: AcceleratedDesign) -> Table:
    stresses = zip(found.stresses, found.units, strict=True)
    return Table(
        title="Cells",
        columns=(
            *(Column(label=name, unit=unit, decimals=1) for name, unit in stresses),
            Column(label="Units"),
            Column(label="Failing", unit="%", decimals=1),
            Column(label="Failures expected", decimals=1),
            Column(label="Too few failures", unit="%", decimals=1),
        ),
        rows=tuple(
            (*c.levels, c.units, 100 * c.failing, c.expected, 100 * c.few) for c in design.cells
        ),
    )


def remaining(result: LifeTestPlanResult, found: RemainingPlan) -> list[Section]:
    """Show the further time, for further failures too, and what is to be expected of it."""
    first = found.rows[0]
    figures: list[Block] = [
        Figure(
            label="Further time",
            value=first.estimate,
            unit=result.unit,
            lower=first.lower,
            upper=first.upper,
            decimals=1,
        ),
        Figure(label="Units that still run", value=found.running, decimals=0),
        Figure(label="Failures so far", value=found.failures, decimals=0),
        Figure(label="Longest time so far", value=found.longest, unit=result.unit, decimals=1),
    ]
    if found.shape is not None:
        figures.append(
            Figure(
                label="Weibull shape",
                value=found.shape,
                lower=found.shape_lower,
                upper=found.shape_upper,
                decimals=2,
            )
        )
    table = Table(
        title="Further time",
        columns=(
            Column(label="Further failures"),
            Column(label="Further time", unit=result.unit, decimals=1),
            Column(label="From", unit=result.unit, decimals=1),
            Column(label="To", unit=result.unit, decimals=1),
            Column(label="No failure meanwhile", unit="%", decimals=1),
        ),
        rows=tuple(
            (
                row.further_failures,
                row.estimate,
                row.lower,
                row.upper,
                None if row.chance is None else 100 * row.chance,
            )
            for row in found.rows
        ),
    )
    blocks: tuple[Block, ...] = (*figures, table)
    if found.further:
        blocks = (*blocks, _to_come(result, found))
    return [Section(title="Time that remains", verdict=result.verdicts[0], blocks=blocks)]


def _to_come(result: LifeTestPlanResult, found: RemainingPlan) -> Chart:
    ends = [x for x in (found.rows[0].lower, found.rows[0].estimate, found.rows[0].upper) if x]
    layers = [
        Layer(mark="line", label="expected", role="fit", x=found.further, y=found.expected),
        *([Layer(mark="rule", label="further time", role="limit", x=tuple(ends))] if ends else []),
    ]
    return Chart(
        title="Failures to come",
        x=Axis(label="Further time", unit=result.unit),
        y=Axis(label="Further failures expected"),
        layers=tuple(layers),
    )
