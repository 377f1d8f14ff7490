"""The cheapest way to add one stop to a plan that stands."""

from dataclasses import dataclass
from math import inf

import numpy as np

from solvers.routing.problem import RoutingProblem
from solvers.routing.route import Route, drive


@dataclass(frozen=True, slots=True)
class Insertion:
    """A route with one stop more: its position in the plan (the number of routes: a new one)."""

    position: int
    route: Route
    extra_cost: float


def cheapest_insertion(
    problem: RoutingProblem, routes: tuple[Route, ...], stop: int
) -> Insertion | None:
    """Cheapest place for a stop among the routes and the vehicles that are left.

    Parameters
    ----------
    problem, routes
        Routes that can be driven.
    stop
        One that none of them serves.

    Returns
    -------
    Insertion or None
        None if no route can take it at any place and no vehicle that could is left.
    """
    best: Insertion | None = None
    for position, route in enumerate(routes):
        if not _may_take(problem, route, stop):
            continue
        for place in _places_by_detour(problem, route, stop):
            stops = (*route.stops[:place], stop, *route.stops[place:])
            found = Insertion(position, drive(problem, route.kind, stops), inf)
            best = _better(best, found, route.cost)
    for kind, vehicle in enumerate(problem.kinds):
        if sum(route.kind == kind for route in routes) < vehicle.count:
            found = Insertion(len(routes), drive(problem, kind, (stop,)), inf)
            best = _better(best, found, 0.0)
    return best


def inserted(routes: tuple[Route, ...], by: Insertion) -> tuple[Route, ...]:
    """Routes after an insertion."""
    return (*routes[: by.position], by.route, *routes[by.position + 1 :])


def _better(best: Insertion | None, found: Insertion, before: float) -> Insertion | None:
    extra = found.route.cost - before
    if found.route.breaches or (best is not None and extra >= best.extra_cost):
        return best
    return Insertion(found.position, found.route, extra)


def _may_take(problem: RoutingProblem, route: Route, stop: int) -> bool:
    vehicle, asked = problem.kinds[route.kind], problem.stops[stop]
    room = vehicle.capacity * (1 + 1e-9)
    delivered = route.load[0] + asked.load
    taken = route.load[-1] + asked.pickup
    return not asked.skills - vehicle.skills and max(delivered, taken) <= room


def _places_by_detour(problem: RoutingProblem, route: Route, stop: int) -> list[int]:
    """Positions in a route, the shortest detour first."""
    depot = problem.kinds[route.kind].depot
    places = np.array([depot, *(problem.place(i) for i in route.stops), depot])
    d, at = problem.distance, problem.place(stop)
    detour = d[places[:-1], at] + d[at, places[1:]] - d[places[:-1], places[1:]]
    return [int(p) for p in np.argsort(detour, kind="stable")]
