"""Nested studies: an independent oracle, invariances, what is missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.gauge.breakdown import Breakdown
from ops.gauge.nested import nested_study
from ops.values import FloatArray, IntArray


def _made(seed: int) -> tuple[FloatArray, IntArray, IntArray]:
    rng = np.random.default_rng(seed)
    operator, part, _ = np.indices((3, 5, 2))
    part = part + 5 * operator
    y = rng.normal(0, 2, 15)[part] + rng.normal(0, 1, 3)[operator] + rng.normal(0, 1, part.shape)
    return y.ravel(), part.ravel(), operator.ravel()


def _study(y: FloatArray, part: IntArray, operator: IntArray) -> Breakdown:
    return nested_study(y, part, operator, rng=np.random.default_rng(1))


def test_mean_squares_are_those_of_means_and_variances() -> None:
    y, part, operator = _made(1)
    cells = y.reshape(3, 5, 2)
    found = _study(y, part, operator)
    expected = [
        10 * cells.mean(axis=(1, 2)).var(ddof=1),
        2 * cells.mean(axis=2).var(axis=1, ddof=1).mean(),
        cells.var(axis=2, ddof=1).mean(),
    ]
    assert [s.value for s in found.squares] == pytest.approx(expected)
    assert [s.df for s in found.squares] == [2, 12, 15]
    assert found.part.value == pytest.approx((expected[1] - expected[2]) / 2)
    assert found.reproducibility.value == pytest.approx(max(0, (expected[0] - expected[1]) / 10))


@settings(max_examples=50)
@given(seed=st.integers(0, 300))
def test_part_names_may_repeat_between_operators(seed: int) -> None:
    y, part, operator = _made(seed)
    one, two = _study(y, part, operator), _study(y, part % 5, operator)
    assert one.gauge == two.gauge


@settings(max_examples=50)
@given(seed=st.integers(0, 300), a=st.floats(0.1, 10), b=st.floats(-100, 100))
def test_a_change_of_unit_scales_variances(seed: int, a: float, b: float) -> None:
    y, part, operator = _made(seed)
    one, two = _study(y, part, operator), _study(a * y + b, part, operator)
    assert two.gauge.value == pytest.approx(a * a * one.gauge.value, rel=1e-6)
    assert two.gauge.upper == pytest.approx(a * a * one.gauge.upper, rel=1e-6)


def test_unequal_and_too_few_are_refused() -> None:
    y, part, operator = _made(1)
    with pytest.raises(BadData, match=r"1 to 2 trials.*reml"):
        _study(y[1:], part[1:], operator[1:])
    with pytest.raises(NotEnoughData, match="got 1 operators"):
        _study(y[:10], part[:10], operator[:10])
    with pytest.raises(NotEnoughData, match="no value"):
        _study(y[:0], part[:0], operator[:0])
