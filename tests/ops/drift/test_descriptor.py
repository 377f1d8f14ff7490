import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.drift.course import components, course_of, even_course
from ops.drift.descriptor import NAMES, describe, descriptor_distances, signature
from ops.drift.episode import Episode
from ops.errors import NotEnoughData
from ops.values import FloatArray, SpecLimits


def episode(t: FloatArray, y: FloatArray, corrections: int = 0) -> Episode:
    return Episode("WB-07", 0, 1, t, y, "maintenance", corrections=corrections)


@given(scale=st.floats(0.1, 100), offset=st.floats(-1e3, 1e3), stretch=st.floats(0.1, 50))
def test_a_signature_knows_no_unit_and_no_length(
    scale: float, offset: float, stretch: float
) -> None:
    t = np.linspace(0.0, 10.0, 80)
    y = np.sin(t)
    moved = signature(stretch * t, scale * y + offset)
    assert moved == pytest.approx(signature(t, y), abs=1e-5)


def test_irregular_times_give_the_same_signature() -> None:
    rng = np.random.default_rng(0)
    even, odd = np.linspace(0, 6, 200), np.sort(rng.uniform(0, 6, 200))
    odd[0], odd[-1] = 0.0, 6.0
    found = signature(even, np.sin(even)), signature(odd, np.sin(odd))
    assert float(np.corrcoef(*found)[0, 1]) > 0.99


def test_equal_values_have_a_signature_of_zeros() -> None:
    assert not signature(np.arange(20.0), np.full(20, 7.0)).any()


def test_the_descriptor_counts_in_sigmas() -> None:
    rng = np.random.default_rng(1)
    t = np.linspace(0.0, 20.0, 400)
    y = 150 + 0.5 * t + 2.0 * rng.normal(size=400)
    found = describe(episode(t, y))
    assert found.drift == pytest.approx(5.0, abs=0.7)
    assert found.sigma == pytest.approx(2.0, rel=0.1)
    assert found.lag1 == pytest.approx(0.0, abs=0.2)
    grown = describe(episode(t, np.where(t > 10, 3.0, 1.0) * rng.normal(size=400)))
    assert grown.variance == pytest.approx(np.log(9.0), abs=0.5)


def test_limits_and_corrections_are_told() -> None:
    t = np.arange(20.0)
    y = np.where(t < 5, 9.5, 5.0) + 0.01 * t
    found = describe(episode(t, y, corrections=19), spec=SpecLimits(0.0, 10.0))
    assert found.near_limit == pytest.approx(0.25)
    assert found.corrections == pytest.approx(np.log(2.0))
    assert describe(episode(t, y), spec=SpecLimits(lower=6.0)).near_limit == pytest.approx(0.75)
    assert describe(episode(t, y)).near_limit == 0.0


def test_equal_values_have_a_descriptor() -> None:
    vector = describe(episode(np.arange(9.0), np.full(9, 3.0))).vector()
    assert vector.size == len(NAMES)
    assert vector.tolist() == [3.0, 0, 0, 0, 0, 0, 0, 0]


def test_the_nearest_descriptor_is_its_own() -> None:
    rng = np.random.default_rng(2)
    many = rng.normal(size=(9, 8))
    found = descriptor_distances(many[4], many)
    assert found[4] == 0.0
    assert np.argmin(found) == 4


def test_too_little_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="needs 8 values, got 4"):
        describe(episode(np.arange(4.0), np.arange(4.0)))
    with pytest.raises(NotEnoughData, match="8 values spread over time, got 3"):
        signature(np.arange(3.0), np.arange(3.0))


def test_a_gap_is_bridged_and_a_large_one_makes_the_grid_coarser() -> None:
    t = np.concatenate((np.arange(20.0), np.arange(30.0, 50.0)))
    course = even_course(t, t)
    assert np.mean(np.isfinite(course.mean)) >= 0.6
    assert course_of(np.array([0.1, 2.2]), np.array([1.0, 3.0]), step=1.0).filled().tolist() == [
        1.0,
        2.0,
        3.0,
    ]


def test_components_of_a_line_are_its_level_and_slope() -> None:
    found = components(5.0 + np.linspace(-1.0, 1.0, 40))
    assert found[0] == pytest.approx(5.0)
    assert found[1] > 0
    assert found[2:] == pytest.approx([0.0, 0.0], abs=1e-12)
