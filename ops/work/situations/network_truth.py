"""The best plan of a small planted network, found without any solver, and what it means.

Two plants serve two customers over four lanes in one period: all corners of what is possible are
tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from ops.advise.catalogue import ActionId, CauseId

_LIMITS = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], dtype=np.float64)
ACCEPTED: Mapping[str, tuple[tuple[CauseId, ...], tuple[ActionId, ...]]] = {
    "sound": (("none",), ("keep",)),
    # All is served, but the cheap plant is full and each unit more of it would save money.
    "full plant": (("bottleneck",), ("add-capacity",)),
    # There is less than is wanted: what is lost is lost for want of capacity.
    "too little": (("shortage", "bottleneck"), ("add-capacity",)),
    # Every unit must be served and cannot be: a limit gives way, or capacity is added.
    "impossible": (("infeasible",), ("relax-limit", "add-capacity")),
    # Demand has left the forecast that the plan was made for.
    "demand moved": (("demand-moved",), ("replan", "reforecast")),
    "in force": (("none",), ("keep",)),
}


@dataclass(frozen=True, slots=True)
class PlantedNetwork:
    """Capacities and unit costs of the plants, demands, freight (plant, customer), cost of a loss.

    `lost` None: every unit must be served.
    """

    capacity: tuple[float, float]
    making: tuple[float, float]
    demand: tuple[float, float]
    freight: tuple[tuple[float, float], tuple[float, float]]
    lost: float | None


@dataclass(frozen=True, slots=True)
class BestPlan:
    """Cost of the best plan, units served, and what a unit more of plant 1 saves.

    The second worth is by three units more: another flow may become the best one on the way.
    """

    cost: float
    served: float
    worth_more: float
    worth_further: float


def best_plan(network: PlantedNetwork) -> BestPlan | None:
    """Best plan; None if there is none."""
    found = _least(network)
    if found is None:
        return None
    cost, served = found
    first, second = network.capacity
    more = _least(replace(network, capacity=(first + 1.0, second)))
    further = _least(replace(network, capacity=(first + 3.0, second)))
    return BestPlan(
        cost,
        served,
        worth_more=0.0 if more is None else cost - more[0],
        worth_further=0.0 if further is None else (cost - further[0]) / 3.0,
    )


def _least(network: PlantedNetwork) -> tuple[float, float] | None:
    """Cost and units served of the cheapest corner of all plans: the best plan is one of them.

    Flows are (plant 1 to customer 1, 1 to 2, 2 to 1, 2 to 2); at a corner four of the eight
    limits hold with equality.
    """
    rows = np.vstack([_LIMITS, -np.eye(4)])
    bounds = np.array([*network.capacity, *network.demand, 0.0, 0.0, 0.0, 0.0])
    price = np.array([network.making[p] + network.freight[p][c] for p in (0, 1) for c in (0, 1)])
    wanted = sum(network.demand)
    best: tuple[float, float] | None = None
    for tight in map(list, combinations(range(8), 4)):
        if abs(float(np.linalg.det(rows[tight]))) < 0.5:  # of whole numbers: it is 0
            continue
        flow = np.linalg.solve(rows[tight], bounds[tight])
        if np.any(rows @ flow > bounds + 1e-9):
            continue
        served = float(flow.sum())
        if network.lost is None and served < wanted - 1e-9:
            continue
        cost = float(price @ flow) + (network.lost or 0.0) * (wanted - served)
        if best is None or cost < best[0]:
            best = cost, served
    return best
