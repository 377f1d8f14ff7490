"""Demonstration tests: published sizes, exactness against the binomial and Poisson laws."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData
from ops.lifetime.planning.binomial import (
    demonstrated_reliability,
    operating_characteristic,
    pass_probability,
    share_bounds,
    units_needed,
)
from ops.lifetime.planning.demonstration import (
    multiple_needed,
    pass_probability_at_multiple,
    survival_at_multiple,
    units_at_multiple,
    weibayes_multiple,
)
from ops.lifetime.planning.exponential import (
    fixed_duration_plan,
    mtbf_multiple,
    pass_probability_of_mtbf,
)
from ops.validation.published import entry


def test_published_sample_sizes() -> None:
    published = entry("life_planning", "zero_failure_sample_sizes")
    found = [units_needed(**asked).units for asked in published["inputs"]]
    assert found == published["expected"]["units"]


@given(
    reliability=st.floats(0.2, 0.9995), confidence=st.floats(0.05, 0.99), accept=st.integers(0, 8)
)
def test_one_unit_fewer_would_not_show_it(
    reliability: float, confidence: float, accept: int
) -> None:
    plan = units_needed(reliability, confidence, accept)
    fails = stats.binom(plan.units, 1 - reliability)
    assert fails.cdf(accept) <= 1 - confidence + 1e-9
    assert plan.confidence >= confidence - 1e-9
    fewer = stats.binom(plan.units - 1, 1 - reliability)
    assert plan.units == accept + 1 or fewer.cdf(accept) > 1 - confidence - 1e-9


@given(units=st.integers(1, 500), failures=st.integers(0, 20), confidence=st.floats(0.5, 0.99))
def test_the_demonstrated_reliability_is_on_the_edge(
    units: int, failures: int, confidence: float
) -> None:
    shown = demonstrated_reliability(units, failures, confidence)
    if failures >= units:
        assert shown == 0.0
        return
    assert pass_probability(units, failures, shown) == pytest.approx(1 - confidence, abs=1e-9)


def test_two_sided_bounds_of_a_share_are_those_of_clopper_and_pearson() -> None:
    exact = stats.binomtest(3, 231).proportion_ci(0.9, method="exact")
    assert share_bounds(231, 3, 0.9) == pytest.approx((exact.low, exact.high), rel=1e-9)
    assert share_bounds(231, 0, 0.9)[0] == 0.0


def test_the_operating_characteristic_is_the_binomial_law() -> None:
    r = np.array([0.9, 0.97, 1.0])
    assert operating_characteristic(93, 1, r) == pytest.approx(stats.binom.cdf(1, 93, 1 - r))


@pytest.mark.parametrize("value", [0.0, 1.0, -0.1, 1.5])
def test_a_share_outside_zero_to_one_is_refused(value: float) -> None:
    with pytest.raises(BadData, match="reliability is"):
        units_needed(value, 0.9)
    with pytest.raises(BadData, match="confidence is"):
        units_needed(0.9, value)


def test_a_share_that_no_number_of_units_can_show_is_refused() -> None:
    with pytest.raises(BadData, match="longer than one life"):
        units_needed(1 - 1e-15, 0.9)


def test_a_weibull_lasts_m_lives_with_the_power_of_its_reliability() -> None:
    r = np.array([0.9, 0.999])
    lasts = survival_at_multiple(r, 2.0, sigma=1 / 1.7)
    assert lasts == pytest.approx(r**2.0**1.7, rel=1e-12)
    lognormal = survival_at_multiple(r, 2.0, sigma=0.5, family="lognormal")
    assert lognormal == pytest.approx(
        stats.norm.sf(stats.norm.ppf(1 - r) + log(2) / 0.5), rel=1e-10
    )


@given(
    units=st.integers(2, 300),
    accept=st.integers(0, 3),
    reliability=st.floats(0.5, 0.99),
    shape=st.floats(0.4, 5.0),
)
def test_units_and_test_time_are_two_sides_of_one_plan(
    units: int, accept: int, reliability: float, shape: float
) -> None:
    if units <= accept:
        return
    m = multiple_needed(units, reliability, 0.9, sigma=1 / shape, accept=accept)
    there = float(survival_at_multiple(np.array([reliability]), m, sigma=1 / shape)[0])
    assert pass_probability(units, accept, there) == pytest.approx(0.1, abs=1e-6)
    longer = units_at_multiple(reliability, 0.9, m * 1.001, sigma=1 / shape, accept=accept)
    assert longer.units <= units


def test_a_plan_passes_with_the_consumer_risk_at_what_it_shows() -> None:
    plan = units_at_multiple(0.95, 0.9, 2.0, sigma=0.5, accept=1)
    passed = pass_probability_at_multiple(plan, np.array([0.95]), 2.0, sigma=0.5)
    assert passed[0] == pytest.approx(1 - plan.confidence, rel=1e-9)
    assert passed[0] <= 0.1


def test_a_test_so_long_that_none_lasts_needs_only_to_be_survived_once() -> None:
    assert units_at_multiple(0.5, 0.9, 1e6, sigma=0.2).units == 1


def test_weibayes_gives_the_published_bound_of_eta() -> None:
    # Nelson 1985; Abernethy ch. 6: life of reliability exp(-1) is eta
    ten = np.full(10, 500.0)
    assert weibayes_multiple(ten, exp(-1), 0.95, shape=2.0) == pytest.approx(913.5209, rel=1e-6)
    five = np.full(5, 1000.0)
    assert weibayes_multiple(five, exp(-1), 0.6, shape=1.0) == pytest.approx(5456.783, rel=1e-6)


def test_weibayes_and_the_demonstration_agree_without_failures() -> None:
    plan = units_at_multiple(0.9, 0.9, 1.5, sigma=0.5)
    shown = weibayes_multiple(np.full(plan.units, 1.5), 0.9, 0.9, shape=2.0)
    assert shown >= 1.0
    assert weibayes_multiple(np.full(plan.units - 1, 1.5), 0.9, 0.9, shape=2.0) < 1.0


def test_families_of_the_time_itself_are_refused() -> None:
    with pytest.raises(BadData, match="needs a family of"):
        survival_at_multiple(np.array([0.9]), 2.0, sigma=1.0, family="normal")
    with pytest.raises(BadData, match="more"):
        multiple_needed(2, 0.9, 0.9, sigma=1.0, accept=2)


def test_published_multiples_and_plans_of_a_mean_time_between_failures() -> None:
    published = entry("life_planning", "mtbf_test_multiples")
    asked, said = published["inputs"], published["expected"]
    found = [mtbf_multiple(c, f) for c, f in asked["multiples"]]
    assert found == pytest.approx(said["multiples"], abs=0.0005)
    plans = [fixed_duration_plan(**plan) for plan in asked["plans"]]
    assert [p.accept for p in plans] == said["accept"]
    assert [p.duration for p in plans] == pytest.approx(said["durations"], abs=0.1)


@given(ratio=st.floats(1.3, 10.0), producer=st.floats(0.02, 0.4), consumer=st.floats(0.02, 0.4))
def test_a_fixed_duration_plan_keeps_both_risks_and_none_with_fewer_failures_does(
    ratio: float, producer: float, consumer: float
) -> None:
    plan = fixed_duration_plan(ratio, producer, consumer)
    c, t = plan.accept, plan.duration
    assert stats.poisson.cdf(c, t) == pytest.approx(consumer, rel=1e-6)
    assert 1 - stats.poisson.cdf(c, t / ratio) <= producer + 1e-9
    if c > 0:
        shorter = stats.chi2.ppf(1 - consumer, 2 * c) / 2
        assert 1 - stats.poisson.cdf(c - 1, shorter / ratio) > producer - 1e-9


def test_the_chance_to_pass_falls_from_upper_to_lower_mtbf() -> None:
    plan = fixed_duration_plan(3.0, 0.1, 0.1)
    ends = pass_probability_of_mtbf(plan.duration, plan.accept, np.array([1.0, 3.0]))
    assert ends[0] == pytest.approx(plan.consumer)
    assert ends[1] == pytest.approx(1 - plan.producer)


@pytest.mark.parametrize("ratio", [1.0, 0.5, 1.001])
def test_a_ratio_that_cannot_be_told_is_refused(ratio: float) -> None:
    with pytest.raises(BadData, match=r"ratio|above"):
        fixed_duration_plan(ratio, 0.1, 0.1)
