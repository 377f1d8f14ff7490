"""Pareto tails against another implementation's fit, known truths, and changes of the unit."""

from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import genpareto

from ops.errors import NotEnoughData
from ops.loop.tail import SHAPES, far_share, fit_tail

HALF_95 = 1.9207294103470609  # half the 95 % quantile of chi-square with 1 degree of freedom


@pytest.mark.parametrize("shape", [-0.3, -0.1, 0.0, 0.2, 0.6])
def test_fit_agrees_with_scipy(shape: float) -> None:
    z = genpareto.rvs(shape, scale=2.0, size=400, random_state=np.random.default_rng(3))
    found = fit_tail(z)
    theirs, _, scale = genpareto.fit(z, floc=0)
    assert found.shape == pytest.approx(theirs, abs=2e-3)
    assert found.scale == pytest.approx(scale, rel=2e-3)
    best = float(genpareto.logpdf(z, theirs, 0, scale).sum())
    assert found.likelihood >= best - 1e-6
    mine = float(genpareto.logpdf(z, found.shape, 0, found.scale).sum())
    assert found.likelihood == pytest.approx(mine, abs=1e-8)


def test_survival_is_that_of_scipy_also_at_shape_0() -> None:
    z = genpareto.rvs(0.0, scale=2.0, size=400, random_state=np.random.default_rng(3))
    tail = fit_tail(z)
    for excess in (0.1, 3.0, 15.0):
        known = float(genpareto.logsf(excess, tail.shape, scale=tail.scale))
        assert tail.log_survival(excess) == pytest.approx(known, rel=1e-9)


def test_a_tail_that_ends_more_abruptly_than_can_be_fitted_is_taken_as_longer() -> None:
    z = np.random.default_rng(5).uniform(0.0, 1.0, 300)
    tail = fit_tail(z)
    assert tail.shape == SHAPES[0]
    assert exp(tail.log_survival(1.0)) > 0  # the truth is 0: the error is on the safe side
    share = far_share(z, tail, 3.0, drop=HALF_95)
    assert share.estimate == share.lower == 0.0
    assert share.upper < 1e-6


@given(factor=st.floats(1e-3, 1e3), seed=st.integers(0, 50), shape=st.floats(-0.4, 0.8))
@settings(max_examples=20, deadline=None)
def test_a_change_of_the_unit_changes_the_scale_alone(
    factor: float, seed: int, shape: float
) -> None:
    z = genpareto.rvs(shape, size=60, random_state=np.random.default_rng(seed))
    one, other = fit_tail(z), fit_tail(factor * z)
    assert other.shape == pytest.approx(one.shape, abs=1e-6)
    assert other.scale == pytest.approx(factor * one.scale, rel=1e-6)
    here = far_share(z, one, 4.0, drop=HALF_95)
    there = far_share(factor * z, other, 4.0 * factor, drop=HALF_95)
    assert there.upper == pytest.approx(here.upper, rel=1e-3)
    assert here.lower <= here.estimate <= here.upper


def test_ties_are_fitted_as_what_they_stand_for() -> None:
    z = np.random.default_rng(7).exponential(2.0, 500)
    rounded = np.maximum(np.round(z, 1), 0.1)
    assert fit_tail(rounded).shape == pytest.approx(fit_tail(z).shape, abs=0.05)


def test_too_few_values_are_no_tail() -> None:
    with pytest.raises(NotEnoughData, match="10 values"):
        fit_tail(np.arange(1.0, 10.0))


@pytest.mark.parametrize("shape", [-0.2, 0.0, 0.2])
def test_interval_covers_the_truth_as_often_as_it_says(shape: float) -> None:
    rng = np.random.default_rng(11)
    distance = float(genpareto.isf(0.02, shape))
    hits = 0
    for _ in range(200):
        z = genpareto.rvs(shape, size=120, random_state=rng)
        found = far_share(z, fit_tail(z), distance, drop=HALF_95)
        hits += found.lower <= 0.02 <= found.upper
    assert 0.91 <= hits / 200 <= 0.99
