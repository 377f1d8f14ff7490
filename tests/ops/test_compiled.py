"""What the one decorator of the kernels adds to numba's own."""

from typing import Any

import numpy as np

from ops.compiled import compiled, overwrite, overwrite_rows
from ops.values import FloatArray


@compiled
def _total(x: FloatArray, count: int, negated: bool = False) -> float:
    total = 0.0
    for i in range(count):
        total += x[i]
    return -total if negated else total


@compiled
def _three_ways(x: FloatArray) -> float:
    return _total(x, 1) + _total(x, x.size, True) + _total(x, count=2, negated=False)


def test_constants_in_calls_compile_nothing_once_more() -> None:
    assert _three_ways(np.array([1.0, 2.0, 4.0])) == 1.0 - 7.0 + 3.0
    kernel: Any = _total
    assert len(kernel.signatures) == 2  # with the last argument, and without


def test_overwriting_copies_forward() -> None:
    z = np.arange(5.0)
    overwrite(z[:3], z[2:])
    assert z.tolist() == [2.0, 3.0, 4.0, 3.0, 4.0]


def test_rows_are_overwritten_within_a_larger_array() -> None:
    to = np.zeros((2, 4))
    overwrite_rows(to[:, 1:3], np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert to.tolist() == [[0.0, 1.0, 2.0, 0.0], [0.0, 3.0, 4.0, 0.0]]
