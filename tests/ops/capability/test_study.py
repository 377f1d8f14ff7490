"""A study: units, order, what is absent and why, coverage of its intervals."""

from math import inf

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ops.capability.sigma import WithinMethod
from ops.capability.study import Study, sigma_interval, study
from ops.errors import NotEnoughData
from ops.values import FloatArray, SpecLimits
from tests.strategies import series

METHODS: tuple[WithinMethod, ...] = ("pooled", "rbar", "sbar", "moving-range")


def _pairs(x: FloatArray) -> FloatArray:
    return np.arange(x.size) // 2


def _numbers(found: Study) -> list[float]:
    """Everything without a unit."""
    sides = [
        s for i in (found.capability, found.performance) if i for s in (i.two_sided, i.minimum)
    ]
    shares = [found.outside.counted, found.cpm] if found.outside else []
    values = [v for s in (*sides, *shares) if s for v in (s.value, s.lower, s.upper)]
    return [*values, found.outside.expected if found.outside else 0.0]


@given(
    x=series(min_size=6),
    a=st.floats(0.01, 100),
    b=st.floats(-1e3, 1e3),
    method=st.sampled_from(METHODS),
)
def test_a_study_survives_a_change_of_unit(
    x: FloatArray, a: float, b: float, method: WithinMethod
) -> None:
    assume(x.std() > 0.01)
    limits = SpecLimits(float(x.mean()) - 50.0, float(x.mean()) + 70.0, float(x.mean()))
    assert limits.target is not None
    moved = SpecLimits(a * limits.lower + b, a * limits.upper + b, a * limits.target + b)
    one = study(x, _pairs(x), limits, method=method)
    two = study(a * x + b, _pairs(x), moved, method=method)
    assume(one.within is not None and one.within.value > 0.01)
    assert _numbers(one) == pytest.approx(_numbers(two), rel=1e-5, abs=1e-9)


@given(x=series(min_size=6), seed=st.integers(0, 99))
def test_the_order_of_subgroups_and_of_values_inside_does_not_matter(
    x: FloatArray, seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(x.size)
    limits = SpecLimits(-10.0, 10.0)
    for method in ("pooled", "rbar", "sbar"):
        lot = _pairs(x)
        one = study(x, lot, limits, method=method, lot=lot)
        two = study(x[order], lot[order], limits, method=method, lot=lot[order])
        assert _numbers(one) == pytest.approx(_numbers(two), rel=1e-6, abs=1e-9)


@given(x=series(min_size=2))
def test_cpk_is_at_most_cp_and_ppk_at_most_pp(x: FloatArray) -> None:
    found = study(x, np.zeros(x.size, int), SpecLimits(-20.0, 30.0), method="pooled")
    for indices in (found.capability, found.performance):
        if indices is not None and indices.two_sided is not None:
            assert indices.minimum.value <= indices.two_sided.value * (1 + 1e-12)
            assert indices.minimum.lower <= indices.minimum.value <= indices.minimum.upper


@pytest.mark.parametrize("limits", [None, SpecLimits(-inf, inf)], ids=["none", "open"])
def test_without_limits_there_are_sigmas_but_no_indices(limits: SpecLimits | None) -> None:
    found = study(np.array([1.0, 2.0, 4.0, 3.0]), np.zeros(4, int), limits, method="pooled")
    assert found.capability is found.performance is found.outside is None
    assert found.within is not None
    assert "define them" in found.reason


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6 + 0.1, -1e12])
def test_equal_values_have_no_index(value: float) -> None:
    found = study(np.full(7, value), np.zeros(7, int), SpecLimits(-1.0, 1.0), method="pooled")
    assert found.performance is None
    assert "all values are equal" in found.reason


def test_a_one_sided_limit_gives_one_sided_indices() -> None:
    x = np.random.default_rng(1).normal(5.0, 1.0, 50)
    found = study(x, np.arange(50) // 5, SpecLimits(lower=2.0), method="sbar")
    assert found.capability is not None
    assert found.capability.two_sided is found.capability.upper is found.cpm is None
    assert found.capability.minimum == found.capability.lower
    assert found.outside is not None
    assert found.outside.above == 0


def test_subgroups_of_one_leave_the_overall_part() -> None:
    found = study(np.array([1.0, 2.0, 4.0]), np.arange(3), SpecLimits(0.0, 5.0), method="pooled")
    assert found.within is found.capability is None
    assert found.performance is not None
    assert "subgroup of 2 values" in found.reason


def test_a_study_needs_two_values() -> None:
    with pytest.raises(NotEnoughData, match="got 1"):
        study(np.array([1.0]), np.zeros(1, int), None, method="pooled")


@pytest.mark.parametrize("method", METHODS)
def test_intervals_cover_the_truth_as_often_as_promised(method: WithinMethod) -> None:
    rng, limits, times = np.random.default_rng(11), SpecLimits(-4.0, 5.0), 1500
    group = np.zeros(60, int) if method == "moving-range" else np.repeat(np.arange(12), 5)
    hits = np.zeros(3)
    for _ in range(times):
        found = study(rng.normal(0.0, 1.0, 60), group, limits, method=method)
        assert found.within is not None
        assert found.capability is not None
        assert found.capability.two_sided is not None
        sigma = sigma_interval(found.within)
        for place, (interval, truth) in enumerate(
            [(sigma, 1.0), (found.capability.two_sided, 1.5), (found.capability.minimum, 4 / 3)]
        ):
            hits[place] += interval.lower <= truth <= interval.upper
    assert hits / times == pytest.approx(0.95, abs=0.02)
