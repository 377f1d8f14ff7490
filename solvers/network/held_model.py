"""A model inside HiGHS, changed by array deltas that keep its basis and its last solution."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateUsage=false

from dataclasses import replace
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from solvers.errors import SolverError
from solvers.network.outcome import Basis
from solvers.network.standard_form import Block, StandardForm
from solvers.values import FloatArray, IntArray


class HeldModel:
    """HiGHS with a standard form in it.

    Parameters
    ----------
    form
        The model; it is not changed, the attribute `form` shows it as it now stands.

    Raises
    ------
    SolverError
        If HiGHS does not take it, or a later change of it.
    """

    def __init__(self, form: StandardForm) -> None:
        self.form = form
        self._highs: Any = highspy._core._Highs()  # noqa: SLF001  (the wrapper writes a banner to stdout)
        self._highs.setOptionValue("log_to_console", False)
        self._highs.setOptionValue("mip_abs_gap", 0.0)
        matrix = form.matrix
        accepted(
            self._highs.passModel(
                form.cost.size,
                form.row_lower.size,
                matrix.nnz,
                int(highspy.MatrixFormat.kColwise),
                int(highspy.ObjSense.kMinimize),
                form.offset,
                form.cost,
                form.lower,
                form.upper,
                form.row_lower,
                form.row_upper,
                matrix.indptr.astype(np.int32, copy=False),
                matrix.indices.astype(np.int32, copy=False),
                matrix.data,
                form.integer.astype(np.int32),
            ),
            "the model",
        )

    def change_costs(self, columns: IntArray, cost: FloatArray) -> None:
        """Give some columns other costs."""
        accepted(self._highs.changeColsCost(columns.size, _int32(columns), cost), "costs")
        self.form = replace(self.form, cost=_with(self.form.cost, columns, cost))

    def change_offset(self, offset: float) -> None:
        """Give the objective another constant."""
        accepted(self._highs.changeObjectiveOffset(offset), "the offset")
        self.form = replace(self.form, offset=offset)

    def change_bounds(self, columns: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Give some columns other bounds."""
        given = self._highs.changeColsBounds(columns.size, _int32(columns), lower, upper)
        accepted(given, "bounds")
        self.form = replace(
            self.form,
            lower=_with(self.form.lower, columns, lower),
            upper=_with(self.form.upper, columns, upper),
        )

    def change_rows(self, rows: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Give some rows other sides."""
        given = self._highs.changeRowsBounds(rows.size, _int32(rows), lower, upper)
        accepted(given, "row bounds")
        self.form = replace(
            self.form,
            row_lower=_with(self.form.row_lower, rows, lower),
            row_upper=_with(self.form.row_upper, rows, upper),
        )

    def change_values(self, rows: IntArray, columns: IntArray, values: FloatArray) -> None:
        """Give some entries of the matrix other values."""
        matrix = self.form.matrix.tolil()
        for row, column, value in zip(rows, columns, values, strict=True):
            accepted(self._highs.changeCoeff(int(row), int(column), float(value)), "a value")
            matrix[int(row), int(column)] = float(value)
        self.form = replace(self.form, matrix=matrix.tocsc())

    def add_row(self, name: str, values: FloatArray, lower: float, upper: float) -> int:
        """Add a row over all columns as a component of its own; its number."""
        form, row = self.form, self.form.row_lower.size
        used = np.flatnonzero(values)
        given = self._highs.addRow(lower, upper, used.size, _int32(used), values[used])
        accepted(given, "a row")
        self.form = replace(
            form,
            matrix=csc_array(vstack((form.matrix, csc_array(values[None, :])), format="csc")),
            row_lower=np.append(form.row_lower, lower),
            row_upper=np.append(form.row_upper, upper),
            rows={**form.rows, name: Block(row, (1,))},
        )
        return row

    def add_rows(self, name: str, rows: csr_array, upper: FloatArray) -> None:
        """Add rows ``rows @ x <= upper`` as a component; one of that name is no longer listed."""
        form, count = self.form, rows.shape[0]
        free = np.full(count, -np.inf)
        begin = rows.indptr[:-1].astype(np.int32)
        places = rows.indices.astype(np.int32)
        given = self._highs.addRows(count, free, upper, rows.nnz, begin, places, rows.data)
        accepted(given, "rows")
        self.form = replace(
            form,
            matrix=csc_array(vstack((form.matrix, rows), format="csc")),
            row_lower=np.append(form.row_lower, free),
            row_upper=np.append(form.row_upper, upper),
            rows={**form.rows, name: Block(form.row_lower.size, (count,))},
        )

    def start(self, x: FloatArray, columns: IntArray | None = None) -> None:
        """Start the next solve of a MIP from a solution, or from a part of one.

        What is not feasible is mended, what is left out is completed, if the solver can.
        """
        places = np.arange(x.size) if columns is None else columns
        accepted(self._highs.setSolution(x.size, _int32(places), x), "the start")

    def start_basis(self, basis: Basis) -> None:
        """Start the next LP from a basis."""
        given = highspy.HighsBasis()
        given.col_status = [highspy.HighsBasisStatus(int(s)) for s in basis.columns]
        given.row_status = [highspy.HighsBasisStatus(int(s)) for s in basis.rows]
        given.valid = True
        accepted(self._highs.setBasis(given), "the basis")

    def basis(self) -> Basis:
        """Basis of the last LP."""
        held = self._highs.getBasis()
        columns = np.array([int(s) for s in held.col_status], dtype=np.int64)
        return Basis(columns, np.array([int(s) for s in held.row_status], dtype=np.int64))


def _int32(numbers: IntArray) -> Any:
    return numbers.astype(np.int32)


def _with(array: FloatArray, places: IntArray, values: FloatArray) -> FloatArray:
    changed = array.copy()
    changed[places] = values
    return changed


def accepted(status: Any, what: str) -> None:
    """Raise if HiGHS refused something."""
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS does not take {what}: look for values that are not finite")
