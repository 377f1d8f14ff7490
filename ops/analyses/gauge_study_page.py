"""The page of a gauge study: the verdict, then components, parts, operators, guard bands."""

from ops.analyses.gauge_study_charts import charts, components_charts
from ops.analyses.gauge_study_master_page import master_section
from ops.analyses.gauge_study_result import GaugeEstimate, GaugeStudyResult
from ops.page import Block, Figure, Page, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

_SOURCES = (
    Column(label="Source"),
    Column(label="Sigma", decimals=4),
    Column(label="from", decimals=4),
    Column(label="to", decimals=4),
    Column(label="Share of variance", unit="%", decimals=1),
    Column(label="Of study variation", unit="%", decimals=1),
    Column(label="Of tolerance", unit="%", decimals=1),
)
_SQUARES = (
    Column(label="Source"),
    Column(label="df"),
    Column(label="Mean square", decimals=5),
    Column(label="F", decimals=2),
    Column(label="p", decimals=4),
)


def view(result: GaugeStudyResult) -> Page:
    """Show a gauge study."""
    sections: list[Section] = []
    if result.sources:
        sections += [_components(result), *charts(result)]
    else:
        sections.append(master_section(result))
    if result.guard:
        sections.append(_guard(result))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Gauge study", verdicts=(result.verdict,), sections=tuple(sections))


def _components(result: GaugeStudyResult) -> Section:
    blocks: list[Block] = []
    for label, ratio in (
        ("%GRR of tolerance", result.of_tolerance),
        ("%GRR of process", result.of_process),
        ("%GRR of study variation", result.of_study),
    ):
        if ratio is not None:
            blocks.append(_figure(label, ratio))
    if result.categories is not None and result.categories.value is not None:
        found = result.categories
        blocks.append(
            Figure(
                label="Distinct categories (ndc is its whole part)",
                value=found.value,
                lower=found.lower,
                upper=found.upper,
                decimals=2,
            )
        )
    blocks += [*components_charts(result), _sources(result)]
    if result.squares:
        rows = tuple((s.name, s.df, s.mean_square, s.f, s.p) for s in result.squares)
        blocks.append(Table(title="Analysis of variance", columns=_SQUARES, rows=rows))
    return Section(title="Variance components", blocks=tuple(blocks))


def _figure(label: str, ratio: GaugeEstimate) -> Figure:
    value, lower, upper = (
        None if v is None else 100 * v for v in (ratio.value, ratio.lower, ratio.upper)
    )
    return Figure(label=label, value=value, unit="%", lower=lower, upper=upper, decimals=1)


def _sources(result: GaugeStudyResult) -> Table:
    def percent(ratio: float | None) -> float | None:
        return None if ratio is None else 100 * ratio

    rows = tuple(
        (
            f"{s.name} in all" if s.role == "sum" else s.name,
            s.sd.value,
            s.sd.lower,
            s.sd.upper,
            percent(s.share),
            percent(s.of_study),
            percent(s.of_tolerance),
        )
        for s in result.sources
    )
    in_unit = tuple(column.model_copy(update={"unit": result.unit}) for column in _SOURCES[1:4])
    columns = (_SOURCES[0], *in_unit, *_SOURCES[4:])
    return Table(title="Sources of variation", columns=columns, rows=rows)


def _guard(result: GaugeStudyResult) -> Section:
    columns = (
        Column(label="Guard band"),
        Column(label="Width", unit=result.unit, decimals=4),
        Column(label="Accept from", unit=result.unit, decimals=4),
        Column(label="Accept to", unit=result.unit, decimals=4),
        Column(label="Consumer's risk", unit="ppm", decimals=1),
        Column(label="Producer's risk", unit="ppm", decimals=1),
    )
    rows = tuple(
        (g.rule, g.width, g.lower, g.upper, 1e6 * g.consumer, 1e6 * g.producer)
        for g in result.guard
    )
    said = Phrase.of(
        "Consumer's risk: a product is outside the tolerance and accepted; producer's risk: inside"
        " and rejected. Both of all products of a normal process, gauge without bias."
    )
    table = Table(title="Acceptance limits and risks", columns=columns, rows=rows)
    return Section(title="Guard bands", blocks=(table, Text.of(said)))


def _method(result: GaugeStudyResult) -> Text:
    phrases = [
        Phrase.of(
            "Study {study}: {n} values of {parts} parts and {operators} operators; {method}.",
            study=result.study,
            n=Number(value=result.n),
            parts=Number(value=result.parts),
            operators=Number(value=result.operators),
            method=result.method,
        ),
        Phrase.of(
            "Intervals hold at {level} for normal values; the verdict compares the estimate.",
            level=Number(value=result.confidence, percent=True),
        ),
    ]
    if result.note:
        phrases.append(Phrase.of("Note: {note}.", note=result.note))
    if result.without:
        left = Number(value=result.without)
        phrases.append(Phrase.of("Values that name no part or no operator: {n}.", n=left))
    if result.tolerance is None:
        phrases.append(Phrase.of("No tolerance is known: nothing is compared to it."))
    return Text.of(*phrases)
