"""The page of a stress test: what hurts most, the matrix, survival, contingencies, better plans."""

from typing import Literal

from ops.analyses.network_stress_result import NetworkStressResult, StressCase, StressSurvival
from ops.analyses.network_stress_words import design_words, verdicts
from ops.page import Block, Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Matrix, Table
from ops.page_value import Number, Phrase

LINES = 5  # cases in the chart of distributions
ROWS = 200  # cases in the matrix
STEPS = (0.01, 0.05, 0.2)  # of the undisturbed cost, or of service: tints -1, -2, -3

_ROLES: tuple[Literal["data", "limit", "center", "fit", "event"], ...] = (
    "data",
    "limit",
    "center",
    "fit",
    "event",
)  # fmt: skip  (colours that tell lines apart)


def view(result: NetworkStressResult) -> Page:
    """Show a stress test."""
    sections: list[Section] = []
    if result.cases:
        blocks: list[Block] = [*_figures(result), _matrix(result)]
        blocks += [*_not_shown(result), *_distribution(result)]
        sections.append(Section(title="Disruptions", blocks=tuple(blocks)))
        sections.append(Section(title="Where it hurts", blocks=(_hurts(result),)))
    if result.survival:
        sections.append(Section(title="Time to survive", blocks=(_survival(result),)))
    if result.contingencies:
        sections.append(Section(title="Contingencies", blocks=(_contingencies(result),)))
    if result.designs:
        blocks = [_designs(result), design_words(result), _design_sites(result)]
        sections.append(Section(title="Plans made for uncertainty", blocks=tuple(blocks)))
    if result.remarks:
        sections.append(Section(title="Assumptions", blocks=(_remarks(result),)))
    title = f"Stress test: {result.title or result.scenario}"
    return Page(title=title, verdicts=verdicts(result), sections=tuple(sections))


def _figures(result: NetworkStressResult) -> tuple[Figure, ...]:
    losses = [case.annual_loss for case in result.cases if case.annual_loss is not None]
    served = result.undisturbed_service
    return (
        Figure(label="Cost of the plan", value=result.plan_cost, unit=result.money, decimals=0),
        Figure(
            label="Mean cost undisturbed", value=result.undisturbed, unit=result.money, decimals=0
        ),
        Figure(
            label="Service undisturbed",
            value=None if served is None else 100 * served,
            unit="%",
            decimals=1,
        ),
        Figure(label="Expected loss a year", value=sum(losses), unit=result.money, decimals=0),
        Figure(label="Outcomes planned", value=float(result.done), decimals=0),
    )


def _matrix(result: NetworkStressResult) -> Matrix:
    money = result.money
    return Matrix(
        title="Disruptions and what they do",
        corner="Disruption",
        rows=tuple(case.code for case in result.cases[:ROWS]),
        columns=(
            Column(label="Extra cost, mean", unit=money, decimals=0),
            Column(label="Cost, worst", unit=money, decimals=0),
            Column(label="Cost at the level", unit=money, decimals=0),
            Column(label="CVaR", unit=money, decimals=0),
            Column(label="Served", unit="%", decimals=1),
            Column(label="Served, worst", unit="%", decimals=1),
            Column(label="Chance a year", unit="%", decimals=1),
            Column(label="Expected loss a year", unit=money, decimals=0),
        ),
        values=tuple(_values(case) for case in result.cases[:ROWS]),
        tints=tuple(_tints(case, result) for case in result.cases[:ROWS]),
    )


def _not_shown(result: NetworkStressResult) -> tuple[Text, ...]:
    missing = len(result.cases) - ROWS
    if missing <= 0:
        return ()
    said = Phrase.of(
        "Disruptions that lose less and are left out here: {n}; the result has them all.",
        n=Number(value=missing, decimals=0),
    )
    return (Text.of(said),)


def _values(case: StressCase) -> tuple[float | None, ...]:
    return (
        case.extra,
        case.worst,
        case.quantile,
        case.cvar,
        _percent(case.service),
        _percent(case.service_worst),
        100 * case.probability,
        case.annual_loss,
    )


def _tints(case: StressCase, result: NetworkStressResult) -> tuple[int, ...]:
    base, served = result.undisturbed, result.undisturbed_service

    def cost(value: float | None, less: float = 0.0) -> int:
        return 0 if not base or value is None else _tint((value - less) / abs(base))

    def service(value: float | None) -> int:
        return 0 if served is None or value is None else _tint(served - value)

    return (
        cost(case.extra),
        *(cost(value, base or 0.0) for value in (case.worst, case.quantile, case.cvar)),
        service(case.service),
        service(case.service_worst),
        0,
        cost(case.annual_loss),
    )


def _tint(share: float) -> int:
    return -sum(share >= step for step in STEPS) if share >= STEPS[0] else int(share < 1e-6)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


def _distribution(result: NetworkStressResult) -> tuple[Chart, ...]:
    """Share of outcomes that cost no more, for the cases that lose most."""
    layers: list[Layer] = []
    for case in result.cases[:LINES]:
        costs = sorted(cost for cost in case.costs if cost is not None)
        if len(costs) < 2:
            continue
        share = tuple(100.0 * (i + 1) / len(costs) for i in range(len(costs)))
        role = _ROLES[len(layers) % len(_ROLES)]
        layers.append(Layer(mark="line", label=case.code, x=tuple(costs), y=share, role=role))
    if not layers:
        return ()
    return (
        Chart(
            title="Distribution of cost",
            x=Axis(label="Cost", unit=result.money),
            y=Axis(label="Outcomes that cost no more", unit="%"),
            layers=tuple(layers),
        ),
    )


def _hurts(result: NetworkStressResult) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for case in result.cases[:ROWS]:
        worst = case.customers[0] if case.customers else None
        rows.append(
            (
                case.title or case.code,
                case.lost,
                worst.customer if worst else "",
                worst.lost if worst else None,
                case.bottleneck,
                case.penalty,
            )
        )
    columns = (
        Column(label="Disruption"),
        Column(label="Units lost", decimals=1),
        Column(label="Worst hit customer"),
        Column(label="Lost there", decimals=1),
        Column(label="Short most often"),
        Column(label="Penalties", unit=result.money, decimals=0),
    )
    return Table(title="Where it hurts", columns=columns, rows=tuple(rows))


def _survival(result: NetworkStressResult) -> Table:
    columns = (
        Column(label="Site"),
        Column(label="Survives", unit="d", decimals=1),
        Column(label="Recovers", unit="d", decimals=1),
        Column(label="Exposed"),
    )
    rows = tuple((s.site, s.survive_days, s.recover_days, _said(s)) for s in result.survival)
    return Table(title="How long all demand is served without a site", columns=columns, rows=rows)


def _said(row: StressSurvival) -> str:
    if row.survive_days is None:
        return "no: for good"
    return "unknown" if row.exposed is None else ("yes" if row.exposed else "no")


def _contingencies(result: NetworkStressResult) -> Table:
    money = result.money
    columns = (
        Column(label="Contingency"),
        Column(label="What it is"),
        Column(label="Loss avoided a year", unit=money, decimals=0),
        Column(label="Fee a year", unit=money, decimals=0),
        Column(label="Worth a year", unit=money, decimals=0),
        Column(label="Saved undisturbed", unit=money, decimals=0),
    )
    rows = tuple(
        (c.name, "; ".join(c.edits), c.avoided, c.fee, c.value, c.undisturbed)
        for c in result.contingencies
    )
    return Table(title="What contingencies are worth", columns=columns, rows=rows)


def _designs(result: NetworkStressResult) -> Table:
    money = result.money
    columns = (
        Column(label="Objective"),
        Column(label="Status"),
        Column(label="Mean cost", unit=money, decimals=0),
        Column(label="CVaR", unit=money, decimals=0),
        Column(label="Perfect foresight", unit=money, decimals=0),
        Column(label="Mean's decision", unit=money, decimals=0),
        Column(label="EVPI", unit=money, decimals=0),
        Column(label="VSS", unit=money, decimals=0),
        Column(label="Fresh outcomes, mean", unit=money, decimals=0),
        Column(label="CVaR of these", unit=money, decimals=0),
        Column(label="Mean's decision there", unit=money, decimals=0),
        Column(label="CVaR of that", unit=money, decimals=0),
    )
    rows = tuple(
        (
            d.objective, d.status, d.cost, d.cvar, d.wait_and_see, d.mean_value, d.evpi, d.vss,
            d.fresh_mean, d.fresh_cvar, d.fresh_mean_plan, d.fresh_mean_plan_cvar,
        )
        for d in result.designs
    )  # fmt: skip
    return Table(title="Stochastic plans", columns=columns, rows=rows)


def _design_sites(result: NetworkStressResult) -> Table:
    columns = (
        Column(label="Site"),
        Column(label="Stressed plan", unit="%", decimals=0),
        Column(label="For the mean", unit="%", decimals=0),
        Column(label="For the expected cost", unit="%", decimals=0),
        Column(label="With weight on the tail", unit="%", decimals=0),
    )
    rows = tuple(
        (s.site, *(_percent(v) for v in (s.stressed, s.mean, s.expected, s.cvar)))
        for s in result.design_sites
    )
    return Table(title="Share of the periods in which sites are open", columns=columns, rows=rows)


def _remarks(result: NetworkStressResult) -> Text:
    return Text.of(
        *(
            Phrase.of(
                r.text + ".",
                **{k: v if isinstance(v, str) else Number(value=v) for k, v in r.values.items()},
            )
            for r in result.remarks
        )
    )
