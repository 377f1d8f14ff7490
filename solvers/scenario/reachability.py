"""Demand that no path serves: nothing of the commodity can get to the customer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.errors import Flaw
from solvers.scenario.distance import great_circle_km
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand
from solvers.scenario.part import Amount
from solvers.scenario.reach import Making, Ways, available
from solvers.scenario.units import parsed
from solvers.values import BoolArray, IntArray


@dataclass(frozen=True, slots=True)
class _Map:
    """Where codes stand, lanes into sites, which ``site * commodities + commodity`` have it."""

    scenario: Scenario
    sites: dict[str, int]
    goods: dict[str, int]
    into: dict[str, list[int]]
    has: BoolArray

    def holders(self, commodity: str) -> list[int]:
        """Sites that a commodity can get to."""
        column = self.has.reshape(len(self.sites), len(self.goods))[:, self.goods[commodity]]
        return np.flatnonzero(column).tolist()


def unreachable(scenario: Scenario) -> Iterator[Flaw]:
    """Demands that no plan can serve, whatever is opened; all codes must be known.

    Closed lanes and sites, dates and capacities do not count here: what they forbid is for the
    plan to say. A document without lanes is not asked: it has no network yet.
    """
    if not scenario.lanes or not scenario.demands:
        return
    network = _explore(scenario)
    K = len(network.goods)
    for i, demand in enumerate(scenario.demands):
        node = network.sites[demand.customer] * K + network.goods[demand.commodity]
        if not network.has[node] and _is_wanted(demand):
            yield Flaw(f"/demands/{i}", _reason(network, demand))


def _explore(scenario: Scenario) -> _Map:
    sites = {s.code: i for i, s in enumerate(scenario.sites)}
    goods = {c.code: i for i, c in enumerate(scenario.commodities)}
    K = len(goods)
    held = [
        sites[i.site] * K + goods[i.commodity] for i in scenario.inventories if _is_some(i.initial)
    ]
    bought = [
        sites[s.site] * K + goods[s.commodity]
        for s in scenario.supplies
        if s.quantity is None or _is_some(s.quantity) or s.quantity_by_period
    ]
    has = available(
        _ways(scenario, sites, goods),
        _making(scenario, sites, goods),
        np.array(held + bought, dtype=np.int64),
    )
    into: dict[str, list[int]] = {}
    for i, lane in enumerate(scenario.lanes):
        into.setdefault(lane.destination, []).append(i)
    return _Map(scenario, sites, goods, into, has)


def _ways(scenario: Scenario, sites: dict[str, int], goods: dict[str, int]) -> Ways:
    K = len(goods)
    carried = [[goods[c] for c in lane.commodities] or range(K) for lane in scenario.lanes]
    repeat = np.array([len(c) for c in carried], dtype=np.int64)
    commodity = np.fromiter((k for c in carried for k in c), np.int64, count=int(repeat.sum()))
    origin = np.array([sites[lane.origin] for lane in scenario.lanes], dtype=np.int64)
    target = np.array([sites[lane.destination] for lane in scenario.lanes], dtype=np.int64)
    return Ways(
        nodes=len(sites) * K,
        tail=np.repeat(origin, repeat) * K + commodity,
        head=np.repeat(target, repeat) * K + commodity,
    )


def _making(scenario: Scenario, sites: dict[str, int], goods: dict[str, int]) -> Making:
    K, made = len(goods), scenario.productions
    inputs = [
        (i, sites[p.site] * K + goods[x.commodity]) for i, p in enumerate(made) for x in p.inputs
    ]
    pairs: IntArray = np.array(inputs, dtype=np.int64).reshape(len(inputs), 2)
    return Making(
        output=np.array([sites[p.site] * K + goods[p.output] for p in made], dtype=np.int64),
        of=pairs[:, 0],
        input=pairs[:, 1],
        runs=np.ones(len(made), dtype=np.bool_),
    )


def _is_some(amount: Amount) -> bool:
    return (parsed(amount).value if isinstance(amount, str) else amount) > 0


def _is_wanted(demand: Demand) -> bool:
    amounts = [demand.quantity or 0.0, *(q.amount for q in demand.quantity_by_period)]
    return any(_is_some(a) for a in amounts)


def _reason(network: _Map, demand: Demand) -> str:
    code, customer = demand.commodity, demand.customer
    holders = network.holders(code)
    if not holders:
        return f"{code!r} cannot get to {customer!r}: {_no_source(network, code)}"
    nearest = network.scenario.sites[_nearest(network, customer, holders)].code
    if customer not in network.into:
        return f"no lane leads to {customer!r}; add one, the nearest {code!r} is at {nearest!r}"
    for i in network.into[customer]:
        lane = network.scenario.lanes[i]
        if network.sites[lane.origin] in holders:
            return (
                f"{code!r} cannot get to {customer!r}: /lanes/{i} ({lane.code}) does not carry "
                f"it; add it to its commodities"
            )
    return (
        f"{code!r} cannot get to {customer!r}: no lane brings it; add a lane from {nearest!r}, "
        f"the nearest place that has it"
    )


def _no_source(network: _Map, code: str) -> str:
    K = len(network.goods)
    for i, made in enumerate(network.scenario.productions):
        if made.output == code:
            missing = [
                x.commodity
                for x in made.inputs
                if not network.has[network.sites[made.site] * K + network.goods[x.commodity]]
            ]
            return f"/productions/{i} lacks {', '.join(missing)} at {made.site!r}; bring it there"
    return "nobody supplies, makes or holds it; add a supply or a production"


def _nearest(network: _Map, customer: str, holders: list[int]) -> int:
    """Site nearest to a customer among some, by great circle where coordinates are known."""
    sites = network.scenario.sites
    here = sites[network.sites[customer]]
    placed = [h for h in holders if sites[h].latitude is not None]
    if here.latitude is None or here.longitude is None or not placed:
        return holders[0]
    latitude = np.array([sites[h].latitude for h in placed], dtype=np.float64)
    longitude = np.array([sites[h].longitude for h in placed], dtype=np.float64)
    away = great_circle_km(
        np.full_like(latitude, here.latitude),
        np.full_like(longitude, here.longitude),
        latitude,
        longitude,
    )
    return placed[int(np.nanargmin(np.where(np.isnan(away), np.inf, away)))]
