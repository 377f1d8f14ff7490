"""Scores of change points agree with the published ones."""

import pytest

from ops.drift.segment_score import covering, f1_score
from ops.errors import BadData
from ops.validation.published import entry


def test_published_scores_are_reproduced() -> None:
    case = entry("drift_steps", "tcpd_metric_nile")
    marked, found = case["inputs"]["annotations"], case["inputs"]["predictions"]
    assert [f1_score(marked, one) for one in found] == pytest.approx(case["expected"]["f1"])
    assert [covering(marked, one, 100) for one in found] == pytest.approx(case["expected"]["cover"])


def test_one_found_change_counts_for_one_marked_change_only() -> None:
    assert f1_score({"a": [20, 24]}, [22]) == pytest.approx(2 * (2 / 2) * (2 / 3) / (1 + 2 / 3))
    assert f1_score({"a": [20]}, [26]) == pytest.approx(0.5)
    assert f1_score({"a": [20]}, [25]) == 1.0


def test_a_change_at_the_start_is_that_of_everybody() -> None:
    assert f1_score({"a": [0, 9]}, [0, 9]) == f1_score({"a": [9]}, [9]) == 1.0
    assert covering({"a": [9]}, [9], 30) == 1.0


def test_without_annotators_there_is_no_score() -> None:
    with pytest.raises(BadData, match="annotations is empty"):
        f1_score({}, [])
