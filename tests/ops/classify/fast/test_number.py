"""Fast paths of regressions beside the estimators they stand for."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge

from ops.classify.fast.number import NumberScorer, number_path, number_scorer_from
from ops.classify.models.fit import fit_number
from ops.classify.models.fitted import FittedNumber
from ops.classify.models.settings import (
    ElasticNetSettings,
    NumberBoostingSettings,
    NumberSettings,
    QuantileBoostingSettings,
    RidgeSettings,
)
from ops.values import FloatArray

SETTINGS: tuple[NumberSettings, ...] = (
    RidgeSettings(),
    ElasticNetSettings(),
    NumberBoostingSettings(rounds=12),
    QuantileBoostingSettings(rounds=12, levels=(0.05, 0.5, 0.95)),
)


def rows(n: int = 160, seed: int = 1) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 4))
    return x, 150 + 3 * x[:, 0] + x[:, 1] * x[:, 2] + rng.normal(size=n)


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: s.kind)
@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_a_fast_path_gives_the_numbers_of_scikit_learn(
    settings: NumberSettings, scale: float
) -> None:
    x, y = rows()
    model = fit_number(x, y * scale, settings, seed=1)
    parity = number_path(model, x)
    assert parity.scorer is not None, parity.note
    again = number_scorer_from(parity.scorer.kind, parity.scorer.arrays())
    unseen = rows(50, seed=2)[0] * 3
    plain = np.column_stack([e.predict(unseen) for e in model.estimators])
    truth = np.sort(plain, axis=1)
    assert again.numbers(unseen) == pytest.approx(truth, rel=1e-9)
    assert again.one(unseen[0]) == pytest.approx(truth[0], rel=1e-9)
    assert again.outputs == truth.shape[1]


def test_a_fast_path_that_differs_is_not_used() -> None:
    x, y = rows()

    class Moved(FittedNumber):
        """Says a little more than its estimator."""

        def value(self, x: FloatArray) -> FloatArray:
            return np.asarray(self.estimators[0].predict(x)) + 1e-6

    parity = number_path(Moved((Ridge().fit(x, y),), RidgeSettings(), 4), x)
    assert parity.scorer is None
    assert parity.difference == pytest.approx(1e-6, rel=1e-3)


def test_what_cannot_be_laid_flat_answers_itself() -> None:
    x, y = rows()
    x[:, 3] = x[:, 3] > 0
    said: dict[str, Any] = {"categorical_features": [3], "max_iter": 20}
    categories = HistGradientBoostingRegressor(**said)
    y = y + 5 * x[:, 3]
    model = FittedNumber((categories.fit(x, y),), NumberBoostingSettings(), 4)
    parity = number_path(model, x)
    assert parity.scorer is None
    assert "categories" in parity.note


def test_arrays_that_do_not_fit_are_refused() -> None:
    x, y = rows()
    parity = number_path(fit_number(x, y, NumberBoostingSettings(rounds=3), seed=1), x)
    assert parity.scorer is not None
    arrays = dict(parity.scorer.arrays())
    with pytest.raises(ValueError, match="outside"):
        number_scorer_from("trees", arrays | {"left": np.zeros_like(arrays["left"])})
    with pytest.raises(ValueError, match="outputs"):
        number_scorer_from("trees", arrays | {"base": np.zeros(2)})
    with pytest.raises(ValueError, match="one row"):
        number_scorer_from("linear", {"weight": np.zeros((2, 2)), "offset": np.zeros(1)})
    with pytest.raises(ValueError, match="no fast path"):
        number_scorer_from("oracle", arrays)


@cache
def boosted_with_gaps() -> tuple[Any, NumberScorer]:
    x, y = rows(120, seed=3)
    x[::4, 0] = np.nan
    estimator = HistGradientBoostingRegressor(max_iter=6, random_state=1).fit(x, y)
    parity = number_path(FittedNumber((estimator,), NumberBoostingSettings(), 4), x)
    assert parity.scorer is not None, parity.note
    return estimator, parity.scorer


@given(st.integers(0, 10_000), st.integers(1, 70))
def test_missing_values_go_where_the_library_sends_them(seed: int, n: int) -> None:
    estimator, scorer = boosted_with_gaps()
    rng = np.random.default_rng(seed)
    unseen = rng.normal(size=(n, 4))
    unseen[rng.random((n, 4)) < 0.2] = np.nan
    assert scorer.numbers(unseen)[:, 0] == pytest.approx(estimator.predict(unseen), rel=1e-9)
