"""Paths of strengths, scored over folds that the caller gives."""

from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss

from ops.classify.models.fit import fit_classifier
from ops.classify.models.settings import LogisticSettings
from ops.classify.models.strength import Fold, choose_strength, strength_grid
from ops.errors import BadData, NotEnoughData
from tests.ops.classify.models.samples import three_classes, two_classes

AB = ("a", "b")


def _folds(n: int, count: int = 3) -> list[Fold]:
    i = np.arange(n)
    return [(i[i % count != f], i[i % count == f]) for f in range(count)]


def test_scores_are_those_of_scikit_learn_at_the_same_strength() -> None:
    x, y = two_classes()
    folds = _folds(400)
    grid = np.array([10.0, 1.0])
    settings = LogisticSettings()
    losses = choose_strength(x, y, AB, settings, folds, strengths=grid).scores
    briers = choose_strength(x, y, AB, settings, folds, strengths=grid, score="brier").scores
    for f, (train, test) in enumerate(folds):
        for s, strength in enumerate(grid):
            c = len(y) / len(train) / strength
            peer = LogisticRegression(C=c, tol=1e-10).fit(x[train], y[train])
            p = peer.predict_proba(x[test])
            assert losses[s, f] == pytest.approx(log_loss(y[test], p), abs=1e-6)
            assert briers[s, f] == pytest.approx(brier_score_loss(y[test], p[:, 1]), abs=1e-6)


@pytest.mark.parametrize("penalty", ["l1", "l2", "elastic-net"])
def test_a_path_holds_the_fit_at_each_strength(penalty: Any) -> None:
    x, y = three_classes(200)
    settings = LogisticSettings(penalty=penalty)
    grid = np.array([3.0, 30.0])
    path = choose_strength(x, y, ("a", "b", "c"), settings, _folds(200), strengths=grid)
    assert list(path.strengths) == [30.0, 3.0]
    for s, strength in enumerate(path.strengths):
        one = settings.model_copy(update={"strength": float(strength)})
        alone = fit_classifier(x, y, ("a", "b", "c"), one, seed=0).estimator
        assert path.coefficients[s] == pytest.approx(alone.coef_, abs=1e-6)
        assert path.intercepts[s] == pytest.approx(alone.intercept_, abs=1e-6)


@pytest.mark.parametrize("ratio", [1.0, 0.4])
def test_the_grid_begins_where_the_last_coefficient_leaves(ratio: float) -> None:
    x, y = two_classes()
    highest = strength_grid(x, y, 2, l1_ratio=ratio)[0]
    for factor, expected in ((1.0001, 0), (0.99, 1)):
        settings = LogisticSettings(
            penalty="elastic-net", l1_ratio=ratio, strength=float(factor * highest)
        )
        found = fit_classifier(x, y, AB, settings, seed=0).estimator.coef_
        assert int((found != 0.0).sum()) == expected


def test_one_standard_error_takes_a_stronger_penalty_within_it() -> None:
    x, y = two_classes(300, 12)
    settings = LogisticSettings(penalty="l1")
    best = choose_strength(x, y, AB, settings, _folds(300, 5))
    simple = choose_strength(x, y, AB, settings, _folds(300, 5), rule="one-standard-error")
    assert simple.strength > best.strength
    assert best.chosen == best.best == simple.best
    limit = best.mean()[best.best] + best.standard_error()[best.best]
    assert simple.mean()[simple.chosen] <= limit < simple.mean()[simple.chosen - 1]
    kept = (simple.coefficients[simple.chosen] != 0).sum()
    assert kept < (best.coefficients[best.chosen] != 0).sum()


def test_what_cannot_be_chosen_is_refused() -> None:
    x, y = two_classes(60)
    folds = _folds(60)
    with pytest.raises(BadData, match="no strength to choose"):
        choose_strength(x, y, AB, LogisticSettings(penalty="none"), folds)
    with pytest.raises(BadData, match="more folds, got 1"):
        choose_strength(x, y, AB, LogisticSettings(), folds[:1], rule="one-standard-error")
    only = (np.flatnonzero(y == 0), np.flatnonzero(y == 1))
    with pytest.raises(NotEnoughData, match="every class to train on"):
        choose_strength(x, y, AB, LogisticSettings(), [only])
