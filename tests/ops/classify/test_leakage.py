"""Areas of one column against scikit-learn and scipy, and columns that only seem to know."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata, spearmanr
from sklearn.metrics import roc_auc_score

from ops.classify.leakage import auc_of_ranks, midranks, of_numbers, of_texts, rank_correlation
from ops.values import factor_of
from tests.strategies import few


@few(50)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_areas_and_ranks_are_those_of_others(rows: list[tuple[int, bool]]) -> None:
    x = np.array([float(v) for v, _ in rows])
    event = np.array([e for _, e in rows])
    np.testing.assert_array_equal(midranks(x), rankdata(x))
    if 0 < event.sum() < event.size:
        assert auc_of_ranks(midranks(x), event) == pytest.approx(roc_auc_score(event, x))


def test_rank_correlation_is_that_of_scipy() -> None:
    rng = np.random.default_rng(1)
    x = np.round(rng.normal(size=60), 1)
    y = np.round(x + rng.normal(size=60), 1)
    assert rank_correlation(x, y) == pytest.approx(spearmanr(x, y).statistic)
    assert rank_correlation(x, np.ones(60)) == 0.0


def test_no_ranks_of_no_values() -> None:
    assert midranks(np.zeros(0)).size == 0


def test_a_column_tells_a_class_by_value_range_or_absence() -> None:
    rng = np.random.default_rng(2)
    event = rng.random(2000) < 0.1
    label = factor_of(["fail" if e else "pass" for e in event])
    noise = rng.normal(size=2000)
    for how, x in (
        ("value", np.where(event, 10.0, 0.0) + noise),
        ("range", np.where(event, rng.uniform(10, 11, 2000), rng.choice([0.0, 20.0], 2000))),
        ("missing", np.where(event, np.nan, noise)),
    ):
        found = of_numbers(x, label)
        assert found is not None
        assert found.how == how
        assert found.auc > 0.99
    innocent = of_numbers(noise, label)
    assert innocent is not None
    assert innocent.auc < 0.6


def test_a_level_that_is_the_label_is_found_and_a_name_of_the_row_is_not() -> None:
    rng = np.random.default_rng(3)
    event = rng.random(500) < 0.2
    label = factor_of(["fail" if e else "pass" for e in event])
    copy = of_texts(factor_of(["bad" if e else "good" for e in event]), label)
    names = of_texts(factor_of([f"D{i}" for i in range(500)]), label)
    assert copy is not None
    assert copy.auc == 1.0
    assert names is not None
    assert names.auc == 0.5


def test_a_class_of_few_rows_accuses_nobody() -> None:
    label = factor_of([*["fail"] * 4, *["pass"] * 100])
    assert of_numbers(np.append(np.ones(4), np.zeros(100)), label) is None


def test_each_class_is_told_against_the_others() -> None:
    label = factor_of([*["a"] * 30, *["b"] * 30, *["c"] * 30])
    x = np.append(np.tile([0.0, 1.0], 30), np.full(30, 5.0))
    found = of_numbers(x, label)
    assert found is not None
    assert (found.label, found.auc) == ("c", 1.0)
