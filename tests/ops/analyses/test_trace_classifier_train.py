"""Training on traces end to end: the planted stretch, the packet, the public data."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from ops.analyses.trace_classifier_train import TRACE_CLASSIFIER_TRAIN
from ops.analyses.trace_classifier_train_params import TraceTrainParams
from ops.analyses.trace_classifier_train_result import TraceTrainResult
from ops.analyses.trace_classifier_train_sample import bond_traces, sample_traces
from ops.classifier_query import ClassifierData
from ops.classify.classifier import Classifier
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.draft import ModelDraft
from ops.classify.evaluation.conformal import coverage
from ops.classify.models.fit import fit_classifier
from ops.classify.models.settings import LogisticSettings, RidgeLinkSettings
from ops.classify.packet import opened
from ops.classify.table import DataTable
from ops.classify.traces.fit import fit_trace_features
from ops.classify.traces.spec import TraceSpec
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import labelled_rows
from ops.classify.training.train import train
from ops.errors import BadData
from ops.values import Factor, FloatArray, IntArray

WAFER = Path(__file__).parents[4] / "shared" / "data" / "classifiers" / "wafer"
PARAMS = TRACE_CLASSIFIER_TRAIN.example.params.model_copy(update={"model": "lifted"})


def trained(
    data: ClassifierData, params: TraceTrainParams
) -> tuple[TraceTrainResult, ModelDraft | None]:
    handed: list[ModelDraft] = []

    def progress(fraction: float, text: str, *, model: ModelDraft | None = None) -> None:
        if model is not None:
            handed.append(model)

    result = TRACE_CLASSIFIER_TRAIN.compute(data, params, progress)
    return result, handed[0] if handed else None


@pytest.fixture(scope="module")
def both() -> tuple[TraceTrainResult, ModelDraft]:
    result, draft = trained(sample_traces(), PARAMS)
    assert draft is not None
    return result, draft


def opened_of(draft: ModelDraft) -> Classifier:
    return opened(draft.artefact, hashlib.sha256(draft.artefact).hexdigest())


def test_the_stretch_that_sags_matters_most(both: tuple[TraceTrainResult, ModelDraft]) -> None:
    result, _ = both
    most = max(result.stretches, key=lambda s: s.loss or 0.0)
    assert most.end > 0.62
    assert most.start < 0.9
    assert result.stretch_rows > 50
    weighed = [i.column for i in result.training.importance[:3]]
    assert any("stretch 6 of 8" in c or "stretch 7 of 8" in c or "whole" in c for c in weighed)


def test_splits_look_back_and_calibration_is_told(
    both: tuple[TraceTrainResult, ModelDraft],
) -> None:
    training = both[0].training
    assert training.split == "time-ordered"
    assert training.random_score is not None
    assert len(training.covered) == 2
    assert training.threshold is not None


def test_a_registered_model_opens_and_answers_for_one_trace(
    both: tuple[TraceTrainResult, ModelDraft],
) -> None:
    _, draft = both
    assert draft.task == "trace"
    assert draft.spec["features"]["method"] == "summary"
    model = opened_of(draft)
    traces, bad = bond_traces(60, seed=77)
    table = DataTable(traces={"us_current": traces})
    answers = model.predict(table)
    assert np.mean(answers.decided == bad) > 0.9
    one = model.one({"us_current": traces[0].tolist()})  # type: ignore[dict-item]  # a trace
    np.testing.assert_allclose(one.probability, answers.probability[0], atol=1e-12)
    moved = model.contributions(table.take(np.flatnonzero(bad)[:1]), top=3)[0]
    assert any("stretch" in c.column or "whole" in c.column for c in moved)
    assert all(c.value is None for c in moved)


def test_worst_errors_and_classes_are_shown(both: tuple[TraceTrainResult, ModelDraft]) -> None:
    result, _ = both
    assert {c.name for c in result.classes} == {"good", "lifted"}
    assert all(len(c.mean) == len(c.place) for c in result.classes)
    wrong = [w.probability for w in result.wrong]
    assert wrong == sorted(wrong)
    assert result.wrong_count >= len(wrong)


def test_a_dataset_without_traces_is_refused() -> None:
    data = sample_traces(60)
    bare = DataTable(categories=data.table.categories, times=data.table.times)
    with pytest.raises(BadData, match="no column of traces"):
        trained(ClassifierData("x", "X", 1, "traces", bare, data.document), PARAMS)


def wafer() -> tuple[FloatArray, IntArray, FloatArray, IntArray]:
    if not WAFER.exists():
        pytest.skip("the public wafer traces are not beside the repository")
    train = np.loadtxt(WAFER / "Wafer_TRAIN.tsv")
    with np.load(WAFER / "wafer_test_500.npz") as test:
        x, y = test["X"].reshape(500, 1, -1), test["y"].astype(np.float64)
    return train[:, None, 1:], (train[:, 0] < 0).astype(np.int64), x, (y < 0).astype(np.int64)


DOCUMENT = DatasetDocument(columns=(DatasetColumn(name="sensor", type="trace"),))


def accuracy(spec: TraceSpec, settings: LogisticSettings | RidgeLinkSettings) -> float:
    x, y, later, truth = wafer()
    table, test = DataTable(traces={"sensor": x}), DataTable(traces={"sensor": later})
    features = fit_trace_features(table, spec, DOCUMENT)
    model = fit_classifier(features.matrix(table), y, ("normal", "abnormal"), settings, seed=1)
    return float(np.mean(model.probability(features.matrix(test)).argmax(axis=1) == truth))


def test_summaries_tell_wafers_without_the_extra() -> None:
    assert accuracy(TraceSpec(), LogisticSettings()) >= 0.995


@pytest.mark.long
def test_minirocket_tells_wafers_as_published() -> None:
    pytest.importorskip("aeon")
    assert accuracy(TraceSpec(method="minirocket"), RidgeLinkSettings()) >= 0.998


def test_sets_of_wafers_hold_each_class_at_its_level() -> None:
    x, y, later, truth = wafer()
    names = ("abnormal", "normal")
    table = DataTable(traces={"sensor": x}, categories={"label": Factor(1 - y, names)})
    label = DatasetColumn(name="label", type="category", role="label")
    document = DatasetDocument(columns=(*DOCUMENT.columns, label), positive="abnormal")
    plan = TrainingPlan(TraceSpec(), (LogisticSettings(),))
    training = train(
        labelled_rows(table, document), document, plan, lambda share, said: (share, said)
    )
    for share in training.judged.conditional.by_class:
        assert share.value == pytest.approx(0.9, abs=0.03)
    said = training.classifier.predict(DataTable(traces={"sensor": later})).probability
    for share in coverage(training.judged.conformal, 1 - truth, said).by_class:
        assert share.value is not None
        assert 0.87 <= share.value <= 0.95
