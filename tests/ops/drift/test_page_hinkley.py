"""Page-Hinkley: the alarms of `river`, and what head start, gaps and a constant do to it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.drift.page_hinkley import page_hinkley, page_hinkley_streams
from ops.errors import BadData
from ops.validation.drift_monitors import STREAMS
from tests.reference import case


def test_alarms_are_those_of_river() -> None:
    found = case("drift_monitors", "page_hinkley_river")
    runs = zip(found["inputs"]["runs"], found["expected"]["alarms"], strict=True)
    for run, alarms in runs:
        y = STREAMS[run["stream"]]()
        assert page_hinkley(y, **run["parameters"]).alarms.tolist() == alarms, run


def test_streams_side_by_side_give_what_each_gives_alone() -> None:
    rng = np.random.default_rng(9)
    y = rng.normal(size=(600, 260)) + np.repeat(rng.normal(scale=2, size=(6, 260)), 100, axis=0)
    y[:, 256:][rng.random((600, 4)) < 0.05] = np.nan
    for setting in ({"threshold": 15.0}, {"threshold": 9.0, "alpha": 1.0, "headstart": 4.0}):
        together = page_hinkley_streams(y, delta=0.2, **setting)
        for stream, found in enumerate(together):
            alone = page_hinkley(y[:, stream], delta=0.2, **setting)
            assert found.alarms.tolist() == alone.alarms.tolist()
            assert found.directions.tolist() == alone.directions.tolist()
            assert found.began.tolist() == alone.began.tolist()
    assert page_hinkley_streams(np.zeros((5, 0))) == ()


def test_a_step_is_told_with_direction_and_begin() -> None:
    y = np.concatenate(
        [np.tile([-0.5, 0.5], 50), np.tile([2.5, 3.5], 50), np.tile([-2.0, 0.0], 50)]
    )
    found = page_hinkley(y, delta=0.5, threshold=8.0, alpha=1.0)
    assert found.directions[:2].tolist() == [1, -1]
    assert abs(found.began[0] - 100) <= 1
    assert abs(found.began[1] - 200) <= 1


def test_a_head_start_never_delays_the_first_alarm() -> None:
    y = np.random.default_rng(2).normal(0.3, 1.0, 400)
    plain, early = (
        page_hinkley(y, delta=0.1, threshold=6.0, headstart=h).alarms for h in (0.0, 3.0)
    )
    assert early[0] <= plain[0]


@given(shift=st.integers(-1000, 1000), scale=st.sampled_from([0.25, 2.0, 64.0]))
def test_alarms_survive_a_change_of_unit(shift: int, scale: float) -> None:
    y = STREAMS["steps"]()
    plain = page_hinkley(y, delta=0.1, threshold=10.0).alarms
    moved = page_hinkley(scale * (y + shift), delta=scale * 0.1, threshold=scale * 10.0).alarms
    assert moved.tolist() == plain.tolist()


def test_the_mirror_image_turns_directions() -> None:
    y = STREAMS["ramp"]()
    up, down = page_hinkley(y, threshold=10.0), page_hinkley(-y, threshold=10.0)
    assert up.alarms.tolist() == down.alarms.tolist()
    assert up.directions.tolist() == (-down.directions).tolist()


def test_missing_values_are_left_out() -> None:
    y = np.repeat([0.0, 5.0], 100)
    gaps = np.insert(y, 50, [np.nan] * 3)
    assert page_hinkley(gaps, threshold=20.0).alarms.tolist() == [107]


def test_nothing_and_a_constant_give_no_alarm() -> None:
    assert page_hinkley(np.zeros(0)).alarms.size == 0
    assert page_hinkley(np.full(1000, 7.0), threshold=1.0).alarms.size == 0


@pytest.mark.parametrize(
    "wrong", [{"delta": -0.1}, {"alpha": 0.0}, {"headstart": 60.0}, {"threshold": -1.0}]
)
def test_parameters_out_of_range_are_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadData, match=f"{next(iter(wrong))} {next(iter(wrong.values()))}"):
        page_hinkley(np.zeros(3), **wrong)
