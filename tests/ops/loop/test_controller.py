"""A controller that leaves noise alone, and takes out steps and drifts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from ops.errors import NotEnoughData
from ops.loop.controller import (
    Controller,
    controlled,
    dead_band,
    effect_of,
    successive_sigma,
    trend,
    weighted,
)


@pytest.mark.parametrize(("lambda_", "share"), [(0.1, 0.03), (0.2, 0.05), (0.4, 0.12)])
def test_noise_is_not_chased(lambda_: float, share: float) -> None:
    found = effect_of(Controller(lambda_), rng=np.random.default_rng(1))
    assert 0.0 <= found.inflation < share
    assert found.per_hundred < 1.0


def test_without_a_dead_band_noise_is_chased() -> None:
    noise = np.random.default_rng(1).normal(0, 1, (400, 300))
    errors, _ = controlled(noise, Controller(1.0, width=1e-9))
    assert errors[:, 10:].var() > 1.15  # after every fifth lot, with that lot's error
    kept, made = controlled(noise, Controller(0.2, width=1e9))
    assert np.array_equal(kept, noise)
    assert not made.any()


def test_a_step_is_removed_and_a_drift_followed() -> None:
    found = effect_of(Controller(), rng=np.random.default_rng(1))
    assert found.lots_to_remove <= 12
    assert found.lag < 1.5  # without a controller it would be 22 sigma
    errors, _ = controlled(np.random.default_rng(2).normal(2.0, 1.0, (300, 80)), Controller())
    assert abs(errors[:, 40:].mean()) < 0.1


def test_the_dead_band_follows_from_the_standard_error_and_the_gauge() -> None:
    errors = np.random.default_rng(2).normal(0, 1, 200)
    found = weighted(errors, 1.0, 0.2)
    assert found.error == pytest.approx((0.2 / 1.8) ** 0.5, rel=1e-6)  # lambda / (2 - lambda)
    assert dead_band(found, Controller()) == pytest.approx(1.0, rel=1e-6)
    wide = dead_band(found, Controller(), bias_uncertainty=0.5)
    assert wide == pytest.approx(3 * (1 / 9 + 0.25) ** 0.5, rel=1e-6)
    assert weighted(np.array([3.0]), 1.0, 0.2).error == 1.0


def test_sigma_from_differences_does_not_see_a_drift() -> None:
    rng = np.random.default_rng(4)
    series = [rng.normal(0, 1, 200) + np.linspace(0, 20, 200) for _ in range(3)]
    assert successive_sigma(series) == pytest.approx(1.0, rel=0.1)
    assert successive_sigma([np.ones(4), np.empty(0)]) == 0.0
    with pytest.raises(NotEnoughData, match="2 lots"):
        successive_sigma([np.ones(1)])


def test_a_trend_is_that_of_least_squares_with_newey_west() -> None:
    rng = np.random.default_rng(5)
    t = np.sort(rng.uniform(0, 28, 84))
    y = 0.25 * t + np.convolve(rng.normal(0, 0.2, 87), np.ones(4) / 2, "valid")
    fit = OLS(y, np.column_stack([np.ones_like(t), t])).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    found = trend(t, y)
    error = (found.slope.upper - found.slope.value) / 1.98932  # t, 82 degrees of freedom
    assert found.slope.value == pytest.approx(fit.params[1], rel=1e-9)
    assert error == pytest.approx(fit.bse[1], rel=1e-4)
    with pytest.raises(NotEnoughData, match="6 values"):
        trend(t[:5], y[:5])
    assert trend(np.arange(9.0), np.zeros(9)).p == 1.0


@given(a=st.floats(0.01, 100), sign=st.sampled_from([-1.0, 1.0]))
def test_a_weighted_mean_keeps_its_unit(a: float, sign: float) -> None:
    errors = np.random.default_rng(2).normal(1, 1, 20)
    one, other = weighted(errors, 1.0, 0.3), weighted(sign * a * errors, a, 0.3)
    assert other.mean == pytest.approx(sign * a * one.mean)
    assert other.error == pytest.approx(a * one.error)


def test_a_trend_is_rarely_seen_where_there_is_none() -> None:
    rng = np.random.default_rng(6)
    days = np.arange(18) / 3.0
    seen = sum(trend(days, rng.normal(0, 0.2, 18)).p <= 0.05 for _ in range(400))
    assert seen / 400 <= 0.075
