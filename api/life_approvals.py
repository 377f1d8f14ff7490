"""Approvals of lives: which run of a life test somebody stands for, and why."""

from fastapi import APIRouter, Response

from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.life_bodies import LifeApprovalDraft, LifeApprovalView
from api.listing import Cursor, Limit, Listing, page
from ops.db import life_approvals, life_tests, runs
from ops.errors import BadData, NotFound, Problem

router = APIRouter(prefix="/v1/life-tests/{code}/approvals", tags=["life-tests"])


@router.post("", status_code=201)
def approve(
    code: Code,
    body: LifeApprovalDraft,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    site: AtSite = None,
) -> LifeApprovalView:
    """Approve the life that a succeeded run of this test reports; it is kept for good."""
    row = life_tests.find(session, actor.scope, code, site=site)
    try:
        run = runs.find(session, body.run, actor.scope)
    except NotFound as error:
        raise BadData(str(error), (Problem("/run", str(error)),)) from error
    words = (body.rationale, body.waiver)
    given = life_approvals.approve(session, row, run, words, actor=actor, now=now)
    response.headers["Location"] = f"/v1/life-tests/{row.code}/approvals"
    return LifeApprovalView.model_validate(given)


@router.get("")
def approvals(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[LifeApprovalView]:
    """List the approvals of a life test, the newest first."""
    row = life_tests.find(session, actor.scope, code, site=site)
    query = life_approvals.listed(row)
    found, following = page(
        session, query, life_approvals.KEY, limit=limit, cursor=cursor, descending=True
    )
    return Listing(items=[LifeApprovalView.model_validate(a) for a in found], next=following)
