"""A small seeded example: two versions of a classifier of bonds, and bonds of a later time."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

import numpy as np

from ops.analyses.classifier_train_sample import sample_bonds
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.models.settings import DecisionTreeSettings, LogisticSettings, ModelSettings
from ops.classify.packet import packed
from ops.classify.spec import FeatureSpec
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import labelled_rows
from ops.classify.training.train import train

_LEARNED = 700  # rows that the versions have learned from


def sample_versions() -> ClassifierData:
    """Bonds with two versions that have learned from the earlier ones."""
    data = sample_bonds()
    return replace(data, models=_versions())


@cache
def _versions() -> tuple[ModelPacket, ...]:
    return (
        _version(LogisticSettings(), 1, "champion"),
        _version(DecisionTreeSettings(max_depth=3), 2, "challenger"),
    )


def _version(settings: ModelSettings, number: int, alias: str) -> ModelPacket:
    data = sample_bonds()
    early = data.table.take(np.arange(_LEARNED))
    rows = labelled_rows(early, data.document)
    plan = TrainingPlan(FeatureSpec(), (settings,), folds=2, tune=False, miss=10.0)
    training = train(rows, data.document, plan, lambda share, said: (share, said))
    artefact = packed(training.classifier)
    return ModelPacket(
        model="bond-defects",
        title="Defects of bonds",
        number=number,
        alias=alias,
        origin="own",
        task="classify",
        dataset=data.code,
        revision=1,
        fingerprint=early.fingerprint(),
        spec={
            "kind": settings.kind,
            "features": FeatureSpec().model_dump(mode="json"),
            "settings": settings.model_dump(mode="json"),
            "trained_until": int(early.times["bonded_at"][-1]),
        },
        metrics={},
        created_at=datetime(2026, 9, 21, tzinfo=UTC),
        artefact=artefact,
        sha256=sha256(artefact).hexdigest(),
    )
