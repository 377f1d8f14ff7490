"""Type 1 studies: definitions against another implementation, edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData, NotEnoughData
from ops.gauge.type_one import type_one_study

Y = np.random.default_rng(1).normal(10.002, 0.004, 50)


def test_bias_is_tested_as_by_one_sample_t() -> None:
    found = type_one_study(Y, reference=10.0, tolerance=0.2)
    other = stats.ttest_1samp(Y, 10.0)
    bounds = other.confidence_interval(0.95)
    assert (found.t, found.p) == pytest.approx((other.statistic, other.pvalue))
    assert (found.bias.lower, found.bias.upper) == pytest.approx(
        (bounds.low - 10.0, bounds.high - 10.0)
    )


def test_indices_by_their_definition_in_both_conventions() -> None:
    s = float(np.std(Y, ddof=1))
    six = type_one_study(Y, reference=10.0, tolerance=0.2)
    four = type_one_study(Y, reference=10.0, tolerance=0.2, spread=4.0)
    assert six.cg.value == pytest.approx(0.2 * 0.2 / (6 * s))
    assert six.cgk == pytest.approx((0.1 * 0.2 - abs(Y.mean() - 10.0)) / (3 * s))
    assert four.cg.value == pytest.approx(1.5 * six.cg.value)
    assert six.repeatability_percent == pytest.approx(20 / six.cg.value)
    assert six.total_percent == pytest.approx(20 / six.cgk)


@given(a=st.floats(0.01, 100), b=st.floats(-100, 100))
def test_indices_survive_a_change_of_unit(a: float, b: float) -> None:
    one = type_one_study(Y, reference=10.0, tolerance=0.2)
    two = type_one_study(a * Y + b, reference=10.0 * a + b, tolerance=0.2 * a)
    assert (two.cg.value, two.cgk, two.p) == pytest.approx((one.cg.value, one.cgk, one.p), rel=1e-4)


def test_resolution_is_fine_up_to_a_twentieth_of_the_tolerance() -> None:
    def fine(resolution: float | None) -> bool | None:
        return type_one_study(Y, reference=10.0, tolerance=0.2, resolution=resolution).resolution_ok

    assert [fine(r) for r in (0.01, 0.011, None)] == [True, False, None]


def test_equal_values_have_no_index_and_a_certain_bias() -> None:
    found = type_one_study(np.full(10, 10.5), reference=10.0, tolerance=2.0)
    assert np.isnan(found.cg.value)
    assert found.p == 0.0
    assert np.isnan(type_one_study(np.full(5, 1.0), reference=1.0, tolerance=1.0).p)


def test_too_few_values_and_no_tolerance_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="got 1"):
        type_one_study(Y[:1], reference=10.0, tolerance=0.2)
    with pytest.raises(BadData, match="give both limits"):
        type_one_study(Y, reference=10.0, tolerance=float("inf"))
