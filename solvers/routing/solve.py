"""Routes for a problem: PyVRP searches, our own account checks, completes and explains."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from solvers.routing.grain import Grain, grain, ransom
from solvers.routing.order import Order, Routes
from solvers.routing.plan import RoutePlan, StopReason
from solvers.routing.problem import RoutingProblem
from solvers.routing.route import Route, drive
from solvers.routing.unserved import Hopeless, completed
from solvers.values import FloatArray
from solvers.watch import Incumbent, News, Watch, unwatched

_PATIENCE = 0.3  # share of the budget without a feasible plan after which stops may be left
_QUIET_S = 0.25  # CPU seconds between two reports

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search: iterations, CPU seconds of this process, or whichever ends first."""

    iterations: int | None = None
    cpu_s: float | None = None

    def __post_init__(self) -> None:
        if self.iterations is None and self.cpu_s is None:
            raise ValueError("a budget needs iterations or CPU seconds; give one of them")

    def spent(self, iterations: int, cpu_s: float) -> float:
        """Share that is used up, 1 when it is time to stop."""
        shares = [0.0]
        if self.iterations is not None:
            shares.append(iterations / max(1, self.iterations))
        if self.cpu_s is not None:
            shares.append(cpu_s / self.cpu_s)
        return max(shares)


def plan_routes(
    problem: RoutingProblem,
    *,
    budget: Budget,
    seed: int = 0,
    watch: Watch = unwatched,
    clock: Clock = time.process_time,
) -> RoutePlan:
    """Plan routes, and say of every stop that is left why it is.

    Parameters
    ----------
    problem
        Fleet, stops and ways.
    budget
        For the search; with iterations only, equal seeds give equal plans.
    seed
        Of the search.
    watch
        Told of each better plan: its value is cost plus the prizes missed; its solution is that of
        `encoded`. It may ask to stop.
    clock
        CPU seconds, for the budget and the times reported.

    Returns
    -------
    RoutePlan
        Always one that can be driven: stops that cannot be served alone take no part, and where
        the fleet does not suffice for all required stops, some are left.

    Raises
    ------
    ScenarioError
        If the numbers are too far apart to be counted in integers.

    References
    ----------
    Wouda, Lan and Kool (2024), PyVRP, INFORMS J. Computing 36(4), 943-955. The search is its
    iterated local search (version 0.13 and later).
    """
    hopeless = Hopeless.of(problem)
    stops = tuple(i for i in range(len(problem.stops)) if i not in hopeless.refusals)
    search = _Search(problem, grain(problem), budget, watch, clock, clock())
    found: tuple[Route, ...] = ()
    if problem.kinds and stops:
        found = _searched(search, stops, seed)
    routes, unserved = completed(problem, found, hopeless)
    order = sorted(routes, key=lambda r: (r.kind, r.depart_h, r.stops))
    stop_reason = search.ended if problem.kinds and stops else "nothing to search"
    return RoutePlan(tuple(order), unserved, search.step, search.iterations, stop_reason)


def encoded(routes: tuple[Route, ...]) -> FloatArray:
    """Write routes as one row of numbers: for each -1, its kind, then its stops."""
    return np.array([v for r in routes for v in (-1, r.kind, *r.stops)], dtype=np.float64)


def decoded(problem: RoutingProblem, solution: FloatArray, step: Grain | None = None) -> RoutePlan:
    """Plan from what `encoded` has written: the best one of a search that was cut short."""
    numbers = [int(v) for v in solution]
    starts = [at for at, v in enumerate(numbers) if v == -1]
    ends = [*starts[1:], len(numbers)]
    routes = tuple(
        drive(problem, numbers[a + 1], tuple(numbers[a + 2 : b]))
        for a, b in zip(starts, ends, strict=True)
    )
    routes, unserved = completed(problem, routes, Hopeless.of(problem))
    return RoutePlan(routes, unserved, step or grain(problem), stop_reason="asked to stop")


def _searched(search: "_Search", stops: tuple[int, ...], seed: int) -> tuple[Route, ...]:
    routes = search.run(Order(stops), seed)
    if routes is None and search.ended != "asked to stop":
        routes = search.run(Order(stops, ransom(search.problem)), seed)
    return routes or ()


@dataclass(slots=True)
class _Search:
    """One budget over one or two runs of PyVRP."""

    problem: RoutingProblem
    step: Grain
    budget: Budget
    watch: Watch
    clock: Clock
    began: float
    iterations: int = -1  # PyVRP asks once before its first iteration
    ended: StopReason = "budget"
    _last: float = field(default=-np.inf)
    _best: tuple[Route, ...] | None = None
    _fresh: bool = False
    _patient: bool = False

    def run(self, order: Order, seed: int) -> tuple[Route, ...] | None:
        """Search; None if there is no plan that keeps all limits."""
        from solvers.routing.pyvrp_model import search  # noqa: PLC0415  (loads PyVRP)

        self._patient = order.ransom is not None
        found = search(
            self.problem, self.step, order, seed=seed, stop=self.stop, on_best=self.better
        )
        if found is None:
            return self._best
        routes = tuple(drive(self.problem, kind, stops) for kind, stops in found if stops)
        return self._best if any(r.breaches for r in routes) else routes

    def better(self, found: Routes) -> None:
        """Keep a better plan, once our own account agrees that it can be driven."""
        routes = tuple(drive(self.problem, kind, stops) for kind, stops in found if stops)
        if not any(route.breaches for route in routes):
            self._best, self._fresh = routes, True

    def stop(self) -> bool:
        """Whether the budget is spent, the watch has had enough, or there is no hope."""
        self.iterations += 1
        now = self.clock()
        spent = self.budget.spent(self.iterations, now - self.began)
        if spent >= 1.0 or now - self._last >= _QUIET_S:
            self._last = now
            if self._report(min(spent, 1.0), now - self.began):
                self.ended = "asked to stop"
                return True
        return spent >= (1.0 if self._patient or self._best is not None else _PATIENCE)

    def _report(self, spent: float, elapsed: float) -> bool:
        if self._best is None:
            return self.watch(News(spent, "no plan yet that serves all required visits"))
        served = {i for route in self._best for i in route.stops}
        left = [s for i, s in enumerate(self.problem.stops) if i not in served]
        value = sum(r.cost for r in self._best) + sum(s.prize for s in left if not s.required)
        said = f"{len(self._best)} routes at {value:.6g}, {len(left)} visits left"
        solution, self._fresh = encoded(self._best) if self._fresh else None, False
        return self.watch(News(spent, said, Incumbent(elapsed, value=value), solution))
