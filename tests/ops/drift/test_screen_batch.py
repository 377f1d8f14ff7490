"""The evidence of many streams at once: mean, scatter, share near a limit, slope."""

import numpy as np
import pytest
from scipy.stats import theilslopes

from ops.drift.screen_batch import (
    MEAN,
    NEAR,
    SPREAD,
    PointStream,
    ScreenMargins,
    block_slope,
    followed,
    screen_batch,
)
from ops.drift.series_test import MOVES
from ops.errors import BadData
from ops.values import FloatArray

N, SPLIT = 300, 200


def stream(y: FloatArray, **more: FloatArray) -> PointStream:
    return PointStream(np.arange(y.size) / 24, y, split=2 * y.size // 3, margin=0.5, **more)


def test_each_feature_is_found_where_it_moved_and_nowhere_else() -> None:
    rng = np.random.default_rng(1)
    later = np.arange(N) >= SPLIT
    y = rng.normal(size=N)
    within = np.sqrt(rng.chisquare(5, N) / 5)
    near = rng.binomial(20, 0.02, N) / 20
    moved = np.where(later, rng.binomial(20, 0.4, N) / 20, near)
    found = screen_batch(
        [
            stream(y + 2.0 * later, scatter=within ** (2 / 3), near=near),
            stream(y, scatter=(within * np.where(later, 2.0, 1.0)) ** (2 / 3), near=near),
            stream(y, scatter=within ** (2 / 3), near=moved),
        ]
    )
    assert (found.p_value < 1e-5).tolist() == np.eye(3, dtype=bool).tolist()
    assert found.size[0, MEAN] == pytest.approx(2.0, abs=0.3)
    assert found.size[1, SPREAD] == pytest.approx(2.0, abs=0.3)
    assert found.size[2, NEAR] == pytest.approx(0.38, abs=0.05)
    assert found.since[[0, 1, 2], [0, 1, 2]] == pytest.approx(SPLIT / 24, abs=0.6)
    assert abs(found.level[0] - 2.0) < 0.4
    assert found.level_lower[0] < 2.0 < found.level_upper[0]


def test_scatter_is_that_about_the_neighbours_where_a_point_is_one_value() -> None:
    rng = np.random.default_rng(2)
    wide = np.where(np.arange(N) >= SPLIT, 4.0, 1.0)
    found = screen_batch([stream(wide * rng.normal(size=N))])
    assert found.p_value[0, SPREAD] < 1e-4
    assert found.lower[0, SPREAD] < 4.0 < found.upper[0, SPREAD] + 1.0


def test_streams_of_all_lengths_are_what_they_are_alone() -> None:
    rng = np.random.default_rng(3)
    streams = [stream(rng.normal(size=n)) for n in (40, 100, 40, 333)]
    together = screen_batch(streams)
    for i, each in enumerate(streams):
        alone = screen_batch([each])
        assert together.p_value[i, :2].tolist() == pytest.approx(alone.p_value[0, :2].tolist())
        assert together.size[i, MEAN] == pytest.approx(alone.size[0, MEAN])


def test_a_step_begins_at_its_point() -> None:
    y = np.where(np.arange(N) >= 123, 5.0, 0.0) + np.random.default_rng(4).normal(size=N)
    found = screen_batch([stream(y)])
    assert MOVES[found.move[0, MEAN]] == "step"
    assert found.since[0, MEAN] == pytest.approx(123 / 24)


def test_the_slope_is_near_that_of_theil_and_sen() -> None:
    rng = np.random.default_rng(5)
    t = np.sort(rng.uniform(0, 28, (4, 400)), axis=1)
    y = 0.3 * t + rng.standard_t(2, size=t.shape)
    for mine, x, values in zip(block_slope(t, y), t, y, strict=True):
        theirs = theilslopes(values, x)
        assert theirs.low_slope < mine < theirs.high_slope


def test_fewer_than_five_occupied_points_say_nothing_of_a_limit() -> None:
    near = np.zeros(N)
    near[-4:] = 1.0
    found = screen_batch([stream(np.random.default_rng(6).normal(size=N), near=near)])
    assert np.isnan(found.p_value[0, NEAR])


def test_scatter_that_is_mostly_zero_is_not_followed() -> None:
    flat = stream(np.zeros(N), scatter=np.zeros(N))
    assert followed(flat, "spread", ScreenMargins()) is None


@pytest.mark.parametrize("y", [np.zeros(15), np.append(np.zeros(20), np.nan)])
def test_what_cannot_be_judged_says_so(y: FloatArray) -> None:
    with pytest.raises(BadData, match="16 finite points"):
        screen_batch([stream(y)])


def test_a_share_that_goes_from_none_to_all_is_not_known_for_certain() -> None:
    near = (np.arange(N) >= SPLIT).astype(np.float64)
    found = screen_batch([stream(np.random.default_rng(7).normal(size=N), near=near)])
    assert found.p_value[0, NEAR] < 1e-6
    assert found.size[0, NEAR] == pytest.approx(1.0, abs=0.05)
    assert 0.9 < found.lower[0, NEAR] < 0.99
    assert found.upper[0, NEAR] <= 1.0
    assert found.lower[0, NEAR] < found.size[0, NEAR]
