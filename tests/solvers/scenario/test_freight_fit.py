import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress, t

from solvers.scenario.freight_fit import fit_freight


def shipments(seed: int, n: int, fixed: float, rate: float, sd: float) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    load = rng.uniform(10, 100, n)
    return load, fixed + rate * load + rng.normal(0, sd, n)


def test_least_squares_equals_an_independent_regression() -> None:
    load, cost = shipments(1, 40, 120.0, 3.0, 10.0)
    fit = fit_freight(load, cost, robust=False)
    oracle = linregress(load, cost)
    half = t.ppf(0.975, 38)
    assert fit.fixed == pytest.approx(oracle.intercept, rel=1e-9)
    assert fit.rate == pytest.approx(oracle.slope, rel=1e-9)
    assert fit.rate_upper == pytest.approx(oracle.slope + half * oracle.stderr, rel=1e-9)
    assert fit.fixed_lower == pytest.approx(
        oracle.intercept - half * oracle.intercept_stderr, rel=1e-9
    )
    assert fit.r2 == pytest.approx(oracle.rvalue**2, rel=1e-9)


def test_a_few_wrong_bookings_do_not_move_the_robust_fit() -> None:
    load, cost = shipments(2, 60, 120.0, 3.0, 5.0)
    cost[[3, 30]] += 5000.0
    fit, plain = fit_freight(load, cost), fit_freight(load, cost, robust=False)
    assert fit.fixed == pytest.approx(120.0, abs=6.0)
    assert fit.rate == pytest.approx(3.0, abs=0.1)
    assert plain.method != "fixed and rate" or abs(plain.fixed - 120.0) > 20.0
    assert set(np.argsort(-np.abs(fit.residual))[:2]) == {3, 30}


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    hits = 0
    for seed in range(300):
        fit = fit_freight(*shipments(seed, 25, 200.0, 2.0, 8.0))
        assert fit.rate_lower is not None
        assert fit.rate_upper is not None
        hits += fit.rate_lower <= 2.0 <= fit.rate_upper
    assert 0.90 <= hits / 300 <= 0.99


@pytest.mark.parametrize(
    ("load", "method"),
    [([5.0] * 12, "mean rate"), ([1.0, 2.0, 3.0], "mean rate"), (list(range(1, 13)), "rate")],
)
def test_what_cannot_be_told_is_not_told(load: list[float], method: str) -> None:
    quantity = np.array(load, dtype=np.float64)
    fit = fit_freight(quantity, 4.0 * quantity)
    assert fit.method == method
    assert fit.rate == pytest.approx(4.0)
    assert fit.fixed == 0.0
    assert fit.note


@given(factor=st.floats(0.01, 1000), seed=st.integers(0, 20))
def test_a_change_of_currency_scales_the_fit(factor: float, seed: int) -> None:
    load, cost = shipments(seed, 20, 100.0, 3.0, 10.0)
    one, other = fit_freight(load, cost), fit_freight(load, factor * cost)
    assert other.rate == pytest.approx(factor * one.rate, rel=1e-6)
    assert other.fixed == pytest.approx(factor * one.fixed, rel=1e-6, abs=1e-6 * factor)
