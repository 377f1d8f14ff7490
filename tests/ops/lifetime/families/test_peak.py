import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ops.lifetime.families.peak import climb, derivatives
from ops.values import FloatArray


def banana(theta: FloatArray) -> FloatArray:
    x, y = theta.T
    return -((1 - x) ** 2) - 5 * (y - x**2) ** 2


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_it_climbs_a_curved_ridge_to_the_top(x: float, y: float) -> None:
    peak = climb(banana, np.array([x, y]), np.ones(2))
    assert peak.is_maximum
    assert_allclose(peak.theta, [1.0, 1.0], atol=1e-4)
    assert peak.value > -1e-9


def test_derivatives_of_a_quadratic_are_exact() -> None:
    curved = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.2], [0.0, -0.2, 3.0]])

    def quadratic(theta: FloatArray) -> FloatArray:
        return -0.5 * np.einsum("mi,ij,mj->m", theta, curved, theta)

    at = np.array([1.0, -2.0, 0.5])
    value, gradient, information = derivatives(quadratic, at, np.ones(3))
    assert value == quadratic(at[None, :])[0]
    assert_allclose(gradient, -curved @ at, atol=1e-8)
    assert_allclose(information, curved, atol=1e-6)


def test_a_surface_that_rises_without_end_has_no_peak() -> None:
    def slope(theta: FloatArray) -> FloatArray:
        return theta[:, 0] - theta[:, 1] ** 2

    assert not climb(slope, np.zeros(2), np.ones(2)).is_maximum


def test_a_ridge_that_is_flat_along_one_direction_is_no_maximum() -> None:
    def ridge(theta: FloatArray) -> FloatArray:
        return -((theta[:, 0] - theta[:, 1]) ** 2)

    assert not climb(ridge, np.array([3.0, 1.0]), np.ones(2)).is_maximum


def test_a_start_that_is_impossible_is_told() -> None:
    def nowhere(theta: FloatArray) -> FloatArray:
        return np.full(theta.shape[0], -np.inf)

    assert not climb(nowhere, np.zeros(2), np.ones(2)).converged
