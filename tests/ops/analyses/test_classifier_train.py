from dataclasses import replace
from functools import cache
from hashlib import sha256

import numpy as np
import pytest

from ops.analyses.classifier_coverage import off_level
from ops.analyses.classifier_evaluate_sample import sample_versions
from ops.analyses.classifier_train import CLASSIFIER_TRAIN, compute
from ops.analyses.classifier_train_page import view
from ops.analyses.classifier_train_params import ClassifierTrainParams
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analyses.classifier_train_sample import sample_bonds
from ops.classifier_query import ClassifierData
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.draft import ModelDraft
from ops.classify.packet import opened
from ops.classify.table import DataTable
from ops.errors import BadData, NotEnoughData
from ops.page import Text
from ops.page_chart import Chart
from ops.values import Factor

PARAMS = ClassifierTrainParams(dataset="bond-defects", kinds=("logistic",), folds=3, tune=False)


def run(
    data: ClassifierData | None = None, **changes: object
) -> tuple[ClassifierTrainResult, list[ModelDraft]]:
    drafts: list[ModelDraft] = []

    def progress(fraction: float, message: str, /, **more: object) -> bool:
        if isinstance(more.get("model"), ModelDraft):
            drafts.append(more["model"])  # type: ignore[arg-type]
        return False

    params = ClassifierTrainParams.model_validate(PARAMS.model_dump() | changes)
    return compute(data or sample_bonds(), params, progress), drafts


@cache
def unnamed() -> tuple[ClassifierTrainResult, list[ModelDraft]]:
    """A training that registers nothing: many tests look at it, none changes it."""
    return run()


@pytest.fixture(scope="module")
def registered() -> tuple[ClassifierTrainResult, list[ModelDraft]]:
    return run(model="bonds", intended_use="Stop the bonder before a bad lot.")


def test_the_signal_that_defects_move_most_is_named_first(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    # three of the four defects move the ultrasonic current, by 1.5 to 2.5 standard deviations
    assert registered[0].importance[0].column == "ultrasonic_current"


def test_what_is_registered_answers_as_what_was_trained(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    result, (draft,) = registered
    classifier = opened(draft.artefact, sha256(draft.artefact).hexdigest())
    answers = classifier.predict(sample_bonds().table)
    assert answers.probability.shape == (1200, 2)
    assert classifier.classes == result.classes
    assert draft.spec["threshold"] == result.threshold
    assert len(draft.artefact) == result.artefact_bytes


def test_metrics_tell_the_registry_what_promotion_needs(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    metrics = registered[1][0].metrics
    head = metrics[metrics["headline"]]
    assert metrics["time_ordered"] is True
    assert head["lower"] < head["value"] < head["upper"]
    assert metrics["base"]["value"] < head["value"]
    assert metrics["test"]["rows"] > 0


def test_the_card_is_the_page(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    result, (draft,) = registered
    assert draft.card == view(result).model_dump(mode="json")
    assert "Stop the bonder" in str(draft.card)


def test_nothing_is_registered_without_a_name() -> None:
    result, drafts = unnamed()
    assert (drafts, result.artefact_bytes) == ([], 0)


def test_the_champion_is_held_against_on_the_same_rows() -> None:
    data = replace(sample_bonds(), models=sample_versions().models[:1])
    result, (draft,) = run(data, model="bond-defects")
    assert result.champion == 1
    assert {line.verdict for line in result.against_champion} == {"not told apart"}
    assert draft.metrics["paired"][0]["against"] == 1
    (said,) = (v.sentence for v in view(result).verdicts if "version 1" in v.sentence)
    assert "is the same as that of the champion" in said  # its recipe is the one that was kept
    assert "-" not in said


def test_another_recipe_differs_from_the_champion_with_an_interval() -> None:
    data = replace(sample_bonds(), models=sample_versions().models[:1])
    result, _ = run(data, kinds=("decision-tree",))
    assert result.champion == 1
    (said,) = (v.sentence for v in view(result).verdicts if "version 1" in v.sentence)
    assert "differs from that of the champion" in said
    assert "(- to -)" not in said


def test_a_precision_is_aimed_at_and_what_was_reached_is_told() -> None:
    result, _ = run(goal="precision", target=0.8)
    assert result.goal == "precision"
    assert result.reached == pytest.approx(0.8, abs=0.1)  # by thresholds that other rows chose


def test_a_goal_without_a_target_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a target"):
        ClassifierTrainParams(dataset="d", goal="recall")


def test_a_search_adds_a_candidate() -> None:
    result, _ = run(search_s=0.5, kinds=("logistic", "decision-tree"))
    assert result.searched > 2
    assert len(result.candidates) >= 2


def leaking() -> ClassifierData:
    data = sample_bonds()
    label = data.table.category("label").codes.astype(np.float64)
    rng = np.random.default_rng(3)
    leak = DataTable(
        numbers={**data.table.numbers, "rework": label + 0.01 * rng.standard_normal(label.size)},
        categories=data.table.categories,
        times=data.table.times,
        units=data.table.units,
    )
    columns = (*data.document.columns, DatasetColumn(name="rework"))
    document = data.document.model_copy(update={"columns": columns})
    return replace(data, table=leak, document=document)


def test_a_column_that_is_the_label_is_refused() -> None:
    with pytest.raises(BadData, match="'rework' alone tells 'defect'"):
        run(leaking())


def test_such_a_column_is_doubted_where_somebody_has_named_it() -> None:
    named = [{"kind": "number", "column": name} for name in ("rework", "loop_height")]
    result, _ = run(leaking(), features={"features": named})
    assert any("rework" in w.pointer + w.detail for w in result.warnings)
    assert any("Doubts about the data" in v.sentence for v in view(result).verdicts)


def test_an_empty_dataset_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="no rows"):
        compute(ClassifierData(), PARAMS, lambda share, said: None)  # type: ignore[arg-type]


def test_a_dataset_without_features_is_refused() -> None:
    data = sample_bonds()
    columns = tuple(
        c.model_copy(update={"role": "ignore"}) if c.role == "feature" else c
        for c in data.document.columns
    )
    with pytest.raises(BadData):
        run(replace(data, document=data.document.model_copy(update={"columns": columns})))


def test_random_splits_are_shown_beside_honest_ones() -> None:
    result, _ = unnamed()
    assert result.split == "time-ordered"
    assert result.random_score is not None
    assert any("Random splits" in v.sentence for v in view(result).verdicts)


def test_the_form_of_stored_parameters_is_todays() -> None:
    stored = CLASSIFIER_TRAIN.example.params.model_dump(mode="json")
    assert ClassifierTrainParams.model_validate(stored) == CLASSIFIER_TRAIN.example.params


def three_classes(positive: str | None) -> ClassifierData:
    data = sample_bonds()
    rng = np.random.default_rng(4)
    code = rng.integers(0, 3, len(data.table))
    table = replace(
        data.table,
        numbers={"a": code + rng.normal(size=code.size), "b": rng.normal(size=code.size)},
        categories={"label": Factor(code, ("crack", "good", "lift"))},
        units={},
    )
    columns = (
        DatasetColumn(name="label", type="category", role="label"),
        DatasetColumn(name="a"),
        DatasetColumn(name="b"),
    )
    document = data.document.model_copy(update={"columns": columns, "positive": positive})
    return replace(data, table=table, document=document)


def test_an_event_of_three_classes_is_called_from_its_threshold() -> None:
    result, (draft,) = run(three_classes("lift"), model="three", miss=3.0)
    assert result.threshold == pytest.approx(0.25)
    assert np.sum(result.confusion) == 1200
    assert all(sum(row) for row in zip(*result.confusion, strict=True))  # every class is called
    classifier = opened(draft.artefact, sha256(draft.artefact).hexdigest())
    said = classifier.predict(three_classes("lift").table)
    assert np.array_equal(said.decided == 2, said.probability[:, 2] >= 0.25)


def test_named_costs_of_classes_decide_by_the_least_expected_cost() -> None:
    costs = [{"true": "crack", "called": "good", "cost": 20}]
    result, (draft,) = run(three_classes(None), model="three", costs=costs)
    assert result.cost_matrix[0] == (0.0, 20.0, 1.0)
    cost = next(s for s in result.scores if s.name == "cost")
    table = np.array(result.cost_matrix)
    assert cost.pooled == pytest.approx(np.sum(table * result.confusion) / 1200)
    classifier = opened(draft.artefact, sha256(draft.artefact).hexdigest())
    said = classifier.predict(three_classes(None).table)
    assert np.array_equal(said.decided, np.argmin(said.probability @ table, axis=1))
    assert any("expected cost" in b.text for s in view(result).sections for b in s.blocks
               if isinstance(b, Text))  # fmt: skip


def test_named_costs_of_two_classes_are_those_of_the_event() -> None:
    result, _ = run(costs=[{"true": "defect", "called": "good", "cost": 3}])
    assert (result.false_alarm, result.miss, result.threshold) == (1.0, 3.0, 0.25)


def test_the_page_says_why_odds_have_no_interval_and_what_the_fit_said() -> None:
    result, _ = unnamed()
    told = [b.text for s in view(result.model_copy(update={"notes": ("slow",)})).sections
            for b in s.blocks if isinstance(b, Text)]  # fmt: skip
    assert result.odds_note
    assert any(result.odds_note in text for text in told)
    assert any("Of the fit: slow" in text for text in told)


def test_what_random_splits_promise_is_told_beyond_their_own_base_rate() -> None:
    # average precision of random splits .5 over .3, honest .25 over .05: nothing is lost
    result, _ = unnamed()
    told = result.model_copy(
        update={"random_score": 0.5, "random_base": 0.3, "honest_score": 0.25, "base_score": 0.05}
    )
    assert any("the difference is small" in v.sentence for v in view(told).verdicts)
    lost = told.model_copy(update={"honest_score": 0.04})
    assert any("100" in v.sentence and "does not last" in v.sentence for v in view(lost).verdicts)


def test_a_search_without_kinds_is_refused() -> None:
    with pytest.raises(ValueError, match="search_s"):
        ClassifierTrainParams.model_validate(
            {"dataset": "d", "kinds": (), "settings": ({"kind": "logistic"},), "search_s": 3}
        )


def test_odds_ratios_are_those_of_the_event_the_strongest_first() -> None:
    # the event is the first class in the order of names: factors of the second are turned
    free = [{"kind": "logistic", "penalty": "none"}]
    result, _ = run(kinds=(), settings=free)
    assert {(o.of, o.against) for o in result.odds} == {("defect", "good")}
    strength = [abs(np.log(o.per_sd or 1.0)) for o in result.odds]
    assert strength == sorted(strength, reverse=True)
    data = sample_bonds()
    x = data.table.number("ultrasonic_current")
    event = data.table.category("label").codes == 0
    line = next(o for o in result.odds if o.feature == "ultrasonic_current")
    assert ((line.per_unit or 1.0) > 1.0) == (x[event].mean() > x[~event].mean())
    assert (line.lower or 0.0) < (line.per_unit or 0.0) < (line.upper or 0.0)


def test_the_base_of_precision_is_the_share_of_events_among_tested_rows() -> None:
    result, _ = unnamed()
    chart = next(b for s in view(result).sections for b in s.blocks
                 if isinstance(b, Chart) and b.title.startswith("Precision"))  # fmt: skip
    share = sum(s.events for s in result.splits) / sum(s.test for s in result.splits)
    base = next(layer for layer in chart.layers if layer.label == "base rate")
    assert base.y == (share, share)


def of_classes(classes: int, signal: float, rows: int = 800) -> ClassifierData:
    """Rows of some classes, one column of which is moved by the class."""
    rng = np.random.default_rng(4)
    code = rng.integers(0, classes, rows)
    names = tuple(f"c{i:02d}" for i in range(classes))
    numbers = {f"x{i}": rng.standard_normal(rows) for i in range(3)}
    numbers["x0"] += signal * code
    columns = (*(DatasetColumn(name=n) for n in numbers),
               DatasetColumn(name="label", type="category", role="label"),
               DatasetColumn(name="at", type="time", role="time"))  # fmt: skip
    times = {"at": 1_790_000_000_000_000 + 3_600_000_000 * np.arange(rows, dtype=np.int64)}
    table = DataTable(numbers=numbers, categories={"label": Factor(code, names)}, times=times)
    document = DatasetDocument(subject="a row", columns=columns)
    return ClassifierData("noise", "Noise", 1, "table", table, document)


@pytest.mark.parametrize("classes", [2, 40])
def test_labels_that_nothing_tells_are_never_said_to_be_foretold(classes: int) -> None:
    for headline in ("log_loss", "average_precision")[: 2 if classes == 2 else 1]:
        result, _ = run(of_classes(classes, 0.0), headline=headline)
        assert view(result).verdicts[0].level in {"warn", "bad"}


def test_a_signal_is_said_to_be_one() -> None:
    result, _ = run(of_classes(2, 1.5), headline="log_loss")
    assert result.gain is not None
    assert result.gain.verdict == "better"
    assert view(result).verdicts[0].level == "good"


def test_classes_whose_sets_miss_their_level_are_named(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    result = registered[0]
    line = result.covered[0].model_copy(
        update={"conditional": 0.838, "lower": 0.813, "upper": 0.861}
    )
    covered = (line, result.covered[1])
    assert off_level(covered, 0.9) == (line.name,)
    near = line.model_copy(update={"conditional": 0.88, "lower": 0.87, "upper": 0.89})
    few = line.model_copy(update={"conditional": 0.8, "lower": 0.6, "upper": 0.95})
    assert off_level((near, few), 0.9) == ()
    missed = result.model_copy(update={"covered": covered, "off_level": (line.name,)})
    (told,) = (v for v in view(missed).verdicts if "Conformal sets" in v.sentence)
    assert (told.level, "83.8" in told.sentence) == ("warn", True)


def test_curves_of_dependence_are_named_by_their_columns(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    result = registered[0]
    blocks = [b for s in view(result).sections for b in s.blocks if isinstance(b, Chart)]
    curves = [b for b in blocks if b.title == "Partial dependence"]
    assert [c.layers[-1].label for c in curves] == [d.column for d in result.dependence]


def test_maps_of_stretches_of_time_are_said_to_see_later_ones(
    registered: tuple[ClassifierTrainResult, list[ModelDraft]],
) -> None:
    result = registered[0]
    assert result.split == "time-ordered"
    for split, told in (("time-ordered", True), ("stratified", False)):
        page = view(result.model_copy(update={"split": split}))
        texts = [b.text for s in page.sections for b in s.blocks if isinstance(b, Text)]
        assert any("later ones too" in text for text in texts) is told
