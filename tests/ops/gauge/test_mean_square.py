"""Intervals of mean squares: exact where one is alone, near their level where two are mixed."""

import numpy as np
import pytest
from scipy import stats

from ops.gauge.mean_square import MeanSquare, combined


def test_one_mean_square_has_the_chi_square_interval() -> None:
    found = combined(np.array([0.5]), (MeanSquare("e", 3.0, 7.0),), 0.9)
    low, high = (float(0.5 * 3.0 * 7.0 / stats.chi2.ppf(p, 7)) for p in (0.95, 0.05))
    assert (found.lower, found.upper) == pytest.approx((low, high))


def test_a_difference_with_its_sign_turned_has_its_interval_turned() -> None:
    squares = (MeanSquare("a", 5.0, 9.0), MeanSquare("b", 2.0, 20.0))
    one = combined(np.array([0.5, -0.5]), squares, 0.95)
    two = combined(np.array([-0.5, 0.5]), squares, 0.95)
    assert (two.lower, two.upper) == pytest.approx((-one.upper, -one.lower))


@pytest.mark.parametrize("truth", [(4.0, 1.0, 2.0), (1.2, 1.0, 1.0), (50.0, 3.0, 1.0)])
def test_the_interval_holds_its_level(truth: tuple[float, float, float]) -> None:
    rng, df = np.random.default_rng(3), (4.0, 9.0, 30.0)
    weight = np.array([0.3, -0.3, 0.2])
    within = 0
    for _ in range(1000):
        squares = tuple(
            MeanSquare("", t * rng.chisquare(d) / d, d) for t, d in zip(truth, df, strict=True)
        )
        found = combined(weight, squares, 0.95)
        within += found.lower <= float(weight @ np.array(truth)) <= found.upper
    assert within / 1000 == pytest.approx(0.955, abs=0.025)
