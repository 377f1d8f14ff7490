"""Classifier monitor: a served model on later rows, night after night."""

from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from ops.analyses.classifier_monitor_challengers import challenger_line_of
from ops.analyses.classifier_monitor_judge import (
    calibration_line,
    challenger_line,
    input_line,
    performance_line,
)
from ops.analyses.classifier_monitor_lines import (
    LEAST,
    calibration_state,
    column_line,
    label_state,
    score_shift,
    stretch_line,
)
from ops.analyses.classifier_monitor_page import view
from ops.analyses.classifier_monitor_params import ClassifierMonitorParams
from ops.analyses.classifier_monitor_result import (
    ChallengerLine,
    ClassifierMonitorResult,
    ColumnLine,
    Mechanism,
)
from ops.analyses.classifier_monitor_rows import (
    WatchedRows,
    said_of,
    watched_answers,
    watched_rows,
)
from ops.analyses.classifier_monitor_sample import sample_watch
from ops.analyses.classifier_monitor_scores import Told, headline_of, told_of
from ops.analyses.classifier_versions import (
    VersionAnswers,
    answers_of,
    classifier_of,
    judged_rows,
    refuse_numbers,
)
from ops.analysis import Analysis, Example, Progress
from ops.classifier_query import ClassifierData, ClassifierQuery
from ops.classify.monitoring.column_drift import Practical
from ops.classify.monitoring.input_drift import InputDrift, column_drifts, dated, input_drift
from ops.classify.monitoring.performance import LOWER_IS_BETTER
from ops.classify.monitoring.recommendation import Recommendation, recommended
from ops.classify.monitoring.score_drift import ScoreDrift, score_drift
from ops.classify.monitoring.stretches import Watched
from ops.classify.monitoring.worth import column_worth, equal_worth
from ops.classify.training.rows import LabelledRows, labelled_rows
from ops.drift.night_control import night_level
from ops.errors import NotEnoughData

SHOWN = 100  # columns


def needs(params: ClassifierMonitorParams) -> ClassifierQuery:
    """Ask for the rows, the versions, and the nights before."""
    return ClassifierQuery(
        dataset=params.dataset,
        kind=None,  # of traces all but the drift of the traces themselves
        revision=params.revision,
        rebuild=params.rebuild,
        model=params.model,
        versions=params.versions,
        analysis="classifier-monitor",
        site=params.site,
    )


def compute(
    data: ClassifierData, params: ClassifierMonitorParams, progress: Progress
) -> ClassifierMonitorResult:
    """Watch the first version on the rows later than its training, hold the others against it.

    Raises
    ------
    NotEnoughData
        If no version is there, or fewer than 20 rows are in the reference or later.
    BadData
        If a version predicts numbers, or the rows lack a column that the watched one reads.
    """
    if not data.models:
        raise NotEnoughData(
            f"the model {params.model!r} has none of the versions"
            f" {', '.join(params.versions)}; train one, or name others"
        )
    refuse_numbers(data.models)
    seen = labelled_rows(data.table, data.document)
    rows = judged_rows(seen, data.models, data.document)
    cut = watched_rows(data, rows, params)
    level = night_level(params.fdr, nights=params.nights)
    progress(0.1, f"{cut.later.size} rows later than what was learned from")
    answers = answers_of(data.models[0], data.table, rows.classes, seen.classes)
    later = answers.take(cut.later)
    watched = watched_answers(cut, rows, later)
    progress(0.2, "answers")
    found = _inputs(data, rows, cut, params, level)
    progress(0.6, f"{len(found.lines)} columns compared")
    scores = _scores(answers, later, rows, cut, params)
    headline = headline_of(params, rows, data.models[0])
    told = told_of(data.models[0], rows, cut, watched, headline, params)
    progress(0.8, "scores of stretches")
    others = tuple(
        challenger_line_of(
            packet, data, rows, cut, watched, headline=headline, level=level, seed=params.seed
        )
        for packet in data.models[1:]
    )
    progress(1.0, "watched")
    return _result(data, params, rows, cut, _Parts(found, scores, told, others, watched, answers))


@dataclass(frozen=True, slots=True)
class _Parts:
    inputs: InputDrift
    scores: ScoreDrift
    told: Told
    others: tuple[ChallengerLine, ...]
    watched: Watched
    answers: VersionAnswers


def _inputs(
    data: ClassifierData,
    rows: LabelledRows,
    cut: WatchedRows,
    params: ClassifierMonitorParams,
    level: float,
) -> InputDrift:
    """Compare the columns that the version reads; what they are worth is asked of it."""
    classifier = classifier_of(data.models[0])
    columns = [column.name for column in classifier.features.inputs]
    columns = [n for n in columns if n in data.table.numbers or n in data.table.categories]
    practical = Practical(shift=params.shift)
    drifts = column_drifts(
        rows.table, columns, cut.reference, cut.newest, seed=params.seed,
        group=data.document.one("group"), practical=practical,
    )  # fmt: skip
    if data.models[0].origin == "endpoint" or not columns:
        worth = equal_worth(columns)  # it was asked for the rows as they are
    else:
        worth = column_worth(
            rows.table.take(cut.reference), columns,
            lambda table: classifier.predict(table).probability,
            rng=np.random.default_rng(params.seed),
        )  # fmt: skip
    found = input_drift(drifts, dict(zip(columns, worth.tolist(), strict=True)), level=level)
    every = np.concatenate([cut.reference, cut.later])
    return dated(found, rows.table, every, cut.times[every])


def _scores(
    answers: VersionAnswers,
    later: VersionAnswers,
    rows: LabelledRows,
    cut: WatchedRows,
    params: ClassifierMonitorParams,
) -> ScoreDrift:
    """Compare answers with those of earlier later rows; with those of training where they lack."""
    edge = cut.later.size - cut.newest.size
    now = said_of(later, rows.positive, slice(edge, None))
    learned = edge < 50
    before = said_of(later, rows.positive, slice(0, edge))
    if learned:
        before = said_of(answers.take(cut.reference), rows.positive, slice(None))
    return score_drift(before, now, learned=learned, seed=params.seed,
                       practical=Practical(shift=params.shift))  # fmt: skip


def _result(
    data: ClassifierData,
    params: ClassifierMonitorParams,
    rows: LabelledRows,
    cut: WatchedRows,
    parts: _Parts,
) -> ClassifierMonitorResult:
    level = night_level(params.fdr, nights=params.nights)
    told, packet = parts.told, data.models[0]
    low = told.headline in LOWER_IS_BETTER
    scores = score_shift(parts.scores, level)
    calibration = calibration_state(parts.watched, told.judged)
    earlier = [run for run in data.earlier if run.result.get("model") == params.model]
    mechanisms = (
        input_line(parts.inputs, scores, earlier),
        calibration_line(calibration, params, level, earlier),
        performance_line(told.performance, params, level, earlier, low=low),
        challenger_line(parts.others, earlier),
    )
    bad = {line.mechanism for line in mechanisms if line.level == "bad"}
    event = parts.watched.event
    return ClassifierMonitorResult(
        site=params.site,
        model=params.model,
        version=packet.number,
        alias=packet.alias,
        kind=parts.answers.kind,
        dataset=data.code,
        title=data.title,
        revision=data.revision,
        classes=rows.classes,
        positive=None if rows.positive is None else rows.classes[rows.positive],
        headline=told.headline,
        better="low" if low else "high",
        trained_until=cut.until,
        reference=cut.reference.size,
        newest=cut.newest.size,
        start=int(cut.times[cut.newest[0]]),
        end=int(cut.times[cut.newest[-1]]),
        level=level,
        nights=params.nights,
        fdr=params.fdr,
        columns=_columns(data, parts.inputs),
        columns_more=max(0, len(parts.inputs.lines) - SHOWN),
        tested=sum(line.q is not None for line in parts.inputs.lines),
        found=parts.inputs.found,
        unwatched=_unwatched(data),
        scores=scores,
        labels=label_state(rows.y[cut.later], event, cut.mature),
        calibration=calibration,
        performance=told.performance,
        stretches=tuple(stretch_line(one) for one in told.stretches),
        challengers=parts.others,
        mechanisms=mechanisms,
        recommendation=_advice(bad, told, parts.others),
    )


def _columns(data: ClassifierData, found: InputDrift) -> tuple[ColumnLine, ...]:
    units = data.table.units
    return tuple(column_line(x, units.get(x.drift.name, "")) for x in found.lines[:SHOWN])


def _unwatched(data: ClassifierData) -> tuple[str, ...]:
    """Columns of traces that the model reads."""
    inputs = classifier_of(data.models[0]).features.inputs
    return tuple(c.name for c in inputs if c.name in data.table.traces)


def _advice(
    bad: Container[Mechanism], told: Told, others: tuple[ChallengerLine, ...]
) -> Recommendation:
    return recommended(
        champion_fails="calibration" in bad or "performance" in bad,
        inputs_moved="input drift" in bad,
        judged=told.judged.size >= LEAST,
        challengers=[line.standing for line in others],
    )


CLASSIFIER_MONITOR = Analysis(
    name="classifier-monitor",
    title="Classifier monitor",
    summary="Watches a served model on later rows: drift of its inputs and answers, calibration"
    " and scores by late labels, scores to be expected without labels, and its challengers.",
    version=1,
    params=ClassifierMonitorParams,
    result=ClassifierMonitorResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=ClassifierMonitorParams(
            site="PG1", dataset="bond-defects", model="bond-defects", newest=150
        ),
        data=sample_watch,
    ),
)
