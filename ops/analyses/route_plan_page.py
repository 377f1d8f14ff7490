"""The page of a route plan: what it comes to, what is left and why, the day, map and routes."""

from collections.abc import Callable, Iterable

from ops.analyses.route_plan_result import PlannedRoute, RoutePlanResult, UnservedVisit
from ops.page import Block, Figure, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer, Link, Map, Place
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

NAMED = 5  # visits that have a verdict of their own
SHOWN = 500  # rows of a table

_REASONS = {
    "capacity": "{visit} cannot be made: its load is {needed}, {vehicle} takes {available}",
    "window": "{visit} cannot be made: {vehicle} is there at {needed} h at the earliest, its"
    " window ends at {available} h",
    "shift": "{visit} cannot be made: {vehicle} would be back at {needed} h, its shift ends at"
    " {available} h",
    "distance": "{visit} cannot be made: it takes {needed} km, {vehicle} may go {available} km",
    "skill": "{visit} cannot be made: {vehicle} lacks {needed} of the skills it asks for",
    "cost": "{visit} does not pay: adding it costs {needed}, its prize is {available}",
    "fleet": "{visit} finds no vehicle: loads come to {needed}, the fleet takes {available}",
}
_FLEET_FULL = "{visit} finds no vehicle: every one is used, and no route can take it"


def view(result: RoutePlanResult) -> Page:
    """Show a route plan."""
    sections = [Section(title="Summary", blocks=tuple(_figures(result)))]
    if result.unserved:
        sections.append(Section(title="Visits left", blocks=(_left(result),)))
    if result.routes:
        sections += [
            Section(title="The day", blocks=(_gantt(result.routes),)),
            Section(title="Map", blocks=(_map(result.routes),)),
            Section(title="Routes", blocks=(_routes(result), _stops(result.routes))),
        ]
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Route plan", verdicts=_verdicts(result), sections=tuple(sections))


def _verdicts(result: RoutePlanResult) -> tuple[Verdict, ...]:
    made = result.visits - len(result.unserved)
    claim = Phrase.of(
        "{made} of {all} visits are made for {cost} {money}, routes: {routes}",
        made=Number(value=made),
        all=Number(value=result.visits),
        routes=Number(value=len(result.routes)),
        cost=Number(value=result.cost, decimals=2),
        money=result.money,
    )
    missed = sum(left.required for left in result.unserved)
    required = Phrase.of("required visits that are left: {missed}", missed=Number(value=missed))
    said = [Verdict.of("bad" if missed else "good", claim, required)]
    said += [Verdict.of("bad", Phrase.of("{fault}", fault=fault)) for fault in result.faults]
    for left in result.unserved[:NAMED]:
        said.append(Verdict.of("bad" if left.required else "info", reason(left)))
    if len(result.unserved) > NAMED:
        more = Number(value=len(result.unserved) - NAMED)
        said.append(Verdict.of("info", Phrase.of("further visits that are left: {n}", n=more)))
    return tuple(said)


def reason(left: UnservedVisit) -> Phrase:
    """Say why a visit is left, with both numbers."""
    template = _REASONS[left.reason]
    if left.reason == "fleet" and not left.proven:
        template = _FLEET_FULL
    decimals = 2 if left.reason == "cost" else None
    values: dict[str, Number | str] = {
        "visit": left.visit,
        "vehicle": left.vehicle or "",
        "needed": Number(value=left.needed, decimals=decimals),
        "available": Number(value=left.available, decimals=decimals),
    }
    return Phrase.of(template, **{k: v for k, v in values.items() if f"{{{k}}}" in template})


def _figures(result: RoutePlanResult) -> Iterable[Block]:
    money = result.money
    yield Figure(label="Cost", value=result.cost, unit=money, decimals=2)
    yield Figure(label="Prizes gained", value=result.prizes, unit=money, decimals=2)
    yield Figure(label="Prizes missed", value=result.prizes_missed, unit=money, decimals=2)
    yield Figure(label="Distance", value=result.distance_km, unit="km", decimals=1)
    yield Figure(label="Hours of duty", value=result.duration_h, unit="h", decimals=1)
    yield Figure(label="Vehicles used", value=float(len(result.routes)), decimals=0)
    yield Figure(label="Vehicles there are", value=float(result.vehicles), decimals=0)
    waiting = sum(route.waiting_h for route in result.routes)
    yield Figure(label="Waiting", value=waiting, unit="h", decimals=1)


def _left(result: RoutePlanResult) -> Table:
    columns = ("Visit", "Required", "Reason", "Needed", "Available", "Vehicle", "Proven")
    rows = tuple(
        (v.visit, v.required, " + ".join(v.limits) or v.reason, v.needed, v.available, v.vehicle,
         v.proven)
        for v in result.unserved[:SHOWN]
    )  # fmt: skip
    return Table(
        title="Visits that no route makes",
        columns=tuple(Column(label=label) for label in columns),
        rows=rows,
    )


def _routes(result: RoutePlanResult) -> Table:
    columns = (
        Column(label="Vehicle"),
        Column(label="Number"),
        Column(label="Depot"),
        Column(label="Visits"),
        Column(label="Start", unit="h", decimals=2),
        Column(label="Return", unit="h", decimals=2),
        Column(label="Waiting", unit="h", decimals=2),
        Column(label="Distance", unit="km", decimals=1),
        Column(label="Largest load"),
        Column(label="Utilisation", unit="%", decimals=1),
        Column(label="Cost", unit=result.money, decimals=2),
    )
    return Table(
        title="Routes", columns=columns, rows=tuple(_row(r) for r in result.routes[:SHOWN])
    )


def _row(route: PlannedRoute) -> tuple[Cell, ...]:
    used = None if route.utilisation is None else 100 * route.utilisation
    return (
        route.vehicle,
        route.number,
        route.depot,
        len(route.visits),
        route.depart_h,
        route.return_h,
        route.waiting_h,
        route.distance_km,
        max(route.load),
        used,
        route.cost,
    )


def _stops(routes: tuple[PlannedRoute, ...]) -> Table:
    columns = (
        Column(label="Vehicle"),
        Column(label="Number"),
        Column(label="Visit"),
        Column(label="Arrival", unit="h", decimals=2),
        Column(label="Begin", unit="h", decimals=2),
        Column(label="Departure", unit="h", decimals=2),
        Column(label="Load after it"),
    )
    rows = tuple(
        (r.vehicle, r.number, code, r.arrival_h[i], r.start_h[i], r.leave_h[i], r.load[i + 1])
        for r in routes
        for i, code in enumerate(r.visits)
    )
    return Table(title="Visits in order", columns=columns, rows=rows[:SHOWN])


Stretches = list[tuple[float, float]]


def _gantt(routes: tuple[PlannedRoute, ...]) -> Chart:
    parts: tuple[tuple[str, str, Callable[[PlannedRoute], Stretches]], ...] = (
        ("driving", "data", _driving),
        ("waiting", "limit", lambda r: list(zip(r.arrival_h, r.start_h, strict=True))),
        ("at a visit", "signal", lambda r: list(zip(r.start_h, r.leave_h, strict=True))),
    )
    layers: list[Layer] = []
    for label, role, stretches in parts:
        x: list[float] = []
        y: list[float | None] = []
        for row, route in enumerate(routes, start=1):
            for begin, end in stretches(route):
                if end > begin:
                    x += [begin, end, end]
                    y += [float(row), float(row), None]
        layers.append(
            Layer.model_validate(
                {"mark": "line", "label": label, "role": role, "x": tuple(x), "y": tuple(y)}
            )
        )
    return Chart(
        title="Routes over the day",
        x=Axis(label="Time after midnight", unit="h"),
        y=Axis(label="Route"),
        layers=tuple(layer for layer in layers if layer.x),
    )


def _driving(route: PlannedRoute) -> Stretches:
    away = (route.depart_h, *route.leave_h)
    there = (*route.arrival_h, route.return_h)
    return list(zip(away, there, strict=True))


def _map(routes: tuple[PlannedRoute, ...]) -> Map:
    places: list[Place] = []
    links: list[Link] = []
    for route in routes:
        known = [
            (label, x, y)
            for label, x, y in zip(
                (route.depot, *route.visits, route.depot),
                route.longitude,
                route.latitude,
                strict=True,
            )
            if x is not None and y is not None
        ]
        for label, x, y in known:
            depot = label == route.depot
            places.append(
                Place(
                    label=label,
                    longitude=x,
                    latitude=y,
                    shape="square" if depot else "circle",
                    group="depots" if depot else "visits",
                    size=0.6 if depot else 0.3,
                )
            )
        first = len(places) - len(known)
        links += [
            Link(origin=at, destination=at + 1, group=route.vehicle, width=0.4)
            for at in range(first, len(places) - 1)
        ]
    return Map(title="Route map", places=tuple(places), links=tuple(links))


def _method(result: RoutePlanResult) -> Text:
    return Text.of(
        Phrase.of(
            "PyVRP searched for {n} iterations (seed {seed}), in steps of {km} km and {s} s.",
            n=Number(value=result.iterations),
            seed=Number(value=result.seed),
            km=Number(value=result.step_km),
            s=Number(value=result.step_s),
        ),
        Phrase.of("Times, loads and costs shown are computed anew from the routes."),
        Phrase.of(
            "An uploaded matrix gave {share} of the ways; the others are great circles times a"
            " circuity factor.",
            share=Number(value=result.measured, percent=True, decimals=1),
        ),
        Phrase.of(
            "A visit that is left was tried alone on an empty vehicle of each kind, its limits"
            " relaxed one at a time; one that can be served alone was tried at every place of"
            " every route."
        ),
    )
