"""Rows that say what sites allow: throughput, opening, hours."""

from collections.abc import Iterator

import numpy as np

from solvers.network.balance import ONE
from solvers.network.bounds import make_limits
from solvers.network.layout import Layout, Rows, Terms
from solvers.values import FloatArray, IntArray


def throughput(net: Layout) -> Rows:
    """Keep what a site handles within its throughput, as far as it is open and expanded."""
    limited, sites = net.sets.limited, net.instance.sites
    limit = sites.throughput[limited]
    upper = np.where(sites.designed[limited, None] & np.isfinite(limit), 0.0, limit)
    return Rows(net.full(limited.size, -np.inf), upper, _throughput_terms(net))


def _throughput_terms(net: Layout) -> Iterator[Terms]:
    sets, sites, expansions = net.sets, net.instance.sites, net.instance.expansions
    limited, row = sets.limited, net.grid(net.sets.limited.size)
    yield net.handled(limited)
    designed = np.flatnonzero(sites.designed[limited])
    opened = net.column("open")[sets.designed_of[limited[designed]]]
    yield Terms(row[designed], opened, -sites.throughput[limited[designed]])
    at = np.searchsorted(limited, expansions.site)
    at_limited = np.flatnonzero(np.isin(expansions.site, limited))
    expand = net.column("expand")
    for begin in range(net.horizon):
        yield Terms(
            row[at[at_limited], begin:],
            expand[at_limited, begin : begin + 1],
            -expansions.capacity[at_limited, None],
        )


def expand_open(net: Layout) -> Rows:
    """Only an open site is expanded."""
    members = net.sets.designed_expansions
    opened = net.sets.designed_of[net.instance.expansions.site[members]]
    terms = _link(net, net.column("expand")[members], net.column("open")[opened], ONE)
    return Rows(net.full(members.size, -np.inf), net.full(members.size, 0.0), terms)


def expand_once(net: Layout) -> Rows:
    """Buy a step of capacity once."""
    expand = net.column("expand")
    count = expand.shape[0]
    terms = iter([Terms(np.arange(count)[:, None], expand, ONE)])
    return Rows(np.full(count, -np.inf), np.ones(count), terms)


def origin_link(net: Layout) -> Rows:
    """Let flows leave open sites only."""
    arcs = net.sets.origin_arcs
    opened = net.column("open")[net.sets.designed_of[net.sets.arc_origin[arcs]]]
    return link(net, net.column("flow")[arcs], opened, net.instance.arcs.limit[arcs])


def destination_link(net: Layout) -> Rows:
    """Let flows arrive at open sites only."""
    arcs, horizon = net.sets.destination_arcs, net.horizon
    limit = net.instance.arcs.limit[arcs].copy()
    lag = net.instance.lanes.lag[net.instance.arcs.lane[arcs]]
    arrival = np.arange(horizon) + lag[:, None]
    limit[arrival >= horizon] = np.inf
    opened = net.column("open")[
        net.sets.designed_of[net.sets.arc_destination[arcs], None],
        np.minimum(arrival, horizon - 1),
    ]
    return link(net, net.column("flow")[arcs], opened, limit)


def make_link(net: Layout) -> Rows:
    """Let open sites only make."""
    members, made = net.sets.designed_productions, net.instance.productions
    opened = net.column("open")[net.sets.designed_of[made.site[members]]]
    return link(net, net.column("make")[members], opened, make_limits(net.instance)[members])


def link(net: Layout, column: IntArray, on: IntArray, limit: FloatArray) -> Rows:
    """``column <= limit * on``, free where the limit is infinite."""
    count = column.shape[0]
    upper = np.where(np.isfinite(limit), 0.0, np.inf)
    return Rows(net.full(count, -np.inf), upper, _link(net, column, on, limit))


def _link(net: Layout, column: IntArray, on: IntArray, limit: FloatArray) -> Iterator[Terms]:
    row = net.grid(column.shape[0])
    yield Terms(row, column, ONE)
    yield Terms(row, on, -limit)


def change(net: Layout) -> Rows:
    """Tell opening and closing from the states before and after."""
    before = np.zeros((net.sets.designed.size, net.horizon))
    before[:, :1] = net.instance.sites.initially_open[net.sets.designed, None]
    return Rows(before, before, _change_terms(net))


def _change_terms(net: Layout) -> Iterator[Terms]:
    opened, row = net.column("open"), net.grid(net.sets.designed.size)
    yield Terms(row, opened, ONE)
    yield Terms(row[:, 1:], opened[:, :-1], -ONE)
    yield Terms(row, net.column("opening"), -ONE)
    yield Terms(row, net.column("closing"), ONE)


def hours(net: Layout) -> Rows:
    """Fit what a tool group makes in its hours."""
    groups, made = net.instance.groups, net.instance.productions
    row = net.grid(groups.site.size)
    grouped = np.flatnonzero(made.group >= 0)
    terms = Terms(row[made.group[grouped]], net.column("make")[grouped], made.hours[grouped, None])
    return Rows(net.full(groups.site.size, -np.inf), groups.hours, iter([terms]))
