"""What the past of a scenario tells: the ways that goods took, and how demand varied."""

from dataclasses import replace

import numpy as np

from solvers.inventory.sourcing import Nodes, Sourcing, sourcing_by_flows
from solvers.network.instance import Instance
from solvers.scenario.document import Scenario
from solvers.scenario.yardstick import Yardstick
from solvers.values import FloatArray

FEWEST = 3  # periods from which a spread is told


def past_flows(scenario: Scenario, instance: Instance) -> FloatArray:
    """Units that went over each arc in each period, shape (A, T); other lanes are left out."""
    lanes = {code: i for i, code in enumerate(instance.lanes.code)}
    goods = {code: i for i, code in enumerate(instance.commodities)}
    both = zip(instance.arcs.lane.tolist(), instance.arcs.commodity.tolist(), strict=True)
    arcs = {pair: a for a, pair in enumerate(both)}
    measure = Yardstick(scenario)
    known = {c.code: c for c in scenario.commodities}
    flow = np.zeros((instance.arcs.lane.size, instance.horizon))
    for past in scenario.history.flows:
        lane = lanes.get(f"{past.origin}>{past.destination}/{past.mode}", -1)
        a = arcs.get((lane, goods.get(past.commodity, -1)))
        if a is not None:
            units = measure.quantity(past.quantity, known[past.commodity])
            flow[a, measure.periods[past.period]] += units
    return flow


def sourcing_of_past(scenario: Scenario, instance: Instance) -> Sourcing:
    """Shares of the ways as the past shows them; production made what did not come by lanes."""
    flow = past_flows(scenario, instance).sum(axis=1)
    return sourcing_by_flows(instance, flow, _made(instance, flow))


def with_past_spread(scenario: Scenario, instance: Instance) -> tuple[Instance, int]:
    """Give demands without a spread that of what came to the customer, and say how many.

    The standard deviation between periods, where goods came in `FEWEST` periods at least: trend and
    season of the past count as chance, and sales that were lost do not show.
    """
    wanted, width = instance.demands, len(instance.commodities)
    came = np.zeros((len(instance.sites.code) * width, instance.horizon))
    np.add.at(came, Nodes.of(instance).head, past_flows(scenario, instance))
    past = came[wanted.site * width + wanted.commodity]
    unknown = ~wanted.sd.any(axis=1) & ((past > 0).sum(axis=1) >= FEWEST)
    if not unknown.any():
        return instance, 0
    sd = np.where(unknown[:, None], past.std(axis=1, ddof=1, keepdims=True), wanted.sd)
    return replace(instance, demands=replace(wanted, sd=sd)), int(unknown.sum())


def _made(instance: Instance, flow: FloatArray) -> FloatArray:
    """Units started so that what left a site beyond what came was made there, shared evenly."""
    nodes, made = Nodes.of(instance), instance.productions
    if not made.site.size:
        return np.zeros(0)
    left = np.zeros(len(instance.sites.code) * len(instance.commodities))
    np.add.at(left, nodes.tail, flow)
    np.subtract.at(left, nodes.head, flow)
    sharing = np.bincount(nodes.output, minlength=left.size)[nodes.output]
    started: FloatArray = np.maximum(left, 0.0)[nodes.output] / sharing / made.yields.mean(axis=1)
    return started
