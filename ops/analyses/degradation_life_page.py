"""The page of a life that is told from degradation."""

from collections.abc import Iterator
from math import floor, log10

from ops.analyses.degradation_life_result import (
    DamageLife,
    DamageModel,
    DegradationLifeResult,
)
from ops.analyses.life_title import of_test
from ops.page import Block, Figure, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

NAMES = {
    "wiener": "Wiener process",
    "wiener-by-unit": "Wiener process, a drift for each unit",
    "gamma-process": "Gamma process",
    "paths": "Paths of units",
}


def view(result: DegradationLifeResult) -> Page:
    """Show a life that is told from degradation."""
    return Page(
        title=of_test("Degradation life", result.title),
        verdicts=tuple(_verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _verdicts(result: DegradationLifeResult) -> Iterator[Verdict]:
    for life in result.models[0].lives:
        yield _of_life(life, result)
    if result.one is not None:
        yield _of_one(result)


def _three(value: float | None) -> Number:
    """Show three figures, and all of whole ones."""
    if not value:
        return Number(value=value, decimals=0)
    return Number(value=value, decimals=max(0, 2 - floor(log10(abs(value)))))


def _of_life(life: DamageLife, result: DegradationLifeResult) -> Verdict:
    share = Number(value=life.p, percent=True)
    limit = Phrase.of(
        "{model}, limit {limit} {value_unit}" if result.value_unit else "{model}, limit {limit}",
        model=NAMES[result.chosen],
        limit=Number(value=result.limit),
        value_unit=result.value_unit,
    )
    if life.estimate is None:
        never = Phrase.of(
            "No time can be told by which {share} of the units meet the limit: by the model so many"
            " never do, or beyond all that can be counted",
            share=share,
        )
        return Verdict.of("warn", never, limit)
    if life.lower_one_sided is None:
        unsure = Phrase.of(
            "The time by which {share} of the units meet the limit has no bound that can be told:"
            " no time is reported",
            share=share,
        )
        return Verdict.of("warn", unsure, limit)
    said = Phrase.of(
        "{share} of the units meet the limit not before {lower} {unit} with {level} confidence"
        " (estimate {estimate}, two-sided {low} to {high})",
        share=share,
        lower=_three(life.lower_one_sided),
        unit=result.unit,
        level=Number(value=result.confidence, percent=True),
        estimate=_three(life.estimate),
        low=_three(life.lower),
        high=_three(life.upper),
    )
    beyond = Phrase.of(
        "{ratio} times the longest reading",
        ratio=Number(value=life.estimate / result.last, decimals=1),
    )
    return Verdict.of("info" if life.estimate <= 3 * result.last else "warn", said, beyond, limit)


def _of_one(result: DegradationLifeResult) -> Verdict:
    one = result.one
    assert one is not None
    if one.median is None:
        return Verdict.of(
            "info", Phrase.of("{name} does not meet the limit in sight", name=one.unit)
        )
    return Verdict.of(
        "info",
        Phrase.of(
            "{name} meets the limit at about {median} {unit} (95 %: {low} to {high})",
            name=one.unit,
            median=_three(one.median),
            unit=result.unit,
            low=_three(one.lower),
            high=_three(one.upper),
        ),
    )


def _sections(result: DegradationLifeResult) -> Iterator[Section]:
    yield Section(title="Readings", blocks=(_traces(result),))
    yield Section(title="Life", blocks=(_share(result), _lives(result)))
    yield Section(title="Models", blocks=tuple(_models(result)))
    yield Section(title="Units", blocks=(_members(result),))


def _traces(result: DegradationLifeResult) -> Chart:
    lines = [
        Layer(mark="line", label=trace.unit, x=trace.age, y=trace.value) for trace in result.traces
    ]
    limit = Layer(mark="rule", label="limit", y=(result.limit,), role="spec")
    return Chart(
        title="Readings of units and the limit",
        x=Axis(label="Age", unit=result.unit),
        y=Axis(label="Reading", unit=result.value_unit),
        layers=(*lines, limit),
    )


def _share(result: DegradationLifeResult) -> Chart:
    ages, shares = zip(*result.share, strict=True)
    lives = [life for life in result.models[0].lives if life.lower is not None]
    return Chart(
        title="Share of units that have met the limit",
        x=Axis(label="Age", unit=result.unit),
        y=Axis(label="Share"),
        layers=(
            Layer(mark="line", label=NAMES[result.chosen], x=ages, y=shares, role="fit"),
            Layer(
                mark="points",
                label="lower bounds, one-sided",
                x=tuple(life.lower_one_sided for life in lives),
                y=tuple(life.p for life in lives),
                role="limit",
            ),
        ),
    )


def _lives(result: DegradationLifeResult) -> Table:
    rows = (
        (NAMES[m.model], life.p, life.lower_one_sided,
         None if life.lower_one_sided is None else life.estimate, life.lower, life.upper)
        for m in result.models
        for life in m.lives
    )  # fmt: skip
    times = ("Lower bound", "Estimate", "Two-sided lower", "Two-sided upper")
    return Table(
        title="Time by which a share has met the limit, by every model",
        columns=(
            Column(label="Model"),
            Column(label="Share"),
            *(Column(label=label, unit=result.unit, decimals=0) for label in times),
        ),
        rows=tuple(rows),
    )


def _models(result: DegradationLifeResult) -> Iterator[Block]:
    yield Table(
        title="Models of the damage",
        columns=(
            Column(label="Model"),
            Column(label="Log-likelihood", decimals=2),
            Column(label="AIC", decimals=2),
            Column(label="Parameters"),
            Column(label="Why not"),
        ),
        rows=tuple(
            (NAMES[m.model], m.loglik, m.aic, _parameters(m), m.reason) for m in result.models
        ),
    )
    yield Figure(label="Units on test", value=result.units, decimals=0)
    yield Text(
        text=(
            "The processes are compared by the AIC of their increments; paths have a line for each"
            " unit and are not on that scale. Bounds of processes are Wald's on the logarithm of"
            " time, those of paths percentiles over resampled units. Noise of the reading is damage"
            " to a process: where readings are coarse, trust the paths."
        )
    )


def _parameters(model: DamageModel) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in model.parameters.items())


def _members(result: DegradationLifeResult) -> Table:
    return Table(
        title="Units and when their own line meets the limit",
        columns=(
            Column(label="Unit"),
            Column(label="Readings"),
            Column(label="Last age", unit=result.unit, decimals=0),
            Column(label="Last reading", unit=result.value_unit),
            Column(label="Meets the limit", unit=result.unit, decimals=0),
        ),
        rows=tuple((m.unit, m.readings, m.last, m.value, m.life) for m in result.members),
    )
