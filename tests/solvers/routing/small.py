"""Small routing problems, and all their plans counted one by one."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, permutations, product
from math import inf

import numpy as np

from solvers.routing.problem import RoutingProblem, Stop, VehicleKind
from solvers.values import FloatArray

SPEED = 10.0


def problem(
    kinds: tuple[VehicleKind, ...], stops: tuple[Stop, ...], xy: FloatArray
) -> RoutingProblem:
    """Problem in the plane; the depots stand first in `xy`."""
    depots = len(xy) - len(stops)
    distance = np.hypot(*(xy[:, None, :] - xy[None, :, :]).transpose(2, 0, 1))
    hours = distance / SPEED
    return RoutingProblem(
        depots=tuple(f"D{d}" for d in range(depots)),
        kinds=kinds,
        stops=stops,
        distance=distance,
        hours=tuple(hours for _ in kinds),
        latitude=xy[:, 1],
        longitude=xy[:, 0],
    )


def optimum(p: RoutingProblem) -> float:
    """Least cost plus missed prizes of all plans that serve the required stops; inf if none does.

    Every assignment of stops to single vehicles, every order in each: no code is shared with the
    product.
    """
    vehicles = [k for k, kind in enumerate(p.kinds) for _ in range(kind.count)]

    @cache
    def route_cost(kind: int, members: frozenset[int]) -> float:
        if not members:
            return 0.0
        return min(_cost(p, kind, order) for order in permutations(sorted(members)))

    best = inf
    for where in product(range(len(vehicles) + 1), repeat=len(p.stops)):
        left = [i for i, w in enumerate(where) if w == len(vehicles)]
        if any(p.stops[i].required for i in left):
            continue
        missed = sum(p.stops[i].prize for i in left)
        routes = (
            route_cost(kind, frozenset(i for i, w in enumerate(where) if w == v))
            for v, kind in enumerate(vehicles)
        )
        best = min(best, missed + sum(routes))
    return best


def _cost(p: RoutingProblem, kind: int, order: tuple[int, ...]) -> float:
    vehicle = p.kinds[kind]
    way = [vehicle.depot, *(len(p.depots) + i for i in order), vehicle.depot]
    distance = sum(p.distance[a, b] for a, b in pairwise(way))
    on_board = sum(p.stops[i].load for i in order)
    peak = on_board
    for i in order:
        on_board += p.stops[i].pickup - p.stops[i].load
        peak = max(peak, on_board)
    lacking = any(p.stops[i].skills - vehicle.skills for i in order)
    if lacking or peak > vehicle.capacity + 1e-9 or distance > vehicle.max_distance + 1e-9:
        return inf
    back = _return(p, kind, order, vehicle.shift_start_h)
    if back > vehicle.shift_end_h + 1e-9:
        return inf
    hours = back - _latest(p, kind, order, back)
    money = vehicle.fixed_cost + vehicle.cost_per_distance * distance
    return money + (vehicle.cost_per_hour * hours if vehicle.cost_per_hour else 0.0)


def _return(p: RoutingProblem, kind: int, order: tuple[int, ...], start: float) -> float:
    at, now = p.kinds[kind].depot, start
    for i in order:
        place = len(p.depots) + i
        now = max(now + p.hours[kind][at, place], p.stops[i].window_start_h)
        if now > p.stops[i].window_end_h + 1e-9:
            return inf
        now += p.stops[i].service_h
        at = place
    return now + p.hours[kind][at, p.kinds[kind].depot]


def _latest(p: RoutingProblem, kind: int, order: tuple[int, ...], back: float) -> float:
    """Latest departure with the same return, by halving."""
    low, high = p.kinds[kind].shift_start_h, back
    for _ in range(60):
        middle = (low + high) / 2
        if _return(p, kind, order, middle) <= back + 1e-9:
            low = middle
        else:
            high = middle
    return low


def random_problem(rng: np.random.Generator, *, stops: int = 4) -> RoutingProblem:
    """Two kinds at two depots; windows, skills, prizes, pickups, whole numbers."""
    xy = rng.integers(0, 30, (2 + stops, 2)).astype(np.float64)
    kinds = (
        VehicleKind(
            "van",
            0,
            count=2,
            capacity=float(rng.integers(6, 12)),
            fixed_cost=float(rng.integers(0, 20)),
            cost_per_hour=float(rng.integers(0, 3)),
            shift_end_h=float(rng.integers(12, 30)),
            skills=frozenset({"lift"}),
        ),
        VehicleKind(
            "truck",
            1,
            capacity=20.0,
            fixed_cost=25.0,
            cost_per_distance=1.5,
            max_distance=float(rng.integers(60, 120)),
        ),
    )
    return problem(kinds, tuple(_stop(rng, i) for i in range(stops)), xy)


def _stop(rng: np.random.Generator, index: int) -> Stop:
    opens = float(rng.integers(0, 8))
    return Stop(
        code=f"C{index}",
        load=float(rng.integers(0, 6)),
        pickup=float(rng.integers(0, 3)),
        service_h=0.5,
        window_start_h=opens,
        window_end_h=opens + float(rng.integers(2, 20)),
        required=bool(rng.random() < 0.5),
        prize=float(rng.integers(0, 60)),
        skills=frozenset({"lift"}) if rng.random() < 0.3 else frozenset(),
    )


def subsets(p: RoutingProblem) -> Iterator[RoutingProblem]:
    """Yield the problem with each stop alone."""
    depots = len(p.depots)
    for i in range(len(p.stops)):
        keep = [*range(depots), depots + i]
        yield RoutingProblem(
            depots=p.depots,
            kinds=p.kinds,
            stops=(p.stops[i],),
            distance=p.distance[np.ix_(keep, keep)],
            hours=tuple(h[np.ix_(keep, keep)] for h in p.hours),
            latitude=p.latitude[keep],
            longitude=p.longitude[keep],
        )
