"""The choice: the right method for a known process, honest intervals, ties to the simpler."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.forecast.backtest import backtest, origins
from ops.forecast.choice import Rules, forecast
from ops.forecast.interval import conformal, spread
from ops.forecast.method import Prediction
from ops.values import FloatArray

PLAIN = Rules(horizon=4, methods=("zero", "naive", "seasonal-naive", "mean"))


def season(n: int, sd: float, seed: int = 1) -> FloatArray:
    rng = np.random.default_rng(seed)
    return 100 + 40 * np.sin(np.arange(n) * np.pi / 6) + rng.normal(0, sd, n)


def test_a_season_is_seen_and_a_level_is_not_dressed_up() -> None:
    assert forecast(season(72, 3.0), Rules(6, 12, origins=2)).method in (
        "ets",
        "theta",
        "seasonal-naive",
    )
    level = np.random.default_rng(2).poisson(50, 80).astype(float)
    assert forecast(level, Rules(6)).method in ("mean", "ses")
    step = np.repeat([20.0, 90.0], 40) + np.random.default_rng(3).normal(0, 3, 80)
    assert forecast(step, Rules(3)).method in ("naive", "ses", "theta", "ets")


def test_rare_demand_is_never_forecast_as_nothing() -> None:
    rng = np.random.default_rng(4)
    y = np.where(rng.random(150) < 0.25, rng.poisson(5, 150) + 1.0, 0.0)
    found = forecast(np.trim_zeros(y, "f"), Rules(8))
    assert found.intermittence.is_rare
    zero = next(s for s in found.scores if s.method == "zero")
    assert zero.wape == 1.0 and zero.bias == -1.0  # noqa: PT018
    assert found.method != "zero"
    assert found.prediction.mean[0] == pytest.approx(1.5, abs=0.7)  # 0.25 * 6


def test_ties_go_to_the_simpler() -> None:
    assert forecast(np.full(40, 5.0), PLAIN).method == "naive"


def test_a_short_history_is_forecast_by_its_mean() -> None:
    found = forecast(np.array([4.0, 8.0]), PLAIN)
    assert (found.method, found.test) == ("mean", None)
    assert found.prediction.mean.tolist() == [6.0] * 4
    assert found.intervals.source == "spread"


def test_origins_know_only_their_past() -> None:
    y = np.arange(30.0)
    test = backtest("naive", y, origins(30, horizon=4, most=3), horizon=4)
    assert test is not None
    assert test.mean[:, 0].tolist() == [21, 23, 25]
    assert test.actual[-1].tolist() == [26, 27, 28, 29]
    assert test.rmsse == pytest.approx(np.sqrt(30 / 4))  # errors 1..4, naive differences 1
    assert origins(9, horizon=4, most=3) == ()


@settings(max_examples=50)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_quantiles_are_ordered_and_not_negative(y: list[int]) -> None:
    found = forecast(np.array(y, dtype=float), PLAIN)
    low, high, stock = found.intervals.quantiles.values()
    assert np.all(low >= 0)
    assert np.all(low <= high)
    assert np.all(high <= stock + 1e-9)
    assert np.all(np.isfinite(found.intervals.sd))


def test_a_conformal_quantile_is_the_order_statistic_of_its_rank() -> None:
    residual = np.arange(1.0, 20.0).reshape(19, 1)  # 19 residuals: rank ceil(20 p)
    assert conformal(residual, 0.9).tolist() == [18.0]
    assert conformal(residual, 0.05).tolist() == [1.0]
    few = conformal(residual[:3], 0.95)  # rank 4 of 3: the normal quantile is further out
    assert few[0] == pytest.approx(1.6448536 * np.sqrt(14 / 3))


def test_intervals_cover_what_they_say() -> None:
    """Of 150 seeded series the next four periods; the binomial error of 600 is 1.6 points."""
    inside = []
    for seed in range(150):
        y = np.random.default_rng(seed).poisson(40, 64).astype(float)
        low, high, _ = forecast(y[:60], PLAIN).intervals.quantiles.values()
        inside += list((low <= y[60:]) & (y[60:] <= high))
    assert np.mean(inside) == pytest.approx(0.8, abs=0.06)


@pytest.mark.parametrize("n", [2, 3, 6])
def test_limits_of_a_short_history_hold_the_next_value_as_often_as_they_say(n: int) -> None:
    rng = np.random.default_rng(n)
    drawn = rng.normal(100.0, 1.0, (4000, n + 1))
    inside = 0
    for y in drawn:
        mean = Prediction(np.array([y[:n].mean()]), {})
        ends = spread(mean, y[:n], (0.1, 0.9)).quantiles
        inside += int(ends[0.1][0] <= y[n] <= ends[0.9][0])
    assert inside / 4000 == pytest.approx(0.8, abs=0.03)


def test_one_period_is_not_forecast_as_if_it_were_certain() -> None:
    found = forecast(np.array([5.0]), Rules(2))
    assert found.intervals.sd == pytest.approx(5.0 * np.sqrt(2.0))
    assert found.intervals.quantiles[0.95][0] > 20.0
