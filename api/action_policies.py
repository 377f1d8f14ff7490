"""Action policies: what is done about drift at a site, by cost and evidence."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field, JsonValue
from sqlalchemy.orm import Session

from api import etag
from api.body import Body, Code, Id, Optional, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import action_policies, sites
from ops.db.models.control import ActionPolicyRow
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.policy import ActionPolicy

router = APIRouter(prefix="/v1/action-policies", tags=["action-policies"])

SiteCode = Annotated[str | None, Query(max_length=64, description="Only of this site.")]
PolicyCode = Annotated[str | None, Query(max_length=64, description="Only of this code.")]
EXAMPLE: dict[str, JsonValue] = DEFAULT_POLICY.model_dump(mode="json")


class ActionPolicyDraft(Body):
    """An action policy to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "code": "default",
                "title": "Drift of wire bonders",
                "document": EXAMPLE,
            }
        }
    )
    site: Code = Field(description="Code of its site.")
    code: Code = Field(description="Short name, unique at the site, never changed.")
    title: Title = Field(description="Name in full.")
    document: ActionPolicy = Field(
        description="Actions with their costs, costs of going on, rules."
    )


class ActionPolicyChange(Body):
    """What of an action policy is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"document": EXAMPLE}})
    title: Annotated[Title, Optional] = Field(default="", description="Name in full.")
    document: Annotated[ActionPolicy, Optional] = Field(
        default=DEFAULT_POLICY, description="The whole document, in place of the one there was."
    )


class ActionPolicyView(View):
    """An action policy."""

    id: int = Field(description="Number of the policy.")
    site: str = Field(description="Code of its site.")
    code: str = Field(description="Short name.")
    title: str = Field(description="Name in full.")
    document: ActionPolicy = Field(
        description="Actions with their costs, costs of going on, rules."
    )
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")


def _views(session: Session, rows: list[ActionPolicyRow]) -> list[ActionPolicyView]:
    codes = sites.codes(session)
    return [
        ActionPolicyView(
            id=row.id,
            site=codes[row.site_id],
            code=row.code,
            title=row.title,
            document=ActionPolicy.model_validate(row.document),
            created_by=row.created_by,
            created_at=row.created_at,
        )
        for row in rows
    ]


def _view(session: Session, row: ActionPolicyRow, response: Response) -> ActionPolicyView:
    etag.tag(response, row.row_version)
    return _views(session, [row])[0]


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    code: PolicyCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ActionPolicyView]:
    """List the action policies of the caller's sites."""
    query = action_policies.listed(
        actor.scope, site_id=sites.id_of(session, actor.scope, site), code=code
    )
    rows, following = page(session, query, action_policies.KEY, limit=limit, cursor=cursor)
    return Listing(items=_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: ActionPolicyDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> ActionPolicyView:
    """Add an action policy; drift is decided by the one of the code `default` unless told."""
    site = sites.with_code(session, actor.scope, body.site)
    fields = body.model_dump(mode="json", exclude={"site"})
    row = action_policies.create(session, site, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/action-policies/{row.id}"
    return _view(session, row, response)


@router.get("/{policy_id}")
def read(
    policy_id: Id, session: ReadSession, actor: ActorDep, response: Response
) -> ActionPolicyView:
    """Read one action policy."""
    return _view(session, action_policies.get(session, actor.scope, policy_id), response)


@router.patch("/{policy_id}")
def change(
    policy_id: Id,
    body: ActionPolicyChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ActionPolicyView:
    """Change an action policy; a document takes the place of the whole one before."""
    row = action_policies.get(session, actor.scope, policy_id)
    etag.check(if_match, row.row_version)
    fields = body.model_dump(mode="json", include=body.model_fields_set)
    action_policies.change(session, row, fields, actor=actor, now=now)
    return _view(session, row, response)


@router.delete("/{policy_id}", status_code=204)
def delete(
    policy_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete an action policy; results that were computed with it stay."""
    row = action_policies.get(session, actor.scope, policy_id)
    etag.check(if_match, row.row_version)
    action_policies.remove(session, row, actor=actor, now=now)
