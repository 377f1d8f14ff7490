"""Paths of degradation: least squares of each unit, pseudo lives, and the population's life."""

import numpy as np
import pytest

from ops.errors import BadData, NotEnoughData
from ops.lifetime.degradation.data import DegradationData, degradation_data
from ops.lifetime.degradation.one_unit import unit_forecast
from ops.lifetime.degradation.path_life import path_life
from ops.lifetime.degradation.paths import best_path, fit_paths

AGES = np.arange(100.0, 1001.0, 100.0)


def _drawn(units: int, seed: int = 1) -> DegradationData:
    rng = np.random.default_rng(seed)
    slopes = np.exp(rng.normal(-4.6, 0.2, units))
    noise = rng.normal(0, 0.05, (units, AGES.size))
    read = slopes[:, None] * AGES + noise
    return degradation_data({f"U{k}": (AGES.tolist(), row.tolist()) for k, row in enumerate(read)})


def test_each_line_is_that_of_least_squares() -> None:
    data = _drawn(5)
    found = fit_paths(data, 20.0)
    for at in range(5):
        rows = data.item == at
        slope, intercept = np.polyfit(data.time[rows], data.value[rows], 1)
        assert (found.slope[at], found.intercept[at]) == pytest.approx((slope, intercept))
        assert found.life[at] == pytest.approx((20.0 - intercept) / slope)
    assert found.extrapolated.all()


def test_the_path_that_made_the_readings_is_chosen() -> None:
    rng = np.random.default_rng(2)
    shapes = {
        "linear": lambda t: 0.01 * t,
        "square-root": lambda t: 0.3 * np.sqrt(t),
        "exponential": lambda t: np.exp(0.003 * t),
    }
    for name, shape in shapes.items():
        noise = 0.01 * shape(AGES) if name == "exponential" else 0.02  # it is even on the scale
        rows = [shape(AGES) * (1 + 0.1 * k) + noise * rng.normal(size=10) for k in range(6)]
        data = degradation_data(
            {f"U{k}": (AGES.tolist(), row.tolist()) for k, row in enumerate(rows)}
        )
        assert best_path(data, 60.0).path == name


def test_the_population_s_life_holds_the_share_of_lines_that_have_met_the_limit() -> None:
    rng = np.random.default_rng(3)
    slopes = rng.normal(0.01, 0.001, 400)
    data = degradation_data({
        f"U{k}": (AGES.tolist(), (s * AGES + rng.normal(0, 0.2, 10)).tolist())
        for k, s in enumerate(slopes)
    })  # fmt: skip
    found = fit_paths(data, 20.0)
    for t in (1700.0, 2000.0, 2300.0):
        assert float(found.cdf(np.array([t]))[0]) == pytest.approx(
            np.mean(slopes * t > 20), abs=0.05
        )


def test_units_that_move_away_are_censored_and_not_dropped() -> None:
    data = degradation_data({
        "ok": ([0.0, 100, 200, 300], [0.0, 1.0, 2.1, 3.0]),
        "back": ([0.0, 100, 200, 300], [1.0, 0.9, 0.7, 0.6]),
    })  # fmt: skip
    lives = fit_paths(data, 10.0).lives("h")
    assert lives.right.tolist() == [False, True]
    assert lives.lower[1] == 300.0


def test_logarithms_of_what_is_not_above_zero_and_short_records_are_refused() -> None:
    data = degradation_data({"a": ([0.0, 1.0, 2.0, 3.0], [-1.0, 0.0, 1.0, 2.0])})
    with pytest.raises(BadData, match="takes logarithms"):
        fit_paths(data, 5.0, "exponential")
    with pytest.raises(NotEnoughData, match="3 readings"):
        fit_paths(degradation_data({"a": ([0.0, 1.0], [0.0, 1.0])}), 5.0)


def test_one_unit_is_forecast_as_any_drifting_characteristic() -> None:
    rng = np.random.default_rng(4)
    t = np.arange(60.0)
    data = degradation_data(
        {"a": (t.tolist(), (0.1 * t + rng.normal(0, 0.2, 60)).tolist())}, unit="d"
    )
    found = unit_forecast(data, "a", 10.0, horizon=120.0, rng=rng)
    mean = found.of("mean")
    assert mean is not None
    assert mean.median == pytest.approx(41.0, abs=6.0)


def test_the_bound_of_a_population_s_life_covers_about_as_often_as_it_says() -> None:
    rng, tries, covered = np.random.default_rng(7), 120, 0
    truth = 20.0 / (0.01 + 0.001 * 1.2815515655446004)  # 10 % of slopes are steeper
    for _ in range(tries):
        slopes = rng.normal(0.01, 0.001, 25)
        noise = rng.normal(0, 0.1, (25, AGES.size))
        rows = zip(range(25), slopes[:, None] * AGES + noise, strict=True)
        data = degradation_data({f"U{k}": (AGES.tolist(), row.tolist()) for k, row in rows})
        life = path_life(fit_paths(data, 20.0), 0.1, rng=rng)
        assert life.lower_one_sided is not None
        covered += life.lower_one_sided <= truth
    assert abs(covered / tries - 0.95) < 0.11  # a percentile bootstrap of 25 units
