"""Columns like an identifier, rows like one another."""

import numpy as np
import pytest

from ops.classify.likeness import (
    comma_numbers,
    number_like_identifier,
    repeats,
    texts_like_identifier,
)
from ops.values import FloatArray, factor_of

RNG = np.random.default_rng(5)


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (np.arange(200.0), "goes one way"),
        (1e9 - np.cumsum(RNG.random(200)), "goes one way"),
        (RNG.permutation(200).astype(float), "numbers the rows"),
        (RNG.normal(size=200), None),
        (RNG.integers(0, 10**6, 200).astype(float), None),
        (np.repeat(np.arange(20.0), 10), None),
        (np.arange(5.0), None),
        (np.full(50, np.nan), None),
    ],
)
def test_numbers_like_an_identifier_are_known(x: FloatArray, said: str | None) -> None:
    why = number_like_identifier(x)
    assert why is None if said is None else said in (why or "")


def test_texts_like_an_identifier_are_known() -> None:
    assert texts_like_identifier(factor_of([f"lot {i % 60}" for i in range(100)])) is not None
    assert texts_like_identifier(factor_of([f"lot {i % 9}" for i in range(100)])) is None
    assert texts_like_identifier(factor_of([None] * 50)) is None


@pytest.mark.parametrize(
    ("texts", "are"),
    [
        (["1,5", "2,25", None, "-3,0"], True),
        (["1.200,5", "1 300,5", "2,0"], True),
        (["W1", "W2", "1,5"], False),
        (["1,2,3", "4,5,6"], False),
        (["1,5", "1,5"], False),
        ([None, None], False),
    ],
)
def test_numbers_with_a_decimal_comma_are_known(texts: list[str | None], are: bool) -> None:
    assert comma_numbers(factor_of(texts)) is are


def test_rows_that_repeat_are_those_of_numpy() -> None:
    rows = RNG.integers(0, 3, (500, 4)).astype(float)
    assert repeats(list(rows.T)) == 500 - len(np.unique(rows, axis=0))
    assert repeats([np.array([0.0, -0.0, np.nan, np.nan]), np.array([1, 1, 2, 2])]) == 2
    assert repeats([]) == 0
