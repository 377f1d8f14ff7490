"""Two one-sided tests against statsmodels, and what they may say."""

from math import exp, log, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import ttest_ind, ttost_ind

from ops.drift.equivalence import Difference, compare, compare_ratio, welch
from ops.drift.window_mean import WindowMean
from ops.errors import BadData
from ops.values import FloatArray


def _classical(x: FloatArray) -> WindowMean:
    return WindowMean(float(x.mean()), float(x.std(ddof=1)) / sqrt(x.size), x.size - 1, 1.0, x.size)


@pytest.mark.parametrize(("shift", "margin"), [(0.0, 0.5), (0.3, 0.5), (-0.4, 0.4), (1.0, 0.2)])
def test_of_independent_values_they_are_those_of_statsmodels(shift: float, margin: float) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(0, 1, 40), rng.normal(shift, 1.7, 25)
    found = compare(welch(_classical(x), _classical(y)), margin=margin)
    p, (_, low, df), (_, high, _) = ttost_ind(y, x, -margin, margin, usevar="unequal")
    assert found.equivalent_p == pytest.approx(p, rel=1e-6)
    assert (found.lower_p, found.upper_p) == pytest.approx((low, high), rel=1e-6)
    assert found.df == pytest.approx(df, rel=1e-6)


def test_without_a_margin_it_is_the_test_of_welch_and_nothing_is_absent() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(0, 1, 30), rng.normal(0.5, 2, 22)
    found = compare(welch(_classical(x), _classical(y)), margin=0.0)
    assert found.exceeds_p == pytest.approx(ttest_ind(y, x, usevar="unequal")[1], rel=1e-6)
    assert found.equivalent_p is None
    assert not found.is_absent


def test_equivalence_is_that_the_interval_of_90_percent_lies_inside() -> None:
    of = Difference(0.1, 0.2, 30.0)
    for margin in (0.3, 0.43, 0.45, 0.9):
        narrow = compare(of, margin=margin, confidence=0.90)
        assert narrow.lower is not None
        assert narrow.upper is not None
        inside = -margin < narrow.lower and narrow.upper < margin
        assert compare(of, margin=margin).is_absent == inside


def test_a_ratio_is_a_difference_of_logarithms() -> None:
    found = compare_ratio(Difference(log(1.2), 0.1, 40.0), margin=0.5)
    apart = compare(Difference(log(1.2), 0.1, 40.0), margin=log(1.5))
    assert found.estimate == pytest.approx(1.2)
    assert apart.lower is not None
    assert found.lower == pytest.approx(exp(apart.lower))
    assert found.equivalent_p == apart.equivalent_p
    assert found.margin == 0.5


@given(
    d=st.floats(-5, 5), error=st.floats(0.01, 3), df=st.floats(1, 200), margin=st.floats(0.01, 3)
)
def test_drift_and_no_drift_are_never_both_found(
    d: float, error: float, df: float, margin: float
) -> None:
    found = compare(Difference(d, error, df), margin=margin)
    assert not (found.is_present and found.is_absent)
    turned = compare(Difference(-d, error, df), margin=margin)
    assert turned.exceeds_p == pytest.approx(found.exceeds_p)
    assert turned.equivalent_p == pytest.approx(found.equivalent_p)


def test_without_an_error_nothing_is_told() -> None:
    found = compare(Difference(0.4, None, 0.0), margin=0.1)
    assert (found.lower, found.exceeds_p, found.equivalent_p) == (None, None, None)
    assert found.is_present is None
    assert not found.is_absent


@pytest.mark.parametrize("margin", [-0.1, nan])
def test_a_margin_that_is_none_is_refused(margin: float) -> None:
    with pytest.raises(BadData, match="margin"):
        compare(Difference(0.0, 1.0, 9.0), margin=margin)
    with pytest.raises(BadData, match="margin"):
        compare_ratio(Difference(0.0, 1.0, 9.0), margin=margin)
