"""What can be bent in a network: each constraint that has a number, where that number stands.

A bend raises a capacity, lowers a minimum or forgoes a demand, in one period; `bent.py` applies it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.softness import BendKind
from solvers.values import FloatArray, IntArray

CAPACITIES: tuple[BendKind, ...] = (
    "throughput", "hours", "lane", "supply", "production", "stock",
)  # fmt: skip
RULES: tuple[BendKind, ...] = (
    "carbon", "budget", "site-count", "lane-minimum", "supply-minimum", "safety-stock",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bends:
    """Numbers of one kind that can be bent: B of them.

    Parameters
    ----------
    kind, block, sign
        What they are; the block of rows (or of columns) of the model that holds them; +1 where
        the row needs more on its left, -1 where it has too much.
    by_column
        Whether the number is a bound of columns instead of a side of rows.
    at : shape (B,)
        Positions within the block, row-major.
    size : shape (B,)
        The number itself; what a bend is relative to.
    most : shape (B,)
        Furthest bend.
    code, period
        Names; the period is "" where it is about all of them.
    """

    kind: BendKind
    block: str
    sign: int
    by_column: bool
    at: IntArray
    size: FloatArray
    most: FloatArray
    code: tuple[str, ...]
    period: tuple[str, ...]


def bends(instance: Instance) -> tuple[Bends, ...]:
    """Everything that can be bent, kind by kind."""
    return tuple(b for b in _every(instance) if b.at.size)


def _every(instance: Instance) -> Iterator[Bends]:
    sets, sites, lanes = index_sets(instance), instance.sites, instance.lanes
    good, code = instance.commodities, instance.sites.code
    demands, bought, made = instance.demands, instance.supplies, instance.productions
    stocks, groups = instance.stocks, instance.groups

    def pairs(site: IntArray, commodity: IntArray) -> list[str]:
        return [f"{code[s]}/{good[c]}" for s, c in zip(site, commodity, strict=True)]

    wanted = pairs(demands.site, demands.commodity)
    yield _forgone(instance, wanted)
    rows: tuple[tuple[BendKind, str, int, list[str], FloatArray], ...] = (
        ("throughput", "throughput", -1, [code[s] for s in sets.limited],
         sites.throughput[sets.limited]),
        ("hours", "hours", -1, list(groups.code), groups.hours),
        ("lane", "lane_capacity", -1, [lanes.code[x] for x in sets.metered],
         lanes.capacity[sets.metered]),
        ("lane-minimum", "lane_minimum", 1, [lanes.code[x] for x in sets.least],
         np.repeat(lanes.minimum[sets.least, None], instance.horizon, axis=1)),
    )  # fmt: skip
    for kind, block, sign, names, size in rows:
        yield _grid(instance, (kind, block, sign, False), names, size)
    columns: tuple[tuple[BendKind, str, int, list[str], FloatArray], ...] = (
        ("supply", "buy", -1, pairs(bought.site, bought.commodity), bought.maximum),
        ("supply-minimum", "buy", 1, pairs(bought.site, bought.commodity), bought.minimum),
        ("production", "make", -1, pairs(made.site, made.output),
         np.where(made.capacity > 0, made.capacity, np.inf)),
        ("stock", "stock", -1, pairs(stocks.site, stocks.commodity), stocks.capacity),
        ("safety-stock", "stock", 1, pairs(stocks.site, stocks.commodity), floor(instance)),
    )  # fmt: skip
    for kind, block, sign, names, size in columns:
        yield _grid(instance, (kind, block, sign, True), names, size)
    yield from _of_rules(instance)


def floor(instance: Instance) -> FloatArray:
    """Least stock of each period, shape (I, T): safety stock, in the last one also `final`."""
    floor = instance.stocks.safety.copy()
    floor[:, -1:] = np.maximum(floor[:, -1:], instance.stocks.final[:, None])
    return floor


def _grid(
    instance: Instance, what: tuple[BendKind, str, int, bool], names: list[str], size: FloatArray
) -> Bends:
    """Bends of a block of members by period; a minimum of 0 and a missing limit are none."""
    kind, block, sign, by_column = what
    flat = size.reshape(-1)
    bendable = np.isfinite(flat) & ((flat > 0) | (sign < 0))
    at = np.flatnonzero(bendable)
    horizon = instance.horizon
    most = flat[at] if sign > 0 else np.full(at.size, np.inf)
    own = flat[at]
    return Bends(
        kind, block, sign, by_column, at,
        np.where(own > 0, own, _usual(instance)),
        most,
        tuple(names[i] for i in at // horizon),
        tuple(instance.periods[i] for i in at % horizon),
    )  # fmt: skip


def _usual(instance: Instance) -> float:
    """Size that a bend of nothing is relative to: all that is wanted in a mean period."""
    wanted = float(instance.demands.quantity.sum()) / max(instance.horizon, 1)
    return wanted or 1.0


def _forgone(instance: Instance, wanted: list[str]) -> Bends:
    quantity = instance.demands.quantity.reshape(-1)
    at = np.flatnonzero(quantity > 0)
    horizon = instance.horizon
    node = index_sets(instance).nodes.demand
    place = (node[at // horizon] * horizon + at % horizon).astype(np.int64)
    return Bends(
        "demand", "balance", 1, False, place, quantity[at], quantity[at],
        tuple(wanted[i] for i in at // horizon),
        tuple(instance.periods[i] for i in at % horizon),
    )  # fmt: skip


def _of_rules(instance: Instance) -> Iterator[Bends]:
    rules = instance.rules

    def one(kind: BendKind, block: str, sign: int, size: FloatArray, named: list[str]) -> Bends:
        at = np.flatnonzero(np.isfinite(size) & ((size > 0) | (sign < 0)))
        own = np.where(size[at] > 0, size[at], 1.0)
        most = size[at] if sign > 0 else np.full(at.size, np.inf)
        periods = tuple(instance.periods[i % instance.horizon] for i in at)
        periods = periods if size.size > 1 else ("",) * at.size
        return Bends(
            kind, block, sign, False, at, own, most, tuple(named[i] for i in at), periods
        )  # fmt: skip

    if np.isfinite(rules.carbon_cap):
        yield one("carbon", "carbon_cap", -1, np.array([rules.carbon_cap]), ["CO2"])
    if np.isfinite(rules.carbon_cap_of).any():
        named = ["CO2"] * instance.horizon
        yield one("carbon", "carbon_cap_of", -1, rules.carbon_cap_of, named)
    if np.isfinite(rules.budget):
        yield one("budget", "budget", -1, np.array([rules.budget]), ["budget"])
    kinds = [kind for kind in rules.count_kind for _ in range(instance.horizon)]
    for sign, count in ((-1, rules.count_maximum), (1, rules.count_minimum)):
        yield one("site-count", "site_count", sign, np.repeat(count, instance.horizon), kinds)
