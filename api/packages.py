"""Packages: the geometry of wires that loop heights must keep clear of."""

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
from ops.db import packages, sites
from ops.db.models.control import PackageRow
from ops.loop.package import BondPoint, Package, Wire

router = APIRouter(prefix="/v1/packages", tags=["packages"])

SiteCode = Annotated[str | None, Query(max_length=64, description="Only of this site.")]
PackageCode = Annotated[str | None, Query(max_length=64, description="Only of this code.")]
EXAMPLE: dict[str, JsonValue] = {
    "cavity_height_um": 400,
    "clearance_um": 50,
    "wire_type": "CU20",
    "wire_diameter_um": 20,
    "mold_flow_deg": 90,
    "sweep_share": 0.02,
    "wires": [
        {
            "position": f"W{i + 1}",
            "first": {"x_um": 0, "y_um": 70 * i, "z_um": 100},
            "second": {"x_um": 1500, "y_um": 100 * i},
            "height_um": 250,
        }
        for i in range(2)
    ],
    "characteristics": {"apex": "LOOP-H"},
}
_FIRST = Package(  # only a default that is never read: a change leaves out what it does not send
    cavity_height_um=2,
    wire_diameter_um=1,
    wires=(
        Wire(position="W1", first=BondPoint(x_um=0, y_um=0), second=BondPoint(x_um=1, y_um=0),
             height_um=1),
    ),
)  # fmt: skip


class PackageDraft(Body):
    """A package to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "code": "QFN-48",
                "title": "QFN 7 x 7, 48 leads",
                "document": EXAMPLE,
            }
        }
    )
    site: Code = Field(description="Code of its site.")
    code: Code = Field(description="Short name, unique at the site, never changed.")
    title: Title = Field(description="Name in full.")
    document: Package = Field(description="Cavity, wires, mold flow, characteristics.")


class PackageChange(Body):
    """What of a package is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"document": EXAMPLE}})
    title: Annotated[Title, Optional] = Field(default="", description="Name in full.")
    document: Annotated[Package, Optional] = Field(
        default=_FIRST, description="The whole document, in place of the one there was."
    )


class PackageView(View):
    """A package."""

    id: int = Field(description="Number of the package.")
    site: str = Field(description="Code of its site.")
    code: str = Field(description="Short name.")
    title: str = Field(description="Name in full.")
    document: Package = Field(description="Cavity, wires, mold flow, characteristics.")
    created_by: str = Field(description="Who added it.")
    created_at: datetime = Field(description="When it was added.")


def _views(session: Session, rows: list[PackageRow]) -> list[PackageView]:
    codes = sites.codes(session)
    return [
        PackageView(
            id=row.id,
            site=codes[row.site_id],
            code=row.code,
            title=row.title,
            document=Package.model_validate(row.document),
            created_by=row.created_by,
            created_at=row.created_at,
        )
        for row in rows
    ]


def _view(session: Session, row: PackageRow, response: Response) -> PackageView:
    etag.tag(response, row.row_version)
    return _views(session, [row])[0]


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    code: PackageCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[PackageView]:
    """List the packages of the caller's sites."""
    query = packages.listed(actor.scope, site_id=sites.id_of(session, actor.scope, site), code=code)
    rows, following = page(session, query, packages.KEY, limit=limit, cursor=cursor)
    return Listing(items=_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: PackageDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> PackageView:
    """Add a package."""
    site = sites.with_code(session, actor.scope, body.site)
    fields = body.model_dump(mode="json", exclude={"site"})
    row = packages.create(session, site, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/packages/{row.id}"
    return _view(session, row, response)


@router.get("/{package_id}")
def read(package_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> PackageView:
    """Read one package."""
    return _view(session, packages.get(session, actor.scope, package_id), response)


@router.patch("/{package_id}")
def change(
    package_id: Id,
    body: PackageChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> PackageView:
    """Change a package; a document takes the place of the whole one before."""
    row = packages.get(session, actor.scope, package_id)
    etag.check(if_match, row.row_version)
    fields = body.model_dump(mode="json", include=body.model_fields_set)
    packages.change(session, row, fields, actor=actor, now=now)
    return _view(session, row, response)


@router.delete("/{package_id}", status_code=204)
def delete(
    package_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a package; results that were computed with it stay."""
    row = packages.get(session, actor.scope, package_id)
    etag.check(if_match, row.row_version)
    packages.remove(session, row, actor=actor, now=now)
