"""The audit: every change, who made it, what was before and after."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from api.body import Instant, View
from api.deps import Admin, ReadSession
from api.listing import Cursor, Limit, Listing, page
from ops.db import audit
from ops.db.audit import AuditFilter

router = APIRouter(prefix="/v1/audit", tags=["audit"])

Text = Annotated[str | None, Query(max_length=200, description="Only records with this value.")]


class AuditView(View):
    """One change."""

    id: int = Field(description="Number of the record.")
    at: datetime = Field(description="When.")
    actor: str = Field(description="Who.")
    action: str = Field(description="create, update, delete, approve, revoke ...")
    resource: str = Field(description="Kind of the thing changed.")
    resource_id: str = Field(description="Its id.")
    site_id: int | None = Field(description="Its site.")
    before: dict[str, Any] | None = Field(description="The fields that changed, before.")
    after: dict[str, Any] | None = Field(description="The same fields, after.")
    correlation_id: str | None = Field(description="The request that did it.")


def _wanted(
    resource: Text = None,
    resource_id: Text = None,
    actor: Text = None,
    action: Text = None,
    since: Annotated[Instant | None, Query(description="From this instant on.")] = None,
    until: Annotated[Instant | None, Query(description="Before this instant.")] = None,
) -> AuditFilter:
    return AuditFilter(resource, resource_id, actor, action, since, until)


@router.get("")
def listing(
    session: ReadSession,
    caller: Admin,
    wanted: Annotated[AuditFilter, Depends(_wanted)],
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[AuditView]:
    """List the changes, newest first."""
    query = audit.listed(caller.scope, wanted)
    rows, following = page(session, query, audit.KEY, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[AuditView.model_validate(r) for r in rows], next=following)
