"""Control charts: published limits, stages, streams, what cannot be judged."""

import numpy as np
import pytest
from hypothesis import given

from ops.errors import NotEnoughData
from ops.spc.control import control_chart
from ops.spc.rules import LIMITS_ONLY, NELSON
from ops.values import FloatArray, IntArray
from tests.reference import case
from tests.strategies import series

START = np.array([0])


def one_stream(n: int) -> IntArray:
    return np.zeros(n, dtype=np.int64)


def test_individuals_have_the_limits_of_montgomery() -> None:
    known = case("spc", "montgomery_viscosity")
    x = np.array(known["inputs"]["x"])
    chart = control_chart(x, stream=one_stream(x.size), starts=START)
    (stage,) = chart.stages
    lower, upper = stage.limits() or (np.nan, np.nan)
    assert stage.center == pytest.approx(known["expected"]["center"], abs=known["tolerance"])
    assert upper == pytest.approx(known["expected"]["UCL"], abs=known["tolerance"])
    assert lower == pytest.approx(known["expected"]["LCL"], abs=known["tolerance"])
    assert not chart.flags.any()


def test_means_are_judged_by_their_own_size() -> None:
    value, size = np.array([0.0, 2.0, 2.0]), np.array([1.0, 1.0, 9.0])
    chart = control_chart(
        value, stream=one_stream(3), starts=START, size=size, sigma=np.array([1.0])
    )
    (stage,) = chart.stages
    assert stage.center == pytest.approx(20 / 11), "weighted by the values behind each mean"
    assert stage.limits(9.0) == pytest.approx((20 / 11 - 1, 20 / 11 + 1))


def test_each_stage_has_limits_of_its_own_and_breaks_runs() -> None:
    rng = np.random.default_rng(3)
    value = np.concatenate((rng.normal(0, 1, 200), rng.normal(9, 1, 200)))
    chart = control_chart(value, stream=one_stream(400), starts=np.array([0, 200]))
    assert [round(s.center) for s in chart.stages] == [0, 9]
    assert np.mean(chart.flags & 1 > 0) < 0.02
    whole = control_chart(value, stream=one_stream(400), starts=START)
    assert np.mean(whole.flags & 2 > 0) > 0.9, "one stage for both is one long run on each side"


def test_runs_are_counted_within_a_stream() -> None:
    value = np.tile([1.0, -1.0], 12)  # tool A always above, tool B always below
    stream = np.tile([0, 1], 12)
    mixed = control_chart(value, stream=one_stream(24), starts=START, rules=(NELSON[1],))
    apart = control_chart(
        value, stream=stream, starts=START, rules=(NELSON[1],), sigma=np.array([1.0])
    )
    assert not mixed.flags.any()
    assert np.flatnonzero(apart.flags).tolist() == list(range(16, 24))


def test_equal_values_and_single_points_are_drawn_but_not_judged() -> None:
    for value in (np.full(30, 4.2), np.array([4.2])):
        chart = control_chart(value, stream=one_stream(value.size), starts=START)
        assert chart.stages[0].limits() is None
        assert not chart.flags.any()


def test_no_point_is_no_chart() -> None:
    with pytest.raises(NotEnoughData, match="needs 1 point, got 0"):
        control_chart(np.empty(0), stream=one_stream(0), starts=START)


@given(series(min_size=3))
def test_shift_and_scale_change_no_flag_of_a_clear_point(x: FloatArray) -> None:
    chart = control_chart(x, stream=one_stream(x.size), starts=START, rules=LIMITS_ONLY)
    stage = chart.stages[0]
    if stage.sigma is None:
        return
    clear = np.abs(np.abs(x - stage.center) / stage.sigma - 3) > 1e-6
    moved = control_chart(
        2.0 * x + 1024.0, stream=one_stream(x.size), starts=START, rules=LIMITS_ONLY
    )
    assert chart.flags[clear].tolist() == moved.flags[clear].tolist()
