"""Values of a fleet of tools averaged to cells: what one tool made of one lot, or unit, at a time.

Many values of one lot or unit are nearly one value. Cells are what the comparison of tools counts;
their scatter holds what differs from lot to lot.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.values import Factor, FloatArray, IntArray

MOST = 6000  # cells of the whole fleet; neighbours are joined beyond
LEAST_OF_TOOL = 30  # cells that each tool may have in any case


@dataclass(frozen=True, slots=True)
class FleetCells:
    """Cells by tool, then by time.

    Parameters
    ----------
    t : shape (n,)
        Days since the first value of the fleet.
    y : shape (n,)
        Mean of the cell.
    tool : shape (n,)
        Code of the tool, into `tools`.
    mix : shape (n,) each
        Codes of the levels of what is made: product, material, gauge.
    count : shape (k,)
        Values of each tool.
    """

    t: FloatArray
    y: FloatArray
    tool: IntArray
    tools: tuple[str, ...]
    mix: Mapping[str, IntArray]
    count: IntArray


def fleet_cells(
    ts: IntArray,
    y: FloatArray,
    tool: Factor,
    *,
    within: Factor | None,
    mix: Mapping[str, Factor],
) -> FleetCells:
    """Average the values of each tool by lot or unit; tools without values are left out.

    Parameters
    ----------
    ts : shape (n,)
        Microseconds since 1970 UTC.
    within
        Lot or unit: neighbouring values of a tool that share it are one cell; absent: each value
        is a cell. Values without a code are cells of their own.
    mix
        A value without a level counts as of a level of its own.
    """
    used = np.flatnonzero((tool.codes >= 0) & np.isfinite(y))
    order = used[np.lexsort((ts[used], tool.codes[used]))]
    present, code = np.unique(tool.codes[order], return_inverse=True)
    code = code.astype(np.int64)
    mixed = {name: factor.codes[order] for name, factor in mix.items()}
    cell = _cells(order.size, [code, *mixed.values()], within.codes[order] if within else None)
    cell = _joined(cell, code, list(mixed.values()))
    first = np.unique(cell, return_index=True)[1]
    size = np.bincount(cell)
    day = (ts[order] - ts.min()) / 86_400_000_000 if order.size else np.zeros(0)
    origin = float(y[order].mean()) if order.size else 0.0
    return FleetCells(
        t=np.bincount(cell, day) / size,
        y=origin + np.bincount(cell, y[order] - origin) / size,
        tool=code[first],
        tools=tuple(tool.levels[i] for i in present),
        mix={name: codes[first] for name, codes in mixed.items()},
        count=np.bincount(code, minlength=present.size),
    )


def _cells(n: int, parts: list[IntArray], within: IntArray | None) -> IntArray:
    """Count runs of rows that agree in all parts and in the lot."""
    new = np.ones(n, dtype=np.bool_)
    if within is not None and n:
        new[1:] = (within[1:] != within[:-1]) | (within[1:] < 0)
        for part in parts:
            new[1:] |= part[1:] != part[:-1]
    return np.cumsum(new) - 1


def _joined(cell: IntArray, tool: IntArray, mix: list[IntArray]) -> IntArray:
    """Join neighbouring cells of tools that have too many, never across a change of the mix."""
    if not cell.size or int(cell[-1]) < MOST:
        return cell
    first = np.unique(cell, return_index=True)[1]
    of = tool[first]
    own = np.bincount(of)
    most = max(LEAST_OF_TOOL, MOST // own.size)
    block = np.maximum(-(-own // most), 1)
    rank = np.arange(of.size) - np.concatenate(([0], np.cumsum(own)[:-1]))[of]
    new = np.zeros(of.size, dtype=np.bool_)
    new[0] = True
    new[1:] = (of[1:] != of[:-1]) | (rank[1:] % block[of[1:]] == 0)
    for part in mix:
        new[1:] |= part[first][1:] != part[first][:-1]
    return (np.cumsum(new) - 1)[cell]
