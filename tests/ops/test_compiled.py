"""What the one decorator of the kernels adds to numba's own."""

from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
from numba import types

import ops.compiled
from ops.compiled import compiled, overwrite, overwrite_rows
from ops.values import FloatArray


@compiled
def _total(x: FloatArray, count: int, negated: bool) -> float:
    total = 0.0
    for i in range(count):
        total += x[i]
    return -total if negated else total


def test_constants_in_calls_compile_nothing_once_more() -> None:
    kernel: Any = _total
    line = types.float64[::1]
    for count, negated in ((1, False), (2, True)):  # as another kernel types its call
        kernel.get_call_template((line, types.literal(count), types.literal(negated)), {})
    assert kernel.signatures == [(line, types.int64, types.boolean)]
    assert _total(np.array([1.0, 2.0, 4.0]), 2, True) == -3.0


@pytest.mark.parametrize(
    "gone",
    [
        "numba.core.types.unliteral",
        "numba.core.dispatcher._DispatcherBase.get_call_template",
        "numba.core.options.DefaultOptions.no_cfunc_wrapper",
    ],
)
def test_kernels_compute_the_same_where_numba_is_another_inside(
    monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    with monkeypatch.context() as other:
        other.delattr(gone)
        plain = run_path(str(Path(ops.compiled.__file__)))
    assert (plain["_UNLITERAL"] is None) is ("options" not in gone)
    assert bool(plain["_OPTIONS"]) is ("options" not in gone)

    def doubled(x: FloatArray, count: int) -> float:
        return 2.0 * x[0] * count

    kernel = plain["compiled"](doubled)
    assert (kernel(np.array([1.5]), 3), kernel.signatures[0][1]) == (9.0, types.int64)


def test_where_code_can_be_kept_nowhere_kernels_compute_all_the_same() -> None:
    told: dict[str, Any] = {}
    exec(
        compile("def doubled(x: float) -> float:\n    return 2.0 * x\n", "<no file>", "exec"), told
    )
    kernel: Any = compiled(told["doubled"])
    assert (kernel(1.5), kernel.stats.cache_path) == (3.0, None)


def test_overwriting_copies_forward() -> None:
    z = np.arange(5.0)
    overwrite(z[:3], z[2:])
    assert z.tolist() == [2.0, 3.0, 4.0, 3.0, 4.0]


def test_rows_are_overwritten_within_a_larger_array() -> None:
    to = np.zeros((2, 4))
    overwrite_rows(to[:, 1:3], np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert to.tolist() == [[0.0, 1.0, 2.0, 0.0], [0.0, 3.0, 4.0, 0.0]]
