"""Upper bounds of flows that every sensible plan can live with: the coefficients of strong links.

What an arc may usefully carry is what can still be wanted behind its head: the demand that can be
reached from there, each demand once, through bills of materials and yields, in the periods that an
arrival can serve. Into a customer that holds no stock this is the demand of the period of arrival,
which makes ``flow <= limit * open`` the strong formulation.
"""

import numpy as np

from solvers.network.instance import Instance
from solvers.network.pull import Net, net_of, pull
from solvers.values import BoolArray, FloatArray


def flow_limits(instance: Instance) -> FloatArray:
    """Bounds of the flows of all arcs, shape (A, T); 0 where they would arrive after the horizon.

    They follow from demands, stocks, productions and capacities: to be computed anew when one of
    these is edited. Capacities count only on arcs whose use is decided (a designed end, a lane
    with a fixed cost or a minimum, a single source); elsewhere their own rows speak for them.
    A plan that sends goods in a circle only to reach a rebate is not kept in view.
    """
    net = net_of(instance)
    limit = _windowed(instance, net, pull(instance, net))
    linked = _linked(instance, net)
    return np.where(linked[:, None], np.minimum(limit, _capacities(instance, net)), limit)


def make_limits(instance: Instance) -> FloatArray:
    """Units started of each production at most, shape (P, T): what an open site may make.

    Its capacity; where that is infinite all that is ever wanted of its output, so that a site
    that is closed makes nothing.
    """
    made = instance.productions
    unlimited = np.isinf(made.capacity)
    if not unlimited.any():
        return made.capacity
    net = net_of(instance)
    wanted = pull(instance, net).sum(axis=1)[net.at(made.site, made.output)]
    started = wanted[:, None] / np.where(made.yields > 0, made.yields, np.inf)
    return np.where(unlimited, started, made.capacity)


def _windowed(instance: Instance, net: Net, want: FloatArray) -> FloatArray:
    """Units that an arrival can serve: of its period; of later ones, if kept; of waiting ones."""
    T, demands = instance.horizon, instance.demands
    lag = instance.lanes.lag[instance.arcs.lane]
    keeps = net.holds.copy()
    keeps[net.tail[lag > 0]] = True
    late = np.zeros(net.size, dtype=np.bool_)
    waits = np.isfinite(demands.backlog_cost)
    late[net.at(demands.site, demands.commodity)[waits]] = True
    keeps, late = net.before(keeps), net.before(late)
    after = np.cumsum(want[:, :T][:, ::-1], axis=1)[:, ::-1]
    before = np.cumsum(want[:, :T], axis=1) - want[:, :T]
    serves = np.where(keeps[:, None], after, want[:, :T])
    serves = serves + np.where(late[:, None], before, 0.0) + want[:, T:]
    arrival = np.arange(T)[None, :] + lag[:, None]
    inside = arrival < T
    return np.where(inside, serves[net.head[:, None], np.minimum(arrival, T - 1)], 0.0)


def _linked(instance: Instance, net: Net) -> BoolArray:
    """Arcs whose flow hangs on a binary variable."""
    lanes, designed, demands = instance.lanes, instance.sites.designed, instance.demands
    chosen = (lanes.fixed_cost > 0).any(axis=1) | (lanes.minimum > 0)
    chosen = chosen | designed[lanes.origin] | designed[lanes.destination]
    single = np.zeros(net.size, dtype=np.bool_)
    single[net.at(demands.site, demands.commodity)[demands.single]] = True
    linked: BoolArray = chosen[instance.arcs.lane] | single[net.head]
    return linked


def _capacities(instance: Instance, net: Net) -> FloatArray:
    """Units that the lane, the site it leaves and the supply there let through, shape (A, T)."""
    lanes, arcs, sites, T = instance.lanes, instance.arcs, instance.sites, instance.horizon
    grown = sites.throughput.copy()
    np.add.at(grown, instance.expansions.site, instance.expansions.capacity[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        by_lane = np.where(
            arcs.load[:, None] > 0, lanes.capacity[arcs.lane] / arcs.load[:, None], np.inf
        )
        by_site = np.where(
            arcs.handling[:, None] > 0,
            grown[lanes.origin[arcs.lane]] / arcs.handling[:, None],
            np.inf,
        )
    supplies, stocks, made = instance.supplies, instance.stocks, instance.productions
    has = np.zeros((net.size, T))
    np.add.at(has, net.at(supplies.site, supplies.commodity), supplies.maximum)
    held = net.at(stocks.site, stocks.commodity)
    has[held] = np.cumsum(has[held], axis=1) + stocks.initial[:, None]
    has[net.head] = np.inf
    has[net.at(made.site, made.output)] = np.inf
    return np.minimum(np.minimum(by_lane, by_site), has[net.tail])
