"""A night of 10,000 streams of 1,000 points with the full evidence, one thread, and its peers."""
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

import importlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.signal import lfilter
from scipy.stats import theilslopes

from ops.drift.changepoints import changepoints
from ops.drift.evidence import Evidence
from ops.drift.full_evidence import full_evidence
from ops.drift.screen_batch import PointStream, screen_batch
from ops.values import FloatArray

ruptures: Any = pytest.importorskip("ruptures", reason="make bench installs the peers")
drift: Any = pytest.importorskip("river.drift", reason="make bench installs the peers")

pytestmark = pytest.mark.benchmark

STREAMS, POINTS, MOVED, PEERS = 10_000, 1_000, 100, 20
T = np.arange(POINTS) / 24


def _streams() -> list[PointStream]:
    """Autoregressive streams with scatter and shares near a limit; the first ones drift."""
    rng = np.random.default_rng(1)
    y = lfilter([1], [1, -0.5], rng.normal(size=(STREAMS, POINTS)), axis=1) * 0.75**0.5
    y[:MOVED] += 3.0 * np.clip((np.arange(POINTS) - 500) / 500, 0, None)
    scatter = np.cbrt(rng.chisquare(5, (STREAMS, POINTS)) / 5)
    near = rng.binomial(6, 0.02, (STREAMS, POINTS)) / 6
    return [
        PointStream(T, y[i], split=750, margin=0.5, scatter=scatter[i], near=near[i])
        for i in range(STREAMS)
    ]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def _alarms(y: list[float]) -> int:
    detector, found = drift.PageHinkley(delta=0.05, threshold=40.0, mode="both"), 0
    for value in y:
        detector.update(value)
        found += detector.drift_detected
    return found


def _beside(y: FloatArray, own: dict[str, Evidence]) -> dict[str, float]:
    """Seconds of the peers for one stream; their answers are ours."""
    steps = changepoints(y)
    penalty = steps.penalty.value
    ranks, tests = importlib.import_module("pymannkendall"), own["mann-kendall"]
    kernel = ruptures.KernelCPD("linear", min_size=1, jump=1)
    spent = dict[str, float]()
    spent["ruptures"], ends = _timed(lambda: list(kernel.fit(y).predict(pen=penalty) or ()))
    spent["pymannkendall"], test = _timed(lambda: ranks.hamed_rao_modification_test(y))
    spent["scipy"], line = _timed(lambda: theilslopes(y, T))
    spent["river"], _ = _timed(lambda: _alarms(y.tolist()))
    assert ends[:-1] == steps.changes.tolist()
    assert tests.p_value == pytest.approx(test.p, rel=1e-6, abs=1e-12)
    assert own["theil-sen"].estimate == pytest.approx(line.slope, rel=1e-9)
    return spent


@pytest.mark.timeout(900)
def test_a_night_with_the_full_evidence_beside_its_peers() -> None:
    streams = _streams()
    flat = np.concatenate([s.y for s in streams])
    read, _ = _timed(lambda: [flat.sum() for _ in range(10)])
    few = screen_batch(streams[:2])
    full_evidence(streams[:2], memory=few.memory, starts=[0, 0])  # what is compiled is loaded
    first, found = _timed(lambda: screen_batch(streams))
    second, made = _timed(
        lambda: full_evidence(streams, memory=found.memory, starts=[0] * STREAMS, level=1e-4)
    )
    rows = [{one.method.split(" ", maxsplit=1)[0]: one for one in each} for each in made]
    told = [_beside(streams[i].y, rows[i]) for i in range(MOVED, MOVED + PEERS)]
    peers = {name: STREAMS * float(np.mean([each[name] for each in told])) for name in told[0]}
    total, ours = sum(peers.values()), first + second
    print(f"\n{STREAMS} x {POINTS}: {first:.1f} s tests, {second:.1f} s further evidence")
    print(f"  {ours / (read / 10):.0f} reads of the array")
    print("  peers, of 20 streams: " + ", ".join(f"{n} {s:.0f} s" for n, s in peers.items()))
    print(f"  {total / second:.1f} times the further evidence, {total / ours:.1f} times all of it")
    assert all(one["cusum"].present and one["ar-gls"].present for one in rows[:MOVED])
    assert sum(bool(one["ar-gls"].present) for one in rows[MOVED:]) <= 10
    assert total > ours
