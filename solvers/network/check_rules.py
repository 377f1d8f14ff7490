"""Rules over the whole network, looked at without the matrix: carbon, money, counts, age."""

from collections.abc import Callable

import numpy as np

from solvers.network.excess import Breach, over, worst
from solvers.network.instance import Instance
from solvers.network.quantities import Quantities
from solvers.values import FloatArray


def check_rules(instance: Instance, of: Quantities) -> list[Breach]:
    """Find what a plan breaks of the policy."""
    rules = instance.rules
    co2 = instance.arcs.co2_kg @ of.flow
    money = instance.sites.open_cost @ of.opening + instance.expansions.cost @ of.expand
    found = [
        *worst("carbon-cap", _one(float(co2.sum()), rules.carbon_cap), _network),
        *worst(
            "carbon-cap-of-period",
            over(co2, rules.carbon_cap_of)[None, :],
            _network,
            instance.periods,
        ),
        *worst("budget", _one(float(money.sum()), rules.budget), _network),
    ]
    return found + _counts(instance, of) + _shelf_life(instance, of)


def _network(row: int) -> str:
    del row
    return "network"


def _named(name: str) -> Callable[[int], str]:
    return lambda _row: name


def _one(value: float, limit: float) -> FloatArray:
    return over(np.array([[value]]), np.array([[limit]]))


def _counts(instance: Instance, of: Quantities) -> list[Breach]:
    rules, kinds = instance.rules, np.array(instance.sites.kind)
    found: list[Breach] = []
    for k, kind in enumerate(rules.count_kind):
        standing = (of.open[kinds == kind] > 0.5).sum(axis=0).astype(np.float64)[None, :]
        low, high = rules.count_minimum[k : k + 1], rules.count_maximum[k : k + 1]
        outside = np.maximum(over(low, standing), over(standing, high))
        found += worst("site-count", outside, _named(kind), instance.periods)
    return found


def _shelf_life(instance: Instance, of: Quantities) -> list[Breach]:
    """Look whether what is held leaves within its life, where that ends inside the horizon."""
    held, arcs, lanes, made = instance.stocks, instance.arcs, instance.lanes, instance.productions
    found: list[Breach] = []
    for i in np.flatnonzero(held.shelf_life > 0):
        site, good, life = held.site[i], held.commodity[i], int(held.shelf_life[i])
        leaves = (lanes.origin[arcs.lane] == site) & (arcs.commodity == good)
        out = of.flow[leaves].sum(axis=0)
        eats = (made.site[made.input_of] == site) & (made.input_commodity == good)
        out = out + made.input_quantity[eats] @ of.make[made.input_of[eats]]
        wants = (instance.demands.site == site) & (instance.demands.commodity == good)
        waiting = np.diff(of.backlog[wants], axis=1, prepend=0.0)
        out = out + (instance.demands.quantity[wants] - of.lost[wants] - waiting).sum(axis=0)
        later = np.cumsum(out)
        last = instance.horizon - life
        if last <= 0:
            continue
        within = later[life : life + last] - later[:last]
        excess = over(of.stock[i, :last], within)[None, :]
        place = f"{instance.sites.code[site]}/{instance.commodities[good]}"
        found += worst("shelf-life", excess, _named(place), instance.periods)
    return found
