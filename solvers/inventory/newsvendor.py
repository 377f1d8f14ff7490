"""One purchase for one season: the newsvendor."""

from dataclasses import dataclass

from solvers.inventory.lead_time_demand import LeadTimeDemand


@dataclass(frozen=True, slots=True)
class Newsvendor:
    """Quantity to buy, the expected cost of it, the share of seasons and of units it serves."""

    quantity: float
    cost: float
    cycle_service: float
    fill_rate: float


def newsvendor(demand: LeadTimeDemand, *, overage: float, underage: float) -> Newsvendor:
    """Cheapest quantity: demand is covered with probability underage / (underage + overage).

    Parameters
    ----------
    overage, underage
        Money for a unit left over, and for a unit short; both > 0.

    References
    ----------
    Arrow, Harris and Marschak (1951), Econometrica 19(3), 250-272; Zipkin (2000), section 9.4.2.
    """
    quantity = demand.level(underage / (underage + overage))
    short = demand.excess(quantity)
    over = quantity - demand.mean + short
    fill = 1.0 if demand.mean == 0 else 1.0 - short / demand.mean
    return Newsvendor(quantity, overage * over + underage * short, demand.covered(quantity), fill)
