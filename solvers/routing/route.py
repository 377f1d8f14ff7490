"""What a route really does: times, loads, distance, cost and every limit that it breaks.

This is our own account of a route. It shares no code with the search that found the route, and
all that is reported of a plan comes from here.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from solvers.routing.problem import RoutingProblem, VehicleKind
from solvers.values import FloatArray

Limit = Literal["skill", "capacity", "distance", "window", "shift"]
LIMITS: tuple[Limit, ...] = ("skill", "capacity", "distance", "window", "shift")
_SLACK = 1e-9  # of the limit itself: sums of floats differ in their last digits


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a route breaks: the stop (-1: the whole route), what it takes, what there is."""

    limit: Limit
    stop: int
    needed: float
    available: float


@dataclass(frozen=True, slots=True)
class Route:
    """One vehicle's day.

    Parameters
    ----------
    kind, stops
        Kind of the vehicle, and its stops in order.
    depart_h, return_h
        Latest start that loses nothing, and earliest return.
    arrival_h, start_h, leave_h
        For each stop; it waits from arrival to start.
    load
        On board at the start and after each stop: one longer than `stops`.
    distance, cost
        Of the whole route; fixed cost, distance and hours, no prizes.
    breaches
        Limits that it breaks; none if it can be driven.
    """

    kind: int
    stops: tuple[int, ...]
    depart_h: float
    return_h: float
    arrival_h: tuple[float, ...]
    start_h: tuple[float, ...]
    leave_h: tuple[float, ...]
    load: tuple[float, ...]
    distance: float
    cost: float
    breaches: tuple[Breach, ...]

    @property
    def duration_h(self) -> float:
        """Hours from start to return."""
        return self.return_h - self.depart_h

    @property
    def waiting_h(self) -> float:
        """Hours before windows open."""
        return sum(s - a for a, s in zip(self.arrival_h, self.start_h, strict=True))


def drive(problem: RoutingProblem, kind: int, stops: tuple[int, ...]) -> Route:
    """Follow a vehicle through its stops, as early as possible and starting as late as that allows.

    Late starts of service are breaches, not waits: the clock goes on from the real arrival.
    """
    vehicle, hours = problem.kinds[kind], problem.hours[kind]
    places = [vehicle.depot, *(problem.place(i) for i in stops), vehicle.depot]
    legs = [float(hours[a, b]) for a, b in pairwise(places)]
    arrival, start, leave = _clock(problem, stops, legs, vehicle.shift_start_h)
    return_h = leave[-1] + legs[-1] if stops else vehicle.shift_start_h
    depart = vehicle.shift_start_h + _delay(problem, stops, arrival, start)
    arrival, start, leave = _clock(problem, stops, legs, depart)
    load = _loads(problem, stops)
    distance = float(problem.distance[places[:-1], places[1:]].sum()) if stops else 0.0
    used = vehicle.fixed_cost if stops else 0.0
    return Route(
        kind=kind,
        stops=stops,
        depart_h=depart,
        return_h=max(return_h, depart),
        arrival_h=tuple(arrival),
        start_h=tuple(start),
        leave_h=tuple(leave),
        load=tuple(float(v) for v in load),
        distance=distance,
        cost=used
        + vehicle.cost_per_distance * distance
        + vehicle.cost_per_hour * (max(return_h, depart) - depart),
        breaches=_breaches(problem, vehicle, stops, start, return_h, load, distance),
    )


def _clock(
    problem: RoutingProblem, stops: tuple[int, ...], legs: list[float], depart: float
) -> tuple[list[float], list[float], list[float]]:
    arrival: list[float] = []
    start: list[float] = []
    leave: list[float] = []
    now = depart
    for i, leg in zip(stops, legs, strict=False):
        now += leg
        arrival.append(now)
        now = max(now, problem.stops[i].window_start_h)
        start.append(now)
        now += problem.stops[i].service_h
        leave.append(now)
    return arrival, start, leave


def _delay(
    problem: RoutingProblem, stops: tuple[int, ...], arrival: list[float], start: list[float]
) -> float:
    """Hours by which the start may be put off without a later return or a missed window.

    Waiting is used up in order; before it is, a delay moves the services, as far as windows allow
    (forward time slack, Savelsbergh 1992, ORSA J. Computing 4, 146-154).
    """
    waited, slack = 0.0, np.inf
    for i, a, s in zip(stops, arrival, start, strict=True):
        waited += s - a
        slack = min(slack, max(problem.stops[i].window_end_h - s, 0.0) + waited)
    return min(waited, slack)


def _loads(problem: RoutingProblem, stops: tuple[int, ...]) -> FloatArray:
    delivered = np.array([problem.stops[i].load for i in stops], dtype=np.float64)
    taken = np.array([problem.stops[i].pickup for i in stops], dtype=np.float64)
    on_board: FloatArray = np.concatenate(([0.0], np.cumsum(taken - delivered)))
    return on_board + float(delivered.sum())


def _breaches(
    problem: RoutingProblem,
    vehicle: VehicleKind,
    stops: tuple[int, ...],
    start: list[float],
    return_h: float,
    load: FloatArray,
    distance: float,
) -> tuple[Breach, ...]:
    found: list[Breach] = []
    for i, s in zip(stops, start, strict=True):
        stop = problem.stops[i]
        missing = len(stop.skills - vehicle.skills)
        if missing:
            found.append(Breach("skill", i, missing, 0.0))
        if _over(s, stop.window_end_h):
            found.append(Breach("window", i, s, stop.window_end_h))
    if _over(float(load.max()), vehicle.capacity):
        found.append(Breach("capacity", -1, float(load.max()), vehicle.capacity))
    if _over(distance, vehicle.max_distance):
        found.append(Breach("distance", -1, distance, vehicle.max_distance))
    if stops and _over(return_h, vehicle.shift_end_h):
        found.append(Breach("shift", -1, return_h, vehicle.shift_end_h))
    return tuple(found)


def _over(needed: float, available: float) -> bool:
    return needed > available + _SLACK * max(1.0, abs(available))
