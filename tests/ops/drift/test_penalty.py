"""Noise is estimated in spite of steps; correlated noise alone has few false steps."""

import numpy as np
import pytest

from ops.drift.changepoints import changepoints
from ops.drift.penalty import Cost, given_penalty, noise, stated_penalty
from ops.errors import BadData
from tests.ops.drift.partitioned import autoregression

FALSE = 0.05  # stated: at most, of series of 300 values without a step
SERIES = 150
ALLOWED = FALSE + 2 * np.sqrt(FALSE * (1 - FALSE) / SERIES)
NOISES = [(0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (0.6, 0.3), (0.6, -0.3)]


def _false_steps(cost: Cost, phi: float, theta: float, series: int = SERIES) -> float:
    rng = np.random.default_rng([int(100 * phi), int(100 + 100 * theta)])
    found = [
        changepoints(autoregression(rng, 300, phi, theta), cost=cost).starts.size > 1
        for _ in range(series)
    ]
    return float(np.mean(found))


@pytest.mark.parametrize(("phi", "theta"), NOISES)
@pytest.mark.parametrize("cost", ["mean", "robust"])
def test_noise_alone_has_few_false_steps(cost: Cost, phi: float, theta: float) -> None:
    assert _false_steps(cost, phi, theta) <= ALLOWED


@pytest.mark.parametrize(("phi", "theta"), NOISES)
@pytest.mark.parametrize("cost", ["autocorrelated", "line"])
def test_fewer_series_of_the_slower_costs_have_few_false_steps(
    cost: Cost, phi: float, theta: float
) -> None:
    assert _false_steps(cost, phi, theta, 60) <= FALSE + 2 * np.sqrt(FALSE * (1 - FALSE) / 60)


def test_without_the_long_run_most_series_have_false_steps() -> None:
    rng = np.random.default_rng(9)
    series = [autoregression(rng, 300, 0.6) for _ in range(60)]
    plain = [
        changepoints(y, penalty=3.0 * np.log(300) / (1 - 0.36)).starts.size > 1 for y in series
    ]
    assert np.mean(plain) > 0.4


def test_steps_hardly_touch_the_estimates() -> None:
    rng = np.random.default_rng(2)
    y = autoregression(rng, 2000, 0.5)
    stepped = y + 5.0 * (np.arange(2000) // 200 % 2)
    one, other = noise(y), noise(stepped)
    assert one.sigma == pytest.approx(1.0 / np.sqrt(0.75), rel=0.1)
    assert one.long_run == pytest.approx(4.0, rel=0.4)
    assert other.sigma == pytest.approx(one.sigma, rel=0.2)
    assert other.phi == pytest.approx(one.phi, abs=0.15)


def test_coarse_data_has_noise_though_most_neighbours_are_equal() -> None:
    y = np.round(np.random.default_rng(1).normal(size=500, scale=0.3))
    assert 0.05 < noise(y).sigma < 1.0


def test_the_rule_is_part_of_the_penalty() -> None:
    y = np.random.default_rng(1).normal(size=100)
    found = stated_penalty(y, "mean", noise(y))
    assert found.rule == "3 x long-run variance x log n"
    assert found.factor is not None
    assert found.variance is not None
    assert found.n == 100
    assert found.value == pytest.approx(found.factor * found.variance * np.log(100))
    assert given_penalty(2.0).rule == "given"
    with pytest.raises(BadData, match="penalty 0"):
        given_penalty(0.0)


def test_the_result_says_which_penalty_was_used() -> None:
    y = np.random.default_rng(1).normal(size=100)
    assert changepoints(y).penalty.rule.startswith("3 x long-run variance")
    assert changepoints(y, penalty=5.0).penalty.rule == "given"
    assert changepoints(y, cost="line").penalty.rule.endswith("about the lines x log n")
