"""What others know, put into a scenario: road distances of a router, sites that a run found."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api import etag
from api.deps import Now, SettingsDep, WriteSession
from api.scenario_bodies import (
    CandidatesDraft,
    DistancesDraft,
    DistancesView,
    RevisedView,
    ScenarioRevisionView,
)
from api.scenario_documents import judged
from api.scenario_revisions import MOST_CHANGES, revised
from api.scenario_step import Step, StepDep, refusal
from ops.db import results, runs
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import packed
from ops.errors import BadData, NotFound, Problem
from ops.work.distances import with_distances
from ops.work.road import Router
from solvers.errors import ScenarioError
from solvers.scenario.edit import edited, sentences
from solvers.scenario.edit_kinds import Edit

router = APIRouter(prefix="/v1/scenarios/{code}", tags=["scenarios"])
SITING = "greenfield"  # the analysis whose runs find sites
_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


@router.post("/distances", status_code=201)
def distances(
    body: DistancesDraft,
    step: StepDep,
    session: WriteSession,
    settings: SettingsDep,
    now: Now,
    response: Response,
) -> DistancesView:
    """Measure the missing distances by the configured router; the next revision holds them."""
    base = step.base(body.revision)
    server = Router(settings.router_url, settings.router_kind)
    found = with_distances(
        base.document, server, which=body.pairs, mode=body.mode, replace=body.replace
    )
    packet, flaws = packed(found.scenario), judged(found.scenario)
    said = f"{found.measured} distances of {found.source}"
    note = f"{body.note}: {said}" if body.note else said
    origin = Origin("distances", base.number, note, detail={"source": found.source})
    row, revision = step.store(session, base, packet, origin, now)
    etag.tag(response, row.row_version)
    made = revised(
        base, found.scenario, ScenarioRevisionView.model_validate(revision), flaws, (said,)
    )
    return DistancesView(
        source=found.source,
        measured=found.measured,
        unreachable=list(found.unreachable[:MOST_CHANGES]),
        unplaced=list(found.unplaced[:MOST_CHANGES]),
        **made.model_dump(),
    )


@router.post("/candidates", status_code=201)
def candidates(
    body: CandidatesDraft, step: StepDep, session: WriteSession, now: Now, response: Response
) -> RevisedView:
    """Add the sites that a greenfield study has found, as candidates of the next revision."""
    base = step.base(body.revision)
    edit = found_sites(step, body.run)
    try:
        changed, said = edited(base.document, [edit]), sentences(base.document, [edit])
    except ScenarioError as error:
        raise refusal(error, "run") from error
    packet, flaws = packed(changed), judged(changed)
    told = [edit.model_dump(mode="json")]
    origin = Origin("candidates", base.number, body.note, told, {"run": body.run})
    row, revision = step.store(session, base, packet, origin, now)
    etag.tag(response, row.row_version)
    made = ScenarioRevisionView.model_validate(revision)
    return revised(base, changed, made, flaws, said)


def found_sites(step: Step, run_id: str) -> Edit:
    """Edit that a greenfield study of the scenario offers.

    Raises
    ------
    BadData
        If the run is no such study, or chose no sites.
    """
    with step.database.read() as session:
        try:
            run = runs.find(session, run_id, step.actor.scope)
        except NotFound as error:
            raise BadData(str(error), (Problem("/run", str(error)),)) from error
        result = results.whole(session, run) or {}
    if run.analysis != SITING or result.get("scenario") != step.code:
        reason = f"is a {run.analysis} of {run.params.get('scenario')!r}; name a {SITING} run of it"
    elif not result.get("edit"):
        reason = f"is {run.state} and chose no sites; give it other limits"
    else:
        return _EDIT.validate_python(result["edit"])
    raise BadData(f"run {run_id} {reason}", (Problem("/run", reason),))
