"""The state-space model of a drift: likelihood against dense algebra and published figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.datasets import nile

from ops.drift.drift_kernel import DIFFUSE, filtered, natural
from ops.drift.drift_model import BOX, bins, fit_drift
from ops.errors import NotEnoughData
from ops.values import FloatArray
from tests.reference import case


def dense(theta: FloatArray, t: FloatArray, y: FloatArray, scarce: FloatArray) -> float:
    """The same likelihood by the covariance matrix of the series, its integrals by quadrature."""
    common, u, tau, q1, q2, k = natural(theta)
    elapsed = t - t[0]

    def reach(x: FloatArray) -> FloatArray:
        return (1 - np.exp(-k * np.maximum(x, 0.0))) / k

    node, weight = np.polynomial.legendre.leggauss(60)
    cov = np.diag((1 - common) * scarce + common)
    for i, a in enumerate(elapsed):
        for j, b in enumerate(elapsed):
            least = min(a, b)
            r = least / 2 * (node + 1)
            cov[i, j] += DIFFUSE * (1 + reach(a) * reach(b)) + u * np.exp(-abs(a - b) / tau)
            cov[i, j] += q1 * least + q2 * least / 2 * (weight @ (reach(a - r) * reach(b - r)))
    deviation = y - y[0]
    square = deviation @ np.linalg.solve(cov, deviation)
    return float(-0.5 * np.linalg.slogdet(cov)[1] - 0.5 * (t.size - 2) * np.log(square))


@pytest.mark.parametrize("seed", range(6))
def test_likelihood_is_that_of_the_dense_covariance(seed: int) -> None:
    rng = np.random.default_rng(seed)
    t = np.sort(rng.random(15))
    t = (t - t[0]) / (t[-1] - t[0])
    y, scarce = rng.normal(size=15).cumsum(), rng.uniform(0.5, 2.0, 15)
    low, high = np.array(BOX).T
    theta = low + (high - low) * rng.random(6)
    got = filtered(theta, t, y, scarce, np.empty(10))
    assert got == pytest.approx(dense(theta, t, y, scarce), abs=2e-3)


def test_local_level_of_the_nile_has_the_published_variances() -> None:
    expected = case("drift_forecast", "local_level_nile")["expected"]
    y = np.asarray(nile.load().data, dtype=np.float64)[:, 1]  # pyright: ignore
    t = np.linspace(0.0, 1.0, y.size)
    ratio = expected["variance_level"] / expected["variance_noise"]
    out = np.empty(10)

    def likelihood(walk: float) -> float:
        # no memory in the noise, and a slope that fades at once: the local level alone
        root = 0.5 * np.log10(walk * (y.size - 1))
        theta = np.array([1.0, -9.0, -1.0, root, -9.0, 9.0])
        return filtered(theta, t, y, np.ones(y.size), out)

    best = likelihood(ratio)
    assert out[9] / (y.size - 1) == pytest.approx(expected["variance_noise"], rel=0.001)
    assert max(likelihood(ratio * f) for f in np.geomspace(0.3, 3.0, 101)) < best + 0.05


def test_a_clean_line_is_found_with_its_slope() -> None:
    rng = np.random.default_rng(3)
    t = np.sort(rng.uniform(0.0, 40.0, 1200))
    y = 10.0 - 0.2 * t + rng.normal(0.0, 1.0, t.size)
    found = fit_drift(t, y, rng=rng)
    low, middle, high = np.quantile(found.slope, (0.025, 0.5, 0.975))
    assert low < -0.2 < high
    assert middle == pytest.approx(np.polyfit(t, y, 1)[0], abs=0.02)
    # never narrower than least squares, which knows that it is a line
    error = np.std(y - np.polyval(np.polyfit(t, y, 1), t)) / np.std(t) / np.sqrt(t.size)
    assert high - low > 0.95 * 2 * 1.96 * error
    assert np.median(found.sigma) == pytest.approx(1.0, rel=0.06)
    assert found.weights["linear"] > 0.3


def test_a_random_walk_is_not_taken_for_a_line() -> None:
    rng = np.random.default_rng(4)
    t = np.arange(0.0, 60.0, 0.1)
    y = rng.normal(0.0, 0.4, t.size).cumsum() + rng.normal(0.0, 0.5, t.size)
    found = fit_drift(t, y, rng=rng)
    assert found.weights["random-walk"] + found.weights["local-trend"] > 0.7


def test_paths_spread_as_the_exact_covariance_says() -> None:
    rng = np.random.default_rng(5)
    t = np.arange(0.0, 40.0, 0.1)
    found = fit_drift(t, rng.normal(size=t.size), rng=rng, draws=4000)
    fine, coarse = (found.paths(np.linspace(0.0, 30.0, k + 1)[1:], rng)[:, -1] for k in (60, 1))
    for q in (0.1, 0.5, 0.9):
        assert np.quantile(fine, q) == pytest.approx(np.quantile(coarse, q), abs=0.15)


@given(shift=st.floats(-1e3, 1e3), scale=st.floats(0.01, 100.0), seed=st.integers(0, 50))
@settings(max_examples=10)
def test_fit_follows_a_change_of_unit(shift: float, scale: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0.0, 20.0, 60))
    y = rng.normal(size=60)
    one = fit_drift(t, y, rng=np.random.default_rng(seed), draws=200)
    two = fit_drift(t, shift + scale * y, rng=np.random.default_rng(seed), draws=200)
    assert np.median(two.level) == pytest.approx(
        shift + scale * np.median(one.level), abs=0.25 * scale
    )


def test_bins_keep_the_sum_and_the_sum_of_squares() -> None:
    rng = np.random.default_rng(6)
    t, y = np.sort(rng.uniform(0.0, 50.0, 700)), rng.normal(size=700)
    found = bins(t, y)
    assert found.count.sum() == 700
    assert found.mean @ found.count == pytest.approx(y.sum())
    between = found.count @ (found.mean - y.mean()) ** 2
    assert found.within + between == pytest.approx(np.sum((y - y.mean()) ** 2))


@pytest.mark.parametrize(
    ("t", "y"),
    [
        (np.zeros(0), np.zeros(0)),
        (np.zeros(20), np.arange(20.0)),
        (np.arange(7.0), np.arange(7.0)),
        (np.arange(50.0), np.full(50, 3.3)),
    ],
)
def test_too_little_to_tell_is_said(t: FloatArray, y: FloatArray) -> None:
    with pytest.raises(NotEnoughData):
        bins(t, y)
