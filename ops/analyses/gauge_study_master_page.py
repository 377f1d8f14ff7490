"""Sections of studies of masters: type 1, linearity, stability."""

from ops.analyses.gauge_study_result import (
    GaugeEstimate,
    GaugeStudyResult,
    LinearityOutcome,
    StabilityOutcome,
    TypeOneOutcome,
)
from ops.page import Figure, Section
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table


def master_section(result: GaugeStudyResult) -> Section:
    """Show the one outcome that a study of masters has."""
    if result.type_one is not None:
        return _type_one(result, result.type_one)
    if result.linearity is not None:
        return _linearity(result, result.linearity)
    assert result.stability is not None
    return _stability(result, result.stability)


def _type_one(result: GaugeStudyResult, found: TypeOneOutcome) -> Section:
    places = tuple(float(i + 1) for i in range(len(found.values)))
    run = Chart(
        title="Measurements of the master",
        x=Axis(label="Measurement"),
        y=Axis(label=result.title, unit=result.unit),
        layers=(
            Layer(mark="line", label="measured", x=places, y=found.values),
            Layer(mark="rule", label="reference", role="center", y=(found.reference,)),
            Layer(mark="rule", label="mean", role="fit", y=(found.mean,)),
        ),
    )
    percent = "%"
    return Section(
        title="Type 1",
        blocks=(
            _figure("Cg", found.cg, "", 2),
            Figure(label="Cgk", value=found.cgk, decimals=2),
            _figure("Bias", found.bias, result.unit, 5),
            Figure(label="p of no bias", value=found.p, decimals=4),
            _figure("Standard deviation", found.sd, result.unit, 5),
            Figure(label="%Var, repeatability", value=found.repeatability_percent, unit=percent),
            Figure(label="%Var, with bias", value=found.total_percent, unit=percent),
            run,
        ),
    )


def _linearity(result: GaugeStudyResult, found: LinearityOutcome) -> Section:
    points = found.points
    x = tuple(p.reference for p in points)
    chart = Chart(
        title="Bias along the range",
        x=Axis(label="Reference", unit=result.unit),
        y=Axis(label="Bias", unit=result.unit),
        layers=(
            Layer(
                mark="band",
                label="band of the line",
                role="fit",
                x=x,
                y=tuple(p.lower for p in points),
                y2=tuple(p.upper for p in points),
            ),
            Layer(mark="line", label="line", role="fit", x=x, y=tuple(p.fit for p in points)),
            Layer(mark="points", label="mean bias", x=x, y=tuple(p.bias.value for p in points)),
            Layer(mark="rule", label="no bias", role="center", y=(0.0,)),
        ),
    )
    columns = (
        Column(label="Reference", unit=result.unit),
        Column(label="n"),
        Column(label="Bias", unit=result.unit, decimals=5),
        Column(label="from", unit=result.unit, decimals=5),
        Column(label="to", unit=result.unit, decimals=5),
        Column(label="p", decimals=4),
    )
    rows = tuple((p.reference, p.n, p.bias.value, p.bias.lower, p.bias.upper, p.p) for p in points)
    return Section(
        title="Linearity",
        blocks=(
            _figure("Slope", found.slope, "", 5),
            _figure("Intercept", found.intercept, result.unit, 5),
            Figure(label="%linearity", value=found.percent, unit="%", decimals=2),
            chart,
            Table(title="Bias by reference", columns=columns, rows=rows),
        ),
    )


def _stability(result: GaugeStudyResult, found: StabilityOutcome) -> Section:
    ts = tuple(float(t) for t in found.ts)
    marked = [i for i, signal in enumerate(found.signal) if signal]
    layers = [
        Layer(mark="line", label="master", x=ts, y=found.value),
        Layer(mark="line", label="lower limit", role="limit", x=ts, y=found.lower),
        Layer(mark="line", label="upper limit", role="limit", x=ts, y=found.upper),
        Layer(mark="rule", label="centre", role="center", y=(found.center,)),
        Layer(
            mark="points",
            label="breaks a rule",
            role="signal",
            x=tuple(ts[i] for i in marked),
            y=tuple(found.value[i] for i in marked),
        ),
    ]
    chart = Chart(
        title="The master over time",
        x=Axis(label="Time", scale="time"),
        y=Axis(label=result.title, unit=result.unit),
        layers=tuple(layers),
    )
    blocks = [
        _figure("Drift", found.drift_per_day, f"{result.unit}/day", 6),
        Figure(label="p of no drift", value=found.p, decimals=4),
    ]
    if found.bias is not None:
        blocks.append(_figure("Bias", found.bias, result.unit, 5))
    return Section(title="Stability", blocks=(*blocks, chart))


def _figure(label: str, estimate: GaugeEstimate, unit: str, decimals: int) -> Figure:
    return Figure(
        label=label,
        value=estimate.value,
        unit=unit,
        lower=estimate.lower,
        upper=estimate.upper,
        decimals=decimals,
    )
