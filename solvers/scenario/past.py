"""A scenario from history: shipments, orders and stock counts become a network with its prices."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.aggregation import Aggregation, aggregated, clusters, top_names
from solvers.scenario.document import Scenario
from solvers.scenario.ledger import History
from solvers.scenario.movement import Lane
from solvers.scenario.past_flow import bookings, demands, inventories, past_flows, supplies
from solvers.scenario.past_lane import LaneKey, freight_by_fit, past_lane
from solvers.scenario.past_option import HistoryReport, LaneFit, Past, PastOptions
from solvers.scenario.past_period import periods_of, span
from solvers.scenario.past_row import PastShipment, PastSite
from solvers.scenario.past_site import commodities, modes, site_kinds, sites
from solvers.scenario.policy import Units

REST = "REST"


class FromHistory(NamedTuple):
    """A scenario, and how it came about."""

    scenario: Scenario
    report: HistoryReport


def scenario_from_history(past: Past, options: PastOptions | None = None) -> FromHistory:
    """Turn a history into a scenario whose `history` holds what really moved and what it cost.

    Raises
    ------
    ScenarioError
        If there are no shipments, or places or weights are missing that the options need.
    """
    chosen = options or PastOptions()
    if not past.shipments:
        raise ScenarioError("a history needs one shipment, got none: add the table of shipments")
    _require_weights(past, chosen)
    customers, products = _customers(past, chosen), _products(past, chosen)
    renamed = _renamed(past, customers.of, products.of)
    first, last = span([s.date for s in renamed.shipments] + [o.date for o in renamed.orders])
    periods = periods_of(first, last, chosen.period)
    lanes, fits = _lanes(renamed, chosen)
    kinds = site_kinds(renamed)
    history = History(
        flows=past_flows(renamed, chosen.period), bookings=bookings(renamed, chosen.period)
    )
    wanted, source = demands(renamed, kinds, periods, chosen)
    scenario = Scenario(
        title=chosen.title,
        units=Units(money=chosen.money),
        periods=periods,
        commodities=commodities(renamed),
        sites=sites(renamed, kinds, customers.places),
        supplies=supplies(renamed, chosen),
        inventories=inventories(renamed, periods),
        modes=modes(renamed),
        lanes=lanes,
        demands=wanted,
        history=history,
    )
    report = _report(past, renamed, scenario, fits, customers, products, source, chosen)
    return FromHistory(scenario, report)


def _require_weights(past: Past, options: PastOptions) -> None:
    bare = [i for i, s in enumerate(past.shipments, start=1) if s.weight is None]
    if options.basis == "weight" and bare:
        detail = (
            f"{len(bare)} shipments have no weight (row {bare[0]}): fill it, or use basis quantity"
        )
        raise ScenarioError(detail, (Flaw(f"/shipments/{bare[0]}/weight", detail),))


def _customers(past: Past, options: PastOptions) -> Aggregation:
    known = {s.code: s for s in past.sites}
    asked = {o.customer for o in past.orders}
    kinds = site_kinds(past)
    names = [name for name, kind in kinds.items() if kind == "customer"]
    volume = dict.fromkeys(names, 0.0)
    for order in past.orders:
        volume[order.customer] = volume.get(order.customer, 0.0) + order.quantity
    deliveries: dict[tuple[str, str], float] = defaultdict(float)
    for s in past.shipments:
        if s.destination in volume:
            deliveries[s.origin, s.destination] += s.quantity
            volume[s.destination] += 0.0 if asked else s.quantity
    if options.customers == "each":
        of, rule = {name: name for name in volume}, "each customer by itself"
    elif options.customers == "top":
        rest = {name: _rest(known.get(name)) for name in volume}
        of = top_names(volume, options.customer_count, rest)
        rule = f"the {options.customer_count} largest customers, the rest by region"
    else:
        of = _clustered(volume, known, options)
        rule = f"{len(set(of.values()))} clusters of customers by place, weighted by volume"
    return aggregated(rule, of, volume, known, deliveries)


def _rest(site: PastSite | None) -> str:
    region = (site.group or site.country) if site is not None else ""
    return f"{REST}-{region}".replace("/", "-") if region else REST


def _clustered(
    volume: Mapping[str, float], known: Mapping[str, PastSite], options: PastOptions
) -> dict[str, str]:
    names = sorted(volume)
    lost = [n for n in names if n not in known or None in (known[n].latitude, known[n].longitude)]
    if lost:
        detail = f"{len(lost)} customers have no place ({', '.join(lost[:5])}): add coordinates"
        raise ScenarioError(detail, (Flaw("/sites", detail),))
    places = np.array([(known[n].latitude, known[n].longitude) for n in names], dtype=np.float64)
    weight = np.array([volume[n] for n in names])
    label = clusters(places, weight, options.customer_count, seed=options.seed)
    members: dict[int, list[str]] = defaultdict(list)
    for name, k in zip(names, label.tolist(), strict=True):
        members[k].append(name)
    largest = {k: max(m, key=lambda n: (volume[n], n)) for k, m in members.items()}
    return {
        name: name if len(m) == 1 else f"CLUSTER-{largest[k]}"
        for k, m in members.items()
        for name in m
    }


def _products(past: Past, options: PastOptions) -> Aggregation:
    volume: dict[str, float] = defaultdict(float)
    for order in past.orders:
        volume[order.commodity] += order.quantity
    for s in past.shipments:
        volume[s.commodity] += 0.0 if past.orders else s.quantity
    for count in past.stocks:
        volume[count.commodity] += 0.0
    if options.products == "each":
        return aggregated("each product by itself", {n: n for n in volume}, volume, {}, {})
    of = top_names(volume, options.product_count, dict.fromkeys(volume, REST))
    rule = f"the {options.product_count} largest products, the rest together"
    return aggregated(rule, of, volume, {}, {})


def _renamed(past: Past, customer: Mapping[str, str], product: Mapping[str, str]) -> Past:
    """History in the names of the aggregates."""

    def site(name: str) -> str:
        return customer.get(name, name)

    return replace(
        past,
        shipments=tuple(
            s.model_copy(
                update={
                    "origin": site(s.origin),
                    "destination": site(s.destination),
                    "commodity": product[s.commodity],
                }
            )
            for s in past.shipments
        ),
        orders=tuple(
            o.model_copy(
                update={
                    "customer": site(o.customer),
                    "commodity": product.get(o.commodity, o.commodity),
                }
            )
            for o in past.orders
        ),
        stocks=tuple(
            s.model_copy(update={"site": site(s.site), "commodity": product[s.commodity]})
            for s in past.stocks
        ),
    )


def _lanes(past: Past, options: PastOptions) -> tuple[tuple[Lane, ...], tuple[LaneFit, ...]]:
    groups: dict[LaneKey, list[PastShipment]] = defaultdict(list)
    for s in past.shipments:
        groups[s.origin, s.destination, s.mode].append(s)
    planned = {(x.origin, x.destination, x.mode): x for x in past.lanes}
    found = [past_lane(key, group, planned, options) for key, group in groups.items()]
    return tuple(lane for lane, _ in found), tuple(fit for _, fit in found)


def _report(
    past: Past,
    renamed: Past,
    scenario: Scenario,
    fits: tuple[LaneFit, ...],
    customers: Aggregation,
    products: Aggregation,
    source: Literal["orders", "shipments"],
    options: PastOptions,
) -> HistoryReport:
    booked: dict[str, float] = defaultdict(float)
    for booking in scenario.history.bookings:
        booked[booking.category] += float(booking.amount)
    ends = {s.code for s in scenario.sites if s.kind == "customer"}
    starts = [p.start for p in scenario.periods if p.start is not None]
    return HistoryReport(
        first=starts[0],
        last=max([s.date for s in past.shipments] + [o.date for o in past.orders]),
        periods=len(scenario.periods),
        shipments=len(past.shipments),
        orders=len(past.orders),
        sites=len(scenario.sites),
        lanes=fits,
        customers=customers,
        products=products,
        booked=dict(booked),
        demand_from=source,
        ordered=sum(o.quantity for o in past.orders),
        delivered=sum(s.quantity for s in renamed.shipments if s.destination in ends),
        freight_error=_freight_error(renamed, fits, options),
        notes=_notes(scenario, fits, source),
    )


def _freight_error(past: Past, fits: tuple[LaneFit, ...], options: PastOptions) -> float | None:
    by_lane = {fit.lane: fit for fit in fits}
    priced = [s for s in past.shipments if s.transport_cost is not None]
    paid = sum(s.transport_cost or 0.0 for s in priced)
    if paid <= 0:
        return None
    by_weight = options.basis == "weight"
    told = sum(
        freight_by_fit(
            by_lane[f"{s.origin}>{s.destination}/{s.mode}"],
            s.weight or 0.0 if by_weight else s.quantity,
        )
        for s in priced
    )
    return told / paid - 1.0


def _notes(
    scenario: Scenario, fits: tuple[LaneFit, ...], source: Literal["orders", "shipments"]
) -> tuple[str, ...]:
    notes = [f"{fit.lane}: {fit.note}" for fit in fits if fit.note]
    if source == "shipments":
        notes.append("there are no orders: demand is what reached customers, lost sales unseen")
    lost = [s.code for s in scenario.sites if s.latitude is None]
    if lost:
        notes.append(f"{len(lost)} sites have no coordinates: {', '.join(lost[:5])}")
    return tuple(notes)
