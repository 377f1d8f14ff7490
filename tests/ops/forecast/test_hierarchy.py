"""Reconciliation: an independent library's figures, and the identities that define it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.forecast.hierarchy import bottom_up, hierarchy, mint, reconciled, shrunk
from tests.reference import case

TREE = hierarchy([("A", "x"), ("A", "y"), ("B", "x"), ("C", "z")])


@pytest.mark.parametrize("method", ["ols", "wls_struct", "wls_var", "mint_shrink"])
def test_hierarchicalforecast_agrees(method: str) -> None:
    found = case("forecast", "reconciliation_7_series")
    summing, base = (np.array(found["inputs"][name]) for name in ("summing", "base"))
    residual = np.array(found["inputs"]["residual"]).T
    covariance = {
        "ols": np.eye(7),
        "wls_struct": np.diag(summing.sum(axis=1)),
        "wls_var": np.diag(np.mean(residual**2, axis=0)),
        "mint_shrink": shrunk(residual - residual.mean(axis=0)),
    }[method]
    made = summing @ mint(summing, covariance) @ base
    assert made == pytest.approx(np.array(found["expected"][method]), abs=found["tolerance"])


def test_levels_add_up_to_the_total() -> None:
    assert TREE.keys[:4] == (("*", "*"), ("A", "*"), ("B", "*"), ("C", "*"))
    assert TREE.keys[4:7] == (("*", "x"), ("*", "y"), ("*", "z"))
    assert TREE.summed(np.array([1.0, 2.0, 3.0, 4.0])).tolist() == [
        10,
        3,
        3,
        4,
        4,
        2,
        4,
        1,
        2,
        3,
        4,
    ]
    assert hierarchy([("A",)]).summing.tolist() == [[1.0]]
    assert hierarchy([("A",), ("B",)]).keys == (("*",), ("A",), ("B",))


@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(2, 40))
def test_reconciliation_keeps_unbiased_forecasts_and_is_coherent(seed: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    errors = rng.normal(size=(rows, len(TREE.keys))) * rng.uniform(0.1, 5, len(TREE.keys))
    matrix = mint(TREE.summing, shrunk(errors))
    assert matrix @ TREE.summing == pytest.approx(np.eye(4), abs=1e-7)  # G S = I
    base = rng.uniform(0, 50, (len(TREE.keys), 3))
    made = reconciled(TREE, base, matrix)
    assert made == pytest.approx(TREE.summed(made[-4:]), rel=1e-9)
    assert np.all(made >= 0)


def test_bottom_up_keeps_the_bottom() -> None:
    base = np.arange(22.0).reshape(11, 2)
    assert reconciled(TREE, base, bottom_up(TREE.summing))[-4:] == pytest.approx(base[-4:])


def test_a_coherent_forecast_stays_as_it_is() -> None:
    coherent = TREE.summed(np.array([[5.0], [6.0], [7.0], [8.0]]))
    assert reconciled(TREE, coherent, mint(TREE.summing, np.eye(11))) == pytest.approx(coherent)


@given(seed=st.integers(0, 2**32 - 1))
def test_a_shrunk_covariance_is_positive_definite_with_fewer_rows_than_series(seed: int) -> None:
    errors = np.random.default_rng(seed).normal(size=(3, 11))
    errors[:, 4] = 0.0
    assert np.linalg.eigvalsh(shrunk(errors)).min() > 0


def test_errors_that_are_copies_of_each_other_still_have_an_inverse() -> None:
    sign = np.where(np.arange(12) % 2, 1.0, -1.0)  # each product is 1: no noise to shrink by
    errors = sign[:, None] * np.array([4.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    tree = hierarchy([("A", "x"), ("A", "y"), ("B", "x"), ("C", "z")])
    covariance = shrunk(errors[:, : len(tree.keys)])
    assert np.linalg.eigvalsh(covariance).min() > 0
    assert mint(tree.summing, covariance) @ tree.summing == pytest.approx(np.eye(4), abs=1e-6)
