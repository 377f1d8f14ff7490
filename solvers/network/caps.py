"""Rows over the whole network: carbon, budget, number of sites."""

from collections.abc import Iterator

import numpy as np

from solvers.network.balance import ONE
from solvers.network.layout import Layout, Rows, Terms
from solvers.values import FloatArray

TOP = np.zeros((1, 1), dtype=np.int64)


def carbon_cap(net: Layout) -> Rows:
    """Emission of all periods."""
    upper = _finite(net.instance.rules.carbon_cap)
    emission = Terms(TOP, net.column("flow"), net.instance.arcs.co2_kg[:, None])
    return Rows(np.full(upper.size, -np.inf), upper, iter([emission] * upper.size))


def carbon_cap_of(net: Layout) -> Rows:
    """Emission of each period."""
    caps = net.instance.rules.carbon_cap_of
    upper = caps if np.isfinite(caps).any() else np.zeros(0)
    period = np.arange(net.horizon)[None, :]
    terms = [Terms(period, net.column("flow"), net.instance.arcs.co2_kg[:, None])]
    return Rows(np.full(upper.size, -np.inf), upper, iter(terms if upper.size else []))


def budget(net: Layout) -> Rows:
    """Money for opening and expanding."""
    upper = _finite(net.instance.rules.budget)
    return Rows(np.full(upper.size, -np.inf), upper, _budget_terms(net, upper.size))


def _budget_terms(net: Layout, count: int) -> Iterator[Terms]:
    if count:
        price = net.instance.sites.open_cost[net.sets.designed, None]
        yield Terms(TOP, net.column("opening"), price)
        yield Terms(TOP, net.column("expand"), net.instance.expansions.cost[:, None])


def site_count(net: Layout) -> Rows:
    """Open sites of a kind; those that are not designed count."""
    rules, sites = net.instance.rules, net.instance.sites
    kind = np.array(sites.kind, dtype=np.str_)
    always = [int(((kind == name) & ~sites.designed).sum()) for name in rules.count_kind]
    base = np.array(always, dtype=np.float64)
    lower = np.repeat((rules.count_minimum - base)[:, None], net.horizon, axis=1)
    upper = np.repeat((rules.count_maximum - base)[:, None], net.horizon, axis=1)
    return Rows(lower, upper, _count_terms(net))


def _count_terms(net: Layout) -> Iterator[Terms]:
    kind = np.array(net.instance.sites.kind, dtype=np.str_)[net.sets.designed]
    row = net.grid(len(net.instance.rules.count_kind))
    for position, name in enumerate(net.instance.rules.count_kind):
        yield Terms(row[position], net.column("open")[kind == name], ONE)


def _finite(cap: float) -> FloatArray:
    return np.array([cap] if np.isfinite(cap) else [])
