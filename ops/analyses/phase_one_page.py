"""The page of phase I: verdict, limits, what was left out, what a short window does, charts."""

from ops.analyses.chart_drawn_page import chart_blocks, streams_table
from ops.analyses.chart_marks import marks_table, said_at
from ops.analyses.chart_words import method
from ops.analyses.phase_one_result import Autocorrelation, PhaseOneResult, ShortPhase
from ops.page import Block, Figure, Page, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase
from ops.spc.design import ChartDesign

MOST_SHOWN = 100  # points left out


def view(result: PhaseOneResult) -> Page:
    """Show the proposed limits."""
    design = ChartDesign.model_validate(result.design)
    sections = [
        Section(title="Proposed limits", blocks=_limits(result, design)),
        Section(title="Trust", blocks=_trust(result)),
    ]
    excluded = _excluded(design, result.unit)
    if excluded:
        sections.append(Section(title="Left out of the limits", blocks=excluded))
    blocks = tuple(block for one in result.charts for block in chart_blocks(one, result.title))
    sections.append(Section(title="Charts", blocks=blocks))
    if result.marks:
        sections.append(Section(title="Marks", blocks=(marks_table(result.marks),)))
    said = Text.of(*method(design.kind, probability=design.probability))
    sections.append(Section(title="Method", blocks=(said,)))
    return Page(title="Control limits", verdicts=(result.verdict,), sections=tuple(sections))


def _limits(result: PhaseOneResult, design: ChartDesign) -> tuple[Block, ...]:
    phase = design.phase_one
    said = Phrase.of(
        "Sigma: {estimator}. Limits at {width} sigma.",
        estimator="" if phase is None else phase.estimator,
        width=Number(value=design.width),
    )
    frozen = Table(
        title="Frozen parameters",
        columns=tuple(
            Column(label=name)
            for name in ("Stream", "Points", "Centre", "Sigma", "Sigma z", "Sigma within", "df")
        ),
        rows=tuple(
            (one.level or "all", one.n, one.center, one.sigma, one.scale, one.within, one.df)
            for one in design.limits
        ),
    )
    blocks: list[Block] = [Text.of(said), streams_table(result.streams), frozen]
    if design.parts:
        rows = tuple((part.level, part.target, part.sigma) for part in design.parts)
        columns = tuple(Column(label=name) for name in ("Part", "Target", "Sigma"))
        blocks.append(Table(title="Parts", columns=columns, rows=rows))
    if result.without:
        names = ", ".join(result.without[:20])
        blocks.append(Text.of(Phrase.of("Without limits, and not judged: {names}.", names=names)))
    return tuple(blocks)


def _trust(result: PhaseOneResult) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if result.short is not None:
        blocks += _short(result.short)
    if result.autocorrelation is not None:
        blocks.append(_correlation(result.autocorrelation))
    if not blocks:
        blocks.append(Text.of(Phrase.of("Too few pairs of neighbours to tell correlation.")))
    return tuple(blocks)


def _short(short: ShortPhase) -> tuple[Block, ...]:
    said = Phrase.of(
        "{level}: limits from {n} points. A false alarm comes after {median} points in half of all"
        " cases, where known parameters give {known}.",
        level=short.level or "All",
        n=Number(value=short.points),
        median=Number(value=short.median, decimals=0),
        known=Number(value=short.median_known, decimals=0),
    )
    figure = Figure(
        label="Mean run length in control, with bounds for 80 % of such windows",
        value=short.arl_median,
        unit="points",
        lower=short.arl_lower,
        upper=short.arl_upper,
        decimals=0,
    )
    return Text.of(said), figure


def _correlation(found: Autocorrelation) -> Figure:
    return Figure(
        label="Correlation of neighbouring points",
        value=found.value,
        lower=found.lower,
        upper=found.upper,
        decimals=2,
    )


def _excluded(design: ChartDesign, unit: str) -> tuple[Block, ...]:
    phase = design.phase_one
    if phase is None or not phase.excluded:
        return ()
    columns = (
        Column(label="Time", unit="UTC"),
        Column(label="Sequence"),
        Column(label="Value", unit=unit),
        Column(label="Reason"),
    )
    rows = tuple(
        (said_at(one.ts), one.seq, one.value, one.reason) for one in phase.excluded[:MOST_SHOWN]
    )
    blocks: list[Block] = [Table(title="Points left out", columns=columns, rows=rows)]
    if len(phase.excluded) > MOST_SHOWN:
        more = Number(value=len(phase.excluded) - MOST_SHOWN)
        blocks.append(Text.of(Phrase.of("Further points left out: {n}.", n=more)))
    return tuple(blocks)
