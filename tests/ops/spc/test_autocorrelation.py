import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from ops.capability.sigma import within_sigma
from ops.errors import NotEnoughData
from ops.spc.autocorrelation import (
    autocorrelation,
    effective_size,
    marginal_sigma,
    residuals,
)
from ops.values import FloatArray


def ar1(phi: float, shape: tuple[int, int], seed: int) -> FloatArray:
    """Rows of stationary AR(1) values of unit variance."""
    rng = np.random.default_rng(seed)
    e = rng.normal(size=shape) * (1 - phi * phi) ** 0.5
    e[:, 0] = rng.normal(size=shape[0])
    return np.asarray(lfilter([1.0], [1.0, -phi], e, axis=1))


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, -0.4])
def test_intervals_cover_the_truth_about_as_often_as_they_say(phi: float) -> None:
    one = np.zeros(60, dtype=np.int64)
    found = [autocorrelation(row, one) for row in ar1(phi, (600, 60), 1)]
    covered = np.mean([f.lower <= phi <= f.upper for f in found])
    assert 0.90 <= covered <= 0.985
    assert np.mean([f.phi for f in found]) == pytest.approx(phi, abs=0.03)


@pytest.mark.parametrize("phi", [0.0, 0.5, 0.8])
def test_the_marginal_sigma_is_right_where_moving_ranges_are_not(phi: float) -> None:
    one = np.zeros(100, dtype=np.int64)
    rows = ar1(phi, (400, 100), 2)
    squares = np.array([marginal_sigma(row, one, phi).value ** 2 for row in rows])
    assert squares.mean() == pytest.approx(1.0, abs=0.08)
    df = marginal_sigma(rows[0], one, phi).df
    assert 2.0 / df == pytest.approx(squares.var(), rel=0.3)
    ranges = np.mean([within_sigma(row, one, "moving-range").value for row in rows])
    assert ranges == pytest.approx((1 - phi) ** 0.5, abs=0.03)  # Maragah and Woodall (1992)


@given(n=st.integers(2, 40), phi=st.floats(-0.9, 0.95))
def test_the_effective_size_is_that_of_the_whole_covariance(n: int, phi: float) -> None:
    places = np.arange(n)
    correlation = phi ** np.abs(places[:, None] - places[None, :])
    assert effective_size(n, phi) == pytest.approx(n * n / correlation.sum(), rel=1e-6)


def test_residuals_are_uncorrelated_and_a_lasting_shift_shrinks_in_them() -> None:
    x = ar1(0.7, (1, 4000), 3)[0]
    one = np.zeros(x.size, dtype=np.int64)
    left = residuals(x, one, phi=0.7, mean=0.0)
    assert abs(autocorrelation(left, one).phi) < 0.05
    shifted = residuals(x + 2.0, one, phi=0.7, mean=0.0) - left
    assert shifted[1:] == pytest.approx(np.full(x.size - 1, 0.6))


def test_streams_are_not_joined() -> None:
    level = np.repeat([0.0, 50.0], 30)
    x = level + np.random.default_rng(4).normal(size=60)
    apart = autocorrelation(x, np.repeat(np.array([0, 1]), 30))
    assert abs(apart.phi) < 0.35
    assert autocorrelation(x, np.zeros(60, dtype=np.int64)).phi > 0.9


def test_white_noise_passes_the_portmanteau_test_and_a_wave_does_not() -> None:
    one = np.zeros(200, dtype=np.int64)
    assert autocorrelation(np.random.default_rng(5).normal(size=200), one).p_value > 0.01
    assert autocorrelation(np.sin(np.arange(200) / 5), one).p_value < 1e-6


def test_too_few_or_equal_points_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="12 points, got 5"):
        autocorrelation(np.arange(5.0), np.zeros(5, dtype=np.int64))
    with pytest.raises(NotEnoughData, match="all are equal"):
        autocorrelation(np.ones(20), np.zeros(20, dtype=np.int64))
    with pytest.raises(NotEnoughData, match="got 0"):
        autocorrelation(np.arange(20.0), np.arange(20))
