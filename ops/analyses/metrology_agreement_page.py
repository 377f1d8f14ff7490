"""The page of a metrology agreement: differences on means, bias over time, by stratum."""

from ops.analyses.metrology_agreement_result import (
    AgreementOfGroup,
    BoundedNumber,
    MetrologyAgreementResult,
)
from ops.page import Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase


def view(result: MetrologyAgreementResult) -> Page:
    """Show a metrology agreement."""
    return Page(
        title="Metrology agreement",
        verdicts=(result.verdict,),
        sections=(
            Section(title="Agreement", blocks=(*_figures(result), _differences(result))),
            Section(title="By stratum and over time", blocks=(_table(result), _over_time(result))),
            Section(title="Method", blocks=(_method(result),)),
        ),
    )


def _figures(result: MetrologyAgreementResult) -> tuple[Figure, ...]:
    pool = result.pool
    shown = (
        ("Bias", pool.bias, result.unit),
        ("Lower limit of agreement", pool.lower, result.unit),
        ("Upper limit of agreement", pool.upper, result.unit),
        ("Slope of Deming's line", pool.slope, ""),
    )
    return tuple(_figure(label, number, unit) for label, number, unit in shown)


def _figure(label: str, number: BoundedNumber | None, unit: str) -> Figure:
    if number is None:
        return Figure(label=label, value=None, unit=unit)
    return Figure(
        label=label, value=number.value, unit=unit, lower=number.lower, upper=number.upper
    )


def _differences(result: MetrologyAgreementResult) -> Chart:
    layers = [
        Layer(mark="points", label="wires", x=result.mean, y=result.difference),
    ]
    rules = (
        ("bias", result.pool.bias, "center"),
        ("limits of agreement", result.pool.lower, "limit"),
        ("limits of agreement", result.pool.upper, "limit"),
    )
    for label, number, role in rules:
        if number is not None:
            layer = {"mark": "rule", "label": label, "role": role, "y": (number.value,)}
            layers.append(Layer.model_validate(layer))
    return Chart(
        title="Difference on mean of both",
        x=Axis(label="Mean of both", unit=result.unit),
        y=Axis(label="Compared less reference", unit=result.unit),
        layers=tuple(layers),
    )


def _over_time(result: MetrologyAgreementResult) -> Chart:
    levels = tuple(dict.fromkeys(period.level for period in result.periods))
    layers = tuple(
        Layer(
            mark="line",
            label=level or result.compared,
            x=tuple(p.start for p in result.periods if p.level == level),
            y=tuple(p.bias for p in result.periods if p.level == level),
        )
        for level in levels
    )
    return Chart(
        title="Bias over time",
        x=Axis(label="Time", scale="time"),
        y=Axis(label="Mean difference", unit=result.unit),
        layers=layers,
    )


def _table(result: MetrologyAgreementResult) -> Table:
    unit = result.unit
    columns = (
        Column(label=result.stratum or "Stratum"),
        Column(label="Units"),
        Column(label="Wires"),
        Column(label="Bias", unit=unit, decimals=2),
        Column(label="Bias from", unit=unit, decimals=2),
        Column(label="Bias to", unit=unit, decimals=2),
        Column(label="Sigma of a difference", unit=unit, decimals=2),
        Column(label="Between units", unit=unit, decimals=2),
        Column(label="Within units", unit=unit, decimals=2),
        Column(label="Deming slope", decimals=3),
        Column(label="Reason"),
    )
    rows = tuple(_row(group) for group in (result.pool, *result.strata))
    return Table(title="Pool and strata", columns=columns, rows=rows)


def _row(group: AgreementOfGroup) -> tuple[Cell, ...]:
    bias, slope = group.bias, group.slope
    return (
        group.level or "pool",
        group.units,
        group.pairs,
        None if bias is None else bias.value,
        None if bias is None else bias.lower,
        None if bias is None else bias.upper,
        group.sd,
        group.sd_between,
        group.sd_within,
        None if slope is None else slope.value,
        group.reason,
    )


def _method(result: MetrologyAgreementResult) -> Text:
    return Text.of(
        Phrase.of(
            "Wires measured by both are joined by unit and position; intervals hold at {level} and"
            " count units, not wires.",
            level=Number(value=result.confidence, percent=True),
        ),
        Phrase.of("Limits of agreement hold 95 % of single differences (Bland and Altman 1999)."),
        Phrase.of(
            "Deming's line takes the error variance of the compared as {ratio} times that of the"
            " reference.",
            ratio=Number(value=result.ratio),
        ),
    )
