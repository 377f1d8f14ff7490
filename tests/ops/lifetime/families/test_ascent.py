"""Climbing: a quadratic in one step, off a saddle, and what is no maximum."""

import numpy as np

from ops.lifetime.families.ascent import ascend


def test_a_quadratic_is_climbed_in_one_step() -> None:
    bend = np.array([[-2.0, 0.5], [0.5, -1.0]])

    def hill(x):
        return 0.5 * x @ bend @ x, bend @ x, bend

    peak = ascend(hill, np.array([0.7, -0.4]))
    assert peak.reached
    assert peak.steps == 1
    np.testing.assert_allclose(peak.at, 0.0, atol=1e-14)
    np.testing.assert_allclose(peak.covariance @ -bend, np.eye(2), atol=1e-14)


def test_a_saddle_is_left() -> None:
    def two_hills(x):
        u, v = x
        return (
            u**2 - u**4 - v**2,
            np.array([2 * u - 4 * u**3, -2 * v]),
            np.array([[2 - 12 * u**2, 0.0], [0.0, -2.0]]),
        )

    peak = ascend(two_hills, np.array([1e-6, 0.3]))
    assert peak.reached
    np.testing.assert_allclose(abs(peak.at[0]), np.sqrt(0.5), rtol=1e-9)


def test_a_slope_without_end_is_no_maximum() -> None:
    def slope(x):
        return float(-np.exp(-x[0])), np.array([np.exp(-x[0])]), np.array([[-np.exp(-x[0])]])

    assert not ascend(slope, np.zeros(1), stop=lambda x: bool(x[0] > 9)).reached


def test_a_landscape_that_is_nowhere_finite_is_no_maximum() -> None:
    def nowhere(x):
        return -np.inf, np.zeros(1), np.zeros((1, 1))

    assert not ascend(nowhere, np.zeros(1)).reached
