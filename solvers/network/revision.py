"""A network planned again after an edit: its arrays are changed where that is enough."""

from dataclasses import replace

from solvers.network.deltas import Delta, changes
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.layout import layout
from solvers.network.planner import Planner
from solvers.values import FloatArray


def revise(planner: Planner, edited: Instance, x: FloatArray | None = None) -> Planner:
    """Bring a planner to an edited network.

    Parameters
    ----------
    planner
        It is changed where arrays are enough; not to be used for its old network then.
    edited
        The network after the edit.
    x : shape (n,)
        A solution of the model before, to start from; one that no longer fits is mended or
        left by the solver.

    Returns
    -------
    Planner
        The same one, or a new one where the model had to be built anew.
    """
    delta = changes(planner.form, layout(planner.instance), edited)
    if delta is None:
        return Planner(edited)
    apply(planner.solver, delta)
    planner.instance, planner.form = edited, planner.solver.form
    if x is not None:
        planner.solver.start(x)
    return planner


def apply(solver: Solver, delta: Delta) -> None:
    """Change the arrays of a model in a solver; its basis stays."""
    if delta.cost_at.size:
        solver.change_costs(delta.cost_at, delta.cost)
    if delta.bound_at.size:
        solver.change_bounds(delta.bound_at, delta.lower, delta.upper)
    if delta.row_at.size:
        solver.change_rows(delta.row_at, delta.row_lower, delta.row_upper)
    if delta.entry.size:
        solver.change_values(delta.entry_row, delta.entry_column, delta.entry)
    if delta.offset != solver.form.offset:
        solver.change_offset(delta.offset)
    solver.form = replace(solver.form, offset=delta.offset)
