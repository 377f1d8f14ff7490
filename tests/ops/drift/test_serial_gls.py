import numpy as np
import pytest
from scipy.linalg import toeplitz
from statsmodels.api import GLS

from ops.drift.serial_gls import PHI, serial_gls
from ops.errors import NotEnoughData
from ops.values import FloatArray


def noise(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    found = rng.normal(size=n)
    found[1:] *= np.sqrt(1 - phi**2)
    for i in range(1, n):
        found[i] += phi * found[i - 1]
    return found


def test_each_phi_gives_what_generalized_least_squares_gives() -> None:
    rng = np.random.default_rng(3)
    t = np.arange(40.0)
    design = np.column_stack((np.ones(40), t, t**2))
    y = 150 + 0.1 * t + noise(rng, 40, 0.5)
    found = serial_gls(t, design, y)
    for k in (0, 12, 30):
        peer = GLS(y, design, sigma=toeplitz(PHI[k] ** t)).fit()
        assert found.beta[k] == pytest.approx(peer.params, rel=1e-6)
        assert np.sqrt(np.diag(found.covariance[k])) == pytest.approx(peer.bse, rel=1e-6)


def test_a_gap_lets_the_correlation_decay() -> None:
    rng = np.random.default_rng(4)
    t = np.concatenate((np.arange(20.0), 100 + np.arange(20.0)))
    y = noise(rng, 40, 0.5)
    k = 20
    peer = GLS(y, np.ones(40), sigma=PHI[k] ** np.abs(t[:, None] - t[None, :])).fit()
    found = serial_gls(t, np.ones((40, 1)), y)
    assert found.beta[k] == pytest.approx(peer.params, rel=1e-6)


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
def test_intervals_hold_under_autocorrelation(phi: float) -> None:
    rng = np.random.default_rng(5)
    t = np.arange(50.0)
    design = np.column_stack((np.ones(50), t - 24.5))
    slope = np.array([0.0, 1.0])
    held = 0
    for _ in range(80):
        found = serial_gls(t, design, noise(rng, 50, phi)).estimate(slope)
        held += found.lower < 0 < found.upper
    assert held >= 72  # of 80 at 95 %; fewer than 72 has a chance below 1 in 100


def test_an_offset_costs_no_digit() -> None:
    rng = np.random.default_rng(6)
    t = np.arange(30.0)
    design = np.column_stack((np.ones(30), t))
    y = np.round(noise(rng, 30, 0.3), 3)
    near, far = serial_gls(t, design, y), serial_gls(t, design, y + 2.0**30)
    assert far.value[1] == pytest.approx(near.value[1], abs=1e-5)
    assert far.variance[1, 1] == pytest.approx(near.variance[1, 1], rel=1e-3)


def test_equivalence_and_difference_do_not_both_hold() -> None:
    rng = np.random.default_rng(7)
    found = serial_gls(np.arange(60.0), np.ones((60, 1)), 1.0 + 0.1 * rng.normal(size=60))
    one = np.ones(1)
    assert found.p_beyond(one) < 1e-6
    assert found.p_within(one, 2.0) < 1e-6
    assert found.p_beyond(one, 2.0) > 0.9
    assert found.p_within(one, 0.5) > 0.9
    assert found.p_zero(np.ones((1, 1))) < 1e-6


def test_equal_values_have_no_spread() -> None:
    found = serial_gls(np.arange(9.0), np.ones((9, 1)), np.full(9, 4.0))
    assert found.value[0] == pytest.approx(4.0)
    assert found.estimate(np.ones(1)).se == pytest.approx(0.0, abs=1e-9)


def test_two_more_values_than_coefficients_are_needed() -> None:
    with pytest.raises(NotEnoughData, match="2 coefficients needs 4 values, got 3"):
        serial_gls(np.arange(3.0), np.ones((3, 2)), np.arange(3.0))
