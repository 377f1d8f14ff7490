"""The page of a life-test plan: the plan in numbers, chances to pass, duration against units."""

from ops.analyses.life_test_plan_goals_page import accelerated, estimation, remaining
from ops.analyses.life_test_plan_result import (
    DemonstrationPlan,
    DemonstrationRow,
    LifeTestPlanResult,
    PassCurve,
)
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase


def view(result: LifeTestPlanResult) -> Page:
    """Show a life-test plan."""
    sections: list[Section] = []
    if result.demonstration is not None:
        sections += _demonstration(result, result.demonstration)
    if result.estimation is not None:
        sections += estimation(result, result.estimation)
    if result.accelerated is not None:
        sections += accelerated(result, result.accelerated)
    if result.remaining is not None:
        sections += remaining(result, result.remaining)
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Life-test plan", verdicts=result.verdicts, sections=tuple(sections))


def _demonstration(result: LifeTestPlanResult, found: DemonstrationPlan) -> list[Section]:
    plan = found.plan
    figures: list[Block] = [
        Figure(
            label="Units",
            value=plan.units,
            lower=plan.units_lower,
            upper=plan.units_upper,
            decimals=0,
        ),
        Figure(label="Duration of each", value=plan.duration, unit=result.unit, decimals=1),
        Figure(label="Failures accepted", value=plan.accept, decimals=0),
    ]
    if found.multiple_of_units is not None:
        figures.append(
            Figure(
                label="Duration for the units there are",
                value=found.multiple_of_units * result.life,
                unit=result.unit,
                decimals=1,
            )
        )
    sections = [
        Section(
            title="Plan",
            verdict=result.verdicts[0],
            blocks=(*figures, _rows(result, found.rows), *_against_duration(result, found.rows)),
        ),
        Section(title="Probability to pass", blocks=(_passes(result, found),)),
    ]
    if found.fixed is not None and found.fixed_curve is not None:
        sections.append(_fixed(result, found, found.fixed_curve))
    return sections


def _rows(result: LifeTestPlanResult, rows: tuple[DemonstrationRow, ...]) -> Table:
    bounded = any(row.units_lower is not None for row in rows)
    columns = [
        Column(label="Failures accepted"),
        Column(label="Lives", decimals=2),
        Column(label="Duration", unit=result.unit, decimals=1),
        Column(label="Units"),
        Column(label="Confidence", unit="%", decimals=1),
    ]
    if bounded:
        columns += [Column(label="Units from"), Column(label="Units to")]
    body = tuple(
        (row.accept, row.multiple, row.duration, row.units, 100 * row.confidence)
        + ((row.units_lower, row.units_upper) if bounded else ())
        for row in rows
    )
    return Table(title="Tests that show it", columns=tuple(columns), rows=body)


def _against_duration(
    result: LifeTestPlanResult, rows: tuple[DemonstrationRow, ...]
) -> tuple[Chart, ...]:
    accepts = sorted({row.accept for row in rows})
    layers = tuple(
        Layer(
            mark="line",
            label=f"c = {accept}",
            role="fit" if accept == accepts[0] else "data",
            x=tuple(row.duration for row in rows if row.accept == accept),
            y=tuple(row.units for row in rows if row.accept == accept),
        )
        for accept in accepts
    )
    if len(layers[0].x) < 2:
        return ()
    return (
        Chart(
            title="Units against duration",
            x=Axis(label="Duration of each unit", unit=result.unit),
            y=Axis(label="Units", scale="log"),
            layers=layers,
        ),
    )


def _passes(result: LifeTestPlanResult, found: DemonstrationPlan) -> Chart:
    layers = [
        Layer(
            mark="line",
            label=curve.label,
            role="fit" if i == 0 else "data",
            x=curve.true,
            y=tuple(100 * p for p in curve.passes),
        )
        for i, curve in enumerate(found.curves)
    ]
    layers.append(Layer(mark="rule", label="to be shown", role="spec", x=(result.reliability,)))
    return Chart(
        title="Probability to pass, by units / failures accepted",
        x=Axis(label="True share that lasts the life"),
        y=Axis(label="Probability to pass", unit="%"),
        layers=tuple(layers),
    )


def _fixed(result: LifeTestPlanResult, found: DemonstrationPlan, curve: PassCurve) -> Section:
    assert found.fixed is not None
    chart = Chart(
        title="Probability to pass against the MTBF",
        x=Axis(label="True MTBF", unit=result.unit),
        y=Axis(label="Probability to pass", unit="%"),
        layers=(
            Layer(
                mark="line",
                label=curve.label,
                role="fit",
                x=tuple(result.life * m for m in curve.true),
                y=tuple(100 * p for p in curve.passes),
            ),
            Layer(
                mark="rule",
                label="lower and upper MTBF",
                role="spec",
                x=(result.life, found.fixed.upper_mtbf),
            ),
        ),
    )
    return Section(
        title="Constant rate",
        verdict=result.verdicts[1],
        blocks=(
            Figure(
                label="Total time on test",
                value=found.fixed.duration,
                unit=result.unit,
                decimals=0,
            ),
            Figure(label="Failures accepted", value=found.fixed.accept, decimals=0),
            chart,
        ),
    )


def _method(result: LifeTestPlanResult) -> Text:
    shape = Number(value=result.shape, decimals=3)
    assumed = (
        Phrase.of("No distribution is assumed.")
        if result.shape is None
        else Phrase.of(
            "A {family} life with a scale of the log life of {sigma} (shape {shape}) is assumed:"
            " whether it holds is for the test to show.",
            family=result.family.capitalize(),
            sigma=Number(value=1.0 / result.shape, decimals=3),
            shape=shape,
        )
    )
    how = {
        "demonstrate": Phrase.of(
            "Units are the fewest whose binomial probability to pass at the reliability to be shown"
            " is at most one less the confidence."
        ),
        "estimate": Phrase.of(
            "The precision is asymptotic, from the expected information of censored units"
            " (Meeker and Escobar 1998); with few failures it is too hopeful."
        ),
        "accelerate": Phrase.of(
            "The precision is asymptotic, from the expected information of all cells; places are"
            " those of least variance of the log life at use (Meeker and Hahn 1985)."
        ),
        "remaining": Phrase.of(
            "Units without a failure are taken to run on together, and the test to end at a time."
        ),
    }[result.goal]
    return Text.of(how, assumed)
