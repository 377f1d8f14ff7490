"""Trend under noise that remembers: exact given the memory, and true to its level without it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.ar_trend import ar_trend
from ops.drift.ar_trend_kernel import fit_lines
from ops.drift.ar_trends import ar_trends
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray
from tests.ops.drift.noises import arma

NOISES = [(0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (0.6, -0.3), (0.6, 0.3)]


def _times(n: int, seed: int) -> FloatArray:
    return np.cumsum(np.random.default_rng(seed).exponential(0.2, n))


@pytest.mark.parametrize(("rate", "share"), [(1.0, 0.0), (0.3, 1.0), (2.0, 0.5), (0.01, 0.25)])
def test_a_line_given_the_noise_is_that_of_dense_matrices(rate: float, share: float) -> None:
    t = np.sort(np.random.default_rng(1).integers(0, 60, 40)).astype(float)  # with ties
    if share == 1.0:
        t = t + np.linspace(0.0, 0.5, 40)
    x, y = t - t.mean(), np.random.default_rng(2).normal(size=(40, 3))
    covariance = share * np.exp(-np.abs(t[:, None] - t) * rate) + (1.0 - share) * np.eye(40)
    covariance += 1e-8 * np.eye(40) * (share == 1.0)
    design = np.column_stack([np.ones(40), x])
    inverse = np.linalg.inv(covariance)
    information = design.T @ inverse @ design
    beta = np.linalg.solve(information, design.T @ inverse @ y)
    rest = y - design @ beta
    found = fit_lines(np.diff(t, prepend=t[0]), x, y, np.array([[rate, share]]))
    assert found[0][0] == pytest.approx(beta[0], rel=1e-6)
    assert found[1][0] == pytest.approx(beta[1], rel=1e-6)
    assert found[2][0] == pytest.approx(np.sum(rest * (inverse @ rest), axis=0), rel=1e-6)
    assert found[3][0] == pytest.approx(np.linalg.inv(information)[1, 1], rel=1e-6)
    log_det = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    assert found[4][0] == pytest.approx(log_det, rel=1e-6)


@pytest.mark.parametrize(("phi", "theta"), NOISES)
def test_it_finds_no_more_trends_than_promised(phi: float, theta: float) -> None:
    m = 1500
    found = ar_trends(np.arange(60.0), arma(60, m, phi, theta, 5))
    share = np.mean(found.exceeds() <= 0.05)
    assert share <= 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / m)
    assert np.sum(found.exceeds() <= 0.001) <= 6  # 1.5 are allowed on average


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("n", [60, 200, 1000])
@pytest.mark.parametrize(("phi", "theta"), NOISES)
def test_size_and_coverage_hold_for_all_lengths(n: int, phi: float, theta: float) -> None:
    m = 20_000 if n < 1000 else 4000
    t, y = np.arange(n) / 8.0, arma(n, m, phi, theta, 17)
    found = ar_trends(t, y)
    for level in (0.05, 0.001):
        allowed = level + 4.0 * np.sqrt(level / m)
        assert np.mean(found.exceeds() <= level) <= allowed
        assert np.mean(ar_trends(t, y + 0.3 * t[:, None]).exceeds(0.3) <= level) <= allowed
    inside = (found.bound(0.025) < 0.0) & (found.bound(0.975) > 0.0)
    assert 0.945 <= np.mean(inside) <= 0.99


def test_it_finds_the_trend_that_is_there() -> None:
    t = np.arange(400.0) / 4.0
    found = ar_trends(t, arma(400, 200, 0.5, 0.0, 6) + 0.05 * t[:, None])
    assert np.mean(found.exceeds() <= 0.05) > 0.9
    assert np.mean(found.slope) == pytest.approx(0.05, abs=0.003)
    assert np.mean(found.phi) == pytest.approx(0.5, abs=0.06)
    assert np.mean(found.sigma) == pytest.approx(1.0 / np.sqrt(0.75), abs=0.05)
    assert 400 / 5 < np.median(found.effective) < 400 / 2


def test_uneven_times_and_repeats_are_taken_as_they_are() -> None:
    t = _times(150, 1)
    t[50:60] = t[50]
    t[100:] += 30.0
    y = 0.2 * t + np.random.default_rng(3).normal(size=150)
    found = ar_trend(t, y)
    order = np.random.default_rng(4).permutation(150)
    mixed = ar_trend(t[order], y[order])
    assert found.lower < 0.2 < found.upper
    assert mixed.slope == pytest.approx(found.slope, rel=1e-9)
    assert found.intercept == pytest.approx(y.mean() - found.slope * t.mean(), abs=0.2)


@settings(max_examples=15)
@given(a=st.floats(0.1, 10.0), b=st.floats(-100.0, 100.0), c=st.floats(-3.0, 3.0))
def test_a_change_of_unit_and_an_added_line_are_followed(a: float, b: float, c: float) -> None:
    t = _times(30, 2)
    y = np.random.default_rng(5).normal(size=30)
    one, other = ar_trend(t, y), ar_trend(t, a * y + b + c * t)
    assert other.slope == pytest.approx(a * one.slope + c, rel=1e-7, abs=1e-7)
    assert other.upper == pytest.approx(a * one.upper + c, rel=1e-6, abs=1e-6)
    assert other.phi == pytest.approx(one.phi, rel=1e-6)


def test_the_interval_and_the_test_agree() -> None:
    t = np.arange(80.0)
    found = ar_trend(t, 0.03 * t + arma(80, 1, 0.4, 0.0, 8)[:, 0], confidence=0.9)
    assert found.exceeds(0.0) == found.p_value
    one_sided = float(found.noise.chance_below(found.lower)[0])
    assert one_sided == pytest.approx(0.05, abs=1e-9)
    margins = [found.exceeds(m) for m in (0.0, 0.01, 0.03, 0.1)]
    assert margins == sorted(margins)
    assert found.within(1.0) < 0.001 < found.within(abs(found.slope))
    assert 2.0 < found.df <= 78.0


def test_a_line_and_a_constant_come_back_as_they_are() -> None:
    line = ar_trend(np.arange(20.0), 5.0 - 0.1 * np.arange(20.0))
    assert (line.lower, line.upper) == pytest.approx((-0.1, -0.1))
    assert (line.p_value, line.exceeds(0.2), line.sigma) == (0.0, 1.0, 0.0)
    flat = ar_trend(np.arange(20.0), np.full(20, 4.0))
    assert (flat.slope, flat.p_value, flat.phi, flat.effective) == (0.0, 1.0, 0.0, 20.0)
    said = flat.evidence(margin=0.01)
    assert (said.present, said.absent, said.direction) == (False, True, 0)


def test_bad_points_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="8 values at 3 times, got 7 at 7"):
        ar_trend(np.arange(7.0), np.arange(7.0))
    with pytest.raises(NotEnoughData, match="got 10 at 2"):
        ar_trend(np.repeat([0.0, 1.0], 5), np.arange(10.0))
    with pytest.raises(BadData, match="not finite"):
        ar_trend(np.arange(9.0), np.full(9, np.nan))
