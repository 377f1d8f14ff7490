"""The elastic form of a network: the same model, each number bendable at a price.

Minimised is the weighted sum of relative bends (Chinneck 2008, Feasibility and Infeasibility in
Optimization, ch. 6: elastic constraints); the true cost is left out. Where the least sum is above
zero the network is infeasible, and the bends that make it up are the cheapest way out.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array, csc_array, hstack, vstack

from solvers.network.arrays import standard_form
from solvers.network.bend import Bends, bends
from solvers.network.bounds import flow_limits
from solvers.network.index_sets import index_sets
from solvers.network.instance import Instance
from solvers.network.softness import BendKind, Softness
from solvers.network.standard_form import Block, StandardForm
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Elastic:
    """An elastic form: `every` bend of the instance, and the columns of those that are allowed."""

    form: StandardForm
    every: tuple[Bends, ...]
    columns: dict[int, IntArray]

    def amounts(self, x: FloatArray) -> dict[int, FloatArray]:
        """How far each allowed bend goes; position in `every` to shape (B,), noise cut off."""
        found: dict[int, FloatArray] = {}
        for number, columns in self.columns.items():
            amount = x[columns]
            noise = 1e-6 * (1.0 + self.every[number].size)
            found[number] = np.where(amount > noise, amount, 0.0)
        return found


def elastic(instance: Instance, kinds: Collection[BendKind], soft: Softness) -> Elastic:
    """Elastic form of an instance.

    Parameters
    ----------
    kinds
        What may be bent.
    soft
        At which price.
    """
    form = standard_form(_unbounded_links(instance))
    every = bends(instance)
    allowed = [(i, b) for i, b in enumerate(every) if b.kind in kinds]
    form = replace(form, cost=np.zeros_like(form.cost), offset=0.0)
    columns: dict[int, IntArray] = {}
    for number, b in allowed:
        first = form.cost.size
        price = np.array([soft.weight(b.kind, code) for code in b.code]) / b.size
        form = _by_columns(form, b, price) if b.by_column else _by_rows(form, b, price)
        columns[number] = np.arange(first, first + b.at.size)
        if b.kind == "demand":
            form = _less_to_lose(instance, form, columns[number])
    return Elastic(form, every, columns)


def _less_to_lose(instance: Instance, form: StandardForm, forgone: IntArray) -> StandardForm:
    """Let shares of the demand that may be lost count what is left of it after forgoing."""
    demands, level = instance.demands, instance.rules.service_level
    of = np.flatnonzero(demands.quantity.reshape(-1) > 0) // instance.horizon
    filled = index_sets(instance).filled
    place = np.full(len(demands.site), -1)
    place[filled] = np.arange(filled.size)
    bound = np.flatnonzero(place[of] >= 0)
    rows, columns = [form.rows["fill_rate"].start + place[of[bound]]], [forgone[bound]]
    shares = [1.0 - demands.fill_rate[of[bound]]]
    if level > 0:
        rows.append(np.full(forgone.size, form.rows["service_level"].start))
        columns.append(forgone)
        shares.append(np.full(forgone.size, 1.0 - level))
    entries = (np.concatenate(shares), (np.concatenate(rows), np.concatenate(columns)))
    more = coo_array(entries, shape=form.matrix.shape)
    return replace(form, matrix=csc_array(form.matrix + more.tocsc()))


def _unbounded_links(instance: Instance) -> Instance:
    """Instance whose links hold for whatever capacities are bent to."""
    free = replace(
        instance,
        sites=replace(instance.sites, throughput=_lifted(instance.sites.throughput)),
        lanes=replace(instance.lanes, capacity=_lifted(instance.lanes.capacity)),
        supplies=replace(instance.supplies, maximum=_lifted(instance.supplies.maximum)),
        productions=replace(
            instance.productions,
            capacity=np.where(instance.productions.capacity > 0, np.inf, 0.0),
        ),
        stocks=replace(instance.stocks, capacity=_lifted(instance.stocks.capacity)),
    )
    return replace(instance, arcs=replace(instance.arcs, limit=flow_limits(free)))


def _lifted(capacity: FloatArray) -> FloatArray:
    return np.full_like(capacity, np.inf)


def _by_rows(form: StandardForm, b: Bends, price: FloatArray) -> StandardForm:
    rows = form.rows[b.block].start + b.at
    count = rows.size
    sign = np.full(count, float(b.sign))
    entries = coo_array((sign, (rows, np.arange(count))), shape=(form.row_lower.size, count))
    return _with_columns(form, f"bend {b.kind} {b.block} {b.sign}", entries.tocsc(), b, price)


def _by_columns(form: StandardForm, b: Bends, price: FloatArray) -> StandardForm:
    """Turn bounds of columns into rows, so that they can be passed at a price."""
    columns = form.columns[b.block].start + b.at
    lower, upper = form.lower.copy(), form.upper.copy()
    sides = (np.full(b.at.size, -np.inf), upper[columns])
    if b.sign > 0:
        sides = (lower[columns], np.full(b.at.size, np.inf))
        lower[columns] = 0.0
    else:
        upper[columns] = np.inf
    count, width = b.at.size, form.cost.size
    own = coo_array((np.ones(count), (np.arange(count), columns)), shape=(count, width))
    name = f"bound {b.kind}"
    start = form.row_lower.size
    form = replace(
        form,
        lower=lower,
        upper=upper,
        matrix=csc_array(vstack((form.matrix, own), format="csc")),
        row_lower=np.concatenate((form.row_lower, sides[0])),
        row_upper=np.concatenate((form.row_upper, sides[1])),
        rows={**form.rows, name: Block(start, (count,))},
    )
    place = np.arange(count)
    sign = np.full(count, float(b.sign))
    entries = coo_array((sign, (start + place, place)), shape=(form.row_lower.size, count))
    return _with_columns(form, f"bend {b.kind}", entries.tocsc(), b, price)


def _with_columns(
    form: StandardForm, name: str, entries: csc_array, b: Bends, price: FloatArray
) -> StandardForm:
    count, start = b.at.size, form.cost.size
    return replace(
        form,
        cost=np.concatenate((form.cost, price)),
        lower=np.concatenate((form.lower, np.zeros(count))),
        upper=np.concatenate((form.upper, b.most)),
        integer=np.concatenate((form.integer, np.full(count, b.kind == "site-count"))),
        matrix=csc_array(hstack((form.matrix, entries), format="csc")),
        columns={**form.columns, name: Block(start, (count,))},
    )
