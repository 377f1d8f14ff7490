"""Rows that say how customers are served: one source, fill rates, the service level."""

import numpy as np

from solvers.network.balance import ONE
from solvers.network.design import link
from solvers.network.layout import Layout, Rows, Terms


def single(net: Layout) -> Rows:
    """One arc is the source, where there is any."""
    count, at = net.sets.single.size, net.sets.single_of
    some = np.bincount(at, minlength=count) > 0
    lower, upper = np.where(some, 1.0, -np.inf), np.where(some, 1.0, np.inf)
    return Rows(lower, upper, iter([Terms(at, net.column("source"), np.ones(1))]))


def single_link(net: Layout) -> Rows:
    """Only the source brings."""
    arcs = net.sets.single_arcs
    source = np.broadcast_to(net.column("source")[:, None], (arcs.size, net.horizon))
    return link(net, net.column("flow")[arcs], source, net.instance.arcs.limit[arcs])


def fill_rate(net: Layout) -> Rows:
    """Bound the share of each demand that is lost."""
    filled, demands = net.sets.filled, net.instance.demands
    upper = (1 - demands.fill_rate[filled]) * demands.quantity[filled].sum(axis=1)
    lost = net.column("lost")[filled]
    terms = Terms(np.arange(filled.size)[:, None], lost, ONE)
    return Rows(np.full(filled.size, -np.inf), upper, iter([terms]))


def service_level(net: Layout) -> Rows:
    """Bound the share of all demand that is lost."""
    level = net.instance.rules.service_level
    count = int(level > 0)
    upper = np.full(count, (1 - level) * net.instance.demands.quantity.sum())
    terms = [Terms(np.zeros((1, 1), np.int64), net.column("lost"), ONE)] * count
    return Rows(np.full(count, -np.inf), upper, iter(terms))
