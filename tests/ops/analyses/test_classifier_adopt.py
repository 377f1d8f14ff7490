"""A stranger's model gets what ours have: a map that helps, a threshold, sets, honest scores."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import log_loss

from ops.analyses.classifier_adopt import compute
from ops.analyses.classifier_adopt_params import ClassifierAdoptParams
from ops.analyses.classifier_adopt_sample import sample_stranger
from ops.analyses.classifier_evaluate_sample import sample_versions
from ops.analyses.classifier_monitor import CLASSIFIER_MONITOR
from ops.analyses.classifier_train_lines import score_of
from ops.analyses.classifier_versions import answers_of, classifier_of
from ops.analysis import silent
from ops.classify.draft import ModelDraft, unpacked
from ops.classify.training.rows import labelled_rows
from ops.errors import BadData, NotEnoughData

PARAMS = ClassifierAdoptParams(dataset="bond-defects", model="bond-defects", version="1")


@pytest.fixture(scope="module")
def adopted():
    handed: list[ModelDraft] = []

    def progress(fraction: float, message: str, **more: ModelDraft) -> None:
        handed.extend(more.values())

    result = compute(sample_stranger(), PARAMS, progress)
    (draft,) = handed
    return result, unpacked(draft.packed())


def test_bold_probabilities_are_calibrated_on_later_rows(adopted) -> None:
    result, _ = adopted
    assert (result.rows, result.left_out, result.in_time) == (500, 700, True)
    assert result.calibration != "none"
    before, after = score_of(result.raw, "log_loss"), score_of(result.scores, "log_loss")
    assert before is not None
    assert after is not None
    assert after.value < before.value
    data = sample_stranger()
    late = np.arange(700, 1200)
    y = labelled_rows(data.table, data.document).y[late]
    answers = data.models[0].answers
    assert answers is not None
    assert before.value == pytest.approx(log_loss(y, answers.probability[late], labels=[0, 1]))


def test_new_version_is_the_same_model_with_what_was_fitted(adopted) -> None:
    result, draft = adopted
    assert (draft.origin, draft.artefact, draft.model) == ("endpoint", b"", "bond-defects")
    data = sample_stranger()
    old = data.models[0]
    new = replace(old, spec=draft.spec, number=2)
    classifier = classifier_of(new)
    assert classifier.calibration is not None
    assert classifier.calibration.kind == result.calibration
    assert classifier.conformal is not None
    assert classifier.decision is not None
    assert classifier.decision.threshold == result.threshold == pytest.approx(1 / 11)
    told = answers_of(new, data.table, result.classes)
    assert told.threshold == result.threshold
    assert classifier_of(old).calibration is None  # versions are never changed
    assert draft.spec["endpoint"] == old.spec["endpoint"]


def test_only_rows_after_those_it_was_fitted_on_tell_of_the_new_version(adopted) -> None:
    result, draft = adopted
    assert (
        draft.spec["trained_until"]
        == result.end
        > sample_stranger().models[0].spec["trained_until"]
    )
    assert draft.metrics["time_ordered"] is True
    assert draft.metrics[result.headline]["split"] == "later rows, cross-fitted"
    assert draft.spec["adopted"]["version"] == 1


def test_unknown_training_makes_no_time_ordered_score() -> None:
    data = sample_stranger()
    spec = {k: v for k, v in data.models[0].spec.items() if k != "trained_until"}
    handed: list[ModelDraft] = []

    def progress(fraction: float, message: str, **more: ModelDraft) -> None:
        handed.extend(more.values())

    unknown = replace(data, models=(replace(data.models[0], spec=spec),))
    result = compute(unknown, PARAMS, progress)
    assert (result.rows, result.in_time) == (1200, False)
    assert handed[0].metrics["time_ordered"] is False
    assert "trained_until" not in handed[0].spec


def test_what_cannot_be_adopted_is_told() -> None:
    with pytest.raises(BadData, match="calibrated by its training"):
        compute(sample_versions(), PARAMS, silent)
    data = sample_stranger()
    with pytest.raises(NotEnoughData, match="no version '1'"):
        compute(replace(data, models=()), PARAMS, silent)
    nobody = replace(data, models=(replace(data.models[0], answers=None),))
    with pytest.raises(BadData, match="nobody has asked it"):
        compute(nobody, PARAMS, silent)


def test_version_is_watched_like_ours(adopted) -> None:
    data = sample_stranger()
    until = {"trained_until": data.models[0].spec["trained_until"]}
    new = replace(data.models[0], spec=adopted[1].spec | until, metrics=adopted[1].metrics)
    params = CLASSIFIER_MONITOR.example.params.model_copy(update={"versions": ("1", "2")})
    other = replace(data.models[0], number=2)
    watched = CLASSIFIER_MONITOR.compute(replace(data, models=(new, other)), params, silent)
    assert {c.worth for c in watched.columns} == {1 / (len(watched.columns) + watched.columns_more)}
    assert [line.version for line in watched.challengers] == [2]
