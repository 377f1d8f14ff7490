"""The reliance index and its threshold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats
from scipy.spatial.distance import mahalanobis

from ops.classify.metrology.reliance import agreement, by_third, choose_threshold, sharpness
from ops.classify.metrology.similarity import RIDGE, fit_similarity, similarity_from


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0.5, 20))
def test_agreement_is_the_overlap_of_two_normal_distributions(a: float, b: float, s: float) -> None:
    told = float(agreement(np.array([a]), np.array([b]), s)[0])
    assert 0.0 <= told <= 1.0
    assert told == pytest.approx(2.0 * stats.norm.cdf(-abs(a - b) / (2.0 * s)), abs=1e-12)


def test_overlap_is_the_integral_of_the_lesser_density() -> None:
    grid = np.linspace(-30.0, 30.0, 200_001)
    lesser = np.minimum(stats.norm.pdf(grid, 0.0, 2.0), stats.norm.pdf(grid, 3.0, 2.0))
    told = float(agreement(np.array([0.0]), np.array([3.0]), 2.0)[0])
    assert told == pytest.approx(integrate.trapezoid(lesser, grid), abs=1e-6)


def test_wider_intervals_are_relied_on_less() -> None:
    half = np.array([0.5, 1.0, 2.0, 8.0])
    assert sharpness(-half, half, 1.0).tolist() == [1.0, 1.0, 0.5, 0.125]


def test_distance_is_that_of_mahalanobis_with_a_ridge() -> None:
    x = np.random.default_rng(1).normal(size=(200, 4)) @ np.diag([1.0, 2.0, 0.5, 1.0])
    found = fit_similarity(x)
    assert found is not None
    cov = np.cov(x.T, bias=True)
    inverse = np.linalg.inv(cov + RIDGE * np.trace(cov) / 4 * np.eye(4))
    want = [mahalanobis(row, x.mean(axis=0), inverse) / 2.0 for row in x[:5]]
    np.testing.assert_allclose(found.distance(x[:5]), want)
    assert np.mean(found.nearness(x) == 1.0) == pytest.approx(0.99, abs=0.005)
    again = similarity_from(found.to_document())
    np.testing.assert_array_equal(again.nearness(3 * x), found.nearness(3 * x))


def test_an_unseen_combination_of_ordinary_values_is_far() -> None:
    z = np.random.default_rng(1).normal(size=(300, 1))
    x = np.hstack([z, z + 0.05 * np.random.default_rng(2).normal(size=(300, 1))])
    found = fit_similarity(x)
    assert found is not None
    assert found.nearness(np.array([[1.5, -1.5]]))[0] < 0.6
    assert found.nearness(np.array([[1.5, 1.5]]))[0] == 1.0


def test_too_few_rows_or_too_many_features_have_no_similarity() -> None:
    assert fit_similarity(np.ones((1, 2))) is None
    assert fit_similarity(np.ones((500, 401))) is None


def test_thirds_are_of_equal_size_and_rise() -> None:
    error = np.arange(9.0)[::-1]
    thirds = by_third(error, np.arange(9.0) / 9.0, error < 5)
    assert [t.rows for t in thirds] == [3, 3, 3]
    assert [t.mae for t in thirds] == [7.0, 4.0, 1.0]
    assert thirds[0].within.value == 0.0


def planted(rows: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Errors with a regime of blunders that has little reliance."""
    rng = np.random.default_rng(4)
    bad = np.arange(rows) % 8 == 0
    error = rng.normal(0.0, 1.0, rows) + np.where(bad, 12.0, 0.0)
    reliance = np.where(bad, rng.uniform(0.0, 0.2, rows), rng.uniform(0.3, 1.0, rows))
    return error, reliance, np.arange(rows) * 5 // rows


def test_a_planted_regime_of_blunders_is_measured() -> None:
    error, reliance, pieces = planted()
    found = choose_threshold(error, reliance, pieces, measure=0.1)
    assert found.reached
    assert 0.2 < found.least < 0.35
    assert np.abs(error[found.relied]).max() < 5.0
    assert np.abs(error[~found.relied]).max() > 8.0


def test_a_tolerance_is_kept_by_the_rows_relied_on() -> None:
    error, reliance, pieces = planted()
    found = choose_threshold(error, reliance, pieces, measure=0.1, tolerance=2.0, share=0.9)
    assert found.reached
    assert np.mean(np.abs(error[reliance >= found.least]) <= 2.0) >= 0.9


def test_a_tolerance_that_nothing_keeps_falls_back_to_the_share() -> None:
    error, reliance, pieces = planted()
    found = choose_threshold(error + 50.0, reliance, pieces, measure=0.25, tolerance=1.0)
    assert not found.reached
    assert found.least == pytest.approx(np.quantile(reliance, 0.25))
