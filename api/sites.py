"""Sites: plants and warehouses, the boundary of what a key may see."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import AfterValidator, ConfigDict, Field

from api import etag
from api.body import Body, Code, Id, Optional, Title, View
from api.deps import ActorDep, Admin, Now, ReadSession, Steward, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import sites
from ops.db.models.plant import Site

router = APIRouter(prefix="/v1/sites", tags=["sites"])


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError("not an IANA time zone; write it like Asia/Kolkata") from error
    return zone


Zone = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_known_zone)]


class SiteDraft(Body):
    """A site to be added."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"code": "PEN1", "title": "Penang 1", "zone": "Asia/Kolkata"}}
    )
    code: Code = Field(description="Short name, unique, never changed.")
    title: Title = Field(description="Name in full.")
    zone: Zone = Field(default="UTC", description="IANA time zone of its clocks.")


class SiteChange(Body):
    """What of a site is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Penang, building 1"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name in full.")
    zone: Annotated[Zone, Optional] = Field(default="UTC", description="IANA time zone.")


class SiteView(View):
    """A site."""

    id: int = Field(description="Number of the site.")
    code: str = Field(description="Short name.")
    title: str = Field(description="Name in full.")
    zone: str = Field(description="IANA time zone.")
    created_at: datetime = Field(description="When it was added.")


def _view(site: Site, response: Response) -> SiteView:
    etag.tag(response, site.row_version)
    return SiteView.model_validate(site)


@router.get("")
def listing(
    session: ReadSession, actor: ActorDep, limit: Limit = 100, cursor: Cursor = None
) -> Listing[SiteView]:
    """List the sites of the caller."""
    rows, following = page(
        session, sites.listed(actor.scope), sites.KEY, limit=limit, cursor=cursor
    )
    return Listing(items=[SiteView.model_validate(s) for s in rows], next=following)


@router.post("", status_code=201)
def create(
    body: SiteDraft, session: WriteSession, actor: Steward, now: Now, response: Response
) -> SiteView:
    """Add a site."""
    site = sites.create(session, body.model_dump(), actor=actor, now=now)
    response.headers["Location"] = f"/v1/sites/{site.id}"
    return _view(site, response)


@router.get("/{site_id}")
def read(site_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> SiteView:
    """Read one site."""
    return _view(sites.get(session, actor.scope, site_id), response)


@router.patch("/{site_id}")
def change(
    site_id: Id,
    body: SiteChange,
    session: WriteSession,
    actor: Admin,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> SiteView:
    """Change a site."""
    site = sites.get(session, actor.scope, site_id)
    etag.check(if_match, site.row_version)
    sites.change(session, site, body.given(), actor=actor, now=now)
    return _view(site, response)


@router.delete("/{site_id}", status_code=204)
def delete(
    site_id: Id, session: WriteSession, actor: Steward, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a site that nothing belongs to."""
    site = sites.get(session, actor.scope, site_id)
    etag.check(if_match, site.row_version)
    sites.remove(session, site, actor=actor, now=now)
