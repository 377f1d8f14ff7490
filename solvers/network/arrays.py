"""The model of a network from arrays to arrays: no loop over arcs or periods.

The statement of each block is in `docs/methods/network-plan.md`; `formulation.py` states it in
Pyomo, and gives the same `StandardForm`.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array

from solvers.network import balance, caps, column_values, design, service, tariff, transport
from solvers.network.instance import Instance
from solvers.network.layout import Layout, Rows, Terms, layout, stack
from solvers.network.standard_form import Block, StandardForm
from solvers.values import FloatArray

ROWS: Mapping[str, Callable[[Layout], Rows]] = {
    "balance": balance.balance,
    "throughput": design.throughput,
    "expand_open": design.expand_open,
    "expand_once": design.expand_once,
    "origin_link": design.origin_link,
    "destination_link": design.destination_link,
    "make_link": design.make_link,
    "change": design.change,
    "hours": design.hours,
    "lane_capacity": transport.lane_capacity,
    "lane_minimum": transport.lane_minimum,
    "lane_used": transport.lane_used,
    "shipment": transport.shipment,
    "step_sum": tariff.step_sum,
    "step_upper": tariff.step_upper,
    "step_lower": tariff.step_lower,
    "step_order": tariff.step_order,
    "tier_sum": tariff.tier_sum,
    "tier_upper": tariff.tier_upper,
    "tier_lower": tariff.tier_lower,
    "safety_sum": tariff.safety_sum,
    "safety_upper": tariff.safety_upper,
    "safety_lower": tariff.safety_lower,
    "single": service.single,
    "single_link": service.single_link,
    "fill_rate": service.fill_rate,
    "service_level": service.service_level,
    "carbon_cap": caps.carbon_cap,
    "carbon_cap_of": caps.carbon_cap_of,
    "budget": caps.budget,
    "site_count": caps.site_count,
    "shelf_life": balance.shelf_life,
}


def standard_form(instance: Instance) -> StandardForm:
    """Build the model of `instance` with array operations only.

    Parameters
    ----------
    instance
        The network.

    Returns
    -------
    StandardForm
        Blocks as in `docs/methods/network-plan.md`, indices of 32 bits.
    """
    net = layout(instance)
    blocks = {name: rows(net) for name, rows in ROWS.items()}
    row_blocks = places(blocks)
    row_lower, row_upper = row_bounds(blocks)
    lower, upper = column_values.bounds(net)
    return StandardForm(
        cost=column_values.cost(net),
        lower=lower,
        upper=upper,
        integer=column_values.integer(net),
        matrix=matrix(blocks, row_blocks, lower.size),
        row_lower=row_lower,
        row_upper=row_upper,
        offset=column_values.offset(instance),
        columns=net.columns,
        rows=row_blocks,
    )


def places(blocks: Mapping[str, Rows]) -> dict[str, Block]:
    """Where the rows of these blocks stand."""
    return stack({name: rows.lower.shape for name, rows in blocks.items()})


def row_bounds(blocks: Mapping[str, Rows]) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bounds of all rows, each of shape (m,)."""
    lower = np.concatenate([block.lower.ravel() for block in blocks.values()])
    upper = np.concatenate([block.upper.ravel() for block in blocks.values()])
    return lower, upper


def matrix(blocks: Mapping[str, Rows], at: Mapping[str, Block], width: int) -> csc_array:
    """Coefficients of all rows; a row without bounds has none."""
    entries = [part for name, rows in blocks.items() for part in _entries(rows, at[name].start)]
    row, column = (
        np.concatenate([entry[part] for entry in entries], dtype=np.int32) for part in (0, 1)
    )
    value = np.concatenate([entry[2] for entry in entries])
    entries.clear()
    height = sum(block.size for block in at.values())
    return coo_array((value, (row, column)), shape=(height, width)).tocsc()


Entry = tuple[NDArray[np.int32], NDArray[np.int32], FloatArray]


def _entries(rows: Rows, start: int) -> list[Entry]:
    """Entries of a block, without zeros and without those of free rows."""
    free = np.isinf(rows.lower).ravel() & np.isinf(rows.upper).ravel()
    gone = free if free.any() else None
    return [_entry(terms, start, gone) for terms in rows.terms]


def _entry(terms: Terms, start: int, free: NDArray[np.bool_] | None) -> Entry:
    shape = np.broadcast_shapes(terms.row.shape, terms.column.shape, terms.value.shape)
    row = np.broadcast_to(terms.row, shape).ravel()
    column = np.broadcast_to(terms.column, shape).ravel()
    value = np.broadcast_to(terms.value, shape).ravel()
    kept = None if terms.value.all() else value != 0
    if free is not None:
        bound = ~free[row]
        kept = bound if kept is None else kept & bound
    if kept is not None:
        row, column, value = row[kept], column[kept], value[kept]
    return (row + start).astype(np.int32), column.astype(np.int32), value
