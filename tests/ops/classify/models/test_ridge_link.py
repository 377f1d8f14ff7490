"""Ridge with a logistic link, against scikit-learn and brute force."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge, RidgeCV

from ops.classify.models import ridge_link
from ops.classify.models.fit import fit_classifier
from ops.classify.models.settings import RidgeLinkSettings
from ops.classify.models.training import Training, training
from ops.values import FloatArray, IntArray

TWO = ("bad", "good")


def wide(n: int, k: int, classes: int = 2, seed: int = 1) -> tuple[FloatArray, IntArray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, k))
    y = np.argmax(x[:, :classes] + rng.normal(0.0, 0.5, (n, classes)), axis=1)
    return x, y.astype(np.int64)


def rows_of(x: FloatArray, y: IntArray, classes: int = 2) -> Training:
    return training(x, y, tuple("abcdef"[:classes]), seed=1)


@pytest.mark.parametrize(("n", "k"), [(30, 80), (80, 30)])
def test_left_out_residuals_are_those_of_fits_without_the_row(n: int, k: int) -> None:
    x, y = wide(n, k)
    rotated = ridge_link._rotated(rows_of(x, y))
    target = y.astype(np.float64)[:, None] - y.mean()
    told = ridge_link._left_out(rotated, target, 3.0)[:, 0]
    for row in range(0, n, 7):
        others = np.arange(n) != row
        model = Ridge(alpha=3.0).fit(x[others], y[others])
        assert told[row] == pytest.approx(y[row] - model.predict(x[row : row + 1])[0], abs=1e-9)


@pytest.mark.parametrize(("n", "k"), [(30, 80), (80, 30)])
def test_weights_and_strength_are_those_of_scikit_learn(n: int, k: int) -> None:
    x, y = wide(n, k)
    rotated = ridge_link._rotated(rows_of(x, y))
    target = y.astype(np.float64)[:, None] - y.mean()
    weight = ridge_link._weights(rotated, target, 2.0)[:, 0]
    np.testing.assert_allclose(weight, Ridge(alpha=2.0).fit(x, y).coef_, atol=1e-9)
    grid = np.geomspace(0.1, 1e3, 9)
    assert ridge_link._best(rotated, target, grid) == pytest.approx(RidgeCV(grid).fit(x, y).alpha_)


def test_rows_that_weigh_twice_are_rows_that_stand_twice() -> None:
    x, y = wide(40, 10)
    twice = np.arange(40) < 15
    settings = RidgeLinkSettings(strength=5.0)
    weighed = fit_classifier(x, y, TWO, settings, seed=1, weights=1.0 + twice)
    rows = np.append(np.arange(40), np.flatnonzero(twice))
    doubled = fit_classifier(x[rows], y[rows], TWO, settings, seed=1)
    a, b = (m.estimator.coef_ / np.linalg.norm(m.estimator.coef_) for m in (weighed, doubled))
    np.testing.assert_allclose(a, b, atol=1e-8)  # the link's slope sees rows left out


def test_probabilities_of_noise_are_the_base_rate() -> None:
    rng = np.random.default_rng(2)
    y = (rng.random(200) < 0.3).astype(np.int64)
    model = fit_classifier(rng.normal(size=(200, 1000)), y, TWO, RidgeLinkSettings(), seed=1)
    told = model.probability(rng.normal(size=(500, 1000)))[:, 1]
    assert abs(told.mean() - y.mean()) < 0.05
    assert told.std() < 0.15


def test_probabilities_of_later_rows_are_calibrated() -> None:
    x, y = wide(1600, 500, seed=3)
    model = fit_classifier(x[:400], y[:400], TWO, RidgeLinkSettings(), seed=1)
    told = model.probability(x[400:])[:, 1]
    order = np.argsort(told)
    for part in np.array_split(order, 4):
        assert told[part].mean() == pytest.approx(y[400:][part].mean(), abs=0.08)


def test_three_classes_sum_to_one_and_are_told_apart() -> None:
    x, y = wide(300, 400, classes=3)
    model = fit_classifier(x[:200], y[:200], ("a", "b", "c"), RidgeLinkSettings(), seed=1)
    told = model.probability(x[200:])
    np.testing.assert_allclose(told.sum(axis=1), 1.0)
    assert np.mean(told.argmax(axis=1) == y[200:]) > 0.45


def test_constant_features_say_nothing() -> None:
    y = np.array([0, 1] * 10)
    model = fit_classifier(np.ones((20, 3)), y, TWO, RidgeLinkSettings(), seed=1)
    np.testing.assert_allclose(model.probability(np.ones((2, 3))), 0.5, atol=1e-6)
