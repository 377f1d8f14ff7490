"""Lines of an evaluation's result: one version, and its metrics for the registry."""

import hashlib
from typing import Any

import numpy as np

from ops.analyses.classifier_evaluate_result import VersionLine
from ops.analyses.classifier_parts import CoverageLine, Curve, ReliabilityLine
from ops.analyses.classifier_train_lines import (
    curve_of,
    paired_lines,
    reliability_lines,
    score_lines,
    stratum_lines,
)
from ops.analyses.classifier_versions import VersionAnswers
from ops.classifier_query import ClassifierData, ModelPacket
from ops.classify.evaluation.estimate import wilson
from ops.classify.evaluation.model_comparison import compare_models
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.paired import Comparison
from ops.classify.evaluation.reliability import reliability
from ops.classify.evaluation.scores import score_classes
from ops.classify.training.curves import precision_recall_points
from ops.classify.training.rows import LabelledRows
from ops.values import IntArray


def version_line(
    packet: ModelPacket,
    answer: VersionAnswers | str,
    found: OutOfFold | None,
    against: OutOfFold | None,
    data: ClassifierData,
    rows: LabelledRows,
    *,
    learned_here: bool,
    seed: int,
) -> VersionLine:
    """Score one version.

    Parameters
    ----------
    answer, found
        What it says, as answers of one split; or why it cannot.
    against
        Answers of the version that it is held against; None: none.
    """
    if isinstance(answer, str) or found is None:
        return _failed(packet, str(answer), learned_here=learned_here)
    positive = rows.positive
    scores = score_classes(found, positive=positive, decided=answer.decided, seed=seed)
    tests: tuple[Comparison, ...] = ()
    if against is not None:
        tests = compare_models(found, against, positive=positive, seed=seed)
    bins, gap, chance, curve = _event(found, positive)
    return VersionLine(
        version=packet.number,
        alias=packet.alias,
        origin=packet.origin,
        kind=answer.kind,
        trained_until=_until(packet),
        learned_here=learned_here,
        threshold=answer.threshold,
        scores=score_lines(scores),
        confusion=tuple(tuple(row) for row in scores.confusion.tolist()),
        covered=_covered(answer, found, rows.classes),
        reliability=bins,
        ece=gap,
        ece_by_chance=chance,
        precision_recall=curve,
        strata=stratum_lines(
            found, rows.table, data.document, positive=positive, decided=answer.decided
        ),
        unusual=float(np.mean(answer.unusual)),
        against=paired_lines("first", tests),
    )


def _failed(packet: ModelPacket, reason: str, *, learned_here: bool) -> VersionLine:
    return VersionLine(
        version=packet.number,
        alias=packet.alias,
        origin=packet.origin,
        kind=str(packet.spec.get("kind", packet.origin)),
        trained_until=_until(packet),
        learned_here=learned_here,
        threshold=None,
        scores=(),
        confusion=(),
        covered=(),
        reliability=(),
        ece=None,
        ece_by_chance=None,
        precision_recall=None,
        strata=(),
        unusual=0.0,
        against=(),
        failure=reason,
    )


def _until(packet: ModelPacket) -> int | None:
    told = packet.spec.get("trained_until")
    return told if isinstance(told, int) else None


def _event(
    found: OutOfFold, positive: int | None
) -> tuple[tuple[ReliabilityLine, ...], float | None, float | None, Curve | None]:
    if positive is None:
        return (), None, None, None
    event, score = found.y == positive, found.probability[:, positive]
    diagram = reliability(event, score)
    curve = curve_of(precision_recall_points(event, score)) if event.any() else None
    return reliability_lines(diagram), diagram.ece, diagram.ece_by_chance, curve


def _covered(
    answer: VersionAnswers, found: OutOfFold, classes: tuple[str, ...]
) -> tuple[CoverageLine, ...]:
    held = answer.possible[np.arange(found.y.size), found.y]
    lines: list[CoverageLine] = []
    for at, name in enumerate(classes):
        of = found.y == at
        share = wilson(int(held[of].sum()), int(of.sum()))
        lines.append(
            CoverageLine(
                name=name,
                rows=int(of.sum()),
                conditional=share.value,
                lower=share.lower,
                upper=share.upper,
                marginal=None,
            )
        )
    return tuple(lines)


def metrics_of(
    line: VersionLine,
    data: ClassifierData,
    rows: IntArray,
    headline: str,
    base: float | None,
    *,
    in_time: bool,
) -> dict[str, Any]:
    """Metrics of a version on these rows, in the shape of a registered version's own."""
    table = data.table.take(rows)
    told = next((s for s in line.scores if s.name == headline), None)
    scores = {
        s.name: {"value": s.value, "lower": s.lower, "upper": s.upper, "better": s.better,
                 "split": "later rows" if in_time else "given rows"}
        for s in line.scores
    }  # fmt: skip
    return {
        **scores,
        "headline": headline,
        "better": "high" if told is None else told.better,
        "time_ordered": in_time and not line.learned_here,
        "base": {"value": base},
        "rows": {"value": int(rows.size)},
        "test": {
            "fingerprint": hashlib.sha256(table.fingerprint().encode()).hexdigest(),
            "rows": int(rows.size),
        },
    }
