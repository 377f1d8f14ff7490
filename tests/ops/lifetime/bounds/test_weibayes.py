"""Weibayes: published bounds, exactness of the chi-square, what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from ops.errors import BadData, NotEnoughData
from ops.lifetime.bounds.weibayes import lowest, weibayes, weibayes_range
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.validation.published import entry
from tests.strategies import few


@pytest.mark.parametrize("case", [0, 1])
def test_published_bounds_without_a_failure(case: int) -> None:
    found = entry("lifetime_bounds", "weibayes_without_failure")
    asked, said = found["inputs"][case], found["expected"][case]
    data = failures_and_suspensions([], asked["times"])
    got = weibayes(data, asked["beta"], confidence=asked["confidence"])
    assert got.lower_one_sided == pytest.approx(said, rel=found["tolerance"])
    assert (got.scale, got.upper, got.ended) == (None, None, "time")


def test_an_exponential_life_has_the_bounds_of_epstein_and_sobel() -> None:
    failures, total, r = [30.0, 80.0, 120.0], 30.0 + 80.0 + 8 * 120.0, 3
    got = weibayes(failures_and_suspensions(failures, [120.0] * 7), 1.0)
    assert got.ended == "failure"
    assert got.scale == pytest.approx(total / r)
    assert got.lower == pytest.approx(2 * total / chi2.ppf(0.975, 2 * r))
    assert got.upper == pytest.approx(2 * total / chi2.ppf(0.025, 2 * r))
    timed = weibayes(failures_and_suspensions(failures, [150.0] * 7), 1.0)
    assert timed.ended == "time"
    assert timed.lower_one_sided == pytest.approx(2 * (230 + 7 * 150.0) / chi2.ppf(0.95, 2 * r + 2))


@few(40)
@given(
    times=st.lists(st.floats(1.0, 1e4), min_size=1, max_size=20),
    shape=st.floats(0.3, 8.0),
    factor=st.sampled_from([1e-6, 24.0, 1e9]),
)
def test_bounds_follow_a_change_of_unit(times: list[float], shape: float, factor: float) -> None:
    scaled = [factor * t for t in times]
    one = weibayes(failures_and_suspensions(times[:2], times[2:]), shape)
    other = weibayes(failures_and_suspensions(scaled[:2], scaled[2:]), shape)
    assert other.lower == pytest.approx(factor * one.lower, rel=1e-9)
    assert one.lower <= one.lower_one_sided
    assert one.scale is not None
    assert one.upper is not None
    assert one.lower_one_sided < one.scale < one.upper


def test_life_and_reliability_are_one_bound_read_two_ways() -> None:
    got = weibayes(failures_and_suspensions([400.0], [500.0] * 9), 2.0)
    life = got.life(0.1)
    assert got.reliability(life.lower_one_sided).lower_one_sided == pytest.approx(0.9)
    assert life.upper is not None
    assert life.estimate is not None
    assert life.lower < life.lower_one_sided < life.estimate < life.upper


def test_a_range_of_shapes_gives_the_lowest_bound_of_all() -> None:
    data = failures_and_suspensions([], [500.0] * 10)
    answers = [w.life(0.01) for w in weibayes_range(data, (1.0, 2.0, 3.0))]
    assert lowest(answers).lower_one_sided == min(a.lower_one_sided for a in answers)
    assert lowest(answers).upper is None


def test_a_failure_between_readouts_counts_its_time_to_the_earlier_one() -> None:
    between = weibayes(life_data([100.0, 200.0], [150.0, np.inf]), 1.0)
    exact = weibayes(life_data([100.0, 200.0], [100.0, np.inf]), 1.0)
    assert between.lower == pytest.approx(exact.lower)


def test_what_cannot_be_is_refused_with_the_mend() -> None:
    data = failures_and_suspensions([], [500.0])
    with pytest.raises(BadData, match="shape is -1; give one above 0"):
        weibayes(data, -1.0)
    with pytest.raises(BadData, match="confidence is 2"):
        weibayes(data, 1.0, confidence=2.0)
    with pytest.raises(NotEnoughData, match="no unit has lasted"):
        weibayes(life_data([0.0], [10.0]), 1.0)
    with pytest.raises(BadData, match="only because they failed"):
        weibayes(life_data([5.0], exit=[10.0]), 1.0)
