"""The integers that PyVRP counts in: how fine distances, times, loads and money are."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from solvers.errors import ScenarioError
from solvers.routing.problem import RoutingProblem
from solvers.values import FloatArray, IntArray

_WHOLE = 1e-6  # a value this near to an integer is one
_DIGITS = 1e5  # the largest value has at least this many steps where nothing is whole
_HOURS = (1.0, 0.1, 1 / 60, 0.01, 1 / 3600)
_RATE_ERROR = 1e-4  # of the cost of a step of the way, where no step of money fits all
_PENALTY = 100_000.0  # PyVRP's own limit, which suits costs of ordinary size
_SAFE = 2.0**61  # of any sum or product that the search may form


@dataclass(frozen=True, slots=True)
class Grain:
    """What one integer step stands for.

    Parameters
    ----------
    distance, hours, load, money
        In the problem's units; values that are multiples of them are exact. Others are rounded
        up by less than a step (limits are rounded down), so that a route that keeps its
        limits in integers keeps them in truth.
    penalty
        Steps of money at most that the search may count for one step over a limit: so many that
        breaking it never pays.
    """

    distance: float
    hours: float
    load: float
    money: float
    penalty: float = _PENALTY


def grain(problem: RoutingProblem) -> Grain:
    """Choose the coarsest steps in which all numbers are whole, or else fine ones.

    Raises
    ------
    ScenarioError
        If a number is so large beside the others that sums would overflow.
    """
    kinds, stops = problem.kinds, problem.stops
    distance = _decimal([*problem.distance.ravel(), *_finite(k.max_distance for k in kinds)])
    loads = [v for s in stops for v in (s.load, s.pickup)]
    load = _decimal([*loads, *_finite(k.capacity for k in kinds)])
    hours = _clock_step(problem)
    money = _money(problem, distance, hours)
    penalty = max(_PENALTY, ransom(problem) / money / 10)
    found = Grain(distance, hours, load, money, penalty)
    _refuse_overflow(problem, found)
    return found


def steps_up(values: FloatArray, step: float) -> IntArray:
    """Whole steps, rounded up."""
    return np.ceil(np.asarray(values) / step - _WHOLE).astype(np.int64)


def steps_down(value: float, step: float) -> int:
    """Whole steps of a finite limit, rounded down."""
    return int(np.floor(value / step + _WHOLE))


def _finite(values: Iterable[float]) -> list[float]:
    return [v for v in values if np.isfinite(v)]


def _decimal(values: list[float]) -> float:
    """Find the coarsest power of ten, 1 or less, of which all values are multiples."""
    found = np.asarray(values, dtype=np.float64)
    largest = float(np.abs(found).max(initial=0.0))
    finest = min(1.0, float(10.0 ** np.floor(np.log10(max(largest, 1e-9) / _DIGITS))))
    for decimals in range(7):
        step = float(10.0**-decimals)
        if step <= finest or _all_whole(found, step):
            return step if step > finest else finest
    return finest


def _clock_step(problem: RoutingProblem) -> float:
    times = [
        *(v for s in problem.stops for v in (s.service_h, s.window_start_h, s.window_end_h)),
        *(v for k in problem.kinds for v in (k.shift_start_h, k.shift_end_h)),
    ]
    arrays = [np.array(_finite(times)), *{id(h): h for h in problem.hours}.values()]
    for step in _HOURS:
        if all(_all_whole(values, step) for values in arrays):
            return step
    return _HOURS[-1]


def _all_whole(values: FloatArray, step: float) -> bool:
    scaled = values / step
    return bool(np.all(np.abs(scaled - np.rint(scaled)) < _WHOLE))


def _money(problem: RoutingProblem, distance: float, hours: float) -> float:
    """Step of money in which fixed costs, prizes and the cost of one step of the way are whole."""
    rates = [k.cost_per_distance * distance for k in problem.kinds]
    rates += [k.cost_per_hour * hours for k in problem.kinds]
    others = [k.fixed_cost for k in problem.kinds] + [s.prize for s in problem.stops]
    positive = np.array([v for v in rates if v > 0])
    smallest = float(positive.min(initial=1.0))
    amounts = np.array([*positive, *(v for v in others if v > 0)])
    for decimals in range(10):
        step = float(10.0**-decimals)
        if step <= smallest and smallest / step <= 1000 and _all_whole(amounts, step):
            return step
    errors = [_rate_error(positive, smallest / parts) for parts in range(1, 1001)]
    fits = [at for at, error in enumerate(errors) if error < _RATE_ERROR]
    return smallest / (1 + (fits[0] if fits else int(np.argmin(errors))))


def _rate_error(rates: FloatArray, step: float) -> float:
    whole = rates / step
    return float(np.abs(np.rint(whole) / whole - 1).max(initial=0.0))


def _refuse_overflow(problem: RoutingProblem, step: Grain) -> None:
    far = float(problem.distance.max(initial=0.0))
    long = max((float(h.max(initial=0.0)) for h in problem.hours), default=0.0)
    legs = 2 * (len(problem.stops) + 2)
    for name, value, one in (("distance", far, step.distance), ("duration", long, step.hours)):
        if value / one * legs * step.penalty > _SAFE:
            raise ScenarioError(
                f"the longest {name} is {value:g}, counted in steps of {one:g}: sums overflow;"
                " give it in a larger unit, or costs and prizes with fewer digits"
            )
    total = ransom(problem) * legs
    if total / step.money > _SAFE / 2**8:
        raise ScenarioError(
            f"costs may reach {total:g}, counted in steps of {step.money:g}: sums overflow;"
            " give costs, prizes and distances with fewer digits"
        )


def _dearest(problem: RoutingProblem, kind: int, far: float) -> float:
    vehicle = problem.kinds[kind]
    ends = [v for v in (vehicle.shift_end_h,) if np.isfinite(v)]
    ends += [s.window_end_h for s in problem.stops if np.isfinite(s.window_end_h)]
    hours = max(ends, default=0.0) + 2 * float(problem.hours[kind].max(initial=0.0))
    hours += max((s.service_h for s in problem.stops), default=0.0)
    return vehicle.fixed_cost + 2 * far * vehicle.cost_per_distance + hours * vehicle.cost_per_hour


def ransom(problem: RoutingProblem) -> float:
    """Money above what serving any stop can cost, and above what may be gained instead of it."""
    far = float(problem.distance.max(initial=0.0))
    dearest = max((_dearest(problem, k, far) for k in range(len(problem.kinds))), default=0.0)
    return 2 * dearest + sum(s.prize for s in problem.stops if not s.required) + 1.0
