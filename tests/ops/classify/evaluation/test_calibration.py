"""Calibration: fits beside scikit-learn, never against the order, accepted only where it helps."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, logit
from sklearn.isotonic import IsotonicRegression

from ops.classify.evaluation.calibration import (
    Calibration,
    CalibrationKind,
    calibration_from,
    fit_calibration,
    smoothed_targets,
)
from ops.classify.evaluation.calibration_choice import KINDS, choose_calibration, cross_calibrated
from ops.classify.evaluation.proper import log_losses
from ops.values import FloatArray, IntArray
from tests.ops.classify.evaluation.samples import drawn, predicted, true_probabilities
from tests.strategies import few

kinds = st.sampled_from(KINDS)


def _two(event: FloatArray) -> FloatArray:
    return np.column_stack([1 - event, event])


def _sample(seed: int, n: int, sharpen: float = 1.0) -> tuple[IntArray, FloatArray]:
    """Classes drawn from true probabilities, and these with log-odds that are too large."""
    rng = np.random.default_rng(seed)
    true = expit(rng.normal(-1, 1.5, n))
    y = (rng.random(n) < true).astype(np.int64)
    return y, _two(expit(sharpen * logit(true).round(3)))


@few(25)
@given(seed=st.integers(0, 10**6), n=st.integers(2, 200))
def test_isotonic_equals_scikit_learn(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    p = rng.random(n).round(2)
    y = (rng.random(n) < p).astype(np.int64)
    y[:2] = 0, 1
    low, high = smoothed_targets(y == 1)
    theirs = IsotonicRegression(y_min=low, y_max=high, out_of_bounds="clip").fit(p, y)
    ours = fit_calibration("isotonic", y, _two(p))
    asked = np.linspace(0, 1, 101)
    assert ours.apply(_two(asked))[:, 1] == pytest.approx(theirs.predict(asked), abs=1e-9)


def test_sigmoid_is_the_least_cross_entropy_with_smoothed_targets() -> None:
    y, p = _sample(0, 400, 2.0)
    low, high = smoothed_targets(y == 1)
    target, x = np.where(y == 1, high, low), logit(np.clip(p[:, 1], 1e-6, 1 - 1e-6))

    def loss(ab: FloatArray) -> float:
        score = ab[0] * x + ab[1]
        return float(np.sum(np.logaddexp(0, score) - target * score))

    expected = minimize(loss, [1.0, 0.0], method="BFGS").x
    assert fit_calibration("sigmoid", y, p).curves[0] == pytest.approx(expected, abs=1e-4)


def test_temperature_is_the_least_log_loss() -> None:
    rng = np.random.default_rng(1)
    true = true_probabilities(rng, 500, 3)
    y = drawn(rng, true)
    sharp = true**3 / (true**3).sum(axis=1, keepdims=True)

    def loss(beta: float) -> float:
        scores = log_softmax(beta * np.log(np.clip(sharp, 1e-6, 1)), axis=1)
        return -float(scores[np.arange(500), y].mean())

    expected = minimize_scalar(loss, bounds=(0.01, 5), method="bounded", options={"xatol": 1e-9}).x
    fitted = fit_calibration("temperature", y, sharp)
    assert fitted.curves[0][0] == pytest.approx(expected, abs=1e-5)
    assert np.array_equal(fitted.apply(sharp).argmax(axis=1), sharp.argmax(axis=1))


@few(40)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 60), kind=kinds)
def test_a_map_of_two_classes_never_falls_and_survives_json(
    seed: int, n: int, kind: CalibrationKind
) -> None:
    rng = np.random.default_rng(seed)
    fitted = fit_calibration(kind, rng.integers(0, 2, n), _two(rng.random(n).round(2)))
    asked = _two(np.linspace(0, 1, 201))
    mapped = fitted.apply(asked)
    assert (np.diff(mapped[:, 1]) >= -1e-12).all()
    assert np.isfinite(mapped).all()
    assert mapped.sum(axis=1) == pytest.approx(1.0)
    again = calibration_from(json.loads(json.dumps(fitted.to_document())))
    assert again == fitted
    assert np.array_equal(again.apply(asked), mapped)


@few(20)
@given(seed=st.integers(0, 10**6), kind=kinds)
def test_maps_of_several_classes_are_probabilities(seed: int, kind: CalibrationKind) -> None:
    rng = np.random.default_rng(seed)
    p = true_probabilities(rng, 80, 4)
    mapped = fit_calibration(kind, drawn(rng, p) % 3, p).apply(p)  # the last class has no row
    assert (mapped >= 0).all()
    assert mapped.sum(axis=1) == pytest.approx(1.0)


@few(40)
@given(seed=st.integers(0, 10**6), classes=st.integers(2, 4), kind=kinds)
def test_one_row_is_mapped_as_many_are(seed: int, classes: int, kind: CalibrationKind) -> None:
    rng = np.random.default_rng(seed)
    p = true_probabilities(rng, 30, classes)
    fitted = fit_calibration(kind, drawn(rng, p), p)
    asked = np.vstack([true_probabilities(rng, 20, classes), np.eye(classes)])
    mapped = np.stack([fitted.apply_row(row) for row in asked])
    assert mapped == pytest.approx(fitted.apply(asked), abs=1e-12)


def test_one_class_only_leaves_probabilities_as_they_are() -> None:
    p = _two(np.linspace(0.01, 0.99, 9))
    ones = np.ones(9, dtype=np.int64)
    assert fit_calibration("sigmoid", ones, p).apply(p) == pytest.approx(p, abs=1e-6)
    assert fit_calibration("isotonic", ones, p).apply(p) == pytest.approx(p)
    assert Calibration().apply(p) is p
    assert Calibration().apply_row(p[0]).tolist() == p[0].tolist()


def test_separated_classes_have_bounded_maps() -> None:
    y = np.array([0] * 10 + [1] * 10)
    p = _two(np.linspace(0.01, 0.99, 20))
    for kind in KINDS:
        assert np.isfinite(fit_calibration(kind, y, p).apply(p)).all()


def test_overconfident_probabilities_are_calibrated() -> None:
    y, p = _sample(3, 3000, 3.0)
    found = predicted(y, p)
    choice = choose_calibration(found)
    assert choice.calibration.kind != "none"
    assert all(t.accepted for t in choice.trials)
    kept = next(t for t in choice.trials if t.kind == choice.calibration.kind)
    assert kept.log_loss == min(t.log_loss for t in choice.trials)
    assert kept.log_loss == pytest.approx(np.mean(log_losses(found.y, choice.probability)))
    cross = cross_calibrated(choice.calibration.kind, found)
    assert np.array_equal(choice.probability, cross)


def test_true_probabilities_are_left_alone() -> None:
    accepted = 0
    for seed in range(40):
        y, p = _sample(seed, 300)
        found = predicted(y, p)
        choice = choose_calibration(found)
        accepted += choice.calibration.kind != "none"
        if choice.calibration.kind == "none":
            assert choice.probability is found.probability
    assert accepted <= 2  # 5 % at most over all maps and both losses


def test_groups_of_equal_rows_count_once() -> None:
    y, p = _sample(5, 80, 1.6)
    again = np.repeat(np.arange(80), 10)
    found = predicted(y[again], p[again])
    plain = choose_calibration(found, kinds=("sigmoid",)).trials[0].log_loss_gain
    grouped = (
        choose_calibration(found, kinds=("sigmoid",), groups=again[found.rows])
        .trials[0]
        .log_loss_gain
    )
    assert plain.value == grouped.value
    assert (grouped.upper or 0) - (grouped.lower or 0) > 2.5 * (
        (plain.upper or 0) - (plain.lower or 0)
    )


def test_a_single_test_set_is_cross_fitted_in_parts() -> None:
    y, p = _sample(6, 1000, 3.0)
    choice = choose_calibration(predicted(y, p, folds=1))
    assert choice.calibration.kind != "none"
