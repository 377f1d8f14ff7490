"""Mann-Kendall tests: published numbers, all pairs, invariances, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import kendalltau

from ops.drift.mann_kendall import Variant, mann_kendall, seasonal_mann_kendall
from ops.drift.theil_sen import theil_sen
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray
from tests.reference import case
from tests.strategies import series

VARIANTS: tuple[Variant, ...] = (
    "original",
    "hamed-rao",
    "yue-wang",
    "pre-whitening",
    "trend-free-pre-whitening",
)


def test_the_nile_falls() -> None:
    found = case("drift_trend", "mk_nile")
    y, said = np.array(found["inputs"]["y"], dtype=np.float64), found["expected"]
    test = mann_kendall(y)
    assert test.s == said["S"]
    assert test.variance == pytest.approx(said["var_S"], rel=1e-12)
    assert test.z == pytest.approx(said["z"], rel=1e-12)
    assert test.p_value == pytest.approx(said["p"], rel=1e-9)
    assert test.tau == pytest.approx(said["kendall_tau_b"], rel=1e-12)
    assert theil_sen(np.arange(100.0), y).slope == pytest.approx(said["sen_slope"], rel=1e-12)
    assert test.evidence().direction == -1


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_variant_gives_what_another_program_gives(variant: Variant) -> None:
    found = case("drift_trend", "mk_variants")
    test = mann_kendall(np.array(found["inputs"]["y"]), variant=variant)
    assert (test.s, test.variance, test.z, test.p_value) == pytest.approx(
        found["expected"][variant], rel=1e-10
    )


def test_seasons_give_what_another_program_gives() -> None:
    found = case("drift_trend", "mk_variants")
    y = np.array(found["inputs"]["y"])
    season = np.arange(y.size) % found["inputs"]["period"]
    test = seasonal_mann_kendall(y, season)
    said = found["expected"]
    assert (test.s, test.variance, test.z, test.p_value) == pytest.approx(said["seasonal"])
    other = seasonal_mann_kendall(y, season, correlated=True)
    assert (other.s, other.variance) == pytest.approx(said["correlated seasonal"], rel=1e-12)
    assert other.effective < test.effective == y.size


@settings(max_examples=60)
@given(y=series(min_size=3))
def test_the_score_is_that_of_all_pairs(y: FloatArray) -> None:
    test = mann_kendall(y)
    assert test.s == int(np.sum(np.triu(np.sign(y[None, :] - y[:, None]), 1)))
    if np.unique(y).size > 1:
        assert test.tau == pytest.approx(kendalltau(np.arange(y.size), y).statistic, abs=1e-12)
    assert 0.0 <= test.p_value <= 1.0


@settings(max_examples=60)
@given(y=series(min_size=3))
def test_time_reversed_and_values_by_rank_change_nothing_else(y: FloatArray) -> None:
    test, back, cubed = mann_kendall(y), mann_kendall(y[::-1]), mann_kendall(np.exp(y / 1e3))
    assert (back.s, back.p_value, back.variance) == (-test.s, test.p_value, test.variance)
    assert cubed.s == test.s


def test_constant_values_show_no_trend() -> None:
    for variant in VARIANTS:
        test = mann_kendall(np.full(20, 7.0), variant=variant)
        assert (test.s, test.z, test.p_value, test.tau) == (0, 0.0, 1.0, 0.0)


def test_memory_widens_the_variance() -> None:
    rng = np.random.default_rng(4)
    y = np.convolve(rng.normal(size=500), 0.7 ** np.arange(30), "valid")
    plain, wide = mann_kendall(y), mann_kendall(y, variant="hamed-rao")
    few = mann_kendall(y, variant="yue-wang", lags=10)
    assert wide.variance > 2.0 * plain.variance < few.variance
    assert wide.effective < 0.5 * plain.effective


def test_bad_values_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="needs 3 values, got 2"):
        mann_kendall(np.arange(2.0))
    with pytest.raises(NotEnoughData, match="whitening needs 4 values"):
        mann_kendall(np.arange(3.0), variant="pre-whitening")
    with pytest.raises(BadData, match="not finite"):
        mann_kendall(np.array([1.0, np.inf, 2.0]))
    with pytest.raises(BadData, match=r"equally many values each, got \[1, 2\]"):
        seasonal_mann_kendall(np.arange(3.0), np.array([0, 1, 0]), correlated=True)
    with pytest.raises(NotEnoughData, match="a season with two values"):
        seasonal_mann_kendall(np.arange(3.0), np.arange(3))
