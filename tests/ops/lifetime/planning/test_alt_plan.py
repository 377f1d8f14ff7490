"""Accelerated plans: a published optimum, simulation of an exact estimator, what is refused."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from ops.errors import BadData
from ops.lifetime.data import life_data
from ops.lifetime.planning.alt_design import Design, design_plan
from ops.lifetime.planning.alt_model import AltModel, StressRange, alt_model
from ops.lifetime.planning.alt_plan import (
    AltAim,
    evaluate,
    units_for_factor,
    variance_at_use,
    whole,
)
from ops.lifetime.regression import regress
from ops.validation.published import entry

AIM = AltAim(p=0.1, duration=1000.0)
MODEL = alt_model(0.9, (40.0,), sigma=0.6, duration=1000.0)
TWO = alt_model(0.9, (10.0, 4.0), sigma=0.6, duration=1000.0)


def adhesive() -> tuple[AltModel, StressRange, AltAim, int]:
    given = entry("life_planning", "adhesive_bond_optimum_plan")["inputs"]
    scale = given["slope_per_inverse_kelvin"] * given["inverse_boltzmann"]
    use, high = (given["intercept"] + scale / (c + 273.15) for c in (50, 120))
    model = AltModel(use, (high - use,), given["sigma"])
    return model, StressRange("T", "degC", 50, 120), AltAim(0.1, 183.0), given["units"]


def test_the_published_optimum_is_found() -> None:
    published = entry("life_planning", "adhesive_bond_optimum_plan")["expected"]
    model, stress, aim, units = adhesive()
    plan = design_plan(model, units, aim, "optimum")
    assert plan.units.tolist() == published["units"]
    assert stress.level(plan.places[0, 0]) == pytest.approx(published["low_c"], abs=0.5)
    assert stress.level(plan.places[1, 0]) == pytest.approx(120.0)
    # planning values: 0.1 % fail at use and 90 % at the highest level by 183 days
    ends = model.failing(np.array([[0.0], [1.0]]), 183.0)
    assert ends == pytest.approx([0.001, 0.9], rel=0.01)


def test_the_optimum_is_that_of_another_optimiser() -> None:
    def cost(x: np.ndarray) -> float:
        places = np.array([[[x[0]], [1.0]]])
        return float(variance_at_use(MODEL, places, np.array([[x[1], 1 - x[1]]]), AIM)[0])

    other = optimize.minimize(cost, [0.5, 0.7], bounds=[(0, 0.95), (0.05, 0.95)])
    plan = design_plan(MODEL, 10_000, AIM, "optimum")
    assert plan.places[0, 0] == pytest.approx(other.x[0], abs=2e-3)
    assert plan.units[0] / 10_000 == pytest.approx(other.x[1], abs=2e-3)
    assert plan.standard_error**2 * 10_000 == pytest.approx(other.fun, rel=1e-5)


def test_the_compromise_has_four_two_one_at_three_levels_and_costs_little() -> None:
    best = design_plan(MODEL, 700, AIM, "optimum")
    plan = design_plan(MODEL, 700, AIM, "compromise")
    assert plan.units.tolist() == [400, 200, 100]
    low, middle, high = plan.places[:, 0]
    assert (middle, high) == pytest.approx((0.5 * (1 + low), 1.0))
    assert 1.0 < plan.standard_error / best.standard_error < 1.25


def test_complete_lognormal_cells_are_least_squares() -> None:
    """With everything run to failure, the variance is that of a regression, known exactly."""
    model = AltModel(5.0, (-3.0,), 0.5, "lognormal")
    places, units = np.array([[0.4], [0.7], [1.0]]), np.array([20, 20, 20])
    plan = evaluate(model, places, units, AltAim(p=0.5, duration=1e12))
    x = np.repeat(np.column_stack([np.ones(3), places]), 20, axis=0)
    exact = 0.25 * np.linalg.inv(x.T @ x)[0, 0]
    assert plan.standard_error**2 == pytest.approx(exact, rel=1e-6)
    assert plan.expected == pytest.approx([20.0, 20.0, 20.0])


def test_the_asymptotic_error_is_that_of_a_simulation() -> None:
    """Complete lognormal cells: least squares is the maximum, its spread is simulated."""
    model = AltModel(5.0, (-3.0,), 0.5, "lognormal")
    places, units = np.array([[0.4], [1.0]]), np.array([40, 40])
    plan = evaluate(model, places, units, AltAim(p=0.1, duration=1e12))
    rng = np.random.default_rng(5)
    x = np.repeat(np.column_stack([np.ones(2), places]), 40, axis=0)
    y = x @ np.array([5.0, -3.0]) + 0.5 * rng.standard_normal((20_000, 80))
    b, *_ = np.linalg.lstsq(x, y.T, rcond=None)
    sigma = np.sqrt(np.mean((y.T - x @ b) ** 2, axis=0))
    assert (b[0] + sigma * stats.norm.ppf(0.1)).std() == pytest.approx(
        plan.standard_error, rel=0.03
    )


def test_the_chance_of_too_few_failures_is_the_binomial_law() -> None:
    plan = evaluate(MODEL, np.array([[0.5], [1.0]]), np.array([30, 20]), AIM)
    few = stats.binom.cdf(3, [30, 20], plan.failing)
    assert plan.few == pytest.approx(few)
    assert plan.any_few == pytest.approx(1 - np.prod(1 - few))
    tiny = evaluate(MODEL, np.array([[0.5], [1.0]]), np.array([2, 20]), AIM)
    assert tiny.few[0] == 1.0


def test_planning_values_say_what_was_put_in() -> None:
    ends = MODEL.failing(np.array([[0.0], [1.0]]), 1000.0)
    assert ends[1] == pytest.approx(0.9)
    eta = 1000.0 / (-log(0.1)) ** 0.6
    assert MODEL.location(np.array([[0.0]]))[0] == pytest.approx(log(40.0 * eta))


def test_more_units_are_more_precise_by_the_root() -> None:
    plan = design_plan(MODEL, 140, AIM, "compromise")
    needed = units_for_factor(plan, 1.5)
    again = evaluate(MODEL, plan.places, whole(plan.units, needed), AIM)
    assert again.factor == pytest.approx(1.5, rel=0.01)


def test_two_stresses_are_split_along_equal_life_at_no_cost() -> None:
    one = AltModel(TWO.intercept, (sum(TWO.slopes),), TWO.sigma)
    wanted: dict[Design, int] = {"optimum": 3, "compromise": 5}
    for design, cells in wanted.items():
        along = design_plan(one, 100_000, AIM, design)
        plan = design_plan(TWO, 100_000, AIM, design)
        assert plan.places.shape == (cells, 2)
        assert ((plan.places >= -1e-12) & (plan.places <= 1 + 1e-12)).all()
        assert plan.failing[0] == pytest.approx(plan.failing[1])
        assert plan.standard_error == pytest.approx(along.standard_error, rel=1e-3)


@given(place=st.floats(0, 1), use=st.floats(20, 60), more=st.floats(10, 150))
def test_a_level_comes_back_from_its_place(place: float, use: float, more: float) -> None:
    for scale in ("arrhenius", "log", "linear"):
        stress = StressRange("s", "", use, use + more, scale)
        assert stress.place(stress.level(place)) == pytest.approx(place, abs=1e-9)
        assert stress.level(0.0) == pytest.approx(use)
        assert stress.level(1.0) == pytest.approx(use + more)


@given(total=st.integers(3, 5000), a=st.floats(0.1, 9), b=st.floats(0.1, 9))
def test_whole_units_add_up_and_are_near_their_shares(total: int, a: float, b: float) -> None:
    units = whole(np.array([a, b, 1.0]), total)
    assert units.sum() == total
    assert (np.abs(units - total * np.array([a, b, 1.0]) / (a + b + 1)) < 1).all()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadData, match="two levels"):
        evaluate(MODEL, np.array([[1.0], [1.0]]), np.array([5, 5]), AIM)
    with pytest.raises(BadData, match="must exceed 1"):
        alt_model(0.9, (0.5,), sigma=0.6, duration=10.0)
    with pytest.raises(BadData, match="sigma is"):
        alt_model(0.9, (5.0,), sigma=0.0, duration=10.0)
    with pytest.raises(BadData, match="below the highest"):
        StressRange("humidity", "%", 85.0, 60.0, "log")
    with pytest.raises(BadData, match="one or two"):
        design_plan(alt_model(0.9, (2.0, 2.0, 2.0), sigma=1, duration=1.0), 99, AIM, "optimum")
    with pytest.raises(BadData, match="take more"):
        design_plan(MODEL, 2, AIM, "compromise")
    with pytest.raises(BadData, match="above 1"):
        units_for_factor(design_plan(MODEL, 70, AIM, "compromise"), 1.0)


def test_the_error_of_censored_weibull_cells_is_that_of_a_simulation() -> None:
    """Three cells, 250 units, a fifth to nine tenths failing: the spread of 300 regressions."""
    plan = design_plan(MODEL, 250, AIM, "compromise")
    x = np.repeat(np.column_stack([np.ones(3), plan.places]), plan.units, axis=0)
    at = np.repeat(MODEL.location(plan.places), plan.units)
    rng = np.random.default_rng(21)
    end = np.full(at.size, AIM.duration)
    found = []
    for _ in range(300):
        t = np.exp(at + MODEL.sigma * np.log(rng.standard_exponential(at.size)))
        data = life_data(np.minimum(t, end), np.where(t <= end, t, np.inf))
        fitted = regress(data, x)
        found.append(fitted.coefficients[0] + fitted.sigma[0] * log(-log(0.9)))
    assert np.std(found) == pytest.approx(plan.standard_error, rel=0.12)


def test_a_plan_that_no_number_of_units_makes_precise_enough_is_refused() -> None:
    with pytest.raises(BadData, match="units were needed"):
        units_for_factor(replace(design_plan(MODEL, 700, AIM, "optimum"), standard_error=1e9), 1.5)
