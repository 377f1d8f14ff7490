"""The page of a trend of repairable systems."""

from collections.abc import Iterator

from ops.analyses.life_title import of_test
from ops.analyses.repairable_trend_result import RepairableTrendResult, RepairCurve
from ops.analyses.repairable_trend_words import of_pair, of_projection, of_systems, trend, what_next
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table

_TESTS = {
    "laplace": "Laplace",
    "military-handbook": "Military handbook",
    "lewis-robinson": "Lewis-Robinson",
    "reverse-arrangements": "Reverse arrangements",
}
_NULLS = {"poisson": "constant rate (Poisson)", "renewal": "alike times between (renewal)"}


def view(result: RepairableTrendResult) -> Page:
    """Show a trend of repairable systems."""
    verdicts = [trend(result), what_next(result)]
    verdicts += [of_pair(pair, result) for pair in result.pairs]
    verdicts += [said for said in (of_systems(result), of_projection(result)) if said is not None]
    return Page(
        title=of_test("Repairable trend", result.title),
        verdicts=tuple(verdicts),
        sections=tuple(_sections(result)),
    )


def _sections(result: RepairableTrendResult) -> Iterator[Section]:
    yield Section(title="Events so far", blocks=tuple(_so_far(result)))
    if result.tests:
        yield Section(title="Trend", blocks=(*_law(result), _tests(result), _how()))
    yield Section(title="Systems", blocks=(_members(result),))
    if result.modes:
        yield Section(title="What failed", blocks=(_modes(result),))


def _so_far(result: RepairableTrendResult) -> Iterator[Block]:
    yield Figure(
        label="Events of a system",
        value=1000 * result.rate,
        unit=f"per 1000 {result.unit}",
        lower=1000 * result.rate_lower,
        upper=1000 * result.rate_upper,
    )
    yield _chart(result, result.curves[:1], "Events of a system by age")
    if len(result.curves) > 1:
        yield _chart(result, result.curves[1:], "Events of a system by age and group")


def _chart(result: RepairableTrendResult, curves: tuple[RepairCurve, ...], title: str) -> Chart:
    layers: list[Layer] = []
    for curve in curves:
        age = _steps(curve.age, 0.0)
        if len(curves) == 1:
            layers.append(
                Layer(
                    mark="band",
                    label=f"{100 * result.confidence:g} %",
                    x=age,
                    y=_heights(curve.lower),
                    y2=_heights(curve.upper),
                    role="fit",
                )
            )
        name = curve.group or "all systems"
        layers.append(Layer(mark="line", label=name, x=age, y=_heights(curve.mean)))
    if len(curves) == 1 and result.power_law is not None:
        layers.append(_fitted(result, curves[0]))
    return Chart(
        title=title,
        x=Axis(label="Age", unit=result.unit),
        y=Axis(label="Events of a system"),
        layers=tuple(layers),
    )


def _fitted(result: RepairableTrendResult, curve: RepairCurve) -> Layer:
    law = result.power_law
    assert law is not None
    last = curve.age[-1]
    ages = tuple(last * at / 60 for at in range(61))
    heights = tuple(law.scale * age**law.beta for age in ages)
    return Layer(mark="line", label="power law", x=ages, y=heights, role="fit")


def _steps(ages: tuple[float, ...], first: float) -> tuple[float, ...]:
    """Ages of a staircase: each one twice, before the step and after it."""
    return (first, *(age for age in ages for _ in range(2)))


def _heights(values: tuple[float, ...]) -> tuple[float, ...]:
    before = (0.0, *values[:-1])
    return (0.0, *(at for pair in zip(before, values, strict=True) for at in pair))


def _law(result: RepairableTrendResult) -> Iterator[Figure]:
    law = result.power_law
    if law is None:
        return
    yield Figure(
        label="Exponent of the power law: above 1 events come ever faster",
        value=law.beta,
        lower=law.lower,
        upper=law.upper,
        decimals=2,
    )
    if law.fit_p_value is not None:
        yield Figure(label="p-value of the power law itself", value=law.fit_p_value)


def _tests(result: RepairableTrendResult) -> Table:
    return Table(
        title="Tests of a trend",
        columns=(
            Column(label="Test"),
            Column(label="Taken to hold without a trend"),
            Column(label="Statistic", decimals=2),
            Column(label="p", decimals=4),
            Column(label="Events come"),
        ),
        rows=tuple(
            (_TESTS[t.name], _NULLS[t.null], t.statistic, t.p_value,
             "faster" if t.faster else "slower")
            for t in result.tests
        ),
    )  # fmt: skip


def _how() -> Text:
    return Text(
        text=(
            "The mean cumulative function assumes nothing; its bounds are pointwise, of its"
            " logarithm. The exponent is of maximum likelihood over all systems, its interval by"
            " the likelihood ratio. Laplace and the military handbook test against a constant rate"
            " and take clusters for a trend; Lewis-Robinson and reverse arrangements do not."
        )
    )


def _members(result: RepairableTrendResult) -> Table:
    per = f"per 1000 {result.unit}"
    return Table(
        title="Systems, those with most beyond what the fleet's trend leads one to expect first",
        columns=(
            Column(label="System"),
            Column(label="Events"),
            Column(label="Expected", decimals=1),
            Column(label="Watched", unit=result.unit, decimals=0),
            Column(label="Event rate", unit=per, decimals=3),
            Column(label="Lower", unit=per, decimals=3),
            Column(label="Upper", unit=per, decimals=3),
            Column(label="Stands out"),
        ),
        rows=tuple(
            (m.system, m.events, m.expected, m.watched, 1000 * m.rate, 1000 * m.lower,
             1000 * m.upper, m.stands_out)
            for m in result.members
        ),
    )  # fmt: skip


def _modes(result: RepairableTrendResult) -> Table:
    return Table(
        title="Events by failure mode",
        columns=(Column(label="Mode"), Column(label="Events"), Column(label="Share", decimals=2)),
        rows=tuple((m.mode or "not known", m.events, m.share) for m in result.modes),
    )
