"""The last weeks of the simulated network as rows of a history: shipments, orders, places."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from ops.simulate.freight import simulate_freight
from ops.simulate.network import NetworkPlan
from ops.simulate.shipments import (
    DemandHistory,
    ShipmentHistory,
    customers,
    simulate_shipments,
)
from ops.values import IntArray
from solvers.scenario.past_option import Past
from solvers.scenario.past_row import PastLane, PastOrder, PastShipment, PastSite

MATERIAL: Mapping[str, str] = MappingProxyType({"SUP-WIRE": "WIRE", "SUP-FRAME": "FRAME"})
CITIES: Mapping[str, tuple[str, float, float]] = MappingProxyType(
    {  # city, degrees north, degrees east
        "SUP-WIRE": ("Fukuoka", 33.59, 130.40),
        "SUP-FRAME": ("Ningbo", 29.87, 121.54),
        "DEMO-PG": ("Penang", 5.41, 100.33),
        "DEMO-DR": ("Dresden", 51.05, 13.74),
        "WH-SIN": ("Singapore", 1.35, 103.82),
        "WH-FRA": ("Frankfurt", 50.11, 8.68),
        "WH-DAL": ("Dallas", 32.78, -96.80),
        "CUST-01": ("Suzhou", 31.30, 120.58),
        "CUST-02": ("Suwon", 37.26, 127.03),
        "CUST-03": ("Nagoya", 35.18, 136.91),
        "CUST-04": ("Stuttgart", 48.78, 9.18),
        "CUST-05": ("Toulouse", 43.60, 1.44),
        "CUST-06": ("Budapest", 47.50, 19.04),
        "CUST-07": ("Detroit", 42.33, -83.05),
        "CUST-08": ("Monterrey", 25.69, -100.32),
    }
)


def past_of(
    plan: NetworkPlan, demand: DemandHistory, *, monday: date, weeks: int, seed: int
) -> Past:
    """Rows of the last weeks.

    Suppliers ship a set of wire and a leadframe for each unit that leaves their plant in the week.

    Parameters
    ----------
    monday
        Day 0 of the histories.
    """
    shipped = simulate_shipments(plan, demand, seed=seed)
    first = plan.days - 7 * weeks
    return Past(
        shipments=_shipments(plan, shipped, monday, first, seed),
        orders=_orders(plan, demand, monday, first),
        sites=tuple(
            PastSite.model_validate(
                {"code": n.code, "kind": n.kind, "title": CITIES[n.code][0], "country": n.country}
                | {"latitude": CITIES[n.code][1], "longitude": CITIES[n.code][2]}
            )
            for n in plan.nodes
        ),
        lanes=tuple(
            PastLane(origin=x.origin, destination=x.destination, mode=x.mode, capacity=x.capacity)
            for x in plan.lanes
        ),
    )


def _shipments(
    plan: NetworkPlan, shipped: ShipmentHistory, monday: date, first: int, seed: int
) -> tuple[PastShipment, ...]:
    units = _needed(plan, shipped)
    moved = ShipmentHistory(shipped.day, shipped.lane, shipped.package, units, shipped.lead_days)
    freight = simulate_freight(plan, moved, seed=seed)
    found: list[PastShipment] = []
    for i in np.flatnonzero(shipped.day >= first).tolist():
        lane, package = plan.lanes[shipped.lane[i]], plan.packages[shipped.package[i]]
        found.append(
            PastShipment(
                date=monday + timedelta(days=int(shipped.day[i])),
                origin=lane.origin,
                destination=lane.destination,
                mode=lane.mode,
                commodity=MATERIAL.get(lane.origin, package),
                quantity=float(units[i]),
                transport_cost=float(freight[i]),
                lead_days=float(shipped.lead_days[i]),
            )
        )
    return tuple(found)


def _needed(plan: NetworkPlan, shipped: ShipmentHistory) -> IntArray:
    """Units of each shipment; those of materials are what the plant sent in the week."""
    week, names = shipped.day // 7, [lane.origin for lane in plan.lanes]
    sent = np.zeros((plan.days // 7, len(plan.lanes), len(plan.packages)), dtype=np.int64)
    sent[week, shipped.lane, shipped.package] = shipped.units
    units = shipped.units.copy()
    for index, lane in enumerate(plan.lanes):
        if lane.origin in MATERIAL:
            of_plant = [i for i, origin in enumerate(names) if origin == lane.destination]
            mine = shipped.lane == index
            units[mine] = sent[:, of_plant].sum(axis=1)[week[mine], shipped.package[mine]]
    return units


def _orders(
    plan: NetworkPlan, demand: DemandHistory, monday: date, first: int
) -> tuple[PastOrder, ...]:
    names = customers(plan)
    kept = np.flatnonzero(demand.day >= first)
    return tuple(
        PastOrder(
            date=monday + timedelta(days=int(demand.day[i])),
            customer=names[demand.customer[i]],
            commodity=plan.packages[demand.package[i]],
            quantity=float(demand.units[i]),
        )
        for i in kept.tolist()
    )
