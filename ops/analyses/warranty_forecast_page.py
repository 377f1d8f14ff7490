"""The page of a warranty forecast."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ops.analyses.life_title import of_test
from ops.analyses.warranty_forecast_result import (
    FamilyForecast,
    ForecastReturns,
    WarrantyForecastResult,
)
from ops.analyses.warranty_forecast_words import verdicts
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table

MICROS_PER_DAY = 86_400_000_000
NAMES = {"weibull": "Weibull", "lognormal": "Lognormal", "loglogistic": "Loglogistic"}


def view(result: WarrantyForecastResult) -> Page:
    """Show a warranty forecast."""
    return Page(
        title=of_test("Warranty forecast", result.title),
        verdicts=verdicts(result, NAMES),
        sections=tuple(_sections(result)),
    )


def _sections(result: WarrantyForecastResult) -> Iterator[Section]:
    yield Section(title="Returns", blocks=(_chart(result), _ahead(result), _how()))
    yield Section(title="Cohorts", blocks=(_cohorts(result),))
    yield Section(title="Life in the field", blocks=tuple(_life(result)))
    if result.spares is not None:
        yield Section(title="Spares", blocks=tuple(_spares(result)))


def _chart(result: WarrantyForecastResult) -> Chart:
    so_far = result.history[-1].returned if result.history else 0.0
    ahead = result.forecasts[0].ahead
    days = (_micros(result.until), *(_micros(result.until + a.days) for a in ahead))
    return Chart(
        title="Returns so far and to come, cumulative",
        x=Axis(label="Day", scale="time"),
        y=Axis(label="Returns"),
        layers=(
            Layer(
                mark="band",
                label=f"{100 * result.confidence:g} % predictive",
                x=days,
                y=(so_far, *(so_far + a.lower for a in ahead)),
                y2=(so_far, *(so_far + a.upper for a in ahead)),
                role="fit",
            ),
            Layer(
                mark="line",
                label="expected",
                x=days,
                y=(so_far, *(so_far + a.mean for a in ahead)),
                role="fit",
            ),
            Layer(
                mark="line",
                label="so far",
                x=tuple(_micros(h.day) for h in result.history),
                y=tuple(h.returned for h in result.history),
            ),
        ),
    )


def _ahead(result: WarrantyForecastResult) -> Table:
    counts = ("Expected", "Lower", "Upper", "Not exceeded", "Plug-in lower", "Plug-in upper")
    return Table(
        title="Returns from now, cumulative, by every family",
        columns=(
            Column(label="Family"),
            Column(label="Ahead", unit="d", decimals=0),
            *(Column(label=c, decimals=1 if c == "Expected" else 0) for c in counts),
        ),
        rows=tuple(_row(f, a) for f in result.forecasts for a in f.ahead),
    )


def _row(forecast: FamilyForecast, a: ForecastReturns) -> tuple[str | float, ...]:
    return (
        NAMES[forecast.family], a.days, a.mean, a.lower, a.upper, a.upper_one_sided,
        a.plug_in_lower, a.plug_in_upper,
    )  # fmt: skip


def _how() -> Text:
    return Text(
        text=(
            "A unit that nothing is known of fails with the probability that its age gives; the"
            " count is Poisson-binomial, averaged over pivotal bootstrap draws of the parameters."
            " The plug-in interval takes the parameters as known: it is shown for how much too"
            " narrow it is."
        )
    )


def _cohorts(result: WarrantyForecastResult) -> Table:
    return Table(
        title="Cohorts, those with most to come first",
        columns=(
            Column(label="Shipped"),
            Column(label="Units in service", decimals=0),
            Column(label="Returned so far", decimals=0),
            Column(label="Still expected", decimals=1),
        ),
        rows=tuple((_date(c.shipped), c.units, c.returned, c.expected) for c in result.cohorts),
    )


def _life(result: WarrantyForecastResult) -> Iterator[Block]:
    rows = (
        (NAMES[m.family], life.p, life.lower_one_sided, life.estimate, life.lower, life.upper)
        for m in result.models
        for life in m.lives
    )
    times = ("Lower bound", "Estimate", "Two-sided lower", "Two-sided upper")
    yield Table(
        title="Time by which a share has failed",
        columns=(
            Column(label="Family"),
            Column(label="Share"),
            *(Column(label=label, unit="d", decimals=0) for label in times),
        ),
        rows=tuple(rows),
    )
    yield Table(
        title="Families",
        columns=(
            Column(label="Family"),
            Column(label="Log-likelihood", decimals=3),
            Column(label="Difference of AICc", decimals=2),
            Column(label="Parameters"),
            Column(label="Why not"),
        ),
        rows=tuple(
            (NAMES[m.family], m.loglik, m.delta,
             ", ".join(f"{n} {v:.4g}" for n, v in m.parameters.items()), m.reason)
            for m in result.models
        ),
    )  # fmt: skip
    if result.delay_days is not None:
        yield Figure(
            label="Mean delay between failure and report", value=result.delay_days, unit="d",
            decimals=1,
        )  # fmt: skip


def _spares(result: WarrantyForecastResult) -> Iterator[Figure]:
    plan = result.spares
    assert plan is not None
    yield Figure(label="Spares needed over the lead time", value=plan.stock, decimals=0)
    yield Figure(label="Lead time", value=plan.days, unit="d", decimals=0)
    yield Figure(label="Demand expected", value=plan.mean, decimals=2)
    yield Figure(label="Of it, units that fail again", value=plan.repeats, decimals=2)
    yield Figure(
        label="Probability that the stock meets the demand", value=plan.reached, decimals=4
    )


def _micros(day: float) -> float:
    return day * MICROS_PER_DAY


def _date(day: float) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat()
