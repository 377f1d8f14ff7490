"""What given flows imply at each site: making, buying, stock, and units that nothing explains."""

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import numpy as np

from solvers.network.baseline_cost import Moved
from solvers.network.codes import Codes
from solvers.network.making import resolve_groups, resolve_productions
from solvers.network.places import Productions, Stocks, Supplies
from solvers.network.storage import resolve_stocks, resolve_supplies
from solvers.network.wanting import resolve_demands
from solvers.values import FloatArray, IntArray

Node = tuple[int, int]  # positions of a site and a commodity


@dataclass(frozen=True, slots=True)
class Balance:
    """What must have happened at the sites; T periods.

    Parameters
    ----------
    make, buy, stock : shape (P, T), (U, T), (I, T)
        Units started, bought, held at the end.
    demand, served : shape (D, T)
        Units asked for, and units that arrived for it in their period or earlier.
    missing, surplus
        Units that left (or were used) without a source, and that came for nothing, by node,
        each of shape (T,).
    """

    productions: Productions
    supplies: Supplies
    stocks: Stocks
    make: FloatArray
    buy: FloatArray
    stock: FloatArray
    demand: FloatArray
    served: FloatArray
    missing: dict[Node, FloatArray]
    surplus: dict[Node, FloatArray]


def balance(codes: Codes, moved: Moved) -> Balance:
    """Close the balance of every site: stock is used first, then making, then buying.

    Made or bought is no more than is needed in the period; of several productions (or supplies)
    of a commodity at a site the first one works. Where an inventory exists what is left is held.
    """
    made, bought = resolve_productions(codes, resolve_groups(codes)), resolve_supplies(codes)
    held, wanted = resolve_stocks(codes), resolve_demands(codes)
    T = codes.horizon
    net = _net(moved, T)
    make, buy = np.zeros((len(made.site), T)), np.zeros((len(bought.site), T))
    stock, served = np.zeros((len(held.site), T)), np.zeros((len(wanted.site), T))
    maker, buyer = _first(made.site, made.output), _first(bought.site, bought.commodity)
    holder, asker = _first(held.site, held.commodity), _first(wanted.site, wanted.commodity)
    missing, surplus = dict[Node, FloatArray](), dict[Node, FloatArray]()
    for node in _ordered(made, [*net, *holder]):
        flow = net.get(node, np.zeros(T))
        if node in asker:
            served[asker[node]] = _served(np.maximum(flow, 0.0), wanted.quantity[asker[node]])
            flow = np.minimum(flow, 0.0)
        initial = float(held.initial[holder[node]]) if node in holder else None
        short, level = _levels(flow, initial)
        if node in holder:
            stock[holder[node]] = level
        elif level.any():
            surplus[node] = level
        if node in maker:
            make[maker[node]] = short / made.yields[maker[node]]
            _consume(net, made, node[0], maker[node], make[maker[node]])
        elif node in buyer:
            buy[buyer[node]] = short
        elif short.any():
            missing[node] = short
    return Balance(made, bought, held, make, buy, stock, wanted.quantity, served, missing, surplus)


def _levels(flow: FloatArray, initial: float | None) -> tuple[FloatArray, FloatArray]:
    """Units short and units left in each period; without a stock nothing is carried over."""
    short, left = np.zeros_like(flow), np.zeros_like(flow)
    level = initial or 0.0
    for t in range(flow.size):
        level += float(flow[t])
        short[t], level = max(-level, 0.0), max(level, 0.0)
        left[t] = level
        level = 0.0 if initial is None else level
    return short, left


def _consume(
    net: dict[Node, FloatArray], made: Productions, site: int, p: int, started: FloatArray
) -> None:
    """Take the ingredients of what is started from the balance of their nodes."""
    for b in np.flatnonzero(made.input_of == p):
        source = (site, int(made.input_commodity[b]))
        net[source] = net.get(source, np.zeros_like(started)) - made.input_quantity[b] * started


def _net(moved: Moved, T: int) -> dict[Node, FloatArray]:
    """Net what arrives against what leaves, by node."""
    net: dict[Node, FloatArray] = {}
    lags = moved.lanes.lag[moved.lane]
    for a, (lane, commodity) in enumerate(
        zip(moved.lane.tolist(), moved.commodity.tolist(), strict=True)
    ):
        lag = int(lags[a])
        there, here = int(moved.lanes.destination[lane]), int(moved.lanes.origin[lane])
        arrived = np.zeros(T)
        arrived[min(lag, T) :] = moved.flow[a, : max(T - lag, 0)]
        net[there, commodity] = net.get((there, commodity), np.zeros(T)) + arrived
        net[here, commodity] = net.get((here, commodity), np.zeros(T)) - moved.flow[a]
    return net


def _served(arrived: FloatArray, asked: FloatArray) -> FloatArray:
    """Units in time: what came early waits, what comes late does not count."""
    found, spare = np.zeros_like(asked), 0.0
    for t in range(asked.size):
        spare += float(arrived[t])
        found[t] = min(spare, float(asked[t]))
        spare -= found[t]
    return found


def _first(site: IntArray, commodity: IntArray) -> dict[Node, int]:
    nodes = zip(site.tolist(), commodity.tolist(), strict=True)
    return {node: i for i, node in reversed(list(enumerate(nodes)))}


def _ordered(made: Productions, nodes: list[Node]) -> list[Node]:
    """Nodes with what is made before what it is made of."""
    graph: dict[Node, set[Node]] = {node: set() for node in nodes}
    for b, p in enumerate(made.input_of.tolist()):
        site = int(made.site[p])
        below = graph.setdefault((site, int(made.input_commodity[b])), set())
        below.add((site, int(made.output[p])))
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:
        return list(graph)  # what is made of itself has no order: missing units will tell
