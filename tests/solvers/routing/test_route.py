import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.routing.insertion import cheapest_insertion, inserted
from solvers.routing.plan import RoutePlan, faults
from solvers.routing.problem import Stop, VehicleKind
from solvers.routing.route import drive
from solvers.routing.solve import Budget, plan_routes
from tests.solvers.routing.small import problem, random_problem

LINE = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]])  # 1 h apart
VAN = VehicleKind("van", 0, capacity=10.0, cost_per_hour=1.0)


def test_load_goes_down_by_deliveries_and_up_by_pickups() -> None:
    p = problem((VAN,), (Stop("A", load=4.0, pickup=7.0), Stop("B", load=5.0)), LINE)
    assert drive(p, 0, (0, 1)).load == (9.0, 12.0, 7.0)
    assert [b.limit for b in drive(p, 0, (0, 1)).breaches] == ["capacity"]
    assert drive(p, 0, (1, 0)).breaches == ()


def test_a_start_is_put_off_only_as_far_as_windows_allow() -> None:
    stops = (Stop("A", window_end_h=3.0), Stop("B", window_start_h=9.0))
    route = drive(problem((VAN,), stops, LINE), 0, (0, 1))
    assert (route.depart_h, route.start_h, route.return_h) == (2.0, (3.0, 9.0), 11.0)
    assert route.waiting_h == 5.0


def test_a_late_arrival_is_a_breach_not_a_wait() -> None:
    p = problem((VAN,), (Stop("A", window_end_h=0.5), Stop("B")), LINE)
    route = drive(p, 0, (0, 1))
    assert [(b.limit, b.stop, b.needed) for b in route.breaches] == [("window", 0, 1.0)]
    assert route.return_h == 4.0


def test_faults_name_what_is_wrong() -> None:
    p = problem((VAN,), (Stop("A", load=99.0), Stop("B")), LINE)
    routes = (drive(p, 0, (0,)), drive(p, 0, (0,)))
    grain = plan_routes(p, budget=Budget(iterations=1)).grain
    assert faults(p, RoutePlan(routes, (), grain)) == (
        "van: capacity needs 99, has 10",
        "van: capacity needs 99, has 10",
        "A is there 2 times, once is right",
        "B is there 0 times, once is right",
        "2 vehicles of van are used, there are 1",
    )


@given(seed=st.integers(0, 1000))
def test_the_cheapest_insertion_is_the_best_of_all_places(seed: int) -> None:
    p = random_problem(np.random.default_rng(seed), stops=5)
    routes = tuple(r for r in (drive(p, 0, (0, 1)), drive(p, 1, (2,))) if not r.breaches)
    tried = [
        drive(p, r.kind, (*r.stops[:at], 3, *r.stops[at:])).cost - r.cost
        for r in routes
        for at in range(len(r.stops) + 1)
        if not drive(p, r.kind, (*r.stops[:at], 3, *r.stops[at:])).breaches
    ]
    for kind, vehicle in enumerate(p.kinds):
        alone = drive(p, kind, (3,))
        if not alone.breaches and sum(r.kind == kind for r in routes) < vehicle.count:
            tried.append(alone.cost)
    found = cheapest_insertion(p, routes, 3)
    assert (found is None) == (not tried)
    if found is not None:
        assert found.extra_cost == pytest.approx(min(tried))
        assert 3 in {i for route in inserted(routes, found) for i in route.stops}
