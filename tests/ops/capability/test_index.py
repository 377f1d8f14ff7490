"""Indices and intervals against NIST and qcc, and their properties."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ops.capability.index import bissell, chi_interval, cpm, indices
from ops.capability.sigma import overall_sigma, within_sigma
from ops.values import FloatArray, SpecLimits
from tests.reference import case
from tests.strategies import series

QCC = case("capability", "capability_with_CI_qcc3")
X = np.array(QCC["inputs"]["subgroups"])
GROUP = np.repeat(np.arange(3), 4)
LIMITS = SpecLimits(QCC["inputs"]["LSL"], QCC["inputs"]["USL"], QCC["inputs"]["target"])
D2_TABLE, D2_EXACT = 2.059, 2.0587507460
ONE_SIDED = 0.90  # qcc gives the sides one-sided 95 % bounds: the two-sided 90 % interval


def _table_sigma() -> float:
    return within_sigma(X.ravel(), GROUP, "rbar").value * D2_EXACT / D2_TABLE


def _triple(interval) -> list[float]:
    return [interval.value, interval.lower, interval.upper]


def test_indices_of_the_nist_handbook() -> None:
    wanted = case("capability", "nist_capability")["expected"]
    found = indices(16.0, 2.0, SpecLimits(8.0, 20.0), n=50, df=49)
    assert found.two_sided is not None
    assert found.lower is not None
    assert found.upper is not None
    assert found.two_sided.value == pytest.approx(wanted["Cp"], abs=1e-4)
    assert found.minimum.value == pytest.approx(wanted["Cpk"], abs=1e-4)
    assert found.lower.value == pytest.approx(wanted["Cpl"], abs=1e-4)
    assert found.upper.value == pytest.approx(wanted["Cpu"], abs=1e-4)


@pytest.mark.parametrize(
    ("key", "part", "confidence"),
    [
        ("Cp", "two_sided", 0.95),
        ("Cp_k", "minimum", 0.95),
        ("Cp_l", "lower", ONE_SIDED),
        ("Cp_u", "upper", ONE_SIDED),
    ],
)
def test_within_indices_equal_qcc(key: str, part: str, confidence: float) -> None:
    found = indices(X.mean(), _table_sigma(), LIMITS, n=12, df=11, confidence=confidence)
    assert _triple(getattr(found, part)) == pytest.approx(QCC["expected"][key], abs=2e-6)


@pytest.mark.parametrize(
    ("key", "part", "confidence"),
    [
        ("Pp", "two_sided", 0.95),
        ("Pp_k", "minimum", 0.95),
        ("Pp_l", "lower", ONE_SIDED),
        ("Pp_u", "upper", ONE_SIDED),
    ],
)
def test_overall_indices_equal_qcc(key: str, part: str, confidence: float) -> None:
    sigma = overall_sigma(X.ravel()).value
    found = indices(X.mean(), sigma, LIMITS, n=12, df=11, confidence=confidence)
    assert _triple(getattr(found, part)) == pytest.approx(QCC["expected"][key], abs=2e-6)


def test_exact_d2_differs_from_the_table_as_stated() -> None:
    found = indices(
        X.mean(), within_sigma(X.ravel(), GROUP, "rbar").value, LIMITS, n=12, df=11
    ).two_sided
    assert found is not None
    assert found.value == pytest.approx(1.372501, abs=2e-6)


@pytest.mark.parametrize("key", ["Cpm", "Ppm"])
def test_cpm_equals_qcc(key: str) -> None:
    sigma = _table_sigma() if key == "Cpm" else overall_sigma(X.ravel()).value
    found = cpm(X.mean(), sigma, LIMITS, n=12)
    assert found.value == pytest.approx(QCC["expected"][key][0], abs=2e-6)
    # qcc leaves out the square in Chan's degrees of freedom: the same function with its df
    off = ((X.mean() - 10.0) / sigma) ** 2
    qcc = chi_interval(found.value, df=12 * (1 + off) / (1 + 2 * off), confidence=0.95)
    assert _triple(qcc) == pytest.approx(QCC["expected"][key], abs=2e-6)


@given(x=series(min_size=3), a=st.floats(0.1, 10), b=st.floats(-1e3, 1e3))
def test_indices_survive_a_change_of_unit(x: FloatArray, a: float, b: float) -> None:
    assume(x.std() > 1e-3)
    limits = SpecLimits(x.mean() - 1, x.mean() + 2)
    moved = SpecLimits(a * limits.lower + b, a * limits.upper + b)
    y = a * x + b
    one = indices(x.mean(), overall_sigma(x).value, limits, n=x.size, df=x.size - 1)
    two = indices(y.mean(), overall_sigma(y).value, moved, n=x.size, df=x.size - 1)
    assert _triple(one.minimum) == pytest.approx(_triple(two.minimum), rel=1e-6)


@given(index=st.floats(0.1, 5), n=st.integers(5, 500), df=st.floats(2, 500))
def test_intervals_bracket_and_shrink(index: float, n: int, df: float) -> None:
    for small, large in (
        (
            bissell(index, n=n, df=df, confidence=0.95),
            bissell(index, n=9 * n, df=9 * df, confidence=0.95),
        ),
        (
            chi_interval(index, df=df, confidence=0.95),
            chi_interval(index, df=9 * df, confidence=0.95),
        ),
    ):
        assert small.lower < index
        assert large.upper - large.lower < small.upper - small.lower
        assert large.lower < index < large.upper


def test_one_sided_limits_leave_the_other_side_out() -> None:
    found = indices(10.0, 1.0, SpecLimits(lower=7.0), n=30, df=29)
    assert found.two_sided is None
    assert found.upper is None
    assert found.minimum == found.lower


def test_intervals_cover_what_they_promise() -> None:
    rng, n, hits = np.random.default_rng(11), 40, 0
    limits = SpecLimits(-4.0, 4.0)
    for _ in range(2000):
        x = rng.standard_normal(n)
        found = indices(x.mean(), overall_sigma(x).value, limits, n=n, df=n - 1).minimum
        hits += found.lower <= 4 / 3 <= found.upper
    assert 0.93 < hits / 2000 < 0.975


@pytest.mark.parametrize("sigma", [0.0, -1.0, float("nan")])
def test_a_sigma_must_be_positive(sigma: float) -> None:
    with pytest.raises(ValueError, match="sigma"):
        indices(0.0, sigma, SpecLimits(-1, 1), n=5, df=4)
