"""Fast paths beside the estimators they stand for."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import (
    ExtraTreesClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from ops.classify.fast.build import fast_path, scorer_from
from ops.values import FloatArray, IntArray


@dataclass
class Fitted:
    """An estimator as a model."""

    estimator: Any
    kind: str = "any"
    classes: tuple[str, ...] = ()

    def probability(self, x: FloatArray) -> FloatArray:
        return np.asarray(self.estimator.predict_proba(x))


def rows(classes: int, n: int = 160, seed: int = 1) -> tuple[FloatArray, IntArray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 4))
    x[:, 3] = x[:, 3] > 0
    score = x @ rng.normal(size=(4, classes)) + rng.gumbel(size=(n, classes))
    return x, np.asarray(score.argmax(axis=1), dtype=np.int64)


ESTIMATORS: dict[str, Any] = {
    "logistic": LogisticRegression(),
    "tree": DecisionTreeClassifier(max_depth=6, random_state=1),
    "forest": RandomForestClassifier(8, max_depth=5, random_state=1),
    "extra": ExtraTreesClassifier(8, random_state=1),
    "boosting": HistGradientBoostingClassifier(max_iter=8, random_state=1),
    "network": MLPClassifier((5, 3), max_iter=3000, solver="lbfgs", random_state=1),
}


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("name", list(ESTIMATORS))
def test_a_fast_path_gives_the_probabilities_of_scikit_learn(name: str, classes: int) -> None:
    x, y = rows(classes)
    estimator = ESTIMATORS[name].fit(x, y)
    parity = fast_path(Fitted(estimator), estimator, x)
    assert parity.scorer is not None, parity.note
    again = scorer_from(parity.scorer.kind, parity.scorer.arrays())
    unseen = rows(classes, 50, seed=2)[0] * 3
    truth = estimator.predict_proba(unseen)
    assert again.probability(unseen) == pytest.approx(truth, abs=1e-9)
    assert again.one(unseen[0]) == pytest.approx(truth[0], abs=1e-9)


@pytest.mark.parametrize("classes", [2, 3])
def test_boosters_of_others_are_laid_flat(classes: int) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    xgboost = pytest.importorskip("xgboost")
    x, y = rows(classes)
    for estimator in (
        lightgbm.LGBMClassifier(n_estimators=8, num_leaves=7, verbose=-1, n_jobs=1),
        xgboost.XGBClassifier(n_estimators=8, max_depth=4, n_jobs=1),
    ):
        estimator.fit(x, y)
        parity = fast_path(Fitted(estimator), estimator, x)
        assert parity.scorer is not None, parity.note
        unseen = rows(classes, 50, seed=2)[0]
        truth = estimator.predict_proba(unseen)
        assert parity.scorer.probability(unseen) == pytest.approx(truth, abs=1e-6)


@pytest.mark.parametrize(("classes", "pairs"), [(2, 1), (3, 0)])
def test_an_explainable_machine_is_its_curves(classes: int, pairs: int) -> None:
    glassbox = pytest.importorskip("interpret.glassbox")
    x, y = rows(classes)
    estimator = glassbox.ExplainableBoostingClassifier(
        interactions=pairs, max_rounds=10, outer_bags=1, n_jobs=1, random_state=1
    ).fit(x, y)
    parity = fast_path(Fitted(estimator), estimator, x)
    assert parity.scorer is not None, parity.note
    again = scorer_from(parity.scorer.kind, parity.scorer.arrays())
    unseen = rows(classes, 50, seed=2)[0] * 3
    truth = estimator.predict_proba(unseen)
    assert again.probability(unseen) == pytest.approx(truth, abs=1e-9)
    assert again.one(unseen[0]) == pytest.approx(truth[0], abs=1e-9)
    for wrong in (again.arrays()["term"] + 1, again.arrays()["term"] - 1):
        with pytest.raises(ValueError, match="outside"):
            scorer_from("additive", dict(again.arrays()) | {"term": wrong})


def test_a_missing_value_goes_where_the_booster_sends_it() -> None:
    x, y = rows(2)
    x[::3, 0] = np.nan
    estimator = HistGradientBoostingClassifier(max_iter=8, random_state=1).fit(x, y)
    parity = fast_path(Fitted(estimator), estimator, x)
    assert parity.scorer is not None, parity.note


def test_an_estimator_without_a_fast_path_answers_itself() -> None:
    x, y = rows(2)
    estimator = DecisionTreeClassifier().fit(x, y)
    parity = fast_path(Fitted(estimator), SVC(), x)
    assert parity.scorer is None
    assert "SVC" in parity.note


def test_a_fast_path_that_differs_is_not_used() -> None:
    x, y = rows(2)
    truth = LogisticRegression().fit(x, y)
    other = LogisticRegression(C=0.5).fit(x, y)
    parity = fast_path(Fitted(truth), other, x)
    assert parity.scorer is None
    assert parity.difference is not None
    assert parity.difference > 1e-9


def test_trees_that_point_elsewhere_are_refused() -> None:
    x, y = rows(2)
    estimator = DecisionTreeClassifier(max_depth=3, random_state=1).fit(x, y)
    parity = fast_path(Fitted(estimator), estimator, x)
    assert parity.scorer is not None
    arrays = dict(parity.scorer.arrays())
    for left in (np.full_like(arrays["left"], 10_000), np.zeros_like(arrays["left"])):
        with pytest.raises(ValueError, match="outside"):
            scorer_from("trees", arrays | {"left": left})
    with pytest.raises(ValueError, match="no fast path"):
        scorer_from("oracle", arrays)


@given(st.integers(0, 10_000))
def test_a_row_alone_is_answered_as_among_others(seed: int) -> None:
    x, y = rows(3, 40)
    estimator = LogisticRegression().fit(x, y)
    parity = fast_path(Fitted(estimator), estimator, x)
    assert parity.scorer is not None
    row = np.random.default_rng(seed).normal(size=4) * 10.0 ** (seed % 6)
    assert parity.scorer.one(row) == pytest.approx(parity.scorer.probability(row[None, :])[0])
