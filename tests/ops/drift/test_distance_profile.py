import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.drift.distance_profile import distance_profile, exclusion_zone, nearest
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray


def by_definition(query: FloatArray, series: FloatArray) -> FloatArray:
    """Distances of z-normalised stretches, each by itself."""

    def normal(x: FloatArray) -> FloatArray:
        if x.max() == x.min():
            return np.zeros(x.size)
        around = x - x.mean()
        around = around - around.mean()
        return np.asarray(around / np.sqrt(np.mean(around**2)))

    q, m = normal(query), query.size
    found = [
        np.sqrt(np.sum((normal(series[i : i + m]) - q) ** 2))
        if np.isfinite(series[i : i + m]).all()
        else np.inf
        for i in range(series.size - m + 1)
    ]
    return np.array(found)


def hard_series() -> dict[str, FloatArray]:
    rng = np.random.default_rng(0)
    noise, place = rng.normal(size=1200), np.arange(1200.0)
    return {
        "walk": np.cumsum(noise),
        "offset": 1e6 + noise,
        "step": noise + np.where(place > 600, 1e7, 0.0),
        "spike": np.where(place == 777, 1e9, noise),
        "periodic": np.sin(place / 7),
        "ramp": place,
        "flat": np.where((place > 300) & (place < 500), 2.0, noise),
        "gaps": np.where((place % 397) < 3, np.nan, noise),
    }


@pytest.mark.parametrize("name", hard_series())
@pytest.mark.parametrize("m", [3, 17, 130])
def test_it_agrees_with_the_definition_to_nine_digits(name: str, m: int) -> None:
    series = hard_series()[name]
    rng = np.random.default_rng(m)
    for query in (np.nan_to_num(series[200 : 200 + m]), rng.normal(size=m)):
        found, expected = distance_profile(query, series), by_definition(query, series)
        assert np.array_equal(np.isinf(found), np.isinf(expected))
        there = np.isfinite(expected)
        assert np.max(np.abs(found[there] - expected[there])) < 1e-9


@given(
    seed=st.integers(0, 1000),
    scale=st.floats(0.01, 100),
    offset=st.floats(-1e4, 1e4),
)
def test_a_change_of_unit_of_the_query_changes_nothing(
    seed: int, scale: float, offset: float
) -> None:
    rng = np.random.default_rng(seed)
    series, query = rng.normal(size=80), rng.normal(size=12)
    moved = distance_profile(scale * query + offset, series)
    assert moved == pytest.approx(distance_profile(query, series), abs=1e-6)


def test_a_flat_query_is_near_only_to_flat_stretches() -> None:
    series = np.array([1.0, 2.0, 2.0, 2.0, 2.0, 5.0])
    found = distance_profile(np.full(4, 7.0), series)
    assert found.tolist() == pytest.approx([2.0, 0.0, 2.0])


def test_a_series_of_gaps_is_infinitely_far() -> None:
    assert np.isinf(distance_profile(np.arange(3.0), np.full(9, np.nan))).all()


def test_neighbours_of_a_match_are_the_same_match() -> None:
    series = np.random.default_rng(1).normal(size=400)
    query = series[100:140].copy()
    series[300:340] = 5 + 3 * query
    best = nearest(distance_profile(query, series), 2, exclusion=exclusion_zone(40))
    assert sorted(best.start.tolist()) == [100, 300]
    assert best.distance == pytest.approx([0.0, 0.0], abs=1e-9)
    assert nearest(np.full(5, np.inf), 3, exclusion=2).start.size == 0


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="3 values, got 2"):
        distance_profile(np.zeros(2), np.zeros(9))
    with pytest.raises(NotEnoughData, match="fewer than the query's 10"):
        distance_profile(np.zeros(10), np.zeros(9))
    with pytest.raises(BadData, match="1 of the query's 3"):
        distance_profile(np.array([0.0, np.nan, 1.0]), np.zeros(9))


def test_inputs_stay_as_they_are() -> None:
    series, query = np.random.default_rng(2).normal(size=50), np.arange(5.0)
    before = series.copy(), query.copy()
    distance_profile(query, series)
    assert np.array_equal(series, before[0])
    assert np.array_equal(query, before[1])
