"""Replenishment policies of one stocking point, by cycle service and by fill rate."""

from dataclasses import dataclass

from solvers.inventory.lead_time_demand import LeadTimeDemand, over
from solvers.inventory.min_max import MinMax, optimal_min_max
from solvers.inventory.reorder_point import (
    ReorderPoint,
    economic_quantity,
    for_cycle_service,
    for_fill_rate,
)

STEPS = 100  # of the lattice on which a continuous (s, S) is searched, in one order quantity
MOST_UNITS = 2_000  # a counted demand is searched unit by unit up to here


@dataclass(frozen=True, slots=True)
class StagePolicies:
    """Policies of one stocking point.

    Parameters
    ----------
    by_cycle_service, by_fill_rate
        (R, Q) with the least R that meets the target taken as type 1, and as type 2.
    min_max
        Cheapest (s, S) at the backorder cost which the target stands for, counted in `step` units;
        None where demand is certain.
    step
        Units of the lattice of `min_max`; 1 for counted demands.
    """

    by_cycle_service: ReorderPoint
    by_fill_rate: ReorderPoint
    min_max: MinMax | None
    step: float


def stage_policies(
    day: LeadTimeDemand,
    *,
    time: float,
    time_sd: float = 0.0,
    service: float,
    order_cost: float,
    holding_cost: float,
) -> StagePolicies:
    """Policies for a demand that is reviewed each day.

    Parameters
    ----------
    day
        Demand of a day, mean > 0.
    time, time_sd
        Time to be covered (the net replenishment time) and its spread, in days.
    service
        Target, in (0, 1).
    order_cost, holding_cost
        Money for an order; money for a unit in a day; both > 0.

    Notes
    -----
    A target a stands for a backorder cost of h a / (1 - a) for a unit in a day: with it, the
    cheapest base stock covers demand with probability a (the newsvendor's ratio).
    """
    covered = over(day, time, time_sd)
    quantity = economic_quantity(day.mean, order_cost=order_cost, holding_cost=holding_cost)
    quantity = max(quantity, day.mean)  # not more than an order a day
    if day.discrete:
        quantity = float(max(1, round(quantity)))
    step = 1.0
    counted = day
    if not day.discrete or quantity > MOST_UNITS:
        step = (quantity + 2 * day.sd) / STEPS
        counted = LeadTimeDemand("gamma", day.mean / step, day.sd / step)
    found = None
    if not counted.certain:
        found = optimal_min_max(
            counted,
            over(counted, time + 1, time_sd),  # an order of today comes before the end of its day
            order_cost=order_cost / step,
            holding_cost=holding_cost,
            backorder_cost=holding_cost * service / (1 - service),
        )
    return StagePolicies(
        for_cycle_service(covered, service, quantity),
        for_fill_rate(covered, service, quantity),
        found,
        step,
    )
