import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.errors import ScenarioError
from solvers.routing.grain import grain, steps_down, steps_up
from solvers.routing.problem import Stop, VehicleKind
from tests.solvers.routing.small import problem

XY = np.array([[0.0, 0.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("kind", "stop", "expected"),
    [
        (VehicleKind("v", 0, capacity=7.0), Stop("A", load=3.0), (1.0, 0.1, 1.0, 1.0)),
        (VehicleKind("v", 0, capacity=7.25), Stop("A", load=3.0), (1.0, 0.1, 0.01, 1.0)),
        (VehicleKind("v", 0), Stop("A", service_h=0.25), (1.0, 1 / 60, 1.0, 1.0)),
        (VehicleKind("v", 0, cost_per_distance=0.5), Stop("A"), (1.0, 0.1, 1.0, 0.1)),
        (VehicleKind("v", 0, max_distance=10.5), Stop("A"), (0.1, 0.1, 1.0, 0.1)),
    ],
)
def test_steps_are_the_coarsest_that_are_exact(
    kind: VehicleKind, stop: Stop, expected: tuple[float, ...]
) -> None:
    found = grain(problem((kind,), (stop,), XY))
    assert (found.distance, found.hours, found.load, found.money) == pytest.approx(expected)


@given(value=st.floats(0, 1e4), step=st.sampled_from([1.0, 0.1, 1 / 60, 1 / 3600, 1e-3]))
def test_what_fits_in_steps_fits_in_truth(value: float, step: float) -> None:
    up, down = int(steps_up(np.array(value), step)), steps_down(value, step)
    assert down * step <= value + 2e-6 * step
    assert value - 2e-6 * step <= up * step
    assert up - down <= 1


def test_rates_of_any_ratio_keep_four_digits() -> None:
    kinds = (
        VehicleKind("a", 0, cost_per_distance=0.777, cost_per_hour=31.7),
        VehicleKind("b", 0, cost_per_distance=1.234, cost_per_hour=29.1),
    )
    xy = np.array([[0.0, 0.0], [31.4, 27.1]])
    step = grain(problem(kinds, (Stop("A"),), xy))
    for kind in kinds:
        for rate in (kind.cost_per_distance * step.distance, kind.cost_per_hour * step.hours):
            assert round(rate / step.money) * step.money == pytest.approx(rate, rel=1e-3)


def test_numbers_that_are_too_far_apart_are_refused() -> None:
    kinds = (VehicleKind("a", 0, cost_per_distance=1e-9), VehicleKind("b", 0, fixed_cost=1e12))
    with pytest.raises(ScenarioError, match="overflow"):
        grain(problem(kinds, (Stop("A"),), XY * 1e5))
