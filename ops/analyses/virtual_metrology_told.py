"""What virtual metrology found, as its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ops.analyses.classifier_parts import ScoreLine, Warned
from ops.analyses.classifier_train_lines import paired_lines
from ops.analyses.virtual_metrology_params import VirtualMetrologyParams
from ops.analyses.virtual_metrology_result import (
    IntervalLine,
    MeasureLine,
    NumberCandidateLine,
    TestedPoints,
    ThirdLine,
    VirtualMetrologyResult,
    WeightLine,
)
from ops.classifier_query import ClassifierData
from ops.classify.document import DatasetDocument
from ops.classify.evaluation.number_scores import pinball, rmse
from ops.classify.evaluation.oof import NumbersOutOfFold
from ops.classify.evaluation.paired import Comparison
from ops.classify.metrology.comparison import score_numbers
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.train import NumberTraining
from ops.classify.table import DataTable

MOST_FEATURES = 500
MOST_POINTS = 400
MOST_MEASURED = 30
MOST_WEIGHTS = 30


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """Number of the champion's version, and the kept kind against its recipe."""

    champion: int
    tests: tuple[Comparison, ...]


def told(
    data: ClassifierData,
    params: VirtualMetrologyParams,
    plan: NumberPlan,
    training: NumberTraining,
    warnings: tuple[Warned, ...],
    artefact: bytes,
    held: HeldAgainst | None = None,
) -> VirtualMetrologyResult:
    """Make the result."""
    rows, judged = training.rows, training.judged
    known = rows.y[rows.measured]
    last = training.last
    return VirtualMetrologyResult(
        dataset=data.code,
        title=data.title,
        revision=data.revision,
        fingerprint=data.table.fingerprint(),
        model=params.model,
        subject=data.document.subject,
        intended_use=params.intended_use,
        cautions=data.document.cautions,
        label=rows.label,
        unit=rows.unit,
        rows=len(data.table),
        measured=int(known.size),
        tested=int(judged.found.y.size),
        label_mean=float(known.mean()),
        label_sd=float(known.std()),
        features=training.features.names[:MOST_FEATURES],
        warnings=warnings,
        split=training.splits.kind,
        splits=tuple((int(s.train.size), int(s.test.size)) for s in judged.found.splits),
        candidates=_candidates(training, plan),
        kind=training.model.kind,
        settings=training.model.settings.model_dump(mode="json"),
        headline=plan.headline,
        scores=_scores(judged.found),
        mean_scores=_scores(training.mean),
        last_scores=() if last is None else _scores(last),
        against_mean=paired_lines("mean", training.against["mean"]),
        against_last=paired_lines("last", training.against.get("last", ())),
        champion=None if held is None else held.champion,
        against_champion=() if held is None else paired_lines(str(held.champion), held.tests),
        coverage=plan.level,
        interval=judged.interval.kind,
        intervals=_intervals(training, plan),
        reference=judged.reference.kind,
        tolerance=plan.tolerance,
        allowed=training.regressor.allowed or 0.0,
        **_reliance(training, plan),
        **_to_measure(data.table, data.document, training),
        importance=tuple(
            WeightLine(column=i.column, loss=i.loss.value, lower=i.loss.lower, upper=i.loss.upper)
            for i in training.importance[:MOST_WEIGHTS]
        ),
        points=_points(training),
        notes=training.model.notes,
        artefact_bytes=len(artefact),
    )


def _scores(found: NumbersOutOfFold) -> tuple[ScoreLine, ...]:
    return tuple(
        ScoreLine(
            name=s.name,
            value=s.estimate.value,
            lower=s.estimate.lower,
            upper=s.estimate.upper,
            pooled=s.pooled,
            better=s.better,
            method=s.estimate.method,
            reason=s.estimate.reason,
        )
        for s in score_numbers(found)
    )


def _candidates(training: NumberTraining, plan: NumberPlan) -> tuple[NumberCandidateLine, ...]:
    kept = training.kept.settings.kind
    lines: list[NumberCandidateLine] = []
    for i, one in enumerate(training.candidates):
        random = None
        if training.beside:
            scores = _scores(training.beside[i].found)
            random = next(s.value for s in scores if s.name == plan.headline)
        lines.append(
            NumberCandidateLine(
                kind=one.settings.kind,
                settings=one.settings.model_dump(mode="json"),
                kept=i == training.at,
                scores=_scores(one.found),
                random=random,
                against=paired_lines(kept, training.tests.get(i, ())),
            )
        )
    return tuple(lines)


def _intervals(training: NumberTraining, plan: NumberPlan) -> tuple[IntervalLine, ...]:
    y, half = training.judged.found.y, (1.0 - plan.level) / 2.0
    lines: list[IntervalLine] = []
    for t in training.judged.trials:
        low = pinball(y, t.lower, half) if t.width is not None else None
        high = pinball(y, t.upper, 1.0 - half) if t.width is not None else None
        lines.append(
            IntervalLine(
                kind=t.kind,
                kept=t.kind == training.judged.interval.kind,
                coverage=t.coverage.value,
                lower=t.coverage.lower,
                upper=t.coverage.upper,
                width=t.width,
                pinball=None if low is None or high is None else (low + high) / 2.0,
            )
        )
    return tuple(lines)


def _reliance(training: NumberTraining, plan: NumberPlan) -> dict[str, Any]:
    judged = training.judged
    found, relied = judged.found, judged.threshold.relied
    error = np.abs(found.value - found.y)
    within = None
    if plan.tolerance is not None and relied.any():
        within = float(np.mean(error[relied] <= plan.tolerance))
    return {
        "thirds": tuple(
            ThirdLine(
                rows=t.rows,
                low=t.low,
                high=t.high,
                rmse=t.rmse,
                mae=t.mae,
                within=t.within.value,
                lower=t.within.lower,
                upper=t.within.upper,
            )
            for t in judged.thirds
        ),
        "least": judged.threshold.least,
        "reached": judged.threshold.reached,
        "relied_share": float(relied.mean()),
        "relied_rmse": rmse(found.y[relied], found.value[relied]),
        "doubted_rmse": rmse(found.y[~relied], found.value[~relied]),
        "relied_within": within,
    }


def _to_measure(
    table: DataTable, document: DatasetDocument, training: NumberTraining
) -> dict[str, Any]:
    """Rows without a measured value that the served model would not rely on."""
    waiting = training.rows.waiting
    if not waiting.size:
        return {"to_measure": (), "waiting": 0, "waiting_doubted": 0}
    answers = training.regressor.predict(table)
    doubted = waiting[answers.reliance[waiting] < training.regressor.least]
    order = doubted[np.argsort(answers.reliance[doubted], kind="stable")]
    return {
        "to_measure": tuple(
            MeasureLine(
                row=row,
                unit=_name_of(table, document.of_role("unit"), row),
                value=float(answers.value[row]),
                lower=_finite(float(answers.lower[row])),
                upper=_finite(float(answers.upper[row])),
                reliance=float(answers.reliance[row]),
                unusual=bool(answers.unusual[row]),
            )
            for row in order[:MOST_MEASURED].tolist()
        ),
        "waiting": int(waiting.size),
        "waiting_doubted": int(doubted.size),
    }


def _name_of(table: DataTable, columns: Sequence[Any], row: int) -> str:
    for column in columns:
        if column.name in table.categories:
            factor = table.categories[column.name]
            code = int(factor.codes[row])
            return "" if code < 0 else factor.levels[code]
    return ""


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _points(training: NumberTraining) -> TestedPoints:
    found, size = training.judged.found, training.judged.found.y.size
    some = np.linspace(0, size - 1, min(size, MOST_POINTS)).astype(np.int64)
    return TestedPoints(
        measured=tuple(float(f"{v:.6g}") for v in found.y[some].tolist()),
        predicted=tuple(float(f"{v:.6g}") for v in found.value[some].tolist()),
        reliance=tuple(np.round(training.judged.reliance[some], 4).tolist()),
    )
