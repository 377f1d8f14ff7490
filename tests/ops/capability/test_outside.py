"""Shares outside: bounds that hold however far the limits are."""

from math import log, sqrt

import pytest
from scipy.special import log_ndtr, ndtri

from ops.capability.outside import normal_share
from ops.values import SpecLimits


@pytest.mark.parametrize("far", [20.0, 37.0, 40.0, 400.0])
def test_few_values_do_not_prove_that_nothing_is_outside(far: float) -> None:
    found = normal_share(SpecLimits(upper=far), mean=0.0, sigma=1.0, n=2, df=1)
    assert found.value == pytest.approx(0.0, abs=1e-80)
    assert found.upper > 0.5  # two values: their sigma may be a fiftieth of the true one


@pytest.mark.parametrize("far", [10.0, 20.0, 27.0, 37.0])
def test_the_bound_of_a_far_limit_is_that_of_its_score(far: float) -> None:
    found = normal_share(SpecLimits(upper=far), mean=0.0, sigma=1.0, n=10, df=9)
    half = ndtri(0.975) * sqrt(1 / 10 + far**2 / 18)  # the delta method on the score itself
    assert log_ndtr(-far + half) == pytest.approx(log(found.upper), rel=1e-6)


def test_a_process_wholly_outside_is_bounded_from_below() -> None:
    found = normal_share(SpecLimits(-1.0, 1.0), mean=1e3, sigma=1.0, n=10, df=9)
    assert (found.value, found.upper) == (1.0, 1.0)
    assert found.lower > 0.99
