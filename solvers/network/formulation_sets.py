"""Sets of the Pyomo model; letters are those of `docs/methods/network-plan.md`."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyomo.environ as pyo

from solvers.network.layout import Layout
from solvers.values import IntArray

Model = Any


def add_sets(m: Model, net: Layout) -> None:
    """Declare tables, derived sets, and what belongs to each member of a set."""
    _add_ranges(m, net)
    _add_members(m, net)
    _add_periods(m, net)
    _add_node_groups(m, net)
    _add_site_groups(m, net)
    _add_piece_groups(m, net)


def _add_ranges(m: Model, net: Layout) -> None:
    instance, sets = net.instance, net.sets
    sizes = {
        "T": net.horizon,
        "N": sets.nodes.site.size,
        "S": len(instance.sites.code),
        "L": len(instance.lanes.code),
        "A": instance.arcs.lane.size,
        "U": instance.supplies.site.size,
        "P": instance.productions.site.size,
        "B": instance.productions.input_of.size,
        "I": instance.stocks.site.size,
        "D": instance.demands.site.size,
        "E": instance.expansions.site.size,
        "G": instance.groups.site.size,
        "Q": sets.steps.owner.size,
        "H": sets.tiers.owner.size,
        "C": sets.safety.owner.size,
        "W": sets.single_arcs.size,
        "K": len(instance.rules.count_kind),
    }
    for name, size in sizes.items():
        m.add_component(name, pyo.RangeSet(0, size - 1))


def _add_members(m: Model, net: Layout) -> None:
    sets = net.sets
    linked = [sets.origin_arcs, sets.destination_arcs, sets.choice_arcs, sets.single_arcs]
    members = {
        "F": sets.designed,
        "LIMITED": sets.limited,
        "J": sets.tiered,
        "E_DESIGN": sets.designed_expansions,
        "P_DESIGN": sets.designed_productions,
        "A_FROM": sets.origin_arcs,
        "A_INTO": sets.destination_arcs,
        "A_CHOICE": sets.choice_arcs,
        "A_LINKED": np.unique(np.concatenate(linked)),
        "Z": sets.choice,
        "METERED": sets.metered,
        "LEAST": sets.least,
        "M": sets.shipped,
        "R": sets.tariffed,
        "R_ON": np.unique(sets.steps.owner[sets.steps.binary]),
        "Q_ON": sets.steps.binary,
        "H_ON": sets.tiers.binary,
        "C_ON": sets.safety.binary,
        "I_POINTS": sets.safety.owners,
        "I_SHELF": sets.perishable,
        "SINGLE": sets.single,
        "FILLED": sets.filled,
    }
    for name, positions in members.items():
        m.add_component(name, pyo.Set(initialize=positions.tolist(), dimen=1))


def _add_periods(m: Model, net: Layout) -> None:
    """Declare earlier and later periods: of a lag, of what is bought once, of a shelf life."""
    last = net.horizon - 1
    periods = range(net.horizon)
    m.LAGS = sorted({0, *net.instance.lanes.lag.tolist()})
    lag_periods = [(lag, t) for lag in sorted({1, *m.LAGS}) for t in periods]
    before = {(lag, t): [t - lag] if t >= lag else [] for lag, t in lag_periods}
    m.BEFORE = pyo.Set(lag_periods, initialize=before, dimen=1)
    m.UNTIL = pyo.Set(m.T, initialize={t: list(range(t + 1)) for t in periods})
    m.arrival = pyo.Param(
        lag_periods, initialize={(k, t): min(t + k, last) for k, t in lag_periods}
    )
    beyond = {(lag, t): float("inf") if t + lag > last else 0.0 for lag, t in lag_periods}
    m.beyond = pyo.Param(lag_periods, initialize=beyond, within=pyo.Any)
    life = net.instance.stocks.shelf_life
    kept = [(i, t, t + int(life[i])) for i in net.sets.perishable.tolist() for t in periods]
    ahead = {(i, t): list(range(t + 1, end + 1)) if end <= last else [] for i, t, end in kept}
    m.AHEAD = pyo.Set(m.I_SHELF, m.T, initialize=ahead, dimen=1)
    ends = {(i, t): [end] if end <= last else [] for i, t, end in kept}
    m.END = pyo.Set(m.I_SHELF, m.T, initialize=ends, dimen=1)


def _add_node_groups(m: Model, net: Layout) -> None:
    nodes, arcs, lanes = net.sets.nodes, net.instance.arcs, net.instance.lanes
    m.LEAVING = _groups(m.N, nodes.origin)
    m.BUYING = _groups(m.N, nodes.supply)
    m.MAKING = _groups(m.N, nodes.output)
    m.TAKING = _groups(m.N, nodes.ingredient)
    m.HELD = _groups(m.N, nodes.stock)
    m.ASKED = _groups(m.N, nodes.demand)
    arriving: dict[tuple[int, int], list[int]] = {(n, lag): [] for n in m.N for lag in m.LAGS}
    ends = zip(nodes.destination.tolist(), lanes.lag[arcs.lane].tolist(), strict=True)
    for arc, (node, lag) in enumerate(ends):
        arriving[node, lag].append(arc)
    m.ARRIVING = pyo.Set(m.N, m.LAGS, initialize=arriving, dimen=1)
    node_of = dict(enumerate(nodes.stock.tolist()))
    for name, at_node in (("OUT", m.LEAVING), ("INTO", m.TAKING), ("WANTED", m.ASKED)):
        kept = {i: list(at_node[node_of[i]]) for i in [*m.I_POINTS, *m.I_SHELF]}
        m.add_component(name, pyo.Set(list(kept), initialize=kept, dimen=1))


def _add_site_groups(m: Model, net: Layout) -> None:
    sets, instance = net.sets, net.instance
    m.SENT = _groups(m.S, sets.arc_origin)
    m.DESIGN = _groups(m.S, sets.designed, sets.designed)
    m.EXPANDING = _groups(m.S, instance.expansions.site)
    m.GROUPED = _groups(m.G, instance.productions.group)
    m.ON_LANE = _groups(m.L, instance.arcs.lane)
    m.SOURCES = _groups(m.SINGLE, sets.single[sets.single_of])
    kinds = np.array(instance.sites.kind, dtype=np.str_)[sets.designed]
    of_kind = {
        k: sets.designed[kinds == kind].tolist() for k, kind in enumerate(instance.rules.count_kind)
    }
    m.OF_KIND = pyo.Set(m.K, initialize=of_kind, dimen=1)


def _add_piece_groups(m: Model, net: Layout) -> None:
    sets = net.sets
    m.STEPS = _groups(m.R, sets.steps.owner)
    m.TIERS = _groups(m.J, sets.tiers.owner)
    m.PIECES = _groups(m.I_POINTS, sets.safety.owner)
    m.STEP_ON = _groups(m.Q, sets.steps.binary, sets.steps.binary)


def _groups(owners: Iterable[int], owner_of: IntArray, members: IntArray | None = None) -> Any:
    """Members (0, 1, ... by default) of each owner; an owner that is not in the set is none."""
    grouped: dict[int, list[int]] = {owner: [] for owner in owners}
    numbers = range(owner_of.size) if members is None else members.tolist()
    for member, owner in zip(numbers, owner_of.tolist(), strict=True):
        if owner in grouped:
            grouped[owner].append(member)
    return pyo.Set(owners, initialize=grouped, dimen=1)
