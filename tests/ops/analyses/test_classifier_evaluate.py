from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss

from ops.analyses.classifier_evaluate import compute
from ops.analyses.classifier_evaluate_page import view
from ops.analyses.classifier_evaluate_params import ClassifierEvaluateParams
from ops.analyses.classifier_evaluate_result import ClassifierEvaluateResult
from ops.analyses.classifier_evaluate_sample import sample_versions
from ops.analyses.classifier_versions import answers_of, judged_rows
from ops.analysis import silent
from ops.classifier_query import ClassifierData
from ops.classify.models.settings import LogisticSettings
from ops.classify.packet import packed
from ops.classify.spec import FeatureSpec, Lag
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import labelled_rows
from ops.classify.training.train import train
from ops.errors import NotEnoughData
from ops.values import Factor

PARAMS = ClassifierEvaluateParams(dataset="bond-defects", model="bond-defects")


@pytest.fixture(scope="module")
def result() -> ClassifierEvaluateResult:
    return compute(sample_versions(), PARAMS, silent)


def test_only_rows_later_than_the_training_are_scored(result: ClassifierEvaluateResult) -> None:
    assert (result.rows, result.left_out, result.in_time) == (500, 700, True)


def test_scores_are_those_of_scikit_learn(result: ClassifierEvaluateResult) -> None:
    data = sample_versions()
    late = data.table.take(np.arange(700, 1200))
    event = late.category("label").codes == 0
    for packet, line in zip(data.models, result.versions, strict=True):
        said = answers_of(packet, late, result.classes).probability[:, 0]
        score = next(s for s in line.scores if s.name == "average_precision")
        assert score.value == pytest.approx(average_precision_score(event, said))


def test_lags_of_scored_rows_are_made_of_the_rows_before_them() -> None:
    data = sample_versions()
    lag = Lag(make="lag", name="before", of="ultrasonic_current", rows=300)
    plan = TrainingPlan(
        FeatureSpec(derived=(lag,)), (LogisticSettings(),), folds=2, tune=False, calibrate=False
    )
    rows = labelled_rows(data.table.take(np.arange(700)), data.document)
    classifier = train(rows, data.document, plan, lambda share, said: (share, said)).classifier
    artefact = packed(classifier)
    first = replace(data.models[0], artefact=artefact, sha256=sha256(artefact).hexdigest())
    found = compute(replace(data, models=(first,)), PARAMS, silent).versions[0]
    event = data.table.category("label").codes[700:] == 0
    whole = classifier.predict(data.table).probability[700:, 0]
    alone = classifier.predict(data.table.take(np.arange(700, 1200))).probability[:, 0]
    score = next(s for s in found.scores if s.name == "brier")
    assert score.pooled == pytest.approx(brier_score_loss(event, whole), rel=1e-9)
    assert score.pooled != pytest.approx(brier_score_loss(event, alone), rel=1e-9)


def test_the_registry_reads_metrics_of_each_version(result: ClassifierEvaluateResult) -> None:
    assert [s.version for s in result.scored] == [1, 2]
    assert all(s.metrics["time_ordered"] for s in result.scored)
    tests = {s.metrics["test"]["fingerprint"] for s in result.scored}
    assert len(tests) == 1  # the same rows: the two may be compared


def test_versions_are_held_against_the_first(result: ClassifierEvaluateResult) -> None:
    assert result.versions[0].against == ()
    assert {t.score for t in result.versions[1].against} >= {"average_precision", "log_loss"}
    assert any("version 2 less that of version 1" in v.sentence for v in view(result).verdicts)


def test_rows_that_were_learned_from_flatter_and_are_told() -> None:
    params = PARAMS.model_copy(update={"only_later": False})
    result = compute(sample_versions(), params, silent)
    assert (result.rows, result.in_time) == (1200, False)
    assert all(line.learned_here for line in result.versions)
    assert not any(s.metrics["time_ordered"] for s in result.scored)
    assert any("may flatter" in v.sentence for v in view(result).verdicts)


def test_a_version_that_lacks_a_column_says_which() -> None:
    data = sample_versions()
    numbers = {n: c for n, c in data.table.numbers.items() if n != "loop_height"}
    result = compute(replace(data, table=replace(data.table, numbers=numbers)), PARAMS, silent)
    assert all("loop_height" in line.failure for line in result.versions)
    assert result.scored == ()
    assert view(result).verdicts[0].level == "bad"


def test_a_tampered_version_is_not_opened() -> None:
    data = sample_versions()
    first = replace(data.models[0], artefact=data.models[0].artefact[:-1] + b"x")
    result = compute(replace(data, models=(first,)), PARAMS, silent)
    assert result.versions[0].failure != ""


def test_no_version_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="champion, challenger"):
        compute(replace(sample_versions(), models=()), PARAMS, silent)


def test_no_later_rows_are_not_enough() -> None:
    data = sample_versions()
    early = data.table.take(np.arange(705))
    with pytest.raises(NotEnoughData, match="5 labelled rows are later"):
        compute(replace(data, table=early), PARAMS, silent)


def test_nothing_at_all_is_not_enough() -> None:
    with pytest.raises(NotEnoughData):
        compute(ClassifierData(), PARAMS, silent)


def relabelled(names: tuple[str, ...], positive: str | None = None) -> ClassifierData:
    data = sample_versions()
    code = np.array(data.table.category("label").codes)
    categories = {**data.table.categories, "label": Factor(code, names)}
    document = data.document.model_copy(update={"positive": positive})
    return replace(data, table=replace(data.table, categories=categories), document=document)


def test_a_class_that_only_versions_know_may_be_called() -> None:
    # versions that were trained on a third class are judged on rows that lack it
    data = sample_versions()
    specs = [{**m.spec, "classes": ["a third", "defect", "good"]} for m in data.models]
    models = tuple(replace(m, spec=s) for m, s in zip(data.models, specs, strict=True))
    result = compute(replace(data, models=models), PARAMS, silent)
    assert result.classes == ("a third", "defect", "good")
    assert np.sum(result.versions[0].confusion) == 500
    assert np.sum(result.versions[0].confusion[0]) == 0


def test_a_called_class_is_never_another_one() -> None:
    data = sample_versions()
    late = data.table.take(np.arange(700, 1200))
    said = answers_of(data.models[0], late, ("a", "defect", "good"), {"defect"})
    usual = answers_of(data.models[0], late, ("defect", "good"))
    assert np.array_equal(said.decided, usual.decided + 1)
    assert np.array_equal(said.probability[:, 1:], usual.probability)
    assert not said.probability[:, 0].any()


def test_the_event_is_that_of_the_versions_though_it_is_no_longer_the_rarer_class() -> None:
    data = relabelled(("defect", "good"))
    rows = judged_rows(labelled_rows(data.table, data.document), data.models, data.document)
    assert rows.classes[rows.positive or 0] == "defect"
    swapped = tuple(replace(m, spec={**m.spec, "positive": "good"}) for m in data.models)
    rows = judged_rows(labelled_rows(data.table, data.document), swapped, data.document)
    assert rows.classes[rows.positive or 0] == "good"


def test_scores_on_rows_that_were_learned_from_do_not_replace_honest_ones() -> None:
    params = PARAMS.model_copy(update={"only_later": False})
    assert compute(sample_versions(), params, silent).scored == ()
