"""One EWMA run length: Gauss-Legendre nodes beside the Markov chain of Brook and Evans (1972)."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest
from scipy.special import ndtr

from ops.spc.run_length.chain import arl
from ops.spc.run_length.ewma import EwmaScheme

pytestmark = pytest.mark.benchmark

CELLS, ROUNDS = 401, 9
SCHEME = EwmaScheme(0.1, 2.814)


def _by_cells(scheme: EwmaScheme, shift: float) -> float:
    edges = np.linspace(-scheme.half, scheme.half, CELLS + 1)
    middle = 0.5 * (edges[1:] + edges[:-1])
    z = (edges[None, :] - (1 - scheme.lambda_) * middle[:, None]) / scheme.lambda_ - shift
    step = np.diff(ndtr(z), axis=1)
    return float(np.linalg.solve(np.eye(CELLS) - step, np.ones(CELLS))[CELLS // 2])


def _seconds(work: Callable[[], float]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def test_nodes_beside_cells() -> None:
    ours, theirs = arl(SCHEME, 0.5), _by_cells(SCHEME, 0.5)
    ratio = _seconds(lambda: _by_cells(SCHEME, 0.5)) / _seconds(lambda: arl(SCHEME, 0.5))
    print(f"{CELLS} cells / nodes: {ratio:.1f} x the time, apart {abs(theirs / ours - 1):.1e}")
    assert theirs == pytest.approx(ours, rel=1e-3)
