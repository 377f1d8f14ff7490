"""End-to-end figures of the past, against which savings are reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np

from solvers.network.baseline_balance import Balance
from solvers.network.baseline_cost import Moved
from solvers.network.codes import Codes
from solvers.scenario.ledger import CostCategory
from solvers.values import FloatArray

DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class BaselineFigures:
    """Figures that savings are reported against; NaN where there is nothing to divide by.

    Parameters
    ----------
    landed_cost, cost_per_unit
        Money of all categories but tied-up capital, and for one unit delivered to customers.
    capital_cost, carbon_cost
        Money of capital tied up in transit, and of CO2 at the price of the policy: not in books.
    demand, served
        Units asked for, and delivered in time.
    delivered
        Units that left for customers.
    """

    landed_cost: float
    cost_per_unit: float
    capital_cost: float
    carbon_cost: float
    demand: float
    served: float
    delivered: float
    fill_rate: float
    lead_days: float
    distance_km: float
    co2_kg: float
    turns: float


def figures(
    codes: Codes, moved: Moved, found: Balance, costs: Mapping[CostCategory, FloatArray]
) -> BaselineFigures:
    """Figures of what moved, and of what it implies."""
    ends = np.array([s.kind == "customer" for s in codes.places()], dtype=np.bool_)
    last = ends[moved.lanes.destination[moved.lane]]
    units, lane = moved.flow.sum(axis=1)[last], moved.lane[last]
    delivered, landed = float(units.sum()), float(sum(c.sum() for c in costs.values()))
    days = np.array([p.days for p in codes.scenario.periods])
    held = float((found.stock.sum(axis=0) @ days) / days.sum())
    co2 = float(moved.co2_kg @ moved.flow.sum(axis=1))
    demand, served = float(found.demand.sum()), float(found.served.sum())
    return BaselineFigures(
        landed_cost=landed,
        cost_per_unit=_over(landed, delivered),
        capital_cost=float(moved.capital.sum()),
        carbon_cost=co2 * codes.yardstick.carbon_price(codes.scenario.policy.carbon_price),
        demand=demand,
        served=served,
        delivered=delivered,
        fill_rate=_over(served, demand),
        lead_days=_over(float(units @ moved.lanes.lead_days[lane]), delivered),
        distance_km=_over(float(units @ moved.lanes.distance_km[lane]), delivered),
        co2_kg=co2,
        turns=_over(delivered * DAYS_OF_A_YEAR / float(days.sum()), held),
    )


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan
