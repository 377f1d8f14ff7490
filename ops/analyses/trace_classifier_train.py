"""Training on sensor traces: features of traces, then as any training."""

from ops.analyses.classifier_plan import plan_of
from ops.analyses.classifier_train_draft import draft
from ops.analyses.classifier_train_models import Beside
from ops.analyses.classifier_train_told import told
from ops.analyses.trace_classifier_train_page import view
from ops.analyses.trace_classifier_train_params import TraceTrainParams
from ops.analyses.trace_classifier_train_result import TraceTrainResult
from ops.analyses.trace_classifier_train_sample import sample_traces
from ops.analyses.trace_classifier_train_told import (
    class_lines,
    stretch_lines,
    stretches_of,
    trace_facts,
    wrong_lines,
)
from ops.analysis import Analysis, Example, Progress
from ops.classifier_query import ClassifierData, ClassifierQuery
from ops.classify.checks import refuse
from ops.classify.models.settings import ModelSettings
from ops.classify.packet import packed
from ops.classify.traces.checks import inspect_traces
from ops.classify.training.champion import champion_again
from ops.classify.training.explain import explained
from ops.classify.training.kinds import settings_of
from ops.classify.training.rows import labelled_rows
from ops.classify.training.train import train


def needs(params: TraceTrainParams) -> ClassifierQuery:
    """Ask for the traces, and for the champion that a new version is held against."""
    return ClassifierQuery(
        dataset=params.dataset,
        kind="traces",
        revision=params.revision,
        rebuild=params.rebuild,
        model=params.model,
        versions=("champion",) if params.model else (),
        new_model=True,
        task="trace" if params.model else "",
        site=params.site,
    )


def compute(data: ClassifierData, params: TraceTrainParams, progress: Progress) -> TraceTrainResult:
    """Try the candidates on features of traces, keep one, judge it, hand it to the registry.

    Raises
    ------
    NotEnoughData
        If there are no rows, one class only, or too few rows of a class for any split.
    BadData
        If no column is the label, none is of traces, or lengths differ that MiniRocket refuses.
    NotReady
        If MiniRocket is asked for and aeon is not installed.
    """
    rows = labelled_rows(data.table, data.document)
    warnings = inspect_traces(data.table, data.document, params.features, rows.y)
    refuse(warnings)
    progress(0.02, f"{len(data.table)} traces looked at")
    plan = plan_of(params, rows, params.features, _candidates(params))
    training = train(rows, data.document, plan, progress)
    champion = next((m for m in data.models if m.origin == "own"), None)
    again = None
    if champion is not None:
        again = champion_again(training, data.document, plan, champion.spec)
    stretches, measured = stretches_of(training, plan, params.stretches)
    explanation = explained(training, plan)
    progress(0.9, "explained")
    artefact = packed(training.classifier) if params.model else b""
    beside = Beside(warnings, champion, again, artefact, 0)
    plain = told(data, params, plan, training, explanation, beside)
    wrong, wrong_count = wrong_lines(training, data.document)
    result = TraceTrainResult(
        training=plain,
        **trace_facts(training),
        stretches=stretch_lines(stretches),
        stretch_rows=measured,
        classes=class_lines(training),
        wrong=wrong,
        wrong_count=wrong_count,
    )
    if not params.model:
        progress(1.0, "trained")
        return result
    made = draft(data, params, plan, training, plain, view(result), artefact, task="trace")
    progress(1.0, "trained", model=made)
    return result


def _candidates(params: TraceTrainParams) -> tuple[ModelSettings, ...]:
    kinds: tuple[str, ...] = params.kinds
    if not kinds and not params.settings:
        rocket = params.features.method == "minirocket"
        kinds = ("ridge-link",) if rocket else ("logistic", "gradient-boosting")
    return (*params.settings, *(settings_of(kind) for kind in kinds))


TRACE_CLASSIFIER_TRAIN = Analysis(
    name="trace-classifier-train",
    title="Trace classifier training",
    summary="Learns to foretell a label from sensor traces, and shows which stretch tells it.",
    version=1,
    params=TraceTrainParams,
    result=TraceTrainResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=TraceTrainParams(
            site="PG1", dataset="bond-traces", kinds=("logistic",), folds=3, tune=False
        ),
        data=sample_traces,
    ),
)
