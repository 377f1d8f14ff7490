"""Measures of rankings against closed forms, hand-computed examples and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from ops.classify.ranking.case import head_of
from ops.classify.ranking.metric import (
    coverage,
    diversity_at,
    exposure,
    gini,
    ndcg_at,
    recall_at,
)


def test_recall_counts_relevant_items_of_the_first_k() -> None:
    assert recall_at(["a", "b", "c", "d"], {"b", "d", "x"}, 3) == pytest.approx(1 / 3)
    assert recall_at(["a"], {"a"}, 5) == 1.0
    assert recall_at(["a"], set(), 5) is None


def test_ndcg_of_a_hand_computed_list() -> None:
    # relevant at ranks 1 and 3: (1 + 1/2) over (1 + 1/log2 3)
    assert ndcg_at(["a", "b", "c"], {"a", "c"}, 3) == pytest.approx(1.5 / (1 + 1 / np.log2(3)))
    assert ndcg_at(["a", "b"], set(), 2) is None


@settings(deadline=None, max_examples=30)
@given(st.lists(st.booleans(), min_size=2, max_size=12), st.integers(1, 12))
def test_ndcg_equals_that_of_scikit_learn(relevant: list[bool], k: int) -> None:
    names = [f"{i:02d}" for i in range(len(relevant))]
    wanted = {name for name, is_relevant in zip(names, relevant, strict=True) if is_relevant}
    if not wanted:
        return
    truth = np.array([relevant], dtype=float)
    scores = np.array([np.arange(len(names), 0, -1)], dtype=float)
    assert ndcg_at(names, wanted, k) == pytest.approx(ndcg_score(truth, scores, k=k))


def test_gini_of_closed_forms() -> None:
    assert gini(np.array([3.0, 3.0, 3.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 0.0, 0.0, 7.0])) == pytest.approx(4 / 5)
    n = 9  # x_i = i: the index is (n - 1) / (3 n) ... of 1..n (n^2 - 1) / (3 n (n + 1))
    assert gini(np.arange(1.0, n + 1)) == pytest.approx((n - 1) / (3 * n))
    assert gini(np.zeros(3)) is None


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 50), min_size=2, max_size=15))
def test_gini_is_the_mean_absolute_difference_over_twice_the_mean(counts: list[int]) -> None:
    x = np.array(counts, dtype=float)
    if x.sum() == 0:
        return
    direct = np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())
    assert gini(x) == pytest.approx(direct)
    assert gini(3 * x[::-1]) == pytest.approx(direct)


def test_coverage_counts_what_was_shown_at_all() -> None:
    shown = exposure([["a", "b", "c"], ["a", "c", "b"]], {"a", "b", "c", "d"}, 2)
    assert shown.tolist() == [2.0, 1.0, 1.0, 0.0]
    assert coverage(shown) == 0.75
    assert coverage(np.zeros(0)) is None


def test_diversity_is_the_mean_distance_of_pairs() -> None:
    similar = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.2], [0.0, 0.2, 1.0]])
    assert diversity_at([0, 1, 2], similar, 3) == pytest.approx((0.5 + 1.0 + 0.8) / 3)
    assert diversity_at([0, 1, 2], similar, 1) is None


def test_the_head_makes_the_upper_share_of_uses() -> None:
    assert head_of({"a": 8, "b": 2}) == {"a"}
    assert head_of({"b": 1, "a": 1}, 0.5) == {"a"}, "equal ones by name"
    assert head_of({}) == frozenset()
