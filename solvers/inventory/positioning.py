"""Positioning of a whole scenario: the placement, its rivals, and what each stock is worth."""

from dataclasses import dataclass, replace

import numpy as np

from solvers.inventory.chance import Chance, Draw, bounded, draw_chance
from solvers.inventory.general import place
from solvers.inventory.lead_time_demand import LeadTimeDemand
from solvers.inventory.network_stages import NetworkStages
from solvers.inventory.passing import without_passing
from solvers.inventory.placement import Placement, self_covered
from solvers.inventory.simulate import AchievedService, simulate
from solvers.inventory.tree import is_forest, place_in_tree
from solvers.values import FloatArray, IntArray

MOST_PRICED = 60  # stocks whose worth is found by placing again without them


@dataclass(frozen=True, slots=True)
class Positioned:
    """Placement of safety stock in a scenario, beside stages that all cover themselves.

    Parameters
    ----------
    placement, decoupled
        The cheapest, and that of decoupled stages.
    units, decoupled_units : shape (N,)
        Safety stock in units.
    worth : shape (N,)
        Money in a day that the network would cost more if the stage could hold nothing, found by
        placing again; inf where no placement does without; NaN where it was not asked.
    """

    placement: Placement
    decoupled: Placement
    units: FloatArray
    decoupled_units: FloatArray
    worth: FloatArray


def position(stages: NetworkStages, *, gap: float = 0.0, node_limit: int = 20_000) -> Positioned:
    """Place the safety stock of a scenario; in trees each stock is priced by doing without it."""
    best, rival = (
        place(stages.network, gap=gap, node_limit=node_limit),
        self_covered(stages.network),
    )
    at = np.arange(stages.node.size)
    units = stages.safety[at, best.net]
    return Positioned(
        best,
        rival,
        np.where(stages.holds, units, 0.0),
        np.where(stages.holds, stages.safety[at, rival.net], 0.0),
        _worth(stages, best),
    )


def _worth(stages: NetworkStages, best: Placement) -> FloatArray:
    worth = np.full(stages.node.size, np.nan)
    reduced = without_passing(stages.network)
    held = np.flatnonzero(stages.holds & (best.net > 0))
    if held.size > MOST_PRICED or not is_forest(reduced.network):
        return worth
    for k in held:
        cost = reduced.network.cost.copy()
        cost[np.searchsorted(reduced.kept, k), 1:] = np.inf
        worth[k] = place_in_tree(replace(reduced.network, cost=cost)).total - best.total
    return worth


def base_stock_of(stages: NetworkStages, placed: Placement) -> FloatArray:
    """Return the base stock in units: mean demand over the net time, and the safety stock."""
    at = np.arange(stages.node.size)
    level = stages.demand.mean * placed.net + stages.safety[at, placed.net]
    kept: FloatArray = np.where(stages.holds, level, 0.0)
    return kept


def demand_draw(day: LeadTimeDemand) -> Draw:
    """Sampler of the demand of a day; continuous families are drawn as gamma, never below 0."""

    def draw(rng: np.random.Generator, shape: tuple[int, int], /) -> FloatArray:
        if day.certain:
            return np.full(shape, day.mean)
        if day.family == "poisson":
            return rng.poisson(day.mean, shape).astype(np.float64)
        variance = day.sd**2
        if day.family == "negative-binomial":
            size = day.mean**2 / (variance - day.mean)
            return rng.negative_binomial(size, day.mean / variance, shape).astype(np.float64)
        return rng.gamma(day.mean**2 / variance, variance / day.mean, shape)

    return draw


def chance_of(
    stages: NetworkStages,
    days: tuple[LeadTimeDemand, ...],
    rng: np.random.Generator,
    *,
    replications: int,
    periods: int,
    within_bounds: bool = False,
) -> Chance:
    """Demands and lead times for `achieved`; one `Chance` compares placements fairly.

    Parameters
    ----------
    days
        Demand of a day, one for each outside demand.
    within_bounds
        Whether demand is cut to the bounds that the model reckons with.
    """
    chance = draw_chance(
        rng,
        tuple(demand_draw(day) for day in days),
        replications=replications,
        periods=periods,
        lead_time_sd=stages.lead_sd,
    )
    if not within_bounds:
        return chance
    time = np.arange(stages.safety.shape[1])
    ships = stages.demand.weight > 0
    strict = [float(stages.factor[ships[:, d]].min(initial=9.0)) for d in range(len(days))]
    spread = np.array(strict) * stages.sd
    most = stages.mean[:, None] * time[None, :] + spread[:, None] * np.sqrt(time)[None, :]
    return Chance(bounded(chance.demand, most), chance.late)


def achieved(
    stages: NetworkStages, placed: Placement, chance: Chance, *, warm_up: int
) -> tuple[AchievedService, ...]:
    """Service of all stages under a placement, simulated."""
    service: IntArray = placed.service
    return simulate(
        stages.network,
        stages.demand.weight,
        service=service,
        base_stock=base_stock_of(stages, placed),
        chance=chance,
        warm_up=warm_up,
    )
