"""Published instances: printed costs recomputed by our own account, and a short search."""

import numpy as np
import pytest

from solvers.routing.from_scenario import routing_problem
from solvers.routing.grain import grain
from solvers.routing.plan import RoutePlan, faults
from solvers.routing.route import drive
from solvers.routing.solve import Budget, plan_routes
from tests.solvers.routing.cvrplib import document, instance, published

X = ["X-n101-k25", "X-n200-k36", "X-n303-k21", "X-n439-k37", "X-n586-k159", "X-n1001-k43"]


def _printed(folder: str, name: str) -> tuple[float, float, tuple[str, ...]]:
    """Cost by our account, cost as printed, and our faults."""
    problem = routing_problem(document(instance(folder, name)))
    routes, cost = published(folder, name)
    driven = tuple(drive(problem, 0, tuple(i - 1 for i in route)) for route in routes)
    plan = RoutePlan(driven, (), grain(problem))
    return plan.cost, cost, faults(problem, plan)


@pytest.mark.parametrize("name", X[:2])
def test_best_known_costs_of_x_are_recomputed(name: str) -> None:
    found, printed, wrong = _printed("vrp_X", name)
    assert (found, wrong) == (printed, ())


@pytest.mark.long
@pytest.mark.parametrize("name", X[2:])
def test_best_known_costs_of_large_x_are_recomputed(name: str) -> None:
    found, printed, wrong = _printed("vrp_X", name)
    assert (found, wrong) == (printed, ())


@pytest.mark.long
@pytest.mark.parametrize("name", ["R1_10_1", "C1_10_1", "RC2_10_5"])
def test_best_known_costs_with_windows_are_recomputed(name: str) -> None:
    found, printed, wrong = _printed("vrptw", name)
    assert found == pytest.approx(printed, abs=0.05)
    assert wrong == ()


def test_a_short_search_comes_near_the_best_known() -> None:
    problem = routing_problem(document(instance("vrp_X", "X-n101-k25")))
    plan = plan_routes(problem, budget=Budget(iterations=500), seed=1)
    _, best = published("vrp_X", "X-n101-k25")
    assert faults(problem, plan) == ()
    assert best <= plan.cost <= 1.06 * best


@pytest.mark.long
def test_a_thousand_visits_with_windows() -> None:
    problem = routing_problem(document(instance("vrptw", "R1_10_1")))
    plan = plan_routes(problem, budget=Budget(iterations=200), seed=1)
    _, best = published("vrptw", "R1_10_1")
    assert faults(problem, plan) == ()
    assert plan.unserved == ()
    assert best - 0.05 <= plan.cost <= 1.3 * best
    assert np.isclose(plan.distance, plan.cost)
