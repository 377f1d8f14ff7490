"""Bounds of lives: published and exact ones, the rules of the method, what has no bound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import nct

from ops.errors import BadData
from ops.lifetime.bounds.life_bound import LifeBound, life_bound, reliability_bound
from ops.lifetime.bounds.method import Asked
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import Family
from ops.validation.published import entry
from tests.ops.lifetime.bounds.published import (
    COMPLETE,
    FAILURE_ENDED,
    READOUTS,
    TIME_ENDED,
    bearing_cage,
)
from tests.strategies import few


def bound(
    data: LifeData,
    p: float,
    method: Asked = "auto",
    family: Family = "weibull",
    *,
    as_in: bool = False,
) -> LifeBound:
    rng = np.random.default_rng(1)
    return life_bound(data, fit(data, family), p, rng=rng, method=method, as_in=as_in)


def test_published_bounds_of_the_bearing_cage() -> None:
    said = entry("lifetime_bounds", "bearing_cage_b10_bounds")["expected"]
    ratio = bound(bearing_cage(), 0.1, "likelihood-ratio")
    assert (ratio.lower, ratio.upper) == pytest.approx(said["likelihood_ratio"], rel=1e-4)
    assert (ratio.lower, ratio.upper) == pytest.approx(said["published_likelihood_ratio"], rel=7e-4)
    wald = bound(bearing_cage(), 0.1, "wald", as_in=True)
    assert (wald.lower, wald.upper) == pytest.approx(said["wald_log"], rel=1e-4)
    assert (wald.scale, wald.approximate, ratio.scale) == ("log", True, "invariant")


def true_level(times: np.ndarray, p: float, bound: float | None) -> float:
    """Confidence of a lower bound of a complete lognormal sample: the noncentral t."""
    assert bound is not None
    y = np.log(times)
    root_n = y.size**0.5
    t = (y.mean() - np.log(bound)) * root_n / y.std(ddof=1)
    return float(nct.cdf(t, y.size - 1, -ndtri(p) * root_n))


@pytest.mark.parametrize(("method", "off"), [("pivot", 0.007), ("calibrated", 0.015)])
def test_a_complete_lognormal_sample_has_the_levels_of_the_noncentral_t(
    method: Asked, off: float
) -> None:
    """Within three standard errors of a level found from so many draws."""
    for p in (0.01, 0.1):
        found = bound(COMPLETE, p, method, "lognormal")
        levels = [
            true_level(COMPLETE.lower, p, end)
            for end in (found.lower_one_sided, found.lower, found.upper)
        ]
        assert levels == pytest.approx([0.95, 0.975, 0.025], abs=off)
        assert not found.approximate


def test_auto_follows_failures_and_censoring_and_says_why() -> None:
    many = failures_and_suspensions(np.linspace(50.0, 400.0, 30), [500.0] * 10)
    for data, method, word in (
        (many, "likelihood-ratio", "30 failures or more"),
        (FAILURE_ENDED, "pivot", "exact"),
        (COMPLETE, "pivot", "exact"),
        (TIME_ENDED, "calibrated", "drawn"),
        (READOUTS, "calibrated", "drawn"),
        (bearing_cage(), "calibrated", "drawn"),
    ):
        found = bound(data, 0.1)
        assert (found.method, found.approximate) == (method, False)
        assert word in found.reason


def test_parts_of_units_leave_the_plain_ratio_which_is_called_approximate() -> None:
    data = life_data([50.0, 80.0, 100.0], [50.0, 80.0, np.inf], weight=[0.5, 1.5, 4.0])
    found = bound(data, 0.1)
    assert (found.method, found.approximate) == ("likelihood-ratio", True)
    assert "approximate" in found.words
    with pytest.raises(BadData, match="whole weights"):
        bound(data, 0.1, "calibrated")


def test_wald_is_approximate_below_fifty_and_not_given_below_ten() -> None:
    assert bound(TIME_ENDED, 0.1, "wald").approximate
    few_failed = failures_and_suspensions([54.0, 187.0], [500.0] * 10)
    with pytest.raises(BadData, match="2 failures mislead") as caught:
        bound(few_failed, 0.1, "wald")
    assert caught.value.problems[0].pointer == "/method"
    assert "old report" not in bound(few_failed, 0.1, "likelihood-ratio").reason
    assert "compare with a report" in bound(few_failed, 0.1, "wald", as_in=True).reason
    many = life_data(np.linspace(50.0, 400.0, 50))
    assert not bound(many, 0.1, "wald").approximate


@pytest.mark.parametrize("method", ["likelihood-ratio", "calibrated", "wald"])
@pytest.mark.parametrize("family", ["weibull", "lognormal", "loglogistic"])
def test_bounds_lie_in_order_about_the_estimate(method: Asked, family: Family) -> None:
    for data in (TIME_ENDED, READOUTS):
        found = bound(data, 0.1, method, family, as_in=True)
        assert found.lower is not None
        assert found.lower_one_sided is not None
        assert found.upper is not None
        assert found.lower < found.lower_one_sided < found.estimate < found.upper


@pytest.mark.parametrize("method", ["likelihood-ratio", "pivot", "calibrated"])
def test_a_life_and_its_reliability_have_one_bound_read_two_ways(method: Asked) -> None:
    found = fit(FAILURE_ENDED)
    rng = np.random.default_rng(1)
    life = life_bound(FAILURE_ENDED, found, 0.1, rng=rng, method=method)
    assert life.lower_one_sided is not None
    rng = np.random.default_rng(1)
    share = reliability_bound(FAILURE_ENDED, found, life.lower_one_sided, rng=rng, method=method)
    assert share.lower_one_sided == pytest.approx(0.9, abs=2e-3)
    assert share.estimate == pytest.approx(
        float(found.survival(np.array(life.lower_one_sided))), rel=1e-12
    )


@few(15)
@given(factor=st.floats(1e-9, 1e9), p=st.sampled_from([0.001, 0.1, 0.5]))
def test_bounds_follow_a_change_of_unit(factor: float, p: float) -> None:
    failed, lasted = TIME_ENDED.lower[TIME_ENDED.failed], TIME_ENDED.lower[TIME_ENDED.right]
    scaled = failures_and_suspensions(factor * failed, factor * lasted)
    for method in ("likelihood-ratio", "wald"):
        one, other = bound(TIME_ENDED, p, method), bound(scaled, p, method)
        assert other.lower_one_sided == pytest.approx(factor * (one.lower_one_sided or 0), rel=1e-6)


def test_a_calibrated_bound_follows_a_change_of_unit() -> None:
    failed, lasted = TIME_ENDED.lower[TIME_ENDED.failed], TIME_ENDED.lower[TIME_ENDED.right]
    days = bound(failures_and_suspensions(failed / 24, lasted / 24), 0.1)
    hours = bound(TIME_ENDED, 0.1)
    assert hours.lower_one_sided is not None
    assert days.lower_one_sided == pytest.approx(hours.lower_one_sided / 24, rel=1e-6)


def test_an_upper_end_that_is_nowhere_is_none_with_words() -> None:
    one = failures_and_suspensions([50.0], [100.0] * 9)
    found = bound(one, 0.1)
    assert found.upper is None
    assert "no upper end" in found.words
    assert found.lower_one_sided is not None
    assert found.lower_one_sided < found.estimate


def test_more_units_without_a_failure_never_lower_the_bound() -> None:
    few_units = failures_and_suspensions([54.0, 187.0, 216.0], [500.0] * 5)
    more = failures_and_suspensions([54.0, 187.0, 216.0], [500.0] * 50)
    one, other = (bound(d, 0.1, "likelihood-ratio").lower_one_sided for d in (few_units, more))
    assert one is not None
    assert other is not None
    assert other > one


def test_a_linear_wald_bound_below_zero_is_none() -> None:
    data = failures_and_suspensions([1.0, 500.0], [500.0] * 3)
    found = life_bound(
        data, fit(data), 0.01, rng=np.random.default_rng(1), method="wald", scale="linear",
        as_in=True,
    )  # fmt: skip
    assert (found.lower, found.scale) == (None, "linear")
    assert "no lower end" in found.words


def test_what_cannot_be_asked_is_refused() -> None:
    found, rng = fit(TIME_ENDED), np.random.default_rng(1)
    with pytest.raises(BadData, match="share that has failed is 1;"):
        life_bound(TIME_ENDED, found, 1.0, rng=rng)
    with pytest.raises(BadData, match="time is 0;"):
        reliability_bound(TIME_ENDED, found, 0.0, rng=rng)
    with pytest.raises(BadData, match="confidence is 0;"):
        life_bound(TIME_ENDED, found, 0.1, rng=rng, confidence=0.0)
    with pytest.raises(BadData, match="sigma given"):
        life_bound(TIME_ENDED, fit(TIME_ENDED, sigma=0.5), 0.1, rng=rng)
    with pytest.raises(BadData, match="ended at a failure"):
        life_bound(TIME_ENDED, found, 0.1, rng=rng, method="pivot")
