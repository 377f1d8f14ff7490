"""Users: the people behind keys."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from api import etag
from api.body import MAX_ID, Body, Code, Id, Optional, Title, View
from api.deps import Now, ReadSession, Steward, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import sites, users
from ops.db.models.people import User
from ops.values import Role

router = APIRouter(prefix="/v1/users", tags=["users"])

SiteIds = Annotated[
    list[Annotated[int, Field(ge=1, le=MAX_ID)]], Field(min_length=1, max_length=500)
]


class UserDraft(Body):
    """A user to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"name": "mei", "full_name": "Mei Tan", "role": "engineer", "sites": None}
        }
    )
    name: Code = Field(description="Short name, unique, never changed.")
    full_name: Title = Field(description="Name in full.")
    role: Role = Field(description="What the user may do.")
    sites: SiteIds | None = Field(default=None, description="Ids of the sites seen; null = all.")


class UserChange(Body):
    """What of a user is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"disabled": True}})
    full_name: Annotated[Title, Optional] = Field(default="", description="Name in full.")
    role: Annotated[Role, Optional] = Field(default="viewer", description="What the user may do.")
    sites: Annotated[SiteIds | None, Optional] = Field(default=None, description="Sites seen.")
    disabled: Annotated[bool, Optional] = Field(
        default=False, description="Whether every key of the user is refused."
    )


class UserView(View):
    """A user."""

    id: int = Field(description="Number of the user.")
    name: str = Field(description="Short name.")
    full_name: str = Field(description="Name in full.")
    role: Role = Field(description="What the user may do.")
    sites: list[int] | None = Field(description="Ids of the sites seen; null = all.")
    disabled_at: datetime | None = Field(description="Since when every key is refused.")
    created_at: datetime = Field(description="When the user was added.")


def _view(user: User, response: Response) -> UserView:
    etag.tag(response, user.row_version)
    return UserView.model_validate(user)


@router.get("")
def listing(
    session: ReadSession, actor: Steward, limit: Limit = 100, cursor: Cursor = None
) -> Listing[UserView]:
    """List the users."""
    del actor
    rows, following = page(session, users.listed(), users.KEY, limit=limit, cursor=cursor)
    return Listing(items=[UserView.model_validate(u) for u in rows], next=following)


@router.post("", status_code=201)
def create(
    body: UserDraft, session: WriteSession, actor: Steward, now: Now, response: Response
) -> UserView:
    """Add a user."""
    sites.require(session, body.sites)
    user = users.create(session, body.model_dump(), actor=actor, now=now)
    response.headers["Location"] = f"/v1/users/{user.id}"
    return _view(user, response)


@router.get("/{user_id}")
def read(user_id: Id, session: ReadSession, actor: Steward, response: Response) -> UserView:
    """Read one user."""
    del actor
    return _view(users.get(session, user_id), response)


@router.patch("/{user_id}")
def change(
    user_id: Id,
    body: UserChange,
    session: WriteSession,
    actor: Steward,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> UserView:
    """Change or disable a user."""
    user = users.get(session, user_id)
    etag.check(if_match, user.row_version)
    sites.require(session, body.sites)
    changes = body.given("disabled")
    if "disabled" in body.model_fields_set and body.disabled != (user.disabled_at is not None):
        changes["disabled_at"] = now if body.disabled else None
    users.change(session, user, changes, actor=actor, now=now)
    return _view(user, response)


@router.delete("/{user_id}", status_code=204)
def delete(
    user_id: Id, session: WriteSession, actor: Steward, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a user who has no keys."""
    user = users.get(session, user_id)
    etag.check(if_match, user.row_version)
    users.remove(session, user, actor=actor, now=now)
