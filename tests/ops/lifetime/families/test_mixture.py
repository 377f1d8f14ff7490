"""Mixtures: the best of many starts of another optimizer, order, units, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.families.latent_class import Classes, class_landscape, rows_of
from ops.lifetime.families.mixture import Mixture, fit_mixture
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.fit import NoMaximum, fit
from ops.lifetime.likelihood import loglik
from tests.strategies import few


def two_kinds(seed: int, n: int = 80, end: float = 800.0) -> LifeData:
    rng = np.random.default_rng(seed)
    t = np.concatenate([100 * rng.weibull(1.2, n // 3), 900 * rng.weibull(5.0, n - n // 3)])
    return failures_and_suspensions(t[t <= end], np.full(int((t > end).sum()), end))


def read_at(data: LifeData, edges: np.ndarray) -> LifeData:
    place = np.searchsorted(edges, data.lower)
    bounds = np.concatenate([[0.0], edges, [np.inf]])
    failed = data.failed & (place < edges.size)
    lower = np.where(failed, bounds[place], np.minimum(data.lower, edges[-1]))
    return life_data(lower, np.where(failed, bounds[place + 1], np.inf))


def best_of_scipy(data: LifeData, family: LogFamily, model: Mixture, starts: int = 6) -> float:
    """Highest end of another optimizer's climbs from starts spread around all of the data."""
    classes = Classes(family, model.mu.size)
    landscape = class_landscape(rows_of(data), classes)
    rng, floor = np.random.default_rng(0), np.log(0.05 * fit(data, family).sigma)
    m, ends = model.mu.size, []
    x = np.log(np.where(data.lower > 0, data.lower, data.upper))
    for _ in range(starts):
        start = np.concatenate(
            [rng.choice(x, m), rng.normal(-0.5, 0.5, m), rng.normal(0, 1, m - 1)]
        )
        with np.errstate(all="ignore"):
            end = minimize(lambda a: -landscape(a)[0], start, jac=lambda a: -landscape(a)[1],
                           method="BFGS", options={"gtol": 1e-7})  # fmt: skip
        if (end.x[m : 2 * m] > floor).all():
            ends.append(-end.fun)
    return max(ends)


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_start_of_another_optimizer_ends_higher(family: LogFamily, seed: int) -> None:
    data = two_kinds(seed)
    model = fit_mixture(data, family)
    assert model.loglik >= best_of_scipy(data, family, model) - 1e-6
    assert model.loglik == pytest.approx(loglik(data, model), rel=1e-12)
    assert model.loglik > model.single


def test_readouts_are_fitted_as_intervals() -> None:
    data = read_at(two_kinds(3, 150), np.arange(50.0, 801.0, 50.0))
    model = fit_mixture(data)
    assert model.loglik >= best_of_scipy(data, "weibull", model) - 1e-6
    assert model.loglik == pytest.approx(loglik(data, model), rel=1e-10)


def test_truncated_rows_are_fitted_given_that_they_are_seen() -> None:
    rows = two_kinds(4, 200)
    late = rows.take(rows.lower > 5.0)
    data = life_data(late.lower, late.upper, entry=np.full(late.lower.size, 5.0))
    model = fit_mixture(data)
    assert model.loglik >= best_of_scipy(data, "weibull", model) - 1e-6
    assert model.loglik == pytest.approx(loglik(data, model), rel=1e-10)


def test_three_components_stand_in_the_order_of_their_medians() -> None:
    rng = np.random.default_rng(5)
    data = life_data(np.concatenate([s * rng.weibull(4.0, 40) for s in (10.0, 300.0, 9000.0)]))
    model = fit_mixture(data, components=3)
    assert np.all(np.diff(model.mu) > 0)
    assert model.k == 8 == len(model.names)
    np.testing.assert_allclose(model.shares, 1 / 3, atol=0.05)
    assert model.agreed >= 2


@given(scale=st.sampled_from([1e-6, 0.3, 1e7]))
@few(3)
def test_a_change_of_unit_changes_the_unit_alone(scale: float) -> None:
    data = two_kinds(6)
    here = fit_mixture(data)
    there = fit_mixture(life_data(data.lower * scale, data.upper * scale))
    np.testing.assert_allclose(there.sigma, here.sigma, rtol=1e-5)
    np.testing.assert_allclose(there.mu - np.log(scale), here.mu, rtol=1e-5)


def test_a_row_of_weight_two_is_two_rows() -> None:
    data = two_kinds(7)
    twice = life_data(data.lower, data.upper, weight=np.full(data.lower.size, 2.0))
    each = data.take(np.repeat(np.arange(data.lower.size), 2))
    assert fit_mixture(twice).loglik == pytest.approx(fit_mixture(each).loglik, rel=1e-10)


def test_the_quantile_is_the_inverse_of_the_cdf() -> None:
    model = fit_mixture(two_kinds(8))
    p = np.array([1e-6, 0.01, 0.1, 0.5, 0.9, 0.999])
    np.testing.assert_allclose(model.cdf(model.quantile(p)), p, rtol=1e-9)
    assert model.quantile(np.array([0.0, 1.0])).tolist() == [0.0, np.inf]
    t = np.array([50.0, 700.0])
    slope = (model.cdf(t * 1.0001) - model.cdf(t / 1.0001)) / (t * (1.0001 - 1 / 1.0001))
    np.testing.assert_allclose(model.density(t), slope, rtol=1e-5)
    np.testing.assert_allclose(model.hazard(t), model.density(t) / (1 - model.cdf(t)), rtol=1e-9)


def test_draws_follow_the_model() -> None:
    model = fit_mixture(two_kinds(9))
    lives = model.simulate(np.random.default_rng(1), 20_000)
    for p in (0.1, 0.5, 0.9):
        assert np.mean(lives <= model.quantile(np.array([p]))) == pytest.approx(p, abs=0.011)


def test_a_component_that_shrinks_onto_one_time_is_refused_in_words() -> None:
    tied = life_data([100.0] * 3 + [101.0] * 3)
    with pytest.raises(NotEnoughData, match="shrank onto a few failures"):
        fit_mixture(tied)


def test_a_resolution_makes_exact_times_intervals() -> None:
    fine, none = fit_mixture(two_kinds(1), resolution=0.01), fit_mixture(two_kinds(1))
    np.testing.assert_allclose(fine.sigma, none.sigma, rtol=1e-3)
    with pytest.raises(BadData, match="resolution above 0"):
        fit_mixture(two_kinds(1), resolution=0.0)


def test_too_little_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="needs 6 failures, got 5"):
        fit_mixture(life_data([1.0, 2.0, 3.0, 4.0, 5.0]))
    with pytest.raises(BadData, match="2 to 5 components, not 1"):
        fit_mixture(two_kinds(1), components=1)
    with pytest.raises(NoMaximum):
        fit_mixture(life_data([3.0] * 9))
