"""Tolerance factors against published tables, and what order statistics need."""

import numpy as np
import pytest

from ops.capability.tolerance import (
    free_tolerance,
    normal_tolerance,
    one_sided_factor,
    two_sided_factor,
)
from tests.reference import case


def test_two_sided_factors_are_those_of_the_tables() -> None:
    found = case("capability_shapes", "tolerance_two_sided")
    for (n, coverage, level), k in zip(found["inputs"]["cases"], found["expected"], strict=True):
        assert two_sided_factor(n, n - 1, coverage, level) == pytest.approx(k, abs=1e-3)


def test_one_sided_factors_are_those_of_the_tables() -> None:
    found = case("capability_shapes", "tolerance_one_sided")
    for (n, coverage, level), k in zip(found["inputs"]["cases"], found["expected"], strict=True):
        assert one_sided_factor(n, n - 1, coverage, level) == pytest.approx(k, abs=1e-3)


def test_many_values_give_the_normal_quantile() -> None:
    assert two_sided_factor(1e7, 1e7, 0.9973, 0.95) == pytest.approx(3.0, abs=2e-3)


def test_extremes_hold_from_the_published_n_on() -> None:
    least = case("capability_shapes", "tolerance_order_statistics")["expected"]["least_n"]
    x = np.random.default_rng(1).normal(size=least)
    assert free_tolerance(x[:-1], coverage=0.95) is None
    found = free_tolerance(x, coverage=0.95)
    assert found is not None
    assert (found.lower, found.upper) == (x.min(), x.max())


@pytest.mark.parametrize("sides", ["both", "lower", "upper"])
def test_intervals_hold_their_share_as_often_as_promised(sides: str) -> None:
    from scipy.special import ndtr  # noqa: PLC0415

    rng, hits = np.random.default_rng(2), 0
    for _ in range(2000):
        x = rng.standard_normal(30)
        found = normal_tolerance(x.mean(), x.std(ddof=1), n=30, df=29, coverage=0.95, sides=sides)
        hits += float(ndtr(found.upper) - ndtr(found.lower)) >= 0.95
    assert 0.935 < hits / 2000 < 0.965


def test_order_statistics_hold_their_share_as_often_as_promised() -> None:
    rng, hits = np.random.default_rng(3), 0
    for _ in range(1000):
        found = free_tolerance(rng.random(400), coverage=0.95)
        assert found is not None
        hits += found.upper - found.lower >= 0.95
    assert hits / 1000 > 0.94
