"""Rows that say what becomes of units: they are conserved, and do not outlive their shelf life."""

from collections.abc import Iterator

import numpy as np

from solvers.network.index_sets import matches
from solvers.network.layout import Layout, Rows, Terms
from solvers.values import FloatArray, IntArray

ONE = np.ones((1, 1))


def balance(net: Layout) -> Rows:
    """At each node and period what comes in, less what goes out, is the demand."""
    demand = node_demand(net)
    stocks, nodes = net.instance.stocks, net.sets.nodes
    if net.horizon:
        np.subtract.at(demand[:, 0], nodes.stock, stocks.initial)
    return Rows(demand, demand, _balance_terms(net))


def node_demand(net: Layout) -> FloatArray:
    """Demand at the nodes, of shape (N, T)."""
    demand = np.zeros((net.sets.nodes.site.size, net.horizon))
    np.add.at(demand, net.sets.nodes.demand, net.instance.demands.quantity)
    return demand


def _balance_terms(net: Layout) -> Iterator[Terms]:
    nodes, made = net.sets.nodes, net.instance.productions
    node = net.grid(nodes.site.size)
    yield from _flow_terms(net, node)
    yield Terms(node[nodes.supply], net.column("buy"), ONE)
    yield Terms(node[nodes.output], net.column("make"), made.yields)
    yield Terms(
        node[nodes.ingredient],
        net.column("make")[made.input_of],
        -made.input_quantity[:, None],
    )
    stock, at_stock = net.column("stock"), node[nodes.stock]
    yield Terms(at_stock, stock, -ONE)
    yield Terms(at_stock[:, 1:], stock[:, :-1], ONE)
    backlog, at_demand = net.column("backlog"), node[nodes.demand]
    yield Terms(at_demand, net.column("lost"), ONE)
    yield Terms(at_demand, backlog, ONE)
    yield Terms(at_demand[:, 1:], backlog[:, :-1], -ONE)


def _flow_terms(net: Layout, node: IntArray) -> Iterator[Terms]:
    """Flows leave their origin, and arrive at their destination when the lag is over."""
    nodes, flow = net.sets.nodes, net.column("flow")
    yield Terms(node[nodes.origin], flow, -ONE)
    lag = net.instance.lanes.lag[net.instance.arcs.lane]
    for late in np.unique(lag):
        arcs = np.flatnonzero(lag == late)
        arrival = node[nodes.destination[arcs]]
        yield Terms(arrival[:, late:], flow[arcs, : max(net.horizon - late, 0)], ONE)


def shelf_life(net: Layout) -> Rows:
    """Stock is used up before its shelf life is over."""
    kept, stocks = net.sets.perishable, net.instance.stocks
    life = stocks.shelf_life[kept]
    total = np.cumsum(node_demand(net)[net.sets.nodes.stock[kept]], axis=1)
    upper = net.full(kept.size, np.inf)
    for row, periods in enumerate(life):
        ends = total[row, periods:]
        upper[row, : ends.size] = ends - total[row, : ends.size]
    return Rows(net.full(kept.size, -np.inf), upper, _shelf_terms(net, life))


def _shelf_terms(net: Layout, life: IntArray) -> Iterator[Terms]:
    """Stock less all that leaves in the periods after it, and less what is served from backlog."""
    kept, nodes = net.sets.perishable, net.sets.nodes
    row, backlog = net.grid(kept.size), net.column("backlog")
    yield Terms(row, net.column("stock")[kept], ONE)
    at, demands = matches(nodes.stock[kept], nodes.demand)
    yield Terms(row[at], backlog[demands], -ONE)
    for member, demand in zip(at, demands, strict=True):
        late = life[member]
        yield Terms(row[member, :-late], backlog[demand, late:], np.ones(1))
    for ahead in range(1, int(life.max(initial=0)) + 1):
        for terms in net.leaving(kept):
            yield _shifted(net, terms, life, ahead, -1.0)
        yield _shifted(net, Terms(row[at], net.column("lost")[demands], ONE), life, ahead, 1.0)


def _shifted(net: Layout, terms: Terms, life: IntArray, ahead: int, sign: float) -> Terms:
    """Terms of `ahead` periods later, for the members whose life lasts as long."""
    lasts = np.flatnonzero(life[terms.row[:, 0] // max(net.horizon, 1)] >= ahead)
    value = np.broadcast_to(terms.value, (terms.row.shape[0], 1))[lasts]
    row, column = terms.row[lasts, : max(net.horizon - ahead, 0)], terms.column[lasts, ahead:]
    return Terms(row, column, sign * value)
