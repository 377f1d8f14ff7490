import numpy as np
import pytest

from solvers.greenfield.curve import center_curve, knee, median_curve
from solvers.greenfield.from_scenario import Asked, greenfield
from solvers.greenfield.problem import Choice
from solvers.scenario.example import example_scenario


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([100.0, 40.0, 30.0, 25.0, 24.0], 1),
        ([10.0, 9.0, 2.0, 1.0], 2),
        ([3.0, 2.0, 1.0], None),
        ([3.0, 2.0], None),
        ([3.0, 3.0, 3.0], None),
    ],
)
def test_the_knee_is_farthest_below_the_chord(values: list[float], expected: int | None) -> None:
    assert knee(values) == expected


def test_a_watch_ends_the_curve() -> None:
    problem = greenfield(example_scenario(), Asked())
    assert len(median_curve(Choice.of(problem), 5, watch=lambda news: news.fraction >= 0.4)) == 2
    assert len(center_curve(problem, 5, watch=lambda news: news.fraction >= 0.4)) == 2


def test_three_continents_need_three_sites() -> None:
    problem = greenfield(example_scenario(), Asked(max_km=3000.0))
    curve = median_curve(Choice.of(problem), 5)
    assert [p.feasible for p in curve] == [False, False, True, True, True]
    centers = center_curve(problem, 5)
    assert [p.feasible for p in centers] == [False, False, True, True, True]
    longest = [float(c.bound) for c in centers]
    assert longest == sorted(longest, reverse=True)
    assert np.isfinite(longest).all()
