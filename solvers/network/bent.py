"""A network after some of its numbers were bent."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from solvers.network.bend import Bends, bends, floor
from solvers.network.bounds import flow_limits
from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.softness import BendKind
from solvers.values import FloatArray, IntArray

ROOM = 1e-6  # a bend is applied a little further: what fits exactly must not fail by rounding
Apply = Callable[[Instance, Bends, FloatArray], Instance]


def bent(instance: Instance, amounts: Mapping[int, FloatArray], *, room: float = ROOM) -> Instance:
    """Instance after bends.

    Parameters
    ----------
    amounts
        Position in ``bends(instance)`` to how far each of its members is bent, shape (B,);
        negative tightens.
    room
        How much further each bend goes, relative to the size of what is bent.
    """
    every = bends(instance)
    for number, amount in amounts.items():
        further = np.where(amount > 0, amount + room * (1.0 + every[number].size), amount)
        instance = _APPLY[every[number].kind](instance, every[number], further)
    return replace(instance, arcs=replace(instance.arcs, limit=flow_limits(instance)))


def _spread(instance: Instance, b: Bends, amount: FloatArray, rows: IntArray | None) -> FloatArray:
    """Amounts in the shape of the table: members by period."""
    count = int(b.at.max()) // instance.horizon + 1 if rows is None else rows.size
    grid = np.zeros(count * instance.horizon)
    grid[b.at] = amount
    return grid.reshape(count, instance.horizon)


def _raise(table: str, field: str, sign: int = 1) -> Apply:
    """Apply to one table whose field has members by period, all of them in the block."""

    def apply(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
        part = getattr(instance, table)
        old: FloatArray = getattr(part, field)
        new = old.copy().reshape(-1)
        new[b.at] = np.maximum(new[b.at] + sign * amount, 0.0)
        return replace(instance, **{table: replace(part, **{field: new.reshape(old.shape)})})

    return apply


def _throughput(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    limited = index_sets(instance).limited
    new = instance.sites.throughput.copy()
    new[limited] += _spread(instance, b, amount, limited)
    return replace(instance, sites=replace(instance.sites, throughput=new))


def _lane(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    metered = index_sets(instance).metered
    new = instance.lanes.capacity.copy()
    new[metered] += _spread(instance, b, amount, metered)
    return replace(instance, lanes=replace(instance.lanes, capacity=new))


def _lane_minimum(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    least = index_sets(instance).least
    new = instance.lanes.minimum.copy()
    new[least] -= _spread(instance, b, amount, least).max(axis=1)
    lanes = replace(instance.lanes, minimum=np.maximum(new, 0.0))
    return replace(instance, lanes=lanes)


def _demand(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    del b  # its rows are those of the balance; its members are the demands above 0, in order
    quantity = instance.demands.quantity.copy().reshape(-1)
    at = np.flatnonzero(quantity > 0)
    quantity[at] = np.maximum(quantity[at] - amount, 0.0)
    new = quantity.reshape(instance.demands.quantity.shape)
    return replace(instance, demands=replace(instance.demands, quantity=new))


def _safety(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    stocks = instance.stocks
    less = _spread(instance, b, amount, np.arange(stocks.site.size))
    safety = np.maximum(stocks.safety - less, 0.0)
    last = floor(instance)[:, -1] - less[:, -1]
    final = np.where(less[:, -1] > 0, np.minimum(stocks.final, last), stocks.final)
    return replace(instance, stocks=replace(stocks, safety=safety, final=np.maximum(final, 0.0)))


def _carbon(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    rules = instance.rules
    if b.block == "carbon_cap":
        return replace(instance, rules=replace(rules, carbon_cap=rules.carbon_cap + amount[0]))
    caps = rules.carbon_cap_of.copy()
    caps[b.at] += amount
    return replace(instance, rules=replace(rules, carbon_cap_of=caps))


def _budget(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    del b
    rules = instance.rules
    return replace(instance, rules=replace(rules, budget=rules.budget + float(amount[0])))


def _count(instance: Instance, b: Bends, amount: FloatArray) -> Instance:
    rules = instance.rules
    most = np.zeros(len(rules.count_kind))
    np.maximum.at(most, b.at // instance.horizon, np.ceil(amount - 1e-3))
    if b.sign < 0:
        rules = replace(rules, count_maximum=rules.count_maximum + most)
    else:
        rules = replace(rules, count_minimum=np.maximum(rules.count_minimum - most, 0.0))
    return replace(instance, rules=rules)


_APPLY: Mapping[BendKind, Apply] = {
    "demand": _demand,
    "throughput": _throughput,
    "hours": _raise("groups", "hours"),
    "lane": _lane,
    "lane-minimum": _lane_minimum,
    "supply": _raise("supplies", "maximum"),
    "supply-minimum": _raise("supplies", "minimum", -1),
    "production": _raise("productions", "capacity"),
    "stock": _raise("stocks", "capacity"),
    "safety-stock": _safety,
    "carbon": _carbon,
    "budget": _budget,
    "site-count": _count,
}
