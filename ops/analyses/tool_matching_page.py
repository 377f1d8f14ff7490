"""The page of a tool matching: offsets with intervals, the tools in numbers, all pairs."""

from ops.analyses.tool_matching_result import (
    FleetOfCharacteristic,
    MatchedTool,
    ToolMatchingResult,
)
from ops.analyses.tool_matching_words import decimals
from ops.page import Block, Figure, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Matrix, Table
from ops.page_value import Number, Phrase
from ops.shown_unit import shown_unit

_ORDER = {"bad": 0, "warn": 1, "info": 2, "good": 3}


def view(result: ToolMatchingResult) -> Page:
    """Show a tool matching."""
    said = [v for fleet in result.characteristics for v in fleet.verdicts]
    sections = [_section(result, fleet) for fleet in result.characteristics if fleet.pairs]
    brief = [fleet for fleet in result.characteristics if not fleet.pairs]
    if brief:
        sections.append(Section(title="Other characteristics", blocks=(_brief(brief),)))
    if result.not_matched:
        sections.append(Section(title="Not compared", blocks=(_refused(result),)))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(
        title="Tool matching",
        verdicts=tuple(sorted(said, key=_how_bad)),
        sections=tuple(sections),
    )


def _how_bad(verdict: Verdict) -> int:
    return _ORDER[verdict.level]


def _section(result: ToolMatchingResult, fleet: FleetOfCharacteristic) -> Section:
    blocks: list[Block] = [*_figures(fleet), _offsets(result, fleet), _table(result, fleet)]
    blocks.append(_matrix(fleet))
    notes = _notes(fleet)
    if notes:
        blocks.append(Text.of(*notes))
    return Section(
        title=f"{fleet.code} {fleet.title}", verdict=fleet.verdicts[0], blocks=tuple(blocks)
    )


def _figures(fleet: FleetOfCharacteristic) -> tuple[Figure, ...]:
    digits = decimals(fleet.margin)
    return (
        Figure(label="Tools compared", value=fleet.fleet, decimals=0),
        Figure(label="Have left", value=fleet.left, decimals=0),
        Figure(label="Surely matched", value=fleet.matched, decimals=0),
        Figure(label="Margin", value=fleet.margin, unit=fleet.unit, decimals=digits),
        Figure(
            label="Spread of tool levels", value=fleet.between, unit=fleet.unit, decimals=digits
        ),
    )


def _offsets(result: ToolMatchingResult, fleet: FleetOfCharacteristic) -> Chart:
    tools = fleet.tools
    names = tuple(t.tool for t in tools)
    against = f"Offset from {result.golden}" if result.golden else "Offset from the fleet"
    layers = (
        Layer(
            mark="spans",
            label="interval",
            role="fit",
            x=names,
            y=tuple(t.offset_lower for t in tools),
            y2=tuple(t.offset_upper for t in tools),
        ),
        Layer(mark="points", label="offset", x=names, y=tuple(t.offset for t in tools)),
        Layer(
            mark="points",
            label="has left",
            role="signal",
            x=tuple(t.tool for t in tools if t.standing == "left"),
            y=tuple(t.offset for t in tools if t.standing == "left"),
        ),
        Layer(mark="rule", label="margin", role="limit", y=(fleet.margin, -fleet.margin)),
        Layer(mark="rule", label="reference", role="center", y=(0.0,)),
    )
    return Chart(
        title="Tools against their reference",
        x=Axis(label="Tool", scale="category"),
        y=Axis(label=against, unit=fleet.unit),
        layers=tuple(layer for layer in layers if layer.y),
    )


def _table(result: ToolMatchingResult, fleet: FleetOfCharacteristic) -> Table:
    digits = decimals(fleet.margin)
    unit = fleet.unit
    columns = (
        Column(label=result.factor),
        Column(label="Standing"),
        Column(label="Values"),
        Column(label="Lots or units"),
        Column(label="Level", unit=unit, decimals=digits),
        Column(label="Offset", unit=unit, decimals=digits),
        Column(label="Offset from", unit=unit, decimals=digits),
        Column(label="Offset to", unit=unit, decimals=digits),
        Column(label="Shrunken offset", unit=unit, decimals=digits),
        Column(label="Slope", unit=f"{unit}/d", decimals=digits + 1),
        Column(label="Spread ratio", decimals=2),
        Column(label="Stands apart in"),
        Column(label="p", decimals=4),
    )
    return Table(title="Tools", columns=columns, rows=tuple(_row(t) for t in fleet.tools))


def _row(tool: MatchedTool) -> tuple[Cell, ...]:
    return (
        tool.tool,
        "golden" if tool.golden else tool.standing,
        tool.values,
        tool.cells,
        tool.level,
        tool.offset,
        tool.offset_lower,
        tool.offset_upper,
        tool.shrunk,
        tool.slope,
        tool.ratio,
        ", ".join(tool.apart),
        tool.p_level,
    )


def _matrix(fleet: FleetOfCharacteristic) -> Matrix:
    digits = decimals(fleet.margin)
    return Matrix(
        title="Level of the row less that of the column",
        corner="Tool",
        rows=fleet.pairs,
        columns=tuple(Column(label=t, unit=fleet.unit, decimals=digits) for t in fleet.pairs),
        values=fleet.difference,
        tints=fleet.tint,
    )


def _notes(fleet: FleetOfCharacteristic) -> tuple[Phrase, ...]:
    notes: list[Phrase] = []
    if fleet.margin_from == "scatter":
        notes.append(Phrase.of("No tolerance is known: the margin is a share of 6 sigma."))
    if fleet.confounded:
        template = "What {factors} does cannot be told from the tools; it is not taken out."
        notes.append(Phrase.of(template, factors=", ".join(fleet.confounded)))
    if fleet.left_out:
        template = "Too few lots or units to be compared: {tools}."
        notes.append(Phrase.of(template, tools=", ".join(fleet.left_out)))
    return tuple(notes)


def _brief(fleets: list[FleetOfCharacteristic]) -> Table:
    columns = (
        Column(label="Characteristic"),
        Column(label="Tools compared"),
        Column(label="Have left"),
        Column(label="Surely matched"),
        Column(label="Margin"),
        Column(label="Unit"),
        Column(label="Stand apart"),
    )
    rows = tuple(
        (
            f.code,
            f.fleet,
            f.left,
            f.matched,
            f.margin,
            shown_unit(f.unit),
            ", ".join(t.tool for t in f.tools),
        )
        for f in fleets
    )
    return Table(title="In brief", columns=columns, rows=rows)


def _refused(result: ToolMatchingResult) -> Table:
    return Table(
        title="Not compared",
        columns=(Column(label="Characteristic"), Column(label="Reason")),
        rows=tuple((one.code, one.reason) for one in result.not_matched[:50]),
    )


def _method(result: ToolMatchingResult) -> Text:
    against = (
        Phrase.of("Each tool is held against {golden}.", golden=result.golden)
        if result.golden
        else Phrase.of("Each tool is held against the robust consensus of all others (Huber).")
    )
    return Text.of(
        against,
        Phrase.of(
            "Levels and slopes are fitted together with the product mix; errors of neighbouring"
            " lots or units are correlated, and intervals hold at {level}.",
            level=Number(value=result.confidence, percent=True),
        ),
        Phrase.of(
            "A tool has left where it surely lies beyond the margin, and it is matched where it"
            " surely lies within (two one-sided tests); Holm's method pays for all tools."
        ),
    )
