from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from scipy.special import expit

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.evaluation.conformal import coverage, fit_conformal
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.splits import Split
from ops.classify.models.settings import DecisionTreeSettings, LogisticSettings
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.classify.training.base import base_score, gain_over_constant
from ops.classify.training.champion import champion_again
from ops.classify.training.explain import explained
from ops.classify.training.folds import fold_matrices
from ops.classify.training.judged import judged
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import labelled_rows
from ops.classify.training.search import searched
from ops.classify.training.train import Training, train
from ops.errors import NotEnoughData
from ops.values import Factor, FloatArray, IntArray
from tests.ops.classify.training.bonds import two_normals

PLAN = TrainingPlan(FeatureSpec(), (LogisticSettings(),), folds=4, tune=False, miss=4.0)


def silent(share: float, said: str) -> None:
    del share, said


def trained(plan: TrainingPlan = PLAN, **how: object) -> tuple[Training, DatasetDocument]:
    table, document = two_normals(**how)  # type: ignore[arg-type]
    return train(labelled_rows(table, document), document, plan, silent), document


@pytest.fixture(scope="module")
def planted() -> tuple[Training, DatasetDocument]:
    return trained(n=3000)


def test_the_score_is_the_best_that_there_is(planted: tuple[Training, DatasetDocument]) -> None:
    auc = planted[0].judged.scores.of("roc_auc").estimate
    best = NormalDist().cdf(1.5 / 2**0.5)
    assert auc.value == pytest.approx(best, abs=0.03)


def test_coefficients_are_those_of_the_discriminant(
    planted: tuple[Training, DatasetDocument],
) -> None:
    # two normal classes of equal spread: the log-odds of `a` are linear with slope shift / var
    training, _ = planted
    slope = training.model.estimator.coef_[0] / training.features.scale
    at = training.features.names.index("a")
    sign = 1.0 if training.rows.positive == 1 else -1.0
    assert sign * slope[at] == pytest.approx(1.5, abs=0.2)


def test_the_threshold_is_that_of_the_costs(planted: tuple[Training, DatasetDocument]) -> None:
    assert planted[0].judged.decision.threshold == pytest.approx(1.0 / (1.0 + 4.0))


def test_rows_are_split_in_time_with_random_splits_beside(
    planted: tuple[Training, DatasetDocument],
) -> None:
    training, _ = planted
    assert training.splits.kind == "time-ordered"
    assert training.random is not None
    assert len(training.beside) == len(training.candidates)
    assert all(f.train.max() < f.test.min() for f in training.folds)


def test_no_lot_is_on_both_sides(planted: tuple[Training, DatasetDocument]) -> None:
    training, _ = planted
    lots = training.rows.table.category("lot").codes
    assert all(not set(lots[f.train]) & set(lots[f.test]) for f in training.folds)


def test_sets_cover_each_class(planted: tuple[Training, DatasetDocument]) -> None:
    covered = planted[0].judged.conditional.by_class
    assert all(abs((c.value or 0.0) - 0.9) < 0.03 for c in covered)


def test_the_planted_cause_is_the_weightiest(planted: tuple[Training, DatasetDocument]) -> None:
    found = explained(planted[0], PLAN)
    assert found.importance[0].column == "a"
    assert (found.importance[0].loss.lower or 0.0) > 0.0
    assert found.odds is not None
    assert found.odds.no_interval != ""  # an l2 fit has no honest interval


def test_the_curve_of_the_cause_rises_in_its_own_unit(
    planted: tuple[Training, DatasetDocument],
) -> None:
    curve = explained(planted[0], PLAN).curves[0]
    assert (curve.column, curve.unit) == ("a", "µm")
    assert np.all(np.diff(curve.found.mean) > 0)
    values = planted[0].rows.table.number("a")
    assert values.min() <= curve.found.grid.min() < curve.found.grid.max() <= values.max()


def test_the_base_rate_scores_its_share(planted: tuple[Training, DatasetDocument]) -> None:
    training, _ = planted
    base = base_score(training.judged.found, training.rows.y, "roc_auc", training.rows.positive)
    assert base == pytest.approx(0.5)


def test_labels_that_depend_on_nothing_score_as_chance() -> None:
    training, _ = trained(n=1200, shift=0.0)
    auc = training.judged.scores.of("roc_auc").estimate
    assert auc.lower is not None
    assert auc.upper is not None
    assert auc.lower < 0.5 < auc.upper


def test_a_candidate_leads_only_if_it_is_better_beyond_chance() -> None:
    stump = DecisionTreeSettings(max_depth=1)
    both = replace(PLAN, candidates=(stump, LogisticSettings()))
    assert trained(both, n=300, shift=0.3)[0].kept.settings.kind == "decision-tree"
    training, _ = trained(both, n=3000, shift=2.0)
    assert training.kept.settings.kind == "logistic"  # the truth is linear, and there are rows


def test_test_rows_teach_nothing() -> None:
    table, document = two_normals(n=400)
    rows = labelled_rows(table, document)
    training = train(rows, document, PLAN, silent)
    fold = training.folds[-1]
    wild = {name: column.copy() for name, column in table.numbers.items()}
    wild["a"][fold.test] = 1e6
    changed = labelled_rows(replace(table, numbers=wild), document)
    again = fold_matrices(changed, FeatureSpec(), document, training.splits.splits)[-1]
    assert np.array_equal(again.x_train, fold.x_train)


def test_training_is_repeatable() -> None:
    first, _ = trained(n=400)
    second, _ = trained(n=400)
    assert np.array_equal(first.judged.found.probability, second.judged.found.probability)


def test_the_champion_is_made_again_on_the_same_rows(
    planted: tuple[Training, DatasetDocument],
) -> None:
    training, document = planted
    spec = {
        "features": FeatureSpec().model_dump(mode="json"),
        "settings": LogisticSettings().model_dump(mode="json"),
    }
    again = champion_again(training, document, PLAN, spec)
    assert again is not None
    assert np.array_equal(again.found.rows, training.kept.found.rows)
    assert np.allclose(again.found.probability, training.kept.found.probability)


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"features": {"features": [{"kind": "number", "column": "gone"}]},
         "settings": {"kind": "logistic"}},
        {"features": {}, "settings": {"kind": "unheard-of"}},
    ],
)  # fmt: skip
def test_a_champion_that_cannot_be_made_again_is_none(
    planted: tuple[Training, DatasetDocument], spec: dict[str, object]
) -> None:
    training, document = planted
    assert champion_again(training, document, PLAN, spec) is None


def test_a_class_that_comes_too_late_is_not_enough() -> None:
    table, document = two_normals(n=300)
    codes = np.zeros(300, dtype=np.int64)
    codes[-1] = 1
    late = replace(table, categories={**table.categories, "label": Factor(codes, ("pass", "fail"))})
    with pytest.raises(NotEnoughData, match="splits has every class"):
        train(labelled_rows(late, document), document, PLAN, silent)


def test_several_classes_have_no_threshold() -> None:
    rng = np.random.default_rng(2)
    y = rng.integers(0, 3, 600)
    table = DataTable(
        numbers={"x": rng.standard_normal(600) + 2.0 * y},
        categories={"label": Factor(y, ("a", "b", "c"))},
    )
    columns = [{"name": "x"}, {"name": "label", "type": "category", "role": "label"}]
    document = DatasetDocument.model_validate({"columns": columns})
    training = train(labelled_rows(table, document), document, PLAN, silent)
    assert training.splits.kind == "stratified"
    assert training.random is None
    assert training.judged.decision.threshold is None
    assert (training.judged.scores.of("accuracy").estimate.value or 0.0) > 0.7


def test_a_search_ends_with_its_budget_and_repeats_without_one() -> None:
    table, document = two_normals(n=400)
    rows = labelled_rows(table, document)
    told: list[float] = []

    def found(budget_s: float, step: float) -> object:
        now = iter(step * i for i in range(10**6))
        return searched(
            rows, document, PLAN, ("logistic", "decision-tree"),
            clock=lambda: next(now), budget_s=budget_s,
            tell=lambda share, said: told.append(share),
        )  # fmt: skip

    whole, again, cut = found(1e9, 1.0), found(1e9, 1.0), found(3.0, 1.0)
    assert whole.found.complete  # type: ignore[attr-defined]
    assert whole.plan == again.plan  # type: ignore[attr-defined]
    assert not cut.found.complete  # type: ignore[attr-defined]
    assert told == sorted(told) or told


def test_labels_that_are_known_after_all_tests_are_named_as_the_reason() -> None:
    table, document = two_normals(200)
    late = np.full(200, table.times["at"].max() + 1)
    table = replace(table, times={**table.times, "known": late})
    column = DatasetColumn(name="known", type="time", role="known_time")
    document = document.model_copy(update={"columns": (*document.columns, column)})
    with pytest.raises(NotEnoughData, match="known_time"):
        train(labelled_rows(table, document), document, PLAN, silent)


def _scaled(seed: int, n: int, scale: FloatArray) -> tuple[IntArray, FloatArray]:
    """Two classes whose log-odds are stretched by a scale for each row."""
    rng = np.random.default_rng(seed)
    y = (rng.random(n) < 0.3).astype(np.int64)
    event = expit(scale * (2.0 * rng.normal(size=n) + 3.0 * y - 2.0))
    return y, np.column_stack([1.0 - event, event])


def _in_five(y: IntArray, probability: FloatArray) -> OutOfFold:
    """Answers over five runs of rows; shares of classes differ between them by chance."""
    fold = np.repeat(np.arange(5), y.size // 5)
    runs = [fold == k for k in range(5)]
    splits = tuple(Split(np.flatnonzero(~run), np.flatnonzero(run), "") for run in runs)
    return OutOfFold(np.arange(y.size), y, probability, fold, splits)


def test_sets_cover_what_is_served_though_strengths_differ_by_fold() -> None:
    # a strength of its own stretches the log-odds of each fold; the model that is served has one
    n = 5000
    scale = np.repeat([0.2, 0.5, 1.0, 3.0, 6.0], n // 5)
    y, stretched = _scaled(1, n, scale)
    _, alike = _scaled(1, n, np.ones(n))
    fold = np.repeat(np.arange(5), n // 5)
    splits = tuple(
        Split(np.flatnonzero(fold != k), np.flatnonzero(fold == k), "") for k in range(5)
    )
    found = OutOfFold(np.arange(n), y, stretched, fold, splits)
    plan = replace(PLAN, calibrate=False)
    served = found.with_probability(alike)
    answers = judged(found, plan, positive=1, classes=2, served=served)
    later = coverage(answers.conformal, *_scaled(2, 20_000, np.ones(20_000)))
    for share in (*answers.conditional.by_class, *later.by_class):
        assert share.value == pytest.approx(0.9, abs=0.03)
    mixed = judged(found, plan, positive=1, classes=2)
    worst = coverage(mixed.conformal, *_scaled(2, 20_000, np.ones(20_000)))
    assert max(abs((c.value or 0.0) - 0.9) for c in worst.by_class) > 0.03


def test_sets_are_of_the_strength_that_is_served() -> None:
    plan = replace(PLAN, tune=True)
    training, _ = trained(plan, n=800)
    served = replace(plan, candidates=(training.model.settings,), tune=False)  # type: ignore[arg-type]
    again, _ = trained(served, n=800)
    by_class = fit_conformal(again.kept.found.y, again.kept.found.probability, plan.coverage)
    assert training.judged.calibration is None
    assert training.judged.conformal == by_class


def test_a_constant_is_not_beaten_by_flattening() -> None:
    rng = np.random.default_rng(1)
    y = rng.integers(0, 40, 2000)
    found = _in_five(y, np.full((2000, 40), 1.0 / 40))
    always = base_score(found, y, "log_loss", None)
    gain = gain_over_constant(found, "log_loss")
    assert always is not None
    assert always > np.log(40)  # shares of training rows err
    assert gain is not None
    assert gain.verdict != "better"
    assert gain_over_constant(found, "roc_auc") is None
