"""Intervals of place and size hold what they should, and the p-value pays for the choice."""

from math import sqrt

import numpy as np
import pytest

from ops.drift.change_interval import changes, largest_difference_p, place_cdf, place_quantile
from ops.drift.changepoints import changepoints
from ops.errors import BadData
from tests.ops.drift.partitioned import autoregression

N, AT = 240, 110


def _covered(phi: float, size: float, series: int) -> tuple[float, float, int]:
    rng = np.random.default_rng([int(10 * phi), int(10 * size)])
    place = inside = seen = 0
    t = np.arange(N) / 10.0
    for _ in range(series):
        y = (1.0 - phi) * autoregression(rng, N, phi) + size * (np.arange(N) >= AT)
        found = changes(t, y, changepoints(y))
        if len(found) != 1:
            continue
        one = found[0]
        seen += 1
        place += one.index_lower <= AT <= one.index_upper
        inside += one.size_lower <= size <= one.size_upper
    return place / seen, inside / seen, seen


@pytest.mark.parametrize(("phi", "size"), [(0.0, 1.0), (0.0, 2.0), (0.3, 1.5), (0.6, 1.5)])
def test_intervals_of_found_steps_cover(phi: float, size: float) -> None:
    place, inside, seen = _covered(phi, size, 200)
    assert seen >= 150
    assert place >= 0.95 - 3 * sqrt(0.95 * 0.05 / seen)
    assert inside >= 0.95 - 3 * sqrt(0.95 * 0.05 / seen)


def test_the_distribution_of_the_place_is_that_of_a_simulated_walk() -> None:
    rng = np.random.default_rng(3)
    step, reach, walks = 0.05, 30.0, 3000
    steps = rng.normal(size=(walks, 2, round(reach / step)), scale=sqrt(step)) - step / 2
    top = np.cumsum(steps, axis=2)
    side = top.max(axis=2)
    right = side[:, 1] > np.maximum(side[:, 0], 0.0)
    found = np.where(right, (top[:, 1].argmax(axis=1) + 1) * step, 0.0)
    for x in (1.0, 3.0, 8.0):
        assert np.mean(found <= x) == pytest.approx(place_cdf(x), abs=0.03)


def test_the_distribution_of_the_place_is_symmetric_and_its_quantile_its_inverse() -> None:
    assert place_cdf(0.0) == pytest.approx(0.5)
    assert place_cdf(-4.0) + place_cdf(4.0) == pytest.approx(1.0)
    assert place_cdf(200.0) == pytest.approx(1.0)
    for p in (0.75, 0.95, 0.995):
        assert place_cdf(place_quantile(p)) == pytest.approx(p)


def test_the_p_value_of_the_largest_difference_is_not_too_small() -> None:
    rng = np.random.default_rng(1)
    n, series = 100, 1500
    y = rng.normal(size=(series, n))
    k = np.arange(1, n)
    left = np.cumsum(y, axis=1)[:, :-1]
    total = y.sum(axis=1, keepdims=True)
    z = np.abs(left - k / n * total) / np.sqrt(k * (n - k) / n)
    p = np.array([largest_difference_p(float(one), n) for one in z.max(axis=1)])
    for level in (0.05, 0.01):
        assert np.mean(p <= level) <= level + 3 * sqrt(level / series)
        assert np.mean(p <= level) >= level / 6


def test_a_step_is_told_in_days_and_units() -> None:
    rng = np.random.default_rng(2)
    t = np.sort(rng.uniform(0.0, 30.0, 200))
    y = 1e6 + rng.normal(size=200) + 4.0 * (np.arange(200) >= 90)
    (one,) = changes(t, y, changepoints(y))
    assert one.index == pytest.approx(90, abs=1)
    assert one.lower < one.t <= one.upper
    assert one.lower <= t[90] <= one.upper
    assert one.size_lower < 4.0 < one.size_upper
    assert one.after - one.before == pytest.approx(one.size)
    assert one.before == pytest.approx(1e6, abs=1.0)
    assert one.p_value < 1e-10
    said = one.evidence(1_000_000)
    assert (said.mechanism, said.present, said.direction) == ("step", True, 1)
    assert said.since == 1_000_000 + round(one.t * 86_400_000_000)
    assert "3 x long-run variance" in said.method


def test_a_step_on_a_drift_has_the_size_of_the_step() -> None:
    rng = np.random.default_rng(4)
    t = np.arange(300.0)
    y = rng.normal(size=300) + 0.05 * t + 5.0 * (t >= 120)
    (one,) = changes(t, y, changepoints(y, cost="line"))
    assert one.size_lower < 5.0 < one.size_upper
    assert one.p_value < 0.001


def test_a_step_without_noise_is_sure() -> None:
    y = np.repeat([5.0, 5.2], 20)
    (one,) = changes(np.arange(40.0), y, changepoints(y))
    assert (one.index_lower, one.index_upper) == (20, 20)
    assert one.size_lower == pytest.approx(0.2)
    assert one.size_upper == pytest.approx(0.2)
    assert one.p_value < 1e-6


def test_no_change_is_no_result_and_other_data_is_refused() -> None:
    y = np.zeros(20)
    assert changes(np.arange(20.0), y, changepoints(y)) == ()
    with pytest.raises(BadData, match="t has 19 and y 20 values, segmented were 20"):
        changes(np.arange(19.0), y, changepoints(y))
