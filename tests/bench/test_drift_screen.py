"""A night of 10,000 streams of 1,000 points, one thread, beside reads of the same array."""

import time

import numpy as np
import pytest
from scipy.signal import lfilter

from ops.drift.night_control import night_findings, night_level
from ops.drift.screen_batch import FEATURES, MEAN, PointStream, screen_batch

pytestmark = pytest.mark.benchmark

STREAMS, POINTS, MOVED = 10_000, 1_000, 100


def _streams(lengths: np.ndarray) -> list[PointStream]:
    """Autoregressive streams with scatter and shares near a limit; the first ones drift."""
    rng = np.random.default_rng(1)
    made: list[PointStream] = []
    for i, n in enumerate(lengths.tolist()):
        y = np.asarray(lfilter([1], [1, -0.5], rng.normal(size=n)) * 0.75**0.5)
        if i < MOVED:
            y += 3.0 * np.clip((np.arange(n) - n // 2) / (n / 2), 0, None)
        made.append(
            PointStream(
                t=np.arange(n) / 24,
                y=y,
                split=3 * n // 4,
                margin=0.5,
                scatter=(rng.chisquare(5, n) / 5) ** (1 / 3),
                near=rng.binomial(6, 0.02, n) / 6,
            )
        )
    return made


@pytest.mark.timeout(600)
@pytest.mark.parametrize("ragged", [False, True])
def test_a_night_of_ten_thousand_streams(ragged: bool) -> None:
    rng = np.random.default_rng(2)
    lengths = rng.integers(500, POINTS + 1, STREAMS) if ragged else np.full(STREAMS, POINTS)
    streams = _streams(lengths)
    flat = np.concatenate([s.y for s in streams])
    began = time.process_time()
    for _ in range(10):
        flat.sum()
    read = (time.process_time() - began) / 10
    began = time.process_time()
    found = screen_batch(streams)
    rows, features = np.nonzero(~np.isnan(found.p_value))
    night = night_findings(
        found.p_value[rows, features],
        tool=rows // 10,
        mechanism=features,
        level=night_level(0.1, nights=30),
    )
    spent = time.process_time() - began
    moved = night.tool[night.mechanism == MEAN]
    print(
        f"\n{STREAMS} streams, {flat.size} points, {len(FEATURES)} features, ragged {ragged}:"
        f" {spent:.1f} s, {spent / read:.0f} reads; {moved.size} tools found"
    )
    assert set(moved.tolist()) == set(range(MOVED // 10))
    assert night.tool.size == moved.size
