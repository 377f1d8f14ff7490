"""Sets that an instance implies: nodes, choices, pieces; `docs/methods/network-plan.md` lists them.

Sets are arrays of positions in the tables that they name, in order.
"""

from dataclasses import dataclass

import numpy as np

from solvers.network.instance import Instance
from solvers.network.pieces import Pieces, safety_pieces, step_pieces, tier_pieces
from solvers.values import IntArray


@dataclass(frozen=True, slots=True)
class Nodes:
    """Pairs of a site and a commodity N, and the node of each member of the other tables.

    Parameters
    ----------
    site, commodity : shape (N,)
        Positions, sorted by site.
    origin, destination : shape (A,)
        Nodes at the ends of the arcs.
    output, ingredient, supply, stock, demand
        Nodes of the productions, their ingredients, supplies, stocks and demands.
    """

    site: IntArray
    commodity: IntArray
    origin: IntArray
    destination: IntArray
    output: IntArray
    ingredient: IntArray
    supply: IntArray
    stock: IntArray
    demand: IntArray


@dataclass(frozen=True, slots=True)
class IndexSets:
    """Derived sets of an instance.

    Parameters
    ----------
    nodes
        Pairs of site and commodity.
    designed, limited, tiered
        Sites whose opening is a variable; with a finite throughput in some period; with tiers.
    designed_of : shape (S,)
        Position in `designed`, -1 for none.
    arc_origin, arc_destination : shape (A,)
        Sites at the ends of the arcs.
    origin_arcs, destination_arcs, designed_productions, designed_expansions
        Arcs from and into designed sites; productions and expansions at such.
    choice, shipped, tariffed, metered, least
        Lanes with a binary; with counted shipments; with a tariff; with a finite capacity in some
        period; with a minimum.
    choice_of : shape (L,)
        Position in `choice`, -1 for none.
    choice_arcs
        Arcs on lanes of `choice`.
    steps, tiers, safety
        Pieces of tariffs, labour and safety cost.
    single
        Demands that one arc must bring.
    single_arcs, single_of
        Arcs that could, and the position in `single` of the demand of each.
    filled, perishable
        Demands with a fill rate; stocks with a shelf life.
    """

    nodes: Nodes
    designed: IntArray
    designed_of: IntArray
    limited: IntArray
    tiered: IntArray
    arc_origin: IntArray
    arc_destination: IntArray
    origin_arcs: IntArray
    destination_arcs: IntArray
    designed_productions: IntArray
    designed_expansions: IntArray
    choice: IntArray
    choice_of: IntArray
    choice_arcs: IntArray
    shipped: IntArray
    tariffed: IntArray
    metered: IntArray
    least: IntArray
    steps: Pieces
    tiers: Pieces
    safety: Pieces
    single: IntArray
    single_arcs: IntArray
    single_of: IntArray
    filled: IntArray
    perishable: IntArray


def index_sets(instance: Instance) -> IndexSets:
    """Derive the sets that `instance` implies."""
    sites, lanes, arcs, demands = instance.sites, instance.lanes, instance.arcs, instance.demands
    nodes = _nodes(instance)
    origin, destination = lanes.origin[arcs.lane], lanes.destination[arcs.lane]
    designed_of = positions(np.flatnonzero(sites.designed), len(sites.code))
    choice = np.flatnonzero((lanes.fixed_cost != 0).any(axis=1) | (lanes.minimum > 0))
    choice_of = positions(choice, len(lanes.code))
    steps, tiers = step_pieces(instance.steps), tier_pieces(instance.tiers)
    single = np.flatnonzero(demands.single)
    single_of, single_arcs = matches(nodes.demand[single], nodes.destination)
    return IndexSets(
        nodes=nodes,
        designed=np.flatnonzero(sites.designed),
        designed_of=designed_of,
        limited=np.flatnonzero(np.isfinite(sites.throughput).any(axis=1)),
        tiered=tiers.owners,
        arc_origin=origin,
        arc_destination=destination,
        origin_arcs=np.flatnonzero(designed_of[origin] >= 0),
        destination_arcs=np.flatnonzero(designed_of[destination] >= 0),
        designed_productions=np.flatnonzero(designed_of[instance.productions.site] >= 0),
        designed_expansions=np.flatnonzero(designed_of[instance.expansions.site] >= 0),
        choice=choice,
        choice_of=choice_of,
        choice_arcs=np.flatnonzero(choice_of[arcs.lane] >= 0),
        shipped=np.flatnonzero((lanes.shipment_cost > 0) & np.isfinite(lanes.shipment_size)),
        tariffed=steps.owners,
        metered=np.flatnonzero(np.isfinite(lanes.capacity).any(axis=1)),
        least=np.flatnonzero(lanes.minimum > 0),
        steps=steps,
        tiers=tiers,
        safety=safety_pieces(instance.stocks),
        single=single,
        single_arcs=single_arcs,
        single_of=single_of,
        filled=np.flatnonzero(demands.fill_rate > 0),
        perishable=np.flatnonzero(instance.stocks.shelf_life > 0),
    )


def positions(members: IntArray, size: int) -> IntArray:
    """Position in `members` of each of 0 ... `size` - 1; -1 for those that are none."""
    of = np.full(size, -1)
    of[members] = np.arange(members.size)
    return of


def matches(left: IntArray, right: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of positions whose keys are equal, by `left`, then `right`."""
    order = np.argsort(right, kind="stable")
    begin = np.searchsorted(right, left, side="left", sorter=order)
    count = np.searchsorted(right, left, side="right", sorter=order) - begin
    first = np.repeat(np.arange(left.size), count)
    rank = np.arange(first.size) - np.repeat(np.cumsum(count) - count, count)
    return first, order[begin[first] + rank]


def _nodes(instance: Instance) -> Nodes:
    """Pairs of site and commodity that something touches."""
    lanes, arcs, made = instance.lanes, instance.arcs, instance.productions
    count = len(instance.commodities)
    keys = [
        lanes.origin[arcs.lane] * count + arcs.commodity,
        lanes.destination[arcs.lane] * count + arcs.commodity,
        made.site * count + made.output,
        made.site[made.input_of] * count + made.input_commodity,
        instance.supplies.site * count + instance.supplies.commodity,
        instance.stocks.site * count + instance.stocks.commodity,
        instance.demands.site * count + instance.demands.commodity,
    ]
    occurs = np.zeros(len(instance.sites.code) * count, dtype=np.bool_)
    for key in keys:
        occurs[key] = True
    node = np.flatnonzero(occurs)
    of = positions(node, occurs.size)
    origin, destination, output, ingredient, supply, stock, demand = (of[key] for key in keys)
    return Nodes(
        site=node // max(count, 1),
        commodity=node % max(count, 1),
        origin=origin,
        destination=destination,
        output=output,
        ingredient=ingredient,
        supply=supply,
        stock=stock,
        demand=demand,
    )
