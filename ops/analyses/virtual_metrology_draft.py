"""A model of numbers as a version of the registry."""

import hashlib
from typing import Any

from ops.analyses.virtual_metrology_params import VirtualMetrologyParams
from ops.analyses.virtual_metrology_result import VirtualMetrologyResult
from ops.classifier_query import ClassifierData
from ops.classify.draft import ModelDraft
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.train import NumberTraining
from ops.classify.models.libraries import libraries_of
from ops.page import Page

LOOKS_BACK = ("time-ordered", "chronological")


def draft(
    data: ClassifierData,
    params: VirtualMetrologyParams,
    plan: NumberPlan,
    training: NumberTraining,
    result: VirtualMetrologyResult,
    page: Page,
    artefact: bytes,
) -> ModelDraft:
    """Make the version that the registry keeps."""
    return ModelDraft(
        model=params.model,
        title=params.title or data.title or params.model,
        task="regress",
        dataset=data.code,
        revision=data.revision,
        fingerprint=result.fingerprint,
        spec={
            "features": plan.spec.model_dump(mode="json"),
            "kind": training.model.kind,
            "settings": training.model.settings.model_dump(mode="json"),
            "document": data.document.model_dump(mode="json"),
            "label": result.label,
            "unit": result.unit,
            "interval": result.interval,
            "coverage": plan.level,
            "tolerance": plan.tolerance,
            "least": result.least,
            "split": {"kind": result.split, "folds": plan.folds},
            "seed": plan.seed,
        },
        libraries=libraries_of(training.model.kind),
        metrics=_metrics(training, result),
        card=page.model_dump(mode="json"),
        note=params.intended_use,
        artefact=artefact,
    )


def _metrics(training: NumberTraining, result: VirtualMetrologyResult) -> dict[str, Any]:
    scores = {
        line.name: {
            "value": line.value,
            "lower": line.lower,
            "upper": line.upper,
            "pooled": line.pooled,
            "better": line.better,
            "split": result.split,
        }
        for line in result.scores
    }
    base = next(line.value for line in result.mean_scores if line.name == result.headline)
    found = training.judged.found
    digest = hashlib.sha256(training.rows.table.take(found.rows).fingerprint().encode())
    digest.update(found.y.tobytes())
    kept = next(line for line in result.intervals if line.kept)
    return {
        **scores,
        "headline": result.headline,
        "better": "low",
        "time_ordered": result.split in LOOKS_BACK,
        "base": {"value": base},
        "rows": {"value": result.measured},
        "coverage": {"value": kept.coverage, "lower": kept.lower, "upper": kept.upper},
        "test": {"fingerprint": digest.hexdigest(), "rows": result.tested},
        "paired": _paired(result),
    }


def _paired(result: VirtualMetrologyResult) -> list[dict[str, Any]]:
    """Tell how the headline score differs from the champion's: this one less that one."""
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
