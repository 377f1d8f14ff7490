"""Models: names whose versions are made by runs or registered from outside."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api import etag
from api.body import Code
from api.coded import Archived, AtSite, listed, shown
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing
from api.model_bodies import ModelChange, ModelTask, ModelView
from api.tools import SiteCode
from ops.db import model_aliases, model_shelf, sites
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model

router = APIRouter(prefix="/v1/models", tags=["models"])

OfTask = Annotated[ModelTask | None, Query(description="Only those that predict it.")]


def view(session: Session, row: Model, codes: dict[int, str] | None = None) -> ModelView:
    """Answer of a model."""
    aliases = {n: a.number for n, a in model_aliases.current(session, row).items()}
    return shown(session, row, ModelView, codes, aliases=aliases)


def _tagged(session: Session, row: Model, response: Response) -> ModelView:
    etag.tag(response, row.row_version)
    return view(session, row)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    task: OfTask = None,
    archived: Archived = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ModelView]:
    """List the models of the caller's sites."""
    site_id = sites.id_of(session, actor.scope, site)
    query = model_shelf.listed(actor.scope, site_id=site_id, task=task, archived=archived)
    return listed(session, query, model_shelf.KEY, view, limit=limit, cursor=cursor)


@router.get("/{code}")
def read(
    code: Code, session: ReadSession, actor: ActorDep, response: Response, site: AtSite = None
) -> ModelView:
    """Read one model."""
    return _tagged(session, SHELF.find(session, actor.scope, code, site=site), response)


@router.patch("/{code}")
def change(
    code: Code,
    body: ModelChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> ModelView:
    """Change the title, archive it, or bring it back."""
    row = SHELF.find(session, actor.scope, code, site=site)
    etag.check(if_match, row.row_version)
    SHELF.change(session, row, body.given("archived"), actor=actor, now=now)
    if "archived" in body.model_fields_set:
        (SHELF.archive if body.archived else SHELF.restore)(session, row, actor=actor, now=now)
    return _tagged(session, row, response)
