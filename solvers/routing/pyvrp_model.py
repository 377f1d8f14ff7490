"""The problem as PyVRP wants it; the only module of the house that speaks to PyVRP.

Imported lazily by `solve`: PyVRP takes a third of a second to load.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, Solution, SolveParams, VehicleType, solve
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import (
    IteratedLocalSearch,
    IteratedLocalSearchCallbacks,
    IteratedLocalSearchParams,
)
from pyvrp.PenaltyManager import PenaltyParams

from solvers.routing.grain import Grain, steps_down, steps_up
from solvers.routing.order import Order, Routes
from solvers.routing.problem import RoutingProblem, Stop, VehicleKind
from solvers.values import BoolArray, IntArray

NO_LIMIT = int(np.iinfo(np.int64).max)


def search(
    problem: RoutingProblem,
    step: Grain,
    order: Order,
    *,
    seed: int,
    stop: Callable[[], bool],
    on_best: Callable[[Routes], None],
) -> Routes | None:
    """Run PyVRP's iterated local search until `stop` says so.

    Parameters
    ----------
    problem, step, order
        What is to be served, and in which integers.
    seed
        Of its random numbers.
    stop
        Asked before each iteration.
    on_best
        Told of each better feasible solution.

    Returns
    -------
    Routes or None
        The best routes; None if no feasible ones were found.
    """
    data = _data(problem, step, order)

    def told(solution: Solution) -> None:
        if solution.is_feasible():
            on_best(_routes(solution, order))

    def asked(best_cost: int) -> bool:
        del best_cost
        return stop()

    params = SolveParams(
        ils=IteratedLocalSearchParams(callbacks=_Tell(told)),
        penalty=PenaltyParams(max_penalty=step.penalty),
    )
    with warnings.catch_warnings():
        # an infeasible problem drives the penalties up: our own check of the result says so
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        result = solve(data, asked, seed=seed, collect_stats=False, display=False, params=params)
    return _routes(result.best, order) if result.is_feasible() else None


class _Tell(IteratedLocalSearchCallbacks):
    """Hands on the first and each better solution."""

    def __init__(self, told: Callable[[Solution], None]) -> None:
        self._told = told

    def on_start(self, ils: IteratedLocalSearch) -> None:
        self._told(ils.initial_solution)

    def on_best(self, best: Solution) -> None:
        self._told(best)


def _routes(solution: Solution, order: Order) -> Routes:
    return tuple(
        (
            int(route.vehicle_type()),
            tuple(order.stops[act.idx] for act in route.schedule() if act.is_client()),
        )
        for route in solution.routes()
    )


def _data(problem: RoutingProblem, step: Grain, order: Order) -> ProblemData:
    used = [*range(len(problem.depots)), *(problem.place(i) for i in order.stops)]
    distance = steps_up(problem.distance[np.ix_(used, used)], step.distance)
    profiles = _Profiles(problem, step, order, distance)
    kinds = [_vehicle(problem, k, step, profiles) for k in range(len(problem.kinds))]
    latitude, longitude = np.nan_to_num(problem.latitude), np.nan_to_num(problem.longitude)
    return ProblemData(
        locations=[Location(float(longitude[p]), float(latitude[p])) for p in used],
        clients=[
            _client(problem, i, len(problem.depots) + at, step, order)
            for at, i in enumerate(order.stops)
        ],
        depots=[Depot(p) for p in range(len(problem.depots))],
        vehicle_types=kinds,
        distance_matrices=profiles.distances,
        duration_matrices=profiles.durations,
    )


class _Profiles:
    """One pair of matrices for each speed and set of stops that skills shut off.

    A way to or from a stop that a vehicle lacks the skill for is longer than any route may be;
    the vehicle's distance is limited, so that such a way is infeasible and not merely dear.
    """

    def __init__(
        self, problem: RoutingProblem, step: Grain, order: Order, distance: IntArray
    ) -> None:
        self.distances: list[Any] = []  # PyVRP's stub wants arrays of a dtype that numpy lacks
        self.durations: list[Any] = []
        self.sane = int(distance.max(initial=0)) * (len(order.stops) + 2)
        self._known: dict[tuple[int, bytes], int] = {}
        self._problem, self._step, self._order, self._distance = problem, step, order, distance

    def of(self, kind: int) -> tuple[int, bool]:
        """Profile of a kind of vehicle, and whether some stop is shut off in it."""
        vehicle, hours = self._problem.kinds[kind], self._problem.hours[kind]
        stops = (self._problem.stops[i] for i in self._order.stops)
        depots = len(self._problem.depots)
        shut = np.array([False] * depots + [bool(s.skills - vehicle.skills) for s in stops])
        key = (id(hours), shut.tobytes())
        if key not in self._known:
            self._known[key] = len(self.distances)
            used = [*range(depots), *(self._problem.place(i) for i in self._order.stops)]
            duration = steps_up(hours[np.ix_(used, used)], self._step.hours)
            self.distances.append(_shut_off(self._distance, shut, 2 * self.sane + 1))
            self.durations.append(duration)
        return self._known[key], bool(shut.any())


def _shut_off(distance: IntArray, shut: BoolArray, length: int) -> IntArray:
    if not shut.any():
        return distance
    longer = distance.copy()
    longer[shut, :] = length
    longer[:, shut] = length
    np.fill_diagonal(longer, 0)
    return longer


def _vehicle(problem: RoutingProblem, kind: int, step: Grain, profiles: _Profiles) -> VehicleType:
    vehicle: VehicleKind = problem.kinds[kind]
    profile, some_shut = profiles.of(kind)
    sane = profiles.sane if some_shut else NO_LIMIT
    room = vehicle.capacity
    if not np.isfinite(room):
        room = sum(s.load + s.pickup for s in problem.stops) + step.load * len(problem.stops)
    return VehicleType(
        num_available=min(vehicle.count, max(1, len(problem.stops))),
        capacity=[steps_down(room, step.load)],
        start_depot=vehicle.depot,
        end_depot=vehicle.depot,
        fixed_cost=_whole(vehicle.fixed_cost / step.money),
        tw_early=int(steps_up(np.array(vehicle.shift_start_h), step.hours)),
        unit_distance_cost=_whole(vehicle.cost_per_distance * step.distance / step.money),
        unit_duration_cost=_whole(vehicle.cost_per_hour * step.hours / step.money),
        profile=profile,
        tw_late=_limit(vehicle.shift_end_h, step.hours),
        max_distance=min(_limit(vehicle.max_distance, step.distance), sane),
    )


def _client(problem: RoutingProblem, stop: int, location: int, step: Grain, order: Order) -> Client:
    asked: Stop = problem.stops[stop]
    prize = (order.ransom or 0.0) if asked.required else asked.prize
    late = _limit(asked.window_end_h, step.hours)
    return Client(
        location,
        delivery=[int(steps_up(np.array(asked.load), step.load))],
        pickup=[int(steps_up(np.array(asked.pickup), step.load))],
        service_duration=int(steps_up(np.array(asked.service_h), step.hours)),
        tw_early=min(int(steps_up(np.array(asked.window_start_h), step.hours)), late),
        tw_late=late,
        prize=_whole(prize / step.money),
        required=asked.required and order.ransom is None,
    )


def _limit(value: float, step: float) -> int:
    return steps_down(value, step) if np.isfinite(value) else NO_LIMIT


def _whole(value: float) -> int:
    return int(np.rint(value))
