"""Tools: wire bonders and whatever else works at a site."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from api import etag
from api.body import Body, Code, Id, Optional, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import sites, tools
from ops.db.models.plant import Tool

router = APIRouter(prefix="/v1/tools", tags=["tools"])

SiteCode = Annotated[str | None, Query(max_length=64, description="Only of this site.")]


class ToolDraft(Body):
    """A tool to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "code": "WB-07",
                "title": "Wire bonder 7",
                "family": "ball bonder",
            }
        }
    )
    site: Code = Field(description="Code of its site.")
    code: Code = Field(description="Short name, unique at the site, never changed.")
    title: Title = Field(description="Name in full.")
    family: Title | None = Field(default=None, description="Model or type, to compare within.")


class ToolChange(Body):
    """What of a tool is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"family": "ball bonder, gen 2"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name in full.")
    family: Annotated[Title | None, Optional] = Field(default=None, description="Model or type.")


class ToolView(View):
    """A tool."""

    id: int = Field(description="Number of the tool.")
    site: str = Field(description="Code of its site.")
    code: str = Field(description="Short name.")
    title: str = Field(description="Name in full.")
    family: str | None = Field(description="Model or type.")
    created_at: datetime = Field(description="When it was added.")


def _views(session: Session, rows: list[Tool]) -> list[ToolView]:
    codes = sites.codes(session)
    return [
        ToolView(
            id=t.id,
            site=codes[t.site_id],
            code=t.code,
            title=t.title,
            family=t.family,
            created_at=t.created_at,
        )
        for t in rows
    ]


def _view(session: Session, tool: Tool, response: Response) -> ToolView:
    etag.tag(response, tool.row_version)
    return _views(session, [tool])[0]


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ToolView]:
    """List the tools of the caller's sites."""
    query = tools.listed(actor.scope, site_id=sites.id_of(session, actor.scope, site))
    rows, following = page(session, query, tools.KEY, limit=limit, cursor=cursor)
    return Listing(items=_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: ToolDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> ToolView:
    """Add a tool."""
    site = sites.with_code(session, actor.scope, body.site)
    tool = tools.create(session, site, body.model_dump(exclude={"site"}), actor=actor, now=now)
    response.headers["Location"] = f"/v1/tools/{tool.id}"
    return _view(session, tool, response)


@router.get("/{tool_id}")
def read(tool_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> ToolView:
    """Read one tool."""
    return _view(session, tools.get(session, actor.scope, tool_id), response)


@router.patch("/{tool_id}")
def change(
    tool_id: Id,
    body: ToolChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ToolView:
    """Change a tool."""
    tool = tools.get(session, actor.scope, tool_id)
    etag.check(if_match, tool.row_version)
    tools.change(session, tool, body.given(), actor=actor, now=now)
    return _view(session, tool, response)


@router.delete("/{tool_id}", status_code=204)
def delete(
    tool_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a tool that has no events."""
    tool = tools.get(session, actor.scope, tool_id)
    etag.check(if_match, tool.row_version)
    tools.remove(session, tool, actor=actor, now=now)
