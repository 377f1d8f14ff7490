"""The page of a greenfield study: how many sites, where, whom they serve, what it costs."""

from ops.analyses.greenfield_result import CurvePoint, GreenfieldResult
from ops.page import Block, Figure, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer, Link, Map, Place
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

SHOWN = 300  # rows of a table

_WHY = {
    "asked for": "Number of sites, as asked for: {n}; cost {total} {money}",
    "cheapest": "Number of sites that costs least: {n}; cost {total} {money}",
    "knee": "Number of sites at the knee, beyond which more save little: {n}; cost {total} {money}",
    "most": "Number of sites, the most that were asked for: {n}; cost {total} {money}",
    "first within the limits": "Fewest sites within the limits: {n}; cost {total} {money}",
}


def view(result: GreenfieldResult) -> Page:
    """Show a greenfield study."""
    sections: list[Section] = []
    point = _point(result)
    if point is not None:
        sections.append(Section(title="Summary", blocks=tuple(_figures(result, point))))
        sections.append(Section(title="Sites", blocks=(_sites(result), _map(result))))
    sections.append(Section(title="Number of sites", blocks=(_curve(result), _numbers(result))))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Greenfield study", verdicts=_verdicts(result), sections=tuple(sections))


def _point(result: GreenfieldResult) -> CurvePoint | None:
    return next((p for p in result.curve if p.sites == result.chosen), None)


def _verdicts(result: GreenfieldResult) -> tuple[Verdict, ...]:
    point = _point(result)
    most = Number(value=result.curve[-1].sites)
    if point is None or result.why is None:
        said = Phrase.of("no number of sites up to {n} keeps the limits", n=most)
        return (Verdict.of("bad", said),)
    claim = Phrase.of(
        _WHY[result.why],
        n=Number(value=point.sites),
        total=Number(value=point.total, decimals=2),
        money=result.money,
    )
    longest = Phrase.of(
        "the longest way is {km} km, the mean {mean} km",
        km=Number(value=point.longest_km, decimals=0),
        mean=Number(value=point.mean_km, decimals=0),
    )
    verdicts = [Verdict.of("info", claim, longest), _proof(point)]
    if result.moved:
        saved = Number(value=result.moved, decimals=2)
        text = "moving the sites off the candidates saves {saved} {money} of transport"
        verdicts.append(Verdict.of("info", Phrase.of(text, saved=saved, money=result.money)))
    return tuple(verdicts)


def _proof(point: CurvePoint) -> Verdict:
    sites = Number(value=point.sites)
    if point.gap is not None and point.gap <= 1e-6:
        return Verdict.of(
            "good", Phrase.of("no other choice of {n} of the candidates is better: proven", n=sites)
        )
    gap = Number(value=point.gap, percent=True, decimals=2)
    text = "another choice of {n} of the candidates is better by {gap} at most"
    return Verdict.of("info", Phrase.of(text, n=sites, gap=gap))


def _figures(result: GreenfieldResult, point: CurvePoint) -> list[Block]:
    money = result.money
    return [
        Figure(label="Sites", value=float(point.sites), decimals=0),
        Figure(label="Transport", value=result.transport, unit=money, decimals=2),
        Figure(label="Fixed cost", value=point.fixed, unit=money, decimals=2),
        Figure(label="Longest way", value=max(result.way_km), unit="km", decimals=0),
        Figure(label="Covered", value=100 * point.covered, unit="%", decimals=1),
    ]


def _sites(result: GreenfieldResult) -> Table:
    columns = (
        Column(label="Site"),
        Column(label="Latitude", unit="°", decimals=3),
        Column(label="Longitude", unit="°", decimals=3),
        Column(label="Customers"),
        Column(label="Quantity", unit="t", decimals=2),
        Column(label="Transport", unit=result.money, decimals=2),
        Column(label="Longest way", unit="km", decimals=0),
    )
    rows = tuple(
        (s.code, s.latitude, s.longitude, s.customers, s.quantity_t, s.transport, s.longest_km)
        for s in result.sites
    )
    return Table(title="Sites", columns=columns, rows=rows)


def _map(result: GreenfieldResult) -> Map:
    sites = result.sites
    most = max((site.quantity_t for site in sites), default=0.0) or 1.0
    places = [
        Place(
            label=site.code,
            longitude=site.longitude,
            latitude=site.latitude,
            shape="square",
            group="sites",
            size=0.4 + 0.6 * site.quantity_t / most,
            level="good",
        )
        for site in sites
    ]
    ends = zip(result.customers, result.longitude, result.latitude, strict=True)
    places += [
        Place(label=code, longitude=x, latitude=y, group="customers", size=0.3)
        for code, x, y in ends
    ]
    links = tuple(
        Link(origin=site, destination=len(sites) + customer, group="served by", width=0.2)
        for customer, site in enumerate(result.served_by)
    )
    return Map(title="Map", places=tuple(places), links=links)


def _curve(result: GreenfieldResult) -> Chart:
    x = tuple(float(p.sites) for p in result.curve)
    layers = [
        Layer(mark="line", label="transport", x=x, y=tuple(p.transport for p in result.curve))
    ]
    if any(p.fixed > 0 for p in result.curve):
        total = tuple(p.total for p in result.curve)
        layers.append(Layer(mark="line", label="total", role="fit", x=x, y=total))
    if result.objective == "center":
        longest = tuple(p.longest_km for p in result.curve)
        layers = [Layer(mark="line", label="longest way", x=x, y=longest)]
    if result.knee is not None:
        layers.append(Layer(mark="rule", label="knee", role="event", x=(float(result.knee),)))
    unit = "km" if result.objective == "center" else result.money
    label = "Longest way" if result.objective == "center" else "Cost"
    return Chart(
        title="Cost and number of sites",
        x=Axis(label="Sites"),
        y=Axis(label=label, unit=unit),
        layers=tuple(layers),
    )


def _numbers(result: GreenfieldResult) -> Table:
    columns = (
        Column(label="Sites"),
        Column(label="Transport", unit=result.money, decimals=2),
        Column(label="Fixed cost", unit=result.money, decimals=2),
        Column(label="Total", unit=result.money, decimals=2),
        Column(label="Longest way", unit="km", decimals=0),
        Column(label="Mean way", unit="km", decimals=0),
        Column(label="Covered", unit="%", decimals=1),
        Column(label="Bound", decimals=2),
        Column(label="Gap", unit="%", decimals=3),
        Column(label="Within the limits"),
    )
    rows = tuple(
        (
            p.sites,
            p.transport,
            p.fixed,
            p.total,
            p.longest_km,
            p.mean_km,
            100 * p.covered,
            p.bound,
            None if p.gap is None else 100 * p.gap,
            p.feasible,
        )
        for p in result.curve[:SHOWN]
    )
    return Table(title="Each number of sites", columns=columns, rows=rows)


def _method(result: GreenfieldResult) -> Text:
    phrases = [
        Phrase.of("Ways are great circles times the circuity factor of the customer's country."),
        Phrase.of(
            "Sites are found by exchanges; a Lagrangian bound, and for small numbers an integer"
            " program, tells how far they can be from the best."
        ),
    ]
    if result.edit is not None:
        phrases.append(
            Phrase.of("The result holds an edit that adds the sites to the scenario as candidates.")
        )
    return Text.of(*phrases)
