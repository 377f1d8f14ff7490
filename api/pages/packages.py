"""Packages: the list, and one of them drawn, with its document to edit."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.body import Id
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, page
from api.packages import EXAMPLE
from api.pages.shell import VisitDep
from ops.analyses.package_drawing import named_parts, plan_view, side_view
from ops.db import packages, sites
from ops.db.models.plant import Site
from ops.loop.package import Package

router = APIRouter(prefix="/packages", include_in_schema=False)
ON_A_PAGE = 50
LISTED = 200  # wires in the table; all of them are in the document and the drawing


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep, session: ReadSession, actor: ActorDep, cursor: Cursor = None
) -> HTMLResponse:
    """List packages, and the way in for a new one."""
    query = packages.listed(actor.scope)
    found, following = page(session, query, packages.KEY, limit=ON_A_PAGE, cursor=cursor)
    return visit.show(
        "packages.html",
        packages=[(row, Package.model_validate(row.document)) for row in found],
        following=following,
        codes=sites.codes(session),
        sites=session.scalars(sites.listed(actor.scope).order_by(Site.code)).all(),
        example=EXAMPLE,
    )


@router.get("/{package_id}", response_class=HTMLResponse)
def read(package_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show a package."""
    row = packages.get(session, actor.scope, package_id)
    package = Package.model_validate(row.document)
    return visit.show(
        "package.html",
        row=row,
        package=package,
        site=sites.get(session, actor.scope, row.site_id),
        parts=named_parts(package),
        drawn=[plan_view(package), side_view(package)],
        most=LISTED,
    )
