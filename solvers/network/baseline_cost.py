"""What given flows cost by the prices of a scenario: lane by lane, site by site, each period."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from solvers.network.codes import Codes
from solvers.network.facility import resolve_sites, resolve_tiers
from solvers.network.landed import landed_cost, resolve_goods
from solvers.network.lane import Connections, connect, resolve_lanes, resolve_steps
from solvers.network.moves import Lanes, Steps
from solvers.scenario.ledger import PastFlow
from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Moved:
    """Flows of the past on arcs A of lanes L, in T periods.

    Parameters
    ----------
    lane, commodity : shape (A,)
        Positions; a pair stands once.
    flow, duty, capital, load : shape (A, T)
        Units, money, money, load.
    co2_kg : shape (A,)
        Of one unit.
    freight : shape (L, T)
        Money of each lane: rates, tariffs, fixed and shipment charges.
    left_out
        Flows whose lane the scenario does not have.
    """

    lanes: Lanes
    lane: IntArray
    commodity: IntArray
    flow: FloatArray
    duty: FloatArray
    capital: FloatArray
    load: FloatArray
    co2_kg: FloatArray
    freight: FloatArray
    left_out: tuple[PastFlow, ...]


def price_flows(codes: Codes) -> Moved:
    """Price the flows of the history of a scenario."""
    connections, _ = connect(codes)
    where = {x.code: i for i, x in enumerate(connections.lanes)}
    units: dict[tuple[int, int], FloatArray] = defaultdict(lambda: np.zeros(codes.horizon))
    left_out: list[PastFlow] = []
    for past in codes.scenario.history.flows:
        lane = where.get(f"{past.origin}>{past.destination}/{past.mode}")
        if lane is None:
            left_out.append(past)
            continue
        good = codes.commodity(past.commodity)
        at = codes.yardstick.periods[past.period]
        amount = codes.yardstick.quantity(past.quantity, good)
        units[lane, codes.commodities[past.commodity]][at] += amount
    pairs = np.array(list(units), dtype=np.int64).reshape(-1, 2)
    flow = np.array(list(units.values())).reshape(-1, codes.horizon)
    return _priced(codes, connections, pairs[:, 0], pairs[:, 1], flow, tuple(left_out))


def _priced(
    codes: Codes,
    connections: Connections,
    lane: IntArray,
    commodity: IntArray,
    flow: FloatArray,
    left_out: tuple[PastFlow, ...],
) -> Moved:
    lanes, steps = resolve_lanes(codes, connections), resolve_steps(codes, connections)
    landed = landed_cost(codes, connections, resolve_goods(codes), lane, commodity)
    load = landed.load[:, None] * flow
    freight, loads = np.zeros((2, len(lanes.code), codes.horizon))
    np.add.at(freight, lane, landed.transport * flow)
    np.add.at(loads, lane, load)
    freight += np.where(loads > 0, lanes.fixed_cost, 0.0)
    size = lanes.shipment_size[:, None]
    shipments = np.where(np.isfinite(size) & (size > 0), np.ceil(loads / size - 1e-9), 0.0)
    freight += lanes.shipment_cost[:, None] * shipments
    freight += tariff_cost(steps, loads)
    return Moved(
        lanes, lane, commodity, flow, landed.duty * flow, landed.capital * flow, load,
        landed.co2_kg, freight, left_out,
    )  # fmt: skip


def tariff_cost(steps: Steps, loads: FloatArray) -> FloatArray:
    """Money by tariffs for the loads of lanes, shape (L, T); 0 on lanes without one.

    Incremental: each unit pays the rate of its step, each step reached its fixed charge.
    All-units: the whole load pays the rate, and the charge, of the step that it reaches.
    """
    cost = np.zeros_like(loads)
    load = loads[steps.lane]
    start, end = steps.start[:, None], steps.end[:, None]
    rate, fixed = steps.rate[:, None], steps.fixed[:, None]
    part = np.clip(load, start, end) - start
    reached = (load > start) | ((start == 0) & (load > 0))
    incremental = rate * part + np.where(reached, fixed, 0.0)
    inside: BoolArray = (load > 0) & (load >= start) & (load < end)
    whole = np.where(inside, rate * load + fixed, 0.0)
    np.add.at(cost, steps.lane, np.where(steps.all_units[:, None], whole, incremental))
    return cost


def handling_cost(codes: Codes, moved: Moved) -> FloatArray:
    """Money for the throughput of each site by its labour tiers, shape (S, T)."""
    tiers = resolve_tiers(codes)
    handled = np.zeros((len(codes.sites), codes.horizon))
    weight = resolve_goods(codes).handling[moved.commodity]
    np.add.at(handled, moved.lanes.origin[moved.lane], weight[:, None] * moved.flow)
    cost = np.zeros_like(handled)
    done = np.zeros_like(handled)
    for site, size, unit_cost in zip(tiers.site, tiers.size, tiers.unit_cost, strict=True):
        part = np.minimum(handled[site] - done[site], size)
        cost[site] += unit_cost * part
        done[site] += part
    return cost


def site_cost(codes: Codes, moved: Moved) -> FloatArray:
    """Count the fixed money of each open site, shape (S, T); of a candidate if it was used."""
    sites = resolve_sites(codes)
    used = np.zeros(len(sites.code), dtype=np.bool_)
    active = moved.lane[moved.flow.sum(axis=1) > 0]
    used[moved.lanes.origin[active]] = True
    used[moved.lanes.destination[active]] = True
    return np.where((sites.initially_open | used)[:, None], sites.fixed_cost, 0.0)
