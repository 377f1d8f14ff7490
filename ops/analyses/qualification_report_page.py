"""The page of a qualification report: stresses, lots, failure rate, early life, standards."""

from ops.analyses.qualification_report_lots_page import WANT, lots_table, standards_table
from ops.analyses.qualification_report_result import (
    EarlyResult,
    QualificationReportResult,
    RateBound,
    RateResult,
    ShapeResult,
    StressResult,
)
from ops.analyses.qualification_report_words import of_early, of_rate
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase


def view(result: QualificationReportResult) -> Page:
    """Show a qualification report."""
    sections = [
        Section(
            title="Stresses",
            verdict=result.verdicts[0],
            blocks=(_stresses(result), _shown(result), _ltpd(result)),
        )
    ]
    sections += [
        Section(title="Failure rate", verdict=of_rate(rate), blocks=_rate(rate))
        for rate in result.rates
    ]
    sections += [
        Section(
            title="Early life",
            verdict=of_early(early),
            blocks=_early(early),
        )
        for early in result.early
    ]
    sections.append(Section(title="Lots", blocks=(lots_table(result),)))
    sections.append(Section(title="Standards named", blocks=(standards_table(result),)))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(
        title="Qualification report",
        verdicts=result.verdicts,
        sections=tuple(sections),
    )


def _stresses(result: QualificationReportResult) -> Table:
    return Table(
        title="Pass or fail by stress",
        columns=(
            Column(label="Stress test"),
            Column(label="Standard"),
            Column(label="Conditions"),
            Column(label="Duration"),
            Column(label="Lots x units"),
            Column(label="Failed"),
            Column(label="Result"),
            Column(label="Falls short of"),
        ),
        rows=tuple(_stress_row(s) for s in result.stresses),
    )


def _stress_row(stress: StressResult) -> tuple[Cell, ...]:
    failed = sum(lot.failures for lot in stress.lots)
    units = sum(lot.units for lot in stress.lots)
    return (
        stress.code,
        stress.standard,
        stress.conditions,
        f"{stress.duration:g} {stress.unit}" if stress.duration else "",
        f"{stress.planned_lots} x {stress.sample}",
        f"{failed}/{units}",
        stress.state,
        ", ".join(WANT[w] for w in stress.want),
    )


def _shown(result: QualificationReportResult) -> Table:
    return Table(
        title="What it shows",
        columns=(
            Column(label="Stress test"),
            Column(label="Units"),
            Column(label="Failed"),
            Column(label="LTPD", unit="%", decimals=2),
            Column(label="Share failing from", unit="%", decimals=3),
            Column(label="Share failing to", unit="%", decimals=3),
            Column(label="Cpk", decimals=2),
            Column(label="Cpk from", decimals=2),
            Column(label="Cpk to", decimals=2),
            Column(label="Cpk wanted", decimals=2),
        ),
        rows=tuple(
            (
                s.code,
                s.units,
                s.failures,
                _percent(s.ltpd),
                _percent(s.lower),
                _percent(s.upper),
                s.cpk,
                s.cpk_lower,
                s.cpk_upper,
                s.cpk_wanted,
            )
            for s in result.stresses
        ),
    )


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _ltpd(result: QualificationReportResult) -> Chart:
    shown = [s for s in result.stresses if s.ltpd is not None]
    return Chart(
        title="LTPD at 90 % confidence",
        x=Axis(label="Stress test", scale="category"),
        y=Axis(label="LTPD", unit="%"),
        layers=(
            Layer(
                mark="bars",
                label="LTPD",
                x=tuple(s.code for s in shown),
                y=tuple(_percent(s.ltpd) for s in shown),
            ),
        ),
    )


def _rate(rate: RateResult) -> tuple[Block, ...]:
    return (
        _estimate("Failure rate", "FIT", rate.estimate, rate.bounds),
        Figure(label="Device hours on test", value=rate.device_hours, unit="h", decimals=0),
        Figure(label="Acceleration", value=rate.acceleration, decimals=1),
        Figure(
            label="Weibull shape",
            value=rate.shape.value,
            lower=rate.shape.lower,
            upper=rate.shape.upper,
            decimals=2,
        ),
        Table(
            title="Bounds",
            columns=(
                Column(label="Confidence, one-sided", unit="%", decimals=1),
                Column(label="Failure rate at most", unit="FIT", decimals=1),
                Column(label="MTTF at least", unit="h", decimals=0),
            ),
            rows=tuple(
                (100 * b.confidence, b.upper, m)
                for b, m in zip(rate.bounds, rate.mttf, strict=True)
            ),
        ),
        Text.of(_flag(rate.shape, rate.failures)),
    )


def _early(early: EarlyResult) -> tuple[Block, ...]:
    return (
        _estimate("Early-life failures", "ppm", early.estimate, early.bounds),
        Figure(label="Acceleration", value=early.acceleration, decimals=1),
        Table(
            title="Bounds",
            columns=(
                Column(label="Confidence, one-sided", unit="%", decimals=1),
                Column(label="Early-life failures at most", unit="ppm", decimals=1),
            ),
            rows=tuple((100 * b.confidence, b.upper) for b in early.bounds),
        ),
        Text.of(_flag(early.shape, early.failures)),
    )


def _flag(shape: ShapeResult, failures: int) -> Phrase:
    numbers: dict[str, Number | str] = {
        "confidence": Number(value=shape.confidence, percent=True, decimals=0),
        "failures": Number(value=failures),
        "p": Number(value=shape.p_value, decimals=4),
        "method": shape.method,
    }
    if shape.state == "unknown":
        return Phrase.of(
            "So few failures ({failures}) do not tell the shape: that the rate is constant is"
            " assumed, not shown.",
            **numbers,
        )
    if shape.state == "constant":
        return Phrase.of(
            "The {confidence} interval of the shape ({method}) holds 1, p = {p}: {failures}"
            " failures do not contradict a constant rate.",
            **numbers,
        )
    return Phrase.of(
        "The {confidence} interval of the shape ({method}) excludes 1, p = {p}: a rate in FIT is"
        " no property of these units, only an average over the test.",
        **numbers,
    )


def _estimate(label: str, unit: str, value: float, bounds: tuple[RateBound, ...]) -> Figure:
    """Show an estimate between the bounds of the highest confidence."""
    widest = max(bounds, key=lambda b: b.confidence)
    return Figure(
        label=label, value=value, unit=unit, lower=widest.lower, upper=widest.upper, decimals=1
    )


def _method(result: QualificationReportResult) -> Text:
    said = [
        Phrase.of(
            "A stress is passed when every planned lot has reached the duration with its units and"
            " no more failures than accepted; what fails after the duration does not count."
        ),
        Phrase.of(
            "LTPD is the share of bad units that the result passes with 10 % probability (exact"
            " binomial); the interval of the share is two-sided, 90 %."
        ),
        Phrase.of(
            "FIT: chi-square with 2 failures + 2 degrees of freedom over device hours times"
            " acceleration, all failures counted (JESD85); early life as JESD74."
        ),
    ]
    if result.not_computed:
        said.append(
            Phrase.of(
                "No rate of {codes}: the plan gives no acceleration.",
                codes=", ".join(result.not_computed),
            )
        )
    return Text.of(*said)
