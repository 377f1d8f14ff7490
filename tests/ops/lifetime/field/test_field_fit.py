"""Life in the field: an independent likelihood, delays that are not failures, lost units."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import weibull_min

from ops.errors import BadData, NotEnoughData
from ops.lifetime.field.data import FieldData
from ops.lifetime.field.exposure import AT_ONCE, exposure, reporting_delay
from ops.lifetime.field.field_fit import fit_field
from tests.ops.lifetime.field.fleets import fleet


def test_the_fit_with_delays_meets_an_independent_maximum() -> None:
    data, _ = fleet(np.random.default_rng(1), delay=25.0)
    delay = reporting_delay(data)
    seen = exposure(data, delay=delay)
    found = fit_field(seen, "weibull", rng=np.random.default_rng(2), draws=20)
    age = data.failed_to - data.shipped[data.cohort]
    back = np.bincount(data.cohort, minlength=12)

    def minus(theta: np.ndarray) -> float:
        law = weibull_min(np.exp(theta[1]), scale=np.exp(theta[0]))
        seen_ages = np.log(law.cdf(np.maximum(age, 0.5)) - law.cdf(age - 1.0)).sum()
        lasted = np.maximum(data.until - data.shipped[:, None] - delay.days, 0.0)
        good = law.sf(lasted) @ delay.share
        return -float(seen_ages + ((data.quantity - back) * np.log(good)).sum())

    best = minimize(minus, [np.log(1000.0), 0.3], method="Nelder-Mead",
                    options={"xatol": 1e-9, "fatol": 1e-10})  # fmt: skip
    assert found.loglik == pytest.approx(-best.fun, rel=1e-8)
    assert (found.mu, -np.log(found.sigma)) == pytest.approx(best.x, abs=1e-4)


def test_delays_that_are_passed_over_make_life_look_longer() -> None:
    data, _ = fleet(np.random.default_rng(3), delay=40.0, cohort=600)
    rng = np.random.default_rng(4)
    right = fit_field(exposure(data, delay=reporting_delay(data)), "weibull", rng=rng, draws=50)
    naive = fit_field(exposure(data), "weibull", rng=rng, draws=50)
    truth = 1200.0 * (-np.log(0.9)) ** (1 / 1.8)
    assert right.life(0.1, 0.99).lower < truth < right.life(0.1, 0.99).upper
    assert naive.life(0.1, 0.99).lower > truth


def test_the_delay_is_estimated_although_long_ones_are_not_seen_yet() -> None:
    data, _ = fleet(np.random.default_rng(5), delay=30.0, cohort=1500)
    found = reporting_delay(data)
    assert found.share.sum() == pytest.approx(1.0)
    assert found.mean == pytest.approx(30.0, rel=0.1)
    assert np.mean(data.reported - data.failed_to) < 0.95 * found.mean  # what one would count
    assert reporting_delay(replace(data, reported=np.full(data.cohort.size, np.nan))) is AT_ONCE


def test_units_lost_to_another_mode_are_censored_and_a_warranty_ends_what_is_seen() -> None:
    data, _ = fleet(np.random.default_rng(6))
    half = replace(data, mode=np.arange(data.cohort.size) % 2, modes=("lift", "crack"))
    lift = exposure(half, mode="lift")
    assert lift.failures == pytest.approx(np.ceil(data.cohort.size / 2))
    assert lift.weight.sum() + lift.left.sum() == pytest.approx(data.quantity.sum())
    short = exposure(data, warranty=100.0)
    assert short.lasted().max() == 100.0
    assert short.failures < exposure(data).failures
    assert short.weight.sum() + short.left.sum() == pytest.approx(data.quantity.sum())


def test_no_returns_and_more_returns_than_shipped_are_refused() -> None:
    data, _ = fleet(np.random.default_rng(7))
    none = replace(data, returned=np.zeros(data.cohort.size))
    with pytest.raises(NotEnoughData, match="nothing came back"):
        exposure(none)
    with pytest.raises(BadData, match=r"cohort 1: .* came back"):
        exposure(replace(data, quantity=np.full(12, 1.0)))
    early: FieldData = replace(data, failed_to=data.failed_to - 400.0)
    with pytest.raises(BadData, match="before its cohort was shipped"):
        exposure(early)
