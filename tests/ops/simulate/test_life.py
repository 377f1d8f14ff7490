"""Life tests hold the two modes that were planted, censored as they say."""

from dataclasses import replace

import numpy as np
import pytest

from ops.simulate.life import BOLTZMANN_EV, ZERO_C, LifeTestPlan, simulate_life_tests

PLAN = LifeTestPlan()
MANY = replace(PLAN, units=4000, end_h=1e7, readout_h=50.0, withdrawn=0.0)


def test_equal_seeds_give_equal_tests() -> None:
    first, again, other = (simulate_life_tests(PLAN, seed=s) for s in (7, 7, 8))
    assert np.array_equal(first.hours, again.hours)
    assert not np.array_equal(first.hours, other.hours)
    assert first.hours.size == 2 * 3 * 77


def test_censored_devices_say_until_when_they_were_good() -> None:
    tests = simulate_life_tests(PLAN, seed=7)
    alive = ~tests.failed
    assert np.all(tests.mode[alive] == 0)
    assert np.all(tests.mode[tests.failed] > 0)
    assert np.all(np.isinf(tests.seen_h[alive]))
    assert np.all(tests.last_good_h <= tests.hours)
    assert np.all(tests.hours[tests.failed] <= tests.seen_h[tests.failed])
    withdrawn = alive & (tests.hours < PLAN.end_h)
    assert 0 < withdrawn.mean() < 2 * PLAN.withdrawn
    assert 0.1 < tests.failed.mean() < 0.9


def _cell(mode: str, at: float) -> np.ndarray:
    """Lives of one mode alone, at a temperature: the other one never comes."""
    never = {"crack_median_h": 1e30} if mode == "lift" else {"lift_scale_h": 1e30}
    tests = simulate_life_tests(replace(MANY, end_h=1e9, **never), seed=7)
    return tests.hours[tests.temperature_c == at]


def test_ball_lift_is_weibull_with_its_shape_and_scale() -> None:
    log_life = np.log(_cell("lift", 175.0))
    n, shape = log_life.size, PLAN.lift_shape
    deviation = np.pi / np.sqrt(6) / shape  # of the logarithm, Gumbel
    assert log_life.std() == pytest.approx(deviation, rel=4 * np.sqrt(1.1 / n))
    mean = np.log(PLAN.lift_scale_h) - np.euler_gamma / shape
    assert log_life.mean() == pytest.approx(mean, abs=4 * deviation / np.sqrt(n))


def test_heel_crack_is_lognormal_with_its_median_and_sigma() -> None:
    log_life = np.log(_cell("crack", 175.0))
    n = log_life.size
    assert log_life.std() == pytest.approx(PLAN.crack_sigma, rel=4 / np.sqrt(2 * n))
    error = PLAN.crack_sigma / np.sqrt(n)
    assert log_life.mean() == pytest.approx(np.log(PLAN.crack_median_h), abs=4 * error)


@pytest.mark.parametrize(("mode", "ev"), [("lift", 0.9), ("crack", 0.35)])
def test_temperature_accelerates_as_arrhenius_says(mode: str, ev: float) -> None:
    cold, hot = np.log(_cell(mode, 150.0)), np.log(_cell(mode, 200.0))
    inverse = 1 / (150.0 + ZERO_C) - 1 / (200.0 + ZERO_C)
    error = np.sqrt(cold.var() / cold.size + hot.var() / hot.size) / inverse * BOLTZMANN_EV
    found = (cold.mean() - hot.mean()) / inverse * BOLTZMANN_EV
    assert found == pytest.approx(ev, abs=4 * error)


def test_the_mode_that_comes_first_is_the_one_that_is_seen() -> None:
    tests = simulate_life_tests(MANY, seed=7)
    hot, cold = (np.mean(tests.mode[tests.temperature_c == t] == 1) for t in (200.0, 150.0))
    assert hot > 0.8  # ball lift is accelerated more
    assert cold < hot
    assert tests.failed.all()
