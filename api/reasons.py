"""Reasons: the catalogue of causes and actions that people of a site choose from."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from api import etag
from api.body import Body, Code, Id, Optional, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.tools import SiteCode
from ops.db import reasons, sites
from ops.db.models.control import Reason

router = APIRouter(prefix="/v1/reasons", tags=["reasons"])

ReasonKind = Literal["cause", "action"]


class ReasonDraft(Body):
    """A cause or an action to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1", "kind": "cause", "code": "GAUGE", "title": "Gauge was out of order",
            }
        }
    )  # fmt: skip
    site: Code = Field(description="Code of its site.")
    kind: ReasonKind = Field(description="Why it happened, or what was done.")
    code: Code = Field(description="Short name, unique at the site, never changed.")
    title: Title = Field(description="What it means.")


class ReasonChange(Body):
    """What of a reason is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"is_active": False}})
    title: Annotated[Title, Optional] = Field(default="", description="What it means.")
    is_active: Annotated[bool, Optional] = Field(
        default=True, description="False puts it away: marks keep it, new ones cannot take it."
    )


class ReasonView(View):
    """A cause or an action of a site's catalogue."""

    id: int = Field(description="Number of the reason.")
    site: str = Field(description="Code of its site.")
    kind: ReasonKind = Field(description="Why it happened, or what was done.")
    code: str = Field(description="Short name.")
    title: str = Field(description="What it means.")
    is_active: bool = Field(description="Whether new marks can take it.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")


def _views(session: Session, rows: list[Reason]) -> list[ReasonView]:
    codes = sites.codes(session)
    names = set(ReasonView.model_fields) - {"site"}
    return [
        ReasonView(site=codes[row.site_id], **{n: getattr(row, n) for n in names}) for row in rows
    ]


def _view(session: Session, row: Reason, response: Response) -> ReasonView:
    etag.tag(response, row.row_version)
    return _views(session, [row])[0]


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    kind: Annotated[ReasonKind | None, Query(description="Only of this kind.")] = None,
    is_active: Annotated[bool | None, Query(description="Only in use, or put away.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ReasonView]:
    """List the causes and actions of the caller's sites."""
    site_id = sites.id_of(session, actor.scope, site)
    query = reasons.listed(actor.scope, site_id=site_id, kind=kind, is_active=is_active)
    rows, following = page(session, query, reasons.KEY, limit=limit, cursor=cursor)
    return Listing(items=_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: ReasonDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> ReasonView:
    """Add a cause or an action."""
    site = sites.with_code(session, actor.scope, body.site)
    fields = body.model_dump(exclude={"site"})
    row = reasons.create(session, site, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/reasons/{row.id}"
    return _view(session, row, response)


@router.get("/{reason_id}")
def read(reason_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> ReasonView:
    """Read one cause or action."""
    return _view(session, reasons.get(session, actor.scope, reason_id), response)


@router.patch("/{reason_id}")
def change(
    reason_id: Id,
    body: ReasonChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ReasonView:
    """Change its title, put it away, or take it back into use."""
    row = reasons.get(session, actor.scope, reason_id)
    etag.check(if_match, row.row_version)
    reasons.change(session, row, body.given(), actor=actor, now=now)
    return _view(session, row, response)
