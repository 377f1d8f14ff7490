"""A route plan: who drives where and when, what is left, and why."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from solvers.routing.grain import Grain
from solvers.routing.problem import RoutingProblem
from solvers.routing.route import Limit, Route

StopReason = Literal["budget", "asked to stop", "nothing to search"]
Reason = Literal["skill", "capacity", "distance", "window", "shift", "cost", "fleet"]


@dataclass(frozen=True, slots=True)
class Unserved:
    """A stop that no route serves, and why.

    Parameters
    ----------
    stop
        Which one.
    reason
        A limit: alone on an empty vehicle it cannot be served, whatever else is dropped. `cost`:
        adding it to the plan costs more than its prize. `fleet`: alone it can be served, but no
        route of the plan can take it and no vehicle that could is left.
    needed, available
        What it takes and what there is: load, distance, hours after midnight, money; for `fleet`
        the load of all stops and of all vehicles; for `skill` how many skills are missing.
    kind
        The kind of vehicle that comes nearest; None for `cost` and `fleet`.
    limits
        Limits that must give way together before it can be served alone; empty if it can.
    proven
        Whether no plan at all can serve it (`cost`: nor gain by it). False says that the routes
        found leave it, while others might not.
    """

    stop: int
    reason: Reason
    needed: float
    available: float
    kind: int | None = None
    limits: tuple[Limit, ...] = ()
    proven: bool = False


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """Routes with their own account of times, loads and money.

    Parameters
    ----------
    routes
        One for each vehicle used, by kind and departure.
    unserved
        Stops that are left, required ones first.
    grain
        Resolution of the search; what is reported is computed from the full numbers.
    iterations, stop_reason
        How long it searched, and what ended it.
    """

    routes: tuple[Route, ...]
    unserved: tuple[Unserved, ...]
    grain: Grain
    iterations: int = 0
    stop_reason: StopReason = "budget"

    @property
    def cost(self) -> float:
        """Money for all routes, prizes not counted."""
        return sum(route.cost for route in self.routes)

    @property
    def distance(self) -> float:
        """Distance of all routes."""
        return sum(route.distance for route in self.routes)

    @property
    def duration_h(self) -> float:
        """Hours of duty of all routes."""
        return sum(route.duration_h for route in self.routes)

    def prizes(self, problem: RoutingProblem) -> float:
        """Prizes of the optional stops that are served."""
        stops = (problem.stops[i] for route in self.routes for i in route.stops)
        return sum(stop.prize for stop in stops if not stop.required)

    def value(self, problem: RoutingProblem) -> float:
        """Cost plus the prizes that are missed: what the search makes small."""
        missed = (problem.stops[left.stop] for left in self.unserved)
        return self.cost + sum(stop.prize for stop in missed if not stop.required)


def faults(problem: RoutingProblem, plan: RoutePlan) -> tuple[str, ...]:
    """Everything that is wrong with a plan; none for a plan that can be driven.

    Parameters
    ----------
    problem, plan
        The plan is followed anew from its stops: nothing that it says of itself is believed.

    Returns
    -------
    tuple of str
        Limits broken, stops served twice or forgotten, vehicles that do not exist.
    """
    said = [
        f"{problem.kinds[r.kind].code}: {b.limit} needs {b.needed:g}, has {b.available:g}"
        for r in plan.routes
        for b in r.breaches
    ]
    seen = Counter(i for r in plan.routes for i in r.stops)
    seen.update(left.stop for left in plan.unserved)
    for i, stop in enumerate(problem.stops):
        if seen[i] != 1:
            said.append(f"{stop.code} is there {seen[i]} times, once is right")
    for k, kind in enumerate(problem.kinds):
        used = sum(route.kind == k for route in plan.routes)
        if used > kind.count:
            said.append(f"{used} vehicles of {kind.code} are used, there are {kind.count}")
    return tuple(said)
