"""The page of loop height charts: guilty strata, their charts, types and wire positions."""

from datetime import UTC, datetime

from ops.analyses.loop_height_result import (
    HeightPoint,
    HeightsDrawn,
    LoopHeightResult,
    StratumOfLoop,
    TypeOfLoop,
)
from ops.page import Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_EVENTS = {
    "capillary-change": "capillary changed",
    "material-change": "material changed",
    "maintenance": "maintenance",
    "calibration": "calibration",
}


def view(result: LoopHeightResult) -> Page:
    """Show charts of loop height."""
    charts = tuple(_chart(one, result.unit) for one in result.charts)
    return Page(
        title="Loop height chart",
        verdicts=(result.verdict,),
        sections=(
            Section(title="Guilty strata", blocks=(_strata(result), *charts)),
            Section(title="Violations", blocks=(_violations(result),)),
            Section(title="Types of loop", blocks=(_types(result), *_offsets(result))),
            Section(title="Method", blocks=_method(result)),
        ),
    )


def _chart(one: HeightsDrawn, unit: str) -> Chart:
    points = one.points
    ts = tuple(point.ts for point in points)
    broken = [point for point in points if point.rules]
    layers = [
        Layer(mark="line", label="mean of unit", x=ts, y=tuple(p.value for p in points)),
        Layer(mark="line", label="centre", x=ts, y=tuple(p.center for p in points), role="center"),
        Layer(mark="line", label="upper limit", x=ts, y=tuple(p.upper for p in points),
              role="limit"),
        Layer(mark="line", label="lower limit", x=ts, y=tuple(p.lower for p in points),
              role="limit"),
    ]  # fmt: skip
    if broken:
        layers.append(
            Layer(
                mark="points",
                label="violation",
                x=tuple(p.ts for p in broken),
                y=tuple(p.value for p in broken),
                role="signal",
            )
        )
    for kind in dict.fromkeys(event.kind for event in one.events):
        at = tuple(event.ts for event in one.events if event.kind == kind)
        layers.append(Layer(mark="rule", label=_EVENTS.get(kind, kind), x=at, role="event"))
    title = " ".join(part for part in (one.tool, one.type, one.part) if part)
    return Chart(
        title=title,
        x=Axis(label="Time", scale="time"),
        y=Axis(label="Mean height of a unit", unit=unit),
        layers=tuple(layers),
    )


def _strata(result: LoopHeightResult) -> Table:
    unit = result.unit
    columns = (
        Column(label="Bonder"),
        Column(label="Capillary"),
        Column(label="Type"),
        Column(label="Part"),
        Column(label="Units"),
        Column(label="Mean", unit=unit, decimals=2),
        Column(label="Shift", unit=unit, decimals=2),
        Column(label="Shift from", unit=unit, decimals=2),
        Column(label="Shift to", unit=unit, decimals=2),
        Column(label="Centre of limits", unit=unit, decimals=2),
        Column(label="Sigma of limits", unit=unit, decimals=2),
        Column(label="Judged"),
        Column(label="Violations"),
        Column(label="Violations by chance", decimals=1),
        Column(label="Spread beyond limits"),
        Column(label="Touch-downs at the last violation", decimals=0),
    )
    rows = tuple(_stratum(one) for one in result.strata[:60])
    return Table(title="Bonders and capillaries, guiltiest first", columns=columns, rows=rows)


def _stratum(one: StratumOfLoop) -> tuple[Cell, ...]:
    return (
        one.tool,
        one.capillary,
        one.type,
        one.part,
        one.units,
        one.mean,
        one.shift,
        one.lower,
        one.upper,
        one.center,
        one.sigma,
        one.judged,
        one.violations,
        one.expected,
        one.spread,
        one.touch_downs,
    )


def _violations(result: LoopHeightResult) -> Table:
    columns = (
        Column(label="Bonder"),
        Column(label="Time"),
        Column(label="Mean of unit", unit=result.unit, decimals=2),
        Column(label="Rules"),
        Column(label="Touch-downs since change", decimals=0),
        Column(label="Last event before"),
    )
    found = [(one, point) for one in result.charts for point in one.points if point.rules]
    rows = tuple(_violation(one, point) for one, point in found[-60:])
    return Table(title="Newest violations of the bonders drawn", columns=columns, rows=rows)


def _violation(one: HeightsDrawn, point: HeightPoint) -> tuple[Cell, ...]:
    before = [event for event in one.events if event.ts <= point.ts]
    last = _EVENTS.get(before[-1].kind, before[-1].kind) if before else ""
    return (one.tool, _said(point.ts), point.value, point.rules, point.touch_downs, last)


def _said(ts: int) -> str:
    return datetime.fromtimestamp(ts / 1e6, UTC).strftime("%Y-%m-%d %H:%M")


def _types(result: LoopHeightResult) -> Table:
    unit = result.unit
    columns = (
        Column(label="Type"),
        Column(label="Part"),
        Column(label="Units"),
        Column(label="Bonders"),
        Column(label="Mean", unit=unit, decimals=2),
        Column(label="Sigma of unit means", unit=unit, decimals=2),
        Column(label="Sigma within units", unit=unit, decimals=2),
        Column(label="Serial correlation", decimals=2),
        Column(label="Sigma of limits by"),
        Column(label="Left out"),
        Column(label="Reason"),
    )
    return Table(
        title="What was charted", columns=columns, rows=tuple(_type(one) for one in result.types)
    )


def _type(one: TypeOfLoop) -> tuple[Cell, ...]:
    return (
        one.type or "all",
        one.part,
        one.units,
        one.tools,
        one.mean,
        one.sigma,
        one.within,
        one.phi,
        one.estimator,
        one.excluded,
        one.reason,
    )


def _offsets(result: LoopHeightResult) -> tuple[Chart, ...]:
    found = [one for one in result.types if one.offsets][:4]
    return tuple(_positions(one, result.unit) for one in found)


def _positions(one: TypeOfLoop, unit: str) -> Chart:
    places = tuple(offset.position for offset in one.offsets)
    title = "Height by wire position"
    return Chart(
        title=" ".join(part for part in (title, one.type, one.part) if part),
        x=Axis(label="Wire", scale="category"),
        y=Axis(label="Less the mean of its unit", unit=unit),
        layers=(
            Layer(
                mark="line",
                label="lower bound",
                x=places,
                y=tuple(offset.lower for offset in one.offsets),
                role="limit",
            ),
            Layer(
                mark="line",
                label="upper bound",
                x=places,
                y=tuple(offset.upper for offset in one.offsets),
                role="limit",
            ),
            Layer(
                mark="points",
                label="offset",
                x=places,
                y=tuple(offset.value for offset in one.offsets),
                role="center",
            ),
        ),
    )


def _method(result: LoopHeightResult) -> tuple[Text, ...]:
    limits = (
        Phrase.of("Limits are those of the approved design {design}.", design=result.design)
        if result.design
        else Phrase.of(
            "Limits of each bonder come from the first part of the window (phase I); only later"
            " units count as violations."
        )
    )
    return (
        Text.of(
            Phrase.of(
                "The wires of a unit are one subgroup. Units differ by more than their wires"
                " explain, so unit means are charted as individuals with the sigma between units;"
                " the spread of wires within units has limits of its own (three-way chart)."
            ),
            Phrase.of("Offsets of wire positions are taken out before."),
            limits,
        ),
        Text.of(
            Phrase.of(
                "A bonder is compared with the median of those of its type, a capillary with the"
                " median of those of its bonder; intervals hold for all of them together at"
                " {level}, with serial correlation allowed for.",
                level=Number(value=result.confidence, percent=True),
            ),
            Phrase.of(
                "Violations by chance are simulated for limits from a phase I of this size; with"
                " exact limits these rules run {arl0} independent units without one.",
                arl0=Number(value=result.arl0, decimals=0),
            ),
        ),
        Text.of(*(Phrase.of("Rule: {sentence}.", sentence=rule) for rule in result.rules)),
    )
