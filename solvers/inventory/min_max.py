"""(s, S) policy: reviewed each period; at s or below, ordered up to S."""

from dataclasses import dataclass

import numpy as np

from solvers.inventory.lead_time_demand import LeadTimeDemand
from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class MinMax:
    """Order up to `top` when at `point` or below; `cost` is money for each period."""

    point: int
    top: int
    cost: float
    orders: float  # share of periods with an order
    cycle_service: float  # share of periods that end without backorders (type 1)
    fill_rate: float  # share of demand served when due (type 2)


class _Positions:
    """Cost of one period by inventory position, and how often a position below S is visited."""

    def __init__(
        self, period: LeadTimeDemand, covered: LeadTimeDemand, costs: tuple[float, float, float]
    ) -> None:
        self.order_cost, self.holding, self.backorder = costs
        self.covered = covered
        self.mass = period.probabilities()
        self.visits: list[float] = [1.0 / (1.0 - self.mass[0])]
        self._known: dict[int, float] = {}

    def cost(self, y: int) -> float:
        """Mean holding and backorder cost at inventory position y."""
        if y not in self._known:
            waiting = self.covered.excess(y)
            on_hand = y - self.covered.mean + waiting
            self._known[y] = self.holding * on_hand + self.backorder * waiting
        return self._known[y]

    def visit(self, below: int) -> float:
        """Mean number of periods in a cycle in which the position is `below` under S."""
        while len(self.visits) <= below:
            j = len(self.visits)
            top = min(j, self.mass.size - 1)
            drops = self.mass[1 : top + 1]
            before = np.array(self.visits[j - top : j])[::-1]
            self.visits.append(float(drops @ before) / (1.0 - self.mass[0]))
        return self.visits[below]

    def average(self, point: int, top: int) -> float:
        """Long-run cost of a period under (point, top)."""
        visits = np.array([self.visit(j) for j in range(top - point)])
        costs = np.array([self.cost(top - j) for j in range(top - point)])
        return float((self.order_cost + visits @ costs) / visits.sum())


def optimal_min_max(
    period: LeadTimeDemand,
    covered: LeadTimeDemand,
    *,
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
) -> MinMax:
    """Cheapest (s, S) with backorders, exactly.

    Parameters
    ----------
    period
        Demand of one review period; a continuous one is rounded to whole units.
    covered
        Demand over the lead time and the period in which the order arrives.
    order_cost, holding_cost, backorder_cost
        Money for an order; for a unit on hand, or waiting, at the end of a period; costs > 0.

    References
    ----------
    Zheng and Federgruen (1991), Operations Research 39(4), 654-665.
    """
    costs = (order_cost, holding_cost, backorder_cost)
    positions = _Positions(period, covered, costs)
    best = int(np.floor(covered.level(backorder_cost / (backorder_cost + holding_cost))))
    while positions.cost(best + 1) < positions.cost(best):
        best += 1
    point = best - 1
    while positions.average(point, best) > positions.cost(point):
        point -= 1
    top, least = best, positions.average(point, best)
    tried = best + 1
    while positions.cost(tried) <= least:
        if positions.average(point, tried) < least:
            top = tried
            while positions.average(point, top) <= positions.cost(point + 1):
                point += 1
            least = positions.average(point, top)
        tried += 1
    return _described(positions, period, point, top, least)


def _described(
    positions: _Positions, period: LeadTimeDemand, point: int, top: int, cost: float
) -> MinMax:
    visits = np.array([positions.visit(j) for j in range(top - point)])
    share: FloatArray = visits / visits.sum()
    at = [float(top - j) for j in range(top - point)]
    covered = positions.covered
    served = float(share @ np.array([covered.covered(y) for y in at]))
    before = _without(period, covered)
    short = np.array([covered.excess(y) - before.excess(y) for y in at])
    fill = 1.0 if period.mean == 0 else 1.0 - float(share @ short) / period.mean
    return MinMax(point, top, cost, float(1.0 / visits.sum()), served, max(0.0, min(1.0, fill)))


def _without(period: LeadTimeDemand, covered: LeadTimeDemand) -> LeadTimeDemand:
    """Demand over the lead time without its last period."""
    mean = max(0.0, covered.mean - period.mean)
    unit = period.mean if period.family == "poisson" else period.sd**2
    whole = covered.mean if covered.family == "poisson" else covered.sd**2
    variance = max(0.0, whole - unit)
    family = covered.family
    if family == "negative-binomial" and variance <= mean * (1 + 1e-9):
        family = "poisson"
    return LeadTimeDemand(family, mean, float(np.sqrt(variance)))
