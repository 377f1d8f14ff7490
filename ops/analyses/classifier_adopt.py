"""Classifier adoption: a model from outside is calibrated and decided like one of ours."""

from dataclasses import replace

import numpy as np

from ops.analyses.classifier_adopt_draft import adopted_draft
from ops.analyses.classifier_adopt_page import view
from ops.analyses.classifier_adopt_params import ClassifierAdoptParams
from ops.analyses.classifier_adopt_result import ClassifierAdoptResult
from ops.analyses.classifier_adopt_sample import sample_stranger
from ops.analyses.classifier_train_lines import coverage_lines, gain_line, score_lines
from ops.analyses.classifier_train_models import trial_lines
from ops.analyses.classifier_versions import classifier_of
from ops.analyses.classifier_window import Window, as_one_split, window_of
from ops.analysis import Analysis, Example, Progress
from ops.classifier_query import ClassifierData, ClassifierQuery
from ops.classify.classifier import Classifier
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.scores import score_classes
from ops.classify.spec import FeatureSpec
from ops.classify.training.base import base_score, gain_over_constant
from ops.classify.training.judged import Judged, judged
from ops.classify.training.plan import Headline, TrainingPlan
from ops.classify.training.rows import LabelledRows, labelled_rows
from ops.errors import BadData, NotEnoughData, Problem


def needs(params: ClassifierAdoptParams) -> ClassifierQuery:
    """Ask for the rows and the version."""
    return ClassifierQuery(
        dataset=params.dataset,
        kind="table",
        revision=params.revision,
        rebuild=params.rebuild,
        model=params.model,
        versions=(params.version,),
        task="classify",
        site=params.site,
    )


def compute(
    data: ClassifierData, params: ClassifierAdoptParams, progress: Progress
) -> ClassifierAdoptResult:
    """Fit map, threshold and sets on rows that the model has not learned from; hand it over.

    Raises
    ------
    NotEnoughData
        If the version is not there, or fewer than 10 labelled rows are later than its training,
        or a class has none.
    BadData
        If the version is one of ours, or does not answer.
    """
    if not data.models:
        raise NotEnoughData(f"the model {params.model!r} has no version {params.version!r}")
    if data.models[0].origin == "own":
        detail = f"version {data.models[0].number} was calibrated by its training; name a stranger"
        raise BadData(detail, (Problem("/version", detail),))
    classifier = classifier_of(data.models[0])
    rows = _in_order(labelled_rows(data.table, data.document), classifier)
    window = window_of(data, rows, only_later=params.only_later)
    _refuse_lacking(rows, window)
    progress(0.2, f"{window.rows.size} rows")
    plan = _plan(params, rows)
    x = classifier.features.matrix(data.table)[window.rows]
    raw = classifier.raw_of_rows(data.table.take(window.rows), x)
    progress(0.5, "the model has answered")
    found = as_one_split(rows, window, raw)
    fitted = judged(found, plan, positive=rows.positive, classes=len(rows.classes))
    result = _result(data, params, rows, window, found, fitted)
    page = view(result)
    classifier = replace(
        classifier, positive=None if rows.positive is None else rows.classes[rows.positive]
    )
    draft = adopted_draft(data, params, classifier, fitted, window, result, page)
    progress(1.0, "adopted", model=draft)
    return result


def _in_order(rows: LabelledRows, classifier: Classifier) -> LabelledRows:
    """Give the rows the numbers of classes that the model has."""
    strange = [name for name in rows.classes if name not in classifier.classes]
    if strange:
        detail = (
            f"the rows have the classes {', '.join(strange)}, the model answers for"
            f" {', '.join(classifier.classes)}"
        )
        raise BadData(detail, (Problem("/dataset", detail),))
    place = np.array([*(classifier.classes.index(name) for name in rows.classes), -1])
    positive = None if rows.positive is None else int(place[rows.positive])
    return replace(rows, y=place[rows.y], classes=classifier.classes, positive=positive)


def _refuse_lacking(rows: LabelledRows, window: Window) -> None:
    counts = np.bincount(rows.y[window.rows], minlength=len(rows.classes))
    for name, count in zip(rows.classes, counts.tolist(), strict=True):
        if count < 2:
            raise NotEnoughData(
                f"{count} of the {window.rows.size} rows are of the class {name!r}, 2 are needed;"
                " wait for more"
            )


def _plan(params: ClassifierAdoptParams, rows: LabelledRows) -> TrainingPlan:
    auto: Headline = "log_loss" if rows.positive is None else "average_precision"
    return TrainingPlan(
        spec=FeatureSpec(),
        candidates=(),
        headline=auto if params.headline == "auto" else params.headline,
        goal=params.goal,
        target=params.target,
        false_alarm=params.false_alarm,
        miss=params.miss,
        calibrate=params.calibrate,
        coverage=params.coverage,
        seed=params.seed,
    )


def _result(
    data: ClassifierData,
    params: ClassifierAdoptParams,
    rows: LabelledRows,
    window: Window,
    found: OutOfFold,
    fitted: Judged,
) -> ClassifierAdoptResult:
    headline = _plan(params, rows).headline
    return ClassifierAdoptResult(
        model=params.model,
        adopted=data.models[0].number,
        kind=data.models[0].origin,
        title=data.title,
        dataset=data.code,
        revision=data.revision,
        fingerprint=data.table.fingerprint(),
        label=rows.label,
        classes=rows.classes,
        positive=None if rows.positive is None else rows.classes[rows.positive],
        rows=window.rows.size,
        left_out=window.left_out,
        start=window.start,
        end=window.end,
        in_time=window.in_time,
        headline=headline,
        base_score=base_score(found, np.maximum(rows.y, 0), headline, rows.positive),
        gain=gain_line(gain_over_constant(fitted.found, headline, seed=params.seed)),
        raw=score_lines(score_classes(found, positive=rows.positive, seed=params.seed)),
        scores=score_lines(fitted.scores),
        calibration="none" if fitted.calibration is None else fitted.calibration.kind,
        trials=trial_lines(fitted),
        threshold=fitted.decision.threshold,
        confusion=tuple(tuple(row) for row in fitted.scores.confusion.tolist()),
        coverage=params.coverage,
        covered=coverage_lines(
            rows.classes, fitted.scores.counts, fitted.conditional, fitted.marginal
        ),
    )


CLASSIFIER_ADOPT = Analysis(
    name="classifier-adopt",
    title="Classifier adoption",
    summary="Calibrates a model from outside and decides its threshold, on rows new to it.",
    version=1,
    params=ClassifierAdoptParams,
    result=ClassifierAdoptResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=ClassifierAdoptParams(
            site="PG1", dataset="bond-defects", model="bond-defects", version="1"
        ),
        data=sample_stranger,
    ),
)
