"""An independent look at a plan: whether it keeps the network's rules, whatever the matrix said.

Nothing here knows the standard form. Amounts are compared relative to the size of what they are
made of, so that a plan of millions of units is not blamed for its last digits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solvers.network.check_rules import check_rules
from solvers.network.excess import Breach, over, worst
from solvers.network.instance import Instance
from solvers.network.money import Money, total
from solvers.network.quantities import Quantities, arriving, handled, lane_load
from solvers.network.resources import room
from solvers.values import FloatArray, IntArray

Rule = Callable[[Instance, Quantities], list[Breach]]


def check(instance: Instance, quantities: Quantities) -> tuple[Breach, ...]:
    """Every rule of the network that a plan breaks; empty for a sound plan.

    Parameters
    ----------
    instance
        The network.
    quantities
        What the plan does in it.
    """
    rules: tuple[Rule, ...] = (
        _balance,
        _bounds,
        _closed,
        _capacities,
        _lanes,
        _changes,
        _demands,
        check_rules,
    )
    return tuple(breach for rule in rules for breach in rule(instance, quantities))


def check_money(amounts: Money, value: float) -> tuple[Breach, ...]:
    """Whether the categories add up to the objective."""
    size = 1.0 + sum(float(np.abs(amount).sum()) for amount in amounts.values())
    excess = abs(total(amounts) - value) / size
    return worst("money", np.array([[excess]]), lambda _row: "sum of categories")


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Signed units and their absolute sum for each site, commodity and period."""

    net: FloatArray
    size: FloatArray

    def add(self, site: IntArray, commodity: IntArray, units: FloatArray) -> None:
        np.add.at(self.net, (site, commodity), units)
        np.add.at(self.size, (site, commodity), np.abs(units))


def _balance(instance: Instance, of: Quantities) -> list[Breach]:
    """Compare what comes with what goes, at every place, for every commodity and period."""
    shape = (len(instance.sites.code), len(instance.commodities), instance.horizon)
    book = _Ledger(np.zeros(shape), np.zeros(shape))
    arcs, lanes, made = instance.arcs, instance.lanes, instance.productions
    held, wanted = instance.stocks, instance.demands
    book.add(lanes.destination[arcs.lane], arcs.commodity, arriving(instance, of.flow))
    book.add(lanes.origin[arcs.lane], arcs.commodity, -of.flow)
    book.add(instance.supplies.site, instance.supplies.commodity, of.buy)
    book.add(made.site, made.output, made.yields * of.make)
    eaten = made.input_quantity[:, None] * of.make[made.input_of]
    book.add(made.site[made.input_of], made.input_commodity, -eaten)
    before = np.hstack((held.initial[:, None], of.stock[:, :-1]))
    book.add(held.site, held.commodity, before - of.stock)
    waiting = np.hstack((np.zeros((of.backlog.shape[0], 1)), of.backlog[:, :-1]))
    served = wanted.quantity - of.lost + waiting - of.backlog
    book.add(wanted.site, wanted.commodity, -served)
    excess = np.abs(book.net) / (1.0 + book.size)
    flat = excess.reshape(-1, instance.horizon)
    goods = max(len(instance.commodities), 1)

    def place(row: int) -> str:
        return f"{instance.sites.code[row // goods]}/{instance.commodities[row % goods]}"

    return list(worst("balance", flat, place, instance.periods))


def _bounds(instance: Instance, of: Quantities) -> list[Breach]:
    """Every quantity lies between its own limits."""
    bought, made, held, wanted = (
        instance.supplies,
        instance.productions,
        instance.stocks,
        instance.demands,
    )
    least = held.safety.copy()
    least[:, -1] = np.maximum(least[:, -1], held.final)
    lost = np.where(np.isfinite(wanted.lost_cost)[:, None], wanted.quantity, 0.0)
    wait = np.where(np.isfinite(wanted.backlog_cost)[:, None], np.inf, np.zeros(instance.horizon))
    wait[:, -1] = 0.0
    zero = np.zeros(1)
    found: list[Breach] = []
    for name, value, low, high in (
        ("flow", of.flow, zero, np.full_like(of.flow, np.inf)),
        ("buy", of.buy, bought.minimum, bought.maximum),
        ("make", of.make, zero, made.capacity),
        ("stock", of.stock, least, held.capacity),
        ("lost", of.lost, zero, lost),
        ("backlog", of.backlog, zero, wait),
    ):
        outside = np.maximum(over(low, value), over(value, high))
        found += worst(name, outside, str, instance.periods)
    late = instance.lanes.lag[instance.arcs.lane][:, None] + np.arange(instance.horizon)
    lost_on_the_way = np.where(late >= instance.horizon, of.flow, 0.0)
    found += worst("arrives-after-the-end", lost_on_the_way, str, instance.periods)
    return found


def _closed(instance: Instance, of: Quantities) -> list[Breach]:
    """Nothing leaves, reaches or is made at a closed site."""
    shut = np.maximum(1.0 - of.open, 0.0)
    arcs, lanes, made = instance.arcs, instance.lanes, instance.productions
    scale = 1.0 + of.flow.max(initial=0.0)
    arrived = arriving(instance, of.flow)
    made_scale = 1.0 + of.make.max(initial=0.0)
    found: list[Breach] = []
    for name, amount in (
        ("leaves-closed-site", of.flow * (shut[lanes.origin[arcs.lane]] > 0.5) / scale),
        ("reaches-closed-site", arrived * (shut[lanes.destination[arcs.lane]] > 0.5) / scale),
        ("made-at-closed-site", of.make * (shut[made.site] > 0.5) / made_scale),
    ):
        found += worst(name, amount, str, instance.periods)
    return found


def _capacities(instance: Instance, of: Quantities) -> list[Breach]:
    """Throughput of sites and hours of tool groups."""
    sites, groups, made = instance.sites, instance.groups, instance.productions
    leaving = handled(instance, of.flow)
    hours = np.zeros_like(groups.hours)
    for p in np.flatnonzero(made.group >= 0):
        hours[made.group[p]] += made.hours[p] * of.make[p]
    return [
        *worst(
            "throughput",
            over(leaving, room(instance, of)),
            lambda s: sites.code[s],
            instance.periods,
        ),
        *worst("hours", over(hours, groups.hours), lambda g: groups.code[g], instance.periods),
    ]


def _lanes(instance: Instance, of: Quantities) -> list[Breach]:
    """Capacities, minima, fixed costs and shipments of lanes."""
    lanes = instance.lanes
    load = lane_load(instance, of.flow)
    chosen = of.used > 0.5
    choice = (lanes.fixed_cost > 0).any(axis=1) | (lanes.minimum > 0)
    unchosen = np.where(choice[:, None] & ~chosen, load, 0.0) / (1.0 + load.max(initial=0.0))
    least = np.where(chosen, lanes.minimum[:, None], 0.0)
    counted = (lanes.shipment_cost > 0) & np.isfinite(lanes.shipment_size)
    size = np.where(counted, lanes.shipment_size, 0.0)[:, None]
    shipped = np.where(counted[:, None], size * of.shipments, np.inf)

    def code(lane: int) -> str:
        return lanes.code[lane]

    return [
        *worst("lane-capacity", over(load, lanes.capacity), code, instance.periods),
        *worst("lane-minimum", over(least, load), code, instance.periods),
        *worst("lane-unused", unchosen, code, instance.periods),
        *worst("shipments", over(load, shipped), code, instance.periods),
    ]


def _changes(instance: Instance, of: Quantities) -> list[Breach]:
    """Sites open and close as they are said to, and only where they may."""
    sites = instance.sites
    before = np.hstack((sites.initially_open.astype(float)[:, None], of.open[:, :-1]))
    designed = sites.designed[:, None]
    moved = np.where(designed, np.abs(of.open - before - of.opening + of.closing), 0.0)
    low, high = sites.must_open.astype(float), sites.may_open.astype(float)
    outside = np.where(designed, np.maximum(over(low, of.open), over(of.open, high)), 0.0)
    twice = np.maximum(of.expand.sum(axis=1, keepdims=True) - 1.0, 0.0)
    return [
        *worst("change", moved, lambda s: sites.code[s], instance.periods),
        *worst("state", outside, lambda s: sites.code[s], instance.periods),
        *worst("expansion", twice, lambda e: instance.expansions.code[e]),
    ]


def _demands(instance: Instance, of: Quantities) -> list[Breach]:
    """Fill rates, the service level, and single sources."""
    wanted = instance.demands
    asked = wanted.quantity.sum(axis=1)
    allowed = (1.0 - wanted.fill_rate) * asked
    missing = over(of.lost.sum(axis=1), allowed)[:, None]
    whole = over(of.lost.sum(), np.asarray((1.0 - instance.rules.service_level) * asked.sum()))
    arcs, lanes = instance.arcs, instance.lanes
    goods = max(len(instance.commodities), 1)
    into = lanes.destination[arcs.lane] * goods + arcs.commodity
    carries = of.flow.sum(axis=1) > 1e-5 * (1.0 + of.flow.max(initial=0.0))
    sources = np.bincount(into[carries], minlength=len(instance.sites.code) * goods)
    several = np.where(wanted.single, sources[wanted.site * goods + wanted.commodity] - 1.0, 0.0)

    def code(demand: int) -> str:
        site, good = wanted.site[demand], wanted.commodity[demand]
        return f"{instance.sites.code[site]}/{instance.commodities[good]}"

    return [
        *worst("fill-rate", missing, code),
        *worst("service-level", np.array([[float(whole)]]), lambda _row: "all demand"),
        *worst("single-source", np.maximum(several, 0.0)[:, None], code),
    ]
