"""Bounds: against a constrained search by another optimizer, and in what they may never do."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from scipy.optimize import brentq, minimize
from scipy.stats import norm

from ops.lifetime.accelerated.catalog import ARRHENIUS
from ops.lifetime.accelerated.constant import Constant, exactly
from ops.lifetime.accelerated.fit import AcceleratedFit, fit_accelerated
from ops.lifetime.accelerated.life_bound import (
    Bounded,
    Chance,
    constant_bounds,
    factor_of_fit,
    life_at_use,
    sigma_bounds,
)
from ops.lifetime.accelerated.target import log_life
from ops.lifetime.data import LifeData
from tests.ops.lifetime.accelerated.samples import DEGREES, arrhenius_lives, device, hot

USE = {"temperature": 25.0}


def chance(resamples: int = 0) -> Chance:
    return Chance(np.random.default_rng(5), resamples=resamples)


def life(fit: AcceleratedFit, p: float = 0.1, resamples: int = 0, **more: float) -> Bounded:
    return life_at_use(fit, USE, p, units=DEGREES, chance=chance(resamples), **more)


def ratio_bound(data: LifeData, p: float, wanted: float) -> float:
    """Lower bound of a lognormal quantile at use by a search of its own."""
    x = 1.0 / (8.617333262e-5 * (data.stresses["temperature"] + 273.15))
    x_use = 1.0 / (8.617333262e-5 * 298.15)
    t = np.log(data.lower)

    def loglik(theta: np.ndarray, y: float | None = None) -> float:
        slope, sigma = theta[0], exp(theta[1])
        mu = theta[2] + slope * x if y is None else y - norm.ppf(p) * sigma + slope * (x - x_use)
        z = (t - mu) / sigma
        each = np.where(data.exact, norm.logpdf(z) - theta[1] - t, norm.logsf(z))
        return -float(np.sum(data.weight * each))

    rough = {"method": "Nelder-Mead", "options": {"xatol": 1e-8, "fatol": 1e-10, "maxiter": 9000}}
    top = minimize(loglik, [0.6, 0.0, -13.0], **rough)
    centre = top.x[2] + top.x[0] * x_use + norm.ppf(p) * exp(top.x[1])

    def gap(y: float) -> float:
        held = minimize(lambda th: loglik(np.append(th, 0.0), y), top.x[:2], **rough)
        return 2 * (held.fun - top.fun) - wanted**2

    return exp(brentq(gap, centre - 2.0, centre - 1e-6, xtol=1e-5))


def test_the_lower_bound_is_that_of_another_search() -> None:
    data = device()
    found = life(fit_accelerated(data, ARRHENIUS, "lognormal"))
    assert found.lower_one_sided == pytest.approx(ratio_bound(data, 0.1, 1.644854), rel=1e-3)
    assert found.method == "likelihood ratio"
    assert not found.approximate


def test_bounds_lie_about_the_estimate() -> None:
    found = life(fit_accelerated(device(), ARRHENIUS, "weibull"))
    assert found.lower < found.lower_one_sided < found.estimate < found.upper
    wider = life(fit_accelerated(device(), ARRHENIUS, "weibull"), confidence=0.99)
    assert wider.lower < found.lower
    assert wider.upper > found.upper


def test_the_estimate_is_the_quantile_at_use() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "weibull")
    location = float(fit.location({"temperature": np.array([298.15])})[0])
    assert life(fit).estimate == pytest.approx(exp(location) * (-log(0.9)) ** fit.sigma)


def test_the_factor_between_equal_conditions_is_one() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "weibull")
    same = factor_of_fit(fit, USE, USE, units=DEGREES, chance=chance())
    assert (same.estimate, same.lower, same.upper) == (1.0, 1.0, 1.0)


def test_the_interval_of_a_factor_is_that_of_its_constant() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "lognormal")
    ea = constant_bounds(fit, "Ea", chance=chance())
    found = factor_of_fit(fit, USE, {"temperature": 80.0}, units=DEGREES, chance=chance())
    apart = (1 / 298.15 - 1 / 353.15) / 8.617333262e-5
    ends = [exp(e * apart) for e in (ea.lower, ea.estimate, ea.upper)]
    assert [found.lower, found.estimate, found.upper] == pytest.approx(ends, rel=1e-3)


def one_cell() -> LifeData:
    return device().take(device().stresses["temperature"] == 80.0)


def assumed(lower: float, upper: float) -> AcceleratedFit:
    ea = {"Ea": Constant(0.7, lower, upper, "a book")}
    return fit_accelerated(one_cell(), ARRHENIUS, "lognormal", assumed=ea)


def test_the_range_of_an_assumed_constant_widens_the_bounds() -> None:
    known, narrow, wide = (life(assumed(a, b)) for a, b in ((0.7, 0.7), (0.65, 0.75), (0.6, 0.8)))
    assert known.estimate == pytest.approx(wide.estimate)
    assert known.lower > narrow.lower > wide.lower
    assert known.upper < narrow.upper < wide.upper
    assert "mixed over the range of Ea (uniform)" in wide.method


def test_a_range_of_no_width_changes_nothing() -> None:
    known, hair = life(assumed(0.7, 0.7)), life(assumed(0.7 - 1e-7, 0.7 + 1e-7))
    assert hair.lower == pytest.approx(known.lower, rel=2e-3)
    assert hair.upper == pytest.approx(known.upper, rel=2e-3)


def test_a_mixture_is_that_of_independent_draws() -> None:
    # oracle: with one cell the constant only shifts; draw both parts and add them
    rng, fit = np.random.default_rng(8), assumed(0.6, 0.8)
    quantity = log_life(fit, 0.1, USE, DEGREES).quantity(fit)
    apart = (1 / 298.15 - 1 / 353.15) / 8.617333262e-5
    normal = rng.normal(0.0, quantity.error(fit.theta, fit.covariance), 200_000)
    drawn = quantity.at(fit.theta) + normal + apart * rng.uniform(-0.1, 0.1, 200_000)
    found = life(fit)
    assert log(found.lower_one_sided) == pytest.approx(np.quantile(drawn, 0.05), abs=0.1)


def test_a_factor_of_assumed_constants_has_their_range() -> None:
    found = factor_of_fit(
        assumed(0.6, 0.8), USE, {"temperature": 80.0}, units=DEGREES, chance=chance()
    )
    apart = (1 / 298.15 - 1 / 353.15) / 8.617333262e-5
    assert [found.lower, found.upper] == pytest.approx(
        [exp(apart * 0.605), exp(apart * 0.795)], rel=1e-2
    )


def test_few_failures_are_calibrated_or_called_approximate() -> None:
    plain, calibrated = life(assumed(0.7, 0.7)), life(assumed(0.7, 0.7), resamples=60)
    assert plain.approximate
    assert not calibrated.approximate
    assert "calibrated by 60 resamples" in calibrated.method
    assert calibrated.lower < plain.lower  # small samples are worse than the plain ratio says


def test_a_test_of_very_many_units_is_not_drawn_unit_by_unit() -> None:
    few = one_cell()
    many = replace(few, weight=np.where(few.right, 1e12, few.weight))
    fit = fit_accelerated(many, ARRHENIUS, "weibull", assumed={"Ea": exactly(0.7, "test")})
    found = life(fit, resamples=60)
    assert found.approximate
    assert found.method == "likelihood ratio"


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_lower_bound_covers() -> None:
    rng = np.random.default_rng(11)
    degrees = np.repeat([150.0, 175.0, 200.0], 8)
    truth = exp(-12.0 + 0.7 / (8.617333262e-5 * 298.15) + 0.5 * log(-log(0.9)))
    held = []
    for _ in range(200):
        lives = arrhenius_lives(rng, degrees)
        fit = fit_accelerated(hot(lives, degrees, end=float(np.quantile(lives, 0.5))), ARRHENIUS)
        bound = life_at_use(fit, USE, 0.1, units=DEGREES, chance=Chance(rng, resamples=100))
        held.append(bound.lower_one_sided < truth)
    assert np.mean(held) == pytest.approx(0.95, abs=0.045)


def test_bounds_do_not_depend_on_chance_with_many_failures() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "lognormal", assumed={"Ea": exactly(0.6, "x")})
    assert life(fit, resamples=50) == life(fit, resamples=0)


def test_the_interval_of_sigma_is_where_the_profile_says() -> None:
    fit = fit_accelerated(device(), ARRHENIUS, "lognormal")
    found = sigma_bounds(fit)
    surface = fit.surface()
    for end in (found.lower, found.upper):
        tau = log(end)
        held = minimize(
            lambda phi, at=tau: -surface.value(np.append(phi, at)),
            fit.theta[:-1],
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 5000},
        )
        assert 2 * (fit.loglik + held.fun) == pytest.approx(1.959964**2, rel=2e-3)
