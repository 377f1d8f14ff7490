"""The page of a capability result: verdicts, one table of all, then each characteristic."""

from math import floor, log10, sqrt

import numpy as np

from ops.analyses.capability_details import dependence_text, distribution_blocks
from ops.analyses.capability_parts import Estimate
from ops.analyses.capability_result import (
    DETAILED,
    CapabilityGroup,
    CapabilityOfCharacteristic,
    CapabilityResult,
)
from ops.analyses.capability_verdict import CONVENTIONS
from ops.capability.convention import Convention
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_VALUES = (
    Column(label="Mean", decimals=3),
    Column(label="Sigma within", decimals=3),
    Column(label="Sigma overall", decimals=3),
)
_INDICES = (
    Column(label="Index"),
    Column(label="Cp or Pp", decimals=2),
    Column(label="Cpk or Ppk", decimals=2),
    Column(label="from", decimals=2),
    Column(label="to", decimals=2),
    Column(label="Effective n", decimals=0),
    Column(label="Outside", unit="ppm", decimals=0),
    Column(label="Expected outside", unit="ppm", decimals=0),
)
_OVERALL = (Column(label="Pp", decimals=2), Column(label="Ppk", decimals=2))
_COST = (Column(label="Excess", unit="ppm", decimals=0),)


def view(result: CapabilityResult) -> Page:
    """Show a capability result."""
    found = result.characteristics
    sections = [Section(title="Summary", blocks=(_summary(result),))]
    sections += [_section(c, result) for c in found[:DETAILED]]
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
    of = result.convention
    rows = tuple((c.code, c.site, c.unit, *_cells(c.pool, of)) for c in result.characteristics)
    columns = head + _columns(of)
    return Table(title="All characteristics, worst first", columns=columns, rows=rows)


def _columns(of: Convention, values: tuple[Column, ...] = _VALUES) -> tuple[Column, ...]:
    always = (Column(label="n"), *values, *_INDICES)
    return always + _OVERALL if of == "aiag-2005" else always


def _values_of(found: CapabilityOfCharacteristic) -> tuple[Column, ...]:
    """Columns of mean and sigma in the unit, to three digits of the sigma."""
    sigma = found.pool.sigma_overall.value
    decimals = max(3, 2 - floor(log10(sigma))) if sigma > 0 else 3
    changed = {"unit": found.unit, "decimals": decimals}
    return tuple(one.model_copy(update=changed) for one in _VALUES)


def _section(found: CapabilityOfCharacteristic, result: CapabilityResult) -> Section:
    of = result.convention
    blocks: list[Block] = [
        Text.of(Phrase.of("Subgroups: {subgrouping}.", subgrouping=found.subgrouping)),
        _histogram(found),
    ]
    head = (Column(label="Factor"), Column(label="Level"))
    rows = tuple(
        (group.factor or "pool", group.level, *_cells(group, of), group.excess_ppm)
        for group in (found.pool, *found.strata)
    )
    columns = head + _columns(of, _values_of(found)) + _COST
    blocks.append(Table(title="Pool and strata", columns=columns, rows=rows))
    blocks += [dependence_text(found), *distribution_blocks(found, result.confidence)]
    if found.strata_left_out:
        left_out = Number(value=found.strata_left_out)
        blocks.append(Text.of(Phrase.of("Further strata that are not shown: {n}.", n=left_out)))
    if found.strata_unknown:
        names = ", ".join(found.strata_unknown)
        blocks.append(Text.of(Phrase.of("The data have no factor {names}.", names=names)))
    title = f"{found.title} ({found.code})"
    return Section(title=title, verdict=found.verdict, blocks=tuple(blocks))


def _cells(group: CapabilityGroup, of: Convention) -> tuple[Cell, ...]:
    index, outside, expected = group.index, group.outside_counted, group.outside_expected
    judged: tuple[Cell, ...] = (None,) * 6
    if index is not None:
        name = f"{index.name}, {CONVENTIONS[of]}"
        bounds = (index.lower, index.upper, index.n_effective)
        judged = (name, index.spread, index.value, *bounds)
    cells: tuple[Cell, ...] = (
        group.n,
        group.mean,
        _value(group.sigma_within),
        group.sigma_overall.value,
        *judged,
        None if outside is None else 1e6 * outside.value,
        None if expected is None else 1e6 * expected,
    )
    if of == "aiag-2005":
        return (*cells, _value(group.pp), _value(group.ppk))
    return cells


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


_LETTERS: dict[Convention, Phrase] = {
    "aiag-2005": Phrase.of(
        "Cp and Cpk use the within-subgroup sigma, Pp and Ppk the overall sigma (AIAG 2005)."
    ),
    "iso-22514-2": Phrase.of(
        "All indices are of the total distribution (ISO 22514-2): the letter C stands where"
        " stability is shown, the letter P elsewhere."
    ),
}


def _method(result: CapabilityResult) -> Text:
    judged = Phrase.of(
        "The lower bound is compared with {low}; the verdict also says where the estimate lies.",
        low=Number(value=result.requirement),
    )
    if result.judged_by == "point":
        judged = Phrase.of(
            "The estimate is compared with {low}, without regard to its interval.",
            low=Number(value=result.requirement),
        )
    return Text.of(
        _LETTERS[result.convention],
        judged,
        Phrase.of(
            "Intervals hold at {level}: chi-square and Bissell (1990) where a test allows"
            " independent values, else from the variance components of the lots or the"
            " autocorrelation; Clopper-Pearson for the share outside.",
            level=Number(value=result.confidence, percent=True),
        ),
    )
