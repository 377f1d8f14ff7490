"""Accuracy: cases worked out by hand, properties, and the trap of intermittent demand."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.forecast.accuracy import (
    bias,
    coverage,
    mase,
    naive_scale,
    pinball,
    rmsse,
    stock_service,
    value_added,
    wape,
)

HISTORY = np.array([3.0, 5.0, 4.0, 8.0])  # differences 2, -1, 4
ACTUAL, FORECAST = np.array([10.0, 6.0]), np.array([7.0, 7.0])  # errors 3, -1


def test_scaled_errors_by_hand() -> None:
    assert naive_scale(HISTORY) == 21 / 3
    assert rmsse(ACTUAL, FORECAST, HISTORY) == pytest.approx(sqrt((10 / 2) / 7))
    assert mase(ACTUAL, FORECAST, HISTORY) == pytest.approx((4 / 2) / (7 / 3))
    assert mase(ACTUAL, FORECAST, HISTORY, season=2) == pytest.approx(2 / ((1 + 3) / 2))


def test_shares_by_hand() -> None:
    assert wape(ACTUAL, FORECAST) == 4 / 16
    assert bias(ACTUAL, FORECAST) == -2 / 16
    assert pinball(ACTUAL, FORECAST, 0.9) == pytest.approx((0.9 * 3 + 0.1 * 1) / 2)
    assert coverage(ACTUAL, FORECAST, FORECAST + 3) == 0.5
    assert value_added(3.0, 4.0) == 0.25


def test_a_shelf_by_hand() -> None:
    found = stock_service(np.array([4.0, 0.0, 10.0]), np.array([5.0, 5.0, 5.0]))
    assert (found.cycle, found.fill, found.left) == (2 / 3, 9 / 14, 6 / 3)


def test_what_is_not_defined_is_nan() -> None:
    nothing = np.array([])
    assert np.isnan(wape(np.zeros(3), np.ones(3)))
    assert np.isnan(rmsse(ACTUAL, FORECAST, np.full(5, 2.0)))
    assert np.isnan(naive_scale(np.array([1.0])))
    assert np.isnan(coverage(nothing, nothing, nothing))
    assert np.isnan(stock_service(nothing, nothing).cycle)


def test_absolute_errors_reward_a_forecast_of_nothing_and_the_others_do_not() -> None:
    """Demand in every fourth period: the median is 0, the mean 2."""
    actual = np.tile([8.0, 0.0, 0.0, 0.0], 10)
    zero, mean = np.zeros(40), np.full(40, 2.0)
    assert wape(actual, zero) < wape(actual, mean)
    assert mase(actual, zero, actual) < mase(actual, mean, actual)
    assert rmsse(actual, mean, actual) < rmsse(actual, zero, actual)
    stocked = np.full(40, 8.0)
    assert pinball(actual, stocked, 0.95) < pinball(actual, zero, 0.95)
    assert stock_service(actual, zero).fill == 0.0
    assert stock_service(actual, stocked).fill == 1.0
    assert bias(actual, mean) == 0.0


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=50), st.floats(0.01, 0.99))
def test_the_empirical_quantile_has_the_least_pinball_loss(x: list[float], p: float) -> None:
    actual = np.array(x)
    best = np.quantile(actual, p, method="inverted_cdf")
    losses = [pinball(actual, np.full(actual.size, q), p) for q in actual]
    assert pinball(actual, np.full(actual.size, best), p) <= min(losses) * (1 + 1e-9) + 1e-9


@given(st.lists(st.floats(1, 1e5), min_size=4, max_size=30), st.floats(0.001, 1000))
def test_scaled_errors_survive_a_change_of_unit(x: list[float], unit: float) -> None:
    y = np.array(x)
    one = rmsse(y[2:], y[:-2], y), mase(y[2:], y[:-2], y), wape(y[2:], y[:-2])
    y = y * unit
    other = rmsse(y[2:], y[:-2], y), mase(y[2:], y[:-2], y), wape(y[2:], y[:-2])
    assert other == pytest.approx(one, rel=1e-6, nan_ok=True)
