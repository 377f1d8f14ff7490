"""Drawn tests: the distributions they come from, and the fits of those who draw otherwise."""

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest, norm

from ops.lifetime.bounds.normal_quantile import normal_quantile
from ops.lifetime.bounds.resampling import Resampling, resampling
from ops.lifetime.bounds.scheme import scheme_of
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.fit import fit_samples
from ops.lifetime.location_scale import FAMILIES, STANDARD, Family, standard_cdf
from tests.ops.lifetime.bounds import published

MU, SIGMA = 6.0, 0.5
UNIFORM = 1e-4  # p-value below which a drawn distribution is another one


def drawing(data: LifeData, family: Family = "weibull", samples: int = 500) -> Resampling:
    return resampling(scheme_of(data), family, samples=samples, rng=np.random.default_rng(3))


def test_the_normal_quantile_is_that_of_scipy() -> None:
    p = np.concatenate([np.logspace(-300, -1, 200), np.linspace(0.01, 0.99, 98)])
    ours = [normal_quantile(float(x), upper=False) for x in p]
    assert ours == pytest.approx(ndtri(p), rel=1e-14, abs=1e-15)
    assert normal_quantile(0.01, upper=True) == pytest.approx(-float(ndtri(0.01)), rel=1e-14)


@pytest.mark.parametrize("family", FAMILIES)
def test_complete_lives_follow_their_family(family: Family) -> None:
    tests = drawing(published.COMPLETE, family, 400).draw(MU, SIGMA)
    z = (tests[0][:, :10] - MU) / SIGMA
    assert (np.diff(z, axis=1) >= 0).all()  # they come in order
    assert kstest(standard_cdf(family, z.ravel()), "uniform").pvalue > UNIFORM
    assert STANDARD[family]


def test_a_test_that_ends_at_a_time_ends_then_and_loses_no_unit() -> None:
    low, high, weight, *_ = drawing(published.TIME_ENDED).draw(MU, SIGMA)
    there = weight > 0
    assert weight.sum(axis=1).tolist() == [20.0] * 500
    assert (high[there & (low < high)] == np.inf).all()
    assert np.exp(low[there & (low < high)]) == pytest.approx(500.0)
    failed = float(weight[there & (low == high)].sum()) / 500
    share = -np.expm1(-np.exp((np.log(500.0) - MU) / SIGMA))
    assert failed == pytest.approx(20 * share, abs=4 * (20 * share * (1 - share) / 500) ** 0.5)


def test_readouts_are_seen_in_the_cells_that_the_family_gives() -> None:
    low, high, weight, *_ = drawing(published.READOUTS, samples=2000).draw(MU, SIGMA)
    looks = np.log([100.0, 200.0, 300.0])
    cdf = standard_cdf("weibull", (np.concatenate([looks, [50.0]]) - MU) / SIGMA)
    expected = np.diff(np.concatenate([[0.0], cdf]))
    for end, share in zip([*looks, np.inf], expected, strict=True):
        seen = float(weight[(weight > 0) & np.isclose(high, end)].sum()) / weight.sum()
        assert seen == pytest.approx(share, abs=4 * (share * (1 - share) / weight.sum()) ** 0.5)
    assert np.isneginf(low[(weight > 0) & (high == looks[0])]).all()


def test_lives_of_units_that_came_in_late_lie_beyond_their_entry() -> None:
    data = life_data([300.0, 400.0, 500.0], [300.0, 400.0, np.inf], entry=[200.0, 0.0, 300.0])
    low, _, weight, entry, _ = drawing(data, "lognormal").draw(MU, SIGMA)
    assert (low[weight > 0] >= entry[weight > 0]).all()
    assert weight.sum(axis=1).tolist() == [3.0] * 500


def test_lives_seen_only_within_a_window_follow_the_cut_family() -> None:
    data = life_data([300.0, 350.0], entry=[200.0, 200.0], exit=[400.0, 400.0])
    low, _, weight, _, _ = drawing(data, "lognormal", 2000).draw(MU, SIGMA)
    ends = norm.cdf((np.log([200.0, 400.0]) - MU) / SIGMA)
    share = (norm.cdf((low[weight > 0] - MU) / SIGMA) - ends[0]) / (ends[1] - ends[0])
    assert kstest(share, "uniform").pvalue > UNIFORM


def test_many_units_of_one_row_fail_as_single_ones_do() -> None:
    tests = drawing(published.bearing_cage(), samples=2000).draw(9.375, 0.4913)
    failed = (tests[2] * (tests[0] == tests[1])).sum(axis=1)
    data = published.bearing_cage()
    cdf = standard_cdf("weibull", (np.log(data.lower[data.right]) - 9.375) / 0.4913)
    expected = float(data.weight[data.right] @ cdf)
    assert expected < failed.mean() < expected + 1.0  # the six that failed would be watched on
    assert (tests[2].sum(axis=1) == 1703).all()


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_fits_of_drawn_tests_are_those_of_the_common_fit(family: Family) -> None:
    for data in (published.TIME_ENDED, published.READOUTS, published.FAILURE_ENDED):
        tests = drawing(data, family, 100)
        low, high, weight, *_ = tests.draw(MU, SIGMA)
        there = weight > 0  # elsewhere nothing was written: any bytes stand there
        common = fit_samples(
            np.exp(np.where(there, low, 0.0)), np.exp(np.where(there, high, np.inf)), family,
            weight=weight,
        )  # fmt: skip
        ours = tests.refit(MU, SIGMA)
        assert np.isnan(ours[:, 0]).tolist() == (~common.exists).tolist()
        assert ours[:, 0] == pytest.approx(common.mu, abs=1e-6, nan_ok=True)
        assert ours[:, 1] == pytest.approx(common.sigma, rel=1e-6, nan_ok=True)


def test_the_same_seeds_draw_the_same_tests() -> None:
    one, other = (drawing(published.TIME_ENDED).draw(MU, SIGMA) for _ in range(2))
    there = one[2] > 0
    assert np.array_equal(one[2], other[2])
    assert np.array_equal(one[:2, there], other[:2, there])
