"""(R, Q) policy: when the inventory position falls to R or below, Q are ordered."""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from solvers.errors import SolverError
from solvers.inventory.lead_time_demand import LeadTimeDemand, least_whole
from solvers.values import FloatArray


@dataclass(frozen=True, slots=True)
class ReorderPoint:
    """Order when at `point`, order `quantity`.

    Parameters
    ----------
    point, quantity
        R and Q, in units.
    cycle_service
        Probability that a replenishment comes before the stock is gone (type 1).
    fill_rate
        Share of the demand served from stock (type 2).
    stock, backorders
        Mean units on hand, and mean units that wait.
    """

    point: float
    quantity: float
    cycle_service: float
    fill_rate: float
    stock: float
    backorders: float


def economic_quantity(demand_rate: float, *, order_cost: float, holding_cost: float) -> float:
    """Order quantity that balances ordering and holding: sqrt(2 K d / h) (Harris 1913)."""
    return sqrt(2.0 * order_cost * demand_rate / holding_cost)


def reorder_point_of(covered: LeadTimeDemand, point: float, quantity: float) -> ReorderPoint:
    """Service and stock of a policy: its inventory position is uniform over (R, R + Q].

    Exact for Poisson demand and whole R and Q. A continuous demand is taken to hit R exactly; what
    single large demands take beyond it (the undershoot) is left out.

    Parameters
    ----------
    covered
        Demand over the lead time.

    Raises
    ------
    SolverError
        If the quantity is not positive.

    References
    ----------
    Zipkin (2000), section 6.2 (discrete) and 6.3 (normal); Hadley and Whitin (1963), chapter 4.
    """
    if quantity <= 0:
        raise SolverError(f"an order quantity must be positive, got {quantity}")
    backorders = _mean_excess(covered, point, quantity)
    if covered.discrete:
        late = [1 - covered.covered(y - 1) for y in _positions(point, quantity)]
        short = float(np.mean(late))
        middle = point + (quantity + 1) / 2
    else:
        short = (covered.excess(point) - covered.excess(point + quantity)) / quantity
        middle = point + quantity / 2
    return ReorderPoint(
        point=point,
        quantity=quantity,
        cycle_service=covered.covered(point),
        fill_rate=max(0.0, 1.0 - short),
        stock=middle - covered.mean + backorders,
        backorders=backorders,
    )


def for_cycle_service(covered: LeadTimeDemand, service: float, quantity: float) -> ReorderPoint:
    """Policy with the least R of a cycle service of `service`, in (0, 1)."""
    return reorder_point_of(covered, covered.level(service), quantity)


def for_fill_rate(covered: LeadTimeDemand, service: float, quantity: float) -> ReorderPoint:
    """Policy with the least R >= -Q of a fill rate of `service`, in (0, 1)."""
    if covered.discrete:
        base = ceil(quantity)

        def served(shifted: float) -> bool:
            return reorder_point_of(covered, shifted - base, quantity).fill_rate >= service

        return reorder_point_of(covered, least_whole(served, base, covered.sd) - base, quantity)
    lower, upper = -quantity, covered.mean + 10 * covered.sd + 1e-9
    while upper - lower > 1e-9 * max(1.0, abs(upper)):
        middle = (lower + upper) / 2
        enough = reorder_point_of(covered, middle, quantity).fill_rate >= service
        lower, upper = (lower, middle) if enough else (middle, upper)
    return reorder_point_of(covered, upper, quantity)


def optimal_reorder_point(
    covered: LeadTimeDemand,
    *,
    demand_rate: float,
    holding_cost: float,
    backorder_cost: float,
    order_cost: float,
) -> tuple[ReorderPoint, float]:
    """Cheapest (R, Q) of a counted demand, and its cost for each unit of time.

    The cost of an inventory position falls, then rises; the best Q positions are neighbours, so Q
    grows by the cheaper of the two next to them as long as that is below the mean cost so far.

    Parameters
    ----------
    covered
        Poisson or negative binomial demand over the lead time.
    demand_rate
        Units for each unit of time.
    holding_cost, backorder_cost, order_cost
        Money for a unit on hand, or waiting, for each unit of time; money for each order.

    References
    ----------
    Federgruen and Zheng (1992), Operations Research 40(4), 808-813.
    """

    def position_cost(y: int) -> float:
        waiting = covered.excess(y)
        return holding_cost * (y - covered.mean + waiting) + backorder_cost * waiting

    best = int(covered.level(backorder_cost / (backorder_cost + holding_cost)))
    point, quantity = best - 1, 1
    total = order_cost * demand_rate + position_cost(best)
    low, high = position_cost(point), position_cost(best + 1)
    while min(low, high) < total / quantity:
        total += min(low, high)
        quantity += 1
        if low <= high:
            point -= 1
            low = position_cost(point)
        else:
            high = position_cost(point + quantity + 1)
    return reorder_point_of(covered, point, quantity), total / quantity


def _positions(point: float, quantity: float) -> FloatArray:
    return np.arange(np.floor(point) + 1, np.floor(point) + max(1, round(quantity)) + 1)


def _mean_excess(covered: LeadTimeDemand, point: float, quantity: float) -> float:
    if covered.discrete:
        return float(np.mean([covered.excess(y) for y in _positions(point, quantity)]))
    # the mean of a convex function over (R, R + Q]: 16 Gauss-Legendre points
    x, w = np.polynomial.legendre.leggauss(16)
    at = point + quantity * (x + 1) / 2
    return float(0.5 * np.dot(w, [covered.excess(y) for y in at]))
