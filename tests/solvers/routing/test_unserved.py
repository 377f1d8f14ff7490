from dataclasses import replace
from math import inf

import numpy as np
import pytest

from solvers.routing.alone import refusal
from solvers.routing.plan import Unserved
from solvers.routing.problem import RoutingProblem, Stop, VehicleKind
from solvers.routing.solve import Budget, plan_routes
from tests.solvers.routing.small import problem

XY = np.array([[0.0, 0.0], [30.0, 40.0], [3.0, 4.0]])  # 50 and 5 away; 5 h and 0.5 h
VAN = VehicleKind(
    "van", 0, capacity=10.0, shift_end_h=12.0, max_distance=110.0, skills=frozenset({"lift"})
)
NEAR = Stop("near", load=1.0)


def _left(far: Stop, *kinds: VehicleKind, near: Stop = NEAR) -> tuple[Unserved, ...]:
    p = problem(kinds or (VAN,), (far, near), XY)
    return plan_routes(p, budget=Budget(iterations=50)).unserved


@pytest.mark.parametrize(
    ("far", "reason", "needed", "available"),
    [
        (Stop("far", load=11.0), "capacity", 11.0, 10.0),
        (Stop("far", pickup=11.0), "capacity", 11.0, 10.0),
        (Stop("far", window_end_h=4.0), "window", 5.0, 4.0),
        (Stop("far", service_h=3.0), "shift", 13.0, 12.0),
        (Stop("far", window_start_h=8.0), "shift", 13.0, 12.0),
        (Stop("far", skills=frozenset({"cold", "lift"})), "skill", 1.0, 0.0),
    ],
    ids=lambda v: v.code if isinstance(v, Stop) else str(v),
)
def test_what_cannot_be_served_alone_is_named_by_its_limit(
    far: Stop, reason: str, needed: float, available: float
) -> None:
    (left,) = _left(far)
    assert (left.reason, left.limits) == (reason, (reason,))
    assert (left.needed, left.available) == (pytest.approx(needed), available)
    assert left.proven


def test_a_route_may_be_too_long() -> None:
    (left,) = _left(Stop("far"), replace(VAN, max_distance=90.0))
    assert (left.reason, left.needed, left.available) == ("distance", pytest.approx(100.0), 90.0)


def test_limits_that_must_give_way_together_are_all_named() -> None:
    (left,) = _left(Stop("far", load=11.0, window_end_h=4.0))
    assert left.limits == ("capacity", "window")


def test_the_nearest_kind_is_named() -> None:
    p = problem(
        (replace(VAN, capacity=1.0, max_distance=1.0), VAN), (Stop("far", load=11.0), NEAR), XY
    )
    found = refusal(p, 0)
    assert found is not None
    assert (found.kind, found.limits) == (1, ("capacity",))


def test_a_prize_below_the_way_is_not_fetched_and_both_numbers_are_told() -> None:
    (left,) = _left(Stop("far", required=False, prize=80.0))
    assert left.reason == "cost"
    assert (left.needed, left.available) == (
        pytest.approx(90.0),
        80.0,
    )  # 100 less the way to the near one
    assert _left(Stop("far", required=False, prize=90.5)) == ()


def test_a_prize_below_every_detour_is_proven_not_to_pay() -> None:
    (left,) = _left(Stop("far", required=False, prize=80.0))
    assert left.proven
    (left,) = _left(Stop("far", required=False, prize=85.0), near=replace(NEAR, load=6.0))
    assert left.proven


def test_a_fleet_that_is_too_small_is_told_by_its_load() -> None:
    stops = tuple(Stop(f"S{i}", load=4.0) for i in range(5))
    xy = np.array([[0.0, 0.0], *([float(i), 1.0] for i in range(5))])
    p = problem((VehicleKind("van", 0, count=1, capacity=9.0),), stops, xy)
    plan = plan_routes(p, budget=Budget(iterations=200))
    assert sum(len(r.stops) for r in plan.routes) == 2
    assert {(u.reason, u.needed, u.available, u.proven) for u in plan.unserved} == {
        ("fleet", 20.0, 9.0, True)
    }


def test_required_stops_go_before_prizes() -> None:
    stops = (
        Stop("must", load=4.0),
        *(Stop(f"may{i}", load=4.0, required=False, prize=900.0) for i in range(2)),
        Stop("must too", load=4.0),
        Stop("and this", load=4.0),
    )
    xy = np.array([[0.0, 0.0], *([float(i), 1.0] for i in range(5))])
    p = problem((VehicleKind("van", 0, capacity=9.0),), stops, xy)
    plan = plan_routes(p, budget=Budget(iterations=200))
    assert all(stops[i].required for r in plan.routes for i in r.stops)


def test_the_search_never_sends_an_unskilled_vehicle() -> None:
    skilled = replace(VAN, code="lift", fixed_cost=500.0)
    plain = replace(VAN, skills=frozenset[str](), max_distance=inf, cost_per_distance=0.0)
    far = Stop("far", skills=frozenset({"lift"}))
    p: RoutingProblem = problem((plain, skilled), (far, NEAR), XY)
    plan = plan_routes(p, budget=Budget(iterations=200))
    assert plan.unserved == ()
    assert {r.kind for r in plan.routes if 0 in r.stops} == {1}
