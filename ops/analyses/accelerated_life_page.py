"""The page of an accelerated life: life in use, paper by cell, relation, cells, model card."""

from collections.abc import Iterator

from ops.analyses.accelerated_life_result import (
    AcceleratedLifeResult,
    AcceleratedMode,
    FittedConstant,
    LifeAtUse,
    PoolingTold,
)
from ops.analyses.accelerated_life_words import use_words, verdicts
from ops.analyses.life_title import of_test
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table

_ALONG = {
    "arrhenius": "1 / kT",
    "inverse": "1 / stress",
    "power": "-ln stress",
    "rising": "ln stress",
    "exponential": "-stress",
    "factor": "Acceleration against use",
}
_PAPERS = {"weibull": "weibull", "lognormal": "normal", "loglogistic": "logistic"}


def view(result: AcceleratedLifeResult) -> Page:
    """Show an accelerated life."""
    return Page(
        title=of_test("Accelerated life", result.title),
        verdicts=tuple(verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _sections(result: AcceleratedLifeResult) -> Iterator[Section]:
    if result.together:
        lives = _lives(result, result.together, "Life in use by any mode")
        yield Section(title="All modes together", blocks=(lives,))
    for mode in result.modes:
        yield Section(title=mode.mode or "All failures", blocks=tuple(_of_mode(result, mode)))
    if result.refused:
        table = Table(
            title="Modes that are not fitted",
            columns=(Column(label="Mode"), Column(label="Reason")),
            rows=tuple((one.mode, one.reason) for one in result.refused),
        )
        yield Section(title="Not fitted", blocks=(table,))
    yield Section(title="Model", blocks=(_card(result), _how()))


def _of_mode(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Iterator[Block]:
    yield _lives(result, mode.lives, "Life in use")
    yield _paper(result, mode)
    yield _relation(result, mode)
    yield _cells(result, mode)
    yield _constants(mode)
    yield _tests(mode)
    yield _beyond(result, mode)


def _lives(result: AcceleratedLifeResult, lives: tuple[LifeAtUse, ...], title: str) -> Table:
    unit = result.unit
    return Table(
        title=title,
        columns=(
            Column(label="Share failed"),
            Column(label="Lower bound, one-sided", unit=unit, decimals=0),
            Column(label="Estimate", unit=unit, decimals=0),
            Column(label="Lower, two-sided", unit=unit, decimals=0),
            Column(label="Upper, two-sided", unit=unit, decimals=0),
            Column(label="Method"),
            Column(label="Approximate"),
        ),
        rows=tuple(
            (
                life.p,
                life.lower_one_sided,
                None if life.lower_one_sided is None else life.estimate,
                life.lower,
                life.upper,
                life.method,
                life.approximate,
            )
            for life in lives
        ),
    )


def _paper(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Chart:
    layers: list[Layer] = []
    for cell in mode.paper:
        if cell.time:
            layers.append(Layer(mark="points", label=cell.name, x=cell.time, y=cell.probability))
        line, at_use = cell.line, not cell.time and cell.name == "use"
        if at_use and line.lower:
            layers.append(
                Layer(mark="band", label="bounds in use", role="event", x=line.time,
                      y=line.lower, y2=line.upper)
            )  # fmt: skip
        label = "use" if at_use else cell.name
        layers.append(
            Layer(mark="line", label=label, role="event" if at_use else "fit",
                  x=line.time, y=line.value)
        )  # fmt: skip
    scale = _PAPERS[mode.family]
    return Chart(
        title="Failures of each cell and the pooled fit on probability paper",
        x=Axis(label="Time", unit=result.unit, scale="log"),
        y=Axis.model_validate({"label": "Failed", "scale": scale}),
        layers=tuple(layers),
    )


def _relation(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Chart:
    plot = mode.relation
    unit = "1/eV" if plot.along == "arrhenius" else ""
    layers = [
        Layer(mark="band", label="pointwise bounds", role="fit", x=plot.x, y=plot.lower,
              y2=plot.upper),
        Layer(mark="line", label="relation", role="fit", x=plot.x, y=plot.life),
        Layer(mark="points", label="cells by themselves", x=plot.cell_x, y=plot.cell_life),
        Layer(mark="points", label="use", role="event", x=(plot.use_x,), y=(plot.use_life,)),
    ]  # fmt: skip
    if plot.use_lower is not None and plot.use_upper is not None:
        ends = (plot.use_lower, plot.use_upper)
        layers.append(
            Layer(mark="line", label="bounds in use", role="event", x=(plot.use_x,) * 2, y=ends)
        )
    return Chart(
        title="Life against stress",
        x=Axis(label=_ALONG[plot.along], unit=unit, scale="log" if plot.log else "linear"),
        y=Axis(label="Life of the first share", unit=result.unit,
               scale="log"),
        layers=tuple(layers),
    )  # fmt: skip


def _cells(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Table:
    unit = result.unit
    return Table(
        title="Cells",
        columns=(
            *(Column(label=name) for name in result.stresses),
            Column(label="Units"),
            Column(label="Failures"),
            Column(label="Expected", decimals=1),
            Column(label="Chance that none fails", decimals=3),
            Column(label="Longest on test", unit=unit, decimals=0),
            Column(label="Shape by itself", decimals=2),
            Column(label="Life by itself", unit=unit, decimals=0),
            Column(label="Life pooled", unit=unit, decimals=0),
            Column(label="Acceleration", decimals=2),
            Column(label="Acceleration from", decimals=2),
            Column(label="Acceleration to", decimals=2),
        ),
        rows=tuple(
            (
                *cell.levels, cell.units, cell.failures, cell.expected, cell.all_last,
                cell.longest, cell.own_shape, cell.own_life, cell.pooled_life, cell.factor,
                cell.factor_lower, cell.factor_upper,
            )
            for cell in mode.cells
        ),
    )  # fmt: skip


def _constants(mode: AcceleratedMode) -> Table:
    return Table(
        title="Coefficients",
        columns=(
            Column(label="Symbol"),
            Column(label="What it is"),
            Column(label="Value", decimals=3),
            Column(label="From", decimals=3),
            Column(label="To", decimals=3),
            Column(label="Unit"),
            Column(label="Estimated"),
            Column(label="How"),
            Column(label="Published from", decimals=3),
            Column(label="Published to", decimals=3),
            Column(label="Source"),
        ),
        rows=tuple(_row(one) for one in (mode.intercept, *mode.constants, mode.shape)),
    )


def _row(one: FittedConstant) -> tuple[Cell, ...]:
    return (
        one.symbol, one.title, one.value, one.lower, one.upper, one.unit, one.estimated,
        one.method, one.published_lower, one.published_upper, one.source,
    )  # fmt: skip


def _tests(mode: AcceleratedMode) -> Table:
    def row(name: str, test: PoolingTold) -> tuple[Cell, ...]:
        return (name, test.statistic, test.df, test.p, ", ".join(test.left_out), test.why)

    return Table(
        title="May the cells be pooled",
        columns=(
            Column(label="Test"),
            Column(label="Likelihood ratio", decimals=2),
            Column(label="Degrees of freedom"),
            Column(label="p", decimals=4),
            Column(label="Cells left out"),
            Column(label="Why there is none"),
        ),
        rows=(row("Common shape", mode.common_shape), row("Lack of fit", mode.lack_of_fit)),
    )


def _beyond(result: AcceleratedLifeResult, mode: AcceleratedMode) -> Table:
    found = mode.extrapolation
    reaches = tuple(
        ("Use beyond the tested levels, in their width", reach.ratio, reach.stress)
        for reach in found.reaches
    )
    return Table(
        title="Extrapolation",
        columns=(
            Column(label="What"),
            Column(label="Value", decimals=3),
            Column(label="Unit or stress"),
        ),
        rows=(
            *reaches,
            ("Acceleration from the nearest cell with failures", found.factor, ""),
            ("Longest test, as time in use", found.proven, result.unit),
            ("Life of the first share over it", found.time_ratio, ""),
            ("Life of the first share over the longest test", found.test_ratio, ""),
            ("First share asked for", mode.lives[0].p, ""),
            ("Least share seen to fail in a cell", found.p_seen, ""),
        ),
    )


def _card(result: AcceleratedLifeResult) -> Table:
    card = result.card
    facts: list[tuple[Cell, ...]] = [
        ("Model", card.title),
        ("Relation", card.equation),
        ("Valid for", card.valid_for),
        ("Stresses", ", ".join(card.stresses)),
        ("Source", card.source),
        ("Use condition", use_words(result)),
    ]
    for mode in result.modes:
        name = mode.mode or "all failures"
        said = mode.material_title or "not named"
        facts.append((f"{name}: {card.chosen_by}", f"{mode.material} {said}".strip()))
    return Table(
        title="Model card",
        columns=(Column(label="What"), Column(label="Value")),
        rows=tuple(facts),
    )


def _how() -> Text:
    return Text(
        text=(
            "ln life = b0 + constants times transformed stresses + sigma W, by maximum likelihood"
            " over all cells at once; cells without failures take part. Units that failed by"
            " another mode are censored. Bounds are likelihood-ratio bounds of the logarithm,"
            " calibrated by a parametric bootstrap below 30 failures; ranges of assumed constants"
            " are mixed in. The bands of the charts are pointwise 95 % Wald bounds on ln life."
        )
    )
