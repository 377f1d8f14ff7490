"""Page-Hinkley of 256 streams x 5000 values with steps beside `river`, with the same alarms."""

import time
from typing import Any

import numpy as np
import pytest

from ops.drift.page_hinkley import Mode, page_hinkley, page_hinkley_streams
from ops.values import FloatArray

drift: Any = pytest.importorskip("river.drift", reason="make bench installs the peers")

pytestmark = pytest.mark.benchmark

STREAMS, STEPS, EACH, ROUNDS = 256, 5, 1000, 9


def _streams() -> FloatArray:
    rng = np.random.default_rng(6)
    level = np.repeat(rng.normal(scale=2.0, size=(STEPS, STREAMS)), EACH, axis=0)
    return level + rng.normal(size=level.shape)


def _theirs(y: list[float], mode: Mode) -> list[int]:
    detector = drift.PageHinkley(delta=0.05, threshold=40.0, mode=mode)
    found: list[int] = []
    for i, value in enumerate(y):
        detector.update(value)
        if detector.drift_detected:
            found.append(i)
    return found


@pytest.mark.parametrize("mode", ["up", "down", "both"])
def test_the_same_alarms_at_least_200_times_as_fast(mode: Mode) -> None:
    y = _streams()
    columns = [y[:, s].tolist() for s in range(STREAMS)]
    page_hinkley_streams(y[:50])  # compiles
    page_hinkley(y[:50, 0])
    together: list[float] = []
    alone: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):  # the least of each: other work on the machine only adds
        began = time.perf_counter()
        ours = page_hinkley_streams(y, delta=0.05, threshold=40.0, mode=mode)
        together.append(time.perf_counter() - began)
        began = time.perf_counter()
        page_hinkley(y.T.ravel(), delta=0.05, threshold=40.0, mode=mode)
        alone.append(time.perf_counter() - began)
        began = time.perf_counter()
        _theirs(columns[0], mode)
        theirs.append(STREAMS * (time.perf_counter() - began))
    ratio = min(theirs) / min(together)
    print(f"\nriver / {STREAMS} streams side by side, {mode}: {ratio:.0f} x the time")
    print(f"river / one long stream, {mode}: {min(theirs) / min(alone):.0f} x the time")
    expected = [_theirs(column, mode) for column in columns]
    assert [found.alarms.tolist() for found in ours] == expected
    assert sum(map(len, expected)) >= 50
    assert ratio >= 200
