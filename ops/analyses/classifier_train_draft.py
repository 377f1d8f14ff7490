"""A training as a version of the registry: what makes it again, its scores, its card."""

import hashlib
from typing import Any, Literal

from ops.analyses.classifier_train_params import TrainingParams
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.classifier_query import ClassifierData
from ops.classify.draft import ModelDraft
from ops.classify.models.libraries import libraries_of
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.train import Training
from ops.page import Page

LOOKS_BACK = ("time-ordered", "chronological")


def draft(
    data: ClassifierData,
    params: TrainingParams,
    plan: TrainingPlan,
    training: Training,
    result: ClassifierTrainResult,
    page: Page,
    artefact: bytes,
    *,
    task: Literal["classify", "trace"] = "classify",
) -> ModelDraft:
    """Make the version that the registry keeps."""
    return ModelDraft(
        model=params.model,
        title=params.title or data.title or params.model,
        task=task,
        dataset=data.code,
        revision=data.revision,
        fingerprint=result.fingerprint,
        spec=_spec(data, plan, training, result),
        libraries=libraries_of(training.model.kind),
        metrics=_metrics(training, result),
        card=page.model_dump(mode="json"),
        note=params.intended_use,
        artefact=artefact,
    )


def _spec(
    data: ClassifierData, plan: TrainingPlan, training: Training, result: ClassifierTrainResult
) -> dict[str, Any]:
    return {
        "features": plan.spec.model_dump(mode="json"),
        "kind": training.model.kind,
        "settings": training.model.settings.model_dump(mode="json"),
        "document": data.document.model_dump(mode="json"),
        "classes": list(result.classes),
        "positive": result.positive,
        "threshold": result.threshold,
        "goal": plan.goal,
        "costs": {"false_alarm": plan.false_alarm, "miss": plan.miss, "matrix": plan.costs},
        "calibration": result.calibration,
        "coverage": plan.coverage,
        "split": {"kind": result.split, "folds": plan.folds},
        "seed": plan.seed,
        "trained_until": max((s.end for s in result.splits if s.end is not None), default=None),
    }


def _metrics(training: Training, result: ClassifierTrainResult) -> dict[str, Any]:
    lines = {line.name: line for line in result.scores}
    scores = {
        name: {
            "value": line.value,
            "lower": line.lower,
            "upper": line.upper,
            "pooled": line.pooled,
            "better": line.better,
            "split": result.split,
        }
        for name, line in lines.items()
    }
    told = lines.get(result.headline)
    return {
        **scores,
        "headline": result.headline,
        "better": told.better if told is not None else "high",
        "time_ordered": result.split in LOOKS_BACK,
        "base": {"value": result.base_score},
        "random": {"value": result.random_score},
        "rows": {"value": sum(result.counts)},
        "base_rate": {"value": result.base_rate},
        "test": _tested(training, result),
        "paired": _paired(result),
    }


def _tested(training: Training, result: ClassifierTrainResult) -> dict[str, Any]:
    """Tell which rows were tested: two versions are compared only on the same ones."""
    found = training.judged.found
    digest = hashlib.sha256(training.rows.table.take(found.rows).fingerprint().encode())
    digest.update(found.y.tobytes())
    return {
        "fingerprint": digest.hexdigest(),
        "start": min((s.start for s in result.splits if s.start is not None), default=None),
        "end": max((s.end for s in result.splits if s.end is not None), default=None),
        "rows": int(found.rows.size),
    }


def _paired(result: ClassifierTrainResult) -> list[dict[str, Any]]:
    if result.champion is None:
        return []
    return [
        {
            "against": result.champion,
            "score": line.score,
            "difference": line.difference,
            "lower": line.lower,
            "upper": line.upper,
            "p": line.p,
        }
        for line in result.against_champion
        if line.score == result.headline
    ]
