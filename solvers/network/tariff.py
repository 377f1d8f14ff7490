"""Rows of piecewise linear costs: tariff steps, labour tiers, safety stock."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from solvers.errors import SolverError
from solvers.network.balance import ONE
from solvers.network.layout import Layout, Rows, Terms
from solvers.network.pieces import Pieces
from solvers.values import FloatArray, IntArray


def step_sum(net: Layout) -> Rows:
    """Load of a lane is that of its steps."""
    lanes = net.sets.tariffed
    return _sum(net, net.sets.steps, iter([net.carried(lanes)]), "step_load")


def tier_sum(net: Layout) -> Rows:
    """Throughput of a site is that of its tiers."""
    sites = net.sets.tiered
    return _sum(net, net.sets.tiers, iter([net.handled(sites)]), "tier_load")


def safety_sum(net: Layout) -> Rows:
    """Outflow of a stock is that of its pieces."""
    return _sum(net, net.sets.safety, net.leaving(net.sets.safety.owners), "safety_load")


def step_upper(net: Layout) -> Rows:
    """No more load in a step than it is long."""
    steps = net.sets.steps
    limit = step_ends(net)
    plain = (steps.binary_of < 0)[:, None]
    upper = np.where(plain | np.isinf(limit), limit, 0.0)
    return Rows(net.full(steps.owner.size, -np.inf), upper, _upper_terms(net, steps, "step", limit))


def step_ends(net: Layout) -> FloatArray:
    """Most that a step holds (Q, T): its length, or its end where all units pay its rate."""
    steps, tariff = net.sets.steps, net.instance.steps
    length = lengths(net, steps, net.carried(net.sets.tariffed))
    return length + np.where(tariff.all_units, steps.start, 0.0)[:, None]


def step_lower(net: Layout) -> Rows:
    """Fill a step before the next; where all units pay its rate, its load begins at its start."""
    steps, tariff = net.sets.steps, net.instance.steps
    members = steps.binary
    free = steps.last[members] & ~tariff.all_units[members]
    lower = np.repeat(np.where(free, -np.inf, 0.0)[:, None], net.horizon, axis=1)
    return Rows(lower, net.full(members.size, np.inf), _step_lower_terms(net))


def _step_lower_terms(net: Layout) -> Iterator[Terms]:
    steps, all_units = net.sets.steps, net.instance.steps.all_units
    row = net.grid(steps.binary.size)
    load, on = net.column("step_load"), net.column("step_on")
    yield Terms(row, load[steps.binary], ONE)
    whole = np.flatnonzero(all_units[steps.binary])
    yield Terms(row[whole], on[whole], -steps.start[steps.binary[whole], None])
    yield _full(steps, row, on, np.flatnonzero(~all_units[steps.binary]))


def step_order(net: Layout) -> Rows:
    """All units pay one rate."""
    steps, tariff = net.sets.steps, net.instance.steps
    owner = steps.owner[steps.binary]
    lanes, row = np.unique(owner, return_inverse=True)
    whole = np.isin(lanes, tariff.lane[tariff.all_units])
    upper = np.repeat(np.where(whole, 1.0, np.inf)[:, None], net.horizon, axis=1)
    terms = Terms(net.grid(lanes.size)[row], net.column("step_on"), ONE)
    return Rows(net.full(lanes.size, -np.inf), upper, iter([terms]))


def tier_upper(net: Layout) -> Rows:
    """Only a tier that is reached handles."""
    return _upper(net, net.sets.tiers, "tier", tier_ends(net))


def tier_ends(net: Layout) -> FloatArray:
    """Most that a tier holds (H, T)."""
    return lengths(net, net.sets.tiers, net.handled(net.sets.tiered))


def tier_lower(net: Layout) -> Rows:
    """Fill a tier before the next."""
    tiers = net.sets.tiers
    free = tiers.last[tiers.binary]
    lower = np.repeat(np.where(free, -np.inf, 0.0)[:, None], net.horizon, axis=1)
    return Rows(lower, net.full(tiers.binary.size, np.inf), _tier_lower_terms(net))


def _tier_lower_terms(net: Layout) -> Iterator[Terms]:
    tiers = net.sets.tiers
    row = net.grid(tiers.binary.size)
    yield Terms(row, net.column("tier_load")[tiers.binary], ONE)
    yield _full(tiers, row, net.column("tier_on"), np.arange(tiers.binary.size))


def safety_upper(net: Layout) -> Rows:
    """Only a piece that is reached holds outflow."""
    return _upper(net, net.sets.safety, "safety", safety_ends(net))


def safety_ends(net: Layout) -> FloatArray:
    """Most that a piece of the safety cost holds (C', T)."""
    return lengths(net, net.sets.safety, *net.leaving(net.sets.safety.owners))


def safety_lower(net: Layout) -> Rows:
    """Fill the piece before one that is reached."""
    count = net.sets.safety.binary.size
    return Rows(net.full(count, 0.0), net.full(count, np.inf), _safety_lower_terms(net))


def _safety_lower_terms(net: Layout) -> Iterator[Terms]:
    pieces = net.sets.safety
    before, row = pieces.binary - 1, net.grid(pieces.binary.size)
    yield Terms(row, net.column("safety_load")[before], ONE)
    yield Terms(row, net.column("safety_on"), -pieces.length[before, None])


def lengths(net: Layout, pieces: Pieces, *flows: Terms) -> FloatArray:
    """Lengths (n, T); one without end counts as far as `flows` of its owner can reach.

    Raises
    ------
    SolverError
        If a piece with a binary has no finite length, so that nothing could hold it back.
    """
    limit = np.repeat(pieces.length[:, None], net.horizon, axis=1)
    endless = np.flatnonzero(np.isinf(pieces.length))
    if not endless.size:
        return limit
    reach = np.zeros((pieces.owners.size, net.horizon))
    for terms in flows:
        reach += _reach(net, pieces.owners.size, terms)
    owner = np.searchsorted(pieces.owners, pieces.owner[endless])
    limit[endless] = np.maximum(reach[owner] - pieces.start[endless, None], 0.0)
    if np.isinf(limit[pieces.binary]).any():
        raise SolverError("a cost whose slope falls needs a finite bound of what it is counted on")
    return limit


def _reach(net: Layout, count: int, terms: Terms) -> FloatArray:
    """Most that `terms` of flows and productions can sum up to in each row (count, T)."""
    made = net.columns["make"]
    most = np.zeros(made.start + made.size)
    net.columns["flow"].of(most)[:] = net.instance.arcs.limit
    made.of(most)[:] = net.instance.productions.capacity
    row, column, value = np.broadcast_arrays(terms.row, terms.column, terms.value)
    some = value != 0
    entries = (value[some], (row[some], column[some]))
    sums = csr_array(entries, shape=(count * net.horizon, most.size)) @ most
    return np.reshape(sums, (count, net.horizon)).astype(np.float64)


def _sum(net: Layout, pieces: Pieces, flows: Iterator[Terms], name: str) -> Rows:
    zero = net.full(pieces.owners.size, 0.0)
    return Rows(zero, zero, _sum_terms(net, pieces, flows, name))


def _sum_terms(net: Layout, pieces: Pieces, flows: Iterator[Terms], name: str) -> Iterator[Terms]:
    yield from flows
    owner = np.searchsorted(pieces.owners, pieces.owner)
    yield Terms(net.grid(pieces.owners.size)[owner], net.column(name), -ONE)


def _upper(net: Layout, pieces: Pieces, name: str, limit: FloatArray) -> Rows:
    """Binary pieces hold no more than their length, and nothing until they are reached."""
    upper = np.where(np.isinf(limit[pieces.binary]), np.inf, 0.0)
    row = net.grid(pieces.binary.size)
    terms = [
        Terms(row, net.column(f"{name}_load")[pieces.binary], ONE),
        Terms(row, net.column(f"{name}_on"), -limit[pieces.binary]),
    ]
    return Rows(net.full(pieces.binary.size, -np.inf), upper, iter(terms))


def _upper_terms(net: Layout, pieces: Pieces, name: str, limit: FloatArray) -> Iterator[Terms]:
    row = net.grid(pieces.owner.size)
    yield Terms(row, net.column(f"{name}_load"), ONE)
    yield Terms(row[pieces.binary], net.column(f"{name}_on"), -limit[pieces.binary])


def _full(pieces: Pieces, row: IntArray, on: IntArray, members: IntArray) -> Terms:
    """Binary of the next piece, times the length of each of `members` that has a next."""
    followed = members[~pieces.last[pieces.binary[members]]]
    return Terms(row[followed], on[followed + 1], -pieces.length[pieces.binary[followed], None])
