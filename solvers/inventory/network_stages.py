"""Stages of a scenario: which commodity at which site could hold stock, and what it must cover."""

from dataclasses import dataclass

import numpy as np

from solvers.inventory.bound import safety_factor, square_root_bound
from solvers.inventory.demand import StageDemand, propagate
from solvers.inventory.sourcing import Nodes, Sourcing
from solvers.inventory.stage import NO_PROMISE, StageNetwork, longest_paths, upstream_first
from solvers.network.instance import Instance
from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Terms:
    """What a scenario does not say; times in days, money in the scenario's.

    Parameters
    ----------
    service : shape (S * K,)
        Cycle service aimed at, by node.
    value : shape (S * K,)
        Money that a unit is worth, by node: with `holding_rate` the cost of holding it where the
        stock has none of its own.
    holding_rate
        Share of the value that it costs to hold a unit for a year.
    production_days, supply_days, promise_days
        From the start of production to its end; until a supplier ships; until an order of a
        customer must be shipped.
    correlation
        Of any two outside demands.
    random_lead_times
        Whether the spread of lead times counts.
    default_cv
        Standard deviation of a period's demand over its mean where the scenario has none.
    """

    service: FloatArray
    value: FloatArray
    holding_rate: float = 0.2
    production_days: int = 3
    supply_days: int = 0
    promise_days: int = 0
    correlation: float = 0.0
    random_lead_times: bool = True
    default_cv: float = 0.0


@dataclass(frozen=True, slots=True)
class NetworkStages:
    """Stages N of a scenario; their unit of time is a day.

    Parameters
    ----------
    network
        Times, links and cost; the cost is infinite where a stage cannot hold stock.
    node : shape (N,)
        Numbers of the nodes (see `Sourcing`).
    demand, mean, sd
        Demand of each stage; mean and standard deviation of the outside demands in a day, (D,).
    safety : shape (N, H + 1)
        Safety stock in units by net replenishment time.
    holding : shape (N,)
        Money for a unit in a day.
    factor, lead_sd, covered_sd : shape (N,)
        Safety factor; standard deviation of the stage's own lead time, and of that with what comes
        through stages before it that cannot hold stock.
    holds : shape (N,)
        Whether the stage can hold stock.
    direct : shape (N, D)
        Share of each outside demand that the stage ships to the customer.
    """

    network: StageNetwork
    node: IntArray
    demand: StageDemand
    mean: FloatArray
    sd: FloatArray
    safety: FloatArray
    holding: FloatArray
    factor: FloatArray
    lead_sd: FloatArray
    covered_sd: FloatArray
    holds: BoolArray
    direct: FloatArray


def stages_of(instance: Instance, sourcing: Sourcing, terms: Terms) -> NetworkStages:
    """Stages along the ways by which the demand of a scenario is served.

    A customer without stock is served from the node that ships to it: the promise counts until
    dispatch. A stage can hold stock where the scenario has an inventory, or where it ships to
    customers; others pass on. Where there are several sources, an order is split by their shares,
    always in the same way.

    Raises
    ------
    ScenarioError
        If the ways run in a circle.
    """
    ways = _Ways(instance, sourcing)
    node, n = ways.node, ways.node.size
    mean, sd = daily_demand(instance, terms.default_cv)
    alike = None
    if terms.correlation > 0:
        alike = np.where(np.eye(mean.size) > 0, 1.0, terms.correlation)
    demand = propagate(
        ways.weight, (ways.tail, ways.head, ways.quantity), mean, sd, correlation=alike
    )
    ships = ways.weight.sum(axis=1) > 0
    stock = instance.stocks.site * len(instance.commodities) + instance.stocks.commodity
    holds = np.isin(node, stock) | ships
    time = np.where(ways.made, terms.production_days, 0).astype(np.int64)
    inbound = np.where(ways.fed, 0, terms.supply_days).astype(np.int64)
    lead_sd = ways.lead_sd if terms.random_lead_times else np.zeros(n)
    covered = _carried(ways, lead_sd, holds)
    factor = np.array([safety_factor(float(s)) for s in terms.service[node]])
    reach = longest_paths(time, inbound, (ways.tail, ways.head, ways.delay))
    horizon = int(reach.max(initial=0))
    safety = square_root_bound(factor, demand.sd, horizon, mean=demand.mean, lead_time_sd=covered)
    holding = _holding(instance, node, terms)
    cost = holding[:, None] * safety
    cost[~holds] = np.inf
    cost[~holds, 0] = 0.0
    names = [(int(k) // ways.width, int(k) % ways.width) for k in node]
    network = StageNetwork(
        code=tuple(f"{instance.commodities[k]} @ {instance.sites.code[s]}" for s, k in names),
        time=time,
        inbound=inbound,
        outbound=np.where(ships, terms.promise_days, NO_PROMISE).astype(np.int64),
        cost=cost,
        tail=ways.tail,
        head=ways.head,
        delay=ways.delay,
    )
    return NetworkStages(
        network,
        node,
        demand,
        mean,
        sd,
        safety,
        holding,
        factor,
        lead_sd,
        covered,
        holds,
        ways.weight,
    )


def daily_demand(instance: Instance, default_cv: float = 0.0) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of each demand in a day, (D,); days of a period independent."""
    wanted, days = instance.demands, float(instance.days.sum())
    spread = np.where(wanted.sd > 0, wanted.sd, default_cv * wanted.quantity)
    variance = np.square(spread).sum(axis=1) / days
    return wanted.quantity.sum(axis=1) / days, np.sqrt(variance)


class _Ways:
    """Links between the nodes that serve demand, numbered as stages."""

    def __init__(self, instance: Instance, sourcing: Sourcing) -> None:
        self.width = len(instance.commodities)
        self._nodes = Nodes.of(instance)
        self._into: dict[int, list[tuple[int, float, int, float]]] = {}  # tail, units, days, sd
        self._made: set[int] = set()
        self._arcs(instance, sourcing)
        self._productions(sourcing)
        direct = self._direct(instance)
        self.node = self._reached({k for k, _, _ in direct})
        at = {int(k): i for i, k in enumerate(self.node)}
        self.weight = np.zeros((self.node.size, instance.demands.site.size))
        for k, d, share in direct:
            self.weight[at[k], d] += share
        links = [
            (at[tail], at[k], units, days)
            for k in self.node.tolist()
            for tail, units, days, _ in self._into.get(k, [])
        ]
        self.tail = np.array([x[0] for x in links], dtype=np.int64)
        self.head = np.array([x[1] for x in links], dtype=np.int64)
        self.quantity = np.array([x[2] for x in links], dtype=np.float64)
        self.delay = np.array([x[3] for x in links], dtype=np.int64)
        self.made = np.array([k in self._made for k in self.node.tolist()], dtype=np.bool_)
        self.fed = np.array([bool(self._into.get(k)) for k in self.node.tolist()], dtype=np.bool_)
        worst = [
            max((x[3] for x in self._into.get(k, [])), default=0.0) for k in self.node.tolist()
        ]
        self.lead_sd = np.array(worst, dtype=np.float64)

    def _arcs(self, instance: Instance, sourcing: Sourcing) -> None:
        for a, share in zip(sourcing.arc.tolist(), sourcing.arc_share.tolist(), strict=True):
            lane = int(instance.arcs.lane[a])
            days = int(np.floor(instance.lanes.lead_days[lane] + 0.5))
            link = (int(self._nodes.tail[a]), share, days, float(instance.lanes.lead_sd_days[lane]))
            self._into.setdefault(int(self._nodes.head[a]), []).append(link)

    def _productions(self, sourcing: Sourcing) -> None:
        made = zip(sourcing.production.tolist(), sourcing.production_share.tolist(), strict=True)
        for p, share in made:
            output = int(self._nodes.output[p])
            self._made.add(output)
            for node, quantity in self._nodes.inputs[p]:
                self._into.setdefault(output, []).append((node, share * quantity, 0, 0.0))

    def _direct(self, instance: Instance) -> list[tuple[int, int, float]]:
        """Node, demand and share: who ships to the customers, or the customer that holds stock."""
        stock = instance.stocks.site * self.width + instance.stocks.commodity
        held = set(stock.tolist())
        found: list[tuple[int, int, float]] = []
        asked = instance.demands.site * self.width + instance.demands.commodity
        for d, node in enumerate(asked.tolist()):
            links = self._into.get(node, [])
            if node in held or node in self._made:
                found.append((node, d, 1.0))
            else:
                found += [(tail, d, units) for tail, units, _, _ in links]
        return found

    def _reached(self, start: set[int]) -> IntArray:
        """Nodes that serve those of the start, themselves among them."""
        seen, waiting = set(start), list(start)
        while waiting:
            for tail, _, _, _ in self._into.get(waiting.pop(), []):
                if tail not in seen:
                    seen.add(tail)
                    waiting.append(tail)
        return np.array(sorted(seen), dtype=np.int64)


def _carried(ways: _Ways, lead_sd: FloatArray, holds: BoolArray) -> FloatArray:
    """Spread of lead times that a stage must cover: its own, and what others let through."""
    variance = np.square(lead_sd)
    for k in upstream_first(lead_sd.size, ways.tail, ways.head):
        before = ways.tail[ways.head == k]
        through = before[~holds[before]]
        variance[k] += variance[through].max(initial=0.0)
    spread: FloatArray = np.sqrt(variance)
    return spread


def _holding(instance: Instance, node: IntArray, terms: Terms) -> FloatArray:
    """Money for a unit in a day: what the stock says, else a share of the value."""
    width = len(instance.commodities)
    own = np.zeros(terms.value.size)
    stocks = instance.stocks
    if stocks.site.size:
        daily = stocks.holding.sum(axis=1) / float(instance.days.sum())
        own[stocks.site * width + stocks.commodity] = daily
    by_value = terms.value * terms.holding_rate / 365.0
    unit: FloatArray = np.where(own > 0, own, by_value)[node]
    return unit
