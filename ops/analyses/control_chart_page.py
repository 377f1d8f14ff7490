"""The page of the control-chart report: verdicts, a table of all, then the charts."""

from ops.analyses.chart_drawn_page import chart_blocks, flagged_table, streams_table
from ops.analyses.chart_marks import marks_table
from ops.analyses.chart_words import method, unit_of
from ops.analyses.control_chart_result import (
    ControlChartOfCharacteristic,
    ControlChartResult,
)
from ops.page import Block, Page, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

DETAILED = 12  # characteristics with a section of their own


def view(result: ControlChartResult) -> Page:
    """Show the charts."""
    found = result.characteristics
    sections = [Section(title="Summary", blocks=(_summary(result), _rules(result)))]
    sections += [_section(one) for one in found[:DETAILED]]
    if result.not_charted:
        columns = (Column(label="Characteristic"), Column(label="Reason"))
        rows = tuple((left.code, left.reason) for left in result.not_charted)
        left_out = Table(title="Not charted", columns=columns, rows=rows)
        sections.append(Section(title="Left out", blocks=(left_out,)))
    said = dict.fromkeys(
        phrase.template for one in found for phrase in method(one.kind, probability=one.probability)
    )
    text = Text.of(*(Phrase.of(template) for template in said))
    sections.append(Section(title="Method", blocks=(text,)))
    return Page(
        title="Control chart",
        verdicts=tuple(one.verdict for one in found),
        sections=tuple(sections),
    )


def _summary(result: ControlChartResult) -> Table:
    columns = ("Characteristic", "Site", "Chart", "Limits of", "Points", "Judged", "Beyond",
               "By chance", "Left out of limits")  # fmt: skip
    return Table(
        title="All characteristics, worst first",
        columns=tuple(
            Column(label=label, decimals=1 if label == "By chance" else None) for label in columns
        ),
        rows=tuple(
            (one.code, one.site, one.kind, one.source, one.points, one.judged, one.beyond,
             one.expected, one.left_out)
            for one in result.characteristics
        ),
    )  # fmt: skip


def _rules(result: ControlChartResult) -> Table:
    columns = (Column(label="Rule"), Column(label="What it looks for"), Column(label="Points"))
    counts = {
        rule.name: sum(
            broken.points
            for one in result.characteristics
            for broken in one.rules
            if broken.name == rule.name
        )
        for rule in result.rules
    }
    rows = tuple((rule.name, rule.sentence, counts[rule.name]) for rule in result.rules)
    return Table(title="Rules", columns=columns, rows=rows)


def _section(one: ControlChartOfCharacteristic) -> Section:
    blocks: list[Block] = [
        block for drawn in one.charts for block in chart_blocks(drawn, one.title)
    ]
    blocks.append(streams_table(one.streams))
    if one.streams_left_out:
        more = Number(value=one.streams_left_out)
        blocks.append(Text.of(Phrase.of("Further streams that are not shown: {n}.", n=more)))
    if one.stages:
        stages = Number(value=one.stages)
        blocks.append(Text.of(Phrase.of("Stages that begin in the window: {n}.", n=stages)))
    if one.flagged:
        blocks.append(flagged_table(one.flagged, unit_of(one.kind, one.unit)))
    if one.marks:
        blocks.append(marks_table(one.marks))
    return Section(title=f"{one.title} ({one.code})", verdict=one.verdict, blocks=tuple(blocks))
