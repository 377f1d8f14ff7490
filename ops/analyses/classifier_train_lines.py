"""Lines of a training's result, made of what the kernels found."""

from collections.abc import Iterable, Sequence

import numpy as np

from ops.analyses.classifier_parts import (
    CoverageLine,
    Curve,
    PairedLine,
    ReliabilityLine,
    ScoreLine,
    StratumLine,
    Warned,
)
from ops.classify.checks import DataWarning
from ops.classify.document import DatasetDocument
from ops.classify.evaluation.conformal import Coverage
from ops.classify.evaluation.cost_curve import threshold_costs
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.paired import Comparison
from ops.classify.evaluation.reliability import Reliability
from ops.classify.evaluation.scores import ClassScores
from ops.classify.evaluation.strata import score_strata
from ops.classify.table import DataTable
from ops.values import BoolArray, FloatArray, IntArray

MOST_STRATA = 60
SHOWN = (
    "average_precision", "roc_auc", "log_loss", "brier", "brier_skill", "ece", "f1", "precision",
    "recall", "mcc", "accuracy", "cost",
)  # fmt: skip


def score_lines(found: ClassScores) -> tuple[ScoreLine, ...]:
    """Scores in a fixed order, those that do not exist with their reason."""
    of = {score.name: score for score in found.scores}
    return tuple(
        ScoreLine(
            name=name,
            value=of[name].estimate.value,
            lower=of[name].estimate.lower,
            upper=of[name].estimate.upper,
            pooled=of[name].pooled,
            better=of[name].better,
            method=of[name].estimate.method,
            reason=of[name].estimate.reason,
        )
        for name in SHOWN
        if name in of
    )


def score_of(lines: Sequence[ScoreLine], name: str) -> ScoreLine | None:
    """Line of a name."""
    return next((line for line in lines if line.name == name), None)


def paired_lines(against: str, tests: Iterable[Comparison]) -> tuple[PairedLine, ...]:
    """Paired tests of one model against another."""
    return tuple(
        PairedLine(
            against=against,
            score=t.score,
            difference=t.difference,
            lower=t.lower,
            upper=t.upper,
            p=t.p,
            verdict=t.verdict,
        )
        for t in tests
    )


def gain_line(test: Comparison | None) -> PairedLine | None:
    """Paired test against the best constant."""
    return None if test is None else paired_lines("the best constant", (test,))[0]


def warned(warnings: Iterable[DataWarning]) -> tuple[Warned, ...]:
    """Doubts about the data."""
    return tuple(
        Warned(severity=w.severity, code=w.code, pointer=w.pointer, detail=w.detail)
        for w in warnings
    )


def reliability_lines(found: Reliability) -> tuple[ReliabilityLine, ...]:
    """Bins of a reliability diagram."""
    return tuple(
        ReliabilityLine(
            count=b.count,
            mean=b.mean,
            share=b.share.value,
            lower=b.share.lower,
            upper=b.share.upper,
        )
        for b in found.bins
    )


def coverage_lines(
    classes: Sequence[str], counts: IntArray, conditional: Coverage, marginal: Coverage
) -> tuple[CoverageLine, ...]:
    """Coverage of the sets by class, both kinds side by side."""
    return tuple(
        CoverageLine(
            name=name,
            rows=int(counts[i]),
            conditional=conditional.by_class[i].value,
            lower=conditional.by_class[i].lower,
            upper=conditional.by_class[i].upper,
            marginal=marginal.by_class[i].value,
        )
        for i, name in enumerate(classes)
    )


def stratum_lines(
    found: OutOfFold,
    table: DataTable,
    document: DatasetDocument,
    *,
    positive: int | None,
    decided: IntArray,
) -> tuple[StratumLine, ...]:
    """Scores by level of each column of the role stratum."""
    if positive is None:
        return ()
    columns = [c.name for c in document.of_role("stratum") if c.name in table.categories]
    told: list[StratumLine] = []
    for name in columns:
        factor = table.category(name).take(found.rows)
        for one in score_strata(found, factor, positive=positive, decided=decided):
            told.append(
                StratumLine(
                    column=name,
                    level=one.level,
                    rows=one.rows,
                    events=one.events,
                    auc=one.auc.value,
                    auc_lower=one.auc.lower,
                    auc_upper=one.auc.upper,
                    average_precision=one.average_precision,
                    brier=one.brier,
                    recall=one.recall.value,
                    precision=one.precision.value,
                    few=one.few,
                )
            )
    return tuple(told[:MOST_STRATA])


def cost_line(
    event: BoolArray, score: FloatArray, false_alarm: float, miss: float
) -> tuple[Curve, float, float]:
    """Mean cost of a row against the threshold; of never and of always calling the event."""
    found = threshold_costs(event, score, false_alarm, miss)
    curve = Curve(x=tuple(found.threshold.tolist()), y=tuple(found.cost.tolist()))
    return curve, found.never, found.always


def curve_of(points: tuple[FloatArray, FloatArray]) -> Curve:
    """Points of a curve, rounded to what a chart can show."""
    x, y = (np.round(side, 5) for side in points)
    return Curve(x=tuple(x.tolist()), y=tuple(y.tolist()))
