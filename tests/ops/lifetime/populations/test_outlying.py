"""Populations that stand out: residuals add up, false findings stay rare."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import weibull_min

from ops.lifetime.data import LifeData, life_data
from ops.lifetime.fit import fit
from ops.lifetime.populations.hazard import Expected, expected_failures
from ops.lifetime.populations.outlying import Outlying, outlying


def _lots(
    rng: np.random.Generator, k: int, n: int, hazard: np.ndarray, end: float = 500.0
) -> tuple[LifeData, np.ndarray]:
    life = (1000.0 * hazard[:, None] ** -0.5 * rng.weibull(2.0, (k, n))).ravel()
    upper = np.where(life < end, life, np.inf)
    return life_data(np.minimum(life, end), upper), np.repeat(np.arange(k), n)


def _screened(data: LifeData, lot: np.ndarray, k: int) -> tuple[Expected, Outlying]:
    found = expected_failures(data, fit(data), lot, k)
    return found, outlying(found)


def test_expected_failures_add_up_to_those_seen() -> None:
    data, lot = _lots(np.random.default_rng(1), 40, 30, np.ones(40))
    found, _ = _screened(data, lot, 40)
    assert found.expected.sum() == pytest.approx(found.failures.sum())
    assert found.units.sum() == 1200


def test_a_failure_between_readouts_has_the_expectation_over_its_interval() -> None:
    data = life_data([200.0, 0.0, 300.0, 400.0], [350.0, 250.0, 300.0, np.inf])
    model = fit(data)
    law = weibull_min(1 / model.sigma, scale=np.exp(model.mu))
    found = expected_failures(data, model, np.arange(4), 4)
    mean, _ = quad(lambda t: law.pdf(t) * -law.logsf(t), 200.0, 350.0)
    assert found.expected[0] == pytest.approx(mean / (law.cdf(350) - law.cdf(200)), rel=1e-8)
    left, _ = quad(lambda t: law.pdf(t) * -law.logsf(t), 0.0, 250.0)
    assert found.expected[1] == pytest.approx(left / law.cdf(250), rel=1e-8)
    assert found.expected[2:] == pytest.approx(-law.logsf([300.0, 400.0]))


def test_false_findings_stay_rare_although_lots_differ_and_bad_ones_are_found() -> None:
    rng = np.random.default_rng(2)
    hits = false = 0
    for _ in range(12):
        hazard = rng.gamma(10.0, 0.1, 300)
        hazard[:6] *= 5.0
        _, screen = _screened(*_lots(rng, 300, 40, hazard), 300)
        hits += int(screen.worse[:6].sum())
        false += int(screen.worse[6:].sum() + screen.better.sum())
    assert hits >= 55  # of 72
    assert false / (hits + false) < 0.1 + 4 * (0.09 / (hits + false)) ** 0.5


def test_equal_lots_do_not_stand_out_and_their_spread_is_small() -> None:
    rng, out = np.random.default_rng(3), 0
    for _ in range(10):
        _, screen = _screened(*_lots(rng, 200, 20, np.ones(200)), 200)
        out += bool(screen.worse.any() or screen.better.any())
        assert screen.spread < 0.1
    assert out <= 4  # each with probability 0.1 at most


def test_a_lot_without_failures_takes_part() -> None:
    data, lot = _lots(np.random.default_rng(4), 30, 60, np.r_[0.001, np.ones(29)])
    found, screen = _screened(data, lot, 30)
    assert found.failures[0] == 0
    assert screen.better[0]
    assert screen.lower[0] == 0.0 < screen.upper[0] < 0.5
