"""A mixed-integer linear program as arrays, and where each quantity of the field stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
from scipy.sparse import csc_array

from solvers.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Block:
    """Columns (or rows) of one component: consecutive, row-major over `shape`."""

    start: int
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of columns or rows."""
        return prod(self.shape)

    @property
    def index(self) -> IntArray:
        """Their numbers, in `shape`."""
        return np.arange(self.start, self.start + self.size).reshape(self.shape)

    def of(self, vector: FloatArray) -> FloatArray:
        """Part of a vector over all columns (or rows), in `shape`; a view."""
        return vector[self.start : self.start + self.size].reshape(self.shape)


@dataclass(frozen=True, slots=True)
class StandardForm:
    """Minimise ``cost @ x + offset`` with ``row_lower <= matrix @ x <= row_upper``.

    Parameters
    ----------
    cost, lower, upper : shape (n,)
        Objective and bounds of the columns.
    integer : shape (n,)
        Whether a column is integral.
    matrix : shape (m, n)
        Column-wise, sorted, no explicit zeros.
    row_lower, row_upper : shape (m,)
        Infinite where there is no side.
    offset
        Constant of the objective.
    columns, rows
        Component name to its block; blocks cover all columns and rows, in order.
    """

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    integer: BoolArray
    matrix: csc_array
    row_lower: FloatArray
    row_upper: FloatArray
    offset: float
    columns: Mapping[str, Block]
    rows: Mapping[str, Block]
