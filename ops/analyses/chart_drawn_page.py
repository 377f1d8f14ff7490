"""Blocks of a page for judged charts: never a specification limit, which is for single values."""

from collections.abc import Sequence

from ops.analyses.chart_drawn import DrawnChart, DrawnLine, FlaggedPoint, StreamRow
from ops.analyses.chart_marks import said_at
from ops.page import Block
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table

_LIMITS = (
    Column(label="Points"),
    Column(label="Judged"),
    Column(label="Lower limit"),
    Column(label="Centre"),
    Column(label="Upper limit"),
    Column(label="Beyond"),
    Column(label="Other rules"),
    Column(label="Spread"),
)


def chart_blocks(drawn: DrawnChart, title: str) -> tuple[Block, ...]:
    """Draw the chart and its charts of spread."""
    name = f"{title}, {drawn.level}" if drawn.level else title
    main = _chart(drawn, drawn.main, name, marked=True)
    sides = (_chart(drawn, side, f"{name}: {side.name}", marked=False) for side in drawn.sides)
    return (main, *sides)


def _chart(drawn: DrawnChart, line: DrawnLine, title: str, *, marked: bool) -> Chart:
    ts = tuple(float(at) for at in drawn.ts)
    layers = [Layer(mark="line", label="points", x=ts, y=line.value)]
    for label, side in (("lower limit", line.lower), ("upper limit", line.upper)):
        if any(value is not None for value in side):
            layers.append(Layer(mark="line", label=label, x=ts, y=side, role="limit"))
    layers.append(Layer(mark="line", label="centre", x=ts, y=line.center, role="center"))
    for label, which in (("signals", line.flagged), ("marked", drawn.marked if marked else ())):
        if which:
            layers.append(
                Layer(
                    mark="points",
                    label=label,
                    x=tuple(ts[i] for i in which),
                    y=tuple(line.value[i] for i in which),
                    role="signal" if label == "signals" else "event",
                )
            )
    if drawn.stages:
        stages = tuple(float(at) for at in drawn.stages)
        layers.append(Layer(mark="rule", label="stage", x=stages, role="event"))
    return Chart(
        title=title,
        x=Axis(label="Time", scale="time"),
        y=Axis(label=line.name.capitalize() or "Plotted value", unit=drawn.unit),
        layers=tuple(layers),
    )


def streams_table(rows: Sequence[StreamRow]) -> Table:
    """Limits and signals of each stream."""
    return Table(
        title="Limits and signals",
        columns=(Column(label="Stream"), *_LIMITS),
        rows=tuple((row.level or "all", *stream_cells(row)) for row in rows),
    )


def stream_cells(row: StreamRow) -> tuple[Cell, ...]:
    """Cells of one stream, without its name."""
    counts = (row.beyond, row.patterns, row.spread)
    return (row.points, row.judged, row.lower, row.center, row.upper, *counts)


def flagged_table(rows: Sequence[FlaggedPoint], unit: str) -> Table:
    """Points that break rules."""
    return Table(
        title="Points that break a rule, newest first",
        columns=(
            Column(label="Time", unit="UTC"),
            Column(label="Stream"),
            Column(label="Value", unit=unit),
            Column(label="Lower limit", unit=unit),
            Column(label="Upper limit", unit=unit),
            Column(label="Rules"),
        ),
        rows=tuple(
            (said_at(row.ts), row.level or "all", row.value, row.lower, row.upper,
             ", ".join(row.rules))
            for row in rows
        ),
    )  # fmt: skip
