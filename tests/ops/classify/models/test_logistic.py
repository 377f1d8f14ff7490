"""Logistic regressions: the optimum of statsmodels and scikit-learn, and what has none."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from ops.classify.models import logistic
from ops.classify.models.fit import fit_classifier
from ops.classify.models.fitted import FittedClassifier
from ops.classify.models.likelihood import derivatives, gradient_at, log_loss
from ops.classify.models.separation import Separated
from ops.classify.models.settings import LogisticSettings
from ops.values import FloatArray, IntArray
from tests.ops.classify.models.samples import three_classes, two_classes
from tests.strategies import few

NONE = LogisticSettings(penalty="none")
AB, ABC = ("a", "b"), ("a", "b", "c")


def _theta(model: FittedClassifier) -> FloatArray:
    return np.column_stack((model.estimator.intercept_, model.estimator.coef_))


def _fit(x: FloatArray, y: IntArray, settings: LogisticSettings, **told: object) -> FloatArray:
    classes = AB if y.max() == 1 else ABC
    return _theta(fit_classifier(x, y, classes, settings, seed=0, **told))  # type: ignore[arg-type]


@pytest.mark.parametrize(("n", "seed"), [(60, 0), (400, 1), (3000, 2)])
def test_an_unpenalised_fit_of_two_classes_is_that_of_statsmodels(n: int, seed: int) -> None:
    api = pytest.importorskip("statsmodels.api")
    x, y = two_classes(n, seed=seed)
    found = api.Logit(y, api.add_constant(x)).fit(disp=0, method="newton", tol=1e-14)
    assert _fit(x, y, NONE)[0] == pytest.approx(found.params, abs=1e-8)


@pytest.mark.parametrize(("n", "seed"), [(150, 0), (1000, 1)])
def test_an_unpenalised_fit_of_three_classes_is_that_of_statsmodels(n: int, seed: int) -> None:
    api = pytest.importorskip("statsmodels.api")
    x, y = three_classes(n, seed=seed)
    found = api.MNLogit(y, api.add_constant(x)).fit(disp=0, method="newton", tol=1e-14)
    theta = _fit(x, y, NONE)
    assert pytest.approx(found.params, abs=1e-8) == (theta[1:] - theta[0]).T
    assert theta.sum(axis=0) == pytest.approx(0.0, abs=1e-9)


def test_features_of_very_different_scale_give_the_same_fit_in_their_units() -> None:
    x, y = two_classes()
    scale = np.array([1e-4, 1.0, 1e5, 30.0])
    assert _fit(x * scale, y, NONE)[0, 1:] * scale == pytest.approx(
        _fit(x, y, NONE)[0, 1:], abs=1e-8
    )


def test_weights_count_as_rows() -> None:
    x, y = three_classes(200)
    times = np.random.default_rng(1).integers(0, 4, len(y))
    weighed = _fit(x, y, NONE, weights=times.astype(np.float64))
    assert weighed == pytest.approx(
        _fit(np.repeat(x, times, 0), np.repeat(y, times), NONE), abs=1e-9
    )


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize(("penalty", "ratio"), [("l2", 0.0), ("l1", 1.0), ("elastic-net", 0.3)])
def test_a_penalised_fit_is_no_worse_than_that_of_scikit_learn(
    classes: int, penalty: str, ratio: float
) -> None:
    x, y = two_classes() if classes == 2 else three_classes()
    settings = LogisticSettings(penalty=penalty, strength=5.0, l1_ratio=0.3)  # type: ignore[arg-type]
    solver = "saga" if ratio else "lbfgs"
    told: dict[str, Any] = {"C": 0.2, "l1_ratio": ratio, "tol": 1e-8, "max_iter": 5000}
    peer = LogisticRegression(solver=solver, random_state=0, **told).fit(x, y)
    theirs = np.column_stack((peer.intercept_, peer.coef_))

    def cost(theta: FloatArray) -> float:
        b = theta[:, 1:]
        pull = ratio * np.abs(b).sum() + 0.5 * (1 - ratio) * np.square(b).sum()
        return log_loss(theta, x, y, None) + 5.0 * pull

    ours = _fit(x, y, settings)
    assert cost(ours) <= cost(theirs) + 1e-9
    assert ours[:, 1:] == pytest.approx(theirs[:, 1:], abs=2e-4)
    assert ((ours[:, 1:] == 0.0) == (theirs[:, 1:] == 0.0)).all()


def test_probabilities_are_those_of_a_fit_by_scikit_learn() -> None:
    for x, y in (two_classes(), three_classes()):
        classes = AB if y.max() == 1 else ABC
        ours = fit_classifier(x, y, classes, LogisticSettings(), seed=0).probability(x)
        theirs = LogisticRegression(tol=1e-10).fit(x, y).predict_proba(x)
        assert ours == pytest.approx(theirs, abs=1e-6)


def test_one_binary_feature_has_the_odds_ratio_of_its_table() -> None:
    # 12 of 20 with the feature fail, 5 of 30 without it: a d / b c
    x = np.repeat([1.0, 1.0, 0.0, 0.0], [12, 8, 5, 25])[:, None]
    y = np.repeat([1, 0, 1, 0], [12, 8, 5, 25])
    theta = _fit(x, y, NONE)[0]
    assert np.exp(theta[1]) == pytest.approx(12 * 25 / (8 * 5), rel=1e-10)
    assert np.exp(theta[0]) == pytest.approx(5 / 25, rel=1e-10)


def test_balanced_class_weights_move_the_rates_and_are_off_unless_asked_for() -> None:
    x, y = two_classes(2000)
    rare = np.flatnonzero((y == 0) | (np.arange(2000) % 9 == 0))
    x, y = x[rare], y[rare]
    plain = fit_classifier(x, y, AB, NONE, seed=0)
    heavy = fit_classifier(
        x, y, AB, LogisticSettings(penalty="none", class_weights="balanced"), seed=0
    )
    assert plain.probability(x)[:, 1].mean() == pytest.approx(y.mean(), abs=1e-9)
    assert heavy.probability(x)[:, 1].mean() > 3.0 * y.mean()


def test_many_rows_start_from_a_part_and_end_at_the_same_optimum() -> None:
    x, y = two_classes(45_000)
    theta = _fit(x, y, NONE)
    gradient, hessian = derivatives(theta, x, y, None)
    step = np.linalg.solve(hessian, gradient.ravel())
    assert float(gradient.ravel() @ step) < 1e-14


def test_separated_classes_are_refused_with_the_columns_named() -> None:
    x, y = two_classes()
    x[:, 2] = np.where(y == 1, 1.0, 0.0) * (x[:, 2] > 0)
    strict = LogisticSettings(penalty="none", if_separated="refuse")
    with pytest.raises(Separated, match=r"quasi-complete separation: .* by heat") as caught:
        fit_classifier(x, y, AB, strict, seed=0, names=("p", "q", "heat", "r"))
    assert [p.pointer for p in caught.value.problems] == ["/features/heat"]


def test_separated_classes_fall_back_on_a_penalty_and_say_so() -> None:
    x, y = two_classes()
    x[:, 2] = y
    found = fit_classifier(x, y, AB, NONE, seed=0, names=("p", "q", "heat", "r"))
    assert "complete separation" in found.notes[0]
    assert "heat" in found.notes[0]
    assert "l2 penalty of strength 1 instead" in found.notes[0]
    assert found.probability(x) == pytest.approx(
        fit_classifier(x, y, AB, LogisticSettings(), seed=0).probability(x)
    )


def test_collinear_features_are_told_of_and_do_not_change_the_probabilities() -> None:
    x, y = three_classes()
    twice = np.column_stack((x, x[:, :1] * 2.0))
    found = fit_classifier(twice, y, ABC, NONE, seed=0)
    assert found.notes == (logistic.COLLINEAR,)
    plain = fit_classifier(x, y, ABC, NONE, seed=0)
    assert found.probability(twice) == pytest.approx(plain.probability(x), abs=1e-8)


def test_a_constant_feature_gets_no_coefficient() -> None:
    x, y = two_classes()
    x[:, 3] = 0.0
    for penalty in ("none", "l2", "l1"):
        settings = LogisticSettings(penalty=penalty)  # type: ignore[arg-type]
        assert _fit(x, y, settings)[0, 4] == 0.0


def test_more_features_than_rows_fit_with_a_penalty() -> None:
    x, y = two_classes(30, 60)
    for penalty in ("l2", "l1"):
        settings = LogisticSettings(penalty=penalty)  # type: ignore[arg-type]
        found = fit_classifier(x, y, AB, settings, seed=0)
        assert found.notes == ()
        assert np.isfinite(found.probability(x)).all()


def test_very_many_features_take_gradients_to_the_same_optimum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, y = two_classes()
    by_newton = _fit(x, y, LogisticSettings()), _fit(x, y, LogisticSettings(penalty="l1"))
    monkeypatch.setattr(logistic, "MOST_BY_NEWTON", 1)
    assert _fit(x, y, LogisticSettings()) == pytest.approx(by_newton[0], abs=1e-4)
    assert _fit(x, y, LogisticSettings(penalty="l1")) == pytest.approx(by_newton[1], abs=1e-3)


@few(30)
@given(seed=st.integers(0, 10_000), classes=st.integers(2, 4))
def test_derivatives_are_those_of_the_loss(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(30, 3)), rng.random(30)
    y = rng.integers(0, classes, 30)
    theta = rng.normal(size=(1 if classes == 2 else classes, 4))
    gradient, hessian = derivatives(theta, x, y, w)
    assert gradient_at(theta, x, y, w) == pytest.approx(gradient)
    way = rng.normal(size=theta.shape)
    up, down = theta + 1e-5 * way, theta - 1e-5 * way
    slope = (log_loss(up, x, y, w) - log_loss(down, x, y, w)) / 2e-5
    assert slope == pytest.approx(float((gradient * way).sum()), rel=1e-6, abs=1e-6)
    bend = (gradient_at(up, x, y, w) - gradient_at(down, x, y, w)).ravel() / 2e-5
    assert bend == pytest.approx(hessian @ way.ravel(), rel=1e-5, abs=1e-5)


@few(25)
@given(seed=st.integers(0, 10_000), shift=st.floats(-3, 3), factor=st.floats(0.1, 10))
def test_an_unpenalised_fit_survives_a_change_of_unit(
    seed: int, shift: float, factor: float
) -> None:
    x, y = two_classes(200, 3, seed)
    before = fit_classifier(x, y, AB, NONE, seed=0).probability(x)
    after = fit_classifier(factor * x + shift, y, AB, NONE, seed=0)
    assert after.probability(factor * x + shift) == pytest.approx(before, abs=1e-8)
