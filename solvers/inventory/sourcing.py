"""Where each place draws each commodity from: the paths along which demand becomes orders."""

from dataclasses import dataclass

import numpy as np

from solvers.network.instance import Instance
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Shares of the ways by which commodities come to places.

    A node is a commodity at a site; its number is site position times commodities plus commodity.

    Parameters
    ----------
    arc, arc_share
        Positions of the arcs in use, and the share of their destination's intake that they bring.
    production, production_share
        The same of productions, as a share of the intake of the site and commodity they make.
    """

    arc: IntArray
    arc_share: FloatArray
    production: IntArray
    production_share: FloatArray


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes that arcs and productions join; see `Sourcing` for their numbers."""

    tail: IntArray
    head: IntArray
    output: IntArray
    inputs: tuple[tuple[tuple[int, float], ...], ...]

    @classmethod
    def of(cls, instance: Instance) -> "Nodes":
        """Nodes of an instance; the inputs of a production are for one good unit."""
        width = len(instance.commodities)
        lanes, arcs, made = instance.lanes, instance.arcs, instance.productions
        good = made.yields.mean(axis=1) if made.site.size else np.zeros(0)
        inputs: list[list[tuple[int, float]]] = [[] for _ in range(made.site.size)]
        for p, commodity, quantity in zip(
            made.input_of, made.input_commodity, made.input_quantity, strict=True
        ):
            node = int(made.site[p] * width + commodity)
            inputs[int(p)].append((node, float(quantity / good[p])))
        return cls(
            tail=lanes.origin[arcs.lane] * width + arcs.commodity,
            head=lanes.destination[arcs.lane] * width + arcs.commodity,
            output=made.site * width + made.output,
            inputs=tuple(tuple(rows) for rows in inputs),
        )


def sourcing_by_flows(instance: Instance, flow: FloatArray, make: FloatArray) -> Sourcing:
    """Read the sourcing off flows: of a plan, or of the past.

    Parameters
    ----------
    flow : shape (A,)
        Units on each arc, of all periods.
    make : shape (P,)
        Units started of each production, of all periods.
    """
    nodes = Nodes.of(instance)
    good = make * (instance.productions.yields.mean(axis=1) if make.size else 1.0)
    intake = np.zeros(instance.sites.fixed_cost.shape[0] * len(instance.commodities))
    np.add.at(intake, nodes.head, flow)
    np.add.at(intake, nodes.output, good)
    arc = np.flatnonzero(flow > 0)
    made = np.flatnonzero(good > 0)
    return Sourcing(
        arc, flow[arc] / intake[nodes.head[arc]], made, good[made] / intake[nodes.output[made]]
    )


def cheapest_sourcing(instance: Instance) -> tuple[Sourcing, FloatArray]:
    """One way for each node, that of the least landed cost of a unit, and that cost.

    Freight (the first step of a tariff), duty, capital, purchase and production count; fixed
    costs, minima and capacities do not. Ways that run in a circle never are the cheapest.

    Returns
    -------
    The sourcing, and the cost of a unit at each node, inf where it cannot come.
    """
    nodes = Nodes.of(instance)
    cost = np.full(instance.sites.fixed_cost.shape[0] * len(instance.commodities), np.inf)
    bought = instance.supplies.site * len(instance.commodities) + instance.supplies.commodity
    np.minimum.at(cost, bought, instance.supplies.unit_cost.mean(axis=1))
    arc_cost, make_cost = _arc_cost(instance), _make_cost(instance)
    choice = np.full(cost.size, -1)  # -1: bought; else an arc, or arcs + a production
    for _ in range(cost.size):
        changed = False
        for a in range(nodes.head.size):
            changed |= _lower(
                cost, choice, int(nodes.head[a]), cost[nodes.tail[a]] + arc_cost[a], a
            )
        for p, inputs in enumerate(nodes.inputs):
            unit = make_cost[p] + sum(quantity * cost[node] for node, quantity in inputs)
            changed |= _lower(cost, choice, int(nodes.output[p]), unit, nodes.head.size + p)
        if not changed:
            break
    arc = np.unique(choice[(choice >= 0) & (choice < nodes.head.size)])
    made = np.unique(choice[choice >= nodes.head.size]) - nodes.head.size
    return Sourcing(arc, np.ones(arc.size), made, np.ones(made.size)), cost


def _lower(cost: FloatArray, choice: IntArray, node: int, unit: float, way: int) -> bool:
    if not np.isfinite(unit) or unit + 1e-9 * (1 + abs(unit)) >= cost[node]:
        return False
    cost[node], choice[node] = unit, way
    return True


def _arc_cost(instance: Instance) -> FloatArray:
    arcs, steps = instance.arcs, instance.steps
    unit = (arcs.transport + arcs.duty + arcs.capital).mean(axis=1)
    first = np.zeros(instance.lanes.origin.size)
    at_zero = steps.start == 0
    first[steps.lane[at_zero]] = steps.rate[at_zero]
    total: FloatArray = unit + first[arcs.lane] * arcs.load
    return total


def _make_cost(instance: Instance) -> FloatArray:
    made = instance.productions
    if not made.site.size:
        return np.zeros(0)
    usable = made.capacity.max(axis=1) > 0
    unit = made.unit_cost.mean(axis=1) / made.yields.mean(axis=1)
    return np.where(usable, unit, np.inf)
