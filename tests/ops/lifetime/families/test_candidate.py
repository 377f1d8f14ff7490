import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.candidate import CANDIDATES, DIRECT
from ops.lifetime.likelihood import loglik
from tests.strategies import few


def lives(seed: int, n: int = 40, end: float = 130.0) -> LifeData:
    rng = np.random.default_rng(seed)
    times = np.round(20 + 80 * rng.weibull(1.8, n), 1)
    return life_data(np.minimum(times, end), np.where(times > end, np.inf, times))


def mixed() -> LifeData:
    """Every kind of row: exact, right, left, interval, truncated on either side, weighted."""
    data = lives(1, 30)
    lower = np.append(data.lower, [0.0, 60.0, 80.0, 75.0, 90.0])
    upper = np.append(data.upper, [70.0, 75.0, 100.0, 75.0, 90.0])
    entry = np.append(np.zeros(30), [0.0, 0.0, 30.0, 40.0, 0.0])
    end = np.append(np.full(30, np.inf), [np.inf, np.inf, np.inf, np.inf, 110.0])
    weight = np.append(np.ones(30), [1.0, 2.0, 1.5, 1.0, 2.0])
    return life_data(lower, upper, weight=weight, entry=entry, exit=end)


@pytest.mark.parametrize("name", DIRECT)
def test_the_log_likelihood_is_that_of_the_times(name: str) -> None:
    """Every kind of row, scored again by code that shares nothing with the fit."""
    data = mixed()
    found = CANDIDATES[name].fit(data)
    assert not any("readings" in note for note in found.notes)
    assert found.loglik == pytest.approx(loglik(data, found), abs=1e-8)


@pytest.mark.parametrize("name", DIRECT)
def test_parameters_are_those_that_were_declared(name: str) -> None:
    candidate, found = CANDIDATES[name], CANDIDATES[name].fit(lives(1))
    assert set(found.parameters) == set(candidate.units)
    assert found.k == candidate.k == len(found.names)
    assert found.covariance.shape == (found.k, found.k)
    assert found.family == name
    assert candidate.words


@pytest.mark.parametrize("name", DIRECT)
def test_quantile_share_and_density_agree(name: str) -> None:
    found = CANDIDATES[name].fit(lives(2))
    p = np.array([0.01, 0.1, 0.5, 0.9])
    t = found.quantile(p)
    step = 1e-4 * t
    slope = (found.cdf(t + step) - found.cdf(t - step)) / (2 * step)
    assert_allclose(found.cdf(t[t > 0]), p[t > 0], rtol=1e-7)
    assert_allclose(found.cdf(t) + found.survival(t), 1.0, rtol=1e-12)
    assert_allclose(found.density(t)[t > 0], slope[t > 0], rtol=1e-5)
    assert_allclose(found.hazard(t), found.density(t) / found.survival(t))


@few(15)
@given(st.integers(0, 30), st.sampled_from([1e-6, 0.5, 10.0, 1e6]))
def test_a_change_of_unit_changes_nothing_but_the_unit(seed: int, scale: float) -> None:
    data = lives(seed, 25)
    moved = life_data(data.lower * scale, data.upper * scale, weight=data.weight)
    for name in ("gamma", "generalized_gamma", "weibull_3p", "lognormal_3p", "exponential"):
        try:
            there = CANDIDATES[name].fit(moved)
        except NotEnoughData:
            with pytest.raises(NotEnoughData):
                CANDIDATES[name].fit(data)
            continue
        here = CANDIDATES[name].fit(data)
        assert there.loglik == pytest.approx(
            here.loglik - data.failures * np.log(scale), rel=1e-8, abs=1e-6
        ), name
        assert there.quantile(np.array([0.1]))[0] == pytest.approx(
            scale * here.quantile(np.array([0.1]))[0], rel=1e-3
        ), name


@pytest.mark.parametrize("name", sorted(set(CANDIDATES) - {"exponential"}))
def test_no_failure_is_told_not_computed(name: str) -> None:
    with pytest.raises(NotEnoughData):
        CANDIDATES[name].fit(life_data([5.0, 7.0], [np.inf, np.inf]))


@pytest.mark.parametrize("name", DIRECT)
def test_an_interval_holds_its_life(name: str) -> None:
    found = CANDIDATES[name].fit(lives(3))
    life = float(found.quantile(np.array([0.1]))[0])
    lower, upper = found.interval(0.1)
    narrow = found.interval(0.1, confidence=0.5)
    assert lower <= narrow[0] <= life <= narrow[1] <= upper


def test_the_interval_of_an_exponential_life_is_the_known_one() -> None:
    found = CANDIDATES["exponential"].fit(life_data([10.0, 20.0, 30.0, 40.0]))
    assert found.parameters["mean"] == pytest.approx(25.0)
    lower, upper = found.interval(0.5)
    assert np.log(upper / lower) == pytest.approx(2 * 1.959964 / np.sqrt(4), rel=1e-4)


def test_a_latent_candidate_says_its_share() -> None:
    rng = np.random.default_rng(5)
    times = 50 * rng.weibull(1.5, 60)
    data = life_data(np.append(times, [500.0] * 200), np.append(times, [np.inf] * 200))
    found = CANDIDATES["defective_weibull"].fit(data)
    assert found.parameters["p"] == pytest.approx(60 / 260, abs=0.01)
    assert found.loglik == pytest.approx(loglik(data, found), abs=1e-8)
    assert found.quantile(np.array([0.5]))[0] == np.inf
    assert found.interval(0.1)[0] < found.quantile(np.array([0.1]))[0] < found.interval(0.1)[1]
