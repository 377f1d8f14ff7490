"""A stranger's model as a new version: the same model, with what was fitted for it."""

import hashlib
from dataclasses import replace
from typing import Any

from ops.analyses.classifier_adopt_params import ClassifierAdoptParams
from ops.analyses.classifier_adopt_result import ClassifierAdoptResult
from ops.analyses.classifier_train_lines import score_of
from ops.analyses.classifier_window import Window, trained_until
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.classifier import Classifier
from ops.classify.draft import ModelDraft
from ops.classify.facts import facts_of
from ops.classify.training.judged import Judged
from ops.page import Page


def adopted_draft(
    data: ClassifierData,
    params: ClassifierAdoptParams,
    classifier: Classifier,
    judged: Judged,
    window: Window,
    result: ClassifierAdoptResult,
    page: Page,
) -> ModelDraft:
    """Make the version that the registry keeps; the one that it is made of stays as it is."""
    packet = data.models[0]
    note = (
        f"version {packet.number}, with what was fitted on {result.rows} rows of {data.code},"
        f" revision {data.revision}"
    )
    adopted = replace(
        classifier,
        calibration=judged.calibration,
        decision=judged.decision,
        conformal=judged.conformal,
        notes=(*classifier.notes, note),
    )
    return ModelDraft(
        model=packet.model,
        title=packet.title,
        task="classify",
        dataset=data.code,
        revision=data.revision,
        fingerprint=result.fingerprint,
        spec=_spec(packet, params, adopted, window, result),
        libraries={},
        metrics=_metrics(data, window, result),
        card=page.model_dump(mode="json"),
        note=note,
        artefact=packet.artefact,
        origin=packet.origin,
    )


def _spec(
    packet: ModelPacket,
    params: ClassifierAdoptParams,
    adopted: Classifier,
    window: Window,
    result: ClassifierAdoptResult,
) -> dict[str, Any]:
    ends = [end for end in (trained_until(packet), window.end) if end is not None]
    known = trained_until(packet) is not None and window.end is not None
    spec = {
        **packet.spec,
        "facts": facts_of(adopted),
        "threshold": result.threshold,
        "goal": params.goal,
        "costs": {"false_alarm": params.false_alarm, "miss": params.miss},
        "calibration": result.calibration,
        "coverage": params.coverage,
        "seed": params.seed,
        "adopted": {"version": packet.number, "rows": result.rows, "start": window.start},
    }
    # what was fitted has seen these rows: later ones alone tell how the new version does
    return spec | ({"trained_until": max(ends)} if known else {})


def _metrics(data: ClassifierData, window: Window, result: ClassifierAdoptResult) -> dict[str, Any]:
    told = score_of(result.scores, result.headline)
    split = "later rows, cross-fitted" if result.in_time else "given rows, cross-fitted"
    scores = {
        s.name: {"value": s.value, "lower": s.lower, "upper": s.upper, "better": s.better,
                 "split": split}
        for s in result.scores
    }  # fmt: skip
    table = data.table.take(window.rows)
    return {
        **scores,
        "headline": result.headline,
        "better": "high" if told is None else told.better,
        "time_ordered": result.in_time,
        "base": {"value": result.base_score},
        "rows": {"value": result.rows},
        "test": {
            "fingerprint": hashlib.sha256(table.fingerprint().encode()).hexdigest(),
            "start": window.start,
            "end": window.end,
            "rows": result.rows,
        },
    }
