"""The count of failures of unlike units against binomials and brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from ops.lifetime.field.poisson_binomial import count_cdf, count_quantile


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0.0, 1.0)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_count_is_the_convolution_of_its_groups(groups: list[tuple[int, float]]) -> None:
    pmf = np.ones(1)
    for n, p in groups:
        pmf = np.convolve(pmf, binom(n, p).pmf(np.arange(n + 1)))
    units, chance = (np.array(column, dtype=float) for column in zip(*groups, strict=True))
    at = np.arange(pmf.size)
    assert count_cdf(units, chance[None], at) == pytest.approx(np.cumsum(pmf), abs=1e-10)


def test_a_poisson_count_is_added_in_both_ways() -> None:
    at = np.arange(0, 40)
    none = count_cdf(np.array([1.0]), np.array([[0.0]]), at, more=np.array([12.0]))
    assert none == pytest.approx(poisson(12.0).cdf(at), abs=1e-10)
    many = np.arange(300, 500, 20)
    far = count_cdf(np.array([1.0]), np.array([[0.0]]), many, more=np.array([400.0]))
    assert far == pytest.approx(poisson(400.0).cdf(many), abs=2e-4)


def test_many_failures_are_told_to_four_digits_by_the_refined_normal() -> None:
    units, chance = np.array([5000.0]), np.array([[0.1]])
    at = np.arange(430, 571, 10)
    assert count_cdf(units, chance, at) == pytest.approx(binom(5000, 0.1).cdf(at), abs=1e-4)


def test_quantiles_are_the_smallest_counts_and_mixtures_average() -> None:
    units, p = np.array([40.0]), np.array([0.05, 0.5, 0.95])
    assert count_quantile(units, np.array([[0.3]]), p).tolist() == binom(40, 0.3).ppf(p).tolist()
    mixed = count_cdf(units, np.array([[0.1], [0.5]]), np.array([10]))
    assert mixed[0] == pytest.approx((binom(40, 0.1).cdf(10) + binom(40, 0.5).cdf(10)) / 2)
    assert count_quantile(units, np.array([[0.0]]), p).tolist() == [0, 0, 0]


def test_many_groups_of_small_chance_are_as_exact_as_few() -> None:
    rng = np.random.default_rng(7)
    units = rng.integers(1, 300, 90).astype(float)
    chance = rng.uniform(0.0, 0.01, (2, 90))
    at = np.arange(0, 200, 3)
    told = count_cdf(units, chance, at)
    pmf = np.zeros((2, 600))
    for row, draw in zip(pmf, chance, strict=True):
        whole = np.ones(1)
        for n, p in zip(units, draw, strict=True):
            whole = np.convolve(whole, binom(n, p).pmf(np.arange(40)))[:600]
        row[: whole.size] = whole
    assert told == pytest.approx(np.cumsum(pmf, axis=1)[:, at].mean(axis=0), abs=1e-10)
