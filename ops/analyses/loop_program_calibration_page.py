"""The page of a program calibration: corrections, lines, residuals, the controller."""

from ops.analyses.loop_program_calibration_result import (
    CalibrationOfGroup,
    LoopProgramCalibrationResult,
    PointOfProgram,
)
from ops.page import Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_DRAWN_LINES = 8


def view(result: LoopProgramCalibrationResult) -> Page:
    """Show a program calibration."""
    return Page(
        title="Bond program calibration",
        verdicts=result.verdicts,
        sections=(
            Section(title="Corrections", blocks=(_corrections(result), *_made(result))),
            Section(
                title="Calibration", blocks=(_line(result), _residuals(result), _groups(result))
            ),
            Section(title="Method", blocks=(_effect(result), _method(result))),
        ),
    )


def _corrections(result: LoopProgramCalibrationResult) -> Table:
    unit = result.unit
    columns = (
        Column(label="Bonder"),
        Column(label="Program"),
        Column(label="Lots"),
        Column(label="Set-point", unit=unit, decimals=1),
        Column(label="Error", unit=unit, decimals=2),
        Column(label="Error from", unit=unit, decimals=2),
        Column(label="Error to", unit=unit, decimals=2),
        Column(label="Dead band", unit=unit, decimals=2),
        Column(label="Correction", unit=unit, decimals=2),
        Column(label="State"),
        Column(label="Why"),
    )
    rows = tuple(
        (
            c.tool,
            c.program,
            c.lots,
            c.set_point,
            c.error.value if c.error else None,
            c.error.lower if c.error else None,
            c.error.upper if c.error else None,
            c.dead_band,
            c.correction,
            c.state,
            c.reason,
        )
        for c in result.corrections
    )
    return Table(title="Corrections to be made", columns=columns, rows=rows)


def _made(result: LoopProgramCalibrationResult) -> tuple[Table, ...]:
    if not result.made:
        return ()
    unit = result.unit
    columns = (
        Column(label="Bonder"),
        Column(label="Corrections"),
        Column(label="Newest", unit=unit, decimals=2),
        Column(label="Move a day", unit=unit, decimals=3),
        Column(label="Move from", unit=unit, decimals=3),
        Column(label="Move to", unit=unit, decimals=3),
        Column(label="Hides a creep"),
    )
    rows = tuple(
        (
            m.tool,
            m.corrections,
            m.last,
            m.slope.value if m.slope else None,
            m.slope.lower if m.slope else None,
            m.slope.upper if m.slope else None,
            m.hidden_drift,
        )
        for m in result.made
    )
    return (Table(title="Corrections that were made", columns=columns, rows=rows),)


def _line(result: LoopProgramCalibrationResult) -> Chart:
    points = Layer(
        mark="points",
        label="mean of a lot",
        x=tuple(p.set_point for p in result.points),
        y=tuple(p.height for p in result.points),
    )
    layers = [points]
    for group in result.groups[:_DRAWN_LINES]:
        layers += _fitted(group, result.points)
    return Chart(
        title="Measured height against set-point",
        x=Axis(label="Set-point", unit=result.unit),
        y=Axis(label="Measured", unit=result.unit),
        layers=tuple(layers),
    )


def _fitted(group: CalibrationOfGroup, points: tuple[PointOfProgram, ...]) -> list[Layer]:
    """Line of a group with the band of single wires; a short stroke where it has an offset only."""
    offset, centre, band = group.offset, group.centre, group.band
    name = f"{group.package} {group.wire}".strip()
    mine = [p.set_point for p in points if p.group == name]
    if offset is None or centre is None or band is None or not mine:
        return []
    wide = max(0.5, 0.02 * abs(centre)) if group.scale is None else 0.0
    ends = (min(mine) - wide, max(mine) + wide)
    scale = 1.0 if group.scale is None else group.scale.value
    y = tuple(centre + offset.value + scale * (x - centre) for x in ends)
    low, high = tuple(v - band for v in y), tuple(v + band for v in y)
    return [
        Layer(mark="band", label=f"wires {name}", x=ends, y=low, y2=high, role="fit"),
        Layer(mark="line", label=name or "line", x=ends, y=y, role="fit"),
    ]


def _residuals(result: LoopProgramCalibrationResult) -> Chart:
    layers = (
        Layer(
            mark="points",
            label="mean of a lot",
            x=tuple(p.program for p in result.points),
            y=tuple(p.height - p.set_point for p in result.points),
        ),
        Layer(mark="rule", label="set-point", y=(0.0,), role="center"),
    )
    return Chart(
        title="Measured less set-point, by bonder and program",
        x=Axis(label="Bonder and program", scale="category"),
        y=Axis(label="Error", unit=result.unit),
        layers=layers,
    )


def _groups(result: LoopProgramCalibrationResult) -> Table:
    unit = result.unit
    columns = (
        Column(label="Wire"),
        Column(label="Geometry"),
        Column(label="Lots"),
        Column(label="Set-points"),
        Column(label="At", unit=unit, decimals=1),
        Column(label="Offset", unit=unit, decimals=2),
        Column(label="Offset from", unit=unit, decimals=2),
        Column(label="Offset to", unit=unit, decimals=2),
        Column(label="Offset, shrunken", unit=unit, decimals=2),
        Column(label="Scale", decimals=4),
        Column(label="Scale from", decimals=4),
        Column(label="Scale to", decimals=4),
        Column(label="Wire of another lot, +/-", unit=unit, decimals=2),
        Column(label="p of a line", decimals=3),
        Column(label="Reason"),
    )
    return Table(
        title="Offset and scale", columns=columns, rows=tuple(_row(g) for g in result.groups)
    )


def _row(group: CalibrationOfGroup) -> tuple[Cell, ...]:
    offset, scale, drawn = group.offset, group.scale, group.offset_shrunken
    return (
        group.wire,
        group.package,
        group.lots,
        group.set_points,
        group.centre,
        offset.value if offset else None,
        offset.lower if offset else None,
        offset.upper if offset else None,
        drawn.value if drawn else None,
        scale.value if scale else None,
        scale.lower if scale else None,
        scale.upper if scale else None,
        group.band,
        group.p_lack,
        group.reason,
    )


def _effect(result: LoopProgramCalibrationResult) -> Text:
    effect = result.effect
    return Text.of(
        Phrase.of(
            "This controller (weight {weight}, dead band {width} standard errors) raises the"
            " variance of pure noise by {inflation} and makes {rate} corrections in a hundred such"
            " lots;",
            weight=Number(value=result.lambda_),
            width=Number(value=result.width),
            inflation=Number(value=effect.inflation, percent=True, decimals=1),
            rate=Number(value=effect.per_hundred, decimals=2),
        ),
        Phrase.of(
            "it takes out 90 % of a step of 2 sigma within {lots} lots, and follows a drift of 0.1"
            " sigma a lot {lag} sigma behind (simulated).",
            lots=Number(value=effect.lots_to_remove, decimals=0),
            lag=Number(value=effect.lag, decimals=2),
        ),
    )


def _method(result: LoopProgramCalibrationResult) -> Text:
    phrases = [
        Phrase.of("Set-points come from the {source}.", source=result.set_points_from),
        Phrase.of(
            "Intervals hold at {level} and count lots, not wires.",
            level=Number(value=result.confidence, percent=True),
        ),
        Phrase.of(
            "Gauge: bias {bias} {unit} taken off, its standard uncertainty {uncertainty} {unit} is"
            " in the dead band.",
            bias=Number(value=result.gauge_bias),
            uncertainty=Number(value=result.gauge_bias_uncertainty),
            unit=result.unit,
        ),
    ]
    if result.gauge_share is None:
        phrases.append(
            Phrase.of("The gauge was not judged: give gauge_sigma, and a tolerance of two sides.")
        )
    else:
        share = Number(value=result.gauge_share, percent=True, decimals=1)
        phrases.append(Phrase.of("It takes {share} of the tolerance.", share=share))
    if result.sigma_lot is not None:
        phrases.append(
            Phrase.of(
                "Sigma of a lot's error: {sigma} {unit}, from successive lots.",
                sigma=Number(value=result.sigma_lot, decimals=2),
                unit=result.unit,
            )
        )
    if result.without:
        phrases.append(
            Phrase.of("Values without a set-point: {n}.", n=Number(value=result.without))
        )
    return Text.of(*phrases)
