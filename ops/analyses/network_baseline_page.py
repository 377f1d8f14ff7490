"""The page of a network baseline: is it calibrated, what is unexplained, where, the figures."""

from ops.analyses.network_baseline_result import NetworkBaselineResult, ReconciledAmount
from ops.page import Block, Figure, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

SHOWN = 20  # lanes, sites and nodes in a table


def view(result: NetworkBaselineResult) -> Page:
    """Show a baseline."""
    sections = [
        Section(title="By category", blocks=_reconciled(result, result.categories, "Category")),
        Section(title="By period", blocks=_reconciled(result, result.periods, "Period")),
    ]
    if result.lanes:
        table = _table("Lanes, the largest gap first", "Lane", result.lanes[:SHOWN], result.money)
        sections.append(Section(title="By lane", blocks=(table,)))
    if result.sites:
        table = _table("Sites, the largest gap first", "Site", result.sites[:SHOWN], result.money)
        sections.append(Section(title="By site", blocks=(table,)))
    sections.append(Section(title="What savings are reported against", blocks=_figures(result)))
    if result.unbalanced:
        sections.append(Section(title="Units without an explanation", blocks=_units(result)))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Network baseline", verdicts=_verdicts(result), sections=tuple(sections))


def _verdicts(result: NetworkBaselineResult) -> tuple[Verdict, ...]:
    found = [_calibration(result)]
    worst = next((c for c in _by_size(result.categories) if c.unexplained), None)
    if worst is not None:
        found.append(
            Verdict.of(
                "info",
                Phrase.of(
                    "The largest gap is that of {category}: {gap} {money} of {booked}",
                    category=worst.name,
                    gap=Number(value=worst.unexplained, decimals=0),
                    money=result.money,
                    booked=Number(value=worst.booked, decimals=0),
                ),
            )
        )
    if result.unknown_lanes:
        lanes, units = len(result.unknown_lanes), result.unknown_units
        said = Phrase.of(
            "Lanes of the history that are not in the scenario: {n}; units that are not priced:"
            " {units}",
            n=Number(value=lanes, decimals=0),
            units=Number(value=units, decimals=0),
        )
        found.append(Verdict.of("bad", said))
    return tuple(found)


def _calibration(result: NetworkBaselineResult) -> Verdict:
    limit = Number(value=result.tolerance, percent=True, decimals=1)
    if result.gap is None:
        said = Phrase.of("Nothing is booked: the model is uncalibrated; add /history/bookings")
        return Verdict.of("warn", said)
    gap = Number(value=result.gap, percent=True, decimals=2)
    if result.status == "calibrated":
        template = "The model explains the books: a gap of {gap}, at most {limit} is calibrated"
        return Verdict.of("good", Phrase.of(template, gap=gap, limit=limit))
    if result.gap <= result.tolerance:
        template = "The gap is {gap}, but some flows are not priced: the model is uncalibrated"
        return Verdict.of("bad", Phrase.of(template, gap=gap))
    template = "The model is uncalibrated: a gap of {gap} to the books exceeds {limit}"
    return Verdict.of("bad", Phrase.of(template, gap=gap, limit=limit))


def _reconciled(
    result: NetworkBaselineResult, rows: tuple[ReconciledAmount, ...], what: str
) -> tuple[Block, ...]:
    names = tuple(row.name for row in rows)
    chart = Chart(
        title="Books and model",
        x=Axis(label=what, scale="category"),
        y=Axis(label="Money", unit=result.money),
        layers=(
            Layer(mark="bars", label="booked", x=names, y=tuple(r.booked for r in rows)),
            Layer(
                mark="points",
                label="by the prices of the scenario",
                x=names,
                y=tuple(r.computed for r in rows),
                role="fit",
            ),
        ),
    )
    return (chart, _table("Reconciliation", what, rows, result.money))


def _table(title: str, what: str, rows: tuple[ReconciledAmount, ...], money: str) -> Table:
    columns = (
        Column(label=what),
        Column(label="Booked", unit=money, decimals=2),
        Column(label="By the model", unit=money, decimals=2),
        Column(label="Unexplained", unit=money, decimals=2),
        Column(label="Unexplained share", unit="%", decimals=2),
    )
    cells = tuple(
        (r.name, r.booked, r.computed, r.unexplained, None if r.share is None else 100 * r.share)
        for r in rows
    )
    return Table(title=title, columns=columns, rows=cells)


def _figures(result: NetworkBaselineResult) -> tuple[Block, ...]:
    found, money = result.kpis, result.money
    share = None if found.fill_rate is None else 100 * found.fill_rate
    return (
        Figure(label="Landed cost", value=found.landed_cost, unit=money, decimals=0),
        Figure(label="Cost of a unit delivered", value=found.cost_per_unit, unit=money),
        Figure(label="Fill rate", value=share, unit="%", decimals=1),
        Figure(label="Units delivered", value=found.delivered, decimals=0),
        Figure(label="Lead time", value=found.lead_days, unit="day", decimals=1),
        Figure(label="Distance", value=found.distance_km, unit="km", decimals=0),
        Figure(label="CO2 of transport", value=found.co2_kg, unit="kg", decimals=0),
        Figure(label="Inventory turns", value=found.turns, unit="1/year", decimals=1),
        Figure(label="Capital in transit", value=found.capital_cost, unit=money, decimals=0),
    )


def _units(result: NetworkBaselineResult) -> tuple[Block, ...]:
    columns = (Column(label="Site"), Column(label="Commodity"), Column(label="Units", decimals=0))
    rows = tuple((u.site, u.commodity, u.units) for u in result.unbalanced[:SHOWN])
    table = Table(title="Left without a source (below 0), or came for nothing", columns=columns,
                  rows=rows)  # fmt: skip
    return (table,)


def _method(result: NetworkBaselineResult) -> Text:
    return Text.of(
        Phrase.of(
            "Flows, modes and sites are those of the history; prices are those of revision"
            " {revision} of {scenario}.",
            revision=Number(value=result.revision, decimals=0),
            scenario=result.scenario,
        ),
        Phrase.of("Making, buying and stock follow from the balance of each site."),
        Phrase.of(
            "The gap is the sum of the absolute gaps of the categories in the books over all that"
            " is booked; with signs it is {net}.",
            net=Number(value=result.net_gap, percent=True, decimals=2),
        ),
        Phrase.of(
            "Of {lanes} lanes used, the worst are shown.",
            lanes=Number(value=result.lanes_in_all, decimals=0),
        ),
    )


def _by_size(rows: tuple[ReconciledAmount, ...]) -> list[ReconciledAmount]:
    return sorted(rows, key=lambda r: -abs(r.unexplained or 0.0))
