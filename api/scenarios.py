"""Scenarios: supply networks to be planned; each document is a revision that is never changed."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api import etag
from api.body import Code
from api.coded import Archived, AtSite, listed, shown
from api.deps import ActorDep, Now, Planner, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing
from api.scenario_bodies import (
    ApprovalDraft,
    FlawsView,
    ScenarioAnswer,
    ScenarioChange,
    ScenarioView,
)
from api.scenario_documents import DraftDep, described, judged
from api.tools import SiteCode
from ops.db import runs, scenario_revisions, scenarios, sites
from ops.db.models.network import StoredScenario
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import packed
from ops.errors import BadData, NotFound, Problem
from ops.values import Actor
from ops.work.submit import site_of

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])


def view(
    session: Session, row: StoredScenario, codes: dict[int, str] | None = None
) -> ScenarioView:
    """Answer of a scenario."""
    return shown(session, row, ScenarioView, codes)


def answer(
    session: Session, row: StoredScenario, flaws: FlawsView, response: Response
) -> ScenarioAnswer:
    """Answer of a scenario that was just stored."""
    etag.tag(response, row.row_version)
    response.headers["Location"] = f"/v1/scenarios/{row.code}"
    return ScenarioAnswer(**view(session, row).model_dump(), **flaws.model_dump())


def _tagged(session: Session, row: StoredScenario, response: Response) -> ScenarioView:
    etag.tag(response, row.row_version)
    return view(session, row)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    archived: Archived = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ScenarioView]:
    """List the scenarios of the caller's sites."""
    site_id = sites.id_of(session, actor.scope, site)
    query = scenarios.listed(actor.scope, site_id=site_id, archived=archived)
    return listed(session, query, scenarios.KEY, view, limit=limit, cursor=cursor)


@router.post("", status_code=201, openapi_extra=described("ScenarioDraft"))
def create(
    draft: DraftDep, actor: Planner, session: WriteSession, now: Now, response: Response
) -> ScenarioAnswer:
    """Add a scenario with its first revision; a document whose meaning has flaws is a draft."""
    packet, flaws = packed(draft.document), judged(draft.document)
    told = (draft.code, draft.site, draft.title or draft.document.title, draft.note)
    row = scenarios.create(session, fields_of(session, told, actor), actor=actor, now=now)
    origin = Origin("create", note=draft.note)
    scenario_revisions.begin(session, row, packet, origin, actor=actor, now=now)
    return answer(session, row, flaws, response)


def fields_of(
    session: Session, told: tuple[str, str | None, str, str], actor: Actor
) -> dict[str, Any]:
    """Columns of a new scenario of a code, site, title and note; the site is one of the caller."""
    code, place, title, note = told
    site = site_of(session, place, actor.scope)
    title = (title or code).translate(_CONTROL)[:200]
    return {"code": code, "site_id": site.id if site else None, "title": title, "note": note}


_CONTROL = dict.fromkeys(range(32), " ")  # a title is one line


@router.get("/{code}")
def read(
    code: Code, session: ReadSession, actor: ActorDep, response: Response, site: AtSite = None
) -> ScenarioView:
    """Read one scenario; its document is `/document` of a revision."""
    return _tagged(session, scenarios.find(session, actor.scope, code, site=site), response)


@router.patch("/{code}")
def change(
    code: Code,
    body: ScenarioChange,
    session: WriteSession,
    actor: Planner,
    now: Now,
    response: Response,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> ScenarioView:
    """Change title or note, archive it, or bring it back."""
    row = scenarios.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    scenarios.change(session, row, body.given("archived"), actor=actor, now=now)
    if "archived" in body.model_fields_set:
        move = scenarios.archive if body.archived else scenarios.restore
        move(session, row, actor=actor, now=now)
    return _tagged(session, row, response)


@router.delete("/{code}", status_code=204)
def delete(
    code: Code,
    session: WriteSession,
    actor: Planner,
    now: Now,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> None:
    """Archive a scenario: runs refer to its revisions, so nothing is lost."""
    row = scenarios.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    scenarios.archive(session, row, actor=actor, now=now)


@router.post("/{code}/approve")
def approve(
    code: Code,
    body: ApprovalDraft,
    session: WriteSession,
    actor: Planner,
    now: Now,
    response: Response,
    site: AtSite = None,
) -> ScenarioView:
    """Make a plan the one that is in force; plan-monitor compares with it."""
    row = scenarios.find(session, actor.scope, code, site=site)
    try:
        run = runs.find(session, body.run, actor.scope)
    except NotFound as error:
        raise BadData(str(error), (Problem("/run", str(error)),)) from error
    scenarios.approve(session, row, run, actor=actor, now=now)
    return _tagged(session, row, response)
