"""Scores by labels, scores foretold without, and what they say when the world changes."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from ops.classify.evaluation.estimate import Estimate
from ops.classify.monitoring.performance import foretold, kept, realised
from ops.classify.monitoring.recommendation import recommended
from ops.classify.monitoring.score_drift import Said, score_drift
from ops.classify.monitoring.stretches import Watched, estimate_record, stretches_of
from ops.classify.training.plan import Headline
from ops.values import FloatArray

NAMES: tuple[Headline, ...] = ("average_precision", "roc_auc", "brier", "log_loss")


def rows_of(seed: int, n: int = 6000) -> tuple[np.ndarray, FloatArray]:
    rng = np.random.default_rng(seed)
    p = rng.beta(0.6, 3.0, n)
    return (rng.random(n) < p).astype(np.int64), np.column_stack((1.0 - p, p))


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_scikit_learn_and_lie_in_their_interval(name: Headline) -> None:
    y, p = rows_of(1, 800)
    found = realised(name, y, p, 1, seed=1)
    oracle = {
        "average_precision": average_precision_score(y, p[:, 1]),
        "roc_auc": roc_auc_score(y, p[:, 1]),
        "brier": brier_score_loss(y, p[:, 1]),
        "log_loss": log_loss(y, p),
    }[name]
    assert found.value == pytest.approx(oracle, rel=1e-9)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < oracle < found.upper


@pytest.mark.parametrize("name", NAMES)
def test_true_probabilities_foretell_their_scores(name: Headline) -> None:
    y, p = rows_of(2)
    seen = realised(name, y, p, 1, seed=1)
    assert seen.lower is not None
    assert seen.upper is not None
    assert seen.lower < (foretold(name, p, 1) or 0.0) < seen.upper


def test_a_change_of_meaning_is_seen_by_labels_and_not_without() -> None:
    y, p = rows_of(3)
    changed = np.random.default_rng(4).permutation(y)  # the features say nothing any more
    before = realised("roc_auc", y, p, 1, seed=1)
    after = realised("roc_auc", changed, p, 1, seed=1)
    assert foretold("roc_auc", p, 1) == pytest.approx(before.value, abs=0.02)
    lost = kept(before, after, low=False)
    assert lost is not None
    assert lost.p is not None
    assert lost.p < 1e-6
    assert lost.relative > 0.3


def test_a_kept_promise_has_a_large_p_and_a_lost_one_of_a_low_score_a_small_one() -> None:
    promised = Estimate(0.10, 0.08, 0.12)
    same = kept(promised, Estimate(0.10, 0.08, 0.12), low=True)
    lost = kept(promised, Estimate(0.20, 0.18, 0.22), low=True)
    assert same is not None
    assert lost is not None
    assert same.p == pytest.approx(0.5)
    assert lost.p is not None
    assert lost.p < 1e-6
    assert kept(promised, Estimate(None), low=True) is None


def test_stretches_end_with_the_newest_row_and_hold_every_row_once() -> None:
    y, p = rows_of(5, 1130)
    watched = Watched(np.arange(1130), y, p, np.ones(1130, bool), 1)
    found = stretches_of(watched, 300, "brier", seed=1)
    assert [s.rows for s in found] == [230, 300, 300, 300]
    assert found[-1].end == 1129
    record = estimate_record(found)
    assert record is not None
    assert record.stretches == 4
    assert record.typical < 0.02


def test_rows_that_cannot_be_judged_have_an_estimate_and_no_score() -> None:
    y, p = rows_of(6, 200)
    watched = Watched(np.arange(200), y, p, np.zeros(200, bool), 1)
    found = stretches_of(watched, 100, "brier", seed=1)
    assert all(s.realised is None and s.foretold is not None for s in found)
    assert estimate_record(found) is None


def test_scores_of_several_classes_without_an_event_are_watched_by_loss() -> None:
    rng = np.random.default_rng(7)
    p = rng.dirichlet([1.0, 1.0, 1.0], 3000)
    y = (rng.random((3000, 1)) > np.cumsum(p, axis=1)).sum(axis=1)
    for name in ("brier", "log_loss"):
        seen = realised(name, y, p, None, seed=1)
        assert seen.lower is not None
        assert seen.upper is not None
        assert seen.lower < (foretold(name, p, None) or 0.0) < seen.upper
    assert realised("roc_auc", y, p, None, seed=1).value is None


def test_answers_that_move_are_found_and_those_that_stay_are_not() -> None:
    _, p = rows_of(8, 900)
    said = [
        Said(p[part, 1], p[part, 1] > 0.5, p[part, 1] > 0.9)
        for part in (slice(0, 600), slice(600, None))
    ]
    moved = Said(np.minimum(1.0, 3.0 * said[1].score), said[1].called, said[1].unusual)
    assert not score_drift(said[0], said[1], learned=False, seed=1).is_found(0.01)
    assert score_drift(said[0], moved, learned=False, seed=1).is_found(0.01)


def test_advice_follows_what_is_known() -> None:
    known = {"inputs_moved": False, "judged": True}
    assert recommended(champion_fails=False, challengers=[], **known) == "keep"
    assert recommended(champion_fails=False, challengers=["worse"], **known) == "keep"
    assert recommended(champion_fails=True, challengers=["worse"], **known) == "retrain"
    told = recommended(champion_fails=False, challengers=["not told apart"], **known)
    assert told == "measure more"
