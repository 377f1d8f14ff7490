"""The flow-inventory iteration on a network: `joint` with instances, plans and stages."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from solvers.errors import SolverError
from solvers.inventory.general import place
from solvers.inventory.joint import JointPlan, Plan, Position, Round, plan_jointly
from solvers.inventory.network_stages import NetworkStages, Terms, stages_of
from solvers.inventory.placement import Placement
from solvers.inventory.safety_points import safety_points
from solvers.inventory.sourcing import sourcing_by_flows
from solvers.network.instance import Instance
from solvers.network.plan import Plan as NetworkPlan
from solvers.scenario.document import Scenario
from solvers.scenario.place import SafetyCost
from solvers.values import FloatArray

PIECES = 5


@dataclass(frozen=True, slots=True)
class Flows:
    """Units on each arc and started of each production, of all periods, rounded to compare."""

    flow: tuple[float, ...]
    make: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of the safety cost of a stock (its position): outflow and money of a period."""

    stock: int
    throughput: FloatArray
    cost: FloatArray


Curves = tuple[Curve, ...]


def plan_with_stock(
    instance: Instance,
    terms: Terms,
    plan: Callable[[Instance], NetworkPlan],
    *,
    rounds: int = 6,
    gap: float = 0.005,
    node_limit: int = 2000,
    watch: Callable[[int, Round[Flows]], bool] | None = None,
) -> JointPlan[Flows]:
    """Alternate between the network plan and the placement of safety stock.

    Safety stocks that the scenario sets itself are taken out: positioning decides, and nothing is
    paid twice. Costs are those of all periods.

    Parameters
    ----------
    instance, terms
        The network, and what positioning needs beyond it.
    plan
        Planner of an instance (`solvers.network.planner.plan` with its options).
    rounds
        At most.
    gap, node_limit
        Of the placement in networks that are no trees.
    watch
        Told of each round; True stops.

    Raises
    ------
    SolverError
        If a round has no plan (infeasible, say).
    """
    bare = replace(
        instance,
        stocks=replace(
            instance.stocks,
            safety=np.zeros_like(instance.stocks.safety),
            safety_of=np.zeros(0, dtype=np.int64),
            safety_from=np.zeros(0),
            safety_cost=np.zeros(0),
        ),
    )

    def position(network: Instance, flows: Flows) -> Position[Curves]:
        stages = stages_by(network, flows, terms)
        placed = place(stages.network, gap=gap, node_limit=node_limit)
        days = float(network.days.sum())
        return Position(placed.total * days, safety_curves(network, stages, placed))

    return plan_jointly(
        bare,
        plan=lambda network: _planned(plan(network)),
        position=position,
        weigh=with_curves,
        rounds=rounds,
        watch=watch,
    )


def stages_by(instance: Instance, flows: Flows, terms: Terms) -> NetworkStages:
    """Stages along the flows of a plan."""
    sourcing = sourcing_by_flows(instance, np.array(flows.flow), np.array(flows.make))
    return stages_of(instance, sourcing, terms)


def with_curves(instance: Instance, curves: Curves) -> Instance:
    """Instance whose stocks cost what the curves say."""
    points = [(c.stock, x, y) for c in curves for x, y in zip(c.throughput, c.cost, strict=True)]
    stocks = replace(
        instance.stocks,
        safety_of=np.array([p[0] for p in points], dtype=np.int64),
        safety_from=np.array([p[1] for p in points], dtype=np.float64),
        safety_cost=np.array([p[2] for p in points], dtype=np.float64),
    )
    return replace(instance, stocks=stocks)


def scenario_with_curves(scenario: Scenario, instance: Instance, curves: Curves) -> Scenario:
    """Scenario whose inventories cost what the curves say: what `with_curves` is to instances."""
    names = {
        (
            instance.sites.code[instance.stocks.site[c.stock]],
            instance.commodities[instance.stocks.commodity[c.stock]],
        ): tuple(
            SafetyCost(throughput=float(x), cost=float(y))
            for x, y in zip(c.throughput, c.cost, strict=True)
        )
        for c in curves
    }
    inventories = tuple(
        held.model_copy(update={"safety_cost": names.get((held.site, held.commodity), ())})
        for held in scenario.inventories
    )
    return scenario.model_copy(update={"inventories": inventories})


def safety_curves(instance: Instance, stages: NetworkStages, placed: Placement) -> Curves:
    """Safety cost of each stock by its outflow in a period, at the net times of a placement.

    A stock that the plan at hand does not use is reckoned as if all of its commodity went through
    it, at the mean net time of the stocks that hold it now: a guess, judged in the next round.
    """
    days = float(instance.days.mean())
    width = len(instance.commodities)
    at = {int(node): k for k, node in enumerate(stages.node)}
    daily = instance.stocks.holding.sum(axis=1) / float(instance.days.sum())
    found: list[Curve] = []
    for i, (site, commodity) in enumerate(
        zip(instance.stocks.site, instance.stocks.commodity, strict=True)
    ):
        k = at.get(int(site) * width + int(commodity))
        same = np.flatnonzero((stages.node % width == commodity) & stages.holds).tolist()
        whole = float(stages.mean[instance.demands.commodity == commodity].sum())
        most = days * max(whole, *(float(m) for m in stages.demand.mean[same]), 0.0)
        if k is not None and stages.demand.mean[k] > 0:
            through, cost = days * float(stages.demand.mean[k]), days * float(placed.cost[k])
            share = _together(stages, placed, k)
        elif same:
            through, cost = most, days * float(daily[i]) * _guess(stages, placed, same)
            share = float(np.mean([_together(stages, placed, j) for j in same]))
        else:
            continue
        if through > 0 and cost > 0:
            x, y = safety_points(
                throughput=through, cost=cost, most=most, together=share, pieces=PIECES
            )
            found.append(Curve(i, x, y))
    return tuple(found)


def _together(stages: NetworkStages, placed: Placement, k: int) -> float:
    """Share of the variance covered that comes from random lead times."""
    demand = float(placed.net[k]) * float(stages.demand.sd[k]) ** 2
    lead = float(stages.demand.mean[k] * stages.covered_sd[k]) ** 2
    return lead / (demand + lead) if demand + lead > 0 else 0.0


def _guess(stages: NetworkStages, placed: Placement, same: list[int]) -> float:
    """Safety stock if the stocks of a commodity were one."""
    units = [float(stages.safety[k, placed.net[k]]) for k in same]
    return float(np.hypot.reduce(units))


def _planned(found: NetworkPlan) -> Plan[Flows]:
    if found.decided is None:
        raise SolverError(f"the network has no plan to position stock for: {found.status}")
    quantities, money = found.decided.quantities, found.decided.money
    cost = sum(float(m.sum()) for category, m in money.items() if category != "safety")
    return Plan(Flows(_rounded(quantities.flow), _rounded(quantities.make)), cost)


def _rounded(values: FloatArray) -> tuple[float, ...]:
    total = values.sum(axis=1)
    small = 1e-6 * max(1.0, float(np.abs(total).max(initial=0.0)))
    return tuple(float(v) for v in np.round(total / small) * small)
