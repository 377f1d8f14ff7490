"""A scenario as stages for inventory positioning: sourcing, targets, values, families of demand."""

from dataclasses import dataclass

import numpy as np

from ops.analyses.inventory_positioning_params import InventoryPositioningParams
from ops.analysis import Progress, silent
from ops.errors import NotEnoughData
from solvers.inventory.flow_inventory import Flows, plan_with_stock, stages_by
from solvers.inventory.joint import JointPlan, Round
from solvers.inventory.lead_time_demand import LeadTimeDemand
from solvers.inventory.network_stages import NetworkStages, Terms, stages_of
from solvers.inventory.past import past_flows, sourcing_of_past, with_past_spread
from solvers.inventory.sourcing import cheapest_sourcing
from solvers.network.instance import Instance
from solvers.network.note import Note
from solvers.network.resolve import resolve
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity
from solvers.scenario.yardstick import Yardstick
from solvers.values import BoolArray, FloatArray

SOURCED = {
    "cheapest": "the cheapest for a unit, fixed costs and capacities aside",
    "history": "the history of the scenario",
    "plan": "the best round of planning flows and stock together",
}


@dataclass(frozen=True, slots=True)
class Positioning:
    """Stages of a scenario with what names and judges them.

    Parameters
    ----------
    scenario, instance, stages, notes
        The document, its arrays, its stages, and what was decided on the way.
    sourced
        Where the ways come from, in words.
    target : shape (N,)
        Cycle service aimed at.
    direct : shape (N, D)
        Whether a stage ships an outside demand to the customer.
    joint
        Rounds of the flow-inventory iteration; None unless the ways are those of a plan.
    spread_of_past
        Number of demands whose spread is that of what went to the customer in the past.
    """

    scenario: Scenario
    instance: Instance
    stages: NetworkStages
    notes: tuple[Note, ...]
    sourced: str
    target: FloatArray
    direct: BoolArray
    joint: JointPlan[Flows] | None = None
    spread_of_past: int = 0

    @property
    def title(self) -> str:
        """Title of the scenario."""
        return self.scenario.title

    @property
    def money(self) -> str:
        """Currency."""
        return self.scenario.units.money

    def named(self, k: int) -> tuple[Commodity, str]:
        """Commodity and code of the site of a stage."""
        site, commodity = divmod(int(self.stages.node[k]), len(self.instance.commodities))
        code = self.instance.commodities[commodity]
        found = next(c for c in self.scenario.commodities if c.code == code)
        return found, self.instance.sites.code[site]

    def day(self, k: int) -> LeadTimeDemand:
        """Demand of a day at a stage: gamma, or Poisson where all that it serves is."""
        weight, demand = self.stages.demand.weight[k], self.stages.demand
        of = [f for f, w in zip(families(self), weight, strict=True) if w > 0]
        counted = bool(np.all((weight == 0) | (weight == 1)))
        if counted and all(f.family == "poisson" for f in of):
            return LeadTimeDemand("poisson", float(demand.mean[k]), 0.0)
        return LeadTimeDemand("gamma", float(demand.mean[k]), float(demand.sd[k]))


def read(
    scenario: Scenario, params: InventoryPositioningParams, progress: Progress = silent
) -> Positioning:
    """Stages of a scenario.

    Raises
    ------
    SolverError
        If the scenario has flaws, its ways run in a circle, or it has no plan.
    NotEnoughData
        If no demand can be served, or the past has no flows.
    """
    resolved = resolve(scenario)
    instance, told = with_past_spread(scenario, resolved.instance)
    cheapest, cost = cheapest_sourcing(instance)
    terms = Terms(
        service=_targets(scenario, instance, params.service_target),
        value=_values(scenario, instance, cost),
        holding_rate=params.holding_rate,
        production_days=params.production_days,
        supply_days=params.supply_days,
        promise_days=params.promise_days,
        correlation=params.demand_correlation,
        random_lead_times=params.random_lead_times,
        default_cv=params.default_cv,
    )
    if params.sourcing == "history" and not past_flows(scenario, instance).any():
        raise NotEnoughData(
            "inventory-positioning by history needs past flows on lanes of the scenario, got none;"
            " add them or choose sourcing 'cheapest'"
        )
    joint = None
    if params.sourcing == "plan":
        joint = _joint(instance, terms, params, progress)
        stages = stages_by(instance, joint.rounds[joint.best].flows, terms)
    else:
        past = params.sourcing == "history"
        stages = stages_of(
            instance, sourcing_of_past(scenario, instance) if past else cheapest, terms
        )
    if not stages.node.size or not stages.demand.mean.any():
        raise NotEnoughData(
            "inventory-positioning needs a demand that can be served, got none;"
            " check lanes and supplies"
        )
    return Positioning(
        scenario=scenario,
        instance=instance,
        stages=stages,
        notes=resolved.notes,
        sourced=SOURCED[params.sourcing],
        target=terms.service[stages.node],
        direct=stages.direct > 0,
        joint=joint,
        spread_of_past=told,
    )


def _joint(
    instance: Instance, terms: Terms, params: InventoryPositioningParams, progress: Progress
) -> JointPlan[Flows]:
    """Flow-inventory iteration with the network's own planner."""
    from solvers.network.outcome import Options  # noqa: PLC0415  (the planner loads HiGHS)
    from solvers.network.planner import plan  # noqa: PLC0415

    options = Options(gap=params.plan_gap, nodes=params.plan_nodes)

    def told(number: int, at: Round[Flows]) -> bool:
        done = 0.2 * (number + 1) / params.rounds
        return bool(progress(done, f"round {number + 1}: end-to-end cost {at.total:.0f}"))

    return plan_with_stock(
        instance,
        terms,
        lambda network: plan(network, options),
        rounds=params.rounds,
        gap=params.max_gap,
        node_limit=params.node_limit,
        watch=told,
    )


def families(read_in: Positioning) -> tuple[LeadTimeDemand, ...]:
    """Demand of a day of each outside demand, in the family of its spread."""
    stages, instance = read_in.stages, read_in.instance
    kinds = {(d.customer, d.commodity): d.spread for d in read_in.scenario.demands}
    found: list[LeadTimeDemand] = []
    for d, (site, commodity) in enumerate(
        zip(instance.demands.site, instance.demands.commodity, strict=True)
    ):
        spread = kinds.get((instance.sites.code[site], instance.commodities[commodity]))
        mean, sd = float(stages.mean[d]), float(stages.sd[d])
        if spread is not None and spread.kind == "poisson":
            found.append(LeadTimeDemand("poisson", mean, 0.0))
        elif spread is not None and spread.kind == "negative-binomial" and sd**2 > mean:
            found.append(LeadTimeDemand("negative-binomial", mean, sd))
        else:
            found.append(LeadTimeDemand("gamma", mean, sd))
    return tuple(found)


def _targets(scenario: Scenario, instance: Instance, otherwise: float) -> FloatArray:
    target = np.full(len(instance.sites.code) * len(instance.commodities), otherwise)
    for node, held in _held(scenario, instance):
        if held is not None:
            target[node] = held
    return target


def _held(scenario: Scenario, instance: Instance) -> list[tuple[int, float | None]]:
    sites = {code: i for i, code in enumerate(instance.sites.code)}
    goods = {code: i for i, code in enumerate(instance.commodities)}
    return [
        (sites[i.site] * len(goods) + goods[i.commodity], i.service_target)
        for i in scenario.inventories
        if i.site in sites
    ]


def _values(scenario: Scenario, instance: Instance, cost: FloatArray) -> FloatArray:
    """Value of a unit by node: of the commodity, else its landed cost along the cheapest way."""
    measure = Yardstick(scenario)
    known = {c.code: measure.price_once(c.value, c) for c in scenario.commodities}
    value = np.array([known[code] for code in instance.commodities])
    landed = np.where(np.isfinite(cost), cost, 0.0)
    by_node: FloatArray = np.tile(value, len(instance.sites.code))
    return np.where(by_node > 0, by_node, landed)
