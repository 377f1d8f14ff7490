"""Contributions, importance and dependence against closed forms of models that are known."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.inspection import partial_dependence as reference_dependence
from sklearn.linear_model import LinearRegression

from ops.classify.evaluation.contributions import (
    by_column,
    contributions_of,
    linear_amounts,
    linear_contributions,
    shapley,
)
from ops.classify.evaluation.dependence import partial_dependence
from ops.classify.evaluation.importance import permutation_importance
from ops.values import FloatArray
from tests.strategies import few


def _bent(x: FloatArray) -> FloatArray:
    """A score in which columns work together."""
    return x[:, 0] * x[:, 1] + np.maximum(x[:, 2], 0.2) - x[:, 0] * x[:, 2] * x[:, 3]


def test_linear_contributions_add_up_to_the_score() -> None:
    rng = np.random.default_rng(0)
    coefficients, x = rng.normal(size=4), rng.normal(size=(20, 4))
    mean = x.mean(axis=0)
    amounts = linear_contributions(coefficients, x, mean)
    assert amounts.sum(axis=1) == pytest.approx(x @ coefficients - mean @ coefficients)
    names, summed = by_column(amounts, ("a", "kind", "kind", "b"))
    assert names == ("a", "kind", "b")
    assert summed[:, 1] == pytest.approx(amounts[:, 1] + amounts[:, 2])
    found = linear_amounts(coefficients, x[0], mean, ("a", "kind", "kind", "b"), intercept=1.0)
    assert found.output - found.base == pytest.approx(found.amounts.sum())
    assert np.all(np.diff(np.abs(found.amounts)) <= 0)


def test_shapley_values_equal_the_mean_over_all_orders() -> None:
    rng = np.random.default_rng(1)
    row, reference = rng.normal(size=4), rng.normal(size=4)
    found = shapley(_bent, row, reference, ("a", "b", "c", "d"))
    steps = np.zeros(4)
    for order in permutations(range(4)):
        x = reference.copy()
        for k in order:
            before = _bent(x[None, :])[0]
            x[k] = row[k]
            steps[k] += _bent(x[None, :])[0] - before
    by_name = dict(zip(found.columns, found.amounts, strict=True))
    assert [by_name[c] for c in "abcd"] == pytest.approx(steps / 24)
    assert found.method == "exact"


@few(25)
@given(seed=st.integers(0, 10**6), columns=st.integers(1, 4), exact_up_to=st.sampled_from([0, 10]))
def test_shapley_values_add_up(seed: int, columns: int, exact_up_to: int) -> None:
    rng = np.random.default_rng(seed)
    row, reference = rng.normal(size=4), rng.normal(size=4)
    names = tuple(f"c{min(k, columns - 1)}" for k in range(4))
    found = shapley(_bent, row, reference, names, permutations=4, exact_up_to=exact_up_to)
    assert found.amounts.sum() == pytest.approx(found.output - found.base)
    assert found.output == pytest.approx(_bent(row[None, :])[0])
    assert len(found.columns) == columns


def test_sampled_values_lie_within_their_errors() -> None:
    rng = np.random.default_rng(2)
    row, reference = rng.normal(size=4), rng.normal(size=4)
    exact = shapley(_bent, row, reference, ("a", "b", "c", "d"))
    sampled = shapley(
        _bent, row, reference, ("a", "b", "c", "d"), permutations=400, exact_up_to=0, seed=3
    )
    truth = dict(zip(exact.columns, exact.amounts, strict=True))
    assert sampled.method == "sampled"
    for name, amount, error in zip(sampled.columns, sampled.amounts, sampled.errors, strict=True):
        assert abs(amount - truth[name]) <= 4 * error + 1e-12


def test_shapley_of_a_linear_score_is_its_contribution() -> None:
    rng = np.random.default_rng(4)
    coefficients, row, mean = rng.normal(size=12), rng.normal(size=12), rng.normal(size=12)
    names = tuple(f"c{k}" for k in range(12))
    linear = linear_amounts(coefficients, row, mean, names)
    found = shapley(lambda x: x @ coefficients, row, mean, names, permutations=4)
    assert found.method == "sampled"
    assert found.columns == linear.columns
    assert found.amounts == pytest.approx(linear.amounts)
    assert found.errors == pytest.approx(0.0, abs=1e-12)


def test_a_row_like_the_reference_has_no_contributions() -> None:
    row = np.ones(4)
    found = shapley(_bent, row, row, ("a", "b", "c", "d"))
    assert not found.amounts.any()
    assert found.base == found.output


def test_contributions_name_the_value_as_given() -> None:
    found = contributions_of(
        np.array([0.1, -2.0, 0.5]), ("force", "tool=A", "time"), ("force", "tool", "time"),
        {"force": 3.0, "tool": "A"}, limit=2,
    )  # fmt: skip
    assert [(c.feature, c.column, c.value, c.amount) for c in found] == [
        ("tool=A", "tool", "A", -2.0),
        ("time", "time", None, 0.5),
    ]


def test_importance_of_a_linear_model_is_twice_the_variance_it_carries() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(4000, 4))
    y = 2.0 * x[:, 0] + 1.0 * x[:, 1] + x[:, 2] + rng.normal(size=4000)

    def loss(m: FloatArray) -> float:
        return float(np.mean((y - m @ np.array([2.0, 1.0, 1.0, 0.0])) ** 2))

    found = permutation_importance(loss, x, ("a", "b", "b", "none"))
    assert [i.column for i in found] == ["a", "b", "none"]
    values = [i.loss.value for i in found]
    assert values == pytest.approx([8.0, 4.0, 0.0], abs=0.4)  # E (b (x - x'))^2 = 2 b^2
    assert found[0].share == 1.0
    assert found[2].loss.value == 0.0
    assert found[0].loss.lower is not None
    assert found[0].loss.method == "repeats"


def test_features_of_a_column_move_together() -> None:
    level = np.random.default_rng(6).integers(0, 3, 300)
    x = np.eye(3)[level]

    def loss(m: FloatArray) -> float:
        assert (m.sum(axis=1) == 1).all()  # still one level in each row
        return float(np.mean(m.argmax(axis=1) != level))

    found = permutation_importance(loss, x, ("kind",) * 3, repeats=3)
    assert found[0].loss.value == pytest.approx(2 / 3, abs=0.06)


def test_partial_dependence_equals_scikit_learn() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=(200, 3))
    model = LinearRegression().fit(x, x @ np.array([1.0, -2.0, 0.5]))
    found = partial_dependence(model.predict, x, 1, points=9)
    theirs = reference_dependence(
        model, x, [1], custom_values={1: found.grid}, method="brute", kind="average"
    )
    assert found.mean == pytest.approx(theirs["average"][0])
    assert (found.low <= found.mean).all()
    assert (found.mean <= found.high).all()


def test_a_constant_column_has_one_point() -> None:
    x = np.column_stack([np.ones(30), np.arange(30.0)])
    found = partial_dependence(lambda m: m.sum(axis=1), x, 0, rows=10)
    assert found.grid.tolist() == [1.0]
