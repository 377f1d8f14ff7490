"""A regression as it is served: value, interval, reliance; packed and opened alike."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.evaluation.conformal_number import NumberConformal, fit_absolute, fit_quantile
from ops.classify.features.fit import fit_features
from ops.classify.models.fit import fit_number
from ops.classify.models.settings import (
    ElasticNetSettings,
    NumberBoostingSettings,
    NumberSettings,
    QuantileBoostingSettings,
    RidgeSettings,
)
from ops.classify.packet import opened, opened_any, packed
from ops.classify.profile import profile_of
from ops.classify.regressor import Regressor
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.errors import BadData

DOCUMENT = DatasetDocument(
    columns=(
        DatasetColumn(name="power", unit="mW"),
        DatasetColumn(name="height", role="label", unit="um"),
    )
)


def rows(n: int = 200, seed: int = 1) -> DataTable:
    rng = np.random.default_rng(seed)
    power = rng.normal(90, 5, n)
    height = 150 + 0.8 * (power - 90) + rng.normal(0, 1, n)
    return DataTable(numbers={"power": power, "height": height}, units={"power": "mW"})


def regressor(settings: NumberSettings, *, fast: bool = True) -> Regressor:
    table = rows()
    features = fit_features(table, FeatureSpec(), DOCUMENT)
    x, y = features.matrix(table), table.number("height")
    model = fit_number(x, y, settings, seed=1)
    if model.levels:
        q = model.quantiles(x)
        interval = fit_quantile(y, q[:, 0], q[:, -1])
    else:
        interval = fit_absolute(y, model.value(x))
    reference = fit_number(x, y, NumberBoostingSettings(rounds=20), seed=1)
    found = Regressor(
        features=features,
        model=model,
        profile=profile_of(x),
        label="height",
        unit="um",
        interval=interval,
        reference=reference,
        spread=1.0,
    )
    return found.with_fast_path(x) if fast else found


KINDS: tuple[NumberSettings, ...] = (
    RidgeSettings(),
    ElasticNetSettings(),
    NumberBoostingSettings(rounds=30),
    QuantileBoostingSettings(rounds=30),
)


@pytest.mark.parametrize("settings", KINDS, ids=lambda s: s.kind)
def test_its_fast_path_answers_as_the_estimators_do(settings: NumberSettings) -> None:
    made, slow = regressor(settings), regressor(settings, fast=False)
    assert "fast path" in made.path
    assert made.scorer is not None
    assert made.reference_scorer is not None
    assert slow.scorer is None
    later = rows(40, seed=2)
    truth, found = slow.predict(later), made.predict(later)
    for name in ("value", "lower", "upper", "reliance"):
        assert getattr(found, name) == pytest.approx(getattr(truth, name), rel=1e-9)
    for i, power in enumerate(later.number("power").tolist()):
        for one in (made.one({"power": power}), slow.one({"power": power})):
            assert one.value == pytest.approx(truth.value[i], rel=1e-9)
            assert (one.lower, one.upper) == pytest.approx((truth.lower[i], truth.upper[i]))


def test_one_row_of_normalised_intervals_is_as_wide_as_among_others() -> None:
    made = regressor(RidgeSettings())
    made = replace(made, interval=NumberConformal("normalised", 0.9, 1.5, 200))
    later = rows(5, seed=4)
    found = made.predict(later)
    for i, power in enumerate(later.number("power").tolist()):
        one = made.one({"power": power})
        assert (one.lower, one.upper) == pytest.approx((found.lower[i], found.upper[i]))


@pytest.mark.parametrize("settings", KINDS, ids=lambda s: s.kind)
def test_it_comes_back_with_the_same_answers(settings: NumberSettings) -> None:
    made = regressor(settings)
    data = packed(made)
    sha256 = hashlib.sha256(data).hexdigest()
    again = opened_any(data, sha256)
    assert isinstance(again, Regressor)
    later = rows(50, seed=2)
    truth, found = made.predict(later), again.predict(later)
    for name in ("value", "lower", "upper", "reliance"):
        assert getattr(found, name) == pytest.approx(getattr(truth, name), abs=1e-12)
    assert (found.lower < found.upper).all()
    assert (found.lower <= later.number("height")).mean() > 0.8
    assert hashlib.sha256(packed(again)).hexdigest() == sha256
    with pytest.raises(BadData, match="number"):
        opened(data, sha256)


def test_without_an_interval_there_is_none() -> None:
    made = regressor(RidgeSettings())
    plain = Regressor(made.features, made.model, made.profile, "height")
    assert plain.one({"power": 90.0}).lower is None
    found = plain.predict(rows(5, seed=3))
    assert np.isnan(found.lower).all()
    assert found.reliance.max() <= 1.0
