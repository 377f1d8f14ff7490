"""Virtual metrology: a measured number foretold from machine data, and when to measure instead."""

from ops.analyses.classifier_train_lines import warned
from ops.analyses.virtual_metrology_draft import draft
from ops.analyses.virtual_metrology_page import view
from ops.analyses.virtual_metrology_params import VirtualMetrologyParams
from ops.analyses.virtual_metrology_result import VirtualMetrologyResult
from ops.analyses.virtual_metrology_sample import sample_loops
from ops.analyses.virtual_metrology_told import HeldAgainst, told
from ops.analysis import Analysis, Example, Progress
from ops.classifier_query import ClassifierData, ClassifierQuery
from ops.classify.checks import inspect, refuse
from ops.classify.metrology.champion import against_champion, number_champion_again
from ops.classify.metrology.kinds import number_settings_of
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.rows import measured_rows
from ops.classify.metrology.train import NumberTraining, train_numbers
from ops.classify.models.settings import RidgeSettings
from ops.classify.packet import packed


def needs(params: VirtualMetrologyParams) -> ClassifierQuery:
    """Ask for the rows, and for the champion that a new version is held against."""
    return ClassifierQuery(
        dataset=params.dataset,
        kind="table",
        revision=params.revision,
        rebuild=params.rebuild,
        model=params.model,
        versions=("champion",) if params.model else (),
        new_model=True,
        task="regress" if params.model else "",
        answers=False,  # a stranger's champion is not fitted again
        site=params.site,
    )


def compute(
    data: ClassifierData, params: VirtualMetrologyParams, progress: Progress
) -> VirtualMetrologyResult:
    """Try the candidates, keep one, judge its intervals and its reliance, hand it over.

    Raises
    ------
    NotEnoughData
        If there are too few measured rows for any split.
    BadData
        If no column of numbers is the label, or a doubt about the data forbids to learn from them.
    """
    rows = measured_rows(data.table, data.document)
    warnings = inspect(data.table, data.document, params.features)
    refuse(warnings)
    progress(0.02, f"{len(data.table)} rows looked at")
    kinds = tuple(number_settings_of(kind, params.coverage) for kind in params.kinds)
    plan = NumberPlan(
        spec=params.features,
        candidates=(*params.settings, *kinds),
        folds=params.folds,
        splits=params.splits,
        tune=params.tune,
        headline=params.headline,
        level=params.coverage,
        tolerance=params.tolerance,
        share=params.within,
        measure=params.measure,
        seed=params.seed,
    )
    training = train_numbers(rows, data.document, plan, progress)
    artefact = packed(training.regressor) if params.model else b""
    result = told(
        data, params, plan, training, warned(warnings), artefact, _held(data, plan, training)
    )
    if not params.model:
        progress(1.0, "trained")
        return result
    made = draft(data, params, plan, training, result, view(result), artefact)
    progress(1.0, "trained", model=made)
    return result


def _held(data: ClassifierData, plan: NumberPlan, training: NumberTraining) -> HeldAgainst | None:
    """Hold the kept model against the champion, if there is one of ours."""
    champion = next((m for m in data.models if m.origin == "own"), None)
    if champion is None:
        return None
    again = number_champion_again(training, data.document, plan, champion.spec)
    return HeldAgainst(champion.number, against_champion(training, again, plan))


VIRTUAL_METROLOGY = Analysis(
    name="virtual-metrology",
    title="Virtual metrology",
    summary="Foretells a measured number from machine data, and says when to measure instead.",
    version=1,
    params=VirtualMetrologyParams,
    result=VirtualMetrologyResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=VirtualMetrologyParams(
            site="PG1",
            dataset="loop-heights",
            kinds=(),
            settings=(RidgeSettings(strength=1.0),),
            folds=3,
            tune=False,
        ),
        data=sample_loops,
    ),
)
