"""API keys: issued once in clear, listed without their secret, revoked."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict, Field

from api.body import MAX_ID, Body, Id, Instant, Title, View
from api.deps import Now, ReadSession, Steward, WriteSession
from api.listing import Cursor, Limit, Listing, page
from api.users import SiteIds
from ops.db import keys, sites, users
from ops.db.keys import KeyDraft
from ops.values import Role

router = APIRouter(prefix="/v1/keys", tags=["keys"])

Active = Annotated[bool | None, Query(description="Only keys that work, or that no longer do.")]


class ApiKeyDraft(Body):
    """An API key to be issued."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"name": "line 3 uploader", "role": "engineer", "sites": None}
        }
    )
    name: Title = Field(description="Who or what uses it.")
    role: Role = Field(description="What it may do.")
    sites: SiteIds | None = Field(default=None, description="Ids of the sites seen; null = all.")
    expires_at: Instant | None = Field(default=None, description="When it ends by itself.")
    user_id: int | None = Field(default=None, ge=1, le=MAX_ID, description="Whose key it is.")


class ApiKeyView(View):
    """An API key, without its secret."""

    id: int = Field(description="Number of the key.")
    user_id: int | None = Field(description="Whose key it is.")
    name: str = Field(description="Who or what uses it.")
    prefix: str = Field(description="The key starts with `lr_` and this.")
    role: Role = Field(description="What it may do.")
    sites: list[int] | None = Field(description="Ids of the sites seen; null = all.")
    created_by: str = Field(description="Who issued it.")
    created_at: datetime = Field(description="When it was issued.")
    expires_at: datetime | None = Field(description="When it ends by itself.")
    revoked_at: datetime | None = Field(description="When it was revoked.")
    last_used_at: datetime | None = Field(description="Last use, to about a minute.")


class ApiKeyIssued(ApiKeyView):
    """A new API key, with the text that is shown this once."""

    token: str = Field(description="The key; it cannot be read again.")


@router.get("")
def listing(
    session: ReadSession,
    actor: Steward,
    now: Now,
    active: Active = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ApiKeyView]:
    """List the keys."""
    del actor
    query = keys.listed(active=active, now=now)
    rows, following = page(session, query, keys.KEY, limit=limit, cursor=cursor)
    return Listing(items=[ApiKeyView.model_validate(k) for k in rows], next=following)


@router.post("", status_code=201)
def create(
    body: ApiKeyDraft, session: WriteSession, actor: Steward, now: Now, response: Response
) -> ApiKeyIssued:
    """Issue a key; under an Idempotency-Key a repeat is refused, since the secret is not kept."""
    sites.require(session, body.sites)
    if body.user_id is not None:
        users.get(session, body.user_id)
    chosen = None if body.sites is None else tuple(body.sites)
    draft = KeyDraft(body.name, body.role, chosen, body.expires_at, body.user_id)
    key, token = keys.issue(session, draft, actor=actor, now=now)
    response.headers["Location"] = f"/v1/keys/{key.id}"
    response.headers["Cache-Control"] = "no-store"
    return ApiKeyIssued(**ApiKeyView.model_validate(key).model_dump(), token=token)


@router.get("/{key_id}")
def read(key_id: Id, session: ReadSession, actor: Steward) -> ApiKeyView:
    """Read one key."""
    del actor
    return ApiKeyView.model_validate(keys.get(session, key_id))


@router.post("/{key_id}/revoke")
def revoke(key_id: Id, session: WriteSession, actor: Steward, now: Now) -> ApiKeyView:
    """End a key at once."""
    key = keys.get(session, key_id)
    keys.revoke(session, key, actor=actor, now=now)
    return ApiKeyView.model_validate(key)
