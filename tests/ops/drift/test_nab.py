"""The Numenta Anomaly Benchmark: its scoring, checked by a published detector, and our score."""

from functools import cache
from math import erfc
from typing import Any

import numpy as np
import pytest

from ops.drift.anomaly_score import anomaly_score
from ops.values import FloatArray
from tests.ops.drift import nab
from tests.ops.drift.nab import FEW_FALSE, FEW_MISSED, STANDARD, Stream, best_score
from tests.reference import case

pytestmark = pytest.mark.skipif(not nab.FOLDER.is_dir(), reason=nab.MISSED)
streams = cache(nab.streams)


def _windowed_gaussian(y: FloatArray, window: int, step: int, root2: float) -> FloatArray:
    """Two-sided closeness to the normal distribution of a window that slides in steps."""
    score = np.zeros(y.size)
    size = np.arange(1, y.size + 1.0)
    mean = np.cumsum(y) / size
    for i in range(1, y.size):
        if i <= window:
            seen, middle = y[:i], mean[i - 1]
        else:
            first = (i - window) // step * step
            seen = y[first : first + window]
            middle = seen.mean()
        spread = float(np.sqrt(np.mean((seen - middle) ** 2))) or 1e-6
        score[i] = 1.0 - 0.5 * erfc(abs(y[i] - middle) / spread / root2)
    return score


def _ours(files: tuple[Stream, ...]) -> list[FloatArray]:
    return [anomaly_score(file.t, file.y) for file in files]


def test_no_detection_scores_0_and_each_window_at_once_100() -> None:
    files = streams()
    silent = [np.zeros(file.y.size) for file in files]
    perfect = [np.zeros(file.y.size) for file in files]
    for file, score in zip(files, perfect, strict=True):
        score[[first for first, _ in file.windows]] = 1.0
    assert sum(len(file.windows) for file in files) == 116
    for profile in (STANDARD, FEW_FALSE, FEW_MISSED):
        assert best_score(files, silent, profile)[0] == 0.0
        assert best_score(files, perfect, profile)[0] == pytest.approx(100.0)


def test_one_setting_for_all_files_scores_above_the_aim() -> None:
    files = streams()
    scores = _ours(files)
    assert best_score(files, scores)[0] >= 60.0
    assert best_score(files, scores, FEW_FALSE)[0] >= 54.0
    assert best_score(files, scores, FEW_MISSED)[0] >= 64.0


def test_the_setting_sits_on_a_plateau() -> None:
    files = streams()
    others: tuple[dict[str, Any], ...]
    others = ({"level": 0.002}, {"hourly": 0.3}, {"span": 3000}, {"span": 6000}, {"hold": 25})
    for other in others:
        scores = [anomaly_score(file.t, file.y, **other) for file in files]
        assert best_score(files, scores)[0] >= 58.0, other


@pytest.mark.long
def test_a_published_detector_scores_what_is_published() -> None:
    found = case("drift_monitors", "nab_windowed_gaussian")
    of, files = found["inputs"], streams()
    scores = [
        np.round(_windowed_gaussian(f.y, of["window"], of["step"], of["root2"]), of["digits"])
        for f in files
    ]
    for name, profile in (
        ("standard", STANDARD),
        ("reward_low_FP_rate", FEW_FALSE),
        ("reward_low_FN_rate", FEW_MISSED),
    ):
        score, _ = best_score(files, scores, profile)
        assert score == pytest.approx(found["expected"][name], abs=found["tolerance"]), name
