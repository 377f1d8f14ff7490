"""Two-stage stochastic programs in extensive form: one decision now, one answer for each outcome.

Minimised is the expected cost, or ``(1 - weight) E + weight CVaR`` of the total cost, CVaR being
the mean of the worst ``1 - level`` of the outcomes (Rockafellar and Uryasev 2000, Journal of Risk
2(3), 21-41, eq. 4). Values of information are those of Birge and Louveaux (2011), Introduction to
Stochastic Programming, ch. 4: EVPI = RP - WS, VSS = EEV - RP.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import block_diag, coo_array, csc_array, hstack, vstack

from solvers.errors import SolverError
from solvers.network.highs import Solver
from solvers.network.outcome import Options, Outcome
from solvers.network.standard_form import Block, StandardForm
from solvers.values import FloatArray, IntArray
from solvers.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class TwoStage:
    """A decision now, and what follows in each outcome.

    Parameters
    ----------
    forms
        Model of each outcome, decision and answer together; K of them.
    probability : shape (K,)
        Of the outcomes; they sum to 1.
    first
        Columns of each form that are decided now, in one order; -1 where an outcome has no such
        column (a site that is lost).
    """

    forms: Sequence[StandardForm]
    probability: FloatArray
    first: Sequence[IntArray]

    def __post_init__(self) -> None:
        if not len(self.forms) == self.probability.size == len(self.first) > 0:
            raise SolverError("a two-stage program needs a probability and columns for each form")
        if abs(float(self.probability.sum()) - 1.0) > 1e-9 or (self.probability < 0).any():
            raise SolverError(f"probabilities sum to {self.probability.sum():g}, not to 1")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided now, and what it comes to.

    Parameters
    ----------
    outcome
        Of the whole program.
    x : shape (n,)
        Columns decided now, or None without a solution.
    cost : shape (K,)
        Total cost in each outcome.
    """

    outcome: Outcome
    x: FloatArray | None
    cost: FloatArray


@dataclass(frozen=True, slots=True)
class Information:
    """What it is worth to know, and to reckon with uncertainty, in money.

    Parameters
    ----------
    wait_and_see, here_and_now, mean_value
        Expected cost of who knows the outcome (WS), of the stochastic decision (RP), of the
        decision made for the mean outcome (EEV; inf if it fails in some outcome).
    """

    wait_and_see: float
    here_and_now: float
    mean_value: float

    @property
    def evpi(self) -> float:
        """Expected value of perfect information."""
        return self.here_and_now - self.wait_and_see

    @property
    def vss(self) -> float:
        """Value of the stochastic solution."""
        return self.mean_value - self.here_and_now


def decide(
    program: TwoStage,
    options: Options | None = None,
    watch: Watch = unwatched,
    *,
    weight: float = 0.0,
    level: float = 0.95,
) -> Decision:
    """Decide now for all outcomes.

    Parameters
    ----------
    program
        The outcomes.
    options, watch
        Of the solve.
    weight
        Of CVaR against the mean, 0 to 1.
    level
        Of CVaR, 0 to below 1.
    """
    if not 0.0 <= weight <= 1.0 or not 0.0 <= level < 1.0:
        raise SolverError(f"weight {weight} or level {level} is out of range: 0 to 1, level below")
    form = extensive(program, weight=weight, level=level)
    outcome = Solver(form).solve(options, watch)
    if outcome.x is None:
        return Decision(outcome, None, np.full(program.probability.size, np.inf))
    cost = np.array(
        [
            f.cost @ form.columns[f"outcome {k}"].of(outcome.x) + f.offset
            for k, f in enumerate(program.forms)
        ]
    )
    return Decision(outcome, form.columns["now"].of(outcome.x), cost)


def extensive(program: TwoStage, *, weight: float = 0.0, level: float = 0.95) -> StandardForm:
    """One program of all outcomes; the columns ``now`` come first, then each outcome's own."""
    count = program.first[0].size
    forms = program.forms
    links = [_links(form, first, count) for form, first in zip(forms, program.first, strict=True)]
    blocks: list[csc_array] = [form.matrix for form in forms]
    own = csc_array(block_diag(blocks, format="csc"))
    tied = csc_array(block_diag([link for link, _ in links], format="csc"))
    now = csc_array(vstack([shared for _, shared in links], format="csc"))
    empty = csc_array((own.shape[0], count))
    matrix = csc_array(vstack((hstack((empty, own)), hstack((now, tied))), format="csc"))
    cost = [p * form.cost for p, form in zip(program.probability, forms, strict=True)]
    lower, upper = _now_bounds(program, count)
    zeros = np.zeros(tied.shape[0])
    columns, start = {"now": Block(0, (count,))}, count
    for k, form in enumerate(forms):
        columns[f"outcome {k}"] = Block(start, (form.cost.size,))
        start += form.cost.size
    mean = StandardForm(
        cost=np.concatenate([np.zeros(count), *cost]),
        lower=np.concatenate([lower, *(f.lower for f in forms)]),
        upper=np.concatenate([upper, *(f.upper for f in forms)]),
        integer=np.concatenate([np.zeros(count, np.bool_), *(f.integer for f in forms)]),
        matrix=matrix,
        row_lower=np.concatenate([*(f.row_lower for f in forms), zeros]),
        row_upper=np.concatenate([*(f.row_upper for f in forms), zeros]),
        offset=float(program.probability @ np.array([f.offset for f in forms])),
        columns=columns,
        rows={"all": Block(0, (int(matrix.shape[0]),))},
    )
    return mean if weight == 0.0 else _with_tail(program, mean, weight, level)


def _links(form: StandardForm, first: IntArray, count: int) -> tuple[csc_array, csc_array]:
    """Rows that tie the columns of an outcome to those decided now: own part, shared part."""
    known = np.flatnonzero(first >= 0)
    row, ones = np.arange(known.size), np.ones(known.size)
    own = coo_array((ones, (row, first[known])), shape=(known.size, form.cost.size))
    shared = coo_array((-ones, (row, known)), shape=(known.size, count))
    return own.tocsc(), shared.tocsc()


def _now_bounds(program: TwoStage, count: int) -> tuple[FloatArray, FloatArray]:
    lower, upper = np.full(count, -np.inf), np.full(count, np.inf)
    for form, first in zip(program.forms, program.first, strict=True):
        known = first >= 0
        lower[known] = np.maximum(lower[known], form.lower[first[known]])
        upper[known] = np.minimum(upper[known], form.upper[first[known]])
    return lower, upper


def _with_tail(program: TwoStage, mean: StandardForm, weight: float, level: float) -> StandardForm:
    """Add the quantile and each outcome's cost beyond it; weigh them against the mean."""
    K, n = program.probability.size, mean.cost.size
    rows: list[csc_array] = []
    for k, form in enumerate(program.forms):
        block = mean.columns[f"outcome {k}"]
        at = np.flatnonzero(form.cost)
        entries = (form.cost[at], (np.zeros(at.size, np.int64), block.start + at))
        rows.append(coo_array(entries, shape=(1, n)).tocsc())
    tail = csc_array(np.hstack((-np.ones((K, 1)), -np.eye(K))))
    body = csc_array(vstack(rows, format="csc"))
    extra = csc_array(hstack((body, tail), format="csc"))
    padded = csc_array(hstack((mean.matrix, csc_array((mean.matrix.shape[0], 1 + K)))))
    offsets = np.array([form.offset for form in program.forms])
    price = np.concatenate(([weight], weight / (1.0 - level) * program.probability))
    return replace(
        mean,
        cost=np.concatenate(((1.0 - weight) * mean.cost, price)),
        lower=np.concatenate((mean.lower, [-np.inf], np.zeros(K))),
        upper=np.concatenate((mean.upper, np.full(1 + K, np.inf))),
        integer=np.concatenate((mean.integer, np.zeros(1 + K, np.bool_))),
        matrix=csc_array(vstack((padded, extra), format="csc")),
        row_lower=np.concatenate((mean.row_lower, np.full(K, -np.inf))),
        row_upper=np.concatenate((mean.row_upper, -offsets)),
        offset=(1.0 - weight) * mean.offset,
        columns={**mean.columns, "quantile": Block(n, (1,)), "beyond": Block(n + 1, (K,))},
        rows={**mean.rows, "beyond": Block(int(mean.matrix.shape[0]), (K,))},
    )


def fixed(form: StandardForm, first: IntArray, x: FloatArray) -> StandardForm:
    """Form of one outcome after the decision `x`; integers are rounded."""
    known = first >= 0
    at, value = first[known], x[known]
    value = np.where(form.integer[at], np.round(value), value)
    lower, upper = form.lower.copy(), form.upper.copy()
    lower[at] = upper[at] = value
    return replace(form, lower=lower, upper=upper)


def expected(
    program: TwoStage, x: FloatArray, options: Options | None = None, watch: Watch = unwatched
) -> FloatArray:
    """Cost of a decision in each outcome, shape (K,); inf where there is no answer to it."""
    cost = np.full(program.probability.size, np.inf)
    for k, (form, first) in enumerate(zip(program.forms, program.first, strict=True)):
        outcome = Solver(fixed(form, first, x)).solve(options, watch)
        if outcome.value is not None:
            cost[k] = outcome.value
    return cost


def information(
    program: TwoStage,
    mean: tuple[StandardForm, IntArray],
    decision: Decision,
    options: Options | None = None,
    watch: Watch = unwatched,
    *,
    planned: FloatArray | None = None,
) -> Information:
    """Values of information of a program.

    Parameters
    ----------
    mean
        Model of the mean outcome, and its columns that are decided now.
    decision
        Decision of least expected cost.
    planned : shape (n,)
        Decision that is best for the mean outcome, where it is known; else it is made here.
    """
    alone = [Solver(form).solve(options, watch).value for form in program.forms]
    form, first = mean
    if planned is None:
        x = Solver(form).solve(options, watch).x
        planned = None if x is None else x[first]
    eev = np.inf
    if planned is not None:
        costs = expected(program, planned, options, watch)
        eev = float(program.probability @ costs) if np.isfinite(costs).all() else np.inf
    see = np.array([np.inf if v is None else v for v in alone])
    see = np.minimum(see, decision.cost)  # a gap may leave the decision the better answer
    return Information(
        wait_and_see=float(program.probability @ see) if np.isfinite(see).all() else np.inf,
        here_and_now=float(program.probability @ decision.cost),
        mean_value=eev,
    )
