"""Expected information: closed forms, quadrature, simulation."""

import numpy as np
import pytest
from scipy import integrate, stats

from ops.errors import BadData
from ops.lifetime.fit import fit_samples
from ops.lifetime.location_scale import Family
from ops.lifetime.planning.information import conditional_information, unit_information
from ops.lifetime.planning.sample_size import (
    PlanningValues,
    precision,
    trade_off,
    units_for_precision,
    variance_factor,
)
from ops.validation.published import entry

LAW = {
    "weibull": stats.gumbel_l,
    "lognormal": stats.norm,
    "loglogistic": stats.logistic,
}
STANDARD: tuple[Family, ...] = ("weibull", "lognormal", "loglogistic")


def test_complete_data_have_their_closed_forms() -> None:
    published = entry("life_planning", "complete_weibull_information")
    found = unit_information("weibull", np.array([np.inf]))[0]
    assert found == pytest.approx(published["expected"]["information"], rel=1e-12)
    normal = unit_information("lognormal", np.array([np.inf]))[0]
    assert normal == pytest.approx([1.0, 0.0, 2.0], abs=1e-10)
    logistic = unit_information("loglogistic", np.array([np.inf]))[0]
    assert logistic == pytest.approx([1 / 3, 0.0, (3 + np.pi**2) / 9], abs=1e-10)


@pytest.mark.parametrize("family", STANDARD)
@pytest.mark.parametrize("end", [-3.0, -0.7, 0.0, 1.3])
def test_it_is_the_variance_of_the_score(family: Family, end: float) -> None:
    """Integrate the squared score of seen failures and add that of censored units."""
    law = LAW[family]

    def score(z: float) -> np.ndarray:
        step = 1e-5
        slope = (law.logpdf(z + step) - law.logpdf(z - step)) / (2 * step)
        return np.array([-slope, -1 - z * slope])

    hazard = law.pdf(end) / law.sf(end)
    lasts = np.array([hazard, end * hazard])
    expected = []
    for i, j in ((0, 0), (0, 1), (1, 1)):
        seen = integrate.quad(
            lambda z, i=i, j=j: score(z)[i] * score(z)[j] * law.pdf(z), -35, end, limit=200
        )[0]
        expected.append(seen + law.sf(end) * lasts[i] * lasts[j])
    found = unit_information(family, np.array([end]))[0]
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-8)


def test_what_comes_later_is_what_is_missing_so_far() -> None:
    begin, end = np.array([-0.5]), np.array([0.4])
    whole = unit_information("weibull", end) - unit_information("weibull", begin)
    later = conditional_information("weibull", begin, end)
    assert later * stats.gumbel_l.sf(begin) == pytest.approx(whole)
    none = conditional_information("weibull", begin, begin)
    assert none == pytest.approx(np.zeros((1, 3)), abs=1e-12)


def test_a_complete_sample_tells_the_median_of_a_lognormal_by_its_mean() -> None:
    values = PlanningValues(mu=5.0, sigma=0.7, family="lognormal")
    assert variance_factor(values, 0.5, np.inf) == pytest.approx(1.0)
    plan = precision(values, 0.5, units=25, duration=np.inf)
    assert plan.standard_error == pytest.approx(0.7 / 5)
    assert plan.factor == pytest.approx(np.exp(1.959964 * 0.14), rel=1e-6)
    assert (plan.expected_failures, plan.few) == (25.0, 0.0)


def test_one_unit_fewer_is_not_precise_enough() -> None:
    values = PlanningValues(mu=7.0, sigma=0.5)
    plan = units_for_precision(values, 0.1, factor=1.5, duration=800.0)
    assert plan.factor <= 1.5
    fewer = precision(values, 0.1, units=plan.units - 1, duration=800.0)
    assert fewer.factor > 1.5


def test_the_asymptotic_error_is_that_of_a_simulation() -> None:
    """Lognormal, complete: the exact estimator is known, so that no fit is needed."""
    rng = np.random.default_rng(3)
    y = 4.0 + 0.5 * rng.standard_normal((20_000, 60))
    estimate = y.mean(axis=1) + y.std(axis=1) * stats.norm.ppf(0.1)
    values = PlanningValues(mu=4.0, sigma=0.5, family="lognormal")
    plan = precision(values, 0.1, units=60, duration=np.inf)
    assert estimate.std() == pytest.approx(plan.standard_error, rel=0.03)


def test_longer_tests_need_fewer_units() -> None:
    values = PlanningValues(mu=7.0, sigma=0.5)
    plans = trade_off(values, 0.1, np.array([1e-30, 300.0, 600.0, 2000.0]), factor=1.5)
    units = [plan.units for plan in plans]
    assert units == sorted(units, reverse=True)
    assert len(units) == 3


def test_what_cannot_be_is_refused() -> None:
    values = PlanningValues(mu=7.0, sigma=0.5)
    with pytest.raises(BadData, match="above 1"):
        units_for_precision(values, 0.1, factor=1.0, duration=100.0)
    with pytest.raises(BadData, match="test longer"):
        precision(values, 0.1, units=10, duration=1e-12)


def test_the_error_of_a_censored_weibull_is_that_of_a_simulation() -> None:
    """Type I censoring with 40 % failing: the spread of fitted B10 lives of 4000 samples."""
    rng = np.random.default_rng(12)
    y = 0.5 * np.log(rng.standard_exponential((4000, 200)))
    end = 0.5 * np.log(-np.log(0.6))
    seen = y <= end
    lower = np.exp(np.minimum(y, end))
    fits = fit_samples(lower, np.where(seen, lower, np.inf))
    b10 = fits.mu + fits.sigma * np.log(-np.log(0.9))
    values = PlanningValues(mu=0.0, sigma=0.5)
    plan = precision(values, 0.1, units=200, duration=float(np.exp(end)))
    assert b10.std() == pytest.approx(plan.standard_error, rel=0.04)
    assert plan.expected_failures == pytest.approx(80.0)
