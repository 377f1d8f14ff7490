"""Inventory: policies and placement of safety stock, of the literature and another library."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.validation.case import EXACT, Case, Tolerance
from ops.validation.published import entry, table
from solvers.inventory import reorder_point
from solvers.inventory.bound import square_root_bound
from solvers.inventory.demand import propagate
from solvers.inventory.lead_time_demand import LeadTimeDemand
from solvers.inventory.min_max import optimal_min_max
from solvers.inventory.stage import NO_PROMISE, StageNetwork
from solvers.inventory.tree import place_in_tree

_DOUBLES = Tolerance("another implementation in doubles", relative=1e-9)
_COSTS = ("order_cost", "holding_cost", "backorder_cost")


def cases() -> Iterator[Case]:
    """Cases of min-max and reorder policies, and of guaranteed service in trees."""
    source = table("inventory_policies")["source"]
    for i, of in enumerate(entry("inventory_policies", "min_max")):
        title = f"Min-max policy, Poisson demand of {of['mean']}, order cost {of['order_cost']}"
        yield from _pair(f"inventory_policies/min_max/{i}", title, source, of, _min_max)
    for i, of in enumerate(entry("inventory_policies", "reorder_point")):
        title = f"Reorder policy, demand of {of['demand_rate']} a day, lead time {of['lead_time']}"
        yield from _pair(f"inventory_policies/reorder_point/{i}", title, source, of, _reorder)
    for part, title in (("published", "Safety stock in a published tree"), ("trees", "In a tree")):
        for i, of in enumerate(entry("guaranteed_service", part)):
            yield Case(
                f"guaranteed_service/{part}/{i}",
                f"{title} of {len(of['tree']['time'])} stages: least cost",
                of.get("source", table("guaranteed_service")["source"]),
                (of["cost"],),
                _DOUBLES,
                partial(_least_cost, of["tree"]),
            )


def _pair(id_: str, title: str, source: str, of: dict[str, Any], solve: Any) -> Iterator[Case]:
    """Levels, which are whole, and their cost."""
    names = ("point", "top") if "top" in of else ("point", "quantity")
    levels = tuple(float(of[name]) for name in names)
    yield Case(id_, f"{title}: levels", source, levels, EXACT, lambda: solve(of)[:2])
    yield Case(
        f"{id_}/cost", f"{title}: cost", source, (of["cost"],), _DOUBLES, lambda: solve(of)[2:]
    )


def _min_max(of: dict[str, Any]) -> list[float]:
    demand = LeadTimeDemand("poisson", of["mean"], 0.0)
    found = optimal_min_max(demand, demand, **{name: of[name] for name in _COSTS})
    return [found.point, found.top, found.cost]


def _reorder(of: dict[str, Any]) -> list[float]:
    rate = of["demand_rate"]
    found, cost = reorder_point.optimal_reorder_point(
        LeadTimeDemand("poisson", rate * of["lead_time"], 0.0),
        demand_rate=rate,
        **{name: of[name] for name in _COSTS},
    )
    return [found.point, found.quantity, cost]


def _least_cost(tree: dict[str, Any]) -> list[float]:
    return [place_in_tree(_network(tree)).total]


def _network(tree: dict[str, Any]) -> StageNetwork:
    """Stages of a tree as the file writes it: supplier before customer, maps by number."""
    size, links = len(tree["time"]), np.array(tree["links"], dtype=np.int64).reshape(-1, 2)
    tail, head = links[:, 0], links[:, 1]
    places, sd = [int(k) for k in tree["sd"]], np.array(list(tree["sd"].values()))
    weight = np.zeros((size, len(places)))
    weight[places, range(len(places))] = 1.0
    demand = propagate(weight, (tail, head, np.ones(tail.size)), np.zeros(sd.size), sd)
    inbound = {int(k): v for k, v in tree["inbound"].items()}
    outbound = {int(k): v for k, v in tree["outbound"].items()}
    horizon = sum(tree["time"]) + max(inbound.values(), default=0)
    bound = square_root_bound(np.full(size, tree["factor"]), demand.sd, horizon)
    return StageNetwork(
        code=tuple(str(k) for k in range(size)),
        time=np.array(tree["time"], dtype=np.int64),
        inbound=np.array([inbound.get(k, 0) for k in range(size)], dtype=np.int64),
        outbound=np.array([outbound.get(k, NO_PROMISE) for k in range(size)], dtype=np.int64),
        cost=np.array(tree["holding_cost"])[:, None] * bound,
        tail=tail,
        head=head,
        delay=np.zeros(tail.size, dtype=np.int64),
    )
