from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.routing.plan import RoutePlan, faults
from solvers.routing.problem import RoutingProblem, Stop, VehicleKind
from solvers.routing.solve import Budget, decoded, encoded, plan_routes
from solvers.watch import News
from tests.solvers.routing.small import optimum, problem, random_problem, subsets

SHORT = Budget(iterations=1500)


def _plan(p: RoutingProblem, seed: int = 1) -> RoutePlan:
    return plan_routes(p, budget=SHORT, seed=seed)


@pytest.mark.parametrize("seed", range(12))
def test_small_plans_are_optimal(seed: int) -> None:
    p = random_problem(np.random.default_rng(seed))
    best, plan = optimum(p), _plan(p)
    assert faults(p, plan) == ()
    if best < inf:
        assert plan.value(p) == pytest.approx(best, abs=1e-3)
        assert not any(p.stops[left.stop].required for left in plan.unserved)
    else:
        assert any(p.stops[left.stop].required for left in plan.unserved)


@given(seed=st.integers(100, 10_000), stops=st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_every_plan_can_be_driven_and_every_reason_holds(seed: int, stops: int) -> None:
    p = random_problem(np.random.default_rng(seed), stops=stops)
    plan = plan_routes(p, budget=Budget(iterations=60), seed=0)
    assert faults(p, plan) == ()
    alone = list(subsets(p))
    for left in plan.unserved:
        single = replace(alone[left.stop], stops=(replace(p.stops[left.stop], required=True),))
        cannot = optimum(single) == inf
        assert cannot == (left.reason not in {"cost", "fleet"})
        if left.reason == "cost":
            assert not p.stops[left.stop].required
            assert left.needed >= left.available == p.stops[left.stop].prize


def test_two_towns_are_served_by_two_vehicles_when_one_is_too_small() -> None:
    xy = np.array([[0.0, 0.0], [3.0, 4.0], [-3.0, -4.0]])
    stops = (Stop("A", load=6.0), Stop("B", load=6.0))
    small = _plan(problem((VehicleKind("van", 0, count=2, capacity=10.0),), stops, xy))
    large = _plan(problem((VehicleKind("van", 0, count=2, capacity=12.0),), stops, xy))
    assert [r.stops for r in small.routes] == [(0,), (1,)]
    assert small.cost == large.cost == 20.0  # by hand: 5 out and 5 back, twice
    assert len(large.routes) <= 2


def test_a_fixed_cost_joins_routes() -> None:
    xy = np.array([[0.0, 0.0], [3.0, 4.0], [-3.0, -4.0]])
    van = VehicleKind("van", 0, count=2, capacity=12.0, fixed_cost=7.0)
    plan = _plan(problem((van,), (Stop("A", load=6.0), Stop("B", load=6.0)), xy))
    assert len(plan.routes) == 1
    assert plan.cost == 27.0


def test_a_late_window_moves_the_start_not_the_hours() -> None:
    xy = np.array([[0.0, 0.0], [10.0, 0.0]])
    van = VehicleKind("van", 0, cost_per_hour=30.0, shift_start_h=6.0)
    stop = Stop("A", service_h=0.5, window_start_h=12.0, window_end_h=13.0)
    (route,) = _plan(problem((van,), (stop,), xy)).routes
    assert (route.depart_h, route.start_h, route.return_h) == (11.0, (12.0,), 13.5)
    assert route.waiting_h == 0.0
    assert route.cost == pytest.approx(20.0 + 30.0 * 2.5)


def test_equal_seeds_give_equal_plans() -> None:
    p = random_problem(np.random.default_rng(5), stops=7)
    assert _plan(p, seed=3) == _plan(p, seed=3)


def test_the_watch_hears_of_better_plans_and_may_stop() -> None:
    p = random_problem(np.random.default_rng(3), stops=7)
    p = replace(p, stops=tuple(replace(s, required=False) for s in p.stops))
    heard: list[News] = []

    def watch(news: News) -> bool:
        heard.append(news)
        return news.solution is not None

    plan = plan_routes(p, budget=Budget(iterations=10**9), watch=watch)
    assert plan.stop_reason == "asked to stop"
    assert faults(p, plan) == ()
    told = heard[-1]
    assert told.solution is not None
    assert told.incumbent is not None
    again = decoded(p, told.solution)
    assert again.value(p) <= told.incumbent.value + 1e-9
    assert np.array_equal(encoded(decoded(p, encoded(plan.routes)).routes), encoded(plan.routes))


def test_cpu_seconds_are_those_of_the_clock_given() -> None:
    ticks = iter(range(10**6))
    p = random_problem(np.random.default_rng(3), stops=7)
    plan = plan_routes(p, budget=Budget(cpu_s=50.0), clock=lambda: float(next(ticks)))
    assert plan.iterations == 49
    assert plan.stop_reason == "budget"


def test_nothing_to_visit_is_a_plan_without_routes() -> None:
    plan = _plan(problem((VehicleKind("van", 0),), (), np.zeros((1, 2))))
    assert (plan.routes, plan.unserved, plan.stop_reason) == ((), (), "nothing to search")


def test_no_vehicle_leaves_all() -> None:
    p = problem((), (Stop("A"),), np.array([[0.0, 0.0], [1.0, 1.0]]))
    assert [left.reason for left in _plan(p).unserved] == ["fleet"]


def test_a_budget_needs_a_number() -> None:
    with pytest.raises(ValueError, match="iterations or CPU seconds"):
        Budget()
