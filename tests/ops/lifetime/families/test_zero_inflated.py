"""Dead on arrival: counted zeros, zeros that may hide behind a first readout, exact limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from ops.errors import BadData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.families.defective import fit_defective
from ops.lifetime.families.zero_inflated import dead_share, fit_zero_inflated, zeros_loglik
from ops.lifetime.fit import NoMaximum, fit
from ops.lifetime.likelihood import loglik
from tests.strategies import few


def _lives(seed: int = 1, n: int = 60) -> LifeData:
    t = 500.0 * np.random.default_rng(seed).weibull(1.5, n)
    return failures_and_suspensions(t[t < 600], np.full(int((t >= 600).sum()), 600.0))


@given(dead=st.integers(0, 40), more=st.integers(0, 40), confidence=st.sampled_from([0.8, 0.95]))
@few(30)
def test_limits_are_those_of_clopper_and_pearson(dead: int, more: int, confidence: float) -> None:
    units = max(dead + more, 1)
    found = dead_share(dead, units, confidence=confidence)
    exact = binomtest(dead, units).proportion_ci(confidence)
    one_sided = binomtest(dead, units, alternative="less").proportion_ci(confidence)
    assert found.lower == pytest.approx(exact.low, abs=1e-12)
    assert found.upper == pytest.approx(exact.high, abs=1e-12)
    assert found.upper_one_sided == pytest.approx(one_sided.high, abs=1e-12)


def test_counted_zeros_part_from_the_life_of_the_others() -> None:
    data = _lives()
    model, alone = fit_zero_inflated(data, 5), fit(data)
    assert model.dead == pytest.approx(5 / 65, rel=1e-12)
    assert model.parameters["eta"] == pytest.approx(alone.parameters["eta"], rel=1e-9)
    apart = 5 * np.log(5 / 65) + 60 * np.log(60 / 65) + alone.loglik
    assert model.loglik == pytest.approx(apart, rel=1e-12)
    assert model.loglik == pytest.approx(zeros_loglik(5, model) + loglik(data, model), rel=1e-12)
    assert (model.units, model.k, model.zeros) == (65.0, 3, 5)
    np.testing.assert_allclose(model.covariance[:2, :2], alone.covariance, rtol=1e-6, atol=1e-12)


def test_a_share_of_the_others_may_fail() -> None:
    rng = np.random.default_rng(2)
    t = np.where(rng.uniform(size=120) < 0.5, 500.0 * rng.weibull(1.5, 120), np.inf)
    data = failures_and_suspensions(t[t < 2000], np.full(int((t >= 2000).sum()), 2000.0))
    model, rest = fit_zero_inflated(data, 8, defective=True), fit_defective(data)
    assert model.dead == pytest.approx(8 / 128, rel=1e-9)
    assert model.parameters["p"] == pytest.approx(rest.share * 120 / 128, rel=1e-6)
    assert model.immortal == pytest.approx(1 - model.dead - model.shares[0], abs=1e-12)
    apart = 8 * np.log(8 / 128) + 120 * np.log(120 / 128) + rest.loglik
    assert model.loglik == pytest.approx(apart, rel=1e-10)


def test_no_zeros_is_the_life_alone_and_still_bounded() -> None:
    model = fit_zero_inflated(_lives(), 0)
    assert model.dead == 0.0
    assert model.loglik == fit(_lives()).loglik
    assert 0 < model.dead_share().upper_one_sided == pytest.approx(1 - 0.05 ** (1 / 60))


def test_a_first_readout_may_hide_dead_units() -> None:
    rows = life_data(
        [0.0, 100.0, 300.0, 500.0, 700.0], [100.0, 300.0, 500.0, 700.0, np.inf],
        weight=[14, 6, 12, 14, 30],
    )  # fmt: skip
    model = fit_zero_inflated(rows, 2)
    grid = [fit_zero_inflated(rows, 2).loglik]
    assert model.dead > 2 / 78
    assert model.unclear == 14
    bound = model.dead_share()
    assert bound.lower < 2 / 78
    assert bound.upper > model.dead
    assert model.loglik == pytest.approx(zeros_loglik(2, model) + loglik(rows, model), rel=1e-10)
    assert grid[0] >= model.loglik
    hidden = fit_zero_inflated(rows, 0)
    assert hidden.dead > 0
    assert hidden.loglik > fit(rows).loglik


def test_the_dead_fail_first() -> None:
    model = fit_zero_inflated(_lives(), 6)
    assert model.quantile(np.array([0.01])).tolist() == [0.0]
    assert model.survival(np.array([0.0]))[0] == pytest.approx(60 / 66)
    lives = model.simulate(np.random.default_rng(3), 20_000)
    assert np.mean(lives == 0) == pytest.approx(6 / 66, abs=0.008)
    p = np.array([0.2, 0.7])
    np.testing.assert_allclose(model.cdf(model.quantile(p)), p, rtol=1e-9)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadData, match="-1 units cannot be dead"):
        fit_zero_inflated(_lives(), -1)
    with pytest.raises(BadData, match="truncated data hold no unit"):
        fit_zero_inflated(life_data([5.0, 6.0], entry=[1.0, 1.0]), 1)
    with pytest.raises(BadData, match="of 0 units"):
        dead_share(0, 0)
    with pytest.raises(NoMaximum):
        fit_zero_inflated(failures_and_suspensions([], [5.0, 6.0]), 3)
