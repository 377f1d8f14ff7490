"""A model of numbers that is retrained is held against the champion's recipe on the same rows."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import root_mean_squared_error

from ops.analyses.virtual_metrology import VIRTUAL_METROLOGY, compute
from ops.analyses.virtual_metrology_page import view
from ops.analyses.virtual_metrology_params import VirtualMetrologyParams
from ops.analyses.virtual_metrology_result import VirtualMetrologyResult
from ops.analyses.virtual_metrology_sample import sample_loops
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.draft import ModelDraft
from ops.classify.metrology.champion import number_champion_again
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.rows import measured_rows
from ops.classify.metrology.train import train_numbers
from ops.classify.models.settings import RidgeSettings
from ops.classify.promotion import decide
from ops.classify.spec import FeatureSpec, NumberFeature

PARAMS = VIRTUAL_METROLOGY.example.params.model_copy(update={"model": "loops"})
POOR = FeatureSpec(
    features=(NumberFeature(column="stage_temperature"),)
)  # says next to nothing of the loop height


def run(
    data: ClassifierData, params: VirtualMetrologyParams = PARAMS
) -> tuple[VirtualMetrologyResult, ModelDraft]:
    drafts: list[ModelDraft] = []

    def progress(fraction: float, message: str, /, **more: object) -> bool:
        if isinstance(more.get("model"), ModelDraft):
            drafts.append(more["model"])  # type: ignore[arg-type]
        return False

    result = compute(data, params, progress)
    return result, drafts[0]


def week_before() -> ClassifierData:
    """Rows of the sample but the last 60: other test rows than those of a week later."""
    data = sample_loops()
    return replace(data, table=data.table.take(np.arange(260)))


def with_champion(draft: ModelDraft, **changed: Any) -> ClassifierData:
    champion = ModelPacket(
        model="loops", title="Loops", number=3, alias="champion", origin=draft.origin,
        task="regress", dataset="loop-heights", revision=1, fingerprint=draft.fingerprint,
        spec=draft.spec, metrics=draft.metrics, created_at=datetime(2026, 11, 1, tzinfo=UTC),
        artefact=b"", sha256="",
    )  # fmt: skip
    return replace(sample_loops(), models=(replace(champion, **changed),))


@pytest.fixture(scope="module")
def poor() -> ModelDraft:
    return run(week_before(), PARAMS.model_copy(update={"features": POOR}))[1]


def test_a_better_retraining_on_later_rows_may_be_promoted(poor: ModelDraft) -> None:
    result, draft = run(with_champion(poor))
    assert draft.metrics["test"]["fingerprint"] != poor.metrics["test"]["fingerprint"]
    assert result.champion == 3
    decision = decide(draft.metrics, (3, poor.metrics))
    assert decision.verdict == "paired"
    assert "better beyond chance" in decision.reason
    said = [v for v in view(result).verdicts if "version 3" in v.sentence]
    assert [v.level for v in said] == ["good"]
    assert "Against the champion, on the same tested rows" in view(result).model_dump_json()


def test_a_worse_retraining_is_refused(poor: ModelDraft) -> None:
    good = run(week_before())[1]
    again, draft = run(with_champion(good), PARAMS.model_copy(update={"features": POOR}))
    assert {line.verdict for line in again.against_champion} == {"worse"}
    decision = decide(draft.metrics, (3, good.metrics))
    assert not decision.allowed
    assert "worse beyond chance" in decision.reason
    assert poor.metrics["paired"] == []


def test_the_difference_is_that_of_both_recipes_on_the_same_tested_rows(poor: ModelDraft) -> None:
    result, draft = run(with_champion(poor))
    alone, _ = run(sample_loops(), PARAMS.model_copy(update={"features": POOR}))
    new, old = (
        root_mean_squared_error(one.points.measured, one.points.predicted)
        for one in (result, alone)
    )
    (test,) = draft.metrics["paired"]
    assert test["score"] == "rmse"
    assert test["difference"] == pytest.approx(new - old, rel=1e-4)  # points have six digits
    assert test["lower"] < test["difference"] < test["upper"] < 0


def test_a_recipe_that_did_not_change_is_said_to_be_the_same() -> None:
    result, draft = run(with_champion(run(week_before())[1]))
    said = next(v.sentence for v in view(result).verdicts if "version 3" in v.sentence)
    assert "is the same as that of the champion" in said
    assert "(-" not in said
    assert draft.metrics["paired"][0]["difference"] == 0.0


def test_a_champion_that_is_not_ours_is_not_held_against(poor: ModelDraft) -> None:
    result, draft = run(with_champion(poor, origin="endpoint"))
    assert (result.champion, draft.metrics["paired"]) == (None, [])


@pytest.mark.parametrize(
    "changed",
    [
        {"label": "pull_strength"},
        {"unit": "mm"},
        {"features": {"features": [{"kind": "number", "column": "gone"}]}},
        {"settings": {"kind": "logistic"}},
    ],
)
def test_a_champion_that_cannot_be_made_again_is_told(
    poor: ModelDraft, changed: dict[str, Any]
) -> None:
    data = sample_loops(120)
    rows = measured_rows(data.table, data.document)
    plan = NumberPlan(FeatureSpec(), (RidgeSettings(),), folds=2, tune=False)
    training = train_numbers(rows, data.document, plan, lambda _share, _said: None)
    assert number_champion_again(training, data.document, plan, poor.spec) is not None
    assert number_champion_again(training, data.document, plan, poor.spec | changed) is None
