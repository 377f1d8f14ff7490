"""What only traces show of a training: classes, stretches that matter, the worst errors."""

from dataclasses import replace
from typing import Any

import numpy as np

from ops.analyses.trace_classifier_train_result import (
    ClassTraceLine,
    StretchLine,
    WrongTraceLine,
)
from ops.classify.document import DatasetDocument
from ops.classify.table import DataTable
from ops.classify.traces.features import TraceFeatures
from ops.classify.traces.lengths import lengths_of, stretched
from ops.classify.traces.occlusion import Stretch, occluded, usual_trace
from ops.classify.training.candidate import fitted
from ops.classify.training.explain import some_rows
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.train import Training
from ops.values import FloatArray

MOST_ROWS = 400  # of a class whose band is drawn, and rows whose stretches are replaced
PLACES = 80  # places of a trace that is drawn
MOST_TRACES = 4  # columns and channels that are drawn
WORST = 6


def stretches_of(
    training: Training, plan: TrainingPlan, stretches: int
) -> tuple[tuple[Stretch, ...], int]:
    """Measure what each stretch is worth on test rows of the last split, and of how many rows."""
    fold, rows = training.folds[-1], training.rows
    features = fold.features
    assert isinstance(features, TraceFeatures)
    model, _ = fitted(
        fold.x_train, rows.y[fold.train], rows, training.kept.settings, plan, features.names,
        fold.inner,
    )  # fmt: skip
    test = fold.test[some_rows(rows.y[fold.test], plan.seed, most=MOST_ROWS)]
    usual = {
        c.name: usual_trace(rows.table.traces[c.name][fold.train], c.points)
        for c in features.inputs
    }

    def probability(table: DataTable) -> FloatArray:
        return model.probability(features.matrix(table))

    chosen = replace(rows.table.take(test), times={})
    return occluded(probability, chosen, rows.y[test], usual, stretches), int(test.size)


def stretch_lines(found: tuple[Stretch, ...]) -> tuple[StretchLine, ...]:
    """Lines of stretches."""
    return tuple(
        StretchLine(
            column=s.column,
            start=s.start,
            end=s.end,
            loss=s.loss.value,
            lower=s.loss.lower,
            upper=s.loss.upper,
        )
        for s in found
    )


def trace_facts(training: Training) -> dict[str, Any]:
    """Size of the traces and of their features."""
    features = training.features
    assert isinstance(features, TraceFeatures)
    lengths = [lengths_of(training.rows.table.traces[c.name]) for c in features.inputs]
    return {
        "method": features.spec.method,
        "feature_count": len(features.names),
        "points": max(c.points for c in features.inputs),
        "channels": sum(c.channels for c in features.inputs),
        "unequal": any(np.unique(one[one > 0]).size > 1 for one in lengths),
    }


def class_lines(training: Training) -> tuple[ClassTraceLine, ...]:
    """Mean trace of each class with the middle 80 % of its rows."""
    features, rows = training.features, training.rows
    assert isinstance(features, TraceFeatures)
    shown = [(c, channel) for c in features.inputs for channel in range(c.channels)]
    lines: list[ClassTraceLine] = []
    for column, channel in shown[:MOST_TRACES]:
        trace = rows.table.traces[column.name][:, channel : channel + 1]
        places = min(PLACES, column.points)
        for at, name in enumerate(rows.classes[:8]):
            own = np.flatnonzero((rows.y == at) & (lengths_of(trace) > 0))
            if not own.size:
                continue
            even = np.linspace(0, own.size - 1, min(own.size, MOST_ROWS)).astype(np.int64)
            drawn = stretched(trace[own[even]], places)[:, 0]
            low, high = np.quantile(drawn, (0.1, 0.9), axis=0)
            lines.append(
                ClassTraceLine(
                    column=column.name,
                    channel=channel + 1,
                    unit=column.unit,
                    name=name,
                    rows=int(own.size),
                    place=_places(places),
                    mean=_short(drawn.mean(axis=0)),
                    low=_short(low),
                    high=_short(high),
                )
            )
    return tuple(lines)


def wrong_lines(
    training: Training, document: DatasetDocument
) -> tuple[tuple[WrongTraceLine, ...], int]:
    """Worst rows that were called wrongly out of fold, the surest errors first; and how many."""
    found, decided = training.judged.found, training.judged.decided
    features, rows = training.features, training.rows
    assert isinstance(features, TraceFeatures)
    wrong = np.flatnonzero(decided != found.y)
    own = found.probability[wrong, found.y[wrong]]
    column = features.inputs[0]
    lines: list[WrongTraceLine] = []
    for at in np.argsort(own, kind="stable")[:WORST].tolist():
        row = int(found.rows[wrong[at]])
        places = min(PLACES, column.points)
        trace = stretched(rows.table.traces[column.name][row : row + 1, :1], places)[0, 0]
        lines.append(
            WrongTraceLine(
                row=row,
                unit=_name_of(rows.table, document, row),
                label=rows.classes[int(found.y[wrong[at]])],
                called=rows.classes[int(decided[wrong[at]])],
                probability=float(own[at]),
                column=column.name,
                place=_places(places),
                value=_short(trace),
            )
        )
    return tuple(lines), int(wrong.size)


def _name_of(table: DataTable, document: DatasetDocument, row: int) -> str:
    for column in document.of_role("unit"):
        if column.name in table.categories:
            factor = table.categories[column.name]
            code = int(factor.codes[row])
            return "" if code < 0 else factor.levels[code]
    return ""


def _places(count: int) -> tuple[float, ...]:
    return tuple(np.round(np.linspace(0.0, 1.0, count), 4).tolist())


def _short(values: FloatArray) -> tuple[float, ...]:
    """Six digits: what a chart can show."""
    return tuple(float(f"{v:.6g}") for v in values.tolist())
