from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.greenfield.center import SMALL, p_center
from solvers.scenario.distance import great_circle_km


@given(seed=st.integers(0, 10_000), p=st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_small_centers_are_those_of_all_sets(seed: int, p: int) -> None:
    rng = np.random.default_rng(seed)
    way = rng.uniform(0, 100, (10, 8)).round(int(rng.integers(0, 3)))
    least = min(way[:, list(s)].min(axis=1).max() for s in combinations(range(8), p))
    found = p_center(way, p)
    assert found.radius == least
    assert found.bound == least
    assert found.sites.size == p == np.unique(found.sites).size


@pytest.mark.parametrize(("p", "steps"), [(1, 6), (2, 3), (3, 2), (4, 1), (6, 1), (12, 0)])
def test_points_on_the_equator_are_shared_evenly(p: int, steps: int) -> None:
    # by hand: of 12 points on a circle p arcs hold 12/p points, the middle one half an arc away
    east = np.arange(0, 360, 30.0)
    zero = np.zeros((12, 1))
    way = great_circle_km(zero, east[:, None], np.zeros(12), east)
    found = p_center(way, p)
    assert found.radius == pytest.approx(way[0, steps])
    assert found.gap == 0.0


def test_a_large_center_has_a_bound() -> None:
    rng = np.random.default_rng(5)
    a = rng.uniform(0, 100, (600, 2))
    way = np.hypot(*(a[:, None] - a[None]).transpose(2, 0, 1))
    assert way.size > SMALL
    found = p_center(way, 4)
    assert 0.5 * found.radius <= found.bound <= found.radius
    assert found.radius == way[:, found.sites].min(axis=1).max()


def test_the_number_of_sites_is_checked() -> None:
    with pytest.raises(ValueError, match="must be 1 to 3"):
        p_center(np.ones((4, 3)), 4)
