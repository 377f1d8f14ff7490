"""What a training found, as its result."""

from typing import Any

import numpy as np

from ops.analyses.classifier_coverage import off_level
from ops.analyses.classifier_train_lines import (
    cost_line,
    coverage_lines,
    curve_of,
    gain_line,
    reliability_lines,
    score_lines,
    stratum_lines,
    warned,
)
from ops.analyses.classifier_train_models import (
    Beside,
    candidate_lines,
    champion_lines,
    explained_lines,
    gap,
    trial_lines,
)
from ops.analyses.classifier_train_params import TrainingParams
from ops.analyses.classifier_train_result import (
    ClassifierTrainResult,
    SplitLine,
)
from ops.classifier_query import ClassifierData
from ops.classify.evaluation.reliability import reliability
from ops.classify.table import NO_TIME
from ops.classify.training.base import base_score, gain_over_constant
from ops.classify.training.curves import precision_recall_points, roc_points
from ops.classify.training.explain import Explained
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.train import Training
from ops.values import BoolArray, FloatArray, IntArray

MOST_FEATURES = 500
ROOM = 40_000  # bytes of names


def told(
    data: ClassifierData,
    params: TrainingParams,
    plan: TrainingPlan,
    training: Training,
    explanation: Explained,
    beside: Beside,
) -> ClassifierTrainResult:
    """Make the result of a training."""
    judged, rows = training.judged, training.rows
    lines = score_lines(judged.scores)
    covered = coverage_lines(
        rows.classes, judged.scores.counts, judged.conditional, judged.marginal
    )
    gain = gain_over_constant(judged.found, plan.headline, groups=training.groups, seed=plan.seed)
    return ClassifierTrainResult(
        **_data(data, params, training),
        warnings=warned(beside.warnings),
        **_splits(data, training),
        candidates=candidate_lines(training, plan),
        searched=beside.searched,
        kind=training.model.kind,
        settings=training.model.settings.model_dump(mode="json"),
        headline=plan.headline,
        scores=lines,
        base_score=base_score(judged.found, rows.y, plan.headline, rows.positive),
        gain=gain_line(gain),
        **gap(training, plan),
        champion=None if beside.champion is None else beside.champion.number,
        against_champion=champion_lines(training, beside),
        calibration="none" if judged.calibration is None else judged.calibration.kind,
        trials=trial_lines(judged),
        goal=judged.decision.rule,
        threshold=judged.decision.threshold,
        reached=None if judged.decision.reached is None else judged.decision.reached.value,
        false_alarm=plan.false_alarm,
        miss=plan.miss,
        cost_matrix=plan.costs or (),
        confusion=tuple(tuple(row) for row in judged.scores.confusion.tolist()),
        coverage=plan.coverage,
        covered=covered,
        off_level=off_level(covered, plan.coverage),
        set_size=judged.conditional.mean_size,
        **_event(training, plan),
        strata=stratum_lines(
            judged.found,
            rows.table,
            data.document,
            positive=rows.positive,
            decided=judged.decided,
        ),
        **explained_lines(training, explanation),
        notes=training.model.notes,
        artefact_bytes=len(beside.artefact),
    )


def _data(data: ClassifierData, params: TrainingParams, training: Training) -> dict[str, Any]:
    rows = training.rows
    share = None
    if rows.positive is not None:
        share = float(rows.counts[rows.positive] / rows.counts.sum())
    return {
        "dataset": data.code,
        "title": data.title,
        "revision": data.revision,
        "fingerprint": data.table.fingerprint(),
        "model": params.model,
        "subject": data.document.subject,
        "intended_use": params.intended_use,
        "label": rows.label,
        "classes": rows.classes,
        "counts": tuple(rows.counts.tolist()),
        "positive": None if rows.positive is None else rows.classes[rows.positive],
        "base_rate": share,
        "rows": len(data.table),
        "unlabelled": rows.unknown,
        "features": _names(training.features.names),
        "columns": len(set(training.features.columns)),
        "cautions": data.document.cautions,
    }


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """As many names as a result has room for."""
    room = np.cumsum([len(name.encode()) for name in names[:MOST_FEATURES]]) <= ROOM
    return names[: int(np.count_nonzero(room))]


def _splits(data: ClassifierData, training: Training) -> dict[str, Any]:
    name = data.document.one("time")
    times = None if name is None else data.table.times.get(name)
    y, positive = training.rows.y, training.rows.positive
    usual = int(np.argmax(training.rows.counts))
    lines: list[SplitLine] = []
    for fold in training.folds:
        tested = y[fold.test]
        events = tested != usual if positive is None else tested == positive
        start, end = _span(times, fold.test)
        lines.append(
            SplitLine(
                train=fold.train.size,
                test=fold.test.size,
                events=int(np.count_nonzero(events)),
                start=start,
                end=end,
            )
        )
    return {
        "split": training.splits.kind,
        "splits": tuple(lines),
        "purged": int(sum(training.splits.purged)),
    }


def _span(times: IntArray | None, rows: IntArray) -> tuple[int | None, int | None]:
    if times is None:
        return None, None
    known = times[rows]
    known = known[known != NO_TIME]
    return (int(known.min()), int(known.max())) if known.size else (None, None)


def _event(training: Training, plan: TrainingPlan) -> dict[str, Any]:
    """Curves of the event; of several classes without one there are none."""
    found, positive = training.judged.found, training.rows.positive
    empty: dict[str, Any] = dict.fromkeys(
        ("ece", "ece_by_chance", "roc", "precision_recall", "costs", "cost_never", "cost_always")
    )
    if positive is None:
        return {**empty, "reliability": ()}
    event: BoolArray = found.y == positive
    score: FloatArray = found.probability[:, positive]
    diagram = reliability(event, score)
    curve, never, always = cost_line(event, score, plan.false_alarm, plan.miss)
    return {
        "reliability": reliability_lines(diagram),
        "ece": diagram.ece,
        "ece_by_chance": diagram.ece_by_chance,
        "roc": curve_of(roc_points(event, score)),
        "precision_recall": curve_of(precision_recall_points(event, score)),
        "costs": curve,
        "cost_never": never,
        "cost_always": always,
    }
