"""What a run of a scenario is pinned to at submit: the revision that is the newest one then."""

from sqlalchemy.orm import Session

from ops.analysis import AnalysisParams, AnyAnalysis
from ops.db import runs, scenario_revisions, scenarios
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.query import ScenarioQuery
from ops.values import Scope


def pin_revision(
    session: Session, analysis: AnyAnalysis, params: AnalysisParams, scope: Scope
) -> AnalysisParams:
    """Check that the scenario exists, and write its newest revision into the parameters.

    Parameters without a field `scenario` are returned as they are; those without a field
    `revision` are pinned by the `as_of` of the run alone. What asks for a `plan` of a scenario,
    and not for the scenario itself, gets the run that is approved, if there is one.

    Raises
    ------
    BadData
        With the pointer `/scenario` or `/revision`, if there is none within `scope`, or if the
        scenario is archived.
    """
    if "scenario" not in type(params).model_fields:
        return params
    query = analysis.needs(params)
    if not isinstance(query, ScenarioQuery):
        return _with_plan(session, params, scope)
    pointer = "/scenario"
    try:
        row = scenarios.find(
            session, scope, query.code, site=query.site or params.site, shared=True
        )
        scenarios.refuse_archived(row)
        pointer = "/revision"
        revision = scenario_revisions.find(session, row, query.revision)
    except (NotFound, Conflict) as error:
        raise BadData(str(error), (Problem(pointer, str(error)),)) from error
    if "revision" not in type(params).model_fields:
        return params
    return params.model_copy(update={"revision": revision.number})


def _with_plan(session: Session, params: AnalysisParams, scope: Scope) -> AnalysisParams:
    asked = params.model_dump(include={"scenario", "plan"})
    if asked.get("plan", "") is not None or asked["scenario"] is None:
        return params
    try:
        row = scenarios.find(session, scope, asked["scenario"], site=params.site, shared=True)
        runs.find(session, row.approved_run or "", scope)
    except (NotFound, Conflict):  # none approved, or retention has taken it: the newest plan is it
        return params
    return params.model_copy(update={"plan": row.approved_run})
