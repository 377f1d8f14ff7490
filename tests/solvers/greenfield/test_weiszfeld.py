import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.greenfield.problem import Choice, Greenfield, Points
from solvers.greenfield.weiszfeld import degrees, geometric_median, refined, unit_vectors
from solvers.scenario.distance import great_circle_km


def _median(north: list[float], east: list[float], weight: list[float]) -> tuple[float, float]:
    a, b, w = np.array(north), np.array(east), np.array(weight)
    return geometric_median(a, b, w, (float(a.mean()) + 0.7, float(b.mean()) - 0.4))


def test_of_collinear_points_it_is_the_middle_one() -> None:
    # by hand: along the equator the sum of ways is least at the weighted median
    assert _median([0, 0, 0], [0, 10, 50], [1, 1, 1]) == pytest.approx((0, 10), abs=1e-5)
    assert _median([0, 0, 0], [0, 10, 50], [1, 1, 3]) == pytest.approx((0, 50), abs=1e-5)


def test_of_an_equilateral_triangle_it_is_the_centre() -> None:
    # by hand: three points at 20 degrees from the pole, 120 degrees apart
    found = _median([70, 70, 70], [-120, 0, 120], [1, 1, 1])
    assert found[0] == pytest.approx(90, abs=1e-5)


def test_a_triangle_with_a_blunt_angle_has_it_at_the_corner() -> None:
    # Fermat point: an angle of 120 degrees or more holds the median at its corner
    assert _median([0, 0, 1], [-10, 10, 0], [1, 1, 1]) == pytest.approx((1, 0), abs=1e-5)


def test_of_a_small_right_triangle_it_sees_all_sides_under_120_degrees() -> None:
    # Fermat point of (0,0), (1,0), (0,1) in the plane: both coordinates (3 - sqrt 3) / 6
    small = 1e-3
    found = _median([0, small, 0], [0, 0, small], [1, 1, 1])
    expected = small * (3 - np.sqrt(3)) / 6
    assert found == pytest.approx((expected, expected), rel=1e-3)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_no_point_near_by_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 12))
    north, east, w = rng.uniform(30, 60, n), rng.uniform(-10, 40, n), rng.uniform(0, 5, n)
    at = geometric_median(north, east, w, (45.0, 10.0))

    def cost(a: float, b: float) -> float:
        return float(great_circle_km(north, east, np.array(a), np.array(b)) @ w)

    for a, b in rng.normal(0, 0.05, (12, 2)):
        assert cost(at[0] + a, at[1] + b) >= cost(*at) * (1 - 1e-7)


def _problem(seed: int, **limits: float) -> Greenfield:
    rng = np.random.default_rng(seed)
    n = 30
    points = Points(tuple(f"C{i}" for i in range(n)), rng.uniform(40, 55, n), rng.uniform(0, 20, n))
    weight = rng.lognormal(0, 1, n)
    return Greenfield(points, points, weight, np.full(n, 1.3), np.zeros(n), weight, **limits)


@given(seed=st.integers(0, 1000), p=st.integers(1, 5))
@settings(max_examples=15, deadline=None)
def test_moving_sites_never_costs_more(seed: int, p: int) -> None:
    problem = _problem(seed)
    choice = Choice.of(problem)
    sites = np.sort(np.random.default_rng(seed).choice(30, p, replace=False))
    assigned = sites[np.argmin(choice.cost[:, sites], axis=1)]
    before = choice.cost[np.arange(30), assigned].sum()
    moved = refined(problem, sites, assigned)
    assert moved.transport <= before * (1 + 1e-12)
    assert moved.transport == pytest.approx(float(moved.way_km @ problem.weight))


def test_moving_sites_keeps_the_longest_way() -> None:
    free = _problem(3)
    sites = np.array([0, 1])
    way = free.way_km()
    assigned = sites[np.argmin(way[:, sites], axis=1)]
    longest = float(way[np.arange(30), assigned].max())
    moved = refined(_problem(3, max_km=longest), sites, assigned)
    assert moved.way_km.max() <= longest


def test_vectors_and_degrees_are_inverse() -> None:
    north, east = np.array([-89.0, 0.0, 45.0]), np.array([170.0, -179.0, 0.0])
    back = degrees(unit_vectors(north, east))
    np.testing.assert_allclose(back, (north, east), atol=1e-9)
