"""Rows that say what lanes allow: capacity, minimum, use, shipments."""

from collections.abc import Iterator

from solvers.network.design import link
from solvers.network.layout import Layout, Rows, Terms
from solvers.values import FloatArray, IntArray


def lane_capacity(net: Layout) -> Rows:
    """Carry no more than the capacity of a lane."""
    lanes = net.sets.metered
    capacity = net.instance.lanes.capacity[lanes]
    return Rows(net.full(lanes.size, float("-inf")), capacity, iter([net.carried(lanes)]))


def lane_minimum(net: Layout) -> Rows:
    """Carry the minimum of a lane that is used."""
    lanes = net.sets.least
    used = net.column("used")[net.sets.choice_of[lanes]]
    terms = _less(net, lanes, used, net.instance.lanes.minimum[lanes, None])
    return Rows(net.full(lanes.size, 0.0), net.full(lanes.size, float("inf")), terms)


def lane_used(net: Layout) -> Rows:
    """Carry on used lanes only."""
    arcs, lanes = net.sets.choice_arcs, net.instance.arcs.lane
    used = net.column("used")[net.sets.choice_of[lanes[arcs]]]
    return link(net, net.column("flow")[arcs], used, net.instance.arcs.limit[arcs])


def shipment(net: Layout) -> Rows:
    """Shipments are large enough for the load."""
    lanes = net.sets.shipped
    size = net.instance.lanes.shipment_size[lanes, None]
    terms = _less(net, lanes, net.column("shipments"), size)
    return Rows(net.full(lanes.size, float("-inf")), net.full(lanes.size, 0.0), terms)


def _less(net: Layout, lanes: IntArray, column: IntArray, size: FloatArray) -> Iterator[Terms]:
    yield net.carried(lanes)
    yield Terms(net.grid(lanes.size), column, -size)
