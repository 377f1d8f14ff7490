"""Means of windows: their errors cover under memory, and in lots."""

import numpy as np
import pytest
from scipy.signal import lfilter
from scipy.special import stdtrit

from ops.drift.dependence import INDEPENDENT, Dependence, dependence
from ops.drift.window_mean import WindowMean, cosines, window_mean
from ops.drift.window_spread import window_spread
from ops.values import FloatArray


def _ar(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    noise = rng.standard_normal(n + 100)
    found: FloatArray = lfilter([1.0], [1.0, -phi], noise)[100:] * np.sqrt(1.0 - phi**2)
    return found


def _covers(found: WindowMean, truth: float) -> bool:
    if found.error is None:
        return True  # said to be unknown
    return abs(found.value - truth) <= float(stdtrit(found.df, 0.975)) * found.error


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("n", [60, 300])
def test_intervals_of_means_cover_under_memory(phi: float, n: int) -> None:
    rng = np.random.default_rng(1)
    covered = np.mean(
        [
            _covers(window_mean(x, dependence([x])), 0.0)
            for x in (_ar(rng, n, phi) for _ in range(400))
        ]
    )
    assert 0.90 <= covered <= 0.985


def test_intervals_of_means_cover_in_lots_of_unequal_size() -> None:
    rng = np.random.default_rng(2)
    covered = list[bool]()
    for _ in range(400):
        lot = np.repeat(np.arange(12), rng.integers(5, 15, 12))
        x = rng.standard_normal(12)[lot] + rng.standard_normal(lot.size)
        covered.append(_covers(window_mean(x, INDEPENDENT, lot), 0.0))
    assert 0.92 <= np.mean(covered) <= 0.985


def test_equal_lots_give_the_error_of_the_mean_of_lot_means() -> None:
    rng = np.random.default_rng(3)
    lot = np.repeat(np.arange(8), 6)
    x = rng.standard_normal(8)[lot] + rng.standard_normal(48)
    means = x.reshape(8, 6).mean(axis=1)
    found = window_mean(x, INDEPENDENT, lot)
    assert found.error == pytest.approx(means.std(ddof=1) / np.sqrt(8))
    assert found.df == pytest.approx(7)


def test_a_window_shorter_than_its_memory_has_no_error() -> None:
    found = window_mean(np.arange(10.0), Dependence(0.9, 0.97, 10))
    assert found.error is None
    assert found.effective is None
    assert cosines(10, Dependence(0.9, 0.97, 10)) == 0


def test_one_lot_has_no_error() -> None:
    assert window_mean(np.arange(10.0), INDEPENDENT, np.zeros(10, dtype=np.int64)).error is None


def test_equal_values_have_no_spread() -> None:
    found = window_spread(np.full(30, 2.0), INDEPENDENT)
    assert found.sd == 0.0
    assert found.log_variance is None


@pytest.mark.parametrize("heavy", [False, True])
def test_intervals_of_spreads_cover_whatever_the_tails(heavy: bool) -> None:
    rng = np.random.default_rng(4)
    covered = list[bool]()
    for _ in range(300):
        x = rng.standard_t(8, 300) if heavy else rng.standard_normal(300)
        at = window_spread(x, dependence([x])).log_variance
        assert at is not None
        covered.append(_covers(at, np.log(8 / 6) if heavy else 0.0))
    assert 0.90 <= np.mean(covered) <= 0.985


def test_intervals_of_spreads_cover_in_lots() -> None:
    rng = np.random.default_rng(5)
    covered = list[bool]()
    for _ in range(300):
        lot = np.repeat(np.arange(20), 8)
        x = (rng.standard_normal(20)[lot] + rng.standard_normal(160)) / np.sqrt(2)
        at = window_spread(x, INDEPENDENT, lot).log_variance
        assert at is not None
        covered.append(_covers(at, 0.0))
    assert 0.89 <= np.mean(covered) <= 0.985


def test_the_spread_gives_back_what_memory_took() -> None:
    rng = np.random.default_rng(6)
    squares = [
        window_spread(x, Dependence(0.6, 0.6, 100)).sd ** 2
        for x in (_ar(rng, 100, 0.6) for _ in range(400))
    ]
    assert np.mean(squares) == pytest.approx(1.0, abs=0.04)
