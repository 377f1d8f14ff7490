"""Classifier training: candidates on honest splits, one kept, calibrated, registered."""

from time import monotonic

from ops.analyses.classifier_plan import plan_of
from ops.analyses.classifier_train_draft import draft
from ops.analyses.classifier_train_models import Beside
from ops.analyses.classifier_train_page import view
from ops.analyses.classifier_train_params import ClassifierTrainParams
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analyses.classifier_train_sample import sample_bonds
from ops.analyses.classifier_train_told import told
from ops.analysis import Analysis, Example, Progress
from ops.classifier_query import ClassifierData, ClassifierQuery
from ops.classify.checks import inspect, refuse
from ops.classify.models.settings import ModelSettings
from ops.classify.packet import packed
from ops.classify.training.champion import champion_again
from ops.classify.training.explain import explained
from ops.classify.training.kinds import settings_of
from ops.classify.training.rows import labelled_rows
from ops.classify.training.search import searched
from ops.classify.training.train import train


def needs(params: ClassifierTrainParams) -> ClassifierQuery:
    """Ask for the rows, and for the champion that a new version is held against."""
    return ClassifierQuery(
        dataset=params.dataset,
        kind="table",
        revision=params.revision,
        rebuild=params.rebuild,
        model=params.model,
        versions=("champion",) if params.model else (),
        new_model=True,
        task="classify" if params.model else "",
        answers=False,  # a stranger's champion is not fitted again
        site=params.site,
    )


def compute(
    data: ClassifierData, params: ClassifierTrainParams, progress: Progress
) -> ClassifierTrainResult:
    """Try the candidates, keep one, judge it, and hand it to the registry.

    Raises
    ------
    NotEnoughData
        If there are no rows, one class only, or too few rows of a class for any split.
    BadData
        If no column is the label, or a doubt about the data forbids to learn from them.
    """
    rows = labelled_rows(data.table, data.document)
    warnings = inspect(data.table, data.document, params.features)
    refuse(warnings)
    progress(0.02, f"{len(data.table)} rows looked at")
    kinds: tuple[ModelSettings, ...] = tuple(settings_of(kind) for kind in params.kinds)
    plan, tried = plan_of(params, rows, params.features, (*params.settings, *kinds)), 0
    if params.search_s > 0:
        found = searched(
            rows, data.document, plan, params.kinds,
            clock=monotonic, budget_s=params.search_s,
            tell=lambda share, said: progress(0.02 + 0.06 * share, said),
        )  # fmt: skip
        plan, tried = found.plan, len(found.found.candidates)
    training = train(rows, data.document, plan, progress)
    champion = next((m for m in data.models if m.origin == "own"), None)
    again = None
    if champion is not None:
        again = champion_again(training, data.document, plan, champion.spec)
    explanation = explained(training, plan)
    progress(0.9, "explained")
    artefact = packed(training.classifier) if params.model else b""
    beside = Beside(warnings, champion, again, artefact, tried)
    result = told(data, params, plan, training, explanation, beside)
    if params.model:
        page = view(result)
        progress(1.0, "trained", model=draft(data, params, plan, training, result, page, artefact))
    else:
        progress(1.0, "trained")
    return result


CLASSIFIER_TRAIN = Analysis(
    name="classifier-train",
    title="Classifier training",
    summary="Learns to foretell a label from rows of a dataset, and says honestly how well.",
    version=1,
    params=ClassifierTrainParams,
    result=ClassifierTrainResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=ClassifierTrainParams(
            site="PG1", dataset="bond-defects", kinds=("logistic",), folds=3, tune=False
        ),
        data=sample_bonds,
    ),
)
