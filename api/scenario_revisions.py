"""Revisions of a scenario: read, compared, made anew or by edits, copied."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import TypeAdapter

from api import etag
from api.body import Code
from api.coded import AtRevision, AtSite, Number
from api.deps import ActorDep, Now, ReadSession, WriteSession
from api.listing import Cursor, Limit, Listing, page
from api.scenario_bodies import (
    ChangeView,
    CopyDraft,
    DiffView,
    EditsDraft,
    FlawsView,
    RevisedView,
    ScenarioAnswer,
    ScenarioRevisionView,
)
from api.scenario_documents import RevisionDep, described, judged
from api.scenario_step import Base, StepDep, refusal
from api.scenarios import answer, fields_of
from ops.db import scenario_revisions, scenarios
from ops.db.scenario_revisions import KEY, Origin
from ops.db.scenario_text import packed
from ops.errors import Unseen
from solvers.errors import ScenarioError
from solvers.scenario.diff import diff
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited, sentences
from solvers.scenario.edit_kinds import Edit

router = APIRouter(prefix="/v1/scenarios/{code}", tags=["scenarios"])

OfRevision = Annotated[Number, Path(description="Number of the revision.")]
DryRun = Annotated[bool, Query(description="Only say what would come out; nothing is stored.")]
MOST_CHANGES = 1000
_EDITS: TypeAdapter[list[Edit | str]] = TypeAdapter(list[Edit | str])
_DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Scenario"}}},
        "description": "The document.",
    }
}


@router.get("/revisions")
def revisions(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ScenarioRevisionView]:
    """List the revisions of a scenario, the newest first."""
    row = scenarios.find(session, actor.scope, code, site=site)
    query = scenario_revisions.listed(row)
    rows, following = page(session, query, KEY, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[ScenarioRevisionView.model_validate(r) for r in rows], next=following)


@router.post("/revisions", status_code=201, openapi_extra=described("ScenarioRevisionDraft"))
def revise(
    draft: RevisionDep, step: StepDep, session: WriteSession, now: Now, response: Response
) -> ScenarioAnswer:
    """Add the next revision; If-Match names the version of the scenario that was read."""
    if step.if_match is None:
        raise Unseen("the header If-Match is missing; read the scenario, then send its ETag")
    packet, flaws = packed(draft.document), judged(draft.document)
    row = scenarios.find(session, step.actor.scope, step.code, site=step.site)
    etag.check(step.if_match, row.row_version)
    origin = Origin("upload", parent=row.newest, note=draft.note)
    scenario_revisions.add(session, row, packet, origin, actor=step.actor, now=now)
    return answer(session, row, flaws, response)


@router.get("/revisions/{number}")
def revision(
    code: Code, number: OfRevision, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> ScenarioRevisionView:
    """Read one revision, without its document."""
    row = scenarios.find(session, actor.scope, code, site=site)
    return ScenarioRevisionView.model_validate(scenario_revisions.find(session, row, number))


@router.get("/revisions/{number}/document", response_class=Response, responses=_DOCUMENT)
def document(
    code: Code, number: OfRevision, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> Response:
    """Read the document of a revision; what has its default is left out."""
    row = scenarios.find(session, actor.scope, code, site=site)
    found = scenario_revisions.find(session, row, number)
    text = scenario_revisions.text(session, found)
    return Response(text, media_type="application/json")


@router.get("/flaws")
def flaws(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    revision: AtRevision = None,
    site: AtSite = None,
) -> FlawsView:
    """Say what is wrong with the meaning of a revision; analyses refuse it while anything is."""
    row = scenarios.find(session, actor.scope, code, site=site)
    found = scenario_revisions.find(session, row, revision)
    return judged(scenario_revisions.document(session, found))


@router.get("/diff")
def differences(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    first: Annotated[Number, Query(alias="from", description="Number of a revision.")],
    second: Annotated[Number, Query(alias="to", description="Number of a revision.")],
    site: AtSite = None,
) -> DiffView:
    """Say what differs between two revisions."""
    row = scenarios.find(session, actor.scope, code, site=site)
    before, after = (
        scenario_revisions.document(session, scenario_revisions.find(session, row, number))
        for number in (first, second)
    )
    return difference(before, after, (first, second))


@router.post("/edits", status_code=201)
def edit(
    body: EditsDraft,
    step: StepDep,
    session: WriteSession,
    now: Now,
    response: Response,
    dry_run: DryRun = False,
) -> RevisedView:
    """Make the next revision by edits, or say what would come out."""
    base = step.base(body.revision)
    changed = _edited(base.document, body.edits)
    told = _EDITS.dump_python(body.edits, mode="json", exclude_defaults=False)
    origin = Origin("edits", parent=base.number, note=body.note, edits=told)
    packet, flaws = packed(changed), judged(changed)
    made = None
    if not dry_run:
        row, stored = step.store(session, base, packet, origin, now)
        etag.tag(response, row.row_version)
        made = ScenarioRevisionView.model_validate(stored)
    return revised(base, changed, made, flaws, sentences(base.document, body.edits))


@router.post("/copy", status_code=201)
def copy(
    body: CopyDraft, step: StepDep, session: WriteSession, now: Now, response: Response
) -> ScenarioAnswer:
    """Copy a scenario under another code, with edits."""
    base = step.base(body.revision)
    changed = _edited(base.document, body.edits)
    packet, flaws = packed(changed), judged(changed)
    fields = fields_of(
        session, (body.code, body.site, body.title or base.row.title, body.note), step.actor
    )
    row = scenarios.create(session, fields, actor=step.actor, now=now)
    told = _EDITS.dump_python(body.edits, mode="json")
    detail = {"scenario": base.row.code, "revision": base.number}
    origin = Origin("copy", note=body.note, edits=told or None, detail=detail)
    scenario_revisions.begin(session, row, packet, origin, actor=step.actor, now=now)
    return answer(session, row, flaws, response)


def revised(
    base: Base,
    changed: Scenario,
    made: ScenarioRevisionView | None,
    flaws: FlawsView,
    said: tuple[str, ...],
) -> RevisedView:
    """Answer of a step from one revision to the next."""
    numbers = (base.number, None if made is None else made.number)
    return RevisedView(
        revision=made,
        sentences=list(said),
        diff=difference(base.document, changed, numbers),
        **flaws.model_dump(),
    )


def difference(before: Scenario, after: Scenario, numbers: tuple[int, int | None]) -> DiffView:
    """Answer of two documents."""
    found = diff(before, after)
    shown = [
        ChangeView(
            pointer=c.pointer, kind=c.kind, before=c.before, after=c.after, sentence=c.sentence()
        )
        for c in found[:MOST_CHANGES]
    ]
    return DiffView(
        from_revision=numbers[0], to_revision=numbers[1], change_count=len(found), changes=shown
    )


def _edited(scenario: Scenario, edits: list[Edit | str]) -> Scenario:
    try:
        return edited(scenario, edits)
    except ScenarioError as error:
        raise refusal(error, "edits") from error
