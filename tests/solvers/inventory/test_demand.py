import numpy as np
import pytest

from solvers.inventory.bound import concave_bound, safety_factor, square_root_bound
from solvers.inventory.demand import propagate

NO_LINKS = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def _links(*links: tuple[int, int, float]) -> tuple:
    return (
        np.array([a for a, _, _ in links], dtype=np.int64),
        np.array([b for _, b, _ in links], dtype=np.int64),
        np.array([q for _, _, q in links]),
    )


def test_a_bill_of_materials_multiplies_along_the_way() -> None:
    weight = np.array([[0.0], [0.0], [1.0]])
    demand = propagate(weight, _links((0, 1, 2.0), (1, 2, 3.0)), np.array([10.0]), np.array([4.0]))
    assert demand.mean.tolist() == [60.0, 30.0, 10.0]
    assert demand.sd.tolist() == [24.0, 12.0, 4.0]


def test_one_demand_by_two_ways_is_not_taken_for_two() -> None:
    weight = np.array([[0.0], [0.0], [0.0], [1.0]])
    ways = _links((0, 1, 1.0), (0, 2, 1.0), (1, 3, 0.4), (2, 3, 0.6))
    demand = propagate(weight, ways, np.array([10.0]), np.array([5.0]))
    assert demand.sd == pytest.approx([5.0, 2.0, 3.0, 5.0])


@pytest.mark.parametrize(("rho", "expected"), [(0.0, 5.0), (1.0, 7.0), (-1.0, 1.0)])
def test_pooling_saves_what_correlation_leaves(rho: float, expected: float) -> None:
    weight = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    together = np.array([[1.0, rho], [rho, 1.0]])
    demand = propagate(
        weight,
        _links((0, 1, 1.0), (0, 2, 1.0)),
        np.zeros(2),
        np.array([3.0, 4.0]),
        correlation=together,
    )
    assert demand.sd[0] == pytest.approx(expected)


def test_the_safety_factor_is_that_of_the_table() -> None:
    assert safety_factor(0.975) == pytest.approx(1.959964, abs=1e-6)


def test_random_lead_times_are_held_whatever_the_promise() -> None:
    one = np.ones(1)
    bound = square_root_bound(2 * one, 3 * one, 4, mean=10 * one, lead_time_sd=0.5 * one)
    assert bound[0] == pytest.approx(2 * np.sqrt(9 * np.arange(5) + 25))
    assert square_root_bound(2 * one, 3 * one, 4)[0, 4] == pytest.approx(12.0)


def test_a_general_bound_never_falls() -> None:
    rationed = np.array([[0.0, 15.0, 24.0, 31.0, 33.0]])
    assert concave_bound(rationed, np.array([8.0]))[0].tolist() == [0.0, 7.0, 8.0, 8.0, 8.0]


def test_no_links_leave_demand_alone() -> None:
    demand = propagate(np.eye(2), NO_LINKS, np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    assert demand.sd.tolist() == [3.0, 4.0]
