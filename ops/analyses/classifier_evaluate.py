"""Classifier evaluation: versions of a model beside each other on rows they have not seen."""

import numpy as np

from ops.analyses.classifier_evaluate_lines import metrics_of, version_line
from ops.analyses.classifier_evaluate_page import view
from ops.analyses.classifier_evaluate_params import ClassifierEvaluateParams
from ops.analyses.classifier_evaluate_result import (
    ClassifierEvaluateResult,
    ScoredVersion,
    VersionLine,
)
from ops.analyses.classifier_evaluate_sample import sample_versions
from ops.analyses.classifier_train_lines import gain_line
from ops.analyses.classifier_versions import (
    VersionAnswers,
    answers_of,
    judged_rows,
    refuse_numbers,
)
from ops.analyses.classifier_window import Window, as_one_split, trained_until, window_of
from ops.analysis import Analysis, Example, Progress
from ops.classifier_query import ClassifierData, ClassifierQuery, ModelPacket
from ops.classify.training.base import base_score, gain_over_constant
from ops.classify.training.plan import Headline
from ops.classify.training.rows import LabelledRows, labelled_rows
from ops.errors import BadData, NotEnoughData
from ops.values import IntArray


def needs(params: ClassifierEvaluateParams) -> ClassifierQuery:
    """Ask for the rows and the versions."""
    return ClassifierQuery(
        dataset=params.dataset,
        kind=None,
        revision=params.revision,
        rebuild=params.rebuild,
        model=params.model,
        versions=params.versions,
        site=params.site,
    )


def compute(
    data: ClassifierData, params: ClassifierEvaluateParams, progress: Progress
) -> ClassifierEvaluateResult:
    """Let every version answer for the same rows, score each, hold each against the first.

    Scores of a version of ours on rows that it has learned from are shown, but are not its scores
    in the registry: its own out-of-fold scores stay.

    Raises
    ------
    NotEnoughData
        If no version is there, or fewer than 10 labelled rows are later than their training.
    """
    if not data.models:
        raise NotEnoughData(
            f"the model {params.model!r} has none of the versions"
            f" {', '.join(params.versions)}; train one, or name others"
        )
    refuse_numbers(data.models)
    rows = judged_rows(labelled_rows(data.table, data.document), data.models, data.document)
    window = window_of(data, rows, only_later=params.only_later)
    progress(0.1, f"{window.rows.size} rows")
    answered = _answered(data, rows, window, progress)
    headline = _headline(params, rows)
    lines = _lines(data, rows, window, answered, params)
    tested = as_one_split(rows, window, np.zeros((window.rows.size, len(rows.classes))))
    base = base_score(tested, _every(rows), headline, rows.positive)
    progress(1.0, "scored")
    return ClassifierEvaluateResult(
        model=params.model,
        title=data.title,
        dataset=data.code,
        revision=data.revision,
        label=rows.label,
        classes=rows.classes,
        counts=tuple(np.bincount(rows.y[window.rows], minlength=len(rows.classes)).tolist()),
        positive=None if rows.positive is None else rows.classes[rows.positive],
        rows=window.rows.size,
        left_out=window.left_out,
        unlabelled=rows.unknown,
        start=window.start,
        end=window.end,
        in_time=window.in_time,
        headline=headline,
        base_score=base,
        versions=lines,
        scored=tuple(
            ScoredVersion(
                version=line.version,
                metrics=metrics_of(line, data, window.rows, headline, base,
                                   in_time=window.in_time),
            )
            for line in lines
            if not line.failure and not (line.origin == "own" and line.learned_here)
        ),
    )  # fmt: skip


def _headline(params: ClassifierEvaluateParams, rows: LabelledRows) -> Headline:
    if params.headline != "auto":
        return params.headline
    return "log_loss" if rows.positive is None else "average_precision"


def _learned(packet: ModelPacket, window: Window) -> bool:
    end = trained_until(packet)
    return end is None or window.start is None or window.start <= end


def _answered(
    data: ClassifierData, rows: LabelledRows, window: Window, progress: Progress
) -> list[VersionAnswers | str]:
    """Ask each version; one that cannot answer says why."""
    needed = {rows.classes[k] for k in np.unique(rows.y[window.rows])}
    found: list[VersionAnswers | str] = []
    for i, packet in enumerate(data.models):
        try:
            every = answers_of(packet, data.table, rows.classes, needed)
            found.append(every.take(window.rows))
        except BadData as error:
            found.append(str(error))
        progress(0.1 + 0.5 * (i + 1) / len(data.models), f"version {packet.number} has answered")
    return found


def _every(rows: LabelledRows) -> IntArray:
    return np.maximum(rows.y, 0)


def _lines(
    data: ClassifierData,
    rows: LabelledRows,
    window: Window,
    answered: list[VersionAnswers | str],
    params: ClassifierEvaluateParams,
) -> tuple[VersionLine, ...]:
    first = answered[0]
    against = None
    if not isinstance(first, str):
        against = as_one_split(rows, window, first.probability)
    lines: list[VersionLine] = []
    for at, (packet, answer) in enumerate(zip(data.models, answered, strict=True)):
        found = None
        gain = None
        if not isinstance(answer, str):
            found = as_one_split(rows, window, answer.probability)
            gain = gain_over_constant(found, _headline(params, rows), seed=params.seed)
        line = version_line(
            packet, answer, found, None if at == 0 else against, data, rows,
            learned_here=_learned(packet, window), seed=params.seed,
        )  # fmt: skip
        lines.append(line.model_copy(update={"gain": gain_line(gain)}))
    return tuple(lines)


CLASSIFIER_EVALUATE = Analysis(
    name="classifier-evaluate",
    title="Classifier evaluation",
    summary="Scores versions of a model beside each other on rows that none has learned from.",
    version=1,
    params=ClassifierEvaluateParams,
    result=ClassifierEvaluateResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=ClassifierEvaluateParams(site="PG1", dataset="bond-defects", model="bond-defects"),
        data=sample_versions,
    ),
)
