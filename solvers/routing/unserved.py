"""Why each stop that is left is left: proven by trying it alone, and beside the plan's routes."""

from dataclasses import dataclass

import numpy as np

from solvers.routing.alone import Refusal, refusal
from solvers.routing.insertion import cheapest_insertion, inserted
from solvers.routing.plan import Unserved
from solvers.routing.problem import RoutingProblem
from solvers.routing.route import Route
from solvers.values import BoolArray, FloatArray

_GAIN = 1e-9  # of the prize: an insertion that breaks even changes nothing


@dataclass(frozen=True, slots=True)
class Hopeless:
    """Stops that no vehicle can serve even alone, each with what keeps it."""

    refusals: dict[int, Refusal]

    @classmethod
    def of(cls, problem: RoutingProblem) -> "Hopeless":
        """Try every stop alone."""
        tried = ((i, refusal(problem, i)) for i in range(len(problem.stops)))
        return cls({i: found for i, found in tried if found is not None})


def completed(
    problem: RoutingProblem, routes: tuple[Route, ...], hopeless: Hopeless
) -> tuple[tuple[Route, ...], tuple[Unserved, ...]]:
    """Routes with every stop added that pays, and the reason of each that is left.

    Required stops come first. What is then left could not be added: the plan that is explained
    is the plan that stands.
    """
    if not problem.kinds:
        return routes, tuple(_no_vehicle(i) for i in range(len(problem.stops)))
    while True:
        served = {i for route in routes for i in route.stops}
        left = [i for i in range(len(problem.stops)) if i not in served]
        left.sort(key=lambda i: (not problem.stops[i].required, -problem.stops[i].prize, i))
        reasons: list[Unserved] = []
        for i in left:
            found = _left_or_added(problem, routes, i, hopeless)
            if isinstance(found, Unserved):
                reasons.append(found)
            else:
                routes = found
        if len(reasons) == len(left):
            return routes, tuple(reasons)


def _left_or_added(
    problem: RoutingProblem, routes: tuple[Route, ...], stop: int, hopeless: Hopeless
) -> Unserved | tuple[Route, ...]:
    if stop in hopeless.refusals:
        return _refused(stop, hopeless.refusals[stop])
    asked, place = problem.stops[stop], cheapest_insertion(problem, routes, stop)
    if place is None:
        return _fleet(problem, stop)
    if asked.required or place.extra_cost < asked.prize * (1 - _GAIN):
        return inserted(routes, place)
    return Unserved(stop, "cost", place.extra_cost, asked.prize, proven=_never_pays(problem, stop))


def _refused(stop: int, why: Refusal) -> Unserved:
    return Unserved(
        stop,
        why.breach.limit,
        why.breach.needed,
        why.breach.available,
        kind=why.kind,
        limits=why.limits,
        proven=True,
    )


def _no_vehicle(stop: int) -> Unserved:
    return Unserved(stop, "fleet", 1.0, 0.0, proven=True)


def _fleet(problem: RoutingProblem, stop: int) -> Unserved:
    """No route can take it and no vehicle is left: the load of all stops beside the fleet's.

    If the required loads alone exceed the fleet, some stop is left in every plan.
    """
    needed = sum(s.load for s in problem.stops if s.required or s is problem.stops[stop])
    available = sum(k.capacity * k.count for k in problem.kinds)
    return Unserved(stop, "fleet", needed, available, proven=needed > available * (1 + 1e-9))


def _never_pays(problem: RoutingProblem, stop: int) -> bool:
    """Whether the shortest detour over the stop, between any two places, costs its prize or more.

    Leaving the stop out of any plan that has it then gains; the rest stays feasible as long as
    no way over the stop is quicker than the way past it.
    """
    at, asked = problem.place(stop), problem.stops[stop]
    others = np.arange(problem.distance.shape[0]) != at
    rates = min(kind.cost_per_distance for kind in problem.kinds)
    detour = _least_detour(problem.distance, at, others)
    quickest = min(_least_detour(hours, at, others) for hours in problem.hours)
    return rates * detour >= asked.prize and quickest + asked.service_h >= 0


def _least_detour(way: FloatArray, at: int, others: BoolArray) -> float:
    over = way[others, at][:, None] + way[at, others][None, :]
    return float((over - way[np.ix_(others, others)]).min())
