"""The first page: what needs attention now."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.deps import ActorDep, ReadSession
from api.pages.shell import VisitDep
from ops.db import attention, sites
from ops.db.glance import glances, packages
from ops.db.models.plant import Site

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def overview(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: Annotated[str, Query(max_length=100)] = "",
    tool: Annotated[str, Query(max_length=200)] = "",
    package: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Show verdicts that are not good, failed runs, and every characteristic at a glance."""
    site_id = sites.id_of(session, actor.scope, site or None)
    known = packages(session, actor.scope, site_id=site_id)
    said = attention.newest_verdicts(session, actor.scope, now=visit.now, site=site or None)
    if package:
        said = attention.about_package(said, package, known)
    return visit.show(
        "overview.html",
        concerns=attention.concerns(said, tool=tool or None),
        good=[one for one in said if one.verdict.level == "good"],
        tools=sorted({one.title for one in attention.concerns(said) if one.kind == "tool"}),
        failed=attention.failed(session, actor.scope, now=visit.now),
        packages=sorted(set(known.values())),
        glances=glances(session, actor.scope, site_id=site_id, package=package or None),
        codes=sites.codes(session),
        sites=session.scalars(sites.listed(actor.scope).order_by(Site.code)).all(),
        chosen={"site": site, "tool": tool, "package": package},
    )
