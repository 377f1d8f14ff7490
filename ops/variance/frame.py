"""What of the data a likelihood of variance components can use: scaled columns, usable factors.

A factor with one level has no variance to estimate. Two factors with the same partition of the
values share one; it stands at the outer. A factor whose levels have one value each is the residual.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray
from ops.variance.bounds import ZERO, Bounded

RESIDUAL = "residual"
_NOTHING = 1e-24  # of the total square: smaller than what rounding leaves of equal values


@dataclass(frozen=True, slots=True)
class Frame:
    """Scaled data and the factors that are estimated.

    Parameters
    ----------
    columns : shape (p + 1, n)
        Ones, fixed columns (centred), then the values (centred), each of unit mean square.
    column_scale : shape (p,)
        What the fixed columns were divided by.
    shift, scale
        What was taken from the values, and what they were then divided by.
    names
        Factors that are estimated, in order.
    residual
        What the last variance stands for: ``residual``, or the innermost factor where the values
        within its levels are all equal.
    nodes
        Level of each row for those factors.
    notes
        Why a factor is not estimated, or what its variance includes.
    known
        Variances that need no estimation.
    """

    columns: FloatArray
    column_scale: FloatArray
    shift: float
    scale: float
    names: tuple[str, ...]
    residual: str
    nodes: Mapping[str, IntArray]
    notes: Mapping[str, str]
    known: Mapping[str, Bounded] = field(default_factory=dict[str, Bounded])


def frame(
    y: FloatArray,
    nodes: Sequence[IntArray],
    names: tuple[str, ...],
    *,
    fixed: FloatArray | None,
    nested: bool,
) -> Frame:
    """Prepare data for the likelihood; `nodes` are numbered without gaps.

    Raises
    ------
    NotEnoughData
        If there are not more values than fixed effects, or all values are equal.
    BadData
        If fixed effects depend on one another.
    """
    p = 1 + (0 if fixed is None else fixed.shape[1])
    if y.size <= p:
        raise NotEnoughData(f"{p} fixed effects need {p + 1} values, got {y.size}")
    usable, notes = _usable(y.size, nodes, names, nested=nested)
    shift = float(y.mean())
    centred = y - shift
    centred -= centred.mean()
    square = float(centred @ centred)
    if not square > 0:
        raise NotEnoughData(f"all {y.size} values are {shift:g}: there is no variation to divide")
    columns, column_scale = _columns(y.size, fixed)
    residual, known = RESIDUAL, dict[str, Bounded]()
    whole = np.vstack([columns[1:], centred / np.sqrt(square / y.size)])
    if nested and usable and all(_equal_within(row, usable[-1][1]) for row in whole):
        residual, inner = usable[-1]
        known[RESIDUAL] = ZERO
        notes[RESIDUAL] = f"all values within one {residual} are equal"
        first = np.unique(inner, return_index=True)[1]
        centred, columns = centred[first], columns[:, first]
        usable = [(name, node[first]) for name, node in usable[:-1]]
    scale = float(np.sqrt(square / y.size))
    rows = np.vstack([columns, centred / scale])
    return Frame(
        columns=rows,
        column_scale=column_scale,
        shift=shift,
        scale=scale,
        names=tuple(name for name, _ in usable),
        residual=residual,
        nodes=dict(usable),
        notes=notes,
        known=known,
    )


def _usable(
    n: int, nodes: Sequence[IntArray], names: tuple[str, ...], *, nested: bool
) -> tuple[list[tuple[str, IntArray]], dict[str, str]]:
    usable: list[tuple[str, IntArray]] = []
    notes: dict[str, str] = {}
    for name, node in zip(names, nodes, strict=True):
        size = int(node.max()) + 1
        if size == 1:
            notes[name] = f"the data have one {name} only"
        elif size == n:
            notes[name] = f"each {name} has one value: its variance stands with the residual"
        elif nested and usable and int(usable[-1][1].max()) + 1 == size:
            outer = usable[-1][0]
            notes[name] = f"each {outer} has one {name}: its variance stands with {outer}"
        else:
            usable.append((name, node))
    return usable, notes


def _equal_within(row: FloatArray, node: IntArray) -> bool:
    """Whether a row of unit mean square does not vary within the nodes."""
    mean = np.bincount(node, row) / np.bincount(node)
    off = row - mean[node]
    return float(off @ off) <= _NOTHING * row.size


def _columns(n: int, fixed: FloatArray | None) -> tuple[FloatArray, FloatArray]:
    """Ones and fixed columns, centred and of unit mean square, and their scales."""
    if fixed is None:
        return np.ones((1, n)), np.ones(1)
    moved = fixed.T - fixed.mean(axis=0)[:, None]
    scale = np.sqrt(np.mean(moved * moved, axis=1))
    if not np.all(scale > 0):
        raise BadData(f"fixed column {int(np.argmin(scale))} is the same for all values")
    moved /= scale[:, None]
    if np.linalg.cond(moved @ moved.T) > 1e12:
        raise BadData("fixed effects depend on one another: leave one of them out")
    return np.vstack([np.ones((1, n)), moved]), np.append(1.0, scale)
