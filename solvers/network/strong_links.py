"""Strong links by row generation: of very many rows only those that a relaxation asks for.

``flow <= limit * open`` of an arc from a site with a throughput limit changes no whole plan, since
``throughput * open`` closes the site already; but it makes the relaxation tight. With 1000
customers and 100 sites few are ever violated, and the proof takes 0.7 of the time (capb at 8000).
"""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.outcome import Options, Outcome
from solvers.network.stage import part_of
from solvers.network.standard_form import StandardForm
from solvers.values import IntArray
from solvers.watch import News, Watch, unwatched

MANY = 20_000  # rows that may be left out, from which on it pays
ROUNDS = 30
LET_GO = 1e-6  # violation of a link, relative to its limit, that is let go


def spare_links(instance: Instance, form: StandardForm) -> IntArray:
    """Rows of `origin_link` that throughput rows imply for every whole plan.

    A site with expansions keeps its links: what was added counts on after it has closed.
    """
    block = form.rows["origin_link"]
    if not block.size:
        return np.zeros(0, dtype=np.int64)
    origin = instance.lanes.origin[instance.arcs.lane]
    linked = instance.sites.designed[origin]
    firm = ~np.isin(origin, instance.expansions.site)[:, None]
    limited = np.isfinite(instance.sites.throughput[origin]) & firm
    implied = (limited & (instance.arcs.handling > 0)[:, None])[linked]
    spare = np.asarray(block.index[implied])
    return spare[np.isfinite(form.row_upper[spare])]  # a link without a limit is free already


def solve_by_links(
    form: StandardForm, spare: IntArray, options: Options, watch: Watch = unwatched
) -> Outcome:
    """Solve a model whose `spare` rows are added only as its relaxation violates them.

    Parameters
    ----------
    form
        The model, with all rows.
    spare
        Rows that whole plans keep without being told.
    options, watch
        See `Solver.solve`; the time limit counts the rounds too.
    """
    kept = np.setdiff1d(np.arange(form.row_lower.size), spare)
    rows = csr_array(form.matrix)
    solver = Solver(_only(form, rows, kept))
    links, limits = csr_array(rows[spare]), form.row_upper[spare]
    absent = np.ones(spare.size, dtype=np.bool_)
    spent = 0.0
    for turn in range(ROUNDS):
        stage = part_of(watch, 0.2 * turn / ROUNDS, 0.2 * (turn + 1) / ROUNDS, "relaxation")
        found = solver.solve(replace(_left(options, spent), relaxed=True, duals=False), stage)
        spent += found.time_s
        if found.x is None or found.status != "optimal":
            break
        excess = (links @ found.x - limits) / (1.0 + np.abs(limits))
        wrong = np.flatnonzero(absent & (excess > LET_GO))
        said = f"{wrong.size} of {spare.size} links are added"
        if not wrong.size or watch(News(0.2 * (turn + 1) / ROUNDS, said)):
            break
        solver.add_rows("origin_link", csr_array(links[wrong]), limits[wrong])
        absent[wrong] = False
    outcome = solver.solve(_left(options, spent), part_of(watch, 0.2, 1.0, "search"))
    return replace(outcome, time_s=outcome.time_s + spent)


def _left(options: Options, spent: float) -> Options:
    if options.time_s is None:
        return options
    return replace(options, time_s=max(options.time_s - spent, 1e-3))


def _only(form: StandardForm, rows: csr_array, kept: IntArray) -> StandardForm:
    return replace(
        form,
        matrix=csr_array(rows[kept]).tocsc(),
        row_lower=form.row_lower[kept],
        row_upper=form.row_upper[kept],
        rows={},
    )
