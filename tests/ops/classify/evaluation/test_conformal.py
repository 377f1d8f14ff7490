"""Conformal sets and intervals: coverage by class, nesting, refusal of too few rows."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.evaluation.conformal import (
    conformal_from,
    coverage,
    coverage_out_of_fold,
    fit_conformal,
    rows_needed,
)
from ops.classify.evaluation.conformal_number import (
    NumberConformal,
    fit_absolute,
    fit_normalised,
    fit_quantile,
    number_conformal_from,
)
from ops.classify.evaluation.number_scores import interval_coverage
from ops.errors import BadData
from ops.values import FloatArray, IntArray
from tests.ops.classify.evaluation.samples import drawn, predicted, true_probabilities
from tests.strategies import few


def _rare(seed: int, n: int) -> tuple[IntArray, FloatArray]:
    """Events in one row of twenty, hard to see: scores of events overlap those of others."""
    rng = np.random.default_rng(seed)
    y = (rng.random(n) < 0.05).astype(np.int64)
    odds = np.exp(1.5 * rng.normal(size=n) + 2.0 * y - 3.5)
    event = odds / (1 + odds)
    return y, np.column_stack([1 - event, event])


@pytest.mark.parametrize("level", [0.8, 0.9])
def test_each_class_is_covered_within_three_points(level: float) -> None:
    conformal = fit_conformal(*_rare(0, 20_000), level)
    found = coverage(conformal, *_rare(1, 60_000))
    for share in found.by_class:
        assert share.value == pytest.approx(level, abs=0.03)


def test_marginal_sets_hold_their_level_and_forsake_the_rare_class() -> None:
    marginal = fit_conformal(*_rare(0, 20_000), 0.9, kind="marginal")
    found = coverage(marginal, *_rare(1, 60_000))
    assert found.overall.value == pytest.approx(0.9, abs=0.01)
    assert found.by_class[1].value is not None
    assert found.by_class[1].value < 0.5
    assert marginal.too_few == ()


def test_cover_of_small_samples_is_at_least_the_level_on_average() -> None:
    held: list[float] = []
    for seed in range(300):
        y, p = _rare(seed, 400)
        value = coverage(fit_conformal(y, p, 0.9), *_rare(seed + 10_000, 400)).by_class[1].value
        held += [] if value is None else [value]
    assert np.mean(held) >= 0.89
    assert np.mean(held) <= 0.96  # n_c about 20: ceil(21 x 0.9) / 21 and the same above


def test_coverage_out_of_fold_is_that_of_later_rows() -> None:
    y, p = _rare(2, 20_000)
    found = coverage_out_of_fold(predicted(y, p), 0.9)
    assert [c.value for c in found.by_class] == pytest.approx([0.9, 0.9], abs=0.03)
    assert found.mean_size == pytest.approx(2 * (1 - found.single - found.empty) + found.single)


@few(40)
@given(
    seed=st.integers(0, 10**6), n=st.integers(3, 120), classes=st.integers(2, 4),
    levels=st.tuples(st.floats(0.05, 0.99), st.floats(0.05, 0.99)),
)  # fmt: skip
def test_sets_of_a_higher_level_hold_those_of_a_lower(
    seed: int, n: int, classes: int, levels: tuple[float, float]
) -> None:
    rng = np.random.default_rng(seed)
    p = true_probabilities(rng, n, classes)
    y = drawn(rng, p)
    low, high = (fit_conformal(y, p, level).sets(p) for level in sorted(levels))
    assert (high | ~low).all()


def test_a_class_of_too_few_rows_is_never_ruled_out() -> None:
    y = np.array([0] * 30 + [1] * 8)
    p = np.column_stack([np.linspace(0.9, 0.1, 38), np.linspace(0.1, 0.9, 38)])
    conformal = fit_conformal(y, p, 0.9)
    assert conformal.too_few == (1,)
    assert conformal.counts == (30, 8)
    assert conformal.sets(np.array([[1.0, 0.0]]))[0, 1]
    assert fit_conformal(np.append(y, 1), np.vstack([p, [0.5, 0.5]]), 0.9).too_few == ()


def test_rows_needed_grow_with_the_level() -> None:
    assert [rows_needed(level) for level in (0.5, 0.8, 0.9, 0.95, 0.99)] == [1, 4, 9, 19, 99]


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, float("nan")])
def test_levels_that_are_none_are_refused(level: float) -> None:
    with pytest.raises(BadData, match="not between 0 and 1"):
        fit_conformal(np.zeros(3, dtype=np.int64), np.ones((3, 2)) / 2, level)


def test_conformal_values_survive_json() -> None:
    conformal = fit_conformal(*_rare(0, 300), 0.9)
    assert conformal_from(json.loads(json.dumps(conformal.to_document()))) == conformal
    margin = fit_absolute(np.arange(30.0), np.zeros(30))
    assert number_conformal_from(json.loads(json.dumps(margin.to_document()))) == margin


def _numbers(seed: int, n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Measured value, its mean, its standard deviation (which varies tenfold)."""
    rng = np.random.default_rng(seed)
    mean, spread = rng.normal(size=n), 10 ** rng.random(n)
    return mean + spread * rng.standard_t(4, n), mean, spread


def test_intervals_of_numbers_cover() -> None:
    y, mean, spread = _numbers(0, 5000)
    later, middle, wide = _numbers(1, 20_000)
    absolute = fit_absolute(y, mean, 0.9).interval(middle)
    normalised = fit_normalised(y, mean, spread, 0.9).interval(middle, spread=wide)
    quantiles = fit_quantile(y, mean - spread, mean + spread, 0.9)
    cqr = quantiles.interval(np.column_stack([middle - wide, middle + wide]))
    for ends in (absolute, normalised, cqr):
        assert interval_coverage(later, *ends).value == pytest.approx(0.9, abs=0.015)
    narrow = wide < 2
    missed = interval_coverage(later[narrow], absolute[0][narrow], absolute[1][narrow]).value
    assert missed is not None
    assert missed > 0.98  # one width for all is far too wide where the spread is small
    held = interval_coverage(later[narrow], normalised[0][narrow], normalised[1][narrow]).value
    assert held == pytest.approx(0.9, abs=0.03)


def test_quantiles_that_were_too_wide_are_drawn_in() -> None:
    y = np.random.default_rng(0).normal(size=500)
    found = fit_quantile(y, np.full(500, -9.0), np.full(500, 9.0), 0.9)
    assert found.margin is not None
    assert found.margin < -6
    lower, upper = found.interval(np.array([[-1.0, 1.0]]))
    assert (lower[0], upper[0]) == (0.0, 0.0)  # ends meet, they do not cross


def test_too_few_numbers_have_no_finite_interval() -> None:
    found = fit_absolute(np.arange(8.0), np.zeros(8), 0.9)
    assert found.margin is None
    assert np.isinf(found.interval(np.zeros(1))).all()


def test_spreads_must_be_given_and_above_zero() -> None:
    with pytest.raises(BadData, match="smallest here is 0"):
        fit_normalised(np.ones(9), np.ones(9), np.zeros(9))
    with pytest.raises(BadData, match="need a spread"):
        NumberConformal("normalised", 0.9, 1.0, 9).interval(np.ones(2))
