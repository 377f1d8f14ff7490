"""The page of a long-term capability result."""

from datetime import UTC, datetime

from ops.analyses.long_term_capability_result import (
    LongTermCapabilityResult,
    LongTermEstimate,
    LongTermModel,
    LongTermOfCharacteristic,
    LongTermStability,
)
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase


def view(result: LongTermCapabilityResult) -> Page:
    """Show a long-term capability result."""
    found = result.characteristics
    sections = [Section(title="Summary", blocks=(_summary(result),))]
    sections += [_section(c, result.requirement) for c in found if c.periods]
    if result.not_studied:
        columns = (Column(label="Characteristic"), Column(label="Reason"))
        rows = tuple((left.code, left.reason) for left in result.not_studied)
        table = Table(title="Not studied", columns=columns, rows=rows)
        sections.append(Section(title="Left out", blocks=(table,)))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(
        title="Long-term capability",
        verdicts=tuple(c.verdict for c in found),
        sections=tuple(sections),
    )


def _summary(result: LongTermCapabilityResult) -> Table:
    columns = (
        Column(label="Characteristic"),
        Column(label="Sites"),
        Column(label="n"),
        Column(label="Effective n", decimals=0),
        Column(label="Ppk", decimals=2),
        Column(label="Ppk from", decimals=2),
        Column(label="Ppk to", decimals=2),
        Column(label="Cpk, short term", decimals=2),
        Column(label="Trend a month", decimals=3),
        Column(label="Strata below"),
        Column(label="Model"),
        Column(label="Stable"),
    )
    rows = tuple(
        (
            c.code,
            ", ".join(c.sites),
            c.n,
            c.effective_n,
            *_three(c.ppk),
            None if c.gap is None else c.gap.cpk,
            None if c.trend is None else c.trend.value,
            f"{c.strata_below} of {c.strata_judged}",
            "" if c.model is None else c.model.name,
            "" if c.stability is None else ("no" if c.stability.unstable else "yes"),
        )
        for c in result.characteristics
    )
    return Table(title="All characteristics, worst first", columns=columns, rows=rows)


def _section(of: LongTermOfCharacteristic, requirement: float) -> Section:
    blocks: list[Block] = [_waterfall(of), _components(of), _indices(of, requirement), _periods(of)]
    if of.strata:
        blocks.append(_strata(of))
        if of.strata_judged > len(of.strata):
            left = Number(value=of.strata_judged - len(of.strata))
            blocks.append(Text.of(Phrase.of("Further strata that are not shown: {n}.", n=left)))
    if of.gap is not None:
        blocks.append(_gap(of))
    if of.model is not None:
        blocks += _model(of.model)
    if of.stability is not None:
        blocks.append(_rules(of.stability))
    blocks += [Text.of(Phrase.of("Note: {note}.", note=note)) for note in of.notes]
    return Section(title=f"{of.title} ({of.code})", verdict=of.verdict, blocks=tuple(blocks))


def _waterfall(of: LongTermOfCharacteristic) -> Chart:
    """Shares of the total variance, each bar standing on the one before."""
    names: list[str] = []
    low: list[float] = []
    high: list[float] = []
    at = 0.0
    for part in of.components:
        if part.share is not None:
            names.append(part.source)
            low.append(100 * at)
            at += part.share.value
            high.append(100 * at)
    spans = Layer(mark="spans", label="share", x=tuple(names), y=tuple(low), y2=tuple(high))
    return Chart(
        title="Where the variance comes from",
        x=Axis(label="Source", scale="category"),
        y=Axis(label="Share of the total variance", unit="%"),
        layers=(spans,),
    )


def _components(of: LongTermOfCharacteristic) -> Table:
    columns = (
        Column(label="Source"),
        Column(label="Effect"),
        Column(label="Levels"),
        Column(label="Sigma", unit=of.unit, decimals=3),
        Column(label="Sigma from", unit=of.unit, decimals=3),
        Column(label="Sigma to", unit=of.unit, decimals=3),
        Column(label="Share", unit="%", decimals=1),
        Column(label="Share from", unit="%", decimals=1),
        Column(label="Share to", unit="%", decimals=1),
        Column(label="Interval"),
        Column(label="Note"),
    )
    rows = tuple(
        (
            c.source,
            c.kind,
            c.levels,
            *_three(c.sigma),
            *(None if v is None else 100 * v for v in _three(c.share)),
            c.interval,
            c.note,
        )
        for c in of.components
    )
    return Table(title="Components of the variation", columns=columns, rows=rows)


def _indices(of: LongTermOfCharacteristic, requirement: float) -> Chart:
    told = [p for p in of.periods if p.ppk is not None]
    x = tuple(float(_micros(p.first_day)) for p in told)
    ppk = [p.ppk for p in told if p.ppk is not None]
    cpk = tuple(None if p.cpk is None else p.cpk.value for p in told)
    lower, upper = tuple(e.lower for e in ppk), tuple(e.upper for e in ppk)
    layers = (
        Layer(mark="band", label="Interval of Ppk", x=x, y=lower, y2=upper),
        Layer(mark="line", label="Ppk", x=x, y=tuple(e.value for e in ppk)),
        Layer(mark="line", label="Cpk, short term", role="fit", x=x, y=cpk),
        Layer(mark="rule", label="Required", role="limit", y=(requirement,)),
    )
    return Chart(
        title="Index by period",
        x=Axis(label="First day", scale="time"),
        y=Axis(label="Index"),
        layers=layers,
    )


def _micros(day: str) -> int:
    instant = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return int(instant.timestamp()) * 1_000_000


def _periods(of: LongTermOfCharacteristic) -> Table:
    columns = (
        Column(label="First day"),
        Column(label="n"),
        Column(label="Effective n", decimals=0),
        Column(label="Mean", unit=of.unit, decimals=3),
        Column(label="Sigma", unit=of.unit, decimals=3),
        Column(label="Ppk", decimals=2),
        Column(label="Ppk from", decimals=2),
        Column(label="Ppk to", decimals=2),
        Column(label="Cpk, short term", decimals=2),
    )
    rows = tuple(
        (p.first_day, p.n, p.effective_n, p.mean, p.sigma, *_three(p.ppk), _three(p.cpk)[0])
        for p in of.periods
    )
    return Table(title="Periods", columns=columns, rows=rows)


def _strata(of: LongTermOfCharacteristic) -> Table:
    columns = (
        Column(label="Factor"),
        Column(label="Level"),
        Column(label="n"),
        Column(label="Mean", unit=of.unit, decimals=3),
        Column(label="Sigma", unit=of.unit, decimals=3),
        Column(label="Index, own values", decimals=2),
        Column(label="Index, shrunken", decimals=2),
        Column(label="At most", decimals=2),
        Column(label="Excess", unit="ppm", decimals=1),
        Column(label="Surely below"),
    )
    pool: tuple[Cell, ...] = ("pool", "all", of.n, of.mean, of.sigma)
    index = _three(of.ppk)
    head = (*pool, index[0], index[0], index[2], None, "")
    rows = tuple(
        (
            s.factor,
            s.level,
            s.n,
            s.mean,
            s.sigma,
            s.raw,
            s.index,
            s.upper,
            s.excess_ppm,
            "yes" if s.below else "",
        )
        for s in of.strata
    )
    return Table(title="Pool and strata, costliest first", columns=columns, rows=(head, *rows))


def _gap(of: LongTermOfCharacteristic) -> Table:
    assert of.gap is not None
    columns = (
        Column(label="Source"),
        Column(label="Share of the variance", unit="%", decimals=1),
        Column(label="Loss of index", decimals=3),
        Column(label="Index without it", decimals=2),
    )
    within = 1.0 - sum(p.share for p in of.gap.parts)
    short = (f"short term, within {of.gap.within}", 100 * within, None, None)
    rows = tuple((p.source, 100 * p.share, p.loss, p.without) for p in of.gap.parts)
    total = ("all", 100.0, of.gap.cpk - of.gap.ppk, of.gap.cpk)
    return Table(
        title="From short-term Cpk to long-term Ppk", columns=columns, rows=(short, *rows, total)
    )


def _model(model: LongTermModel) -> list[Block]:
    said = Phrase.of(
        "Time-dependent distribution model {name} of ISO 22514-2: location {location}, variation"
        " {variation}, resulting distribution {shape}.",
        name=model.name,
        location=model.location,
        variation=model.variation,
        shape=model.shape,
    )
    columns = (
        Column(label="Question"),
        Column(label="Test"),
        Column(label="Statistic", decimals=2),
        Column(label="p", decimals=4),
        Column(label="Size", decimals=3),
        Column(label="Counts from", decimals=3),
        Column(label="Counts"),
    )
    rows = tuple(
        (e.question, e.test, e.statistic, e.p, e.effect, e.threshold, "yes" if e.counts else "no")
        for e in model.evidence
    )
    return [Text.of(said), Table(title="Evidence for the model", columns=columns, rows=rows)]


def _rules(found: LongTermStability) -> Table:
    columns = (
        Column(label="Rule"),
        Column(label="Looks for"),
        Column(label="Points"),
        Column(label="Expected", decimals=1),
        Column(label="p", decimals=4),
    )
    rows = tuple((r.rule, r.sentence, r.count, r.expected, r.p) for r in found.rules)
    return Table(title="Run rules, within each tool", columns=columns, rows=rows)


def _three(of: LongTermEstimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if of is None else (of.value, of.lower, of.upper)


def _method(result: LongTermCapabilityResult) -> Text:
    level = Number(value=result.confidence, percent=True)
    return Text.of(
        Phrase.of(
            "Components are fitted by REML, each factor nested in the one before; drift, shift and"
            " material are fixed effects."
        ),
        Phrase.of(
            "Intervals hold at {level}: profile likelihood of the components; Bissell for indices,"
            " with the effective number of values.",
            level=level,
        ),
        Phrase.of(
            "Strata are judged by shrunken estimates whose upper bounds hold at {level} for all"
            " strata together.",
            level=level,
        ),
    )
