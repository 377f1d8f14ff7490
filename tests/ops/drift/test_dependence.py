"""What a series remembers: the known autocorrelations of AR(1) and of AR(1) seen through noise."""

import numpy as np
import pytest
from scipy.signal import lfilter
from statsmodels.tsa.arima_process import arma_acovf

from ops.drift.dependence import Dependence, dependence
from ops.values import FloatArray


def _ar(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    noise = rng.standard_normal(n + 100)
    found: FloatArray = lfilter([1.0], [1.0, -phi], noise)[100:] * np.sqrt(1.0 - phi**2)
    return found


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, 0.9])
def test_growth_and_curvature_are_sums_over_the_autocorrelation(phi: float) -> None:
    r = arma_acovf([1.0, -phi], [1.0], nobs=2000)
    r = r / r[0]
    lags = np.arange(1, 2000)
    of = Dependence(phi, phi, 2000)
    assert of.growth == pytest.approx(1.0 + 2.0 * r[1:].sum())
    assert of.curvature == pytest.approx(2.0 * np.sum(lags**2 * r[1:]) / of.growth)


def test_blocks_miss_no_more_than_their_deficit() -> None:
    phi, length = 0.6, Dependence(0.6, 0.6, 400).block_length(0.1)
    r = phi ** np.arange(1, length)
    inside = 1.0 + 2.0 * float(np.sum((1.0 - np.arange(1, length) / length) * r))
    assert 0.9 <= inside / 4.0 < 0.91


def test_memory_of_a_long_series_is_recovered() -> None:
    x = _ar(np.random.default_rng(1), 20_000, 0.6)
    found = dependence([x[:12_000], x[12_000:]])
    assert found.r1 == pytest.approx(0.6, abs=0.03)
    assert found.decay == pytest.approx(0.6, abs=0.03)


def test_memory_behind_the_noise_of_a_gauge_is_seen_by_its_slow_decay() -> None:
    rng = np.random.default_rng(2)
    x = _ar(rng, 20_000, 0.9) + rng.standard_normal(20_000)
    found = dependence([x])
    assert found.r1 == pytest.approx(0.45, abs=0.05)
    assert found.decay == pytest.approx(0.9, abs=0.05)


def test_a_step_between_windows_is_no_memory() -> None:
    rng = np.random.default_rng(3)
    found = dependence([rng.standard_normal(500), 50.0 + rng.standard_normal(500)])
    assert found.r1 < 0.1


@pytest.mark.parametrize("windows", [[np.zeros(0)], [np.full(50, 3.0)], [np.arange(5.0)]])
def test_too_few_or_equal_values_remember_nothing(windows: list[FloatArray]) -> None:
    assert dependence(windows).growth == 1.0


def test_negative_correlation_counts_as_none() -> None:
    assert dependence([np.tile([1.0, -1.0], 50)]).block_length(0.1) == 1
