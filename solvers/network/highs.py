"""A persistent HiGHS around a standard form: solve it, change its arrays, solve it again."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from dataclasses import replace
from math import isfinite
from typing import Any

import highspy
import numpy as np
from highspy import cb

from solvers.network.held_model import HeldModel, accepted
from solvers.network.listener import Listener
from solvers.network.numerics import TOLERANCE, dual_value, violation
from solvers.network.outcome import Options, Outcome, Status, Stop, relative_gap
from solvers.values import FloatArray
from solvers.watch import Watch, unwatched

_MODEL = highspy.HighsModelStatus
_KIND = cb.HighsCallbackType
_ASKING = {
    _KIND.kCallbackMipInterrupt: True,
    _KIND.kCallbackSimplexInterrupt: False,
    _KIND.kCallbackIpmInterrupt: False,
}
_NO_LIMIT = np.iinfo(np.int32).max
_STOPS: dict[Any, Stop] = {
    _MODEL.kOptimal: "optimal",
    _MODEL.kModelEmpty: "optimal",
    _MODEL.kInfeasible: "infeasible",
    _MODEL.kUnbounded: "unbounded",
    _MODEL.kUnboundedOrInfeasible: "unbounded",
    _MODEL.kTimeLimit: "time",
    _MODEL.kSolutionLimit: "nodes",
    _MODEL.kIterationLimit: "nodes",
    _MODEL.kMemoryLimit: "memory",
    _MODEL.kInterrupt: "cancelled",
}
_WITHOUT = (_MODEL.kInfeasible, _MODEL.kUnbounded, _MODEL.kUnboundedOrInfeasible)


class Solver(HeldModel):
    """HiGHS with one model in it.

    Changes are array deltas; the basis of the last LP and the solution of the last MIP stay, and
    the next solve starts from them.

    Parameters
    ----------
    form
        The model; it is not changed, `form` of the solver shows the changes.

    Examples
    --------
    >>> from scipy.sparse import csc_array
    >>> from solvers.network.standard_form import StandardForm
    >>> form = StandardForm(
    ...     cost=np.array([1.0, 2.0]), lower=np.zeros(2), upper=np.array([3.0, 9.0]),
    ...     integer=np.zeros(2, dtype=np.bool_), matrix=csc_array(np.ones((1, 2))),
    ...     row_lower=np.array([4.0]), row_upper=np.array([np.inf]), offset=0.0,
    ...     columns={}, rows={},
    ... )
    >>> Solver(form).solve().value
    5.0
    """

    def solve(self, options: Options | None = None, watch: Watch = unwatched) -> Outcome:
        """Solve the model as it now stands.

        Parameters
        ----------
        options
            Limits and settings; `Options()` unless given.
        watch
            Told of better solutions and of where the solve stands; its True ends it.

        Returns
        -------
        Outcome
            Also of models that are infeasible or unbounded: told apart, whatever presolve says.
        """
        asked = options or Options()
        mip = bool(self.form.integer.any()) and not asked.relaxed
        listener = self._run(asked, watch, mip=mip)
        outcome = self._answer(asked, listener, mip=mip)
        if outcome.stop == "unbounded" and (mip or self._undecided()):
            return self._settle(outcome, asked, watch)
        return outcome

    def ray(self) -> FloatArray | None:
        """Direction in which the relaxation of an unbounded model falls for ever, shape (n,)."""
        self._highs.setOptionValue("presolve", "off")
        self._set(Options(relaxed=True), 0.0)
        self._highs.run()
        _, found, direction = self._highs.getPrimalRay()
        self._highs.setOptionValue("presolve", "choose")
        return np.array(direction, dtype=np.float64) if found else None

    def _run(self, options: Options, watch: Watch, *, mip: bool) -> Listener:
        begun = float(self._highs.getRunTime())
        self._set(options, 0.0 if mip else begun)
        listener = Listener(watch, options, lambda: float(self._highs.getRunTime()) - begun)
        watched = watch is not unwatched or options.memory_mb is not None
        self._attach(listener, watched=watched, log=options.log)
        self._highs.run()
        if watched or options.log:
            self._highs.setCallback(None, None)
        if listener.failure is not None:
            raise listener.failure
        return listener

    def _set(self, options: Options, begun: float) -> None:
        """Hand over the options; HiGHS counts the time of an LP from its first solve, `begun`."""
        limit = float("inf") if options.time_s is None else begun + options.time_s
        nodes = _NO_LIMIT if options.nodes is None else options.nodes
        for name, value in (
            ("output_flag", options.log),
            ("time_limit", limit),
            ("mip_rel_gap", options.gap),
            ("mip_max_nodes", nodes),
            ("threads", options.threads),
            ("random_seed", options.seed),
            ("solve_relaxation", options.relaxed),
        ):
            accepted(self._highs.setOptionValue(name, value), name)

    def _attach(self, listener: Listener, *, watched: bool, log: bool) -> None:
        def hear(kind: Any, message: str, output: Any, wish: Any, _: object) -> None:
            if kind == _KIND.kCallbackLogging:
                listener.note(message)
            elif kind == _KIND.kCallbackMipImprovingSolution:
                listener.improve(output)
            elif listener.tick(output, mip=_ASKING[kind]):
                wish.user_interrupt = True

        kinds = [_KIND.kCallbackLogging] if log else []
        # without integers improving solutions are not told of, and asking costs each iteration
        kinds += [_KIND.kCallbackMipImprovingSolution, *_ASKING] if watched else []
        if kinds:
            self._highs.setCallback(hear, None)
        for kind in kinds:
            self._highs.startCallback(kind)

    def _undecided(self) -> bool:
        return bool(self._highs.getModelStatus() == _MODEL.kUnboundedOrInfeasible)

    def _settle(self, outcome: Outcome, options: Options, watch: Watch) -> Outcome:
        """Tell unbounded from infeasible: without costs only the latter has no solution."""
        cost = self.form.cost
        columns = np.arange(cost.size, dtype=np.int32)
        self._highs.changeColsCost(cost.size, columns, np.zeros(cost.size))
        mip = bool(self.form.integer.any()) and not options.relaxed
        listener = self._run(options, watch, mip=mip)
        stop = self._stop(listener, 0.0)
        self._highs.changeColsCost(cost.size, columns, cost)
        if stop in ("optimal", "gap"):
            return replace(outcome, status="unbounded", stop="unbounded")
        if stop == "infeasible":
            return replace(outcome, status="infeasible", stop="infeasible")
        return replace(outcome, status="no-solution", stop=stop)

    def _answer(self, options: Options, listener: Listener, *, mip: bool) -> Outcome:
        info = self._highs.getInfo()
        x = self._solution(listener, mip=mip)
        value = None if x is None else float(self.form.cost @ x + self.form.offset)
        worst = 0.0 if x is None else violation(self.form, x, relaxed=not mip)
        if not mip and worst > TOLERANCE and not self._is(_MODEL.kOptimal):
            x, value, worst = None, None, 0.0  # a simplex that was cut short: no plan yet
        duals = reduced = None
        bound = float(info.mip_dual_bound) if mip else None
        if not mip and value is not None and options.duals and self._is(_MODEL.kOptimal):
            held = self._highs.getSolution()
            duals, reduced = np.array(held.row_dual), np.array(held.col_dual)
            bound = dual_value(self.form, duals, reduced)
        bound = bound if bound is not None and isfinite(bound) else None
        gap = None if value is None or bound is None else relative_gap(value, bound)
        stop = self._stop(listener, 0.0 if not mip or gap is None else gap)
        return Outcome(
            status=_status(stop, value, worst),
            stop=stop,
            x=x,
            value=value,
            bound=bound,
            gap=gap,
            violation=worst,
            duals=duals,
            reduced_costs=reduced,
            improvements=tuple(listener.improvements),
            iterations=int(info.simplex_iteration_count),
            nodes=max(int(info.mip_node_count), 0),
            time_s=listener.elapsed(),
            log=tuple(listener.log),
        )

    def _is(self, status: Any) -> bool:
        return bool(self._highs.getModelStatus() == status)

    def _stop(self, listener: Listener, gap: float) -> Stop:
        stop = _STOPS.get(self._highs.getModelStatus(), "error")
        if stop == "cancelled" and listener.stopped is not None:
            return listener.stopped
        return "gap" if stop == "optimal" and gap > 1e-9 else stop

    def _solution(self, listener: Listener, *, mip: bool) -> FloatArray | None:
        if self._highs.getModelStatus() in _WITHOUT:
            return None
        if not self.form.cost.size:
            return np.zeros(0)
        held = self._highs.getSolution()
        feasible = int(self._highs.getInfo().primal_solution_status) == 2
        if held.value_valid and (feasible or not mip):
            return np.array(held.col_value, dtype=np.float64)
        return listener.best


def _status(stop: Stop, value: float | None, worst: float) -> Status:
    if stop == "infeasible" or stop == "unbounded":
        return stop
    if value is None:
        return "numerical-error" if stop == "error" else "no-solution"
    if worst > TOLERANCE:
        return "numerical-error"
    return "optimal" if stop in ("optimal", "gap") else "feasible"
