"""Turing change point dataset: one cost and penalty for all series, floors for both scores.

Published defaults, mean of the same 30 series: F1 .667 (best), covering .697 (best).
"""

import json
from pathlib import Path

import numpy as np
import pytest

from ops.drift.changepoints import changepoints
from ops.drift.segment_score import covering, f1_score
from ops.validation.published import entry

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "spc_drift" / "tcpd"
OTHER = {"annotations", "published_default_scores", "run_log", "uk_coal_employ"}
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the dataset is not here")


def _series(name: str) -> np.ndarray:
    content = json.loads((FOLDER / f"{name}.json").read_text())
    return np.array(content["series"][0]["raw"], dtype=np.float64)


def test_lines_with_the_stated_penalty_score_above_the_floors() -> None:
    marked = json.loads((FOLDER / "annotations.json").read_text())
    names = sorted(p.stem for p in FOLDER.glob("*.json") if p.stem not in OTHER)
    assert len(names) == 30
    scores = []
    for name in names:
        y = _series(name)
        found = changepoints(y, cost="line").changes.tolist()
        scores.append((f1_score(marked[name], found), covering(marked[name], found, y.size)))
    f1, cover = np.mean(scores, axis=0)
    assert f1 >= 0.74, f1
    assert cover >= 0.71, cover


def test_the_step_of_the_nile_is_found() -> None:
    case = entry("drift_steps", "pelt_nile")
    expected, tolerance = case["expected"], case["tolerance"]
    for cost in ("mean", "robust", "autocorrelated"):
        found = changepoints(_series("nile"), cost=cost)
        assert found.starts.tolist() == [0, expected["start_of_second_segment"]]
        if cost == "mean":
            means = [expected["mean_before"], expected["mean_after"]]
            assert found.means == pytest.approx(means, abs=tolerance)
