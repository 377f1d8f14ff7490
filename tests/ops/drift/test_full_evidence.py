"""The second stage says of each stream what the methods say that it is made of."""

import numpy as np
import pytest

from ops.drift.ar_trend import ar_trend
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.drift.full_evidence import full_evidence
from ops.drift.mann_kendall import mann_kendall
from ops.drift.screen_batch import PointStream
from ops.values import FloatArray

N = 240
T = np.arange(N) / 8


def told(*ys: FloatArray, t: FloatArray = T, alone: bool = True) -> list[dict[str, Evidence]]:
    streams = [PointStream(t, y, split=2 * y.size // 3, margin=0.5) for y in ys]
    made = full_evidence(
        streams, memory=np.zeros(len(ys)), starts=[0] * len(ys), level=0.001, alone=alone
    )
    return [{one.method.split(" ", maxsplit=1)[0]: one for one in each} for each in made]


def test_every_method_speaks_of_a_drift_and_none_of_a_quiet_stream() -> None:
    rng = np.random.default_rng(1)
    quiet, drifts = rng.normal(size=N), rng.normal(size=N) + 0.15 * T
    still, moved = told(quiet, drifts)
    speaking = {"theil-sen", "mann-kendall", "ar-gls", "cusum", "page-hinkley", "stability"}
    assert {name for name, one in moved.items() if one.present} == speaking | {"step"}
    assert not [name for name, one in still.items() if one.present]
    assert moved["kolmogorov-smirnov"].p_value is moved["wasserstein"].p_value is None
    slope = moved["theil-sen"]
    assert slope.lower is not None
    assert slope.upper is not None
    assert slope.estimate == pytest.approx(0.15, abs=slope.upper - slope.lower)


def test_the_last_step_is_told_with_its_place() -> None:
    y = np.random.default_rng(2).normal(size=N) - 4.0 * (np.arange(N) >= 150)
    (one,) = told(y)
    assert one["step"].method == "step 1 of 1, mean cost"
    assert one["step"].since == round(T[150] * MICROS_PER_DAY)
    assert one["page-hinkley"].direction == -1
    assert one["page-hinkley"].since == pytest.approx(T[150] * MICROS_PER_DAY, abs=MICROS_PER_DAY)


def test_a_batch_says_what_each_method_says_of_the_stream_alone() -> None:
    rng = np.random.default_rng(3)
    ys = [np.cumsum(rng.normal(size=N)) * 0.1 + rng.normal(size=N) for _ in range(3)]
    uneven = np.sort(rng.uniform(0, 30, N))
    for t in (T, uneven):
        for y, found in zip(ys, told(*ys, t=t), strict=True):
            ranks = mann_kendall(y, variant="hamed-rao")
            assert found["mann-kendall"].p_value == pytest.approx(ranks.p_value, rel=1e-9)
            line = ar_trend(t, y)
            one = found["ar-gls"]
            assert one.p_value == pytest.approx(line.p_value, rel=1e-6)
            width = line.upper - line.lower
            assert one.lower == pytest.approx(line.lower, abs=1e-4 * width)
            assert one.upper == pytest.approx(line.upper, abs=1e-4 * width)


def test_distances_are_those_of_another_program() -> None:
    stats = pytest.importorskip("scipy.stats")
    y = np.round(np.random.default_rng(4).normal(size=N), 1)
    (one,) = told(y)
    before, after = y[:160], y[160:]
    found = one["kolmogorov-smirnov"].estimate, one["wasserstein"].estimate
    peers = stats.ks_2samp(before, after).statistic, stats.wasserstein_distance(before, after)
    assert found == pytest.approx(peers, rel=1e-9)


def test_times_of_one_stream_alone_have_their_trend_only_where_asked() -> None:
    y = np.random.default_rng(5).normal(size=N)
    assert "ar-gls" in told(y)[0]
    assert "ar-gls" not in told(y, alone=False)[0]


@pytest.mark.parametrize("split", [0, 3, N])
def test_what_cannot_be_told_is_left_out(split: int) -> None:
    y = np.r_[np.zeros(N - 40), np.random.default_rng(6).normal(size=40)]
    stream = PointStream(np.zeros(N), y, split=split, margin=0.5)
    (found,) = full_evidence([stream], memory=np.array([0.95]), starts=[0])
    assert {"theil-sen", "ar-gls"}.isdisjoint({one.method for one in found})
    assert all(one.estimate is None or np.isfinite(one.estimate) for one in found)
