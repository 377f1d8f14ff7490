"""Whether a stop can be served at all: alone, on an empty vehicle of each kind."""

from dataclasses import dataclass, replace
from itertools import combinations
from math import inf

from solvers.routing.problem import RoutingProblem
from solvers.routing.route import LIMITS, Breach, Limit, drive


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a stop cannot be served by a vehicle of a kind even if nothing else is asked of it.

    Parameters
    ----------
    kind
        The kind that comes nearest: fewest limits in the way.
    limits
        Limits that must give way together; with fewer relaxed it stays impossible.
    breach
        The first of them, with what is needed and what there is.
    """

    kind: int
    limits: tuple[Limit, ...]
    breach: Breach


def refusal(problem: RoutingProblem, stop: int) -> Refusal | None:
    """Find the limits that keep a stop from being served alone; None if some vehicle can.

    For each kind of vehicle the limits are relaxed one at a time, then in pairs and so on, until
    the stop can be served: what had to be relaxed is the reason.
    """
    found: Refusal | None = None
    for kind in range(len(problem.kinds)):
        breaches = drive(problem, kind, (stop,)).breaches
        if not breaches:
            return None
        limits = _cure(problem, kind, stop)
        breach = next((b for b in breaches if b.limit in limits), breaches[0])
        if found is None or len(limits) < len(found.limits):
            found = Refusal(kind, limits, breach)
    return found


def _cure(problem: RoutingProblem, kind: int, stop: int) -> tuple[Limit, ...]:
    for size in range(1, len(LIMITS)):
        for limits in combinations(LIMITS, size):
            if not drive(_relaxed(problem, kind, stop, limits), kind, (stop,)).breaches:
                return limits
    return LIMITS


def _relaxed(
    problem: RoutingProblem, kind: int, stop: int, limits: tuple[Limit, ...]
) -> RoutingProblem:
    """Problem in which some limits of a kind and a stop do not hold."""
    vehicle, asked = problem.kinds[kind], problem.stops[stop]
    if "skill" in limits:
        asked = replace(asked, skills=frozenset())
    if "window" in limits:
        asked = replace(asked, window_end_h=inf)
    if "capacity" in limits:
        vehicle = replace(vehicle, capacity=inf)
    if "distance" in limits:
        vehicle = replace(vehicle, max_distance=inf)
    if "shift" in limits:
        vehicle = replace(vehicle, shift_end_h=inf)
    kinds = (*problem.kinds[:kind], vehicle, *problem.kinds[kind + 1 :])
    stops = (*problem.stops[:stop], asked, *problem.stops[stop + 1 :])
    return replace(problem, kinds=kinds, stops=stops)
