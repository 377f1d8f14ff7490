"""Every kind of model through the one door: probabilities, determinism, silence, refusals."""

import warnings
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from ops.classify.models import booster
from ops.classify.models.fit import fit_classifier, fit_number
from ops.classify.models.libraries import libraries_of
from ops.classify.models.settings import (
    BoostingSettings,
    DecisionTreeSettings,
    EbmSettings,
    ElasticNetSettings,
    ExtraTreesSettings,
    LightgbmSettings,
    LogisticSettings,
    MlpSettings,
    ModelSettings,
    NumberBoostingSettings,
    NumberSettings,
    QuantileBoostingSettings,
    RandomForestSettings,
    RidgeSettings,
    XgboostSettings,
)
from ops.errors import BadData, NotEnoughData, NotReady
from tests.ops.classify.models.samples import three_classes, two_classes

SMALL: tuple[Any, ...] = (
    LogisticSettings(),
    DecisionTreeSettings(),
    RandomForestSettings(trees=10),
    ExtraTreesSettings(trees=10),
    BoostingSettings(rounds=10),
    MlpSettings(epochs=60, learning_rate=0.02),
    LightgbmSettings(rounds=10),
    XgboostSettings(rounds=10),
    EbmSettings(rounds=30, bags=1, learning_rate=0.1),
)
NUMBERS: tuple[Any, ...] = (
    RidgeSettings(),
    ElasticNetSettings(),
    NumberBoostingSettings(rounds=20),
    QuantileBoostingSettings(rounds=20, learning_rate=0.2),
)
LIBRARY = {"lightgbm": "lightgbm", "xgboost": "xgboost", "ebm": "interpret"}


def _installed(settings: Any) -> None:
    if settings.kind in LIBRARY:
        pytest.importorskip(LIBRARY[settings.kind])


@pytest.mark.parametrize("settings", SMALL, ids=lambda s: s.kind)
def test_each_kind_beats_the_base_rates_twice_alike_and_in_silence(
    settings: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    _installed(settings)
    for x, y in (two_classes(300), three_classes(300)):
        classes = tuple("abc"[: int(y.max()) + 1])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            first = fit_classifier(x, y, classes, settings, seed=3)
            again = fit_classifier(x.copy(), y.copy(), classes, settings, seed=3)
            p = first.probability(x)
        assert p.shape == (300, len(classes))
        assert p.sum(axis=1) == pytest.approx(1.0, abs=1e-12)
        assert (p >= 0.0).all()
        assert (p == again.probability(x)).all()
        share = np.bincount(y) / len(y)
        entropy = -float((share * np.log(share)).sum())
        assert -np.log(np.maximum(p[np.arange(300), y], 1e-6)).mean() < 0.95 * entropy
        assert (first.kind, first.classes, first.n_features) == (settings.kind, classes, 4)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("settings", SMALL, ids=lambda s: s.kind)
def test_each_kind_takes_weights(settings: Any) -> None:
    _installed(settings)
    x, y = two_classes(300)
    heavy = np.where(y == 1, 5.0, 1.0)
    plain = fit_classifier(x, y, ("a", "b"), settings, seed=0).probability(x)[:, 1].mean()
    weighed = fit_classifier(x, y, ("a", "b"), settings, seed=0, weights=heavy)
    assert weighed.probability(x)[:, 1].mean() > plain + 0.05


@pytest.mark.parametrize("settings", SMALL, ids=lambda s: s.kind)
def test_each_kind_fits_a_tiny_class_and_a_constant_feature(settings: Any) -> None:
    _installed(settings)
    x, y = two_classes(60)
    x[:, 1] = 0.0
    y[:] = 0
    y[:2] = 1
    found = fit_classifier(x, y, ("good", "schlecht ✗"), settings, seed=0)
    assert np.isfinite(found.probability(x)).all()


@pytest.mark.parametrize("settings", NUMBERS, ids=lambda s: s.kind)
def test_each_regression_explains_most_of_the_spread_twice_alike(settings: Any) -> None:
    x, _ = two_classes(400)
    y = 1000.0 + 30.0 * x[:, 0] + 5.0 * np.random.default_rng(1).normal(size=400)
    model = fit_number(x, y, settings, seed=1)
    found = model.value(x)
    assert 1.0 - np.var(y - found) / np.var(y) > 0.8
    assert (found == fit_number(x, y, settings, seed=1).value(x)).all()
    assert model.kind == settings.kind


def test_a_ridge_is_its_normal_equations() -> None:
    x, _ = two_classes(50)
    y = x @ np.array([1.0, 2.0, 0.0, -1.0]) + np.random.default_rng(0).normal(size=50)
    model = fit_number(x, y, RidgeSettings(strength=3.0), seed=0).estimators[0]
    z, t = x - x.mean(axis=0), y - y.mean()
    assert model.coef_ == pytest.approx(np.linalg.solve(z.T @ z + 3.0 * np.eye(4), z.T @ t))


def test_an_elastic_net_does_not_depend_on_the_unit_of_the_label() -> None:
    x, _ = two_classes(200)
    y = x[:, 0] + 0.1 * np.random.default_rng(0).normal(size=200)
    small = fit_number(x, y, ElasticNetSettings(), seed=0).value(x)
    large = fit_number(x, 1e6 * y + 5.0, ElasticNetSettings(), seed=0).value(x)
    assert large == pytest.approx(1e6 * small + 5.0, rel=1e-6)


def test_quantiles_never_cross_and_hold_about_their_share() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(600, 3))
    y = x[:, 0] + (0.5 + np.abs(x[:, 1])) * rng.normal(size=600)
    levels = (0.1, 0.25, 0.5, 0.75, 0.9)
    settings = QuantileBoostingSettings(levels=levels, rounds=40)
    model = fit_number(x, y, settings, seed=0)
    q = model.quantiles(x)
    assert q.shape == (600, 5)
    assert (np.diff(q, axis=1) >= 0.0).all()
    assert (q[:, 2] == model.value(x)).all()
    assert (y[:, None] <= q).mean(axis=0) == pytest.approx(levels, abs=0.08)
    assert model.levels == levels


def test_a_model_of_the_mean_has_no_quantiles() -> None:
    x, y = two_classes(50)
    with pytest.raises(ValueError, match="take quantile-boosting"):
        fit_number(x, y * 1.0, RidgeSettings(), seed=0).quantiles(x)


def test_one_class_only_is_refused() -> None:
    x, y = two_classes(20)
    with pytest.raises(NotEnoughData, match="needs 2 classes, got a"):
        fit_classifier(x, y * 0, ("a",), LogisticSettings(), seed=0)
    with pytest.raises(NotEnoughData, match="no row of class b"):
        fit_classifier(x, y * 0, ("a", "b"), LogisticSettings(), seed=0)


def test_a_class_whose_rows_weigh_nothing_is_refused() -> None:
    x, y = two_classes(20)
    with pytest.raises(NotEnoughData, match="no row of class b"):
        fit_classifier(x, y, ("a", "b"), LogisticSettings(), seed=0, weights=1.0 * (y == 0))


def test_values_that_are_not_finite_are_refused_by_name() -> None:
    x, y = two_classes(20)
    x[3, 2] = np.nan
    with pytest.raises(BadData) as caught:
        fit_classifier(x, y, ("a", "b"), LogisticSettings(), seed=0, names=("p", "q", "heat", "s"))
    assert [p.pointer for p in caught.value.problems] == ["/features/heat"]


@pytest.mark.parametrize("weights", [np.full(20, -1.0), np.full(20, np.inf), np.ones(3)])
def test_weights_that_are_none_are_refused(weights: Any) -> None:
    x, y = two_classes(20)
    with pytest.raises(BadData, match="weights"):
        fit_classifier(x, y, ("a", "b"), LogisticSettings(), seed=0, weights=weights)


def test_regressions_refuse_one_row_and_missing_labels() -> None:
    x, _ = two_classes(20)
    with pytest.raises(NotEnoughData, match="2 rows, got 1"):
        fit_number(x[:1], np.ones(1), RidgeSettings(), seed=0)
    with pytest.raises(BadData, match="label must be finite"):
        fit_number(x, np.full(20, np.nan), RidgeSettings(), seed=0)


def test_no_features_at_all_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="rows and features"):
        fit_classifier(np.ones((5, 0)), np.arange(5) % 2, ("a", "b"), LogisticSettings(), seed=0)


def test_a_network_stops_by_itself_and_says_when_it_did_not() -> None:
    x, y = two_classes(400)
    stopped = fit_classifier(x, y, ("a", "b"), MlpSettings(epochs=2000, learning_rate=0.02), seed=0)
    assert stopped.notes == ()
    short = fit_classifier(x, y, ("a", "b"), MlpSettings(epochs=2), seed=0)
    assert short.notes == ("the network still improved after 2 epochs",)
    few = fit_classifier(x[:30], y[:30], ("a", "b"), MlpSettings(epochs=2), seed=0)
    assert few.notes[0].startswith("no early stopping: a class has fewer than 20 rows")


def test_an_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(booster, "import_module", absent)
    x, y = two_classes(40)
    with pytest.raises(NotReady, match=r"lightgbm is not installed: .*longrun-ops\[boost\]"):
        fit_classifier(x, y, ("a", "b"), LightgbmSettings(), seed=0)


def test_settings_are_chosen_by_their_kind_and_bounded() -> None:
    models: TypeAdapter[Any] = TypeAdapter(ModelSettings)
    numbers: TypeAdapter[Any] = TypeAdapter(NumberSettings)
    assert models.validate_python({"kind": "mlp", "layers": [8]}).layers == (8,)
    assert isinstance(
        numbers.validate_python({"kind": "gradient-boosting"}), NumberBoostingSettings
    )
    for settings in SMALL:
        assert models.validate_json(settings.model_dump_json()) == settings
    wrong = ({"kind": "logistic", "strength": 0}, {"kind": "svm"}, {"kind": "mlp", "trees": 3})
    for document in wrong:
        with pytest.raises(ValidationError):
            models.validate_python(document)
    with pytest.raises(ValidationError, match="levels must rise"):
        numbers.validate_python({"kind": "quantile-boosting", "levels": [0.9, 0.1]})


@pytest.mark.parametrize("union", [ModelSettings, NumberSettings])
def test_every_field_of_the_settings_is_described(union: Any) -> None:
    for name, schema in TypeAdapter(union).json_schema()["$defs"].items():
        assert schema["description"], name
        assert all("description" in field for field in schema["properties"].values()), name


@pytest.mark.parametrize("kind", [s.kind for s in SMALL])
def test_the_libraries_of_each_kind_have_versions(kind: str) -> None:
    if kind in LIBRARY:
        pytest.importorskip(LIBRARY[kind])
    found = libraries_of(kind)
    assert found["scikit-learn"] == import_module("sklearn").__version__
    assert all(found.values())
