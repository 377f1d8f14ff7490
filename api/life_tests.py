"""Life tests: what was tested; rows and document are revisions that are never changed."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api import etag
from api.body import Code
from api.coded import Archived, AtSite, listed, placed, shown
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.life_bodies import LifeTestChange, LifeTestDraft, LifeTestView
from api.listing import Cursor, Limit, Listing
from api.tools import SiteCode
from ops.db import life_revisions, life_tests, sites
from ops.db.models.life import LifeTest
from ops.life_query import LifeTestKind

router = APIRouter(prefix="/v1/life-tests", tags=["life-tests"])

OfKind = Annotated[LifeTestKind | None, Query(description="Only those whose rows are of it.")]


def view(session: Session, row: LifeTest, codes: dict[int, str] | None = None) -> LifeTestView:
    """Answer of a life test."""
    return shown(session, row, LifeTestView, codes)


def _tagged(session: Session, row: LifeTest, response: Response) -> LifeTestView:
    etag.tag(response, row.row_version)
    return view(session, row)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    kind: OfKind = None,
    archived: Archived = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[LifeTestView]:
    """List the life tests of the caller's sites."""
    site_id = sites.id_of(session, actor.scope, site)
    query = life_tests.listed(actor.scope, site_id=site_id, kind=kind, archived=archived)
    return listed(session, query, life_tests.KEY, view, limit=limit, cursor=cursor)


@router.post("", status_code=201)
def create(
    body: LifeTestDraft, actor: Engineer, session: WriteSession, now: Now, response: Response
) -> LifeTestView:
    """Add a life test; its rows are sent to /rows."""
    fields = body.model_dump(mode="json", include={"code", "kind", "document"})
    fields |= placed(session, body, actor)
    row = life_tests.create(session, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/life-tests/{row.code}"
    return _tagged(session, row, response)


@router.get("/{code}")
def read(
    code: Code, session: ReadSession, actor: ActorDep, response: Response, site: AtSite = None
) -> LifeTestView:
    """Read one life test, without its rows."""
    return _tagged(session, life_tests.find(session, actor.scope, code, site=site), response)


@router.patch("/{code}")
def change(
    code: Code,
    body: LifeTestChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> LifeTestView:
    """Change title or document, archive it, or bring it back."""
    row = life_tests.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    life_tests.change(session, row, body.given("archived", "document"), actor=actor, now=now)
    if "archived" in body.model_fields_set and not body.archived:
        life_tests.restore(session, row, actor=actor, now=now)
    if "document" in body.model_fields_set:
        life_revisions.redocument(session, row, body.document, actor=actor, now=now)
    if body.archived:
        life_tests.archive(session, row, actor=actor, now=now)
    return _tagged(session, row, response)


@router.delete("/{code}", status_code=204)
def delete(
    code: Code,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> None:
    """Archive a life test: runs refer to its revisions, so nothing is lost."""
    row = life_tests.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    life_tests.archive(session, row, actor=actor, now=now)
