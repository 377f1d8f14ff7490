"""The page of virtual metrology; the card of the model is the same page."""

from collections.abc import Iterator

from ops.analyses.virtual_metrology_result import VirtualMetrologyResult
from ops.analyses.virtual_metrology_tables import (
    candidates,
    champion,
    intervals,
    measure,
    scores,
    thirds,
    warnings,
)
from ops.analyses.virtual_metrology_words import (
    data_words,
    index_words,
    interval_words,
    verdicts,
)
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer


def view(result: VirtualMetrologyResult) -> Page:
    """Show a model of a measured number."""
    return Page(
        title="Virtual metrology",
        verdicts=tuple(verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _sections(result: VirtualMetrologyResult) -> Iterator[Section]:
    yield Section(title="What it is worth", blocks=(scores(result), _against(result)))
    held = (champion(result),) if result.against_champion else ()
    yield Section(title="Kinds of models that were tried", blocks=(candidates(result), *held))
    yield Section(title="Intervals", blocks=(intervals(result), interval_words(result)))
    yield Section(title="When to measure instead", blocks=tuple(_reliance(result)))
    if result.importance:
        yield Section(title="What moves it", blocks=(_weights(result),))
    yield Section(title="Data", blocks=tuple(_data(result)))


def _reliance(result: VirtualMetrologyResult) -> Iterator[Block]:
    yield index_words(result)
    yield thirds(result)
    yield _errors(result)
    if result.to_measure:
        yield measure(result)


def _data(result: VirtualMetrologyResult) -> Iterator[Block]:
    yield data_words(result)
    if result.intended_use:
        yield Text(text=result.intended_use)
    yield from (Text(text=caution) for caution in result.cautions)
    if result.warnings:
        yield warnings(result)


def _against(result: VirtualMetrologyResult) -> Chart:
    points = result.points
    ends = (min(points.measured), max(points.measured))
    return Chart(
        title="Measured against predicted, out of fold",
        x=Axis(label="Predicted", unit=result.unit),
        y=Axis(label="Measured", unit=result.unit),
        layers=(
            Layer(mark="points", label="tested rows", x=points.predicted, y=points.measured),
            Layer(mark="line", label="measured = predicted", x=ends, y=ends, role="center"),
        ),
    )


def _errors(result: VirtualMetrologyResult) -> Chart:
    points = result.points
    errors = tuple(abs(a - b) for a, b in zip(points.measured, points.predicted, strict=True))
    return Chart(
        title="Absolute error against reliance, out of fold",
        x=Axis(label="Reliance index"),
        y=Axis(label="Absolute error", unit=result.unit),
        layers=(
            Layer(mark="points", label="tested rows", x=points.reliance, y=errors),
            Layer(mark="rule", label="measure below", x=(result.least,), role="limit"),
        ),
    )


def _weights(result: VirtualMetrologyResult) -> Chart:
    shown = result.importance[:15]
    names = tuple(i.column for i in shown)
    return Chart(
        title="Importance of columns, on the last split",
        x=Axis(label="Column", scale="category"),
        y=Axis(label="Increase of the mean squared error"),
        layers=(
            Layer(mark="bars", label="increase", x=names, y=tuple(i.loss for i in shown)),
            Layer(
                mark="spans",
                label="95 %",
                x=names,
                y=tuple(i.lower for i in shown),
                y2=tuple(i.upper for i in shown),
                role="fit",
            ),
        ),
    )
