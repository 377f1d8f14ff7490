"""The choice of a distribution, mixtures, percentiles, Clements."""

import numpy as np
import pytest
from scipy import stats

from ops.capability.distribution import distribution
from ops.capability.effective import effective_size
from ops.capability.goodness import anderson_darling, spread_ties, step_of_rounding
from ops.capability.outside import fitted_share, normal_share
from ops.capability.pearson import pearson_quantiles
from ops.capability.percentile import LOW, empirical, of_fit, percentile_indices
from ops.errors import BadData
from ops.values import Factor, SpecLimits
from tests.reference import case


def _rng() -> np.random.Generator:
    return np.random.default_rng(11)


def _mixed(n: int = 600) -> tuple[np.ndarray, Factor]:
    code = (np.arange(n) % 3 == 0).astype(np.int64)
    return _rng().normal(4.0 * code, 1.0), Factor(code, ("A", "B"))


def test_normal_values_keep_the_normal() -> None:
    found = distribution(_rng().normal(1e6, 1e-2, 500), None)
    assert (found.name, found.why) == ("normal", "not-rejected")


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (stats.rayleigh(scale=2), {"rayleigh", "weibull"}),
        (stats.lognorm(0.5, scale=4), {"lognormal"}),
        (stats.johnsonsu(-1, 1.5, -10, 2), {"johnson-su", "yeo-johnson"}),
        (stats.uniform(), {"johnson-sb"}),
    ],
)
def test_other_shapes_are_found(values, names: set[str]) -> None:
    found = distribution(values.rvs(800, random_state=_rng()), None)
    assert found.why == "rejected"
    assert found.name in names


def test_two_populations_are_named_with_the_factor_that_tells_them_apart() -> None:
    x, tool = _mixed()
    shift = Factor(np.arange(x.size) // 300, ("day", "night"))
    found = distribution(x, None, factors={"shift": shift, "tool": tool})
    assert found.why == "two-populations"
    assert found.mixture is not None
    assert found.mixture.mean == pytest.approx((0.0, 4.0), abs=0.3)
    assert found.mixture.share[1] == pytest.approx(1 / 3, abs=0.05)
    assert found.explanation is not None
    assert (found.explanation.factor, found.explanation.levels) == ("tool", ("B",))


def test_two_populations_that_too_few_independent_values_cannot_tell_are_hinted_at() -> None:
    x, _ = _mixed()
    found = distribution(x, None, worth=0.03)
    assert (found.why, found.mixture) == ("not-rejected", None)
    assert found.hint is not None
    assert found.hint.mean == pytest.approx((0.0, 4.0), abs=0.3)
    assert distribution(_rng().normal(size=600), None, worth=0.03).hint is None


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("skewed", [stats.expon(), stats.gamma(2), stats.t(4), stats.beta(2, 5)])
def test_a_skewed_population_is_one(skewed, seed: int) -> None:
    x = skewed.rvs(500, random_state=np.random.default_rng(seed))
    assert distribution(x, None).why != "two-populations"


def test_rounding_alone_rejects_nothing() -> None:
    x = np.round(2 * _rng().normal(size=1000)) / 2
    assert step_of_rounding(x) == 0.5
    assert anderson_darling(x).p < 1e-6
    assert anderson_darling(spread_ties(x, 0.5)).p > 0.05
    assert distribution(x, None).why == "not-rejected"


def test_the_test_of_normality_has_its_level() -> None:
    rng = _rng()
    rejected = np.mean([anderson_darling(rng.normal(size=50)).p < 0.05 for _ in range(2000)])
    assert rejected == pytest.approx(0.05, abs=0.015)


def test_a_lower_limit_above_zero_is_no_physical_bound() -> None:
    x = stats.lognorm(0.5, scale=4).rvs(400, random_state=_rng())
    names = {c.name for c in distribution(x, SpecLimits(0.5, 30.0)).candidates}
    assert "lognormal" not in names
    assert "lognormal" in {c.name for c in distribution(x, SpecLimits(0.0, 30.0)).candidates}


@pytest.mark.parametrize(
    "curve", [stats.norm(), stats.gamma(4), stats.beta(2, 5), stats.uniform(), stats.t(8)]
)
def test_pearson_curves_have_the_quantiles_of_their_members(curve) -> None:
    mean, variance, skewness, excess = (float(v) for v in curve.stats("mvsk"))
    shares = np.array([LOW, 0.5, 1 - LOW])
    found = pearson_quantiles(skewness, excess + 3.0, shares)
    assert found == pytest.approx((curve.ppf(shares) - mean) / variance**0.5, abs=2e-4)


@pytest.mark.parametrize("curve", [stats.pearson3(3.0), stats.pearson3(-3.0), stats.beta(0.3, 2)])
def test_a_curve_that_rises_without_bound_at_its_end_keeps_its_quantiles(curve) -> None:
    mean, variance, skewness, excess = (float(v) for v in curve.stats("mvsk"))
    shares = np.array([LOW, 0.5, 1 - LOW])
    found = pearson_quantiles(skewness, excess + 3.0, shares)
    assert found == pytest.approx((curve.ppf(shares) - mean) / variance**0.5, abs=2e-4)


def test_clements_points_of_the_normal() -> None:
    wanted = case("capability_shapes", "normal_percentiles")
    found = pearson_quantiles(0.0, 3.0, np.array([LOW, 0.5, 1 - LOW]))
    assert found == pytest.approx(wanted["expected"], abs=wanted["tolerance"])


def test_moments_that_no_curve_has_are_refused() -> None:
    with pytest.raises(BadData, match="no curve"):
        pearson_quantiles(2.0, 4.0, np.array([0.5]))


def test_percentiles_of_the_normal_give_the_usual_indices() -> None:
    x, limits = _rng().normal(10.0, 2.0, 400), SpecLimits(2.0, 19.0)
    found = distribution(x, limits, wanted="normal")
    indices = percentile_indices(x, found, limits, size=effective_size(x))
    wanted = min(x.mean() - 2.0, 19.0 - x.mean()) / (3 * x.std())
    assert indices.minimum.value == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("name", ["clements", "empirical", "weibull", "johnson-sb"])
def test_bounds_bracket_the_index_of_every_distribution(name) -> None:
    x = stats.weibull_min(2.0, scale=3).rvs(300, random_state=_rng())
    limits = SpecLimits(upper=12.0)
    found = distribution(x, limits, wanted=name)
    index = percentile_indices(x, found, limits, size=effective_size(x)).minimum
    assert index.lower <= index.value <= index.upper


def test_quantile_types_differ_as_published() -> None:
    x = np.arange(1.0, 6.0)
    assert empirical(x, 7).median == empirical(x, 8).median == 3.0
    y = np.random.default_rng(1).normal(size=100)
    assert empirical(y, 8).high == float(np.quantile(y, 1 - LOW, method="median_unbiased"))


def test_a_weibull_index_is_covered_with_its_family() -> None:
    curve, hits = stats.weibull_min(1.7, scale=3), 0
    limits, rng = SpecLimits(upper=float(curve.ppf(1 - 1e-5))), _rng()
    half = curve.ppf(0.5)
    truth = (limits.upper - half) / (curve.ppf(1 - LOW) - half)
    for _ in range(150):
        x = curve.rvs(200, random_state=rng)
        found = distribution(x, limits, wanted="weibull")
        index = percentile_indices(x, found, limits, size=effective_size(x)).minimum
        hits += index.lower <= truth <= index.upper
    assert hits / 150 > 0.9


def test_expected_shares_bracket_and_agree_for_the_normal() -> None:
    x, limits = _rng().normal(size=500), SpecLimits(-3.0, 3.5)
    found = distribution(x, limits, wanted="normal")
    assert found.fit is not None
    one = fitted_share(found.fit, x, limits)
    two = normal_share(limits, mean=x.mean(), sigma=x.std(), n=500, df=500)
    assert one.value == pytest.approx(two.value, rel=1e-9)
    assert (one.lower, one.upper) == pytest.approx((two.lower, two.upper), rel=0.02)
    assert of_fit(found.fit).median == pytest.approx(x.mean())
