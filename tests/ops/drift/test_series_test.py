"""Tests of drift hold under autocorrelation, far in the tail, and find what is there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import lfilter
from scipy.stats import t as student

from ops.drift.low_frequency import LEAST, band, coordinates
from ops.drift.series_test import LEVEL, STEP, TREND, SeriesTests, series_tests, simes
from ops.errors import NotEnoughData
from ops.values import FloatArray


def noise(count: int, n: int, phi: float, theta: float = 0.0, seed: int = 1) -> FloatArray:
    """ARMA(1, 1) noise, marginal sigma 1."""
    rng = np.random.default_rng(seed)
    made = lfilter([1, theta], [1, -phi], rng.normal(size=(count, n + 100)), axis=1)[:, 100:]
    return made / np.sqrt((1 + 2 * phi * theta + theta**2) / (1 - phi**2))


def judged(y: FloatArray, margin: float = 0.0) -> SeriesTests:
    n = y.shape[1]
    return series_tests(coordinates(y), margin=np.full(y.shape[0], margin), split=n // 2)


@pytest.mark.parametrize(
    ("n", "phi", "theta"),
    [(100, 0.0, 0.0), (100, 0.6, 0.0), (300, 0.6, 0.3), (300, 0.6, -0.4), (1000, 0.6, 0.0)],
)
def test_size_is_kept_under_autocorrelation(n: int, phi: float, theta: float) -> None:
    count = 1_200_000 // n
    found = judged(noise(count, n, phi, theta))
    assert np.nanmean(found.p_value < 0.05, axis=0).max() < 0.075
    assert np.mean(found.combined < 1e-3) < 3e-3 + 2 * np.sqrt(1e-3 / count)


def test_a_mean_that_wanders_within_its_band_is_no_drift() -> None:
    n, band_width = 200, 1.0
    still = noise(3000, n, 0.3)
    step = np.where(np.arange(n) < n // 2, 0.0, band_width)
    for course in (step, np.linspace(0, band_width, n)):
        found = judged(still + course, band_width)
        assert np.mean(found.combined < 0.05) < 0.05


@pytest.mark.parametrize(("move", "size"), [(TREND, 3.5), (STEP, 2.5), (LEVEL, 2.5)])
def test_a_movement_is_found_with_its_kind_sign_size_and_begin(move: int, size: float) -> None:
    n, begin = 400, 200
    point = np.arange(n)
    ramp = np.clip((point - begin) / (n - 1 - begin), 0, 1)
    course = ramp if move == TREND else (point >= begin).astype(float)
    found = judged(noise(200, n, 0.6) - size * course, 0.3)
    assert np.mean(found.combined < 1e-5) > 0.95
    if move == TREND:
        assert np.mean(found.strongest() == TREND) > 0.9
    else:  # the step that is looked for and the level at the same place say one thing
        assert np.mean(found.strongest() == TREND) < 0.05
    assert np.median(found.size[:, move]) == pytest.approx(-size, rel=0.1)
    assert np.median(found.begin[:, move]) == pytest.approx(begin, abs=0.05 * n)


def test_intervals_of_a_level_cover() -> None:
    n = 300
    course = np.where(np.arange(n) < n // 2, 0.0, 1.0)
    found = judged(noise(3000, n, 0.6) + course)
    covered = (found.lower[:, LEVEL] < 1.0) & (found.upper[:, LEVEL] > 1.0)
    assert 0.93 < covered.mean() < 0.985


def test_a_level_in_white_noise_is_student_with_the_coordinates_as_degrees() -> None:
    rng = np.random.default_rng(3)
    c = rng.normal(size=(20_000, band(64).size))
    at = coordinates(np.zeros((1, 64)))
    white = type(at)(n=64, c=c, memory=np.zeros(20_000, dtype=np.int64))
    p = series_tests(white, margin=np.zeros(20_000), split=32).p_value[:, LEVEL]
    grid = np.array([0.001, 0.01, 0.1, 0.5])
    assert [np.mean(p <= q) for q in grid] == pytest.approx(grid, abs=0.008)
    assert student(band(64).size - 1).sf(0) == 0.5


@settings(max_examples=30, deadline=None)
@given(scale=st.floats(0.01, 100), shift=st.floats(-1e3, 1e3), seed=st.integers(0, 99))
def test_a_change_of_unit_changes_no_p_value(scale: float, shift: float, seed: int) -> None:
    y = noise(2, 80, 0.3, seed=seed)
    here, there = judged(y, 0.2), judged(scale * y + shift, 0.2 * scale)
    assert there.combined == pytest.approx(here.combined, rel=1e-5, abs=1e-12)
    assert there.size == pytest.approx(scale * here.size, rel=1e-5, abs=1e-9 * scale)


def test_a_constant_series_has_not_moved() -> None:
    found = judged(np.full((1, 50), 7.0))
    assert found.combined.tolist() == [1.0]
    assert np.all(np.isfinite(found.size))


def test_without_a_split_no_level_is_compared() -> None:
    found = series_tests(coordinates(noise(3, 50, 0.0)), margin=np.zeros(3))
    assert np.isnan(found.p_value[:, LEVEL]).all()


def test_too_few_points_say_so() -> None:
    with pytest.raises(NotEnoughData, match=f"{LEAST} points, got 15"):
        coordinates(np.zeros((1, 15)))


def test_simes_is_the_smallest_scaled_rank() -> None:
    assert simes(np.array([[0.01, 0.02, 0.03], [np.nan, np.nan, np.nan]])).tolist() == [0.03, 1.0]
