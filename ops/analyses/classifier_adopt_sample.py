"""A small seeded example: an endpoint whose probabilities are too bold, and later bonds."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

import numpy as np

from ops.analyses.classifier_evaluate_sample import sample_versions
from ops.analyses.classifier_train_sample import sample_bonds
from ops.analyses.classifier_versions import classifier_of
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.external.external_facts import external_facts
from ops.classify.external.fetched import FetchedAnswers, key_columns, row_keys
from ops.classify.spec import FeatureSpec

BOLD = 3.0  # times the log-odds


def sample_stranger() -> ClassifierData:
    """Bonds, and what an endpoint said of them."""
    return replace(sample_bonds(), models=(_stranger(),))


@cache
def _stranger() -> ModelPacket:
    data, ours = sample_bonds(), classifier_of(sample_versions().models[0])
    raw = ours.raw_probability(ours.features.matrix(data.table)) ** BOLD
    columns = key_columns(data.table)
    told = FetchedAnswers(
        columns, row_keys(data.table, columns), raw / raw.sum(axis=1, keepdims=True)
    )
    facts = external_facts(
        data.table, FeatureSpec(), data.document, kind="endpoint", classes=ours.classes
    )
    return ModelPacket(
        model="bond-defects",
        title="Defects of bonds",
        number=1,
        alias="1",
        origin="endpoint",
        task="classify",
        dataset="",
        revision=0,
        fingerprint="",
        spec={
            "kind": "endpoint",
            "facts": facts,
            "endpoint": {"url": "https://models.example.org/bonds", "send": "columns"},
            "trained_until": int(np.sort(data.table.times["bonded_at"])[699]),
        },
        metrics={},
        created_at=datetime(2026, 9, 21, tzinfo=UTC),
        artefact=b"",
        sha256=sha256(b"").hexdigest(),
        answers=told,
    )
