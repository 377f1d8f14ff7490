"""Edits of a network as changes of its arrays, so that nothing is built anew.

A rebuild is needed where an edit changes the columns or rows that there are: another table length,
another end or lag of a lane, a site that becomes designed, a lane that gets its first fixed cost,
minimum, finite capacity or tariff, a stock that gets a shelf life, a rule that comes or goes.
`edited` and `changes` say so by None.

All else is a change of numbers: demand, costs, capacities, bounds,
yields, loads. Most leave the matrix alone; it is assembled again only after those that might not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csc_array

from solvers.errors import SolverError
from solvers.network import arrays, column_values
from solvers.network.instance import Instance
from solvers.network.layout import Layout, layout
from solvers.network.standard_form import StandardForm
from solvers.values import FloatArray, IntArray

DEMAND = ("balance", "fill_rate", "service_level", "shelf_life")
ROWS_OF: Mapping[str, tuple[str, ...]] = {
    "demands.quantity": DEMAND,
    "stocks.initial": ("balance",),
    "groups.hours": ("hours",),
    "sites.initially_open": ("change",),
} | dict.fromkeys(
    (
        *("sites.may_open", "sites.must_open", "sites.close_cost", "lanes.distance_km"),
        *("lanes.lead_days", "lanes.lead_sd_days", "arcs.transport", "arcs.duty"),
        *("arcs.capital", "productions.unit_cost", "supplies.minimum", "supplies.maximum"),
        *("supplies.unit_cost", "stocks.final", "stocks.holding", "stocks.capacity"),
        *("stocks.safety", "demands.sd", "demands.lost_cost", "demands.backlog_cost"),
        *("demands.price", "rules.carbon_price", "days", "periods"),
    ),
    (),
)  # numbers that stand in no coefficient and make no set, and the rows that they bound
VECTORS = frozenset(
    {
        *ROWS_OF,
        *("sites.fixed_cost", "lanes.fixed_cost", "lanes.capacity", "lanes.shipment_cost"),
        *("steps.rate", "steps.fixed", "tiers.unit_cost", "stocks.safety_cost"),
        *("demands.fill_rate", "rules.carbon_cap", "rules.carbon_cap_of", "rules.budget"),
        *("rules.service_level", "rules.count_minimum", "rules.count_maximum"),
    }
)  # numbers that stand in no coefficient


@dataclass(frozen=True, slots=True)
class Delta:
    """Positions whose values change, and the values that they get.

    Parameters
    ----------
    cost_at, cost
        Columns and their objective.
    bound_at, lower, upper
        Columns and their bounds.
    row_at, row_lower, row_upper
        Rows and their bounds.
    entry_row, entry_column, entry
        Coefficients; 0 where one vanishes.
    offset
        Constant of the objective, changed or not.
    """

    cost_at: IntArray
    cost: FloatArray
    bound_at: IntArray
    lower: FloatArray
    upper: FloatArray
    row_at: IntArray
    row_lower: FloatArray
    row_upper: FloatArray
    entry_row: IntArray
    entry_column: IntArray
    entry: FloatArray
    offset: float


def changes(form: StandardForm, old: Layout, new: Instance) -> Delta | None:
    """Derive the changes that turn `form` into the form of `new`; see `edited`.

    Parameters
    ----------
    form
        Form of the instance of `old`.
    old
        ``layout(instance)`` of that instance.
    new
        The edited instance.

    Returns
    -------
    Delta or None
        None where the form must be built anew.
    """
    result = edited(form, old, new)
    return None if result is None else difference(form, result)


def edited(form: StandardForm, old: Layout, new: Instance) -> StandardForm | None:
    """Derive the form of `new` from that of another instance; what is equal is shared.

    Many edits of one network are derived from its one form; what a solver then has to change is
    the `difference` of the result and the form that it holds.

    Parameters
    ----------
    form
        Form of the instance of `old`.
    old
        ``layout(instance)`` of that instance.
    new
        The edited instance.

    Returns
    -------
    StandardForm or None
        None where the form must be built anew.
    """
    numbers = frozenset(_changed(old.instance, new))
    tied = _limits_by_demand(new)
    if numbers <= ROWS_OF.keys() and not tied:
        result = _vectors(form, replace(old, instance=new), numbers)
        if _free(result, form):
            return result
    net = layout(new)
    blocks = {name: rows(net) for name, rows in arrays.ROWS.items()}
    if net.columns != old.columns or arrays.places(blocks) != form.rows:
        return None
    if not _same_sets(old.sets, net.sets):
        return None
    row_lower, row_upper = arrays.row_bounds(blocks)
    result = replace(_vectors(form, net, frozenset()), row_lower=row_lower, row_upper=row_upper)
    if not (numbers <= VECTORS and _free(result, form)) or tied:
        matrix = arrays.matrix(blocks, form.rows, form.cost.size)
        result = replace(result, matrix=matrix)
    return result


def _vectors(form: StandardForm, net: Layout, numbers: frozenset[str]) -> StandardForm:
    """Form of `net` but for the matrix and those rows that `numbers` do not bound."""
    lower, upper = column_values.bounds(net)
    row_lower, row_upper = form.row_lower.copy(), form.row_upper.copy()
    for name in {name for number in numbers for name in ROWS_OF[number]}:
        rows, block = arrays.ROWS[name](net), form.rows[name]
        block.of(row_lower)[...] = rows.lower
        block.of(row_upper)[...] = rows.upper
    return replace(
        form,
        cost=column_values.cost(net),
        lower=lower,
        upper=upper,
        row_lower=row_lower,
        row_upper=row_upper,
        offset=column_values.offset(net.instance),
    )


def _limits_by_demand(instance: Instance) -> bool:
    """Whether demand stands in coefficients: the links of productions without a capacity."""
    made = instance.productions
    return bool(np.isinf(made.capacity[instance.sites.designed[made.site]]).any())


def _free(left: StandardForm, right: StandardForm) -> bool:
    """Whether the same rows are free."""
    free, before = (np.isinf(form.row_lower) & np.isinf(form.row_upper) for form in (left, right))
    return np.array_equal(free, before)


def difference(old: StandardForm, new: StandardForm) -> Delta:
    """Compare two forms of the same blocks.

    Raises
    ------
    SolverError
        If their columns, rows or integral columns differ.
    """
    if old.columns != new.columns or old.rows != new.rows:
        raise SolverError("forms of other blocks have no difference")
    if not np.array_equal(old.integer, new.integer):
        raise SolverError("a difference does not change which columns are integral")
    cost_at = np.flatnonzero(old.cost != new.cost)
    bound_at = np.flatnonzero((old.lower != new.lower) | (old.upper != new.upper))
    row_at = np.flatnonzero((old.row_lower != new.row_lower) | (old.row_upper != new.row_upper))
    row, column, entry = _entries(old.matrix, new.matrix)
    return Delta(
        cost_at=cost_at,
        cost=new.cost[cost_at],
        bound_at=bound_at,
        lower=new.lower[bound_at],
        upper=new.upper[bound_at],
        row_at=row_at,
        row_lower=new.row_lower[row_at],
        row_upper=new.row_upper[row_at],
        entry_row=row,
        entry_column=column,
        entry=entry,
        offset=new.offset,
    )


def changed(form: StandardForm, delta: Delta) -> StandardForm:
    """Apply a delta to a form."""
    vectors = {name: getattr(form, name).copy() for name in ("cost", "lower", "upper")}
    vectors |= {name: getattr(form, name).copy() for name in ("row_lower", "row_upper")}
    vectors["cost"][delta.cost_at] = delta.cost
    vectors["lower"][delta.bound_at] = delta.lower
    vectors["upper"][delta.bound_at] = delta.upper
    vectors["row_lower"][delta.row_at] = delta.row_lower
    vectors["row_upper"][delta.row_at] = delta.row_upper
    matrix = form.matrix
    if delta.entry.size:
        matrix = _with_entries(matrix, delta)
    return replace(form, **vectors, matrix=matrix, offset=delta.offset)


def _with_entries(matrix: csc_array, delta: Delta) -> csc_array:
    old = matrix.tocoo()
    height = matrix.shape[0]
    stays = ~np.isin(
        old.col.astype(np.int64) * height + old.row, delta.entry_column * height + delta.entry_row
    )
    row = np.concatenate([old.row[stays], delta.entry_row])
    column = np.concatenate([old.col[stays], delta.entry_column])
    value = np.concatenate([old.data[stays], delta.entry])
    some = value != 0
    entries = (value[some], (row[some].astype(np.int32), column[some].astype(np.int32)))
    return coo_array(entries, shape=matrix.shape).tocsc()


def _entries(old: csc_array, new: csc_array) -> tuple[IntArray, IntArray, FloatArray]:
    """Rows, columns and values of the coefficients of `new` that differ from `old`."""
    if old is new:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    keys = [_keys(matrix) for matrix in (old, new)]
    every = np.union1d(*keys)
    values = [np.zeros(every.size), np.zeros(every.size)]
    for value, key, matrix in zip(values, keys, (old, new), strict=True):
        value[np.searchsorted(every, key)] = matrix.data
    differs = np.flatnonzero(values[0] != values[1])
    height = max(int(new.shape[0]), 1)
    return every[differs] % height, every[differs] // height, values[1][differs]


def _keys(matrix: csc_array) -> IntArray:
    """Count coefficients as in the dense matrix, by columns."""
    height, width = (int(size) for size in matrix.shape)
    column = np.repeat(np.arange(width, dtype=np.int64), np.diff(matrix.indptr))
    return column * max(height, 1) + matrix.indices


def _same_sets(old: Any, new: Any) -> bool:
    """Whether positions and flags are the same; lengths and slopes may differ."""
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if is_dataclass(before):
            if not _same_sets(before, after):
                return False
        elif before.dtype.kind != "f" and not np.array_equal(before, after):
            return False
    return True


def _changed(old: Any, new: Any, table: str = "") -> Iterator[str]:
    """Names of the fields that differ, in all tables."""
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before is after:
            continue
        if is_dataclass(before):
            yield from _changed(before, after, f"{field.name}.")
        elif not np.array_equal(before, after):
            yield f"{table}{field.name}"
