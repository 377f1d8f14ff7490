"""The page of a capability result: verdicts, one table of all, then each characteristic."""

from math import sqrt

import numpy as np

from ops.analyses.capability_result import (
    CapabilityGroup,
    CapabilityOfCharacteristic,
    CapabilityResult,
    Estimate,
)
from ops.page import (
    Axis,
    Block,
    Cell,
    Chart,
    Column,
    Layer,
    Number,
    Page,
    Phrase,
    Section,
    Table,
    Text,
)

DETAILED = 20  # characteristics with a section of their own
_COLUMNS = (
    Column(label="n"),
    Column(label="Mean", decimals=3),
    Column(label="Sigma within", decimals=3),
    Column(label="Sigma overall", decimals=3),
    Column(label="Cp", decimals=2),
    Column(label="Cpk", decimals=2),
    Column(label="Cpk from", decimals=2),
    Column(label="Cpk to", decimals=2),
    Column(label="Pp", decimals=2),
    Column(label="Ppk", decimals=2),
    Column(label="Outside", unit="ppm", decimals=0),
)


def view(result: CapabilityResult) -> Page:
    """Show a capability result."""
    found = result.characteristics
    sections = [Section(title="Summary", blocks=(_summary(result),))]
    sections += [_section(c) for c in found[:DETAILED]]
    if result.not_studied:
        rows = tuple((left.code, left.reason) for left in result.not_studied)
        columns = (Column(label="Characteristic"), Column(label="Reason"))
        left_out = Table(title="Not studied", columns=columns, rows=rows)
        sections.append(Section(title="Left out", blocks=(left_out,)))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(
        title="Process capability",
        verdicts=tuple(c.verdict for c in found),
        sections=tuple(sections),
    )


def _summary(result: CapabilityResult) -> Table:
    head = (Column(label="Characteristic"), Column(label="Site"), Column(label="Unit"))
    rows = tuple((c.code, c.site, c.unit, *_cells(c.pool)) for c in result.characteristics)
    return Table(title="All characteristics, worst first", columns=head + _COLUMNS, rows=rows)


def _section(found: CapabilityOfCharacteristic) -> Section:
    blocks: list[Block] = [
        Text.of(Phrase.of("Subgroups: {subgrouping}.", subgrouping=found.subgrouping)),
        _histogram(found),
    ]
    head = (Column(label="Factor"), Column(label="Level"))
    rows = tuple(
        (group.factor or "pool", group.level, *_cells(group))
        for group in (found.pool, *found.strata)
    )
    blocks.append(Table(title="Pool and strata", columns=head + _COLUMNS, rows=rows))
    if found.strata_left_out:
        left_out = Number(value=found.strata_left_out)
        blocks.append(Text.of(Phrase.of("Further strata that are not shown: {n}.", n=left_out)))
    if found.strata_unknown:
        names = ", ".join(found.strata_unknown)
        blocks.append(Text.of(Phrase.of("The data have no factor {names}.", names=names)))
    title = f"{found.title} ({found.code})"
    return Section(title=title, verdict=found.verdict, blocks=tuple(blocks))


def _cells(group: CapabilityGroup) -> tuple[Cell, ...]:
    cpk, outside = group.cpk, group.outside_counted
    return (
        group.n,
        group.mean,
        _value(group.sigma_within),
        group.sigma_overall.value,
        _value(group.cp),
        _value(cpk),
        None if cpk is None else cpk.lower,
        None if cpk is None else cpk.upper,
        _value(group.pp),
        _value(group.ppk),
        None if outside is None else 1e6 * outside.value,
    )


def _value(estimate: Estimate | None) -> float | None:
    return None if estimate is None else estimate.value


def _histogram(found: CapabilityOfCharacteristic) -> Chart:
    centers = found.bin_start + found.bin_width * (np.arange(len(found.bin_counts)) + 0.5)
    layers = [
        Layer(
            mark="bars",
            label="values",
            x=tuple(float(c) for c in centers),
            y=tuple(float(c) for c in found.bin_counts),
        )
    ]
    sigma = found.pool.sigma_overall.value
    if sigma > 0:
        x = np.linspace(found.pool.mean - 4 * sigma, found.pool.mean + 4 * sigma, 81)
        density = np.exp(-0.5 * ((x - found.pool.mean) / sigma) ** 2) / (sigma * sqrt(2 * np.pi))
        height = density * found.pool.n * found.bin_width
        curve = (tuple(float(v) for v in x), tuple(float(v) for v in height))
        layers.append(
            Layer(mark="line", label="normal, overall", role="fit", x=curve[0], y=curve[1])
        )
    for label, limit in (("LSL", found.lsl), ("Target", found.target), ("USL", found.usl)):
        if limit is not None:
            layers.append(Layer(mark="rule", label=label, role="spec", x=(limit,)))
    return Chart(
        title="Distribution and specification",
        x=Axis(label=found.title, unit=found.unit),
        y=Axis(label="Count"),
        layers=tuple(layers),
    )


def _method(result: CapabilityResult) -> Text:
    return Text.of(
        Phrase.of(
            "Cp and Cpk use the within-subgroup sigma, Pp and Ppk the overall sigma (AIAG 2005)."
        ),
        Phrase.of(
            "Intervals hold at {level} for independent normal values: chi-square for sigma, Cp and"
            " Pp; Bissell (1990) for Cpk and Ppk; Clopper-Pearson for the share outside.",
            level=Number(value=result.confidence, percent=True),
        ),
    )
