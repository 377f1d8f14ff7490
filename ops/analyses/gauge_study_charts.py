"""Charts of a study of parts and operators; none of means shows a limit of the specification."""

from math import sqrt

import numpy as np

from ops.analyses.gauge_study_result import GaugeCell, GaugeStudyResult
from ops.page import Section
from ops.page_chart import Axis, Chart, Layer
from ops.spc.constants import d2, d3

MOST_TRIALS = 25  # of a range chart


def components_charts(result: GaugeStudyResult) -> tuple[Chart, ...]:
    """Bars of the share of each source in the variance, and of its width in the tolerance."""
    own = [s for s in result.sources if s.role != "sum"]
    names = tuple(s.name for s in own)
    bars = [("Share of the variance", [s.share for s in own])]
    if result.tolerance is not None:
        bars.append(("Width of each source in the tolerance", [s.of_tolerance for s in own]))
    return tuple(
        Chart(
            title=title,
            x=Axis(label="Source", scale="category"),
            y=Axis(label="Per cent", unit="%"),
            layers=(
                Layer(
                    mark="bars",
                    label="source",
                    x=names,
                    y=tuple(None if r is None else 100 * r for r in ratios),
                ),
            ),
        )
        for title, ratios in bars
    )


def charts(result: GaugeStudyResult) -> tuple[Section, ...]:
    """Show means by part and operator, and ranges by operator."""
    cells = result.cells
    if not cells:
        return ()
    blocks = [_interaction(result), _by_operator(result), _means(result)]
    if all(c.n == cells[0].n for c in cells) and 2 <= cells[0].n <= MOST_TRIALS:
        blocks.append(_ranges(result))
    return (Section(title="Parts and operators", blocks=tuple(blocks)),)


def _interaction(result: GaugeStudyResult) -> Chart:
    layers = [
        Layer(
            mark="line",
            label=operator,
            x=tuple(c.part for c in own),
            y=tuple(c.mean for c in own),
        )
        for operator, own in _grouped(result.cells)
    ]
    return Chart(
        title="Mean by part, one line for each operator",
        x=Axis(label="Part", scale="category"),
        y=Axis(label=result.title, unit=result.unit),
        layers=tuple(layers),
    )


def _by_operator(result: GaugeStudyResult) -> Chart:
    names = tuple(c.operator for c in result.cells)
    grouped = _grouped(result.cells)
    means = tuple(sum(c.mean * c.n for c in own) / sum(c.n for c in own) for _, own in grouped)
    return Chart(
        title="By operator: parts, and the mean of all",
        x=Axis(label="Operator", scale="category"),
        y=Axis(label=result.title, unit=result.unit),
        layers=(
            Layer(mark="points", label="part", x=names, y=tuple(c.mean for c in result.cells)),
            Layer(
                mark="line", label="mean", role="center", x=tuple(n for n, _ in grouped), y=means
            ),
        ),
    )


def _means(result: GaugeStudyResult) -> Chart:
    """Means with control limits from the ranges: most parts should be outside them."""
    cells = result.cells
    center = float(np.mean([c.mean for c in cells]))
    layers = [_points(cells, tuple(c.mean for c in cells), "mean")]
    layers.append(Layer(mark="rule", label="centre", role="center", y=(center,)))
    n = cells[0].n
    if all(c.n == n for c in cells) and 2 <= n <= MOST_TRIALS:
        half = 3 * float(np.mean([c.range for c in cells])) / (d2(n) * sqrt(n))
        layers.append(
            Layer(
                mark="rule", label="control limit", role="limit", y=(center - half, center + half)
            )
        )
    return Chart(
        title="Means by operator and part: points outside the limits are parts told apart",
        x=Axis(label="Operator and part", scale="category"),
        y=Axis(label=result.title, unit=result.unit),
        layers=tuple(layers),
    )


def _ranges(result: GaugeStudyResult) -> Chart:
    cells = result.cells
    n, center = cells[0].n, float(np.mean([c.range for c in cells]))
    spread = 3 * d3(n) / d2(n)
    limits = (center * max(0.0, 1 - spread), center * (1 + spread))
    return Chart(
        title="Ranges by operator and part",
        x=Axis(label="Operator and part", scale="category"),
        y=Axis(label="Range", unit=result.unit),
        layers=(
            _points(cells, tuple(c.range for c in cells), "range"),
            Layer(mark="rule", label="mean range", role="center", y=(center,)),
            Layer(mark="rule", label="control limit", role="limit", y=limits),
        ),
    )


def _points(cells: tuple[GaugeCell, ...], y: tuple[float, ...], label: str) -> Layer:
    places = tuple(f"{c.operator} {c.part}" for c in cells)
    return Layer(mark="points", label=label, x=places, y=y)


def _grouped(cells: tuple[GaugeCell, ...]) -> list[tuple[str, list[GaugeCell]]]:
    names = dict.fromkeys(c.operator for c in cells)
    return [(name, [c for c in cells if c.operator == name]) for name in names]
