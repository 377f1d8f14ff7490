"""A greedy plan for the transport core of a network: an upper bound that owes nothing to a solver.

Demand after demand, the largest first, takes the cheapest way from a supply that still has room;
what no way serves is lost where that is allowed. Sites that something touches stay open throughout.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.network.check import check
from solvers.network.instance import Instance
from solvers.network.quantities import Quantities, handled, lane_load
from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class Greedy:
    """A plan that keeps every rule, and its cost in all."""

    cost: float
    quantities: Quantities


def greedy(instance: Instance) -> Greedy | None:
    """Plan greedily; None where the network is no transport core, or the greedy way is barred.

    A transport core has neither minima, tariffs, labour tiers, stock to begin with, lags nor single
    sources, and its productions are left idle.

    Parameters
    ----------
    instance
        The network.
    """
    if not _is_core(instance):
        return None
    room = _Room.of(instance)
    A, T = instance.arcs.lane.size, instance.horizon
    flow, buy = np.zeros((A, T)), np.zeros(instance.supplies.maximum.shape)
    lost = np.zeros(instance.demands.quantity.shape)
    for d, t in _largest_first(instance.demands.quantity):
        left = float(instance.demands.quantity[d, t])
        while left > 1e-9:
            way = room.cheapest(d, t)
            if way is None:
                break
            supply, path, units = way
            units = min(units, left)
            room.take(supply, path, t, units)
            flow[path, t] += units
            buy[supply, t] += units
            left -= units
        if left > 1e-9:
            if not np.isfinite(instance.demands.lost_cost[d]):
                return None
            lost[d, t] = left
    quantities = _quantities(instance, flow, buy, lost)
    if check(instance, quantities):
        return None
    return Greedy(_cost(instance, quantities), quantities)


def _is_core(instance: Instance) -> bool:
    held, lanes = instance.stocks, instance.lanes
    barred = (
        instance.steps.lane.size,
        instance.tiers.site.size,
        held.safety_of.size,
        (held.initial > 0).any() or (held.final > 0).any() or (held.safety > 0).any(),
        lanes.minimum.any() or lanes.lag.any(),
        instance.demands.single.any(),
        instance.supplies.minimum.any(),
    )
    return not any(barred)


def _largest_first(quantity: FloatArray) -> Iterator[tuple[int, int]]:
    for place in np.argsort(-quantity, axis=None, kind="stable"):
        demand, period = divmod(int(place), quantity.shape[1])
        if quantity[demand, period] > 0:
            yield demand, period


@dataclass(slots=True)
class _Room:
    """What is left of supplies, arcs, lanes and sites; ways into each pair of site and good."""

    instance: Instance
    supply: FloatArray
    arc: FloatArray
    lane: FloatArray
    site: FloatArray
    into: dict[tuple[int, int], list[int]]
    bought: dict[tuple[int, int], list[int]]

    @classmethod
    def of(cls, instance: Instance) -> "_Room":
        sites, lanes, arcs = instance.sites, instance.lanes, instance.arcs
        usable = np.asarray(~sites.designed | np.asarray(sites.may_open.all(axis=1)))
        into: dict[tuple[int, int], list[int]] = {}
        for a, (lane, good) in enumerate(zip(arcs.lane, arcs.commodity, strict=True)):
            if usable[lanes.origin[lane]] and usable[lanes.destination[lane]]:
                into.setdefault((int(lanes.destination[lane]), int(good)), []).append(a)
        bought: dict[tuple[int, int], list[int]] = {}
        supplies = instance.supplies
        for u, (site, good) in enumerate(zip(supplies.site, supplies.commodity, strict=True)):
            bought.setdefault((int(site), int(good)), []).append(u)
        return cls(
            instance,
            supplies.maximum.copy(),
            arcs.limit.copy(),
            lanes.capacity.copy(),
            sites.throughput.copy(),
            into,
            bought,
        )

    def cheapest(self, demand: int, t: int) -> tuple[int, list[int], float] | None:
        """Supply, arcs and room of the cheapest way back from a demand (Dijkstra)."""
        wanted = self.instance.demands
        good = int(wanted.commodity[demand])
        queue: list[tuple[float, int, int, list[int]]] = [(0.0, 0, int(wanted.site[demand]), [])]
        seen: set[int] = set()
        ends: list[tuple[float, int, list[int]]] = []
        count = 0
        while queue:
            cost, _, site, path = heapq.heappop(queue)
            if site in seen:
                continue
            seen.add(site)
            for u in self.bought.get((site, good), []):
                if self.supply[u, t] > 1e-9:
                    price = float(self.instance.supplies.unit_cost[u, t])
                    ends.append((cost + price, u, path))
            for a in self.into.get((site, good), []):
                if self._left(a, t) > 1e-9:
                    count += 1
                    step = cost + max(self._price(a, t), 0.0)
                    origin = int(self.instance.lanes.origin[self.instance.arcs.lane[a]])
                    heapq.heappush(queue, (step, count, origin, [*path, a]))
        if not ends:
            return None
        _, supply, path = min(ends, key=lambda end: end[:2])
        return supply, path, min([float(self.supply[supply, t]), *(self._left(a, t) for a in path)])

    def take(self, supply: int, path: list[int], t: int, units: float) -> None:
        """Use up room along a way."""
        arcs = self.instance.arcs
        self.supply[supply, t] -= units
        for a in path:
            lane = arcs.lane[a]
            self.arc[a, t] -= units
            self.lane[lane, t] -= units * arcs.load[a]
            self.site[self.instance.lanes.origin[lane], t] -= units * arcs.handling[a]

    def _left(self, a: int, t: int) -> float:
        arcs, lane = self.instance.arcs, self.instance.arcs.lane[a]
        left = [float(self.arc[a, t])]
        if arcs.load[a] > 0:
            left.append(float(self.lane[lane, t] / arcs.load[a]))
        if arcs.handling[a] > 0:
            origin = self.instance.lanes.origin[lane]
            left.append(float(self.site[origin, t] / arcs.handling[a]))
        return min(left)

    def _price(self, a: int, t: int) -> float:
        arcs = self.instance.arcs
        return float(arcs.transport[a, t] + arcs.duty[a, t] + arcs.capital[a, t])


def _quantities(
    instance: Instance, flow: FloatArray, buy: FloatArray, lost: FloatArray
) -> Quantities:
    sites, lanes, T = instance.sites, instance.lanes, instance.horizon
    touched = np.asarray(handled(instance, flow).any(axis=1) | sites.must_open.any(axis=1))
    moved = (flow > 0).any(axis=1)
    ends = instance.arcs.lane[moved]
    touched[lanes.origin[ends]] = True
    touched[lanes.destination[ends]] = True
    state = np.where(sites.designed, touched, True).astype(np.float64)
    open_ = np.repeat(state[:, None], T, axis=1)
    change = np.diff(open_, axis=1, prepend=sites.initially_open.astype(float)[:, None])
    change[~sites.designed] = 0.0
    load = lane_load(instance, flow)
    choice = (lanes.fixed_cost != 0).any(axis=1) | (lanes.minimum > 0)
    counted = (lanes.shipment_cost > 0) & np.isfinite(lanes.shipment_size)
    size = np.where(counted, lanes.shipment_size, np.inf)[:, None]
    return Quantities(
        flow=flow,
        buy=buy,
        make=np.zeros(instance.productions.capacity.shape),
        stock=np.zeros(instance.stocks.capacity.shape),
        lost=lost,
        backlog=np.zeros(lost.shape),
        open=open_,
        opening=np.maximum(change, 0.0),
        closing=np.maximum(-change, 0.0),
        expand=np.zeros((len(instance.expansions.code), T)),
        used=np.where(choice[:, None], load > 0, 0.0).astype(np.float64),
        shipments=np.ceil(load / size - 1e-9),
    )


def _cost(instance: Instance, of: Quantities) -> float:
    """Money of a plan of a transport core, added up from the instance's tables."""
    arcs, sites, lanes = instance.arcs, instance.sites, instance.lanes
    co2 = instance.rules.carbon_price * arcs.co2_kg[:, None]
    lost = np.where(np.isfinite(instance.demands.lost_cost), instance.demands.lost_cost, 0.0)
    parts = (
        (arcs.transport + arcs.duty + arcs.capital + co2) * of.flow,
        instance.supplies.unit_cost * of.buy,
        lost[:, None] * of.lost,
        sites.fixed_cost * of.open,
        sites.open_cost[:, None] * of.opening,
        sites.close_cost[:, None] * of.closing,
        lanes.fixed_cost * of.used,
        lanes.shipment_cost[:, None] * of.shipments,
    )
    return float(sum(float(part.sum()) for part in parts))
