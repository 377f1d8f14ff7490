"""Estimators of sigma: StRD, exactness, properties, coverage of their degrees of freedom."""

import numpy as np
import pytest
from hypothesis import given
from scipy import stats

from ops.capability.outside import clopper_pearson
from ops.capability.sigma import overall_sigma, within_sigma
from ops.errors import NotEnoughData
from ops.spc.constants import c4
from ops.values import FloatArray
from tests.reference import case
from tests.strategies import series


def _strd(name: str) -> tuple[FloatArray, dict]:
    found = case("capability", name)
    x = found["inputs"]["x"]
    if isinstance(x, dict):
        x = [x["first"], *(x["then_alternate"] * x["pairs"])]
    return np.array(x, dtype=float), found


@pytest.mark.parametrize("name", ["NumAcc1", "NumAcc2", "NumAcc3"])
def test_overall_sigma_keeps_the_digits_of_strd(name: str) -> None:
    x, found = _strd(f"strd_univariate_{name}")
    expected = found["expected"]
    assert x.mean() == pytest.approx(expected["mean"], rel=1e-13)
    assert overall_sigma(x).value == pytest.approx(expected["sd"], rel=found["tolerance"]["sd_rel"])


def test_pooled_sigma_is_the_residual_of_strd_sirstv() -> None:
    found = case("capability", "strd_anova_SiRstv")
    x = np.array(found["inputs"]["groups"])
    pooled = within_sigma(x.ravel(), np.repeat(np.arange(5), 5), "pooled")
    expected = found["expected"]["resid_sd"]
    assert pooled.value * c4(int(pooled.df) + 1) == pytest.approx(expected, rel=found["tolerance"])


@pytest.mark.parametrize(("lead", "rel"), [(1.0, 1e-12), (1e6, 1e-8), (1e12, 1e-2)])
@pytest.mark.parametrize("k", [21, 201, 2001])
def test_pooled_sigma_keeps_the_digits_of_strd_smls(lead: float, rel: float, k: int) -> None:
    expected = case("capability", "strd_anova_SmLs")["expected"]["resid_sd"]
    centre = np.array([lead + c for c in (0.4, *[0.3, 0.5] * 4)])
    low = np.array([lead + c for c in (0.3, *[0.2, 0.4] * 4)])
    high = np.array([lead + c for c in (0.5, *[0.4, 0.6] * 4)])
    x = np.column_stack([centre, *[low, high] * ((k - 1) // 2)])
    pooled = within_sigma(x.ravel(), np.repeat(np.arange(9), k), "pooled")
    assert pooled.value * c4(int(pooled.df) + 1) == pytest.approx(expected, rel=rel)


@pytest.mark.parametrize("method", ["pooled", "rbar", "sbar", "moving-range"])
def test_estimators_are_unbiased_and_their_df_describe_them(method: str) -> None:
    rng, subgroups, size = np.random.default_rng(3), 12, 5
    group = np.repeat(np.arange(subgroups), size) if method != "moving-range" else np.zeros(60, int)
    found = [within_sigma(rng.normal(0, 2, 60), group, method) for _ in range(4000)]
    values = np.array([f.value for f in found])
    assert values.mean() == pytest.approx(2.0, rel=0.01)
    relative = values.var() / values.mean() ** 2
    assert relative == pytest.approx(1 / (2 * found[0].df), rel=0.12)


def test_the_median_range_is_unbiased_for_many_and_its_df_describe_it() -> None:
    rng, stream = np.random.default_rng(4), np.zeros(200, int)
    found = [
        within_sigma(rng.normal(0, 2, 200), stream, "median-moving-range") for _ in range(3000)
    ]
    values = np.array([f.value for f in found])
    assert values.mean() == pytest.approx(2.0, rel=0.01)
    relative = values.var() / values.mean() ** 2
    assert relative == pytest.approx(1 / (2 * found[0].df), rel=0.12)


def test_pooled_without_c4_is_the_root_of_the_pooled_variance() -> None:
    x, group = np.array([1.0, 3.0, 4.0, 8.0]), np.array([0, 0, 1, 1])
    assert within_sigma(x, group, "pooled-biased").value == pytest.approx(5.0**0.5)


def test_pooled_df_count_values_less_subgroups() -> None:
    x = np.random.default_rng(0).normal(size=11)
    assert within_sigma(x, np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 4]), "pooled").df == 6


@given(x=series(min_size=4))
def test_within_sigma_ignores_shifts_between_subgroups(x: FloatArray) -> None:
    group = np.arange(x.size) // 2
    moved = x + 10.0 * (group % 3)
    for method in ("pooled", "rbar", "sbar"):
        one, two = (within_sigma(v, group, method).value for v in (x, moved))
        assert one == pytest.approx(two, abs=1e-6)


@given(x=series(min_size=2))
def test_one_subgroup_pooled_is_the_overall_sigma(x: FloatArray) -> None:
    pooled = within_sigma(x, np.zeros(x.size, int), "pooled")
    expected = overall_sigma(x).value
    from ops.spc.constants import c4  # noqa: PLC0415

    assert pooled.value * c4(x.size) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_moving_ranges_never_cross_streams() -> None:
    x = np.array([0.0, 100.0, 1.0, 101.0, 0.0, 100.0])
    found = within_sigma(x, np.array([0, 1, 0, 1, 0, 1]), "moving-range")
    assert found.value == pytest.approx(1.0 / 1.1283791671)


@pytest.mark.parametrize("method", ["pooled", "rbar", "sbar", "moving-range"])
def test_single_values_are_not_enough(method: str) -> None:
    with pytest.raises(NotEnoughData, match="2 values"):
        within_sigma(np.array([1.0, 2.0]), np.array([0, 1]), method)


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 50), (50, 50), (1, 1)])
def test_share_outside_has_the_exact_interval(k: int, n: int) -> None:
    oracle = stats.binomtest(k, n).proportion_ci(0.95, method="exact")
    found = clopper_pearson(k, n)
    assert (found.lower, found.upper) == pytest.approx((oracle.low, oracle.high), abs=1e-12)
