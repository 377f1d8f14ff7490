"""Result of a route plan: what is stored, exported and shown."""

from math import isfinite

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page_value import PageValue
from solvers.routing.plan import Reason, RoutePlan, StopReason, Unserved
from solvers.routing.problem import RoutingProblem
from solvers.routing.route import Limit, Route

_DECIMALS = 4  # 0.0001 h is a third of a second


class PlannedRoute(PageValue):
    """One vehicle's day; the tuples hold one entry for each visit, in order."""

    vehicle: str = Field(description="Code of the kind of vehicle.")
    number: int = Field(description="Which one of its kind, from 1.")
    depot: str = Field(description="Code of the site where it starts and ends.")
    visits: tuple[str, ...] = Field(description="Codes, in order.")
    depart_h: float = Field(description="Start, hours after midnight: the latest that loses none.")
    arrival_h: tuple[float, ...] = Field(description="Arrivals, hours after midnight.")
    start_h: tuple[float, ...] = Field(description="Begin of service; it waits until then.")
    leave_h: tuple[float, ...] = Field(description="Departures, hours after midnight.")
    return_h: float = Field(description="Return, hours after midnight.")
    load: tuple[float, ...] = Field(description="On board at the start, then after each visit.")
    distance_km: float = Field(description="Length, km.")
    duration_h: float = Field(description="Hours from start to return.")
    waiting_h: float = Field(description="Hours spent before windows open.")
    cost: float = Field(description="Fixed cost, distance and hours; prizes not counted. Money.")
    utilisation: float | None = Field(
        description="Largest load on board over capacity, 0-1; null without a capacity."
    )
    longitude: tuple[float | None, ...] = Field(
        description="Degrees east of depot, visits, depot; null where unknown."
    )
    latitude: tuple[float | None, ...] = Field(description="Degrees north of the same.")


class UnservedVisit(PageValue):
    """A visit that no route makes, and why."""

    visit: str = Field(description="Code.")
    required: bool = Field(description="Whether it had to be made.")
    reason: Reason = Field(
        description="skill, capacity, distance, window, shift: it cannot be served even alone on an"
        " empty vehicle. cost: it would cost more than its prize. fleet: no vehicle is left for it."
    )
    needed: float = Field(
        description="Load, km, hours after midnight, money or number of skills that it takes."
    )
    available: float | None = Field(description="What there is of it; null: no limit.")
    vehicle: str | None = Field(description="The kind of vehicle that comes nearest to serving it.")
    limits: tuple[Limit, ...] = Field(
        description="Limits that must all give way before it can be served alone; empty if none."
    )
    proven: bool = Field(
        description="Whether this holds for every plan, and not for these routes only."
    )


class RoutePlanResult(AnalysisResult):
    """Routes, what is left, and what it comes to."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Revision that was planned.")
    money: str = Field(description="Currency, ISO 4217.")
    routes: tuple[PlannedRoute, ...] = Field(description="By kind of vehicle and departure.")
    unserved: tuple[UnservedVisit, ...] = Field(description="Visits left, required ones first.")
    visits: int = Field(description="Visits asked for.")
    vehicles: int = Field(description="Vehicles there are.")
    cost: float = Field(description="Money for all routes.")
    prizes: float = Field(description="Prizes of the optional visits that are made. Money.")
    prizes_missed: float = Field(description="Prizes of those that are not. Money.")
    distance_km: float = Field(description="Of all routes, km.")
    duration_h: float = Field(description="Hours of duty of all routes.")
    feasible: bool = Field(description="Whether every required visit is made.")
    faults: tuple[str, ...] = Field(
        description="What our own check found wrong with the routes; always empty but for a defect."
    )
    measured: float = Field(
        description="Share of the ways that an uploaded matrix gave; the rest is great circle"
        " times circuity."
    )
    step_km: float = Field(description="Resolution of distances within the search, km.")
    step_s: float = Field(description="Resolution of times within the search, s.")
    iterations: int = Field(description="Iterations of the search.")
    stop_reason: StopReason = Field(description="What ended the search.")
    seed: int = Field(description="Seed of the search.")


def planned_routes(problem: RoutingProblem, plan: RoutePlan) -> tuple[PlannedRoute, ...]:
    """Routes as they are stored; vehicles of a kind are numbered from 1."""
    used = [0] * len(problem.kinds)
    made: list[PlannedRoute] = []
    for route in plan.routes:
        used[route.kind] += 1
        made.append(_route(problem, route, used[route.kind]))
    return tuple(made)


def _route(problem: RoutingProblem, route: Route, number: int) -> PlannedRoute:
    kind = problem.kinds[route.kind]
    places = [kind.depot, *(problem.place(i) for i in route.stops), kind.depot]
    return PlannedRoute(
        vehicle=kind.code,
        number=number,
        depot=problem.depots[kind.depot],
        visits=tuple(problem.stops[i].code for i in route.stops),
        depart_h=round(route.depart_h, _DECIMALS),
        arrival_h=_rounded(route.arrival_h),
        start_h=_rounded(route.start_h),
        leave_h=_rounded(route.leave_h),
        return_h=round(route.return_h, _DECIMALS),
        load=_rounded(route.load),
        distance_km=route.distance,
        duration_h=route.duration_h,
        waiting_h=route.waiting_h,
        cost=route.cost,
        utilisation=_share(max(route.load), kind.capacity),
        longitude=tuple(_known(float(problem.longitude[p])) for p in places),
        latitude=tuple(_known(float(problem.latitude[p])) for p in places),
    )


def unserved_visit(problem: RoutingProblem, left: Unserved) -> UnservedVisit:
    """Say why a visit is left, with codes for positions."""
    stop = problem.stops[left.stop]
    return UnservedVisit(
        visit=stop.code,
        required=stop.required,
        reason=left.reason,
        needed=left.needed,
        available=_known(left.available),
        vehicle=None if left.kind is None else problem.kinds[left.kind].code,
        limits=left.limits,
        proven=left.proven,
    )


def _rounded(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(v, _DECIMALS) for v in values)


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _share(load: float, capacity: float) -> float | None:
    return load / capacity if isfinite(capacity) and capacity > 0 else None
