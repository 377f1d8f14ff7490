"""Models of numbers end to end: honest scores, baselines, the regime that nobody has measured."""

import hashlib

import numpy as np
import pytest
from sklearn.linear_model import RidgeCV
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from ops.analyses.virtual_metrology_sample import HOT, regime_rows, sample_loops
from ops.classify.document import DatasetDocument
from ops.classify.evaluation.oof import NumbersOutOfFold
from ops.classify.evaluation.splits import Split
from ops.classify.metrology.baseline import last_value, mean_so_far
from ops.classify.metrology.comparison import compare_numbers, score_numbers
from ops.classify.metrology.folds import left_out_spread, tuned_number
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.rows import measured_rows
from ops.classify.metrology.train import NumberTraining, train_numbers
from ops.classify.models.settings import RidgeSettings
from ops.classify.packet import opened_any, packed
from ops.classify.regressor import Regressor
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.errors import BadData, NotEnoughData

PLAN = NumberPlan(FeatureSpec(), (RidgeSettings(),), folds=3, tune=False)


@pytest.fixture(scope="module")
def training() -> NumberTraining:
    data = sample_loops()
    rows = measured_rows(data.table, data.document)
    return train_numbers(rows, data.document, PLAN, lambda _share, _said: None)


def test_a_regime_that_training_has_not_seen_is_not_relied_on(training: NumberTraining) -> None:
    judged = training.judged
    new = regime_rows(320)[judged.found.rows]
    assert np.median(judged.reliance[new]) < 0.01
    assert np.median(judged.reliance[~new]) > 0.5
    assert np.mean(judged.threshold.relied[new]) < 0.2
    assert np.mean(judged.threshold.relied[~new]) > 0.9


def test_rows_of_low_reliance_have_larger_errors(training: NumberTraining) -> None:
    low, middle, high = training.judged.thirds
    assert low.rmse > 2.0 * high.rmse
    assert low.rmse > middle.rmse
    error = np.abs(training.judged.found.value - training.judged.found.y)
    relied = training.judged.threshold.relied
    assert error[~relied].mean() > 3.0 * error[relied].mean()


def test_units_of_a_runaway_heater_are_to_be_measured(training: NumberTraining) -> None:
    table = sample_loops().table
    answers = training.regressor.predict(table)
    assert (answers.reliance[-HOT:] < training.regressor.least).all()
    assert answers.unusual[-HOT:].all()


def test_intervals_cover_out_of_fold(training: NumberTraining) -> None:
    coverage = training.judged.interval.coverage
    assert coverage.lower is not None
    assert coverage.upper is not None
    assert coverage.lower < 0.9 < coverage.upper + 0.03


def test_a_packed_regressor_answers_alike(training: NumberTraining) -> None:
    data = packed(training.regressor)
    again = opened_any(data, hashlib.sha256(data).hexdigest())
    assert isinstance(again, Regressor)
    table = sample_loops().table
    before, after = training.regressor.predict(table), again.predict(table)
    for name in ("value", "lower", "upper", "reliance", "unusual"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))


def test_the_model_beats_its_baselines(training: NumberTraining) -> None:
    assert {t.verdict for t in training.against["mean"]} == {"better"}
    assert set(training.against) == {"mean", "last"}


def numbers(y: list[float], value: list[float], fold: list[int]) -> NumbersOutOfFold:
    codes = np.array(fold)
    splits = tuple(Split(np.arange(0), np.flatnonzero(codes == i), "f") for i in set(fold))
    return NumbersOutOfFold(np.arange(len(y)), np.array(y), np.array(value), codes, splits)


def test_scores_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    y = rng.normal(size=60)
    value = y + rng.normal(0.0, 0.4, 60)
    told = {s.name: s for s in score_numbers(numbers(y.tolist(), value.tolist(), [0] * 60))}
    assert told["rmse"].pooled == pytest.approx(root_mean_squared_error(y, value))
    assert told["mae"].pooled == pytest.approx(mean_absolute_error(y, value))
    assert told["r2"].pooled == pytest.approx(r2_score(y, value))


def test_a_model_against_itself_is_not_told_apart() -> None:
    one = numbers([1.0, 2.0, 3.0], [1.1, 2.2, 2.9], [0, 0, 1])
    assert {t.verdict for t in compare_numbers(one, one)} == {"not told apart"}


def test_a_better_model_is_told_with_the_difference_of_its_rmse() -> None:
    rng = np.random.default_rng(2)
    y = rng.normal(size=200)
    good, bad = y + rng.normal(0.0, 0.1, 200), y + rng.normal(0.0, 1.0, 200)
    fold = (np.arange(200) % 4).tolist()
    first, second = (
        numbers(y.tolist(), good.tolist(), fold),
        numbers(y.tolist(), bad.tolist(), fold),
    )
    by_rmse, by_mae = compare_numbers(first, second)
    want = root_mean_squared_error(y, good) - root_mean_squared_error(y, bad)
    assert by_rmse.difference == pytest.approx(want)
    assert (by_rmse.verdict, by_mae.verdict) == ("better", "better")
    assert compare_numbers(second, first)[0].verdict == "worse"


def test_strength_is_chosen_among_a_grid_like_scikit_learn_does() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(60, 40))
    y = x[:, 0] + rng.normal(0.0, 1.0, 60)
    every = np.arange(60)
    inner = tuple((every[every % 5 != i], every[every % 5 == i]) for i in range(5))
    told = tuned_number(x, y, RidgeSettings(), NumberPlan(FeatureSpec(), ()), inner)
    grid = np.geomspace(1e-3, 1e4, 8)
    want = RidgeCV(grid, cv=list(inner), scoring="neg_mean_squared_error").fit(x, y)
    assert isinstance(told, RidgeSettings)
    assert told.strength == pytest.approx(want.alpha_)
    assert left_out_spread(x, y, told, PLAN, ()) == pytest.approx(y.std() / 2)


def test_the_last_value_is_that_of_the_measured_row_before() -> None:
    data = sample_loops(40)
    rows = measured_rows(data.table, data.document)
    known = rows.measured
    test = known[-8:]
    splits = (Split(known[:-8], test, "f"),)
    found = NumbersOutOfFold(test, rows.y[test], rows.y[test], np.zeros(8, np.int64), splits)
    last = last_value(found, rows)
    assert last is not None
    np.testing.assert_array_equal(last.value, rows.y[known[-9:-1]])
    np.testing.assert_allclose(mean_so_far(found, rows).value, rows.y[known[:-8]].mean())


def test_too_few_or_constant_measurements_are_told() -> None:
    data = sample_loops(40)
    with pytest.raises(NotEnoughData, match="20 are needed"):
        measured_rows(data.table.take(slice(0, 12)), data.document)
    flat = DataTable({"loop_height": np.full(30, 2.0)})
    with pytest.raises(NotEnoughData, match="are 2"):
        measured_rows(flat, data.document)
    with pytest.raises(BadData, match="needs a measured number"):
        measured_rows(flat, DatasetDocument())
